"""Which pairs of nodes lie on a short route between two sets, given what two level-by-level searches read. Pure.

A route starts in one set, ends in the other and enters neither in between; skipped hubs are on no route. Nodes are
integers or texts alike: only equality and hashing are asked of them.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

import msgspec

N = TypeVar("N", bound=Hashable)


class Search(Generic[N]):
    """One side's search: its set, how far nodes are from it, and what each of its levels read."""

    def __init__(self, ends: Iterable[N], cost: int) -> None:
        """Stand at the set itself. cost: ties that its first level reads."""
        self.ends = frozenset(ends)
        self.distances: dict[N, int] = dict.fromkeys(self.ends, 0)
        self.frontier: list[N] = list(self.ends)
        self.cost = cost
        self.pairs: list[list[tuple[N, N]]] = []  # (left, arrived at), one list per level

    def step(self, pairs: Sequence[tuple[N, N]], other: "Search[N]") -> set[N]:
        """Take in what one level read and return the nodes, but ends of routes, it reached for the first time."""
        arrived = {nbr for _, nbr in pairs}
        stays = not self.ends.isdisjoint(arrived)
        self.pairs.append([pair for pair in pairs if pair[1] not in self.ends] if stays else list(pairs))
        arrived.difference_update(self.distances)
        self.distances.update(dict.fromkeys(arrived, len(self.pairs)))
        return arrived - other.ends

    def narrow(self, other: "Search[N]", hubs: frozenset[N]) -> list[tuple[N, N]]:
        """Return the pairs read that may lie on a route; most dead ends are left out early."""
        kept: list[tuple[N, N]] = []
        alive: set[N] = other.distances.keys() - hubs
        last = len(self.pairs) - 1
        for level in range(last, -1, -1):
            # What a node at this level or before it leads to is not known yet, so a step to it stays.
            back = {n for n, d in self.distances.items() if d <= level} - hubs if level < last else set()
            found = [pair for pair in self.pairs[level] if pair[1] in alive or pair[1] in back]
            alive.update([n for n, _ in found])
            kept += found
        return kept


class Routes(msgspec.Struct, Generic[N], frozen=True):
    """Pairs on routes, as (left, arrived at) -> hops of the shortest route through them; distances from both sets."""

    pairs: dict[tuple[N, N], int]
    from_sources: dict[N, int]
    from_targets: dict[N, int]


def skipped(sources: Search[N], targets: Search[N], hubs: Iterable[N]) -> frozenset[N]:
    """Return the hubs that could lie on a route as long as was walked: met by both sides, or not looked past."""
    found = set()
    for hub in hubs:
        near, far = sources.distances.get(hub), targets.distances.get(hub)
        met = near is not None and far is not None
        if met or any(d is not None and d < len(s.pairs) for d, s in ((near, sources), (far, targets))):
            found.add(hub)
    return frozenset(found)


def routes(sources: Search[N], targets: Search[N], hubs: frozenset[N], hops: int) -> Routes[N]:
    """Return the pairs on routes of at most `hops`, which is the number of levels both searches read together."""
    pairs = dict.fromkeys([*sources.narrow(targets, hubs), *targets.narrow(sources, hubs)])
    neighbours: dict[N, list[N]] = {}
    for n, nbr in pairs:
        neighbours.setdefault(n, []).append(nbr)
        neighbours.setdefault(nbr, []).append(n)
    near = _distances(neighbours, sources.ends, targets.ends)
    far = _distances(neighbours, targets.ends, sources.ends)
    kept: dict[tuple[N, N], int] = {}
    starts, goals = sources.ends, targets.ends
    for n, nbr in pairs:
        length = hops + 1
        if n in near and nbr in far and n not in goals and nbr not in starts:
            length = near[n] + 1 + far[nbr]
        if nbr in near and n in far and nbr not in goals and n not in starts:
            length = min(length, near[nbr] + 1 + far[n])
        if length <= hops and (nbr, n) not in kept:
            kept[n, nbr] = length
    return Routes(kept, near, far)


def _distances(neighbours: Mapping[N, Sequence[N]], start: frozenset[N], goal: frozenset[N]) -> dict[N, int]:
    """Return how far nodes are from `start`; nothing is walked through `goal`."""
    distances = {n: 0 for n in start if n in neighbours}
    ring = list(distances)
    while ring:
        reached: dict[N, int] = {}
        for n in ring:
            step = distances[n] + 1
            for nbr in neighbours[n]:
                if nbr not in distances:
                    distances[nbr] = step
                    reached[nbr] = step
        ring = [n for n in reached if n not in goal]
    return distances
