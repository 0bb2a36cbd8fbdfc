"""Show nodes: one of them, or a list by kind, place and subsector."""

from collections.abc import Iterable
from typing import Final

from app.answers.lists import NodeAnswer, NodesAnswer, node_detail, nodes_beside, sources_beside
from app.answers.shared import node_summaries, node_summary, source_summaries
from app.asking import API, Asking, Route
from app.cursors import read_cursor, write_cursor
from app.questions import NodeQuestion, NodesQuestion
from app.reading import Refusal, Refused
from graph.asking.about import list_events
from graph.asking.periods import Period
from graph.endpoints import places_below, read_node
from graph.model import Filters, Node
from graph.store import NodeQuery
from graph.vocabulary import Text, vocabulary


async def node(asking: Asking, question: NodeQuestion) -> NodeAnswer:
    """Return one node. Raises NotFound, Moved."""
    view = asking.view
    known = await view.node(question.id)
    around = await view.neighbourhood(known.id, 1, everything(), limit=1)
    counts = dict(around.left_out)
    for tie in around.ties:
        counts[tie.type] = counts.get(tie.type, 0) + 1
    return NodeAnswer(
        version=asking.version.content,
        node=node_detail(known),
        ties=dict(sorted(counts.items())),
        nodes=node_summaries(await view.nodes(nodes_beside(known))),
        sources=source_summaries(await view.sources(sources_beside(known))),
    )


def everything() -> Filters:
    """Return filters that let every tie pass."""
    words = vocabulary()
    return Filters(types=tuple(words.tie_types), modalities=tuple(words.terms["modality"]))


async def nodes(asking: Asking, question: NodesQuestion) -> NodesAnswer:
    """Return one page of nodes. Raises Refused, Unreadable, Ambiguous, Moved."""
    after = read_cursor(question, question.cursor)
    found = await _found(asking, question, after)
    page = found[: question.limit]
    more = len(found) > len(page)
    return NodesAnswer(
        version=asking.version.content,
        items=tuple(node_summary(item) for item in page),
        next=write_cursor(question, page[-1].id) if more else None,
    )


async def _found(asking: Asking, question: NodesQuestion, after: str) -> tuple[Node, ...]:
    """Return one node more than a page holds, if there is one."""
    limit = question.limit + 1
    if question.about or question.since or question.until:
        if question.kind != ("event",) or question.home or question.seat or question.part_of or question.subsector:
            raise Refused([_EVENTS_ONLY])
        about = [(await read_node(asking.view, name, "about")).node.id for name in question.about]
        return await list_events(asking.view, about, Period(question.since, question.until), after, limit)
    where = NodeQuery(
        kinds=question.kind,
        home=await _within(asking, "home", question.home),
        seat=await _within(asking, "seat", question.seat),
        part_of=tuple([(await _place(asking, "part_of", name)) for name in question.part_of]),
        subsector=None if question.subsector is None else f"subsector:{question.subsector}",
    )
    return await asking.view.list_nodes(where, after, limit)


async def _within(asking: Asking, parameter: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return these places and all inside them."""
    places: set[str] = set()
    for name in names:
        places |= await places_below(asking.view, await _place(asking, parameter, name))
    return tuple(sorted(places))


async def _place(asking: Asking, parameter: str, name: str) -> str:
    reading = await read_node(asking.view, name, parameter, vocabulary().kinds_with_role("place"))
    return reading.node.id


_EVENTS_ONLY: Final = Refusal(
    "invalid",
    "kind",
    Text(
        id="kind: about, since, dan until hanya untuk kind=event, tanpa home, seat, part_of, dan subsector.",
        en="kind: about, since and until need kind=event, without home, seat, part_of and subsector.",
    ),
)
ROUTES = (
    Route(
        f"{API}/nodes/{{id}}",
        "node",
        Text(id="Satu simpul dengan nama, tempat, dan asalnya.", en="One node with its names, places and origin."),
        NodeQuestion,
        NodeAnswer,
        node,
        example={"id": "agency:ke-jkt"},
    ),
    Route(
        f"{API}/nodes",
        "nodes",
        Text(id="Simpul menurut jenis, tempat, dan subsektor.", en="Nodes by kind, place and subsector."),
        NodesQuestion,
        NodesAnswer,
        nodes,
        example={"kind": "agency", "limit": "3"},
    ),
)
