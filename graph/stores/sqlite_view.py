"""One view of the embedded store: every question of the contract, answered from one read transaction."""

import asyncio
import functools
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import apsw

from graph.model import (
    Budget,
    Change,
    EntityKind,
    Fact,
    Filters,
    Hit,
    Load,
    Neighbourhood,
    Node,
    Source,
    Subgraph,
    Summary,
    Version,
)
from graph.store import FactQuery, NodeQuery
from graph.stores import sqlite_lists as lists
from graph.stores import sqlite_read as read
from graph.stores import sqlite_search as search
from graph.stores.sqlite_around import neighbourhood
from graph.stores.sqlite_between import Asked, Between
from graph.stores.sqlite_connections import ENGINE_ERRORS, translate
from graph.stores.sqlite_residency import Residency

P = ParamSpec("P")
R = TypeVar("R")
_HEAVY_LEVEL: Final = 4_000  # ties; reading more than this would hold up other requests


def _in_turn(
    call: Callable[Concatenate["SqliteView", P], Coroutine[Any, Any, R]],
) -> Callable[Concatenate["SqliteView", P], Coroutine[Any, Any, R]]:
    """Let a view answer one question after the other, and raise the house's errors only."""

    @functools.wraps(call)
    async def wrapper(view: "SqliteView", /, *args: P.args, **kwargs: P.kwargs) -> R:
        async with view.turn:
            try:
                return await call(view, *args, **kwargs)
            except ENGINE_ERRORS as error:
                raise translate(error, view.db) from error

    return wrapper


class SqliteView:
    """One state of the graph: a connection inside a read transaction."""

    def __init__(
        self, db: apsw.Connection, version: Version, workers: ThreadPoolExecutor, residency: Residency
    ) -> None:
        """Read from `db`, which has already read `version`; run long work in `workers`."""
        self.db = db
        self._version = version
        self._workers = workers
        self._residency = residency
        self.turn = asyncio.Lock()  # questions asked side by side: a connection answers one thread at a time

    async def aside(self, work: Callable[[], R]) -> R:
        """Run long work in a worker; when the caller leaves, stop it before the connection is lent again."""
        running = asyncio.get_running_loop().run_in_executor(self._workers, work)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            self.db.interrupt()
            await asyncio.wait([running])
            if not running.cancelled():
                running.exception()  # it was interrupted: nobody is left to be told
            raise

    async def version(self) -> Version:
        """Return the version this view is pinned to."""
        return self._version

    @_in_turn
    async def node(self, node_id: str) -> Node:
        """Return one node."""
        return read.node(self.db, node_id)

    @_in_turn
    async def nodes(self, ids: Sequence[str]) -> tuple[Node, ...]:
        """Return the nodes with these ids."""
        return read.nodes(self.db, ids)

    @_in_turn
    async def list_nodes(self, where: NodeQuery, after: str = "", limit: int = 100) -> tuple[Node, ...]:
        """Return nodes by kind, home, seat, part_of or subsector."""
        return lists.list_nodes(self.db, where, after, limit)

    @_in_turn
    async def find(self, text: str, kinds: Sequence[str] = (), limit: int = 10) -> tuple[Hit, ...]:
        """Return nodes by name."""
        return search.find(self.db, text, kinds, limit)

    @_in_turn
    async def exact(self, text: str) -> tuple[Hit, ...]:
        """Return every node that has this id or a name with one of the same keys."""
        return search.exact(self.db, text)

    @_in_turn
    async def neighbourhood(
        self, node_id: str, hops: int, filters: Filters, limit: int, cursor: str | None = None
    ) -> Neighbourhood:
        """Return at most `limit` ties around a node."""
        return neighbourhood(self.db, node_id, hops, filters, (limit, cursor))

    @_in_turn
    async def between(
        self, sources: Sequence[str], targets: Sequence[str], filters: Filters, hops: int, budget: Budget
    ) -> Subgraph:
        """Return all ties on routes of at most `hops` ties between two sets of nodes."""
        resident = self._residency.of(self.db, self._version)
        walk = Between(self.db, Asked(sources, targets, filters, hops, budget), resident)
        while walk.enters_next_level():
            if walk.cost > _HEAVY_LEVEL:
                await self.aside(walk.enter)
            else:
                walk.enter()
        return walk.finish() if walk.reads <= _HEAVY_LEVEL else await self.aside(walk.finish)

    @_in_turn
    async def facts(self, ids: Sequence[str], known_as_of: int | None = None) -> tuple[Fact, ...]:
        """Return the live facts with these ids."""
        return read.facts(self.db, ids, known_as_of)

    @_in_turn
    async def fact(self, fact_id: str) -> Fact:
        """Return one live fact."""
        return read.fact(self.db, fact_id)

    @_in_turn
    async def list_facts(self, where: FactQuery, after: str = "", limit: int = 100) -> tuple[Fact, ...]:
        """Return live facts by type, participant, period and source."""
        return lists.list_facts(self.db, where, after, limit)

    @_in_turn
    async def source(self, source_id: str) -> Source:
        """Return one source."""
        return read.source(self.db, source_id)

    @_in_turn
    async def sources(self, ids: Sequence[str]) -> tuple[Source, ...]:
        """Return the sources with these ids."""
        return read.sources(self.db, ids)

    @_in_turn
    async def list_sources(self, after: str = "", limit: int = 100) -> tuple[Source, ...]:
        """Return sources that are not withdrawn."""
        return read.list_sources(self.db, after, limit)

    @_in_turn
    async def summary(self) -> Summary:
        """Return counts and how far the data reach."""
        return read.summary(self.db)

    @_in_turn
    async def documents(self, kind: EntityKind, after: str = "", limit: int = 1000) -> tuple[tuple[str, str], ...]:
        """Return (id, canonical JSON) of all live entities of a kind."""
        return read.documents(self.db, kind, after, limit)

    @_in_turn
    async def document(self, kind: EntityKind, entity_id: str) -> str | None:
        """Return the canonical JSON of one live entity."""
        return read.document(self.db, kind, entity_id)

    @_in_turn
    async def loads(self, before: int | None = None, limit: int = 100) -> tuple[Load, ...]:
        """Return loads, newest first."""
        return read.loads(self.db, before, limit)

    @_in_turn
    async def load(self, load_id: str) -> Load:
        """Return one load."""
        return read.load(self.db, load_id)

    @_in_turn
    async def changes(self, after: int = 0, limit: int = 1000) -> tuple[tuple[Load, tuple[Change, ...]], ...]:
        """Return loads with their changes, oldest first."""
        return await self.aside(lambda: read.changes(self.db, after, limit))
