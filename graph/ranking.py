"""Which bodies connect the two ends, best first. Connectors are ranked, not only routes.

Order: tier; far-side actors reached (falling); strength (falling); indispensability (falling); independent publishers
(falling); latest date (falling); id. Plain betweenness would give 0 to the widest connector when it is itself an end.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from graph.connection import BETWEEN, ITSELF, Acting, Connector, FarParty, Route, Side
from graph.model import Fact, Party, Source
from graph.project import acting, count_voices
from graph.routes import Links, band, noisy_or, reach
from graph.simple import shortest_round
from graph.time import to_day
from graph.vocabulary import vocabulary

_ALWAYS_SIMPLE = 3
_SUREST_FIRST = ("high", "medium", "low", "contested")
_FIRMEST_FIRST = ("stated", "online", "implied", "not_stated")


class Candidate(msgspec.Struct, frozen=True):
    """A connector before its facts are read: what the subgraph alone tells.

    mask: far-side actors on its routes, a bit each; firm: those of them on routes of happened or agreed ties only.
    """

    actor: str
    tier: int
    mask: int
    firm: int
    strength: float
    latest: str
    facts: tuple[str, ...]


class Ends(msgspec.Struct, frozen=True):
    """The subgraph with its two ends, which every count is taken on. near: actors with their tier; far: in order."""

    links: Links
    near: dict[str, int]
    far: tuple[str, ...]
    hops: int
    firm: Links  # the hops with a fact that happened or was agreed

    @property
    def sources(self) -> frozenset[str]:
        """Actors at which routes start."""
        return frozenset(self.near)


def candidates(ends: Ends) -> list[Candidate]:
    """Return every body of the near side or between the ends that reaches the far side, in order of the first keys."""
    levels = reach(ends.links, ends.sources, ends.far, ends.hops)
    firm = reach(ends.firm, ends.sources, ends.far, ends.hops)
    steps = _steps(ends)
    found: list[Candidate] = []
    for actor in ends.links.of.keys() & steps.keys():
        left = ends.hops - steps[actor]
        mask = levels[left].get(actor, 0)
        if mask and actor not in ends.far and _connects(ends, actor):
            found.append(_candidate(ends, actor, mask, firm[left].get(actor, 0)))
    # Up to three hops every walk between disjoint ends is simple; beyond, a dead end looks like a detour through it.
    if ends.hops > _ALWAYS_SIMPLE:
        found = [c for c in found if c.actor in ends.near or _on_simple_route(ends, c.actor)]
    return sorted(found, key=lambda c: (c.tier, -c.firm.bit_count(), -c.strength, c.actor))


def _connects(ends: Ends, actor: str) -> bool:
    """Say whether an actor can be a connector: an end asked for itself only where it has a direct tie."""
    return ends.near.get(actor) != ITSELF or not ends.links.of[actor].keys().isdisjoint(ends.far)


def _on_simple_route(ends: Ends, actor: str) -> bool:
    hops = shortest_round(ends.links, actor, ends.sources, frozenset(ends.far))
    return hops is not None and hops <= ends.hops


def _candidate(ends: Ends, actor: str, mask: int, firm: int) -> Candidate:
    tier, strengths, hops = ends.near.get(actor, BETWEEN), ends.links.facts, ends.links.of[actor].values()
    newest = sorted(hops, key=lambda hop: (hop.latest, hop.v), reverse=True)
    facts = dict.fromkeys(fact for hop in newest for fact in hop.facts)
    strength = round(noisy_or(strengths[fact] for fact in sorted(facts)), 4)
    return Candidate(actor, tier, mask, firm, strength, newest[0].latest, tuple(facts))


def _steps(ends: Ends) -> dict[str, int]:
    """Return how many hops each actor lies from the near side, not passing the far side."""
    far = frozenset(ends.far)
    steps = dict.fromkeys(ends.sources & ends.links.of.keys(), 0)
    level = set(steps)
    for distance in range(1, ends.hops + 1):
        level = {v for u in level - far for v in ends.links.of[u]} - steps.keys()
        steps |= dict.fromkeys(level, distance)
    return steps


def lost_share(ends: Ends, actor: str, reached: int) -> float:
    """Return the share of far-side actors reached on firm ties that are out of reach without this actor, 0..1.

    reached: those actors as a bit mask (`reached_mask` of the firm hops).
    """
    kept = reached_mask(ends, ends.firm, actor)
    return round((reached & ~kept).bit_count() / reached.bit_count(), 4) if reached else 0.0


def severs(ends: Ends, actor: str) -> bool:
    """Say whether no route at all is left without this actor."""
    return not reached_mask(ends, ends.links, actor)


def reached_mask(ends: Ends, links: Links, without: str | None = None) -> int:
    """Return the far-side actors that any route reaches (but for one actor), as a bit mask over `ends.far`."""
    mask = 0
    level = reach(links, ends.sources, ends.far, ends.hops, without)[ends.hops]
    for source in ends.near:
        mask |= level.get(source, 0)
    return mask


def rank(
    found: Sequence[Candidate], ends: Ends, facts: Mapping[str, Fact], sources: Mapping[str, Source]
) -> list[Connector]:
    """Return the candidates as connectors in their final order, with the people who acted for them."""
    reached = reached_mask(ends, ends.firm)
    connectors = [
        _connector(candidate, ends, facts, sources, lost_share(ends, candidate.actor, reached)) for candidate in found
    ]
    connectors.sort(key=lambda c: c.actor)
    connectors.sort(key=lambda c: c.latest, reverse=True)
    connectors.sort(key=lambda c: (c.tier, -len(c.reaches), -c.strength, -c.indispensable, -c.voices))
    return connectors


def _connector(
    found: Candidate, ends: Ends, facts: Mapping[str, Fact], sources: Mapping[str, Source], lost: float
) -> Connector:
    own = [facts[fact] for fact in found.facts if fact in facts]
    return Connector(
        actor=found.actor,
        tier=found.tier,
        reaches=_actors(ends, found.firm),
        of=len(ends.far),
        strength=found.strength,
        band=band(found.strength),
        indispensable=lost,
        voices=count_voices((e for fact in own for e in fact.evidence), sources),
        confidence=min((fact.confidence for fact in own), key=_SUREST_FIRST.index, default="low"),
        latest=found.latest,
        facts=tuple(fact.id for fact in sorted(own, key=firmest_first)),
        people=people_of(found.actor, own),
        announced=_actors(ends, found.mask & ~found.firm),
    )


def firmest_first(fact: Fact) -> tuple[int, int, str]:
    """Return the key that puts what happened before what was announced, and the newest first."""
    day = to_day(fact.when.high) if fact.when else 0
    return (vocabulary().term("modality", fact.modality).code, -day, fact.id)


def _actors(ends: Ends, mask: int) -> tuple[str, ...]:
    return tuple(actor for bit, actor in enumerate(ends.far) if mask >> bit & 1)


def people_of(actor: str, facts: Iterable[Fact]) -> tuple[Acting, ...]:
    """Return who acted for a body in these facts, by id, each with the firmest presence."""
    seen: dict[str, list[tuple[str, Party]]] = {}
    for fact in facts:
        for party in acting(fact.parties, actor):
            if party.person is not None and party.person != actor:
                seen.setdefault(party.person, []).append((fact.id, party))
    return tuple(
        Acting(person, tuple(fact for fact, _ in held), min((p.presence for _, p in held), key=_FIRMEST_FIRST.index))
        for person, held in sorted(seen.items())
    )


def far_parties(routes: Iterable[Route], far: Side, facts: Mapping[str, Fact]) -> tuple[FarParty, ...]:
    """Return the far-side actors at the end of these routes, with their people and those who were only quoted."""
    arriving: dict[str, dict[str, None]] = {}
    for route in routes:
        arriving.setdefault(route.stops[-1], {}).update(dict.fromkeys(route.hops[-1].facts))
    return tuple(
        FarParty(actor, far.members[actor], tuple(ids), people_of(actor, told), _quoted(actor, told))
        for actor, ids in sorted(arriving.items(), key=lambda item: (far.members[item[0]], item[0]))
        for told in ([facts[fact] for fact in ids if fact in facts],)
    )


def _quoted(actor: str, facts: Iterable[Fact]) -> tuple[str, ...]:
    named = {p.person for fact in facts for p in acting(fact.quoted, actor) if p.person}
    return tuple(sorted(named))
