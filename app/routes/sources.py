"""Show sources: all of them, or one with the facts it supports."""

from typing import Final

from app.answers.lists import SourceAnswer, SourcesAnswer
from app.answers.shared import cited_by, fact_summaries, node_summaries, source_summaries, source_summary
from app.asking import API, Asking, Route
from app.cursors import read_cursor, write_cursor
from app.finding import MOST_SCANNED, find_facts, read_about
from app.questions import SourceQuestion, SourcesQuestion
from graph.errors import BudgetExceeded
from graph.gather import Gathered
from graph.model import Source
from graph.store import FactQuery
from graph.vocabulary import Text

FACTS_SHOWN: Final = 200


async def source(asking: Asking, question: SourceQuestion) -> SourceAnswer:
    """Return one source with its facts. Raises NotFound, Gone."""
    known = await asking.view.source(question.id)
    found = await asking.view.list_facts(FactQuery(source=known.id), limit=FACTS_SHOWN + 1)
    page = found[:FACTS_SHOWN]
    told = Gathered(asking.view)
    told.add_facts(page)
    await told.finish(())
    return SourceAnswer(
        version=asking.version.content,
        source=source_summary(known),
        items=tuple(fact_summaries(page, told.nodes, told.sources).values()),
        more=len(found) > len(page),
        nodes=node_summaries(told.nodes.values()),
        sources=source_summaries(told.sources.values()),
    )


async def sources(asking: Asking, question: SourcesQuestion) -> SourcesAnswer:
    """Return one page of sources. Raises Refused, Unreadable, Ambiguous, Moved, BudgetExceeded."""
    after = read_cursor(question, question.cursor)
    if question.about:
        found = await _about(asking, question, after)
    else:
        found = await asking.view.list_sources(after, question.limit + 1)
    page = found[: question.limit]
    return SourcesAnswer(
        version=asking.version.content,
        items=tuple(source_summary(item) for item in page),
        next=write_cursor(question, page[-1].id) if len(found) > len(page) else None,
    )


async def _about(asking: Asking, question: SourcesQuestion, after: str) -> tuple[Source, ...]:
    """Return the sources of all facts about nodes, by id, beyond `after`."""
    about = await read_about(asking.view, question.about)
    page = await find_facts(asking.view, FactQuery(), about, "", MOST_SCANNED)
    if page.after is not None:
        raise BudgetExceeded(_TOO_MANY)
    cited = [id for id in sorted(cited_by(page.facts)) if id > after]
    return await asking.view.sources(cited[: question.limit + 1])


_TOO_MANY: Final = Text(
    id="about: terlalu banyak fakta tentang ini; pilih yang lebih khusus.",
    en="about: too many facts about this; choose something more specific.",
)
ROUTES = (
    Route(
        f"{API}/sources/{{id}}",
        "source",
        Text(id="Satu sumber dan fakta yang didukungnya.", en="One source and the facts it supports."),
        SourceQuestion,
        SourceAnswer,
        source,
        example={"id": "article:ke-jkt-asi-2025-10-15"},
    ),
    Route(
        f"{API}/sources",
        "sources",
        Text(
            id="Semua sumber, atau sumber fakta tentang sesuatu.", en="All sources, or those of facts about something."
        ),
        SourcesQuestion,
        SourcesAnswer,
        sources,
        example={"limit": "2"},
    ),
)
