"""Place to place on a peer, and search among plain names: the nearest that tools in memory come to the same."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from benchmarks.peers import Peer
from graph.connection import ACTS_FOR, NATIONAL, Route
from graph.identity import fold
from graph.model import Budget, Node
from graph.ranking import Ends, candidates
from graph.resilience import resilience
from graph.routes import best_routes, firm_links, link

_TODAY = "2026-10-31"


class PlacesOfPeer:
    """Which actors act for or sit in which place, kept beside a peer."""

    def __init__(self, peer: Peer) -> None:
        """Index the peer's nodes."""
        self._peer = peer
        self._above: dict[str, str] = {}
        self._home: dict[str, list[str]] = defaultdict(list)
        self._seat: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for node in peer.nodes():
            if node.part_of is not None:
                self._above[node.id] = node.part_of
            if node.home is not None:
                self._home[node.home.place].append(node.id)
                if node.seat is not None:
                    self._seat[node.seat.place].append((node.id, node.home.place))

    def members(self, city: str) -> dict[str, int]:
        """Return the actors that stand for a city, with their tier."""
        national = (node for node, home in self._seat[city] if home == self._above.get(city))
        return dict.fromkeys(national, NATIONAL) | dict.fromkeys(self._home[city], ACTS_FOR)

    def connect(self, cities: tuple[str, str], hops: int, budget: Budget) -> list[Route]:
        """Return the best routes between two cities, having ranked the connectors and counted disjoint routes.

        Ranking is the project's own. Left out, because a peer does not hold them: names to be understood, bridges,
        facts, people, sources and what is missing.
        """
        near, far = (self.members(city) for city in cities)
        shared = near.keys() & far.keys()
        near = {actor: tier for actor, tier in near.items() if actor not in shared}
        ties, walked = self._peer.between(tuple(near), tuple(far), hops, budget)
        links = link(ties, _TODAY, None)
        ends = Ends(links, near, tuple(sorted(far)), walked, firm_links(links))
        routes = best_routes(ends.links, ends.sources, frozenset(far), walked, 10)
        candidates(ends)
        resilience(ends.links, routes, near, far)
        return routes


class Names:
    """All names in memory: a dictionary, a sorted list, and RapidFuzz over everything."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        """Index the names of nodes."""
        self._exact: dict[str, list[str]] = defaultdict(list)
        for node in nodes:
            for name in node.names:
                self._exact[fold(name.text)].append(node.id)
        self._keys = sorted(self._exact)

    def exact(self, text: str) -> list[str]:
        """Return the nodes of that name."""
        return self._exact.get(fold(text), [])

    def prefix(self, text: str, limit: int = 10) -> list[str]:
        """Return nodes with a name that begins like that."""
        start = fold(text)
        first = bisect_left(self._keys, start)
        keys = self._keys[first : first + limit]
        return [node for key in keys if key.startswith(start) for node in self._exact[key]][:limit]

    def fuzzy(self, text: str, limit: int = 10) -> list[str]:
        """Return nodes with the most similar names."""
        hits = process.extract(fold(text), self._keys, scorer=fuzz.ratio, limit=limit, score_cutoff=60)
        return [node for key, _, _ in hits for node in self._exact[key]][:limit]
