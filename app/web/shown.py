"""What the answer page shows, made from the answers of the API: the same facts, arranged for reading."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

import msgspec

from app.answers.asked import AskAnswer
from app.answers.connection import ConnectAnswer, ConnectorAnswer, InWords, SentenceAnswer
from app.answers.shared import NodeSummary, SourceSummary
from app.asking import API
from graph.vocabulary import Lang, Text

_NODES = "nodes"  # shown as choices
_LISTED = frozenset({"facts", "sources", "near_miss"})


class Choice(msgspec.Struct, frozen=True):
    """A node that an answer lists, and the page that asks about it."""

    text: Text
    url: str


class Part(msgspec.Struct, frozen=True):
    """Sentences that belong together, under a title if they have one."""

    title: Text | None
    sentences: tuple[SentenceAnswer, ...]
    listed: bool


class Row(msgspec.Struct, frozen=True):
    """One connector in the table."""

    label: Text
    url: str
    acts_for: Text | None
    people: str
    n: int
    of: int
    band: str
    latest: Text | None
    why: Text


class Cited(msgspec.Struct, frozen=True):
    """One numbered source. record: where the API tells everything about it."""

    number: int
    id: str
    record: str
    publisher: str
    url: str | None
    published: Text | None
    paragraphs: str
    doubts: tuple[Text, ...]


class Shown(msgspec.Struct, frozen=True):
    """An answer as a page shows it."""

    words: InWords
    understood: Text
    parts: tuple[Part, ...]
    choices: tuple[Choice, ...]
    connectors: tuple[Row, ...]
    sources: tuple[Cited, ...]
    json_url: str


def shown_asked(found: AskAnswer, lang: Lang) -> Shown:
    """Return the page of a question in words."""
    connectors = _rows(found.connect, lang) if found.connect is not None else ()
    shown = _shown(found.answer, found.understood, connectors, _sources_of(found), found.url)
    return msgspec.structs.replace(shown, choices=_choices(found, lang))


def shown_connect(found: ConnectAnswer, lang: Lang) -> Shown:
    """Return the page of "who connects A to B"."""
    ends = {"from": found.question.near.node, "to": found.question.far.node}
    url = f"{API}/connect?{urlencode(ends, safe=':')}"
    return _shown(found.answer, found.answer.understood, _rows(found, lang), found.sources, url)


def _shown(
    words: InWords, understood: Text, rows: tuple[Row, ...], sources: Mapping[str, SourceSummary], url: str
) -> Shown:
    return Shown(words, understood, _parts(words), (), rows, _cited(words, sources), url)


def _choices(found: AskAnswer, lang: Lang) -> tuple[Choice, ...]:
    """Return the nodes of an answer that lists nodes, one for each of its sentences."""
    listed: list[str] = []
    if found.search is not None:
        listed = [hit.node for hit in found.search.hits]
    elif found.nodes is not None:
        listed = [node.id for node in found.nodes.items]
    sentences = [sentence for sentence in found.answer.sentences if sentence.group == _NODES]
    return tuple(Choice(told.text, _about(node, lang)) for told, node in zip(sentences, listed, strict=True))


def _about(node: str, lang: Lang) -> str:
    return f"/?{urlencode({'lang': lang, 'q': node}, safe=':')}"


def _sources_of(found: AskAnswer) -> Mapping[str, SourceSummary]:
    if found.connect is not None:
        return found.connect.sources
    if found.facts is not None:
        return found.facts.sources
    return {source.id: source for source in found.sources.items} if found.sources is not None else {}


def _parts(words: InWords) -> tuple[Part, ...]:
    groups: dict[str, list[SentenceAnswer]] = {}
    for sentence in words.sentences:
        if sentence.group != _NODES:
            groups.setdefault(sentence.group, []).append(sentence)
    return tuple(
        Part(held[0].title if held[0].title.id else None, tuple(held), group in _LISTED)
        for group, held in groups.items()
    )


def _rows(found: ConnectAnswer, lang: Lang) -> tuple[Row, ...]:
    return tuple(_row(connector, found.nodes, lang) for connector in found.connectors)


def _row(connector: ConnectorAnswer, nodes: Mapping[str, NodeSummary], lang: Lang) -> Row:
    return Row(
        label=nodes[connector.actor].label,
        url=_about(connector.actor, lang),
        acts_for=nodes[connector.acts_for].label if connector.acts_for is not None else None,
        people=", ".join(nodes[acting.person].label.get(lang) for acting in connector.people),
        n=connector.reach.n,
        of=connector.reach.of,
        band=connector.strength.band,
        latest=connector.latest.text if connector.latest is not None else None,
        why=connector.why,
    )


def _cited(words: InWords, sources: Mapping[str, SourceSummary]) -> tuple[Cited, ...]:
    return tuple(
        Cited(
            number=citation.number,
            id=source.id,
            record=f"{API}/sources/{quote(source.id, safe=':')}",
            publisher=source.publisher,
            url=source.url,
            published=source.published.text if source.published is not None else None,
            paragraphs=", ".join(locator.lstrip("p") for locator in citation.locators),
            doubts=citation.doubts,
        )
        for citation in words.citations
        for source in (sources[citation.source],)
    )
