"""Statements -> facts -> ties: pure functions, the same for every store.

A store calls these inside the transaction of a commit, so a fact and its ties are always those of its statements.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from graph.model import Confidence, Evidence, Fact, Party, Source, Statement, Tie
from graph.vocabulary import ACTED_FOR, FactType, vocabulary

UNKNOWN_LOW, UNKNOWN_HIGH = "0001-01-01", "9999-12-31"
_SUPPORTING = frozenset({"asserts", "plans", "hopes", "headline_only"})


def merge(statements: Sequence[Statement], sources: Mapping[str, Source]) -> Fact:
    """Merge the statements that tell one fact. statements: at least one, all with the same `fact`.

    The content is that of the earliest told statement (publication bound, then statement id), so the order of loads
    does not matter; every statement adds its evidence.
    """
    ordered = sorted(statements, key=lambda s: (_said(sources.get(s.evidence.source)), s.id))
    lead = next((s for s in ordered if s.evidence.stance in _SUPPORTING), ordered[0])
    evidence = tuple(s.evidence for s in ordered)
    voices = count_voices(evidence, sources)
    return Fact(
        id=lead.fact,
        type=lead.type,
        parties=lead.parties,
        evidence=evidence,
        confidence=_confidence(evidence, sources, voices),
        voices=voices,
        when=lead.when,
        modality=lead.modality,
        event=lead.event,
        place=lead.place,
        subsectors=tuple(sorted({key for s in ordered for key in s.subsectors})),
        quoted=lead.quoted,
        title=lead.title,
        capacity=lead.capacity,
        instrument=lead.instrument,
        stage=lead.stage,
        count=lead.count,
        scope=lead.scope,
        note=lead.note,
    )


def count_voices(evidence: Iterable[Evidence], sources: Mapping[str, Source]) -> int:
    """Count independent publishers among the supporting evidence; a syndicated copy is its origin's voice."""
    return len({sources[e.source].voice for e in evidence if e.stance in _SUPPORTING and e.source in sources})


def _said(source: Source | None) -> str:
    return source.published.low if source and source.published else UNKNOWN_HIGH


def _confidence(evidence: Sequence[Evidence], sources: Mapping[str, Source], voices: int) -> Confidence:
    if any(e.stance in ("denies", "corrects") for e in evidence):
        return "contested"
    official = any(sources[e.source].official for e in evidence if e.source in sources)
    if official or voices >= 3:
        return "high"
    return "medium" if voices == 2 else "low"


def ties_of(fact: Fact) -> tuple[Tie, ...]:
    """Return the ties a fact projects, ordered by id: across its sides, never inside one, and from people to bodies."""
    kind = vocabulary().fact_types[fact.type]
    pairs = {(kind.tie, u, v) for u, v in _across(fact, kind)} if kind.tie else set()
    pairs |= {(ACTED_FOR.name, p.person, p.actor) for p in (*fact.parties, *fact.quoted) if p.person and p.actor}
    return tuple(sorted((_tie(fact, *pair) for pair in pairs), key=lambda tie: tie.id))


def _across(fact: Fact, kind: FactType) -> set[tuple[str, str]]:
    """Return directed pairs (u, v) of the ends on different sides; symmetric types are kept smaller id first."""
    sides: dict[str, set[str]] = {}
    for party in fact.parties:
        end = party.actor or party.person
        side = _side(party, kind)
        if end and side:
            sides.setdefault(side, set()).add(end)
    found: set[tuple[str, str]] = set()
    for left, right in combinations(sorted(sides), 2):
        for u in sides[left] - sides[right]:
            for v in sides[right] - sides[left]:
                found.add((min(u, v), max(u, v)) if kind.symmetric else (u, v))
    return found


def _side(party: Party, kind: FactType) -> str:
    slot = kind.slot(party.slot)
    if slot is None:
        return ""
    return party.side if slot.side == "*" else slot.side


def _tie(fact: Fact, name: str, u: str, v: str) -> Tie:
    low, high = (fact.when.low, fact.when.high) if fact.when else (UNKNOWN_LOW, UNKNOWN_HIGH)
    return Tie(name, u, v, fact.id, low, high, fact.modality, fact.voices, fact.subsectors)


def participants(fact: Fact | Statement) -> tuple[str, ...]:
    """Return every node a fact or statement names (actors, people, event, place, subsectors), each once, by id."""
    named: set[str] = set(fact.subsectors)
    for party in (*fact.parties, *fact.quoted):
        named |= {node for node in (party.actor, party.person) if node}
    return tuple(sorted(named | {node for node in (fact.event, fact.place) if node}))


def acting(parties: Sequence[Party], actor: str) -> tuple[Party, ...]:
    """Return the parties in which this actor takes part itself, through a person, or as the person."""
    return tuple(p for p in parties if actor in (p.actor, p.person))
