"""Find nodes by name: exact, by its beginning, by a word in it, or in spite of a typing error."""

from app.answers.lists import SearchAnswer, found, place_of
from app.answers.shared import node_summaries
from app.asking import API, Asking, Route
from app.questions import SearchQuestion
from graph.vocabulary import Text


async def search(asking: Asking, question: SearchQuestion) -> SearchAnswer:
    """Return nodes by name, best first."""
    hits = await asking.view.find(question.q, question.kind, question.limit)
    places = {place_of(hit.node) for hit in hits}
    beside = await asking.view.nodes(sorted(place for place in places if place is not None))
    return SearchAnswer(
        version=asking.version.content,
        hits=found(hits),
        nodes=node_summaries({node.id: node for node in (*beside, *(hit.node for hit in hits))}.values()),
    )


ROUTES = (
    Route(
        f"{API}/search",
        "search",
        Text(id="Cari simpul menurut nama.", en="Find nodes by name."),
        SearchQuestion,
        SearchAnswer,
        search,
        example={"q": "busan"},
    ),
)
