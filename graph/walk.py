"""One question on its way through the store: both ends read and expanded, filters made, and the walks it may take."""

from collections.abc import Sequence
from typing import Self

import msgspec

from graph.connection import ACTS_FOR, BRIDGE, ITSELF, NATIONAL, Coverage, Question, Side
from graph.endpoints import expand, read_node
from graph.errors import Unreadable
from graph.model import Budget, Filters, Subgraph, Version
from graph.store import GraphReader
from graph.vocabulary import Text, vocabulary

_NO_DATE = "1970-01-01"  # a graph without any dated fact: ages then count for nothing


class Walk(msgspec.Struct, frozen=True):
    """A question with both ends understood. today: the day ages are counted from (see `start`)."""

    view: GraphReader
    question: Question
    budget: Budget
    near: Side
    far: Side
    coverage: Coverage
    version: Version
    today: str

    @classmethod
    async def start(cls, view: GraphReader, question: Question, budget: Budget) -> Self:
        """Read and expand both ends.

        Ages count from `as_of`, else from the newest fact, so that equal data answer equally on any day. Raises
        Unreadable, Ambiguous and Moved with the parameter `from` or `to`.
        """
        planned = "planned" in question.include
        near_reading = await read_node(view, question.source, "from")
        far_reading = await read_node(view, question.target, "to")
        if near_reading.node.id == far_reading.node.id:
            raise Unreadable("to", _SAME)
        near = await expand(view, near_reading, "from", planned=planned)
        far = await expand(view, far_reading, "to", planned=planned)
        near, far = _disjoint(near, far)
        summary = await view.summary()
        version = await view.version()
        if question.known_as_of is not None and question.known_as_of > version.number:
            raise Unreadable("known_as_of", _NOT_YET_LOADED)
        coverage = Coverage(summary.sources, summary.newest_fact, summary.newest_source, version.content)
        today = question.as_of or summary.newest_fact or _NO_DATE
        return cls(view, question, budget, near, far, coverage, version, today)

    @property
    def starting(self) -> dict[str, int]:
        """Near-side actors that routes start at, with their tier."""
        return {actor: self.near.members[actor] for actor in self.starts}

    @property
    def starts(self) -> tuple[str, ...]:
        """Near-side actors that routes start at: tiers 0, 1 and 2 unless the question names tiers."""
        return self.near.tier(*self._tiers())

    @property
    def ends(self) -> tuple[str, ...]:
        """Far-side actors that count as reached: never a bridge post."""
        return self.far.tier(*self._tiers())

    def posts(self, side: Side) -> tuple[str, ...]:
        """Return a side's bridge posts, unless the question leaves tier 3 out."""
        return side.tier(BRIDGE) if not self.question.tiers or BRIDGE in self.question.tiers else ()

    def _tiers(self) -> tuple[int, ...]:
        asked = self.question.tiers or (ACTS_FOR, NATIONAL)
        return (ITSELF, *(tier for tier in asked if tier != BRIDGE))

    def filters(self, *include: str) -> Filters:
        """Return what the store may follow, widened by `include` beyond what the question itself includes."""
        asked = {*self.question.include, *include}
        words = vocabulary()
        walks = {"walkable", *asked}
        types = tuple(
            name
            for name, tie in words.tie_types.items()
            if tie.walk in walks and (not self.question.types or tie.fact_type in self.question.types)
        )
        modalities = tuple(name for name, term in words.terms["modality"].items() if term.default or "planned" in asked)
        q = self.question
        return Filters(
            types=types,
            modalities=modalities,
            since=q.since,
            until=q.until,
            as_of=q.as_of,
            known_as_of=q.known_as_of,
            subsectors=words.with_narrower(q.subsectors),
            hub_cap=q.hub_cap,
        )

    async def between(self, starts: Sequence[str], ends: Sequence[str], filters: Filters) -> Subgraph:
        """Return all ties on routes between two sets of actors; nothing when a set or the types are empty."""
        if not starts or not ends or not filters.types:
            return Subgraph((), {}, {}, self.question.max_hops, 0)
        return await self.view.between(starts, ends, filters, self.question.max_hops, self.budget)


_NOT_YET_LOADED = Text(
    id="known_as_of: graf belum sampai ke versi itu.",
    en="known_as_of: the graph has not come to that version yet.",
)
_SAME = Text(
    id="to: kedua ujung adalah hal yang sama; pilih dua yang berbeda.",
    en="to: both ends are the same thing; choose two different ones.",
)


def _disjoint(near: Side, far: Side) -> tuple[Side, Side]:
    """Give an actor that stands for both ends (Jakarta within Indonesia) to the end with fewer actors."""
    shared = near.members.keys() & far.members.keys()
    if not shared:
        return near, far
    if len(near.members) <= len(far.members):
        return near, _dropping(far, shared)
    return _dropping(near, shared), far


def _dropping(side: Side, actors: set[str]) -> Side:
    left = {actor: tier for actor, tier in side.members.items() if actor not in actors}
    return msgspec.structs.replace(side, members=left)
