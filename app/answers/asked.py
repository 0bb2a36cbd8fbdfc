"""The answer to a question in words, and how lists are told: one sentence per item, with its source number if any."""

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from app.answers.connection import CitationAnswer, ConnectAnswer, InWords, SentenceAnswer
from app.answers.lists import FactsAnswer, NodeAnswer, NodesAnswer, SearchAnswer, SourcesAnswer
from app.answers.shared import NodeSummary, SourceSummary
from graph.vocabulary import Lang, Text, vocabulary

_NOTHING: Final = Text(id="", en="")


class ReadAs(msgspec.Struct, frozen=True):
    """How one name in a question was read, how it matched, and what else it could mean."""

    node: NodeSummary
    match: str
    others: tuple[NodeSummary, ...]


class AskAnswer(msgspec.Struct, frozen=True):
    """A question in words, understood and answered.

    url: the question of the API that gives the same answer; of connect, facts, node, nodes, sources and search, one
    holds that answer. focus: what was asked for most (who, when, where ...).
    """

    version: str
    kind: Literal["connect", "facts", "node", "sources", "events", "search"]
    understood: Text
    focus: str
    url: str
    readings: tuple[ReadAs, ...]
    answer: InWords
    connect: ConnectAnswer | None = None
    facts: FactsAnswer | None = None
    node: NodeAnswer | None = None
    nodes: NodesAnswer | None = None
    sources: SourcesAnswer | None = None
    search: SearchAnswer | None = None


def nodes_in_words(items: Iterable[NodeSummary], lang: Lang, *, searched: bool) -> InWords:
    """Tell a list of nodes; searched: they are what a search found, not a certain answer."""
    kinds = vocabulary().kinds
    texts = [
        Text(f"{n.label.id} ({kinds[n.kind].label.id}, {n.id}).", f"{n.label.en} ({kinds[n.kind].label.en}, {n.id}).")
        for n in items
    ]
    headline = (_PERHAPS if searched else _LISTED) if texts else (_NO_NAME if searched else _NO_NODES)
    return _listed(headline, [SentenceAnswer("nodes", _NOTHING, text, (), ()) for text in texts], lang)


def sources_in_words(items: Iterable[SourceSummary], lang: Lang) -> InWords:
    """Tell a list of sources, each with its number."""
    known = list(items)
    sentences, citations = [], []
    for number, source in enumerate(known, 1):
        dated = source.published.text if source.published else _UNDATED
        text = Text(f"{source.publisher}, {dated.id}. [{number}]", f"{source.publisher}, {dated.en}. [{number}]")
        sentences.append(SentenceAnswer("sources", _NOTHING, text, (), (number,)))
        citations.append(CitationAnswer(number, source.id, (), ()))
    return _listed(_how_many(len(known)), sentences, lang, citations)


def _how_many(count: int) -> Text:
    if count == 0:
        return _NO_SOURCES
    verb = "source mentions" if count == 1 else "sources mention"
    return Text(f"{count} sumber menyebutnya", f"{count} {verb} it")


def _listed(
    headline: Text, sentences: list[SentenceAnswer], lang: Lang, citations: Iterable[CitationAnswer] = ()
) -> InWords:
    return InWords(
        lang=lang,
        headline=headline,
        understood=_NOTHING,
        sentences=tuple(sentences),
        id="\n".join((f"{headline.id}.", *(sentence.text.id for sentence in sentences))),
        en="\n".join((f"{headline.en}.", *(sentence.text.en for sentence in sentences))),
        citations=tuple(citations),
    )


_PERHAPS: Final = Text(id="Mungkin ini yang dimaksud", en="Perhaps one of these is meant")
_LISTED: Final = Text(id="Yang tercatat", en="What is on record")
_NO_NAME: Final = Text(
    id="Tidak ada yang diketahui: graf tidak mengenal namanya, atau pertanyaannya belum dapat dibaca",
    en="Nothing is known: the graph does not know the name, or the question cannot be read yet",
)
_NO_NODES: Final = Text(id="Tidak ada yang tercatat", en="Nothing is on record")
_NO_SOURCES: Final = Text(id="Tidak ada sumber yang menyebutnya", en="No source mentions it")
_UNDATED: Final = Text(id="tanggal terbit tidak diketahui", en="publication date unknown")
