"""The answers to "who connects A to B" and "which routes are there": shapes only (see `app.answers.connecting`)."""

from typing import Literal

import msgspec

from app.answers.shared import Dated, FactSummary, NodeSummary, SourceSummary
from graph.connection import Status
from graph.model import Modality
from graph.vocabulary import Lang, Text


class EndActor(msgspec.Struct, frozen=True):
    """An actor that stands for an end. tier: 0 itself, 1 acts for it, 2 national body seated there, 3 bridge post."""

    actor: str
    tier: int


class End(msgspec.Struct, frozen=True):
    """How one end was read: the node, how its name matched, what else the name could mean, and who stands for it.

    actors are the first of actors_found; above: the places it lies in. truncated: more actors than one question takes.
    """

    node: str
    match: str
    others: tuple[str, ...]
    actors: tuple[EndActor, ...]
    actors_found: int
    above: tuple[str, ...]
    truncated: bool


class Understood(msgspec.Struct, frozen=True):
    """The question as it was understood, every default filled in."""

    near: End = msgspec.field(name="from")
    far: End = msgspec.field(name="to")
    max_hops: int
    types: tuple[str, ...]
    subsector: tuple[str, ...]
    since: str | None
    until: str | None
    as_of: str | None
    known_as_of: int | None
    include: tuple[str, ...]
    tiers: tuple[int, ...]
    limit: int


class Actor(msgspec.Struct, frozen=True):
    """A person who acted for a body: in which facts, and how surely present (stated, online, implied, not_stated)."""

    person: str
    presence: str
    facts: tuple[str, ...]


class Reach(msgspec.Struct, frozen=True):
    """Far-side actors reached: n of all recorded. announced: further ones, by announced or planned ties only."""

    n: int
    of: int
    actors: tuple[str, ...]
    announced: tuple[str, ...]


class StrengthPart(msgspec.Struct, frozen=True):
    """What one fact adds: base of its type x age x trust x weight of its modality, each 0..1; strength: the product."""

    fact: str
    base: float
    age: float
    trust: float
    modality: float
    strength: float


class Strength(msgspec.Struct, frozen=True):
    """How strong a link is: 0..1, as a band, and the parts it is made of (value = 1 - product of 1 - part)."""

    value: float
    band: Literal["strong", "medium", "weak"]
    parts: tuple[StrengthPart, ...]


class ConnectorAnswer(msgspec.Struct, frozen=True):
    """A body that connects the two ends. acts_for: the place it acts for, null where none is recorded.

    indispensable: share of the reached far side that no route reaches without it; voices: independent publishers;
    latest: the date of its newest fact; planned: facts planned or hoped for that point at the far side; why: in words.
    """

    actor: str
    tier: int
    acts_for: str | None = msgspec.field(name="for")
    people: tuple[Actor, ...]
    reach: Reach
    strength: Strength
    indispensable: float
    voices: int
    latest: Dated | None
    facts: tuple[str, ...]
    planned: tuple[str, ...]
    sources: tuple[str, ...]
    why: Text


class HopAnswer(msgspec.Struct, frozen=True):
    """One pair of actors on a route with every fact between them, newest first.

    when: the date of the newest fact; certain: some fact is certain under the as-of date; strength 0..1.
    """

    u: str
    v: str
    facts: tuple[str, ...]
    types: tuple[str, ...]
    modalities: tuple[Modality, ...]
    when: Dated | None
    certain: bool
    strength: float


class RouteAnswer(msgspec.Struct, frozen=True):
    """Stops from the near side to the far side, and the hops between them; strength is the product of its hops."""

    stops: tuple[str, ...]
    hops: tuple[HopAnswer, ...]
    strength: float


class FarPartyAnswer(msgspec.Struct, frozen=True):
    """An actor of the far side that routes reach, the people who acted for it, and those only quoted."""

    actor: str
    tier: int
    people: tuple[Actor, ...]
    quoted: tuple[str, ...]
    facts: tuple[str, ...]


