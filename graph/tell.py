"""An answer -> sentences with numbered sources, in Indonesian and English. Both languages cite the same numbers."""

from collections.abc import Iterable, Mapping, Sequence

from graph.connection import ACTS_FOR, BETWEEN, ITSELF, NATIONAL, Absent, Bridge, Connection, Connector, Question
from graph.model import Doc, Fact, Node, Source
from graph.sentences import LANGS, Citation, Teller, glue, listed, number_word, say
from graph.time import describe, parse_edtf
from graph.vocabulary import Text, sentences, vocabulary

_GROUPS = {ITSELF: "itself", ACTS_FOR: "acts_for", NATIONAL: "national", BETWEEN: "between"}
_ACTORS_NAMED = 6
_DIRECT_ANSWERS = 12
_PAIR = 2


class Sentence(Doc, frozen=True):
    """One sentence with its citation marks [n], the facts it tells, and the part of the answer it belongs to."""

    group: str
    title: Text
    text: Text
    facts: tuple[str, ...] = ()
    citations: tuple[int, ...] = ()


class Telling(Doc, frozen=True):
    """An answer in words: a headline, how the question was understood, sentences in groups, numbered sources."""

    headline: Text
    understood: Text
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]


def tell_facts(
    facts: Sequence[Fact],
    nodes: Mapping[str, Node],
    sources: Mapping[str, Source],
    about: str | None = None,
    focus: str = "what",
) -> Telling:
    """Tell a list of facts, one sentence each, starting with `about` where it takes part.

    focus: what the headline answers directly where few enough facts do: "who" (those on the other side of `about`, or
    the first side), "when", "where"; else it counts.
    """
    page = _Page(Teller(nodes, sources))
    for fact in facts:
        page.fact("facts", Text("", ""), fact, about)
    key = {0: "none", 1: "found_one"}.get(len(facts), "found")
    headline = say("facts", key, n=number_word(len(facts)))
    direct = _own(page.teller, nodes.get(about or ""), focus) or _direct(page.teller, facts, about, focus)
    if direct and len(direct) <= _DIRECT_ANSWERS:
        headline = listed(direct)
    return Telling(_capital(headline), Text("", ""), tuple(page.sentences), page.teller.citations())


def _own(teller: Teller, node: Node | None, focus: str) -> list[Text]:
    """Return when or where the node asked about itself is, such as an event, if that is what was asked."""
    if node is None:
        return []
    if focus == "when" and node.when is not None:
        return [Text(*(describe(node.when, lang) for lang in LANGS))]
    place = node.place or (node.seat.place if node.seat else None)
    return [teller.label(place)] if focus == "where" and place else []


def _direct(teller: Teller, facts: Iterable[Fact], about: str | None, focus: str) -> list[Text]:
    """Return what answers a who, when or where, each once, in the order of the facts."""
    found: list[Text] = []
    for fact in facts:
        if focus == "who":
            found += teller.others(fact, about)
        elif focus == "when" and fact.when is not None:
            found.append(Text(*(describe(fact.when, lang) for lang in LANGS)))
        elif focus == "where":
            found += [teller.label(place) for place in (fact.event, fact.place) if place]
    return list(dict.fromkeys(found))


def tell_connection(connection: Connection) -> Telling:
    """Tell who connects two ends: connectors by tier, the far side, bridges, resilience, what is absent, coverage."""
    page = _ConnectionPage(connection)
    page.tell()
    return Telling(page.headline(), page.understood(), tuple(page.sentences), page.teller.citations())


