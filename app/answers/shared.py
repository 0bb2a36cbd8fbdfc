"""What several answers share: summaries of nodes and sources, dates, ties and facts."""

from collections.abc import Iterable, Mapping

import msgspec

from graph.model import (
    Anchor,
    Confidence,
    Evidence,
    Fact,
    Modality,
    Node,
    Party,
    Rights,
    Scope,
    Source,
    Tie,
)
from graph.project import UNKNOWN_HIGH, UNKNOWN_LOW, participants
from graph.sentences import Teller
from graph.time import Basis, Precision, When, describe
from graph.vocabulary import Text, vocabulary


class NodeSummary(msgspec.Struct, frozen=True):
    """A node as answers name it: label is its full name, short its customary short form."""

    id: str
    kind: str
    subkind: str
    label: Text
    short: Text


class Dated(msgspec.Struct, frozen=True):
    """A date as precise as it is known. edtf: ISO 8601-2 level 0 and parts of 1 and 2; low, high: first and last day.

    low or high null: that side is open or unknown. text: the date in words.
    """

    edtf: str
    low: str | None
    high: str | None
    precision: Precision
    basis: Basis
    as_stated: str | None
    text: Text


class SourceSummary(msgspec.Struct, frozen=True):
    """An article: who published it, when, under which rights. withdrawn: the reason, when it no longer counts."""

    id: str
    publisher: str
    origin_publisher: str | None
    title: str | None
    url: str | None
    published: Dated | None
    published_text: str | None
    accessed: str | None
    language: str
    official: bool
    rights: Rights
    note: Text | None
    withdrawn: Text | None


class TieSummary(msgspec.Struct, frozen=True):
    """One actor-actor edge. u -> v is its direction unless the type is symmetric (see /vocabulary)."""

    type: str
    u: str
    v: str
    fact: str
    low: str | None
    high: str | None
    modality: Modality
    voices: int
    subsectors: tuple[str, ...]


class FactSummary(msgspec.Struct, frozen=True):
    """One happening or state. text: the fact in a sentence; voices: independent publishers that assert it."""

    id: str
    type: str
    label: Text
    text: Text
    modality: Modality
    when: Dated | None
    confidence: Confidence
    voices: int
    parties: tuple[Party, ...]
    quoted: tuple[Party, ...]
    event: str | None
    place: str | None
    subsectors: tuple[str, ...]
    title: Text | None
    capacity: Text | None
    instrument: str | None
    stage: str | None
    count: str | None
    scope: tuple[Scope, ...]
    note: Text | None
    evidence: tuple[Evidence, ...]


class Place(msgspec.Struct, frozen=True):
    """A place an actor acts for or sits in, and who says so: a source with its paragraph, or an editor's reason."""

    place: str
    source: str | None
    locator: str | None
    reason: Text | None


def node_summary(node: Node) -> NodeSummary:
    """Return how answers name a node."""
    label = Text(node.label("id"), node.label("en"))
    return NodeSummary(node.id, node.kind, node.subkind, label, Text(node.short("id"), node.short("en")))


def node_summaries(nodes: Iterable[Node]) -> dict[str, NodeSummary]:
    """Return summaries by id, in the order of the ids."""
    return {node.id: node_summary(node) for node in sorted(nodes, key=lambda node: node.id)}


def dated(when: When | None) -> Dated | None:
    """Return a date for an answer; None stays None."""
    if when is None:
        return None
    return Dated(
        edtf=when.edtf,
        low=low_of(when.low),
        high=high_of(when.high),
        precision=when.precision,
        basis=when.basis,
        as_stated=when.as_stated,
        text=Text(describe(when, "id"), describe(when, "en")),
    )


def low_of(day: str) -> str | None:
    """Return a first day, None when it is unknown."""
    return None if day == UNKNOWN_LOW else day


def high_of(day: str) -> str | None:
    """Return a last day, None when it is unknown."""
    return None if day == UNKNOWN_HIGH else day


def place(anchor: Anchor | None) -> Place | None:
    """Return where an actor is bound to; None stays None."""
    return None if anchor is None else Place(anchor.place, anchor.source, anchor.locator, anchor.reason)


def source_summary(source: Source) -> SourceSummary:
    """Return a source as answers show it."""
    return SourceSummary(
        id=source.id,
        publisher=source.publisher,
        origin_publisher=source.origin_publisher,
        title=source.title,
        url=source.url,
        published=dated(source.published),
        published_text=source.published_text,
        accessed=source.accessed,
        language=source.language,
        official=source.official,
        rights=source.rights,
        note=source.note,
        withdrawn=source.withdrawn,
    )


def source_summaries(sources: Iterable[Source]) -> dict[str, SourceSummary]:
    """Return summaries by id, in the order of the ids."""
    return {source.id: source_summary(source) for source in sorted(sources, key=lambda source: source.id)}


def tie_summary(tie: Tie) -> TieSummary:
    """Return a tie as answers show it."""
    return TieSummary(
        tie.type,
        tie.u,
        tie.v,
        tie.fact,
        low_of(tie.low),
        high_of(tie.high),
        tie.modality,
        tie.voices,
        tie.subsectors,
    )


def fact_summary(fact: Fact, teller: Teller) -> FactSummary:
    """Return a fact as answers show it; the teller holds the nodes and sources it names."""
    told = teller.fact(fact)
    return FactSummary(
        id=fact.id,
        type=fact.type,
        label=vocabulary().fact_types[fact.type].label,
        text=Text(told.id[:1].upper() + told.id[1:] + ".", told.en[:1].upper() + told.en[1:] + "."),
        modality=fact.modality,
        when=dated(fact.when),
        confidence=fact.confidence,
        voices=fact.voices,
        parties=fact.parties,
        quoted=fact.quoted,
        event=fact.event,
        place=fact.place,
        subsectors=fact.subsectors,
        title=fact.title,
        capacity=fact.capacity,
        instrument=fact.instrument,
        stage=fact.stage,
        count=fact.count,
        scope=fact.scope,
        note=fact.note,
        evidence=fact.evidence,
    )


def fact_summaries(
    facts: Iterable[Fact], nodes: Mapping[str, Node], sources: Mapping[str, Source], as_of: str | None = None
) -> dict[str, FactSummary]:
    """Return facts by id, in the order given."""
    teller = Teller(nodes, sources, as_of)
    return {fact.id: fact_summary(fact, teller) for fact in facts}


def named_by(facts: Iterable[Fact]) -> set[str]:
    """Return the id of every node that these facts and their evidence name."""
    named: set[str] = set()
    for fact in facts:
        named.update(participants(fact))
        named.update(evidence.attributed_to for evidence in fact.evidence if evidence.attributed_to)
    return named


def cited_by(facts: Iterable[Fact]) -> set[str]:
    """Return the id of every source that supports these facts."""
    return {evidence.source for fact in facts for evidence in fact.evidence}
