"""A connection of the domain -> the answer of the API. Pure: nothing is fetched here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.answers.connection import (
    Actor,
    BridgeAnswer,
    CitationAnswer,
    ConnectAnswer,
    ConnectorAnswer,
    CoverageAnswer,
    End,
    EndActor,
    FarPartyAnswer,
    HopAnswer,
    InWords,
    NearMissAnswer,
    NotInSources,
    PathsAnswer,
    PlannedAnswer,
    Reach,
    ResilienceAnswer,
    RouteAnswer,
    SentenceAnswer,
    Spent,
    Strength,
    Understood,
)
from app.answers.shared import cited_by, dated, fact_summaries, node_summaries, source_summaries
from app.answers.why import latest, strength_parts, why
from graph.connection import Acting, Connection, Connector, Coverage, Hop, Paths, Question, Route, Side
from graph.model import Budget, Fact, Node
from graph.tell import Sentence, Telling, tell_connection
from graph.vocabulary import Lang

Facts = Mapping[str, Fact]
ACTORS_SHOWN: Final = 50  # of one end: a country may have thousands


def beyond(found: Connection | Paths) -> tuple[str, ...]:
    """Return the nodes that the question's two ends name and the answer does not hold yet."""
    ends = (_end(found.near), _end(found.far))
    named = {actor.actor for end in ends for actor in end.actors} | {id for end in ends for id in end.others}
    named |= {id for end in ends for id in (end.node, *end.above)}
    return tuple(sorted(named - found.nodes.keys()))


def connect_answer(found: Connection, beside: Iterable[Node], budget: Budget, lang: Lang) -> ConnectAnswer:
    """Return who connects two ends, as the API says it. beside: the nodes that `beyond` asks for."""
    facts = found.facts
    return ConnectAnswer(
        version=found.version.content,
        question=_understood(found.question, found.near, found.far),
        status=found.status,
        answer=in_words(tell_connection(found), lang),
        connectors=tuple(_connector(c, found) for c in found.connectors),
        connectors_found=found.connectors_found,
        routes=_routes(found.routes, facts),
        far_side=tuple(
            FarPartyAnswer(p.actor, p.tier, _people(p.people), p.quoted, p.facts) for p in found.far_parties
        ),
        resilience=ResilienceAnswer(found.resilience.independent_routes, found.resilience.cut, found.resilience.exact),
        bridges=tuple(
            BridgeAnswer(b.post, b.side, _routes(b.routes, facts), _people(b.people), b.offers) for b in found.bridges
        ),
        near_misses=tuple(NearMissAnswer(m.side, m.actor, m.facts) for m in found.near_misses),
        planned=_planned(found),
        not_in_sources=tuple(NotInSources(a.kind, a.actors, a.facts) for a in found.absent),
        coverage=_coverage(found.coverage),
        truncated=found.truncated,
        hubs=found.hubs,
        budget=_spent(found, budget),
        nodes=node_summaries((*found.nodes.values(), *beside)),
        facts=fact_summaries(_by_id(facts), found.nodes, found.sources, found.question.as_of),
        sources=source_summaries(found.sources.values()),
    )


def paths_answer(found: Paths, beside: Iterable[Node], budget: Budget) -> PathsAnswer:
    """Return the best routes, as the API says it. beside: the nodes that `beyond` asks for."""
    return PathsAnswer(
        version=found.version.content,
        question=_understood(found.question, found.near, found.far),
        routes=_routes(found.routes, found.facts),
        coverage=_coverage(found.coverage),
        truncated=found.truncated,
        hubs=found.hubs,
        budget=_spent(found, budget),
        nodes=node_summaries((*found.nodes.values(), *beside)),
        facts=fact_summaries(_by_id(found.facts), found.nodes, found.sources, found.question.as_of),
        sources=source_summaries(found.sources.values()),
    )


def in_words(telling: Telling, lang: Lang) -> InWords:
    """Return an answer in words, as the API says it."""
    return InWords(
        lang=lang,
        headline=telling.headline,
        understood=telling.understood,
        sentences=tuple(SentenceAnswer(s.group, s.title, s.text, s.facts, s.citations) for s in telling.sentences),
        id=_whole(telling, "id"),
        en=_whole(telling, "en"),
        citations=tuple(CitationAnswer(c.number, c.source.id, c.locators, c.doubts) for c in telling.citations),
    )


