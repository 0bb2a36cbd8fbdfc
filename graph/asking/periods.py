"""The period a question is limited to: "sejak 2025", "in May 2025", "antara 2024 dan 2025"."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from graph.asking.sentence import Item
from graph.asking.tokens import BETWEEN, Words
from graph.newsdate import MONTHS, NewsDateError, read_news_date
from graph.time import When

_LONGEST: Final = 9  # items of one date: 1 - 3 Oktober 2024, 2025-12-31
_YEARS: Final = range(1900, 2100)
_Edge = Literal["since", "after", "before", "until", "to", "within"]
_EDGES: Final[dict[str, _Edge]] = {
    "sejak": "since", "mulai": "since", "dari": "since", "since": "since", "from": "since", "antara": "since",
    "between": "since", "starting": "since",
    "setelah": "after", "sesudah": "after", "after": "after",
    "sebelum": "before", "before": "before",
    "hingga": "until", "sampai": "until", "until": "until", "till": "until", "through": "until",
    "to": "to", "dan": "to", "and": "to", BETWEEN: "to",
}  # fmt: skip
# Words between such an edge and its date, which alone mean "within".
_INNER: Final = frozenset(
    ("pada", "di", "in", "during", "tahun", "bulan", "tanggal", "tgl", "selama", "on", "dalam", "year", "month", "saat")
)


class Period(NamedTuple):
    """First and last day, both included; None leaves a side open."""

    since: str | None = None
    until: str | None = None

    def narrowed(self, other: "Period") -> "Period":
        """Return what lies in both."""
        since = max((day for day in (self.since, other.since) if day), default=None)
        until = min((day for day in (self.until, other.until) if day), default=None)
        return Period(since, until)


def take_period(words: Words, items: Sequence[Item]) -> tuple[tuple[Item, ...], Period]:
    """Return the items without dates and the words that belong to them, and the period they set.

    An item that looks like a date and is none stays, so that the question is not read without it.
    """
    kept: list[Item] = []
    period = Period()
    at = 0
    while at < len(items):
        dated = _date_at(words, items, at)
        if dated is None:
            kept.append(items[at])
            at += 1
            continue
        when, at = dated
        bound = _bound(_edge(kept, opened=period.since is not None), when)
        if bound is None:  # the calendar ends there
            return tuple(items), Period()
        period = period.narrowed(bound)
    if period.since and period.until and period.since > period.until:  # no day lies in both
        return tuple(items), Period()
    return tuple(kept), period


def _date_at(words: Words, items: Sequence[Item], at: int) -> tuple[When, int] | None:
    """Return the longest date that starts at an item, with the place after it."""
    if not (items[at].text.isdigit() or items[at].text in MONTHS):
        return None
    for end in range(min(at + _LONGEST, len(items)), at, -1):
        stretch = items[at:end]
        if not any(item.text.isdigit() and int(item.text) in _YEARS for item in stretch):
            return None
        if any(item.is_name for item in stretch) or not _is_date_word(stretch[-1].text):
            continue
        when = _read(words.raw(items[at].first, items[end - 1].last))
        if when is not None:
            return when, end
    return None


def _is_date_word(text: str) -> bool:
    return text.isdigit() or text in MONTHS


def _read(text: str) -> When | None:
    try:
        return read_news_date(text).when
    except NewsDateError:
        return None


def _edge(kept: list[Item], *, opened: bool) -> _Edge:
    """Take the words that belong to the date that follows off the end, and return how it bounds."""
    while kept and kept[-1].text in _INNER:
        kept.pop()
    edge = _EDGES.get(kept[-1].text, "within") if kept else "within"
    if edge == "to" and not opened:
        return "within"
    if edge != "within":
        kept.pop()
        while kept and edge == "until" and kept[-1].text in ("sampai", "up"):
            kept.pop()
    return edge


def _bound(edge: _Edge, when: When) -> Period | None:
    try:
        if edge == "after":
            return Period(since=_shifted(when.high, 1))
        if edge == "before":
            return Period(until=_shifted(when.low, -1))
    except OverflowError:
        return None
    if edge == "since" and when.precision != "interval":  # "dari 2024 sampai 2025" is one interval
        return Period(since=when.low)
    return Period(until=when.high) if edge in ("until", "to") else Period(when.low, when.high)


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
