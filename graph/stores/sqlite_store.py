"""The embedded store: one SQLite file, many readers, one writer. The contract is `graph.store`."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import apsw

from graph.errors import NoGraph
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
    Plan,
    Source,
    Subgraph,
    Summary,
    Version,
)
from graph.store import FactQuery, NodeQuery
from graph.stores import sqlite_fill, sqlite_verify, sqlite_write
from graph.stores import sqlite_read as read
from graph.stores import sqlite_search as search
from graph.stores.journal import Entity
from graph.stores.sqlite_around import neighbourhood
from graph.stores.sqlite_between import Asked, Between
from graph.stores.sqlite_connections import (
    ENGINE_ERRORS,
    PATIENCE,
    in_transaction,
    open_writer,
    translate,
    translated,
    without_wal,
)
from graph.stores.sqlite_pool import Pool, identity
from graph.stores.sqlite_residency import AT_ONCE, Residency

R = TypeVar("R")
_HEAVY_LEVEL = 4_000  # ties; reading more than this would hold up other requests
_LARGE_PLAN = 20_000  # changes; more of them are written as a filling where the graph is empty


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

    @translated
    async def node(self, node_id: str) -> Node:
        """Return one node."""
        return read.node(self.db, node_id)

    @translated
    async def nodes(self, ids: Sequence[str]) -> tuple[Node, ...]:
        """Return the nodes with these ids."""
        return read.nodes(self.db, ids)

    @translated
    async def list_nodes(self, where: NodeQuery, after: str = "", limit: int = 100) -> tuple[Node, ...]:
        """Return nodes by kind, home, seat, part_of or subsector."""
        return read.list_nodes(self.db, where, after, limit)

    @translated
    async def find(self, text: str, kinds: Sequence[str] = (), limit: int = 10) -> tuple[Hit, ...]:
        """Return nodes by name."""
        return search.find(self.db, text, kinds, limit)

    @translated
    async def exact(self, text: str) -> tuple[Hit, ...]:
        """Return every node that has this id or a name with one of the same keys."""
        return search.exact(self.db, text)

    @translated
    async def neighbourhood(
        self, node_id: str, hops: int, filters: Filters, limit: int, cursor: str | None = None
    ) -> Neighbourhood:
        """Return at most `limit` ties around a node."""
        return neighbourhood(self.db, node_id, hops, filters, (limit, cursor))

    @translated
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

    @translated
    async def facts(self, ids: Sequence[str], known_as_of: int | None = None) -> tuple[Fact, ...]:
        """Return the live facts with these ids."""
        return read.facts(self.db, ids, known_as_of)

    @translated
    async def fact(self, fact_id: str) -> Fact:
        """Return one live fact."""
        return read.fact(self.db, fact_id)

    @translated
    async def list_facts(self, where: FactQuery, after: str = "", limit: int = 100) -> tuple[Fact, ...]:
        """Return live facts by type, participant, period and source."""
        return read.list_facts(self.db, where, after, limit)

    @translated
    async def source(self, source_id: str) -> Source:
        """Return one source."""
        return read.source(self.db, source_id)

    @translated
    async def sources(self, ids: Sequence[str]) -> tuple[Source, ...]:
        """Return the sources with these ids."""
        return read.sources(self.db, ids)

    @translated
    async def list_sources(self, after: str = "", limit: int = 100) -> tuple[Source, ...]:
        """Return sources that are not withdrawn."""
        return read.list_sources(self.db, after, limit)

    @translated
    async def summary(self) -> Summary:
        """Return counts and how far the data reach."""
        return read.summary(self.db)

    @translated
    async def documents(self, kind: EntityKind, after: str = "", limit: int = 1000) -> tuple[tuple[str, str], ...]:
        """Return (id, canonical JSON) of all live entities of a kind."""
        return read.documents(self.db, kind, after, limit)

    @translated
    async def document(self, kind: EntityKind, entity_id: str) -> str | None:
        """Return the canonical JSON of one live entity."""
        return read.document(self.db, kind, entity_id)

    @translated
    async def loads(self, before: int | None = None, limit: int = 100) -> tuple[Load, ...]:
        """Return loads, newest first."""
        return read.loads(self.db, before, limit)

    @translated
    async def load(self, load_id: str) -> Load:
        """Return one load."""
        return read.load(self.db, load_id)

    @translated
    async def changes(self, after: int = 0, limit: int = 1000) -> tuple[tuple[Load, tuple[Change, ...]], ...]:
        """Return loads with their changes, oldest first."""
        return await self.aside(lambda: read.changes(self.db, after, limit))


class SqliteStore:
    """A graph in one file. Nothing is opened before the first view or write."""

    def __init__(self, path: Path | None, patience: float = PATIENCE, at_once: int | None = AT_ONCE) -> None:
        """Keep the graph at `path`; None: in a private folder that is deleted on close.

        patience: seconds to wait for another writer or a free connection before giving up. at_once: ties of a graph
        whose shape is read into memory at the first question; a larger one is read in the background, None: none is.
        """
        self._folder = TemporaryDirectory(prefix="jejaring-") if path is None else None
        self._path = path if path is not None else Path(self._folder.name if self._folder else ".") / "graph.db"
        self._patience = patience
        self._pool = Pool(self._path, patience)
        self._writer: apsw.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="jejaring-write")
        self._workers = ThreadPoolExecutor(3, thread_name_prefix="jejaring-read")
        self._residency = Residency(self._path, self._workers, at_once)

    @asynccontextmanager
    async def view(self) -> AsyncIterator[SqliteView]:
        """Open a consistent view of the newest state."""
        async with self._pool.lend() as db:
            try:
                version = read.version(db)
            except ENGINE_ERRORS as error:
                raise translate(error, db) from error
            yield SqliteView(db, version, self._workers, self._residency)

    async def prepare(self) -> None:
        """Create what is missing."""
        await self._write(lambda _: None)

    async def commit(self, plan: Plan) -> Load:
        """Write a plan in one transaction; of a plan written before, return the load it made."""
        if len(plan.changes) >= _LARGE_PLAN and await self._is_empty():
            self._pool.rest()
            return await self._write(lambda db: sqlite_fill.commit_large(db, plan), filling=True)
        return await self._write(lambda db: sqlite_write.commit(db, plan))

    async def _is_empty(self) -> bool:
        try:
            async with self.view() as view:
                return (await view.version()).number == 0
        except NoGraph:
            return True

    async def fill(self, entities: Iterable[Entity], message: str = "", editor: str = "") -> Load:
        """Write a whole graph into an empty store, as one commit that adds it all would."""
        header = Plan(0, (), message, editor)
        self._pool.rest()
        return await self._write(lambda db: sqlite_fill.fill(db, entities, header), filling=True)

    @translated
    async def revert(self, load_id: str) -> Plan:
        """Return the plan that restores what was before a load."""
        async with self.view() as view:
            return await view.aside(lambda: sqlite_write.revert(view.db, load_id))

    @translated
    async def verify(self) -> tuple[str, ...]:
        """Recount and rehash everything."""
        async with self.view() as view:
            return await view.aside(lambda: sqlite_verify.verify(view.db))

    async def close(self) -> None:
        """Release everything."""
        self._pool.close()
        self._residency.close()
        await asyncio.get_running_loop().run_in_executor(self._writing, self._close_writer)
        self._writing.shutdown()
        self._workers.shutdown()
        if self._folder is not None:
            self._folder.cleanup()

    def _close_writer(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    async def _write(self, work: Callable[[apsw.Connection], R], filling: bool = False) -> R:
        """Run work in one transaction in the writing thread. A caller that leaves does not stop it half-way."""
        self._pool.check_open()
        return await asyncio.get_running_loop().run_in_executor(self._writing, self._transaction, work, filling)

    def _transaction(self, work: Callable[[apsw.Connection], R], filling: bool) -> R:
        if self._writer is not None and identity(self._path) != self._file:
            self._close_writer()  # another file was put in its place
        if self._writer is None:
            self._writer = open_writer(self._path, self._patience)
            self._file = identity(self._path)
        db = self._writer
        # What the stream of a filling raises is its owner's; an empty graph has no damaged rows to stumble over.
        expected = (apsw.Error,) if filling else ENGINE_ERRORS
        try:
            with without_wal(db) if filling else nullcontext():
                return in_transaction(db, work)
        except expected as error:
            told = translate(error, db)
            self._close_writer()  # after an input/output error, trust nothing this connection remembers
            raise told from error
        finally:
            if filling:
                self._close_writer()