def _whole(telling: Telling, lang: Lang) -> str:
    """Return the whole text: the headline, then one paragraph per part of the answer."""
    paragraphs: dict[str, list[Sentence]] = {}
    for sentence in telling.sentences:
        paragraphs.setdefault(sentence.group, []).append(sentence)
    told = [" ".join(s.text.get(lang) for s in sentences) for sentences in paragraphs.values()]
    return "\n\n".join((f"{telling.headline.get(lang)}.", *told))


def _understood(question: Question, near: Side, far: Side) -> Understood:
    return Understood(
        near=_end(near),
        far=_end(far),
        max_hops=question.max_hops,
        types=question.types,
        subsector=tuple(subsector.removeprefix("subsector:") for subsector in question.subsectors),
        since=question.since,
        until=question.until,
        as_of=question.as_of,
        known_as_of=question.known_as_of,
        include=question.include,
        tiers=question.tiers,
        limit=question.limit,
    )


def _end(side: Side) -> End:
    ordered = sorted(side.members.items(), key=lambda member: (member[1], member[0]))
    return End(
        node=side.reading.node.id,
        match=side.reading.match,
        others=tuple(node.id for node in side.reading.others),
        actors=tuple(EndActor(actor, tier) for actor, tier in ordered[:ACTORS_SHOWN]),
        actors_found=len(ordered),
        above=side.above,
        truncated=side.truncated,
    )


def _connector(found: Connector, connection: Connection) -> ConnectorAnswer:
    own = [connection.facts[fact] for fact in found.facts if fact in connection.facts]
    today = connection.question.as_of or connection.coverage.newest_fact
    return ConnectorAnswer(
        actor=found.actor,
        tier=found.tier,
        acts_for=_home(connection.nodes.get(found.actor)),
        people=_people(found.people),
        reach=Reach(len(found.reaches), found.of, found.reaches, found.announced),
        strength=Strength(found.strength, found.band, strength_parts(own, today)),
        indispensable=found.indispensable,
        voices=found.voices,
        latest=dated(latest(own)),
        facts=found.facts,
        planned=found.planned,
        sources=tuple(sorted(cited_by(own))),
        why=why(found, own),
    )


def _home(node: Node | None) -> str | None:
    return node.home.place if node is not None and node.home is not None else None


def _people(people: Iterable[Acting]) -> tuple[Actor, ...]:
    return tuple(Actor(acting.person, acting.presence, acting.facts) for acting in people)


def _routes(routes: Sequence[Route], facts: Facts) -> tuple[RouteAnswer, ...]:
    return tuple(
        RouteAnswer(route.stops, tuple(_hop(hop, facts) for hop in route.hops), route.strength) for route in routes
    )


def _hop(hop: Hop, facts: Facts) -> HopAnswer:
    newest = next((facts[fact] for fact in hop.facts if fact in facts), None)
    return HopAnswer(
        u=hop.u,
        v=hop.v,
        facts=hop.facts,
        types=hop.types,
        modalities=hop.modalities,
        when=dated(newest.when) if newest is not None else None,
        certain=hop.certain,
        strength=hop.strength,
    )


def _planned(found: Connection) -> tuple[PlannedAnswer, ...]:
    own = [PlannedAnswer(connector.actor, fact) for connector in found.connectors for fact in connector.planned]
    return (*own, *(PlannedAnswer(bridge.post, fact) for bridge in found.bridges for fact in bridge.offers))


def _coverage(coverage: Coverage) -> CoverageAnswer:
    return CoverageAnswer(coverage.articles, coverage.newest_fact, coverage.newest_source)


def _spent(found: Connection | Paths, budget: Budget) -> Spent:
    return Spent(
        reads=found.reads,
        most_reads=budget.reads,
        most_ties=budget.ties,
        most_ms=budget.milliseconds,
        hops_searched=found.hops_searched,
    )


def _by_id(facts: Facts) -> list[Fact]:
    return [facts[fact] for fact in sorted(facts)]
