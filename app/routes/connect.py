"""Who connects A to B: the main question."""

from app.answers.connecting import beyond, connect_answer
from app.answers.connection import ConnectAnswer
from app.asking import API, Asking, Route
from app.questions import ConnectQuestion
from app.replies import JSON_IN_A_LANGUAGE
from graph.connect import connect as find_connection
from graph.connection import Question
from graph.vocabulary import Text


async def connect(asking: Asking, question: ConnectQuestion) -> ConnectAnswer:
    """Return who connects two ends. Raises Unreadable, Ambiguous, Moved."""
    budget = asking.settings.budget
    found = await find_connection(asking.view, domain_question(question), budget)
    return connect_answer(found, await asking.view.nodes(beyond(found)), budget, asking.lang)


def domain_question(question: ConnectQuestion) -> Question:
    """Return the question as the graph knows it."""
    return Question(
        source=question.source,
        target=question.target,
        max_hops=question.max_hops,
        types=question.types,
        subsectors=tuple(f"subsector:{key}" for key in question.subsector),
        since=question.since,
        until=question.until,
        as_of=question.as_of,
        known_as_of=question.known_as_of,
        include=question.include,
        tiers=question.tiers,
        limit=question.limit,
    )


ROUTES = (
    Route(
        f"{API}/connect",
        "connect",
        Text(id="Siapa yang menghubungkan A dengan B.", en="Who connects A to B."),
        ConnectQuestion,
        ConnectAnswer,
        connect,
        leads=True,
        form=JSON_IN_A_LANGUAGE,
        example={"from": "jakarta", "to": "korea"},
    ),
)
