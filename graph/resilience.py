"""How easily the two ends come apart: node-disjoint routes and a smallest cut, by networkx on the small subgraph."""

import networkx as nx

from graph.connection import Resilience, Route
from graph.routes import Links

# Above this many hops the count is taken on the ranked routes only and said to be a lower bound: maximum flow on the
# whole subgraph would cost more than everything else in the answer.
EXACT_HOPS = 400


def resilience(links: Links, routes: list[Route], sources: frozenset[str], targets: frozenset[str]) -> Resilience:
    """Return the number of node-disjoint routes between two sets and a smallest set of actors that cuts them all.

    Actors of both ends count as cuttable, so one body that carries every route is the cut (Menger's theorem: the two
    numbers are equal).
    """
    if not routes:
        return Resilience(0, ())
    pairs = {(u, v) for u, ends in links.of.items() for v in ends if u < v}
    exact = len(pairs) <= EXACT_HOPS
    if not exact:
        pairs = {(min(h.u, h.v), max(h.u, h.v)) for route in routes for h in route.hops}
    inside = [pair for pair in sorted(pairs) if not (sources.issuperset(pair) or targets.issuperset(pair))]
    graph: nx.Graph[str] = nx.Graph(inside)
    near, far = "near side", "far side"  # ids have no spaces, so these are no actors
    graph.add_edges_from((near, node) for node in sorted(sources & graph.nodes))
    graph.add_edges_from((node, far) for node in sorted(targets & graph.nodes))
    cut = nx.minimum_node_cut(graph, near, far)
    return Resilience(len(cut), tuple(sorted(cut)), exact)