class _Page:
    """Sentences as they are told. A fact is told once."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.sentences: list[Sentence] = []
        self._told: set[str] = set()

    def add(self, group: str, title: Text, text: Text, facts: Sequence[Fact] = ()) -> None:
        numbers = self.teller.cite(facts)
        self.sentences.append(Sentence(group, title, _marked(text, numbers), tuple(f.id for f in facts), numbers))

    def fact(self, group: str, title: Text, fact: Fact, first: str | None = None) -> None:
        if fact.id in self._told:
            return
        self._told.add(fact.id)
        self.add(group, title, _capital(self.teller.fact(fact, first)), (fact,))


class _ConnectionPage(_Page):
    def __init__(self, connection: Connection) -> None:
        super().__init__(Teller(connection.nodes, connection.sources, connection.question.as_of, connection.parents))
        self._c = connection
        self._from = self._end(connection.near.reading.node)
        self._to = self._end(connection.far.reading.node)
        self._to_side = say("side", "party_of", x=self._to) if connection.far.places else self._to

    def headline(self) -> Text:
        c = self._c
        itself = all(connector.tier == ITSELF for connector in c.connectors)
        if c.status == "connected" and itself and len(c.routes[0].hops) == 1:
            return self._within_limits(self._say("headline", "direct"))
        bodies = all(c.nodes[connector.actor].kind == "agency" for connector in c.connectors)
        told = self._say(
            "headline",
            c.status,
            n=number_word(c.connectors_firm),
            bodies=_plural("bodies" if bodies else "actors", c.connectors_firm),
            connect=_plural("connect", c.connectors_firm),
        )
        return _capital(self._within_limits(told))

    def _within_limits(self, text: Text) -> Text:
        """Return a headline with the limits the question set, since what it says holds only within them."""
        limits = limits_of(self._c.question)
        return glue(text, " (", listed_plainly(limits), ")") if limits else text

    def understood(self) -> Text:
        ends = {}
        for key, side in (("from", self._c.near), ("to", self._c.far)):
            node = side.reading.node
            kind = vocabulary().kinds[node.kind].label
            ends[key] = glue(self.teller.label(node.id), " (", Text(kind.id.lower(), kind.en.lower()), ")")
        limits = limits_of(self._c.question)
        told = say("understood", "ends", **ends)
        return glue(told, " ", _capital(listed_plainly(limits)), ".") if limits else told

    def tell(self) -> None:
        for connector in self._c.connectors:
            self._connector(connector)
        if self._c.connectors_found > len(self._c.connectors):
            group = _GROUPS[self._c.connectors[-1].tier]
            left = str(self._c.connectors_found - len(self._c.connectors))
            self.add(group, self._say("group", group), self._say("connector", "more", n=left))
        self._far_side()
        for bridge in self._c.bridges:
            self._bridge(bridge)
        self._resilience()
        for absent in self._c.absent:
            self._absent(absent)
        self._near_misses()
        self._coverage()

    # ---- parts ----

    def _connector(self, connector: Connector) -> None:
        group = _GROUPS[connector.tier]
        title = self._say("group", group)
        self.add(group, title, _capital(self._reach(connector)))
        for fact in self._facts(connector.facts):
            self.fact(group, title, fact, connector.actor)
        for bridge in self._c.bridges:
            hops = [hop for route in bridge.routes if route.stops[0] == connector.actor for hop in route.hops]
            for fact in self._facts(dict.fromkeys(f for hop in hops for f in hop.facts)):
                self.fact(group, title, fact, connector.actor)
        for fact in self._facts(connector.planned):
            self.fact(group, title, fact, connector.actor)

    def _reach(self, connector: Connector) -> Text:
        voices = say("word", "one_publisher")
        if connector.voices != 1:
            voices = say("word", "publishers", n=number_word(connector.voices))
        return self._say(
            "connector",
            self._reach_key(connector),
            x=self.teller.label(connector.actor),
            n=str(len(connector.reaches)),
            of=str(connector.of),
            band=sentences()["connector"][connector.band],
            voices=voices,
            confidence=vocabulary().term("confidence", connector.confidence).label,
            announced=self._names(connector.announced),
        )

    def _reach_key(self, connector: Connector) -> str:
        if not connector.reaches:
            return "announced_reach"
        return "reach" if self._c.far.places else "strength"

    def _far_side(self) -> None:
        title = self._say("group", "far_side")
        for party in self._c.far_parties:
            body = self._placed(party.actor)
            people = [self.teller.label(acting.person) for acting in party.people]
            text = glue(listed(people), " (", body, ")") if people else glue(body, ": ", say("far", "unnamed"))
            self.add("far_side", title, say("far", "party", x=text))
            if party.quoted:
                names = listed(self.teller.label(person) for person in party.quoted)
                self.add("far_side", title, say("far", "quoted", x=glue(names, " (", body, ")")))

    def _placed(self, actor: str) -> Text:
        """Return an actor's name with the place it acts for, where that says more than the end itself."""
        node = self._c.nodes.get(actor)
        name = self.teller.name(actor)
        if node is None or node.home is None or node.home.place == self._c.far.reading.node.id:
            return name
        return glue(name, ", ", self.teller.name(node.home.place))

    def _bridge(self, bridge: Bridge) -> None:
        title = self._say("group", "bridge")
        node = self._c.nodes[bridge.post]
        home = self.teller.label(node.home.place) if node.home else glue("")
        seat = self.teller.label(node.seat.place) if node.seat else glue("")
        place = self._to if bridge.side == "far" else self._from
        stands = say("bridge", "stands", x=self.teller.label(bridge.post), home=home, seat=seat, to=place)
        self.add("bridge", title, _capital(stands))
        for fact in self._facts(dict.fromkeys(f for route in bridge.routes for hop in route.hops for f in hop.facts)):
            self.fact("bridge", title, fact, bridge.post)
        for fact in self._facts(bridge.offers):
            self.fact("bridge", title, fact, bridge.post)

    def _resilience(self) -> None:
        found = self._c.resilience
        if not found.independent_routes:
            return
        title = self._say("group", "resilience")
        if found.independent_routes == 1 and found.cut:
            self._line("resilience", "resilience", "one", cut=self._names(found.cut))
        elif found.independent_routes > 1:
            key = "many" if found.exact else "at_least"
            self._line("resilience", "resilience", key, n=number_word(found.independent_routes))
        widest = max(self._c.connectors, key=lambda c: (c.indispensable, len(c.reaches), c.strength), default=None)
        if widest is None or not widest.indispensable or found.independent_routes == 1 or widest.tier == ITSELF:
            return
        if self._c.connectors_found > len(self._c.connectors):
            return  # one that is not listed may matter more
        rest = [c.actor for c in self._c.connectors if c.actor != widest.actor]
        if len(rest) == 1 and self._c.connectors_found == 2:
            key, parts = "without", {"rest": self.teller.name(rest[0])}
        else:
            key, parts = "lost", {"share": glue(str(round(100 * widest.indispensable)))}
        self.add("resilience", title, self._say("resilience", key, x=self.teller.name(widest.actor), **parts))

    def _absent(self, absent: Absent) -> None:
        if absent.kind == "no_agreement":
            self._line("absent", "absent", "no_agreement")
            for fact in self._facts(absent.facts):
                told = say("absent", "agreement_elsewhere", fact=self.teller.fact(fact))
                self.add("absent", self._say("group", "absent"), told, (fact,))
            return
        parts: dict[str, Text] = {"x": self._names(absent.actors)}
        if absent.kind == "no_route_country":
            parts["country"] = self.teller.label(self._c.near.above[-1])
        key = "not_tied_pair" if absent.kind == "not_tied" and len(absent.actors) == _PAIR else absent.kind
        self._line("absent", "absent", key, **parts)

    def _near_misses(self) -> None:
        if self._c.routes:
            return
        title = self._say("group", "near_miss")
        for side, key in (("near", "none_near"), ("far", "none_far")):
            misses = [miss for miss in self._c.near_misses if miss.side == side]
            if not misses and not self._c.bridges:
                self._line("near_miss", "near_miss", key)
            for miss in misses:
                for fact in self._facts(miss.facts):
                    self.fact("near_miss", title, fact, miss.actor)

    def _coverage(self) -> None:
        c = self._c
        newest = c.coverage.newest_fact
        when = parse_edtf(newest) if newest else None
        said = Text(*(describe(when, lang) for lang in LANGS))
        self._line("coverage", "coverage", "data", articles=str(c.coverage.articles), newest=said)
        if c.truncated:
            self._line("coverage", "coverage", "truncated", hops=str(c.hops_searched))
        if c.hubs:
            self._line("coverage", "coverage", "hubs", x=self._names(c.hubs))
        self._line("coverage", "coverage", "no_proof")

    # ---- words ----

    def _line(self, group: str, family: str, key: str, **parts: Text | str) -> None:
        self.add(group, self._say("group", group), _capital(self._say(family, key, **parts)))

    def _say(self, group: str, key: str, **parts: Text | str) -> Text:
        return say(group, key, **{"from": self._from, "to": self._to, "to_side": self._to_side, **parts})

    def _names(self, actors: Sequence[str]) -> Text:
        named = [self.teller.name(actor) for actor in actors[:_ACTORS_NAMED]]
        if len(actors) > _ACTORS_NAMED:
            named.append(say("word", "more", n=str(len(actors) - _ACTORS_NAMED)))
        return listed(named)

    def _facts(self, ids: Iterable[str]) -> list[Fact]:
        return [self._c.facts[fact] for fact in ids if fact in self._c.facts]

    def _end(self, node: Node) -> Text:
        return Text(node.short("id"), node.short("en")) if node.kind != "person" else glue(node.label("id"))


