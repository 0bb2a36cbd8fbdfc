"""Facts about what a reader names: a place stands for what acts for it or sits in it, and a slot for one side."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec

from graph.asking.asked import Asked
from graph.asking.periods import Period
from graph.asking.slots import keep
from graph.connection import ACTS_FOR, NATIONAL, Reading
from graph.endpoints import expand
from graph.model import Fact, Node, Source
from graph.project import participants
from graph.store import FactQuery, GraphReader, NodeQuery
from graph.time import overlaps
from graph.vocabulary import vocabulary

_PAGE = 500
_MOST = 2_000  # facts looked through for the events or sources of one question


class _Group(NamedTuple):
    """What one name stands for; places: the places among the nodes."""

    nodes: frozenset[str]
    places: frozenset[str]


async def list_about(
    view: GraphReader, where: FactQuery, slot: str | None = None, after: str = "", limit: int = 100
) -> tuple[Fact, ...]:
    """Return facts as `list_facts` does, with two more rules, by id ascending, ids greater than `after`.

    A place among `where.about` stands for itself, the places in it, the actors that act for any of these and national
    bodies seated there. slot: the first of `about` fills this slot (see `graph.asking.slots.keep`), or is a place where
    the fact happened. Raises NotFound or Moved for ids that the graph does not know or has retired.
    """
    groups = [await _group(view, node_id) for node_id in where.about]
    single = tuple(next(iter(group.nodes)) for group in groups if len(group.nodes) == 1)
    wide = sorted((group for group in groups if len(group.nodes) > 1), key=lambda group: len(group.nodes))
    starts = [(*single, node) for node in sorted(wide[0].nodes)] if wide else [single]
    test = _Test(tuple(wide), groups[0] if groups and slot else None, slot or "")
    found: dict[str, Fact] = {}
    for about in starts:
        query = msgspec.structs.replace(where, about=about)
        found |= {fact.id: fact for fact in await _first(view, query, test, (after, limit))}
    return tuple(found[fact_id] for fact_id in sorted(found)[:limit])


async def _group(view: GraphReader, node_id: str) -> _Group:
    node = await view.node(node_id)
    if vocabulary().kinds[node.kind].role != "place":
        return _Group(frozenset({node.id}), frozenset())
    side = await expand(view, Reading(node.id, node, "id"), "about", planned=True)
    return _Group(side.places | frozenset(side.tier(ACTS_FOR, NATIONAL)), side.places)


class _Test(NamedTuple):
    """What the store does not filter by."""

    wide: Sequence[_Group]
    slotted: _Group | None
    slot: str

    def __call__(self, fact: Fact) -> bool:
        """Return whether every wide group takes part, and the slotted one where it should."""
        named = frozenset(participants(fact))
        if any(named.isdisjoint(group.nodes) for group in self.wide):
            return False
        return self.slotted is None or keep(fact, self.slotted.nodes, self.slot) or _there(fact, self.slotted.places)


def _there(fact: Fact, places: Collection[str]) -> bool:
    return fact.place in places


async def _first(view: GraphReader, where: FactQuery, test: _Test, page: tuple[str, int]) -> list[Fact]:
    """Return the first facts of a query that pass a test."""
    after, limit = page
    found: list[Fact] = []
    while len(found) < limit:
        facts = await view.list_facts(where, after, _PAGE)
        found.extend(fact for fact in facts if test(fact))
        if len(facts) < _PAGE:
            break
        after = facts[-1].id
    return found[:limit]


async def list_events(view: GraphReader, about: Sequence[str], period: Period, limit: int = 100) -> tuple[Node, ...]:
    """Return events that facts about these nodes name or that take place there, in a period, by id ascending."""
    wanted = await _events_about(view, about) if about else None
    found: list[Node] = []
    after = ""
    while len(found) < limit:
        page = await view.list_nodes(NodeQuery(kinds=("event",)), after, _PAGE)
        found += [event for event in page if (wanted is None or event.id in wanted) and _is_within(event, period)]
        if len(page) < _PAGE:
            break
        after = page[-1].id
    return tuple(found[:limit])


def _is_within(event: Node, period: Period) -> bool:
    return event.when is None or overlaps(event.when, period.since, period.until)


async def _events_about(view: GraphReader, about: Sequence[str]) -> frozenset[str]:
    facts = await list_about(view, FactQuery(about=tuple(about)), limit=_MOST)
    named = {node for fact in facts for node in participants(fact) if node.startswith("event:")}
    if len(about) == 1:
        places = (await _group(view, about[0])).places
        events = await view.list_nodes(NodeQuery(kinds=("event",)), limit=_MOST) if places else ()
        named |= {event.id for event in events if event.place in places}
    return frozenset(named)


async def list_sources(view: GraphReader, about: Sequence[str], limit: int = 100) -> tuple[Source, ...]:
    """Return the sources of facts about all of these nodes, by id ascending."""
    facts = await list_about(view, FactQuery(about=tuple(about)), limit=_MOST)
    ids = sorted({evidence.source for fact in facts for evidence in fact.evidence})
    return await view.sources(ids[:limit])


async def find_facts(view: GraphReader, asked: Asked, limit: int = 100) -> tuple[Fact, ...]:
    """Return the facts that tell the answer to a question of kind facts, sources or node, by id ascending."""
    params = asked.params
    where = FactQuery(
        types=_several(params.get("type", ())),
        about=_several(params.get("id", params.get("about", ()))),
        since=_single(params.get("since")),
        until=_single(params.get("until")),
        modalities=_several(params.get("modality", ())),
    )
    return await list_about(view, where, _single(params.get("slot")), limit=limit)


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _single(value: str | tuple[str, ...] | None) -> str | None:
    return value if isinstance(value, str) else None
