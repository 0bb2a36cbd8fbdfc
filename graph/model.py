"""Frozen domain objects: what is in the graph, what a store answers, what a load changes.

Layers (each derived from the one before, in the same transaction): a *statement* is what one article says about one
fact; a *fact* is the merge of all statements that tell the same happening; a *tie* is an actor-actor edge projected
from a fact. Nodes, sources and statements are the entities that loads write; facts and ties are never written by hand.

Objects are `msgspec.Struct`s: immutable, compared by value, decoded from canonical JSON at C speed.
"""

from typing import Literal

import msgspec

from graph.time import When
from graph.vocabulary import Lang, Text

EntityKind = Literal["node", "source", "statement"]
Modality = Literal["happened", "agreed", "announced", "planned", "aspiration"]
Presence = Literal["stated", "implied", "online", "not_stated"]
Stance = Literal["asserts", "plans", "hopes", "headline_only", "denies", "corrects"]
Confidence = Literal["low", "medium", "high", "contested"]
FactStatus = Literal["live", "unsupported"]
NameKind = Literal[
    "official",
    "acronym",
    "short",
    "former",
    "translation",
    "transliteration",
    "colloquial",
    "misspelling",
]


class Doc(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of everything that is kept as canonical JSON (fixed field order, defaults left out)."""


# ---- nodes -----------------------------------------------------------------------------------------------------------


class Name(Doc, frozen=True):
    """One name of a node. since/until bound the period in which it was used (ISO dates, inclusive)."""

    text: str
    lang: str = "id"
    kind: NameKind = "official"
    since: str | None = None
    until: str | None = None


class Anchor(Doc, frozen=True):
    """A place an actor is bound to, and who says so. source None: set by an editor, for the reason given."""

    place: str
    source: str | None = None
    locator: str | None = None
    reason: Text | None = None


class Point(Doc, frozen=True):
    """WGS 84 degrees, and where the figures come from."""

    latitude: float
    longitude: float
    source: str


class Node(Doc, frozen=True):
    """An agency, person, city, region, country, event or subsector.

    home: the place an actor acts for; seat: the place it sits in. part_of: the place above a place, or None.
    when, place and mode are set for events only; iso_3166 and point for places only; broader for subsectors only.
    """

    id: str
    kind: str
    names: tuple[Name, ...]
    subkind: str = ""
    status: Literal["active", "planned", "dissolved"] = "active"
    home: Anchor | None = None
    seat: Anchor | None = None
    part_of: str | None = None
    predecessors: tuple[str, ...] = ()
    description: Text | None = None
    iso_3166: str | None = None
    point: Point | None = None
    when: When | None = None
    place: str | None = None
    mode: Literal["onsite", "hybrid", "online"] | None = None
    broader: str | None = None
    wikidata: str | None = None
    geonames: str | None = None
    redirects: tuple[str, ...] = ()  # retired ids that now mean this node

    def label(self, lang: Lang) -> str:
        """Return the name to show in that language: its official name, else a translation, else the first name."""
        for kind in ("official", "translation", "short"):
            for name in self.names:
                if name.kind == kind and name.lang == lang and name.until is None:
                    return name.text
        return self.names[0].text

    def short(self, lang: Lang) -> str:
        """Return the shortest customary form (acronym or short name) in that language, else the label."""
        for kind in ("acronym", "short"):
            for wanted in (lang, "mul"):
                for name in self.names:
                    if name.kind == kind and name.lang == wanted and name.until is None:
                        return name.text
        return self.label(lang)


# ---- sources and what they say ---------------------------------------------------------------------------------------


class Rights(Doc, frozen=True):
    """Licence, text-and-data-mining reservation, and a note in both languages."""

    licence: str = "all-rights-reserved"
    tdm: Literal["reserved", "not_reserved", "unknown"] = "unknown"
    notice: Text | None = None


class Source(Doc, frozen=True):
    """An article: who published it, when, and under which rights; never its text.

    origin_publisher names the voice behind a syndicated copy or press release; voices are counted by it.
    """

    id: str
    publisher: str
    language: str = "id"
    origin_publisher: str | None = None
    official: bool = False  # an official document counts as high confidence on its own
    title: str | None = None
    url: str | None = None
    published: When | None = None
    published_text: str | None = None
    accessed: str | None = None
    rights: Rights = Rights()
    note: Text | None = None
    withdrawn: Text | None = None  # the reason; its statements are then not in the graph

    @property
    def voice(self) -> str:
        """Return the independent voice this article counts as."""
        return self.origin_publisher or self.publisher


class Party(Doc, frozen=True):
    """Who fills one slot of a fact.

    actor is the body (or a person acting alone, an event, a place, a subsector, as the slot allows); person acted for
    it. actor None: the source does not name it, for the reason given.
    """

    slot: str
    side: str = ""
    actor: str | None = None
    person: str | None = None
    presence: Presence = "stated"
    unknown: Text | None = None


class Scope(Doc, frozen=True):
    """One thing an agreement or collaboration covers, and how firm it is."""

    text: Text
    modality: Modality = "agreed"


class AsStated(Doc, frozen=True):
    """A value kept the way the source gives it, e.g. count "260" in p1."""

    field: str
    value: str
    locator: str


class Evidence(Doc, frozen=True):
    """Which article supports a fact, where in it, and how firmly it says so. locator: p1 = first body paragraph."""

    source: str
    locators: tuple[str, ...] = ()
    stance: Stance = "asserts"
    attributed_to: str | None = None
    as_stated: tuple[AsStated, ...] = ()


class Statement(Doc, frozen=True):
    """What one article says about one fact: the unit an article file declares and a load writes.

    id is `statement:<article slug>.<local key>`; fact is `fact:<article slug>.<local key>` of the article that told it
    first, so that two articles tell the same happening only when an editor says so.
    """

    id: str
    fact: str
    type: str
    parties: tuple[Party, ...]
    evidence: Evidence
    when: When | None = None
    modality: Modality = "happened"
    event: str | None = None
    place: str | None = None
    subsectors: tuple[str, ...] = ()
    quoted: tuple[Party, ...] = ()  # quoted persons are no parties (slot "quoted")
    title: Text | None = None  # of a role
    capacity: Text | None = None  # in which an attendee took part
    instrument: str | None = None
    stage: str | None = None
    count: str | None = None
    scope: tuple[Scope, ...] = ()
    note: Text | None = None


class Fact(Doc, frozen=True):
    """One happening or state in the world, merged from the statements that tell it (see `graph.project.merge`).

    voices counts independent publishers that assert it; said is the first publication bound (ISO date) if any.
    """

    id: str
    type: str
    parties: tuple[Party, ...]
    evidence: tuple[Evidence, ...]
    confidence: Confidence
    voices: int
    when: When | None = None
    modality: Modality = "happened"
    event: str | None = None
    place: str | None = None
    subsectors: tuple[str, ...] = ()
    quoted: tuple[Party, ...] = ()
    title: Text | None = None
    capacity: Text | None = None
    instrument: str | None = None
    stage: str | None = None
    count: str | None = None
    scope: tuple[Scope, ...] = ()
    note: Text | None = None


class Tie(Doc, frozen=True):
    """One actor-actor edge, projected from one fact. u -> v is the direction of the fact type.

    low and high are the fact's bounds as ISO dates ("0001-01-01"/"9999-12-31" when unknown); u_person/v_person acted
    for u and v. The id is a function of fact, type and ends: one live tie each.
    """

    type: str
    u: str
    v: str
    fact: str
    low: str
    high: str
    modality: Modality
    voices: int
    subsectors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Identity of the tie."""
        return f"{self.fact}|{self.type}|{self.u}|{self.v}"


# ---- loads -----------------------------------------------------------------------------------------------------------


class Change(Doc, frozen=True):
    """One entity before and after: canonical JSON documents, None where it did not or will not exist."""

    kind: EntityKind
    id: str
    before: str | None
    after: str | None


class Plan(Doc, frozen=True):
    """What a commit would do to the graph at version `base`. Its id is a hash of the rest: committing twice is once."""

    base: int
    changes: tuple[Change, ...]
    message: str = ""
    editor: str = ""
    reverts: str | None = None  # the load this plan undoes


class Load(Doc, frozen=True):
    """One committed plan: the unit of history and of undo.

    version: the graph's version after it (1, 2, 3 ...); at: UTC time; content: the content hash of the whole graph
    after it; facts: live facts after it; added/changed/removed count entities.
    """

    id: str
    version: int
    at: str
    content: str
    facts: int
    added: int
    changed: int
    removed: int
    message: str = ""
    editor: str = ""
    reverts: str | None = None


class Version(Doc, frozen=True):
    """Where the graph stands: number of loads so far and the content hash (equal content, equal hash)."""

    number: int
    content: str


# ---- answers of a store ----------------------------------------------------------------------------------------------


class Filters(Doc, frozen=True):
    """What a walk may follow. Empty tuples mean: no restriction of this kind.

    since/until: the fact's bounds overlap this period; as_of: low <= as_of; known_as_of: the graph as it stood after
    this version number. Facts without a date pass since/until/as_of.
    """

    types: tuple[str, ...] = ()  # tie types; empty: those with walk == "walkable"
    modalities: tuple[str, ...] = ("happened", "agreed", "announced")
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    known_as_of: int | None = None
    subsectors: tuple[str, ...] = ()
    min_voices: int = 0
    hub_cap: int = 1000  # nodes with more ties than this are no stepping stones
    roster_cap: int = 50  # MEMBER_OF is not walked at bodies with more members than this


class Budget(Doc, frozen=True):
    """How much one question may cost: ties read, ties returned, milliseconds."""

    reads: int = 50_000
    ties: int = 2_000
    milliseconds: int = 1_000


class Subgraph(Doc, frozen=True):
    """All ties on routes of at most `hops` between two sets, ordered by tie id; distances from both sides.

    truncated: the budget did not allow more than `hops` (< the hops asked for) or more ties; hubs: skipped nodes.
    """

    ties: tuple[Tie, ...]
    from_sources: dict[str, int]
    from_targets: dict[str, int]
    hops: int
    reads: int
    truncated: bool = False
    hubs: tuple[str, ...] = ()


class Neighbourhood(Doc, frozen=True):
    """Ties around a node, nearest first; distance per node; left_out counts by tie type at the centre."""

    centre: str
    ties: tuple[Tie, ...]
    distances: dict[str, int]
    left_out: dict[str, int]
    truncated: bool = False
    cursor: str | None = None


class Hit(Doc, frozen=True):
    """A node found by name: the matched name, how (exact, prefix, word, fuzzy) and a score 0..100."""

    node: Node
    name: str
    match: Literal["id", "exact", "prefix", "word", "fuzzy"]
    score: float


class Summary(Doc, frozen=True):
    """Counts of the live graph and how far the data reach (ISO dates; None when empty)."""

    nodes: dict[str, int]
    facts: dict[str, int]
    ties: dict[str, int]
    sources: int
    newest_fact: str | None
    newest_source: str | None
