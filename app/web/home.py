"""The first page: one box that takes a question or a name, two fields for the ends of a link, and the answer below."""

from typing import Annotated, Final
from urllib.parse import urlencode

import msgspec
from pydantic import ConfigDict, Field, StringConstraints

from app.asking import Asking, Route
from app.parameters import MAX_NAME, MAX_QUESTION
from app.questions import Asked, AskQuestion, ConnectQuestion
from app.reading import check
from app.replies import Form
from app.routes.ask import ask
from app.routes.connect import connect
from app.web.render import render
from app.web.shown import Shown, shown_asked, shown_connect
from app.web.words import named, words
from graph.errors import Ambiguous, BudgetExceeded, Moved, Unreadable
from graph.time import describe, parse_edtf
from graph.vocabulary import Lang, Text

_Typed = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_NAME)]


class HomeQuestion(Asked):
    """What a reader typed; an empty field is a field left out."""

    model_config = ConfigDict(extra="ignore")

    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_QUESTION)] = ""
    source: _Typed = Field("", alias="from")
    target: _Typed = Field("", alias="to")


class Link(msgspec.Struct, frozen=True):
    """Words that lead somewhere."""

    text: Text
    url: str


class Trouble(msgspec.Struct, frozen=True):
    """Why there is no answer, and what the reader may choose instead. several: the name means all of these."""

    text: Text
    choices: tuple[Link, ...] = ()
    several: bool = False


class Home(msgspec.Struct, frozen=True):
    """Everything the page shows."""

    lang: Lang
    asked: HomeQuestion
    answer: Shown | None
    trouble: Trouble | None
    coverage: str


async def home(asking: Asking, question: HomeQuestion) -> Home:
    """Return the page for what a reader typed. What cannot be read is told on the page."""
    try:
        answer, trouble = await _answer(asking, question), None
    except (Unreadable, Ambiguous, BudgetExceeded, Moved) as error:
        answer, trouble = None, await _trouble(asking, question, error)
    coverage = await _coverage(asking) if answer is None else ""
    return Home(asking.lang, question, answer, trouble, coverage)


async def _answer(asking: Asking, question: HomeQuestion) -> Shown | None:
    if question.source and question.target and not question.q:
        ends = check(ConnectQuestion, {"from": question.source, "to": question.target})
        return shown_connect(await connect(asking, ends), asking.lang)
    typed = question.q or question.source or question.target
    if not typed:
        return None
    return shown_asked(await ask(asking, check(AskQuestion, {"q": typed})), asking.lang)


async def _trouble(
    asking: Asking, question: HomeQuestion, error: Unreadable | Ambiguous | BudgetExceeded | Moved
) -> Trouble:
    if isinstance(error, Moved):
        return Trouble(error.text, (Link(Text(error.target, error.target), _url(asking.lang, {"q": error.target})),))
    if isinstance(error, BudgetExceeded):
        return Trouble(error.text)
    nodes = await asking.view.nodes(error.candidates)
    typed = _typed(question)
    field = error.parameter if error.parameter in typed else "q"
    choices = tuple(
        Link(
            Text(f"{node.label('id')} ({node.id})", f"{node.label('en')} ({node.id})"),
            _url(asking.lang, {**typed, field: node.id}),
        )
        for node in nodes
    )
    return Trouble(named(error.parameter, error.text), choices, isinstance(error, Ambiguous))


def _typed(question: HomeQuestion) -> dict[str, str]:
    return question.model_dump(by_alias=True, exclude_defaults=True, exclude={"lang"})


def _url(lang: Lang, typed: dict[str, str]) -> str:
    return f"/?{urlencode({'lang': lang, **typed}, safe=':')}"


async def _coverage(asking: Asking) -> str:
    summary = await asking.view.summary()
    known = words(asking.lang)["start"]
    facts = sum(summary.facts.values())
    if not facts:
        return known["empty"]
    if summary.newest_fact is None:
        return known["data_undated"].format(facts=facts, sources=summary.sources)
    newest = describe(parse_edtf(summary.newest_fact), asking.lang)
    return known["data"].format(facts=facts, sources=summary.sources, newest=newest)


def _page(page: Home) -> bytes:
    other: Lang = "en" if page.lang == "id" else "id"
    return render(
        "home.html",
        page.lang,
        _url(other, _typed(page.asked)),
        asked=page.asked,
        answer=page.answer,
        trouble=page.trouble,
        coverage=page.coverage,
        examples=[Link(text, _url(page.lang, {"q": text.get(page.lang)})) for text in EXAMPLES],
        longest=MAX_QUESTION,
        longest_name=MAX_NAME,
    )


EXAMPLES: Final = (
    Text(id="siapa yang menghubungkan Jakarta dengan Korea", en="who connects Jakarta to Korea"),
    Text(id="siapa yang mengunjungi Kemenekraf", en="who visited Kemenekraf"),
    Text(id="siapa yang menandatangani perjanjian dengan KE JKT", en="who signed an agreement with KE JKT"),
    Text(id="sumber apa yang menyebut KOCCA", en="which sources mention KOCCA"),
)
ROUTE: Final = Route(
    "/",
    "home",
    Text(id="Halaman pertama.", en="The first page."),
    HomeQuestion,
    Home,
    home,
    leads=True,
    form=Form(media=b"text/html; charset=utf-8", vary=b"Accept-Encoding, Accept-Language"),
    encode=_page,
)
