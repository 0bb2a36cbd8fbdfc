"""Templates -> HTML bytes. Everything that comes from the graph or a reader is escaped by the templates."""

import re
from functools import cache, partial
from typing import Any, Final, Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from app.web.words import words
from graph.vocabulary import Lang, Text

CSS: Final = "/static/jejaring.css"
ICON: Final = "/static/jejaring.svg"
_MARK: Final = re.compile(r" ?\[(\d+)\]")


class Sentence(Protocol):
    """A sentence with citation marks [n]."""

    @property
    def text(self) -> Text:
        """The sentence in both languages."""

    @property
    def citations(self) -> tuple[int, ...]:
        """The numbers that are sources of this sentence."""


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("app.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, lang: Lang, other_url: str, **shown: Any) -> bytes:  # noqa: ANN401 - whatever a page shows
    """Return a page. other_url: the same page in the other language."""
    page = _templates().get_template(template)
    return page.render(
        lang=lang,
        other_lang="en" if lang == "id" else "id",
        other_url=other_url,
        words=words(lang),
        css=CSS,
        icon=ICON,
        say=partial(_say, lang),
        start=partial(_start, lang),
        cited=partial(_cited, lang),
        **shown,
    ).encode()


def _say(lang: Lang, text: Text) -> str:
    return text.get(lang)


def _start(lang: Lang, text: Text) -> str:
    """Return a text as the start of a sentence."""
    told = text.get(lang)
    return told[:1].upper() + told[1:]


def _cited(lang: Lang, sentence: Sentence) -> Markup:
    """Return a sentence whose citation marks lead to the numbered sources. Other brackets stay as they are."""

    def link(mark: re.Match[str]) -> str:
        number = int(mark[1])
        return f'<sup><a href="#s{number}">[{number}]</a></sup>' if number in sentence.citations else mark[0]

    return Markup(_MARK.sub(link, str(escape(sentence.text.get(lang)))))  # noqa: S704 - escaped before
