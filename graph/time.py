"""Dates as precise as the source knows them, and no more.

A date is written in EDTF (Extended Date/Time Format, Library of Congress, 4 February 2019,
https://www.loc.gov/standards/datetime/; also ISO 8601-2:2019 Annex A). Read here:

- level 0 dates: `2026`, `2025-05`, `2025-05-27` (proleptic Gregorian, years 0001 to 9999);
- level 1 qualifiers at the end of a date: `~` approximate, `?` uncertain, `%` both;
- intervals `a/b` whose ends may be open (`..`) or unknown (empty), never both;
- level 2 one-of sets `[a,b]` and `[a..b]`, with unqualified members.

Everything else is refused with an `EdtfError`.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

import msgspec

from graph.datewords import WEEKDAY_NAMES, Lang, date_unknown, describe_edtf

Basis: TypeAlias = Literal["stated", "inferred_year", "bounded_by_event", "published", "editor"]
Certainty: TypeAlias = Literal["certain", "possible", "not_yet"]
Precision: TypeAlias = Literal["day", "month", "year", "interval", "one_of"]
Qualifier: TypeAlias = Literal["", "~", "?", "%"]

FIRST_DAY: Final = "0001-01-01"
LAST_DAY: Final = "9999-12-31"

_REASONS: Final[Mapping[str, Mapping[Lang, str]]] = MappingProxyType(
    {
        "not_edtf": {
            "id": "bukan tanggal EDTF; contoh: 2026, 2025-05, 2025-05-27, 2024-10-08/2024-10-09",
            "en": "not an EDTF date; examples: 2026, 2025-05, 2025-05-27, 2024-10-08/2024-10-09",
        },
        "unsupported_edtf": {
            "id": "bagian EDTF ini tidak dipakai di sini: jam, musim, angka X, himpunan {} "
            "atau terbuka, tanda selain di akhir tanggal",
            "en": "this part of EDTF is not used here: time of day, seasons, X digits, {} "
            "or open sets, qualifiers other than at the end of a date",
        },
        "impossible_date": {
            "id": "tanggal ini tidak ada di kalender",
            "en": "the calendar has no such date",
        },
        "year_out_of_range": {
            "id": "tahun harus antara 0001 dan 9999",
            "en": "the year must lie between 0001 and 9999",
        },
        "end_before_start": {
            "id": "tanggal akhir mendahului tanggal awal",
            "en": "the end comes before the start",
        },
        "no_known_end": {
            "id": "rentang harus punya sedikitnya satu ujung yang diketahui",
            "en": "an interval needs at least one known end",
        },
        "set_too_small": {
            "id": "pilihan harus memuat sedikitnya dua tanggal, tidak ada yang kembar",
            "en": "a choice needs at least two dates, none of them twice",
        },
        "mixed_precision": {
            "id": "kedua ujung a..b harus sama telitinya: hari, bulan, atau tahun",
            "en": "both ends of a..b must be equally precise: days, months or years",
        },
        "not_a_day": {
            "id": "harus satu hari kalender yang ditulis yyyy-mm-dd",
            "en": "must be one calendar day written yyyy-mm-dd",
        },
    }
)


class EdtfError(ValueError):
    """A date text that cannot be kept; `code` is stable, `text` is the whole text as given."""

    def __init__(self, code: str, text: str, part: str | None = None) -> None:
        self.code = code
        self.text = text
        self.part = text if part is None else part
        super().__init__(f"{self.part!r}: {self.reason('en')}")

    def reason(self, lang: Lang) -> str:
        """Why the date was refused, in one clause without the date itself."""
        return _REASONS[self.code][lang]


class When(msgspec.Struct, frozen=True, omit_defaults=True):
    """When something happened: the EDTF text and the first and last day it can mean.

    Build it with `parse_edtf`, which keeps the three in step. `low` and `high` are ISO days, both
    inclusive; an open or unknown start is `0001-01-01`, an open or unknown end `9999-12-31`.
    `as_stated` is the date as the source prints it.
    """

    edtf: str
    low: str
    high: str
    basis: Basis = "stated"
    as_stated: str | None = None

    @property
    def precision(self) -> Precision:
        """How precise the date is; an interval or a one-of set answers as such."""
        if self.edtf.startswith("["):
            return "one_of"
        if "/" in self.edtf:
            return "interval"
        return _PRECISIONS[self.edtf.count("-")]

    @property
    def qualifier(self) -> Qualifier:
        """`~` approximate, `?` uncertain, `%` both; for an interval, of both ends together."""
        about, unsure = "~" in self.edtf, "?" in self.edtf
        if "%" in self.edtf or (about and unsure):
            return "%"
        return "~" if about else "?" if unsure else ""


class _Span(msgspec.Struct, frozen=True):
    """First and last day of one part of an EDTF text."""

    low: str
    high: str


_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_OTHER_YEAR: Final = re.compile(r"Y-?[0-9E]+|-[0-9]{4,}(-[0-9]{2}){0,2}|[0-9]{5}(-[0-9]{2}){0,2}")
_UNUSED: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.+"  # time of day
    r"|[~?%]?[0-9X]{4}[~?%]?(-[~?%]?[0-9X]{2}[~?%]?){0,2}"  # X digits, qualified components
    r"|\{.*\}",  # all-of sets
)
_PRECISIONS: Final[tuple[Precision, ...]] = ("year", "month", "day")
_QUALIFIERS: Final = "~?%"
_SEASONS: Final = range(21, 42)
_BOUNDLESS: Final = ("", "..")  # unknown and open ends of an interval


def parse_edtf(text: str, *, basis: Basis = "stated", as_stated: str | None = None) -> When:
    """Read an EDTF text into its bounds.

    Raises `EdtfError` with code `not_edtf`, `unsupported_edtf`, `impossible_date`,
    `year_out_of_range`, `end_before_start`, `no_known_end`, `set_too_small` or `mixed_precision`.
    """
    span = _read(text)
    return When(edtf=text, low=span.low, high=span.high, basis=basis, as_stated=as_stated)


def _read(text: str) -> _Span:
    if text.startswith("[") and text.endswith("]"):
        return _read_set(text)
    if "/" in text:
        return _read_interval(text)
    return _read_date(text, text, qualified=True)


def _read_interval(text: str) -> _Span:
    start, _, end = text.partition("/")
    if "/" in end:
        raise EdtfError("not_edtf", text)
    if start in _BOUNDLESS and end in _BOUNDLESS:
        raise EdtfError("no_known_end", text)
    return _ordered(_read_end(start, text), _read_end(end, text), text)


def _read_end(part: str, text: str) -> _Span:
    if part in _BOUNDLESS:
        return _Span(FIRST_DAY, LAST_DAY)
    return _read_date(part, text, qualified=True)


def _read_set(text: str) -> _Span:
    members = text[1:-1].split(",")
    if len(set(members)) < len(members) or members == [""]:
        raise EdtfError("set_too_small", text)
    spans = [_read_member(member, text) for member in members]
    if len(members) == 1 and ".." not in members[0]:
        raise EdtfError("set_too_small", text)
    return _Span(min(span.low for span in spans), max(span.high for span in spans))


def _read_member(member: str, text: str) -> _Span:
    if ".." not in member:
        return _read_date(member, text, qualified=False)
    first, _, last = member.partition("..")
    if "" in (first, last):
        raise EdtfError("unsupported_edtf", text, member)
    start, end = (_read_date(part, text, qualified=False) for part in (first, last))
    if len(first) != len(last):
        raise EdtfError("mixed_precision", text, member)
    if first == last:
        raise EdtfError("set_too_small", text, member)
    return _ordered(start, end, text)


def _ordered(start: _Span, end: _Span, text: str) -> _Span:
    if end.high < start.low:
        raise EdtfError("end_before_start", text)
    return _Span(start.low, end.high)


def _read_date(part: str, text: str, *, qualified: bool) -> _Span:
    bare = part[:-1] if qualified and part.endswith(tuple(_QUALIFIERS)) else part
    found = _DATE.fullmatch(bare)
    if found is None:
        raise EdtfError(_refusal(part), text, part)
    year, month, day = (None if group is None else int(group) for group in found.groups())
    if not year:
        raise EdtfError("year_out_of_range", text, part)
    if month in _SEASONS and day is None:
        raise EdtfError("unsupported_edtf", text, part)
    try:
        return _span(year, month, day)
    except ValueError as error:
        raise EdtfError("impossible_date", text, part) from error


def _span(year: int, month: int | None, day: int | None) -> _Span:
    if month is None:
        return _Span(date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat())
    if day is None:
        return _Span(date(year, month, 1).isoformat(), date(year, month, monthrange(year, month)[1]).isoformat())
    only = date(year, month, day).isoformat()
    return _Span(only, only)


def _refusal(part: str) -> str:
    if _OTHER_YEAR.fullmatch(part):
        return "year_out_of_range"
    return "unsupported_edtf" if _UNUSED.fullmatch(part) else "not_edtf"


def certainty(when: When, as_of: str | None) -> Certainty:
    """Whether a date has come by the ISO day `as_of`; without one nothing is asked of it: certain.

    Certain when `high <= as_of`, possible when `low <= as_of < high`, not_yet before `low`. A
    qualified date (`~ ? %`) is at best possible. Raises `EdtfError` (`not_a_day`).
    """
    if as_of is None:
        return "certain"
    _check_day(as_of)
    if as_of < when.low:
        return "not_yet"
    return "certain" if when.high <= as_of and not when.qualifier else "possible"


def overlaps(when: When, since: str | None, until: str | None) -> bool:
    """Whether a date can fall between two ISO days, both included; `None` leaves a side open.

    Raises `EdtfError` (`not_a_day`).
    """
    for bound in (since, until):
        if bound is not None:
            _check_day(bound)
    return (since is None or when.high >= since) and (until is None or when.low <= until)


def to_day(iso: str) -> int:
    """Day number of an ISO day in the proleptic Gregorian calendar; 0001-01-01 is 1.

    Raises `EdtfError` (`not_a_day`).
    """
    return _check_day(iso).toordinal()


def from_day(n: int) -> str:
    """ISO day of a day number, the inverse of `to_day`. Raises `EdtfError` (`not_a_day`)."""
    try:
        return date.fromordinal(n).isoformat()
    except (ValueError, OverflowError) as error:
        raise EdtfError("not_a_day", str(n)) from error


def weekday_name(iso: str, lang: Lang) -> str:
    """Name of the weekday of an ISO day. Raises `EdtfError` (`not_a_day`)."""
    return WEEKDAY_NAMES[lang][_check_day(iso).weekday()]


def _check_day(iso: str) -> date:
    # date.fromisoformat also reads 20250527 and 2025-W22-2, which do not sort as text.
    if len(iso) != len(FIRST_DAY) or not iso[4] == iso[7] == "-":
        raise EdtfError("not_a_day", iso)
    try:
        return date.fromisoformat(iso)
    except ValueError as error:
        raise EdtfError("not_a_day", iso) from error


def describe(when: When | None, lang: Lang) -> str:
    """Say a date in words, exactly as precisely as it is known."""
    return date_unknown(lang) if when is None else describe_edtf(when.edtf, lang)
