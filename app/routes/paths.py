"""The best routes between two ends."""

from app.answers.connecting import beyond, paths_answer
from app.answers.connection import PathsAnswer
from app.asking import API, Asking, Route
from app.questions import PathsQuestion
from app.routes.connect import domain_question
from graph.connect import paths as find_paths
from graph.vocabulary import Text


async def paths(asking: Asking, question: PathsQuestion) -> PathsAnswer:
    """Return routes, fewest hops first, then strongest. Raises Unreadable, Ambiguous, Moved."""
    budget = asking.settings.budget
    found = await find_paths(asking.view, domain_question(question), budget)
    return paths_answer(found, await asking.view.nodes(beyond(found)), budget)


ROUTES = (
    Route(
        f"{API}/paths",
        "paths",
        Text(id="Jalur terbaik antara dua ujung.", en="The best routes between two ends."),
        PathsQuestion,
        PathsAnswer,
        paths,
        example={"from": "jakarta", "to": "korea"},
    ),
)
