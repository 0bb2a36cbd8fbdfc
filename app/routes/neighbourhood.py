"""What is around a node."""

from app.answers.around import NeighbourhoodAnswer, neighbourhood_answer
from app.asking import API, Asking, Route
from app.cursors import read_cursor, write_cursor
from app.questions import NeighbourhoodQuestion
from graph.model import Filters
from graph.vocabulary import Text, vocabulary

# Farther than one hop, only what paths follow: else an event or a subsector makes everything a neighbour.
_FAR_WALKS = frozenset({"walkable", "structural"})


async def neighbourhood(asking: Asking, question: NeighbourhoodQuestion) -> NeighbourhoodAnswer:
    """Return the ties around a node. Raises NotFound, Moved, Refused."""
    held = read_cursor(question, question.cursor) or None
    found = await asking.view.neighbourhood(question.id, question.hops, _filters(question), question.limit, held)
    named = {question.id}
    for tie in found.ties:
        named.add(tie.u)
        named.add(tie.v)
        named.update(tie.subsectors)
    cursor = write_cursor(question, found.cursor) if found.cursor is not None else None
    nodes = await asking.view.nodes(sorted(named))
    return neighbourhood_answer(asking.version.content, found, question.hops, cursor, nodes)


def _filters(question: NeighbourhoodQuestion) -> Filters:
    words = vocabulary()
    types = tuple(
        name
        for name, tie in words.tie_types.items()
        if (tie.fact_type in question.types if question.types else question.hops == 1 or tie.walk in _FAR_WALKS)
    )
    return Filters(
        types=types,
        modalities=question.modality or tuple(words.terms["modality"]),
        since=question.since,
        until=question.until,
        as_of=question.as_of,
        known_as_of=question.known_as_of,
        subsectors=tuple(f"subsector:{key}" for key in question.subsector),
    )


ROUTES = (
    Route(
        f"{API}/nodes/{{id}}/neighbourhood",
        "neighbourhood",
        Text(id="Apa yang ada di sekitar suatu simpul.", en="What is around a node."),
        NeighbourhoodQuestion,
        NeighbourhoodAnswer,
        neighbourhood,
        example={"id": "agency:kemenekraf", "limit": "5"},
    ),
)
