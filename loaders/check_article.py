"""The traps of curation inside one article: who is a party, which ties would be false, what lacks support."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from graph.model import Party, Statement
from graph.vocabulary import vocabulary
from loaders import form_fact as fact
from loaders.build import BuiltArticle, BuiltFact
from loaders.problem import Problems

CONTACTS: Final = frozenset({"agreement", "collaboration", "visit", "meeting", "coordination"})
"""Fact types whose sides are delegations that came together."""

Sides = dict[str, set[str]]


def check_article(built: BuiltArticle, found: Problems) -> None:
    """Note parties, sides, places and stances that are likely to claim more than the article."""
    for each in built.facts:
        _check_sides(each, found)
        _check_quoted(each, found)
        _check_support(each, found)
        if built.dateline and each.statement.place == built.dateline:
            found.add("W505", each.draft.values.at(fact.PLACE), about=each.draft.key, place=built.dateline)
    _check_delegations(built, found)
    _check_posts(built, found)


def sides_of(statement: Statement) -> Sides:
    """Return the actors on each side of a statement; parties without a side are left out."""
    kind = vocabulary().fact_types[statement.type]
    sides: Sides = {}
    for party in statement.parties:
        slot = kind.slot(party.slot)
        side = party.side if slot is not None and slot.side == "*" else slot.side if slot is not None else ""
        if side and party.actor:
            sides.setdefault(side, set()).add(party.actor)
    return sides


def across(sides: Sides) -> Iterator[tuple[str, str]]:
    """Yield every pair of actors on different sides, smaller id first."""
    for left, right in combinations(sorted(sides), 2):
        for u in sorted(sides[left] - sides[right]):
            for v in sorted(sides[right] - sides[left]):
                yield (min(u, v), max(u, v))


def _check_sides(built: BuiltFact, found: Problems) -> None:
    sides = sides_of(built.statement)
    for left, right in combinations(sorted(sides), 2):
        for actor in sorted(sides[left] & sides[right]):
            found.add("E217", built.draft.at, actor=actor)


def _people(parties: tuple[Party, ...]) -> set[str]:
    named = {party.person or party.actor for party in parties}
    return {each for each in named if each is not None and each.startswith("person:")}


def _check_quoted(built: BuiltFact, found: Problems) -> None:
    both = _people(built.statement.parties) & _people(built.statement.quoted)
    for person in sorted(both):
        found.add("W408", built.draft.values.at(fact.QUOTED), about=built.draft.key, person=person)


def _check_support(built: BuiltFact, found: Problems) -> None:
    evidence = built.statement.evidence
    if not evidence.locators and not built.draft.values.has(fact.LOCATORS):
        found.add("W501", built.draft.at, about=built.draft.key, key=built.draft.key)
    if evidence.stance == "headline_only" and built.statement.modality != "announced":
        at = built.draft.values.at(fact.STANCE)
        found.add("W502", at, about=built.draft.key, modality=built.statement.modality, nearest=("announced",))


def _check_delegations(built: BuiltArticle, found: Problems) -> None:
    """Note a tie between two actors that came on one side of a fact of the same article."""
    contacts = [each for each in built.facts if each.statement.type in CONTACTS]
    together: dict[tuple[str, str], BuiltFact] = {}
    for each in contacts:
        for members in sides_of(each.statement).values():
            for u, v in combinations(sorted(members), 2):
                together.setdefault((u, v), each)
    for each in contacts:
        for pair in across(sides_of(each.statement)):
            other = together.get(pair)
            if other is not None and other is not each:
                found.add("W407", each.draft.at, about=each.draft.key, u=pair[0], v=pair[1], other=other.draft.key)


def _check_posts(built: BuiltArticle, found: Problems) -> None:
    """Note a tie between two bodies in both of which one person of the article has a post."""
    posts: dict[str, set[str]] = {}
    for each in built.facts:
        parties = {party.slot: party.actor for party in each.statement.parties}
        if each.statement.type == "role" and parties.get("holder") and parties.get("body"):
            posts.setdefault(parties["holder"] or "", set()).add(parties["body"] or "")
        for party in each.statement.parties:
            if party.person and party.actor:
                posts.setdefault(party.person, set()).add(party.actor)
    for each in built.facts:
        if not vocabulary().fact_types[each.statement.type].tie or each.statement.type == "role":
            continue
        for u, v in across(sides_of(each.statement)):
            for person in sorted(p for p, bodies in posts.items() if {u, v} <= bodies):
                found.add("W406", each.draft.at, about=each.draft.key, person=person, u=u, v=v)
