"""A question in words: understood as a question of the API, and answered."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from app.answers.asked import AskAnswer, ReadAs, nodes_in_words, sources_in_words
from app.answers.connecting import in_words
from app.answers.connection import InWords
from app.answers.shared import node_summary
from app.asking import API, Asking, Route
from app.questions import (
    Asked,
    AskQuestion,
    ConnectQuestion,
    FactsQuestion,
    NodeQuestion,
    NodesQuestion,
    SearchQuestion,
    SourcesQuestion,
)
from app.reading import read_question
from app.replies import JSON_IN_A_LANGUAGE
from app.routes.connect import connect
from app.routes.facts import facts_answer, facts_found
from app.routes.nodes import node, nodes
from app.routes.search import search
from app.routes.sources import sources
from graph.ask import ask as understand
from graph.connection import Reading
from graph.tell import tell_facts
from graph.vocabulary import Text

FACTS_TOLD: Final = 50


class _Way(NamedTuple):
    """How a question of one kind is read and answered."""

    question: type[Asked]
    answer: Callable[[Asking, Any, str], Awaitable[tuple[dict[str, Any], InWords]]]


async def ask(asking: Asking, question: AskQuestion) -> AskAnswer:
    """Return what a question in words means, with its answer. Raises Unreadable, Ambiguous, BudgetExceeded."""
    meant = await understand(asking.view, question.q, asking.lang)
    found, told = await answered(asking, meant.path, meant.focus)
    return AskAnswer(
        version=asking.version.content,
        kind=meant.kind,
        understood=meant.understood,
        focus=meant.focus,
        url=meant.path,
        readings=tuple(_read_as(reading) for reading in meant.readings),
        answer=told,
        **found,
    )


async def answered(asking: Asking, url: str, focus: str = "what") -> tuple[dict[str, Any], InWords]:
    """Return the answer to a question of the API by the name of its kind, and the same in words.

    url: path and query of a kind of question that words can ask; focus: what the headline answers. Raises Refused,
    and what its route raises.
    """
    path, _, query = url.removeprefix(f"{API}/").partition("?")
    name, _, id = path.partition("/")
    way = _WAYS[f"{name}/{{id}}" if id else name]
    asked = read_question(way.question, {"id": unquote(id)} if id else {}, query.encode())
    return await way.answer(asking, asked, focus)


def _read_as(reading: Reading) -> ReadAs:
    return ReadAs(node_summary(reading.node), reading.match, tuple(node_summary(other) for other in reading.others))


async def _connect(asking: Asking, question: ConnectQuestion, _focus: str) -> tuple[dict[str, Any], InWords]:
    found = await connect(asking, question)
    return {"connect": found}, found.answer


async def _facts(asking: Asking, question: FactsQuestion, focus: str) -> tuple[dict[str, Any], InWords]:
    page, told = await facts_found(asking, question)
    about = question.about[0] if question.about else None
    telling = tell_facts(page.facts, told.nodes, told.sources, about, focus)
    return {"facts": facts_answer(asking, question, page, told)}, in_words(telling, asking.lang)


async def _node(asking: Asking, question: NodeQuestion, focus: str) -> tuple[dict[str, Any], InWords]:
    found = await node(asking, question)
    about = FactsQuestion(about=(question.id,), limit=FACTS_TOLD)
    page, told = await facts_found(asking, about)
    telling = tell_facts(page.facts, told.nodes, told.sources, question.id, focus)
    return {"node": found, "facts": facts_answer(asking, about, page, told)}, in_words(telling, asking.lang)


async def _nodes(asking: Asking, question: NodesQuestion, _focus: str) -> tuple[dict[str, Any], InWords]:
    found = await nodes(asking, question)
    return {"nodes": found}, nodes_in_words(found.items, asking.lang, searched=False)


async def _sources(asking: Asking, question: SourcesQuestion, _focus: str) -> tuple[dict[str, Any], InWords]:
    found = await sources(asking, question)
    return {"sources": found}, sources_in_words(found.items, asking.lang)


async def _search(asking: Asking, question: SearchQuestion, _focus: str) -> tuple[dict[str, Any], InWords]:
    found = await search(asking, question)
    hits = [found.nodes[hit.node] for hit in found.hits]
    return {"search": found}, nodes_in_words(hits, asking.lang, searched=True)


_WAYS: Final[dict[str, _Way]] = {
    "connect": _Way(ConnectQuestion, _connect),
    "facts": _Way(FactsQuestion, _facts),
    "nodes/{id}": _Way(NodeQuestion, _node),
    "nodes": _Way(NodesQuestion, _nodes),
    "sources": _Way(SourcesQuestion, _sources),
    "search": _Way(SearchQuestion, _search),
}
ROUTES = (
    Route(
        f"{API}/ask",
        "ask",
        Text(
            id="Pertanyaan dengan kata-kata, dipahami dan dijawab.", en="A question in words, understood and answered."
        ),
        AskQuestion,
        AskAnswer,
        ask,
        leads=True,
        form=JSON_IN_A_LANGUAGE,
        example={"q": "siapa yang menghubungkan Jakarta dengan Korea"},
    ),
)
