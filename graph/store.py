"""The contract of a store: what every engine must answer, in domain words. No query text, cursor or row crosses it.

What holds for every store (proven by tests/contract on each of them):

- **Views.** `async with store.view() as view:` pins one state of the graph; a view opened during a commit
  sees the state before or after it, never between.
- **Order.** Every answer has a total order: ids ascend by code point unless said otherwise.
- **Limits** are exact; unknown ids raise `NotFound`, retired ids `Moved`, withdrawn ones `Gone`; no route is an empty
  `Subgraph`.
- **Visibility.** Statements of withdrawn sources and facts without statements are invisible.
- **Commit** is all or nothing, and idempotent: committing the same plan again returns the load it made.
- **Budgets** are checked inside the expansion, and every cut is reported (`truncated`, `hubs`, `left_out`).
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import msgspec

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
    Statement,
    Subgraph,
    Summary,
    Version,
)


class NodeQuery(msgspec.Struct, frozen=True):
    """Which nodes to list; an empty field restricts nothing. Places hold for themselves only (no expansion).

    home, seat, part_of: any of these place ids; subsector: has an ACTIVE_IN tie to it; redirects are not followed.
    """

    kinds: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    seat: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    subsector: str | None = None


class FactQuery(msgspec.Struct, frozen=True):
    """Which facts to list; an empty field restricts nothing.

    about: every one of these nodes takes part (party, person, quoted, event, place or subsector).
    """

    types: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    source: str | None = None
    since: str | None = None
    until: str | None = None
    modalities: tuple[str, ...] = ()


class GraphReader(Protocol):
    """One state of the graph, to be read."""

    async def version(self) -> Version:
        """Return the version this view is pinned to."""

    async def node(self, node_id: str) -> Node:
        """Return one node. Raises NotFound, or Moved when the id was retired."""

    async def nodes(self, ids: Sequence[str]) -> tuple[Node, ...]:
        """Return the nodes with these ids, in the order of the ids; unknown ones are left out."""

    async def list_nodes(self, where: NodeQuery, after: str = "", limit: int = 100) -> tuple[Node, ...]:
        """Return nodes by kind, home, seat, part_of or subsector, by id ascending, ids greater than `after`."""

    async def find(self, text: str, kinds: Sequence[str] = (), limit: int = 10) -> tuple[Hit, ...]:
        """Return nodes by name: id, exact, prefix, word, then fuzzy; inside a group by score falling, then id.

        Nearly-equal names are told only when no name is equal. The lookups and their bounds are `stores.naming`'s.
        """

    async def exact(self, text: str) -> tuple[Hit, ...]:
        """Return every node that has this id or a name with one of the same keys (`identity.name_keys`), by id."""

    async def neighbourhood(
        self, node_id: str, hops: int, filters: Filters, limit: int, cursor: str | None = None
    ) -> Neighbourhood:
        """Return at most `limit` ties around a node, nearest first.

        Order: distance from the centre of the nearer end; then the nearer end in the order it was reached; then tie
        type code, latest `high` first, the far end's id, tie id. With hops == 1 `cursor` continues and `left_out`
        counts per tie type what is not in this or earlier pages. The hub and roster caps do not hold for the centre.
        Raises NotFound, Moved, and Unreadable for a cursor that is none.
        """

    async def between(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        filters: Filters,
        hops: int,
        budget: Budget,
    ) -> Subgraph:
        """Return all ties on routes of at most `hops` ties between two disjoint sets of nodes, and no others.

        With d_s and d_t the distances from the sets (interior nodes belong to neither set, and have at most
        `filters.hub_cap` ties; such hubs are removed and reported), a tie {u, v} is kept when
        min(d_s(u) + 1 + d_t(v), d_s(v) + 1 + d_t(u)) <= hops, where a route enters neither set but at its ends.
        A MEMBER_OF tie at a body with more members than `filters.roster_cap` (live MEMBER_OF ties that end there) is
        walked only if the body is in one of the sets. Hubs are reported where both sides met them, or where a level
        beyond them was entered. Raises Unreadable when a node is in both sets.

        Budget: levels are entered from the side whose frontier has fewer ties (equal: the sources' side); the cost of a
        level, the sum of its nodes' tie counts, is known before it is entered, and a level that would exceed `reads`
        in total is not entered: the answer is then complete for the smaller number of hops it reports. Of more than
        `budget.ties` kept ties those on the shortest routes stay, then by tie id. Tie counts are those of all live
        ties, whatever the filters. Ids the graph does not know have no ties.
        """

    async def facts(self, ids: Sequence[str], known_as_of: int | None = None) -> tuple[Fact, ...]:
        """Return the live facts with these ids in the order of the ids, as known after that version number if given."""

    async def fact(self, fact_id: str) -> Fact:
        """Return one live fact. Raises NotFound, or Gone with the reason when it was withdrawn or lost its support."""

    async def list_facts(self, where: FactQuery, after: str = "", limit: int = 100) -> tuple[Fact, ...]:
        """Return live facts by type, participant, period and source, by id ascending, ids greater than `after`."""

    async def source(self, source_id: str) -> Source:
        """Return one source. Raises NotFound, or Gone when it was withdrawn."""

    async def sources(self, ids: Sequence[str]) -> tuple[Source, ...]:
        """Return the sources with these ids, in the order of the ids, withdrawn ones too; unknown ones left out."""

    async def list_sources(self, after: str = "", limit: int = 100) -> tuple[Source, ...]:
        """Return sources that are not withdrawn, by id ascending, ids greater than `after`."""

    async def summary(self) -> Summary:
        """Return counts and how far the data reach."""

    async def documents(self, kind: EntityKind, after: str = "", limit: int = 1000) -> tuple[tuple[str, str], ...]:
        """Return (id, canonical JSON) of all live entities of a kind by id, for export, planning and verification."""

    async def document(self, kind: EntityKind, entity_id: str) -> str | None:
        """Return the canonical JSON of one live entity, or None."""

    async def loads(self, before: int | None = None, limit: int = 100) -> tuple[Load, ...]:
        """Return loads, newest first, with version numbers below `before`."""

    async def load(self, load_id: str) -> Load:
        """Return one load. Raises NotFound."""

    async def changes(self, after: int = 0, limit: int = 1000) -> tuple[tuple[Load, tuple[Change, ...]], ...]:
        """Return loads with their changes, oldest first, version numbers above `after`; never re-ordered."""


class GraphWriter(Protocol):
    """What changes the graph. One writer at a time; a second one waits, then gets StoreUnavailable."""

    async def prepare(self) -> None:
        """Create what is missing (file, tables, constraints); safe to repeat. Raises StoreDamaged, StoreUnavailable."""

    async def commit(self, plan: Plan) -> Load:
        """Write a plan in one transaction, with its journal row, facts and ties.

        Raises Stale when an entity no longer is what the plan's `before` says, and Unreadable when the plan changes
        nothing, holds documents that are not canonical, or leaves statements that name nodes or sources the graph does
        not have. Committing a plan twice returns the first load.
        """

    async def fill(self, entities: Iterable[Node | Source | Statement], message: str = "", editor: str = "") -> Load:
        """Write a whole graph into an empty store, quickly: what one commit that adds all of it would leave.

        The stream is read once, in another thread; nodes and sources must come before the statements that name them.
        Raises Unreadable when the graph is not empty, an entity comes twice or names what has not come.
        """

    async def revert(self, load_id: str) -> Plan:
        """Return the plan that restores what was before a load.

        Raises NotFound, and UndoConflict with every entity that later loads changed, that statements of later loads
        name, or that a statement to be restored names and a later load removed.
        """

    async def verify(self) -> tuple[str, ...]:
        """Recount and rehash everything; return what is missing, partial, doubled or damaged (empty: whole)."""


class Store(GraphWriter, Protocol):
    """A store: views to read, one writer."""

    def view(self) -> AbstractAsyncContextManager[GraphReader]:
        """Open a consistent view of the newest state."""

    async def close(self) -> None:
        """Release everything; a closed store cannot be used again."""