def limits_of(question: Question) -> list[Text]:
    """Return the limits a question set, in words: fact types, subsectors, period, clocks."""
    words = vocabulary()
    kinds = [_lower(words.fact_types[name].label) for name in question.types]
    fields = [_lower(words.subsectors[key.removeprefix("subsector:")].name) for key in question.subsectors]
    found = [say("limit", "types", x=listed_plainly(kinds))] if kinds else []
    found += [say("limit", "subsectors", x=listed_plainly(fields))] if fields else []
    for key in ("since", "until", "as_of"):
        day = getattr(question, key)
        if day is not None:
            when = parse_edtf(day)
            found.append(say("limit", key, x=Text(*(describe(when, lang) for lang in LANGS))))
    if question.known_as_of is not None:
        found.append(say("limit", "known_as_of", x=str(question.known_as_of)))
    return found


def _lower(text: Text) -> Text:
    return Text(text.id.lower(), text.en.lower())


def listed_plainly(texts: Iterable[Text]) -> Text:
    """Join texts by commas."""
    parts = list(texts)
    return Text(", ".join(text.id for text in parts), ", ".join(text.en for text in parts))


def _plural(key: str, n: int) -> Text:
    words = sentences()["headline"][key]
    return Text(*(words.get(lang).split("|")[0 if n == 1 else 1] for lang in LANGS))


def _marked(text: Text, numbers: Sequence[int]) -> Text:
    """End a sentence: citation marks, then the full stop."""
    marks = "".join(f" [{n}]" for n in numbers)
    return Text(f"{text.id.rstrip('.')}{marks}.", f"{text.en.rstrip('.')}{marks}.")


def _capital(text: Text) -> Text:
    """Start a sentence with a capital letter, leaving names as they are."""
    return Text(text.id[:1].upper() + text.id[1:], text.en[:1].upper() + text.en[1:])