class ResilienceAnswer(msgspec.Struct, frozen=True):
    """Node-disjoint routes, and a smallest set of actors without which none is left. exact false: a lower bound."""

    independent_routes: int
    cut: tuple[str, ...]
    exact: bool


class BridgeAnswer(msgspec.Struct, frozen=True):
    """A side's own post in the other place. side: the end whose place it is in; offers: planned or hoped-for facts."""

    post: str
    side: Literal["near", "far"]
    routes: tuple[RouteAnswer, ...]
    people: tuple[Actor, ...]
    offers: tuple[str, ...]


class NearMissAnswer(msgspec.Struct, frozen=True):
    """What an actor of one side does have, when the two ends do not meet."""

    side: Literal["near", "far"]
    actor: str
    facts: tuple[str, ...]


class PlannedAnswer(msgspec.Struct, frozen=True):
    """A fact that is only planned or hoped for, and whose it is."""

    actor: str
    fact: str


class NotInSources(msgspec.Struct, frozen=True):
    """What the sources do not say, though a reader might expect it. facts: what they do say instead."""

    kind: Literal["no_agreement", "not_tied", "no_route", "no_route_country"]
    actors: tuple[str, ...]
    facts: tuple[str, ...]


class SentenceAnswer(msgspec.Struct, frozen=True):
    """One sentence with marks [n], the part of the answer it belongs to, its facts and citation numbers."""

    group: str
    title: Text
    text: Text
    facts: tuple[str, ...]
    citations: tuple[int, ...]


class CitationAnswer(msgspec.Struct, frozen=True):
    """A numbered source, the paragraphs cited, and what is doubtful about it."""

    number: int
    source: str
    locators: tuple[str, ...]
    doubts: tuple[Text, ...]


class InWords(msgspec.Struct, frozen=True):
    """The answer in words. lang: the language that leads; id and en hold the whole text, with the same numbers."""

    lang: Lang
    headline: Text
    understood: Text
    sentences: tuple[SentenceAnswer, ...]
    id: str
    en: str
    citations: tuple[CitationAnswer, ...]


class CoverageAnswer(msgspec.Struct, frozen=True):
    """How far the data reach: number of articles, newest fact and newest article (ISO dates)."""

    articles: int
    newest_fact: str | None
    newest_source: str | None


class Spent(msgspec.Struct, frozen=True):
    """What the answer cost and what it may cost: ties read, ties kept, hops searched, milliseconds of walking."""

    reads: int
    most_reads: int
    most_ties: int
    most_ms: int
    hops_searched: int


class ConnectAnswer(msgspec.Struct, frozen=True):
    """Who connects one end to the other.

    status: connected; national_only (through national bodies seated in an end); stops_at_bridge (at a side's own post
    in the other place); planned_only; co_attended_only; no_sourced_link. hubs: nodes too large to be passed through.
    """

    version: str
    question: Understood
    status: Status
    answer: InWords
    connectors: tuple[ConnectorAnswer, ...]
    connectors_found: int
    routes: tuple[RouteAnswer, ...]
    far_side: tuple[FarPartyAnswer, ...]
    resilience: ResilienceAnswer
    bridges: tuple[BridgeAnswer, ...]
    near_misses: tuple[NearMissAnswer, ...]
    planned: tuple[PlannedAnswer, ...]
    not_in_sources: tuple[NotInSources, ...]
    coverage: CoverageAnswer
    truncated: bool
    hubs: tuple[str, ...]
    budget: Spent
    nodes: dict[str, NodeSummary]
    facts: dict[str, FactSummary]
    sources: dict[str, SourceSummary]


class PathsAnswer(msgspec.Struct, frozen=True):
    """The best routes between two ends, fewest hops first, then strongest."""

    version: str
    question: Understood
    routes: tuple[RouteAnswer, ...]
    coverage: CoverageAnswer
    truncated: bool
    hubs: tuple[str, ...]
    budget: Spent
    nodes: dict[str, NodeSummary]
    facts: dict[str, FactSummary]
    sources: dict[str, SourceSummary]
