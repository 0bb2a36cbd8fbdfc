"""An answer in words for a terminal or as Markdown: headline, groups of sentences, numbered sources with doubts."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from app.answers.connection import CitationAnswer, InWords
from app.answers.shared import SourceSummary
from app.show.terminal import Terminal
from graph.vocabulary import Lang, Text

SOURCES: Final = Text(id="Sumber", en="Sources")
UNDERSTOOD: Final = Text(id="Dibaca sebagai", en="Read as")
SAME_FROM_API: Final = Text(id="Jawaban yang sama dari API", en="The same answer from the API")
_NO_DATE: Final = Text(id="tanggal terbit tidak diketahui", en="publication date unknown")
_COPY_OF: Final = Text(id="dari", en="from")
# What CommonMark would read as markup inside a line of text (section 2.4); brackets stay, they number sources.
_MARKUP: Final = re.compile(r"([\\`*_<>#|])")
Sources = Mapping[str, SourceSummary]


def show_words(terminal: Terminal, words: InWords, understood: Text, sources: Sources) -> None:
    """Print an answer in the language of the terminal."""
    lang = terminal.lang
    terminal.say(_headline(words, lang), "bold")
    if understood.get(lang):
        terminal.say(f"{UNDERSTOOD.get(lang)}: {understood.get(lang)}", "dim", hang="  ")
    for title, sentences in groups(words, lang):
        terminal.say()
        if title:
            terminal.say(title, "bold cyan")
        for sentence in sentences:
            terminal.say(f"• {sentence}", indent="  ", hang="    ")
    if words.citations:
        terminal.say()
        terminal.say(SOURCES, "bold cyan")
    for citation in words.citations:
        terminal.say(f"[{citation.number}] {source_line(citation, sources, lang)}", indent="  ", hang="      ")
        for detail in source_details(citation, sources, lang):
            terminal.say(detail, "dim", indent="      ")


def show_path(terminal: Terminal, path: str) -> None:
    """Print how to ask the API for the same."""
    terminal.say()
    terminal.say(f"{terminal.words(SAME_FROM_API)}: {path}", "dim")


def markdown(words: InWords, understood: Text, sources: Sources, path: str, lang: Lang) -> str:
    """Return an answer as Markdown, its sources as a numbered list."""
    lines = [f"# {_escaped(_headline(words, lang))}", ""]
    if understood.get(lang):
        lines += [f"*{UNDERSTOOD.get(lang)}: {_escaped(understood.get(lang))}*", ""]
    for title, sentences in groups(words, lang):
        if title:
            lines += [f"## {_escaped(title)}", ""]
        lines += [*(f"- {_escaped(sentence)}" for sentence in sentences), ""]
    if words.citations:
        lines += [f"## {SOURCES.get(lang)}", ""]
    for citation in words.citations:
        lines.append(f"{citation.number}. {_escaped(source_line(citation, sources, lang))}")
        lines += [f"   - {_escaped(detail)}" for detail in source_details(citation, sources, lang)]
    lines += [""] if words.citations else []
    return "\n".join([*lines, f"{SAME_FROM_API.get(lang)}: `GET {path}`", ""])


def groups(words: InWords, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    """Yield the titles of the answer's parts with their sentences, in order; a part may have no title."""
    for title, sentences in groupby(words.sentences, key=lambda sentence: sentence.title):
        yield title.get(lang), [sentence.text.get(lang) for sentence in sentences]


def source_line(citation: CitationAnswer, sources: Sources, lang: Lang) -> str:
    """Return who published a source, when, and the places cited: "SinPo.id, 27 Mei 2025, p2, p3, article:..."."""
    source = sources.get(citation.source)
    if source is None:
        return ", ".join((citation.source, *citation.locators))
    when = source.published.text.get(lang) if source.published else _NO_DATE.get(lang)
    copied = source.origin_publisher and source.origin_publisher != source.publisher
    publisher = f"{source.publisher} ({_COPY_OF.get(lang)} {source.origin_publisher})" if copied else source.publisher
    return ", ".join((publisher, when, *citation.locators, source.id))


def source_details(citation: CitationAnswer, sources: Sources, lang: Lang) -> list[str]:
    """Return the rest that is known about a source: title, address, doubts."""
    source = sources.get(citation.source)
    known = [] if source is None else [source.title or "", source.url or ""]
    return [each for each in (*known, *(doubt.get(lang) for doubt in citation.doubts)) if each]


def _headline(words: InWords, lang: Lang) -> str:
    headline = words.headline.get(lang)
    return headline if headline.endswith((".", "?", ":")) else f"{headline}."


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
