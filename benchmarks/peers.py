"""The same questions asked of graphs in memory: networkx and rustworkx, with one good plain algorithm over both.

A peer follows the contract of `graph.store` (order, filters, hubs, budgets, kept ties), so that its answers can be
compared with the store's. It holds nodes and ties, but neither names to search nor facts, sources or history.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import networkx as nx
import rustworkx as rx

from graph.model import Budget, Filters, Node, Tie
from graph.vocabulary import vocabulary

Edge = tuple[int, Tie]  # the far end's number, and the tie


class Peer(ABC):
    """A graph in memory. Nodes are numbered in the order in which they are added."""

    def __init__(self, filters: Filters) -> None:
        """Follow what these filters allow; periods, subsectors and voices are not supported."""
        ties = vocabulary().tie_types
        walkable = tuple(name for name, tie in ties.items() if tie.walk == "walkable")
        self._types = frozenset(filters.types or walkable)
        self._modalities = frozenset(filters.modalities)
        self._hub_cap = filters.hub_cap
        self._codes = {name: tie.code for name, tie in ties.items()}
        self.ids: list[str] = []
        self.numbers: dict[str, int] = {}

    @abstractmethod
    def add_nodes(self, nodes: Sequence[Node]) -> None:
        """Add nodes."""

    @abstractmethod
    def add_ties(self, ties: Sequence[Tie]) -> None:
        """Add ties between nodes that are there."""

    @abstractmethod
    def node(self, node_id: str) -> Node:
        """Return one node. Raises KeyError."""

    @abstractmethod
    def nodes(self) -> Iterable[Node]:
        """Return all nodes."""

    @abstractmethod
    def degree(self, node: int) -> int:
        """Return how many ties a node has, of every kind."""

    @abstractmethod
    def edges(self, node: int) -> Iterator[Edge]:
        """Yield the ties of a node, of every kind, in any order."""

    def walkable(self, node: int) -> Iterator[Edge]:
        """Yield the ties of a node that the filters allow."""
        types, modalities = self._types, self._modalities
        for edge in self.edges(node):
            tie = edge[1]
            if tie.type in types and tie.modality in modalities:
                yield edge

    # ---- around a node -----------------------------------------------------------------------------------------------

    def neighbourhood(self, node_id: str, hops: int, limit: int) -> list[Tie]:
        """Return at most `limit` ties around a node, nearest first, ordered as the contract says."""
        centre = self.numbers[node_id]
        seen = {centre}
        expanded: set[int] = set()
        found: list[Tie] = []
        ring = [centre]
        for _ in range(hops):
            reached: list[int] = []
            for node in ring:
                if node != centre and self.degree(node) > self._hub_cap:
                    continue
                for far, tie in self._in_order(node):
                    if far in expanded:
                        continue
                    if len(found) == limit:
                        return found
                    found.append(tie)
                    if far not in seen:
                        seen.add(far)
                        reached.append(far)
                expanded.add(node)
            ring = reached
        return found

    def _in_order(self, node: int) -> list[Edge]:
        edges = list(self.walkable(node))
        edges.sort(key=lambda edge: (self.ids[edge[0]], edge[1].id))
        edges.sort(key=lambda edge: edge[1].high, reverse=True)
        edges.sort(key=lambda edge: self._codes[edge[1].type])
        return edges

    # ---- between two sets --------------------------------------------------------------------------------------------

    def between(
        self, sources: Sequence[str], targets: Sequence[str], hops: int, budget: Budget
    ) -> tuple[list[Tie], int]:
        """Return all ties on routes of at most `hops` between two sets, by id, and the hops the budget allowed.

        Level by level from the cheaper side; where both sides have met, distances are carried on backwards over the
        ties that were read.
        """
        near, far = (_Reach({self.numbers[node] for node in ids}) for ids in (sources, targets))
        levels = reads = 0
        while levels < hops:
            costs = [self._cost(side, other) for side, other in ((near, far), (far, near))]
            if reads + min(costs) > budget.reads:
                break
            reads += min(costs)
            levels += 1
            side, other = (near, far) if costs[0] <= costs[1] else (far, near)
            self._expand(side, other, last=levels == hops)
        near.carry_on(far.read, levels)
        far.carry_on(near.read, levels)
        kept: dict[str, tuple[int, Tie]] = {}
        _keep(near, far, levels, kept)
        _keep(far, near, levels, kept)
        if len(kept) > budget.ties:
            nearest = sorted(kept.items(), key=lambda item: (item[1][0], item[0]))
            kept = dict(nearest[: budget.ties])
        return [kept[tie][1] for tie in sorted(kept)], levels

    def _cost(self, side: "_Reach", other: "_Reach") -> int:
        """Drop the other set from a frontier, and return what entering the next level reads."""
        side.frontier = [node for node in side.frontier if node not in other.ends]
        return sum(map(self.degree, side.frontier))

    def _expand(self, side: "_Reach", other: "_Reach", *, last: bool) -> None:
        side.depth += 1
        distances, read, theirs = side.distances, side.read, other.distances
        reached: list[int] = []
        for node in side.frontier:
            for far, tie in self.walkable(node):
                if far in side.ends or far in side.hubs or (last and far not in theirs):
                    continue
                if far not in distances:
                    if far not in other.ends and self.degree(far) > self._hub_cap:
                        side.hubs.add(far)
                        continue
                    distances[far] = side.depth
                    reached.append(far)
                read[far].append((node, tie))
        side.frontier = reached


class _Reach:
    """What one side has reached: distances, the frontier, and by node the ties over which it was reached."""

    def __init__(self, ends: set[int]) -> None:
        self.ends = frozenset(ends)
        self.distances = dict.fromkeys(ends, 0)
        self.frontier = list(ends)
        self.depth = 0
        self.hubs: set[int] = set()
        self.read: dict[int, list[Edge]] = defaultdict(list)

    def carry_on(self, read: dict[int, list[Edge]], most: int) -> None:
        """Set the distances beyond the frontier, over the ties that the other side read."""
        level = self.frontier
        for distance in range(self.depth + 1, most + 1):
            reached = []
            for node in level:
                for back, _ in read.get(node, ()):
                    if back not in self.distances:
                        self.distances[back] = distance
                        reached.append(back)
            level = reached


def _keep(side: _Reach, other: _Reach, hops: int, kept: dict[str, tuple[int, Tie]]) -> None:
    """Add the ties one side read that lie on a route, by id, with the length of the shortest one."""
    for node in side.read.keys() & other.distances.keys():
        rest = other.distances[node] + 1
        for back, tie in side.read[node]:
            length = side.distances[back] + rest
            if length <= hops:
                known = kept.get(tie.id)
                if known is None or length < known[0]:
                    kept[tie.id] = (length, tie)


class Networkx(Peer):
    """A `networkx.MultiGraph`: one edge a tie, held as edge data."""

    def __init__(self, filters: Filters) -> None:
        """Start empty."""
        super().__init__(filters)
        self._graph: nx.MultiGraph[int] = nx.MultiGraph()

    def add_nodes(self, nodes: Sequence[Node]) -> None:
        """Add nodes."""
        for node in nodes:
            number = self.numbers[node.id] = len(self.ids)
            self.ids.append(node.id)
            self._graph.add_node(number, node=node)

    def add_ties(self, ties: Sequence[Tie]) -> None:
        """Add ties."""
        numbers = self.numbers
        self._graph.add_edges_from((numbers[tie.u], numbers[tie.v], {"tie": tie}) for tie in ties)

    def node(self, node_id: str) -> Node:
        """Return one node."""
        found: Node = self._graph.nodes[self.numbers[node_id]]["node"]
        return found

    def nodes(self) -> Iterable[Node]:
        """Return all nodes."""
        return (self._graph.nodes[number]["node"] for number in self._graph)

    def degree(self, node: int) -> int:
        """Return how many ties a node has."""
        return int(self._graph.degree[node])

    def edges(self, node: int) -> Iterator[Edge]:
        """Yield the ties of a node."""
        for far, edges in self._graph.adj[node].items():
            for data in edges.values():
                yield far, data["tie"]


class Rustworkx(Peer):
    """A `rustworkx.PyGraph` with parallel edges: one edge a tie, held as edge weight."""

    def __init__(self, filters: Filters) -> None:
        """Start empty."""
        super().__init__(filters)
        self._graph: rx.PyGraph[Node, Tie] = rx.PyGraph(multigraph=True)

    def add_nodes(self, nodes: Sequence[Node]) -> None:
        """Add nodes."""
        for node, number in zip(nodes, self._graph.add_nodes_from(nodes), strict=True):
            self.numbers[node.id] = number
            self.ids.append(node.id)

    def add_ties(self, ties: Sequence[Tie]) -> None:
        """Add ties."""
        numbers = self.numbers
        self._graph.add_edges_from([(numbers[tie.u], numbers[tie.v], tie) for tie in ties])

    def node(self, node_id: str) -> Node:
        """Return one node."""
        return self._graph[self.numbers[node_id]]

    def nodes(self) -> Iterable[Node]:
        """Return all nodes."""
        return self._graph.nodes()

    def degree(self, node: int) -> int:
        """Return how many ties a node has."""
        return self._graph.degree(node)

    def edges(self, node: int) -> Iterator[Edge]:
        """Yield the ties of a node."""
        for _, far, tie in self._graph.out_edges(node):
            yield far, tie
