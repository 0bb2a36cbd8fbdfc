"""What an answer must add to be honest: bridges that stop short, plans not done, what is absent, the nearest misses."""

from collections.abc import Sequence
from itertools import combinations
from typing import Literal, TypeAlias

import msgspec

from graph.connection import ITSELF, Absent, Bridge, NearMiss, Side
from graph.gather import Gathered
from graph.model import Fact, Tie
from graph.project import participants
from graph.ranking import firmest_first, people_of
from graph.routes import best_routes, link
from graph.store import FactQuery, NodeQuery
from graph.vocabulary import vocabulary
from graph.walk import Walk

SideName: TypeAlias = Literal["near", "far"]
_NOT_DONE = ("planned", "aspiration")
_FACTS_PER_ACTOR = 20
_ACTORS_LOOKED_AT = 20
_MISSES_PER_SIDE = 5
_FACTS_PER_MISS = 3
_PAIRED = 4
# Naming those without a route helps with a handful and drowns the answer with more.
_NAMED = 12


async def bridges(walk: Walk) -> tuple[Bridge, ...]:
    """Return the posts each side keeps in the other's place and the routes that reach them, far side's place first."""
    found = await _bridges_in(walk, walk.far, "far", walk.starts)
    return found + await _bridges_in(walk, walk.near, "near", walk.ends)


async def _bridges_in(
    walk: Walk, place: Side, side: Literal["near", "far"], others: Sequence[str]
) -> tuple[Bridge, ...]:
    posts = walk.posts(place)
    starts = tuple(actor for actor in others if actor not in posts)
    sub = await walk.between(starts, posts, walk.filters())
    if not sub.ties:
        return ()
    links = link(sub.ties, walk.today, walk.question.as_of)
    routes = best_routes(links, frozenset(starts), frozenset(posts), sub.hops, walk.question.limit)
    reached = sorted({route.stops[-1] for route in routes})
    return tuple(Bridge(post, side, tuple(r for r in routes if r.stops[-1] == post), ()) for post in reached)


async def complete(walk: Walk, bridge: Bridge, told: Gathered) -> Bridge:
    """Return a bridge with the people who acted for the post and what it offers to do where it sits."""
    arriving = await told.read_facts(f for route in bridge.routes for f in route.hops[-1].facts)
    place = walk.far if bridge.side == "far" else walk.near
    offers = await ahead_of(walk, bridge.post, place, told)
    return msgspec.structs.replace(bridge, people=people_of(bridge.post, arriving), offers=offers)


async def ahead_of(walk: Walk, actor: str, place: Side, told: Gathered) -> tuple[str, ...]:
    """Return facts of this actor that are only planned or hoped for and point at one end of the question."""
    q = walk.question
    where = FactQuery(q.types, (actor,), since=q.since, until=q.as_of or q.until, modalities=_NOT_DONE)
    facts = await walk.view.list_facts(where, limit=_FACTS_PER_ACTOR)
    pointing = [fact.id for fact in facts if await _points_at(place, fact, actor, told)]
    return tuple(fact.id for fact in await told.read_facts(pointing))


async def _points_at(side: Side, fact: Fact, actor: str, told: Gathered) -> bool:
    """Say whether a fact names another actor of this side, or a place, event or venue there."""
    for node in await told.read_nodes(participants(fact)):
        places = {anchor.place for anchor in (node.home, node.seat) if anchor} | {node.place, node.id}
        if node.id != actor and (node.id in side.members or not side.places.isdisjoint(places)):
            return True
    return False


async def pending(walk: Walk, told: Gathered) -> tuple[NearMiss, ...]:
    """Return plans of either end that name the other, when nothing else links them."""
    found: list[NearMiss] = []
    sides: tuple[tuple[SideName, Sequence[str], Side], ...] = (
        ("near", walk.starts, walk.far),
        ("far", walk.ends, walk.near),
    )
    for name, actors, other in sides:
        for actor in actors[:_ACTORS_LOOKED_AT]:
            facts = await ahead_of(walk, actor, other, told)
            if facts:
                found.append(NearMiss(name, actor, facts))
    return tuple(found)


