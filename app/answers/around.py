"""The answer to "what is around it"."""

import msgspec

from app.answers.shared import NodeSummary, TieSummary, node_summaries, tie_summary
from graph.model import Neighbourhood, Node


class NeighbourhoodAnswer(msgspec.Struct, frozen=True):
    """Ties around a node, nearest first; distances in hops from the centre. Facts are named by id only.

    left_out counts, per tie type, the centre's ties that are in neither this page nor earlier ones (hops=1 only).
    truncated: there is more than was asked for or allowed. next: the cursor of the following page (hops=1 only).
    """

    version: str
    centre: str
    hops: int
    ties: tuple[TieSummary, ...]
    distances: dict[str, int]
    left_out: dict[str, int]
    truncated: bool
    next: str | None
    nodes: dict[str, NodeSummary]


def neighbourhood_answer(
    version: str, found: Neighbourhood, hops: int, cursor: str | None, nodes: tuple[Node, ...]
) -> NeighbourhoodAnswer:
    """Return a neighbourhood as answers show it. nodes: the centre and every end of a tie."""
    return NeighbourhoodAnswer(
        version=version,
        centre=found.centre,
        hops=hops,
        ties=tuple([tie_summary(tie) for tie in found.ties]),
        distances=found.distances,
        left_out=found.left_out,
        truncated=found.truncated,
        next=cursor,
        nodes=node_summaries(nodes),
    )
