"""The ways one question may be laid out for reading: with and without limits, focus words, orders and titles."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from graph.asking.grammar import LIMITED_BY, Focus, Grammar, Limit
from graph.asking.sentence import Item, without_titles
from graph.asking.tokens import BETWEEN


class Row(NamedTuple):
    """Items laid out as words that each end in one space, and what was taken off: focus, limits and their names."""

    items: tuple[Item, ...]
    focus: Focus | None = None
    limits: frozenset[Limit] = frozenset()
    also: tuple[Item, ...] = ()

    @property
    def text(self) -> str:
        """Return the words, each followed by a space."""
        return "".join(item.text + " " for item in self.items)

    def within(self, start: int, end: int) -> tuple[Item, ...]:
        """Return the items that stand between two places of the text."""
        ends = list(accumulate(len(item.text) + 1 for item in self.items))
        return self.items[bisect_right(ends, start) : bisect_right(ends, end - 1) + 1] if start < end else ()

    def without(self, start: int, end: int) -> "Row":
        """Return the row without what stands between two places of the text."""
        gone = set(self.within(start, end))
        return self._replace(items=tuple(item for item in self.items if item not in gone))


def rows(items: Sequence[Item], grammar: Grammar) -> tuple[Row, ...]:
    """Return every layout once, the most literal first."""
    plain = tuple(item for item in items if item.text not in grammar.fillers)
    found: dict[tuple[str, Focus | None, frozenset[Limit], tuple[Item, ...]], Row] = {}
    for base in (plain, without_titles(plain)):
        for row in _marked(Row(base), grammar):
            for order in (row, _without_orders(row, grammar)):
                found.setdefault((order.text, order.focus, order.limits, order.also), order)
    return tuple(row for row in found.values() if row.items)


def _marked(row: Row, grammar: Grammar) -> Iterator[Row]:
    limited = _without_limits(row, grammar)
    for one in (row, limited):
        for dashed in (one, one._replace(items=tuple(item for item in one.items if item.text != BETWEEN))):
            yield dashed
            yield from _focused(dashed, grammar)


def _without_orders(row: Row, grammar: Grammar) -> Row:
    at = 0
    while at < len(row.items) and row.items[at].text in grammar.orders:
        at += 1
    return row._replace(items=row.items[at:])


def _focused(row: Row, grammar: Grammar) -> Iterator[Row]:
    """Yield the clause that is left when a question word is taken off its start or its end."""
    for focus, pattern in grammar.focus:
        found = pattern.search(row.text)
        if found is not None and len(found[0]) < len(row.text):
            yield row.without(found.start(), found.end())._replace(focus=focus)


def _without_limits(row: Row, grammar: Grammar) -> Row:
    for limit, pattern in grammar.limits:
        found = pattern.search(row.text)
        if found is not None:
            row = _without_limit(row, limit, found)
    return row


def _without_limit(row: Row, limit: Limit, found: re.Match[str]) -> Row:
    also = row.also
    if limit in LIMITED_BY:
        (name,) = row.within(found.start("s"), found.end("s"))
        if name.kinds.isdisjoint(LIMITED_BY[limit]):
            return row
        also = (*also, name)
    return row.without(found.start(), found.end())._replace(limits=row.limits | {limit}, also=also)
