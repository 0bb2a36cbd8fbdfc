"""The bounded subgraph as hops between pairs of actors: strength, reach, and the best routes. Pure functions."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Literal

import msgspec

from graph.connection import Hop, Route
from graph.model import Fact, Tie
from graph.project import UNKNOWN_HIGH
from graph.time import to_day
from graph.vocabulary import vocabulary

HALF_LIFE_DAYS = 24 * 365.25 / 12  # a tie's weight falls to three quarters in 24 months, never below a half
SINGLE_VOICE_DOUBT = 0.4  # trust in a fact is 1 - 0.4 ** independent voices
STRONG, MEDIUM = 0.6, 0.3  # bands of strength shown to readers
FIRM = frozenset({"happened", "agreed"})
Pair = tuple[str, str]


class Links(msgspec.Struct, frozen=True):
    """Hops by neighbour: links.of[u][v] is the hop from u to v (each pair stands twice, once from each end).

    facts: the strength of each fact, 0..1.
    """

    of: Mapping[str, Mapping[str, Hop]]
    facts: Mapping[str, float]


class Strength(msgspec.Struct, frozen=True):
    """What one fact adds to a hop, each part 0..1; their product is its strength.

    base: that of the tie type; age: 0.5 + 0.5 * 2 ** (-months / 24), from the last day it can have happened (1 for
    standing relations and unknown dates); trust: 1 - 0.4 ** independent voices; modality: its weight.
    """

    base: float
    age: float
    trust: float
    modality: float

    @property
    def product(self) -> float:
        """The strength of the fact."""
        return self.base * self.age * self.trust * self.modality


def strength(told: Tie | Fact, today: str) -> Strength:
    """Return what a fact, or a tie of it, adds to a hop; its age is counted to `today` (ISO date)."""
    base, ages, weights = _weights()
    if isinstance(told, Tie):
        name, high = told.type, told.high
    else:
        name = vocabulary().fact_types[told.type].tie
        high = told.when.high if told.when else UNKNOWN_HIGH
    age = 1.0
    if ages.get(name) and high != UNKNOWN_HIGH:
        days = max(0, to_day(today) - to_day(high))
        age = 0.5 + 0.5 * 2.0 ** (-days / HALF_LIFE_DAYS)
    return Strength(base.get(name, 0.0), age, 1.0 - SINGLE_VOICE_DOUBT**told.voices, weights[told.modality])


@cache
def _weights() -> tuple[dict[str, float], dict[str, bool], dict[str, float]]:
    words = vocabulary()
    return (
        {name: tie.strength for name, tie in words.tie_types.items()},
        {name: tie.ages for name, tie in words.tie_types.items()},
        {name: term.weight for name, term in words.terms["modality"].items()},
    )


def noisy_or(strengths: Iterable[float]) -> float:
    """Return 1 - product(1 - s): several independent reasons for the same link."""
    left = 1.0
    for strength in strengths:
        left *= 1.0 - strength
    return 1.0 - left


def band(strength: float) -> Literal["strong", "medium", "weak"]:
    """Return strong, medium or weak."""
    if strength >= STRONG:
        return "strong"
    return "medium" if strength >= MEDIUM else "weak"


def link(ties: Iterable[Tie], today: str, as_of: str | None) -> Links:
    """Return all hops of a subgraph, each carrying every fact between its two actors."""
    pairs: dict[Pair, list[Tie]] = defaultdict(list)
    for tie in ties:
        pairs[min(tie.u, tie.v), max(tie.u, tie.v)].append(tie)
    strengths: dict[str, float] = {}
    of: dict[str, dict[str, Hop]] = defaultdict(dict)
    for (u, v), between in sorted(pairs.items()):
        for tie in between:
            strengths[tie.fact] = max(strengths.get(tie.fact, 0.0), strength(tie, today).product)
        of[u][v] = _hop(u, v, between, strengths, as_of)
        of[v][u] = msgspec.structs.replace(of[u][v], u=v, v=u)
    return Links(of, strengths)


def _hop(u: str, v: str, ties: list[Tie], strengths: Mapping[str, float], as_of: str | None) -> Hop:
    newest = sorted(ties, key=lambda tie: (tie.high, tie.low, tie.fact), reverse=True)
    dated = [tie.high for tie in ties if tie.high != UNKNOWN_HIGH]
    return Hop(
        u=u,
        v=v,
        facts=tuple(dict.fromkeys(tie.fact for tie in newest)),
        types=tuple(sorted({tie.type for tie in ties})),
        modalities=tuple(sorted({tie.modality for tie in ties})),
        strength=round(noisy_or(strengths[fact] for fact in sorted({tie.fact for tie in ties})), 4),
        latest=max(dated, default=""),
        certain=as_of is None or any(tie.high <= as_of for tie in ties),
    )


def best_routes(links: Links, sources: frozenset[str], targets: frozenset[str], hops: int, limit: int) -> list[Route]:
    """Return the `limit` best simple routes of at most `hops`: fewest hops first, then strongest, then by stops.

    Best-first search with an exact bound: ahead[r][v] is the largest product of strengths of any walk of r hops from v
    to a target, so routes leave the heap in order of their true strength and the search can stop after `limit`.
    """
    ahead = _best_ahead(links, sources, targets, hops)
    found: list[Route] = []
    for length in range(1, hops + 1):
        if len(found) < limit:
            found.extend(_of_length(links, (sources, targets), ahead, length, limit - len(found)))
    return found


def _best_ahead(links: Links, sources: frozenset[str], targets: frozenset[str], hops: int) -> list[dict[str, float]]:
    ahead: list[dict[str, float]] = [dict.fromkeys(targets, 1.0)]
    for _ in range(hops):
        level: dict[str, float] = {}
        for v, strength in ahead[-1].items():
            if v in sources:
                continue  # sources only start routes
            for u, hop in links.of.get(v, {}).items():
                if u not in targets and hop.strength * strength > level.get(u, 0.0):
                    level[u] = hop.strength * strength
        ahead.append(level)
    return ahead


def _of_length(
    links: Links,
    ends: tuple[frozenset[str], frozenset[str]],
    ahead: list[dict[str, float]],
    length: int,
    limit: int,
) -> list[Route]:
    sources, targets = ends
    heap: list[tuple[float, tuple[str, ...], float]] = [
        (-ahead[length][s], (s,), 1.0) for s in sources if s in ahead[length]
    ]
    heapq.heapify(heap)
    found: list[Route] = []
    while heap and len(found) < limit:
        _, stops, strength = heapq.heappop(heap)
        left = length - len(stops) + 1
        if left == 0:
            hops = tuple(links.of[u][v] for u, v in pairwise(stops))
            found.append(Route(stops, hops, round(strength, 4)))
            continue
        for v, hop in links.of[stops[-1]].items():
            bound = ahead[left - 1].get(v)
            if bound is None or v in stops or v in sources or (v in targets) != (left == 1):
                continue
            so_far = strength * hop.strength
            heapq.heappush(heap, (-so_far * bound, (*stops, v), so_far))
    return found


def reach(
    links: Links, sources: frozenset[str], targets: tuple[str, ...], hops: int, without: str | None = None
) -> list[dict[str, int]]:
    """Return reach[r][v]: a bit mask over `targets` of those that some walk of at most r hops from v ends at.

    Walks pass neither set on the way, nor the actor to do without. Masks make this one pass over the hops per level,
    whatever the set sizes.
    """
    closed = sources if without is None else sources | {without}
    kept = frozenset(targets) if without is None else frozenset((*targets, without))
    first = {target: 1 << bit for bit, target in enumerate(targets)}
    levels: list[dict[str, int]] = [first]
    for _ in range(hops):
        level = dict(first)
        for v, mask in levels[-1].items():
            if v in closed:
                continue  # sources only start routes
            for u in links.of.get(v, ()):
                if u not in kept:
                    level[u] = level.get(u, 0) | mask
        levels.append(level)
    return levels


def firm_links(links: Links) -> Links:
    """Return the hops of which at least one fact happened or was agreed."""
    kept = {
        u: {v: hop for v, hop in ends.items() if not FIRM.isdisjoint(hop.modalities)} for u, ends in links.of.items()
    }
    return Links(kept, links.facts)
