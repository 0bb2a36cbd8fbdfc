"""Who connects A to B: read both ends, fetch one bounded subgraph, rank it, and say what is missing.

Forward only: readings -> sides -> subgraph -> hops -> connectors and routes -> facts -> answer. All but the store's own
answers is a pure function of them, so two stores give the same answer.
"""

from collections.abc import Iterable, Sequence

import msgspec

from graph import honesty
from graph.connection import (
    ACTS_FOR,
    Absent,
    Bridge,
    Connection,
    Connector,
    NearMiss,
    Paths,
    Question,
    Resilience,
    Route,
    Status,
)
from graph.gather import Gathered
from graph.model import Budget, Fact, Subgraph
from graph.ranking import Candidate, Ends, candidates, far_parties, rank, severs
from graph.resilience import resilience
from graph.routes import FIRM, best_routes, firm_links, link
from graph.store import GraphReader
from graph.time import certainty
from graph.walk import Walk

# The limit of a question shortens lists; it must not change the status or who is named on the far side.
_ROUTES_WEIGHED = 50


class _Missing(msgspec.Struct, frozen=True):
    bridges: tuple[Bridge, ...]
    near_misses: tuple[NearMiss, ...]
    absent: tuple[Absent, ...]
    pending: bool = False  # a plan of one end names the other, though no tie can be drawn from it


async def connect(view: GraphReader, question: Question, budget: Budget) -> Connection:
    """Answer who connects two ends, with everything needed to tell it.

    Raises Unreadable or Ambiguous when an end cannot be read (parameter `from` or `to`), and Moved.
    """
    walk = await Walk.start(view, question, budget)
    bridges = await honesty.bridges(walk)
    sub, widened = await _subgraph(walk, bridges)
    links = link(sub.ties, walk.today, question.as_of)
    ends = Ends(links, walk.starting, walk.ends, sub.hops, firm_links(links))
    weighed = best_routes(ends.links, ends.sources, frozenset(ends.far), sub.hops, max(question.limit, _ROUTES_WEIGHED))
    routes = weighed[: question.limit]
    found = candidates(ends)
    told = Gathered(view, question.known_as_of)
    connectors = await _connectors(walk, found[: question.limit], ends, told)
    missing = await _missing(walk, bridges, found, sub, told)
    await told.read_facts(_named_facts(weighed, missing))
    far = far_parties(weighed, walk.far, told.facts)
    await told.finish(_named_nodes(walk, weighed, missing))
    await told.read_parents(stop for route in weighed for stop in route.stops)
    return Connection(
        question=question,
        near=walk.near,
        far=walk.far,
        status=widened or _status(walk, weighed, missing),
        connectors=tuple(connectors),
        far_parties=far,
        routes=_dated(routes, told.facts, question.as_of),
        resilience=_resilience(walk, ends, routes, connectors),
        bridges=missing.bridges,
        near_misses=missing.near_misses,
        absent=missing.absent,
        coverage=walk.coverage,
        version=walk.version,
        facts=told.facts,
        nodes=told.nodes,
        sources=told.sources,
        parents=told.parents,
        hops_searched=sub.hops,
        reads=sub.reads,
        truncated=sub.truncated or walk.near.truncated or walk.far.truncated,
        hubs=sub.hubs,
        connectors_found=len(found),
        connectors_firm=sum(1 for candidate in found if candidate.firm),
    )


async def paths(view: GraphReader, question: Question, budget: Budget) -> Paths:
    """Return the best routes between two ends, fewest hops first, then strongest. Raises as `connect` does."""
    walk = await Walk.start(view, question, budget)
    sub = await walk.between(walk.starts, walk.ends, walk.filters())
    links = link(sub.ties, walk.today, question.as_of)
    routes = best_routes(links, frozenset(walk.starts), frozenset(walk.ends), sub.hops, question.limit)
    told = Gathered(view, question.known_as_of)
    await told.read_facts(_named_facts(routes, None))
    await told.finish(_named_nodes(walk, routes, None))
    return Paths(
        question=question,
        near=walk.near,
        far=walk.far,
        routes=_dated(routes, told.facts, question.as_of),
        coverage=walk.coverage,
        version=walk.version,
        facts=told.facts,
        nodes=told.nodes,
        sources=told.sources,
        hops_searched=sub.hops,
        reads=sub.reads,
        truncated=sub.truncated or walk.near.truncated or walk.far.truncated,
        hubs=sub.hubs,
    )


