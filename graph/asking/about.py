"""Facts about what a reader names: a place stands for what acts for it or sits in it, and a slot for one side."""

from collections.abc import AsyncIterator, Collection, Sequence
from typing import Final, NamedTuple

import msgspec

from graph.asking.asked import Params
from graph.asking.periods import Period
from graph.asking.slots import keep
from graph.asking.titles import holds
from graph.connection import ACTS_FOR, NATIONAL, Reading
from graph.endpoints import expand
from graph.model import Fact, Node
from graph.project import participants
from graph.store import FactQuery, GraphReader, NodeQuery
from graph.time import overlaps
from graph.vocabulary import vocabulary

_PAGE = 500
_MOST = 2_000  # facts looked through for the events of one question


class Meaning(NamedTuple):
    """What one name stands for among facts: ids of nodes, and which of them are places."""

    nodes: frozenset[str]
    places: frozenset[str]


class Only(NamedTuple):
    """What else a fact about nodes has to have: the first of them in a slot, the words of a title of office."""

    slot: str | None = None
    title: str | None = None


ANY: Final = Only()


def asked_for(params: Params) -> tuple[FactQuery, Only]:
    """Return the question to `list_about` that parameters of the API's facts mean."""
    where = FactQuery(
        types=_several(params, "type"),
        about=_several(params, "about"),
        since=_one(params, "since"),
        until=_one(params, "until"),
        modalities=_several(params, "modality"),
    )
    return where, Only(_one(params, "slot"), _one(params, "title"))


def _several(params: Params, name: str) -> tuple[str, ...]:
    value = params.get(name, ())
    return (value,) if isinstance(value, str) else value


def _one(params: Params, name: str) -> str | None:
    return next(iter(_several(params, name)), None)


async def stands_for(view: GraphReader, node: Node) -> Meaning:
    """Return what a node stands for when facts about it are asked for.

    A place stands for itself, the places in it, the actors that act for any of these and those seated there, except
    posts of other places (an embassy); anything else for itself.
    """
    if vocabulary().kinds[node.kind].role != "place":
        return Meaning(frozenset({node.id}), frozenset())
    side = await expand(view, Reading(node.id, node, "id"), "about", planned=True)
    homeless = [actor.id async for actor in _seated(view, side.places) if actor.home is None]  # a film centre
    return Meaning(side.places | frozenset(side.tier(ACTS_FOR, NATIONAL)) | frozenset(homeless), side.places)


async def _seated(view: GraphReader, places: Collection[str]) -> AsyncIterator[Node]:
    where = NodeQuery(kinds=vocabulary().kinds_with_role("actor"), seat=tuple(sorted(places)))
    after = ""
    while page := await view.list_nodes(where, after, _PAGE):
        for actor in page:
            yield actor
        after = page[-1].id


def fits(fact: Fact, about: Sequence[Meaning], only: Only = ANY) -> bool:
    """Return whether a fact names one node of each meaning, the first one in the slot, and has such a title.

    A place also fills any slot of what happened there: who visited Jakarta came to Jakarta. For titles see
    `graph.asking.titles.holds`; a fact without one has none of their words.
    """
    named = frozenset(participants(fact))
    if any(named.isdisjoint(meaning.nodes) for meaning in about):
        return False
    if only.title is not None and (fact.title is None or not holds(fact.title, only.title)):
        return False
    slot = only.slot
    return slot is None or not about or keep(fact, about[0].nodes, slot) or fact.place in about[0].places


async def list_about(
    view: GraphReader, where: FactQuery, only: Only = ANY, after: str = "", limit: int = 100
) -> tuple[Fact, ...]:
    """Return facts as `list_facts` does, but about what the nodes of `where.about` stand for (see `fits`).

    By id ascending, ids greater than `after`. Raises NotFound or Moved for ids that the graph does not know or has
    retired.
    """
    about = [await stands_for(view, await view.node(node_id)) for node_id in where.about]
    single = tuple(next(iter(meaning.nodes)) for meaning in about if len(meaning.nodes) == 1)
    wide = min((meaning.nodes for meaning in about if len(meaning.nodes) > 1), key=len, default=frozenset[str]())
    found: dict[str, Fact] = {}
    for named in [(*single, node) for node in sorted(wide)] or [single]:
        accepted = 0
        async for fact in _facts(view, msgspec.structs.replace(where, about=named), after):
            if fits(fact, about, only):
                found[fact.id] = fact
                accepted += 1
            if accepted == limit:
                break
    return tuple(found[fact_id] for fact_id in sorted(found)[:limit])


async def _facts(view: GraphReader, where: FactQuery, after: str) -> AsyncIterator[Fact]:
    while page := await view.list_facts(where, after, _PAGE):
        for fact in page:
            yield fact
        after = page[-1].id


async def list_events(
    view: GraphReader, about: Sequence[str], period: Period, after: str = "", limit: int = 100
) -> tuple[Node, ...]:
    """Return events that facts about these nodes name or that take place there, in a period.

    By id ascending, ids greater than `after`; an event without a date passes every period.
    """
    wanted = await _events_about(view, about) if about else None
    found: list[Node] = []
    while len(found) < limit and (page := await view.list_nodes(NodeQuery(kinds=("event",)), after, _PAGE)):
        found += [event for event in page if (wanted is None or event.id in wanted) and _is_within(event, period)]
        after = page[-1].id
    return tuple(found[:limit])


def _is_within(event: Node, period: Period) -> bool:
    return event.when is None or overlaps(event.when, period.since, period.until)


async def _events_about(view: GraphReader, about: Sequence[str]) -> frozenset[str]:
    facts = await list_about(view, FactQuery(about=tuple(about)), limit=_MOST)
    named = {node for fact in facts for node in participants(fact) if node.startswith("event:")}
    if len(about) == 1:
        places = (await stands_for(view, await view.node(about[0]))).places
        events = await view.list_nodes(NodeQuery(kinds=("event",)), limit=_MOST) if places else ()
        named |= {event.id for event in events if event.place in places}
    return frozenset(named)
