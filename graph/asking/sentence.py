"""A question as a row of items: words, names found in the graph, and titles of office."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from graph.asking.grammar import PLACED, TITLE, Grammar, Title
from graph.asking.lookup import Lookup
from graph.asking.titles import titles as known_titles
from graph.asking.tokens import BETWEEN, Words
from graph.model import Hit

_LONGEST_NAME: Final = 12  # words
_JOINED: Final = 4  # words of a name that starts like a preposition (KE JKT)
_MOST_WORDS: Final = 40
_LINKS: Final = ("of", "di", "dari", "at", "in", "for", "pada", "the", BETWEEN)  # between a title and its body

_BODIES: Final = frozenset({"agency", "city", "region", "country"})


class Item(msgspec.Struct, frozen=True):
    """One word, name ("@0", "@1" ...) or title, with the first and last token it covers."""

    text: str
    first: int
    last: int
    kinds: frozenset[str] = frozenset()  # of the nodes a name means; empty for words

    @property
    def is_name(self) -> bool:
        """Return whether this is a name found in the graph."""
        return bool(self.kinds)


class Found(msgspec.Struct, frozen=True):
    """A name found in the graph: the text to look it up by (it need not be the words themselves) and its span."""

    text: str
    first: int
    last: int
    kinds: frozenset[str]


class _Office(NamedTuple):
    """A title of office and the tokens it covers."""

    first: int
    last: int
    title: Title


class Sentence(msgspec.Struct, frozen=True):
    """A question with its names and titles marked; names[k] is what "@k" stands for."""

    words: Words
    names: tuple[Found, ...]
    items: tuple[Item, ...]


async def mark(words: Words, grammar: Grammar, lookup: Lookup) -> Sentence:
    """Find the names and titles of a question, longest names first. A question of too many words gets none."""
    spans = await _spans(words, grammar, lookup) if len(words.tokens) <= _MOST_WORDS else []
    titles = _titles(words, grammar.titles, _covered(spans))
    for title in titles:
        office = await _office(words, title, spans, lookup)
        if office is not None:
            spans = [span for span in spans if span.last < office.first or span.first > office.last]
            spans.append(office)
    return _sentence(words, spans, titles)


async def _spans(words: Words, grammar: Grammar, lookup: Lookup) -> list[Found]:
    spans: list[Found] = []
    taken: set[int] = set()
    for length in range(min(_LONGEST_NAME, len(words.tokens)), 0, -1):
        for first in range(len(words.tokens) - length + 1):
            if taken.isdisjoint(range(first, first + length)):
                found = await _name_at(words, (first, first + length - 1), grammar, lookup)
                if found is not None:
                    spans.append(found)
                    taken.update(range(first, first + length))
    return spans


async def _name_at(words: Words, span: tuple[int, int], grammar: Grammar, lookup: Lookup) -> Found | None:
    first, last = span
    if not _may_be_name(words, first, last, grammar):
        return None
    text = words.name(first, last)
    hits = await lookup.exact(text)
    if hits and words.tokens[first].text in grammar.joints and await lookup.exact(words.name(first + 1, last)):
        return None  # "di Yogyakarta" may be a name of the region; here it is a place after a preposition
    return Found(text, first, last, _kinds(hits)) if hits else None


def _may_be_name(words: Words, first: int, last: int, grammar: Grammar) -> bool:
    start, end = words.tokens[first].text, words.tokens[last].text
    if BETWEEN in (start, end) or end in grammar.joints:
        return False
    if first == last:
        return start not in grammar.known and not start.isdigit()
    return start not in grammar.joints or last - first < _JOINED


def _kinds(hits: Iterable[Hit]) -> frozenset[str]:
    return frozenset(hit.node.kind for hit in hits)


def _covered(spans: Iterable[Found]) -> frozenset[int]:
    return frozenset(token for span in spans for token in range(span.first, span.last + 1))


def _titles(words: Words, titles: Sequence[Title], covered: frozenset[int]) -> list[_Office]:
    """Return the titles outside names in order, the longest where they overlap."""
    articles = known_titles().articles
    spoken = [(at, token.text) for at, token in enumerate(words.tokens) if token.text not in articles]
    everything = ((title, form) for title in titles for form in title.words)
    found: list[_Office] = []
    taken = set(covered)
    for title, form in sorted(everything, key=lambda pair: -len(pair[1])):
        for start in range(len(spoken) - len(form) + 1):
            here = spoken[start : start + len(form)]
            span = range(here[0][0], here[-1][0] + 1)
            if tuple(text for _, text in here) == form and taken.isdisjoint(span):
                found.append(_Office(span[0], span[-1], title))
                taken.update(span)
    return sorted(found, key=lambda office: office.first)


async def _office(words: Words, office: _Office, spans: Sequence[Found], lookup: Lookup) -> Found | None:
    """Return the body that the words after a title name by an office ("Wamen Ekraf"), unless a name says it already."""
    start = office.last + 1
    while start < len(words.tokens) and words.tokens[start].text in _LINKS:
        start += 1
    if any(span.first == start and span.kinds & {"agency", "person"} for span in spans):
        return None
    for last in range(min(start + 5, len(words.tokens)) - 1, start - 1, -1):
        for body in office.title.bodies:
            text = body.format(x=words.name(start, last))
            hits = await lookup.exact(text)
            if any(hit.node.kind == "agency" for hit in hits):
                return Found(text, start, last, frozenset({"agency"}))
    return None


def _sentence(words: Words, spans: Sequence[Found], titles: Sequence[_Office]) -> Sentence:
    names = tuple(sorted(spans, key=lambda span: span.first))
    items = [Item(f"{PLACED}{n}", span.first, span.last, span.kinds) for n, span in enumerate(names)]
    covered = _covered(names)
    items += [Item(TITLE, title.first, title.last) for title in titles if title.first not in covered]
    covered |= {token for title in titles for token in range(title.first, title.last + 1)}
    items += [Item(token.text, n, n) for n, token in enumerate(words.tokens) if n not in covered]
    return Sentence(words, names, tuple(sorted(items, key=lambda item: item.first)))


def without_titles(items: Sequence[Item]) -> tuple[Item, ...]:
    """Leave out titles beside a name, and the body or place between a title and a person ("Wamen Ekraf Irene Umar")."""
    kept = [item for at, item in enumerate(items) if not (item.text == TITLE and _is_title(items, at + 1))]
    return tuple(item for item in _without_office_before(_without_office_after(kept)) if item.text != TITLE)


def _without_office_after(items: Sequence[Item]) -> list[Item]:
    """Keep the person of "person, title [of] body"; the body may belong to a person that follows."""
    kept: list[Item] = []
    at = 0
    while at < len(items):
        kept.append(items[at])
        at += 1
        if "person" in kept[-1].kinds and _is_title(items, at):
            end = _past_links(items, at + 1)
            if end < len(items) and items[end].kinds & _BODIES and not _is_person(items, end + 1):
                at = end + 1
    return kept


def _without_office_before(items: Sequence[Item]) -> list[Item]:
    """Keep the person of "title [of] body person", else the body of "title [of] body"."""
    kept = list(items)
    for at in range(len(items) - 1, -1, -1):
        if _is_title(kept, at):
            end = _past_links(kept, at + 1)
            end += end < len(kept) and kept[end].is_name and _is_person(kept, end + 1)
            if end < len(kept) and kept[end].is_name:
                kept[at:end] = []
    return kept


def _past_links(items: Sequence[Item], at: int) -> int:
    while at < len(items) and items[at].text in _LINKS:
        at += 1
    return at


def _is_title(items: Sequence[Item], at: int) -> bool:
    return at < len(items) and items[at].text == TITLE


def _is_person(items: Sequence[Item], at: int) -> bool:
    return at < len(items) and "person" in items[at].kinds