async def near_misses(walk: Walk) -> tuple[NearMiss, ...]:
    """Return what actors of both sides do have, newest first, when the two do not meet."""
    near = [await _misses(walk, "near", actor) for actor in walk.starts[:_ACTORS_LOOKED_AT]]
    far = [await _misses(walk, "far", actor) for actor in walk.ends[:_ACTORS_LOOKED_AT]]
    kept = ([miss for miss in side if miss.facts][:_MISSES_PER_SIDE] for side in (near, far))
    return tuple(miss for side in kept for miss in side)


async def _misses(walk: Walk, side: SideName, actor: str) -> NearMiss:
    """Return the newest facts of an actor, those that happened first; posts of people say nothing about links."""
    q = walk.question
    types = q.types or tuple(name for name, kind in vocabulary().fact_types.items() if kind.walk != "structural")
    where = FactQuery(types, (actor,), since=q.since, until=q.as_of or q.until)
    facts = await walk.view.list_facts(where, limit=_FACTS_PER_ACTOR)
    return NearMiss(side, actor, tuple(fact.id for fact in sorted(facts, key=firmest_first)[:_FACTS_PER_MISS]))


async def absent(walk: Walk, reaching: Sequence[str], ties: Sequence[Tie]) -> tuple[Absent, ...]:
    """Return what a reader might expect and the sources do not say. reaching: actors with a route, best first."""
    found = [await _no_agreement(walk, ties), *await _not_tied(walk, reaching)]
    busy = frozenset(reaching)
    idle = tuple(actor for actor in walk.starts if actor not in busy and walk.near.members[actor] != ITSELF)
    found.append(Absent("no_route", idle[:_NAMED]) if idle else None)
    found.append(await _idle_country(walk))
    return tuple(item for item in found if item is not None)


async def _no_agreement(walk: Walk, ties: Sequence[Tie]) -> Absent | None:
    """Name the agreements the near side has elsewhere, when none is between the ends."""
    if walk.question.types or any(tie.type == "SIGNED_MOU" for tie in ties):
        return None
    elsewhere: dict[str, None] = {}
    for actor in walk.starts[:_ACTORS_LOOKED_AT]:
        where = FactQuery(types=("agreement",), about=(actor,), until=walk.question.as_of)
        elsewhere |= {fact.id: None for fact in await walk.view.list_facts(where, limit=_FACTS_PER_MISS)}
    return Absent("no_agreement", facts=tuple(elsewhere)[:_FACTS_PER_MISS])


async def _not_tied(walk: Walk, reaching: Sequence[str]) -> list[Absent]:
    """Say which of the first connectors have no tie to each other: in one line when none has."""
    first = [actor for actor in reaching if actor in walk.near.members][:_PAIRED]
    one_hop = msgspec.structs.replace(walk, question=msgspec.structs.replace(walk.question, max_hops=1))
    pairs = list(combinations(first, 2))
    subs = [await one_hop.between(pair[:1], pair[1:], walk.filters()) for pair in pairs]
    untied = [pair for pair, sub in zip(pairs, subs, strict=True) if not sub.ties]
    if untied and len(untied) == len(pairs):
        return [Absent("not_tied", tuple(sorted(first)))]
    return [Absent("not_tied", tuple(sorted(pair))) for pair in untied]


async def _idle_country(walk: Walk) -> Absent | None:
    """Name the other bodies of the country the near place lies in that have no route either, when they are few."""
    if not walk.near.above:
        return None
    where = NodeQuery(kinds=("agency",), home=walk.near.above)
    bodies = await walk.view.list_nodes(where, limit=_NAMED + len(walk.near.members) + 1)
    others = tuple(
        n.id for n in bodies if n.id not in walk.near.members and n.id not in walk.far.members and n.status == "active"
    )
    if not others or len(others) > _NAMED:
        return None
    sub = await walk.between(others, walk.ends, walk.filters())
    idle = tuple(actor for actor in others if actor not in sub.from_sources)
    return Absent("no_route_country", idle) if idle else None
