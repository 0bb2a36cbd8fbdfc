"""What "who connects A to B" is asked with and answered by: frozen objects between connecting, telling and the API."""

from typing import Literal

from graph.model import Confidence, Doc, Fact, Filters, Modality, Node, Source, Version

Include = Literal["planned", "co_attended"]
Status = Literal[
    "connected",  # a route between actors that act for (or are) both ends
    "national_only",  # routes only through national bodies seated in an end
    "stops_at_bridge",  # routes reach a side's own post in the other place, and no party there
    "planned_only",  # only with announced, planned, hoped-for or invitation ties
    "co_attended_only",  # only by having been at the same event
    "no_sourced_link",
]
ITSELF, ACTS_FOR, NATIONAL, BRIDGE, BETWEEN = 0, 1, 2, 3, 4


class Question(Doc, frozen=True):
    """Who connects source to target. types are fact types; dates are ISO; known_as_of is a version number.

    tiers: which tiers of a place take part (empty: all; tier 3 only ever as a bridge). limit: connectors and routes.
    """

    source: str
    target: str
    max_hops: int = 3
    types: tuple[str, ...] = ()
    subsectors: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    known_as_of: int | None = None
    include: tuple[Include, ...] = ()
    tiers: tuple[int, ...] = ()
    limit: int = 10
    hub_cap: int = Filters().hub_cap


class Reading(Doc, frozen=True):
    """How a text was read: the node taken, how it matched, and what else the text could mean."""

    asked: str
    node: Node
    match: str = "exact"
    others: tuple[Node, ...] = ()


class Side(Doc, frozen=True):
    """One end of the question: actors with their tier (0 itself, 1 acts for, 2 national body seated, 3 bridge post).

    places are the place asked for and everything below it; above are the places it lies in. truncated: more actors
    than one question takes.
    """

    reading: Reading
    members: dict[str, int]
    places: frozenset[str] = frozenset()
    above: tuple[str, ...] = ()
    truncated: bool = False

    def tier(self, *tiers: int) -> tuple[str, ...]:
        """Return the actors of these tiers, by id."""
        return tuple(sorted(actor for actor, tier in self.members.items() if tier in tiers))


class Hop(Doc, frozen=True):
    """One pair of actors on a route with every fact between them. strength 0..1; certain: under the as-of date."""

    u: str
    v: str
    facts: tuple[str, ...]
    types: tuple[str, ...]
    modalities: tuple[Modality, ...]
    strength: float
    latest: str
    certain: bool


class Route(Doc, frozen=True):
    """Stops from the near side to the far side, and the hops between them; strength is the product of its hops."""

    stops: tuple[str, ...]
    hops: tuple[Hop, ...]
    strength: float


class Acting(Doc, frozen=True):
    """A person who acted for a body, in which facts, and how surely present."""

    person: str
    facts: tuple[str, ...]
    presence: str


class Connector(Doc, frozen=True):
    """A body that connects the two ends.

    tier: 0 an end itself, 1 acts for the near end, 2 national body seated there, 4 between the ends. reaches: far-side
    actors on its routes of happened or agreed ties; announced: further ones, only by ties announced, planned or hoped
    for; of: all far-side actors. strength: noisy-or over its own facts on the routes.
    indispensable: share of the far side reached on firm ties
    that is out of reach without it. voices: independent publishers.
    """

    actor: str
    tier: int
    reaches: tuple[str, ...]
    of: int
    strength: float
    band: Literal["strong", "medium", "weak"]
    indispensable: float
    voices: int
    confidence: Confidence  # the best of its facts'
    latest: str
    facts: tuple[str, ...]
    people: tuple[Acting, ...]
    announced: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()  # facts planned or hoped for that point at the far side, not recorded as done


class FarParty(Doc, frozen=True):
    """An actor of the far side that routes reach, the people who acted for it, and those only quoted."""

    actor: str
    tier: int
    facts: tuple[str, ...]
    people: tuple[Acting, ...]
    quoted: tuple[str, ...] = ()


class Bridge(Doc, frozen=True):
    """A side's own post in the other place: reached, yet no party of that place. offers: what it says it would do."""

    post: str
    side: Literal["near", "far"]  # the end in whose place it sits
    routes: tuple[Route, ...]
    people: tuple[Acting, ...]
    offers: tuple[str, ...] = ()


class Resilience(Doc, frozen=True):
    """Node-disjoint routes, and a smallest set of actors without which none is left. exact: False when bounded."""

    independent_routes: int
    cut: tuple[str, ...]
    exact: bool = True


class NearMiss(Doc, frozen=True):
    """What an actor of one side does have: its newest facts, when the two ends do not meet."""

    side: Literal["near", "far"]
    actor: str
    facts: tuple[str, ...]


class Absent(Doc, frozen=True):
    """What the sources do not say, though a reader might expect it.

    no_agreement: no signed agreement between the ends (facts: agreements the near side has elsewhere);
    not_tied: these connectors have no tie to each other; no_route: actors of the near side without a route;
    no_route_country: other bodies of the country above without one.
    """

    kind: Literal["no_agreement", "not_tied", "no_route", "no_route_country"]
    actors: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


class Coverage(Doc, frozen=True):
    """How far the data reach: articles, the newest fact and article dates (ISO), the graph's content hash."""

    articles: int
    newest_fact: str | None
    newest_source: str | None
    content: str


class Connection(Doc, frozen=True):
    """The whole answer. facts, nodes and sources hold everything the other parts refer to by id."""

    question: Question
    near: Side
    far: Side
    status: Status
    connectors: tuple[Connector, ...]
    far_parties: tuple[FarParty, ...]
    routes: tuple[Route, ...]
    resilience: Resilience
    bridges: tuple[Bridge, ...]
    near_misses: tuple[NearMiss, ...]
    absent: tuple[Absent, ...]
    coverage: Coverage
    version: Version
    facts: dict[str, Fact]
    nodes: dict[str, Node]
    sources: dict[str, Source]
    parents: dict[str, str]  # actor -> the body it is part of
    hops_searched: int
    reads: int
    truncated: bool
    hubs: tuple[str, ...] = ()
    connectors_found: int = 0  # before the limit
    connectors_firm: int = 0  # of those, with a route of happened or agreed ties


class Paths(Doc, frozen=True):
    """The best routes between two ends, fewest hops first, then strongest."""

    question: Question
    near: Side
    far: Side
    routes: tuple[Route, ...]
    coverage: Coverage
    version: Version
    facts: dict[str, Fact]
    nodes: dict[str, Node]
    sources: dict[str, Source]
    hops_searched: int
    reads: int
    truncated: bool
    hubs: tuple[str, ...] = ()
