"""How easily the two ends come apart: node-disjoint routes and a smallest cut, by networkx on the small subgraph."""

from collections.abc import Mapping

import networkx as nx

from graph.connection import ITSELF, Resilience, Route
from graph.routes import Links

# Above this many hops the count is taken on the ranked routes only and said to be a lower bound: maximum flow on the
# whole subgraph would cost more than everything else in the answer.
EXACT_HOPS = 400
_NEAR, _FAR = "near side", "far side"  # ids have no spaces, so these are no actors


def resilience(links: Links, routes: list[Route], near: Mapping[str, int], far: Mapping[str, int]) -> Resilience:
    """Return the number of node-disjoint routes between two sides (actor -> tier) and a smallest set that cuts them.

    Actors that act for a place count as cuttable, so one body that carries every route is the cut; an end that was
    asked for itself (tier 0) cannot be cut away (Menger's theorem: the two numbers are equal, a direct tie aside).
    """
    if not routes:
        return Resilience(0, ())
    pairs = {(u, v) for u, ends in links.of.items() for v in ends if u < v}
    exact = len(pairs) <= EXACT_HOPS
    if not exact:
        pairs = {(min(h.u, h.v), max(h.u, h.v)) for route in routes for h in route.hops}
    stands_for = {actor: _NEAR for actor, tier in near.items() if tier == ITSELF}
    stands_for |= {actor: _FAR for actor, tier in far.items() if tier == ITSELF}
    graph: nx.Graph[str] = nx.Graph(
        (stands_for.get(u, u), stands_for.get(v, v))
        for u, v in sorted(pairs)
        if not (near.keys() >= {u, v} or far.keys() >= {u, v})
    )
    graph.add_edges_from((_NEAR, actor) for actor in sorted(near.keys() & graph.nodes))
    graph.add_edges_from((actor, _FAR) for actor in sorted(far.keys() & graph.nodes))
    direct = graph.has_edge(_NEAR, _FAR)
    if direct:
        graph.remove_edge(_NEAR, _FAR)
    cut = nx.minimum_node_cut(graph, _NEAR, _FAR) if nx.has_path(graph, _NEAR, _FAR) else set()
    return Resilience(len(cut) + direct, () if direct else tuple(sorted(cut)), exact)