async def _subgraph(walk: Walk, bridges: Sequence[Bridge]) -> tuple[Subgraph, Status | None]:
    """Return the subgraph to rank; widened to plans, then to shared events, only when nothing firmer links the ends."""
    sub = await walk.between(walk.starts, walk.ends, walk.filters())
    if sub.ties or bridges:
        return sub, None
    planned = await walk.between(walk.starts, walk.ends, walk.filters("planned"))
    if planned.ties:
        return planned, "planned_only"
    attended = await walk.between(walk.starts, walk.ends, walk.filters("co_attended"))
    if attended.ties:
        return attended, "co_attended_only"
    return sub, None


def _status(walk: Walk, routes: Sequence[Route], missing: _Missing) -> Status:
    if not routes and missing.bridges:
        return "stops_at_bridge"
    if not routes:
        return "planned_only" if missing.pending else "no_sourced_link"
    firm = [r for r in routes if all(not FIRM.isdisjoint(hop.modalities) for hop in r.hops)]
    if not firm:
        return "planned_only"
    tiers = [max(walk.near.members[r.stops[0]], walk.far.members[r.stops[-1]]) for r in firm]
    return "connected" if min(tiers) <= ACTS_FOR else "national_only"


async def _connectors(walk: Walk, shown: Sequence[Candidate], ends: Ends, told: Gathered) -> list[Connector]:
    await told.read_facts(fact for candidate in shown for fact in candidate.facts)
    ranked = rank(shown, ends, told.facts, told.sources)
    return [msgspec.structs.replace(c, planned=await honesty.ahead_of(walk, c.actor, walk.far, told)) for c in ranked]


async def _missing(
    walk: Walk, bridges: Sequence[Bridge], found: Sequence[Candidate], sub: Subgraph, told: Gathered
) -> _Missing:
    completed = tuple([await honesty.complete(walk, bridge, told) for bridge in bridges])
    if not found:
        pending = await honesty.pending(walk, told)
        misses = await honesty.near_misses(walk)
        return _Missing(completed, (*pending, *misses), (), pending=bool(pending))
    reaching = tuple(candidate.actor for candidate in found)
    return _Missing(completed, (), await honesty.absent(walk, reaching, sub.ties))


def _resilience(walk: Walk, ends: Ends, routes: list[Route], connectors: Sequence[Connector]) -> Resilience:
    """Return the resilience; of several single actors that are a cut, the best connector is named."""
    far = {actor: walk.far.members[actor] for actor in ends.far}
    found = resilience(ends.links, routes, ends.near, far)
    if len(found.cut) == 1:
        sole = next((c.actor for c in connectors if severs(ends, c.actor)), found.cut[0])
        return msgspec.structs.replace(found, cut=(sole,))
    return found


def _named_facts(routes: Iterable[Route], missing: _Missing | None) -> list[str]:
    named = [fact for route in routes for hop in route.hops for fact in hop.facts]
    if missing is not None:
        named += [f for bridge in missing.bridges for route in bridge.routes for hop in route.hops for f in hop.facts]
        named += [fact for miss in missing.near_misses for fact in miss.facts]
        named += [fact for absent in missing.absent for fact in absent.facts]
    return named


def _named_nodes(walk: Walk, routes: Iterable[Route], missing: _Missing | None) -> list[str]:
    """Return nodes an answer names beyond those in its facts."""
    named = [walk.near.reading.node.id, walk.far.reading.node.id, *walk.starts, *walk.ends]
    named += [stop for route in routes for stop in route.stops]
    if missing is not None:
        named += [actor for absent in missing.absent for actor in absent.actors]
        named += [miss.actor for miss in missing.near_misses]
    return named


def _dated(routes: Iterable[Route], facts: dict[str, Fact], as_of: str | None) -> tuple[Route, ...]:
    """Return routes whose hops say whether they are certain under the as-of date, qualified dates considered."""
    return tuple(
        msgspec.structs.replace(
            route,
            hops=tuple(
                msgspec.structs.replace(hop, certain=any(_certain(facts.get(fact), as_of) for fact in hop.facts))
                for hop in route.hops
            ),
        )
        for route in routes
    )


def _certain(fact: Fact | None, as_of: str | None) -> bool:
    if fact is None or fact.when is None:
        return as_of is None and fact is not None
    return certainty(fact.when, as_of) == "certain"
