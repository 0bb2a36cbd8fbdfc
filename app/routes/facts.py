"""Show facts: one of them, or a list by type, participant, period, title, modality and source."""

from typing import Final

from app.answers.lists import FactAnswer, FactsAnswer
from app.answers.shared import fact_summaries, node_summaries, source_summaries, tie_summary
from app.asking import API, Asking, Route
from app.cursors import read_cursor, write_cursor
from app.finding import Page, find_facts, read_about
from app.questions import FactQuestion, FactsQuestion
from app.reading import Refusal, Refused
from graph.ask import OFFICE, Only
from graph.gather import Gathered
from graph.project import ties_of
from graph.store import FactQuery
from graph.vocabulary import Text


async def fact(asking: Asking, question: FactQuestion) -> FactAnswer:
    """Return one fact. Raises NotFound, Gone."""
    known = await asking.view.fact(question.id)
    told = Gathered(asking.view)
    told.add_facts((known,))
    await told.finish(())
    return FactAnswer(
        version=asking.version.content,
        fact=fact_summaries((known,), told.nodes, told.sources)[known.id],
        ties=tuple(tie_summary(tie) for tie in ties_of(known)),
        nodes=node_summaries(told.nodes.values()),
        sources=source_summaries(told.sources.values()),
    )


async def facts(asking: Asking, question: FactsQuestion) -> FactsAnswer:
    """Return one page of facts. Raises Refused, Unreadable, Ambiguous, Moved, BudgetExceeded."""
    page, told = await facts_found(asking, question)
    return facts_answer(asking, question, page, told)


def facts_answer(asking: Asking, question: FactsQuestion, page: Page, told: Gathered) -> FactsAnswer:
    """Return a page of facts as the API shows it."""
    return FactsAnswer(
        version=asking.version.content,
        items=tuple(fact_summaries(page.facts, told.nodes, told.sources).values()),
        next=None if page.after is None else write_cursor(question, page.after),
        nodes=node_summaries(told.nodes.values()),
        sources=source_summaries(told.sources.values()),
    )


async def facts_found(asking: Asking, question: FactsQuestion) -> tuple[Page, Gathered]:
    """Return one page of facts, and everything they name. Raises as `facts` does."""
    if question.title is not None and question.type != (OFFICE,):
        raise Refused([_NOT_OF_AN_OFFICE])
    about = await read_about(asking.view, question.about, Only(question.slot, question.title))
    where = FactQuery(
        types=question.type,
        source=question.source,
        since=question.since,
        until=question.until,
        modalities=question.modality,
    )
    after = read_cursor(question, question.cursor)
    page = await find_facts(asking.view, where, about, after, question.limit)
    told = Gathered(asking.view)
    told.add_facts(page.facts)
    await told.finish(())
    return page, told


_NOT_OF_AN_OFFICE: Final = Refusal(
    "invalid",
    "title",
    Text(id="title: hanya bersama type=role.", en="title: only together with type=role."),
)
ROUTES = (
    Route(
        f"{API}/facts/{{id}}",
        "fact",
        Text(id="Satu fakta dengan sumbernya.", en="One fact with its sources."),
        FactQuestion,
        FactAnswer,
        fact,
        example={"id": "fact:ke-jkt-asi-2025-10-15.moc"},
    ),
    Route(
        f"{API}/facts",
        "facts",
        Text(
            id="Fakta menurut jenis, pelaku, waktu, dan sumber.",
            en="Facts by type, participant, time and source.",
        ),
        FactsQuestion,
        FactsAnswer,
        facts,
        example={"type": "agreement,visit", "limit": "3"},
    ),
)
