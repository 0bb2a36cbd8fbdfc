"""What exists: vocabulary, counts, versions, changes, limits."""

from collections.abc import Iterable
from importlib.metadata import version as installed_version

from app.allowed import allowed, meaning
from app.answers.about import (
    AnswerLimits,
    ChangesAnswer,
    LimitsAnswer,
    Parameter,
    RequestLimits,
    SummaryAnswer,
    VersionAnswer,
    load_changes,
    summary_answer,
)
from app.asking import API, Asking, Route
from app.edge import MAX_HEADER_LINES, MAX_HEADERS, MAX_URL
from app.questions import ChangesQuestion, PlainQuestion
from app.reading import MAX_FIELDS
from graph.vocabulary import Text, Vocabulary, vocabulary


async def words(asking: Asking, question: PlainQuestion) -> Vocabulary:
    """Return the words of the domain."""
    del asking, question
    return vocabulary()


async def summary(asking: Asking, question: PlainQuestion) -> SummaryAnswer:
    """Return counts and how far the data reach."""
    del question
    return summary_answer(asking.version.content, await asking.view.summary())


async def version(asking: Asking, question: PlainQuestion) -> VersionAnswer:
    """Return the versions of the program, the API and the graph."""
    del question
    return VersionAnswer(installed_version("jejaring"), API.rpartition("/")[2], asking.version)


async def changes(asking: Asking, question: ChangesQuestion) -> ChangesAnswer:
    """Return what loads changed after a version."""
    found = await asking.view.changes(question.after, question.limit)
    last = found[-1][0].version if found else question.after
    return ChangesAnswer(
        version=asking.version,
        items=tuple(load_changes(load, changed) for load, changed in found),
        next=last,
        more=last < asking.version.number,
    )


def limits_route(routes: Iterable[Route]) -> Route:
    """Return the route that tells every limit of these routes and of itself."""
    known = tuple(route for route in routes if route.path.startswith(API))

    async def limits(asking: Asking, question: PlainQuestion) -> LimitsAnswer:
        del question
        # Told when asked for: reading every question's schema takes longer than an answer on the command line.
        told = {route.path.removeprefix(API): _parameters(route) for route in known}
        told["/limits"] = _parameters_of_limits()
        settings = asking.settings
        return LimitsAnswer(
            request=RequestLimits(MAX_URL, MAX_HEADERS, MAX_HEADER_LINES, MAX_FIELDS),
            answer=AnswerLimits(
                deadline_ms=settings.deadline_ms,
                reads=settings.budget.reads,
                ties=settings.budget.ties,
                walk_ms=settings.budget.milliseconds,
                in_flight=settings.max_in_flight,
            ),
            routes=told,
        )

    says = Text(id="Setiap batas layanan ini.", en="Every limit of this service.")
    return Route(f"{API}/limits", "limits", says, PlainQuestion, LimitsAnswer, limits)


def _parameters(route: Route) -> dict[str, Parameter]:
    return {name: Parameter(meaning(name), rule) for name, rule in allowed(route.question).items()}


def _parameters_of_limits() -> dict[str, Parameter]:
    return {name: Parameter(meaning(name), rule) for name, rule in allowed(PlainQuestion).items()}


ROUTES = (
    Route(
        f"{API}/summary",
        "summary",
        Text(
            id="Isi graf dalam angka, dan sampai kapan datanya.",
            en="The graph in numbers, and how far the data reach.",
        ),
        PlainQuestion,
        SummaryAnswer,
        summary,
    ),
    Route(
        f"{API}/changes",
        "changes",
        Text(id="Apa yang diubah setiap muatan.", en="What each load has changed."),
        ChangesQuestion,
        ChangesAnswer,
        changes,
        history=True,
        example={"limit": "1"},
    ),
    Route(
        f"{API}/vocabulary",
        "vocabulary",
        Text(
            id="Jenis simpul, jenis fakta, subsektor, dan daftar istilah.",
            en="Kinds of node, types of fact, subsectors and lists of terms.",
        ),
        PlainQuestion,
        Vocabulary,
        words,
    ),
    Route(
        f"{API}/version",
        "version",
        Text(id="Versi program, API, dan graf.", en="The versions of program, API and graph."),
        PlainQuestion,
        VersionAnswer,
        version,
        history=True,
    ),
)
