"""Read the dates that Indonesian and English news print: "Selasa (20/1)", "8-9 Oktober 2024".

The whole text must be a date; one stray word makes it unreadable. In numbers the day comes before
the month, as Indonesian papers print it, in English too; a two-digit year is of this century. A
clock time at the end is passed over. A printed year is kept even when the weekday contradicts it.
Where no year is printed, the weekday and the day of publication decide, or nothing does.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

import msgspec

from graph.datewords import MONTH_NAMES, WEEKDAY_NAMES, Lang
from graph.time import LAST_DAY, Basis, EdtfError, When, parse_edtf, to_day

LOOK_BACK: Final = 5
"""How many years before the last one are searched for a date without a year. A day falls on the
same weekday again after five, six or eleven years, so six years mostly hold one or two answers."""


def _spellings(names: Mapping[Lang, tuple[str, ...]], others: Iterable[str]) -> Mapping[str, int]:
    rows = zip(names["id"], names["en"], others, strict=True)
    return MappingProxyType(
        {word: number for number, row in enumerate(rows, 1) for word in " ".join(row).casefold().split()}
    )


WEEKDAYS: Final = _spellings(
    WEEKDAY_NAMES,
    ("sen mon", "sel tue tues", "rab wed", "kam thu thur thurs", "jum djumat fri", "sab saptu sat", "min ahad sun"),
)
"""Folded weekday word -> ISO weekday, 1 Monday to 7 Sunday; both languages, abbreviations, old spellings."""

MONTHS: Final = _spellings(
    MONTH_NAMES,
    (
        "jan djanuari",
        "feb peb pebruari",
        "mar",
        "apr",
        "",
        "jun djuni",
        "jul djuli",
        "agu agt ags aug",
        "sep sept",
        "okt oct",
        "nov nop nopember",
        "des dec",
    ),
)
"""Folded month word -> 1 to 12; both languages, abbreviations, old spellings."""

_UNREADABLE: Final[Mapping[Lang, str]] = MappingProxyType(
    {
        "id": "bukan tanggal berita yang dapat dibaca; contoh: Selasa (20/1), 8-9 Oktober 2024, Mei 2025",
        "en": "not a news date that can be read; examples: Selasa (20/1), 8-9 October 2024, May 2025",
    }
)


class NewsDateError(ValueError):
    """A text that is no news date, or one that cannot be.

    `code` is `unreadable`, or as in `EdtfError`: `impossible_date`, `end_before_start`,
    `year_out_of_range`. `text` is the text as given.
    """

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.text = text
        super().__init__(f"{text!r}: {self.reason('en')}")

    def reason(self, lang: Lang) -> str:
        """Why the text was refused, in one clause without the text itself."""
        return _UNREADABLE[lang] if self.code == "unreadable" else EdtfError(self.code, self.text).reason(lang)


class NewsDate(msgspec.Struct, frozen=True):
    """What a printed date says.

    `when` is None when the text does not decide it: only a weekday is printed, or several years fit
    (`candidates`: EDTF texts, oldest first) or none does. Weekdays are ISO numbers, 1 Monday to 7
    Sunday, of the first day, or of the last one when only that is printed wrong. `matches` is False
    when the weekday contradicts the printed date or every year looked at, None when there is nothing
    to compare.
    """

    when: When | None
    weekday_stated: int | None
    weekday_actual: int | None
    matches: bool | None
    candidates: tuple[str, ...]


_Token: TypeAlias = tuple[str, int]
"""A letter of `_SHAPES`, or a separator, and the number it stands for."""


class _Part(msgspec.Struct, frozen=True):
    """One end of a printed date, as far as it is printed."""

    year: int | None
    month: int | None
    day: int | None


_NOTHING: Final = _Part(None, None, None)


class _Printed(msgspec.Struct, frozen=True):
    """The numbers of a printed date; `weekdays` holds none, one, or the first and the last."""

    text: str
    weekdays: tuple[int, ...]
    start: _Part
    end: _Part | None


# What the numbers and months of a text mean, by its shape: w weekday word, m month word, d one or two
# digits, y four digits. In the meaning, small letters are the start and capitals the end.
_SHAPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": "", "y": "y", "y-y": "yY", "y-d": "ym", "y-d-d": "ymd",
        "m": "m", "my": "my", "m-m": "mM", "m-my": "mMY", "my-my": "myMY",
        "dm": "dm", "dmy": "dmy", "md": "md", "mdy": "mdy",
        "d-dm": "dDM", "d-dmy": "dDMY", "md-d": "mdD", "md-dy": "mdDY",
        "dm-dm": "dmDM", "dm-dmy": "dmDMY", "dmy-dmy": "dmyDMY",
        "md-md": "mdMD", "md-mdy": "mdMDY", "mdy-mdy": "mdyMDY",
        "d/d": "dm", "d/d/y": "dmy", "d/d/d": "dmy", "d-d-y": "dmy", "d.d.y": "dmy",
        "d-d/d": "dDM", "d-d/d/y": "dDMY", "d-d/d/d": "dDMY",
        "d/d-d/d": "dmDM", "d/d-d/d/y": "dmDMY", "d/d-d/d/d": "dmDMY", "d/d/y-d/d/y": "dmyDMY",
    }
)  # fmt: skip

# EDTF calls the months 21 to 41 seasons and does not write the year before 0000.
_NEWS_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {"unsupported_edtf": "impossible_date", "not_edtf": "year_out_of_range"}
)
_LONGEST: Final = 100
_CENTURY: Final = 2000
_LEAP_YEAR: Final = 2000
_STRAY: Final[_Token] = ("?", 0)
_APOSTROPHES: Final = re.compile("['’‘`´ʼ]")
_DASHES: Final = re.compile("[‐‑‒–—−]")
_UNTIL: Final = re.compile(r"\b(?:s\s?[./]\s?d\b\.?|sd\b|(?:sampai(?: dengan)?|hingga|until|through|to)\b)")
_ZONE: Final = r"(?:wib|wita|wit)"
_HOUR: Final = r"(?:[01]?[0-9]|2[0-3])"
_CLOCK: Final = re.compile(
    rf"(?<![0-9:./])(?:pukul |jam |at )?{_HOUR}(?::[0-5][0-9](?::[0-5][0-9])?(?: ?{_ZONE})?|\.[0-5][0-9] ?{_ZONE})$"
)
_TOKEN: Final = re.compile(r"(?P<number>[0-9]+)(?:st|nd|rd|th)?(?![a-z])|(?P<word>[a-z]+)\.?|(?P<mark>[-/.])|[ (),|]")
_FILLERS: Final = frozenset(("hari", "tanggal", "tgl", "bulan", "tahun", "pada", "dari", "on", "from", "of", "the"))


def read_news_date(text: str, *, reference: str | None = None, years: range | None = None) -> NewsDate:
    """Read a printed date.

    `reference` is the EDTF date of publication (a year is enough): a date without a year is the
    latest one begun by its last day whose weekday fits, among `years` or `LOOK_BACK` years back.
    Without a reference it is the only one in `years` (see `recent_years`) whose weekday fits.
    A year found either way has the basis inferred_year.

    Raises `NewsDateError`, and `EdtfError` when `reference` cannot be read.
    """
    printed = _read(text.strip())
    if printed.start == _NOTHING:
        return NewsDate(None, printed.weekdays[0], None, None, ())
    if printed.start.year is not None:
        return _decided(printed, "stated")
    _when(_in_year(printed, _LEAP_YEAR), "inferred_year")  # a day that no year has is an error, not a gap
    latest = LAST_DAY if reference is None else parse_edtf(reference).high
    if latest == LAST_DAY:  # nothing, or an open date, says when it was published
        return _infer(_readings(printed, range(0) if years is None else years, latest), printed, only=True)
    searched = recent_years(latest) if years is None else years
    return _infer(_readings(printed, searched, latest), printed, only=False)


def recent_years(today: str) -> range:
    """Years to search for a date without a year: that of the ISO day `today` and `LOOK_BACK` before.

    Raises `EdtfError` (`not_a_day`).
    """
    year = date.fromordinal(to_day(today)).year
    return range(max(1, year - LOOK_BACK), year + 1)


def _decided(printed: _Printed, basis: Basis) -> NewsDate:
    when = _when(printed, basis)
    compared = _compared(printed, when)
    if not compared:
        return NewsDate(when, printed.weekdays[0] if printed.weekdays else None, None, None, ())
    stated, actual = next((pair for pair in compared if pair[0] != pair[1]), compared[0])
    return NewsDate(when, stated, actual, stated == actual, ())


def _infer(readings: list[_Printed], printed: _Printed, *, only: bool) -> NewsDate:
    """Decide among the years a date can lie in: the latest that fits, or with `only` the sole one."""
    fitting = [reading for reading in readings if _fits(reading)]
    if len(fitting) == 1 or (fitting and not only):
        return _decided(fitting[-1], "inferred_year")
    comparable = readings and printed.weekdays and printed.start.day is not None
    return NewsDate(
        when=None,
        weekday_stated=printed.weekdays[0] if printed.weekdays else None,
        weekday_actual=None,
        matches=bool(fitting) if comparable else None,
        candidates=tuple(_edtf(reading) for reading in fitting),
    )


def _readings(printed: _Printed, years: range, latest: str) -> list[_Printed]:
    """Return the date in each year that has it, in order, as far as it begins by the day `latest`."""
    readings = [_in_year(printed, year) for year in sorted(years)]
    return [reading for reading in readings if _exists(reading) and _when(reading, "inferred_year").low <= latest]


def _in_year(printed: _Printed, year: int) -> _Printed:
    start, end = printed.start, printed.end
    if end is not None:
        end = msgspec.structs.replace(end, year=year + _turns(start, end))
    return msgspec.structs.replace(printed, start=msgspec.structs.replace(start, year=year), end=end)


def _turns(start: _Part, end: _Part) -> bool:
    """Whether the year turns between the two ends (30 Desember-2 Januari)."""
    return start.month is not None and end.month is not None and start.month > end.month


def _exists(printed: _Printed) -> bool:
    try:
        parse_edtf(_edtf(printed))
    except EdtfError:  # 29 February, or a year beyond the calendar
        return False
    return True


def _fits(printed: _Printed) -> bool:
    return all(stated == actual for stated, actual in _compared(printed, _when(printed, "inferred_year")))


def _compared(printed: _Printed, when: When) -> list[tuple[int, int]]:
    """Pair each printed weekday with that of the calendar."""
    if printed.start.day is None:
        return []
    days = (when.low, when.high)
    return [(stated, date.fromisoformat(day).isoweekday()) for stated, day in zip(printed.weekdays, days, strict=False)]


def _when(printed: _Printed, basis: Basis) -> When:
    try:
        return parse_edtf(_edtf(printed), basis=basis, as_stated=printed.text)
    except EdtfError as error:
        raise NewsDateError(_NEWS_CODES.get(error.code, error.code), printed.text) from error


def _edtf(printed: _Printed) -> str:
    return "/".join(_edtf_part(part) for part in (printed.start, printed.end) if part is not None)


def _edtf_part(part: _Part) -> str:
    rest = "".join(f"-{number:02d}" for number in (part.month, part.day) if number is not None)
    return f"{part.year:04d}{rest}"


def _read(text: str) -> _Printed:
    tokens = _tokens(_fold(text)) if len(text) <= _LONGEST else []
    weekdays, rest = _split_weekdays(tokens)
    shape = "".join(letter for letter, _ in rest)
    if shape not in _SHAPES or not (shape or weekdays):
        raise NewsDateError("unreadable", text)
    numbers = (token for token in rest if token[0] in "dmy")
    slots = {slot: _value(slot, token) for slot, token in zip(_SHAPES[shape], numbers, strict=True)}
    start, end = _ends(slots)
    if len(weekdays) > 1 and end is None:
        raise NewsDateError("unreadable", text)
    return _Printed(text, weekdays, start, end)


def _fold(text: str) -> str:
    """Lower case, plain apostrophes and dashes, one space, "s.d." as a dash, no clock time."""
    plain = unicodedata.normalize("NFKC", _DASHES.sub("-", _APOSTROPHES.sub("", text))).casefold()
    spaced = " ".join(plain.split())
    return _UNTIL.sub("-", _CLOCK.sub("", spaced.rstrip(" .,;|"))).rstrip(" .,;|-")


def _tokens(folded: str) -> list[_Token]:
    tokens = []
    position = 0
    while position < len(folded):
        found = _TOKEN.match(folded, position)
        if found is None:
            return [_STRAY]
        position = found.end()
        tokens += _meaning(found)
    return tokens


def _meaning(found: re.Match[str]) -> list[_Token]:
    number, word, mark = found.group("number", "word", "mark")
    if number:
        return [({1: "d", 2: "d", 4: "y"}.get(len(number), "?"), int(number))]
    if mark:
        return [(mark, 0)]
    if word is None or word in _FILLERS:
        return []
    if word in WEEKDAYS:
        return [("w", WEEKDAYS[word])]
    return [("m", MONTHS[word])] if word in MONTHS else [_STRAY]


def _split_weekdays(tokens: list[_Token]) -> tuple[tuple[int, ...], list[_Token]]:
    shape = "".join(letter for letter, _ in tokens)
    named = 3 if shape.startswith("w-w") else 1 if shape.startswith("w") else 0
    rest = tokens[named:]
    return tuple(value for _, value in tokens[:named:2]), rest[1:] if named and rest[:1] == [("-", 0)] else rest


def _value(slot: str, token: _Token) -> int:
    letter, value = token
    return _CENTURY + value if slot in "yY" and letter == "d" else value


def _ends(slots: Mapping[str, int]) -> tuple[_Part, _Part | None]:
    """Start and end, each with the month and the year that only the other one prints."""
    start = _Part(slots.get("y"), slots.get("m", slots.get("M")), slots.get("d"))
    if not any(slot.isupper() for slot in slots):
        return start, None
    end = _Part(slots.get("Y"), slots.get("M", slots.get("m")), slots.get("D"))
    if start.year is None and end.year is not None:
        start = _Part(end.year - _turns(start, end), start.month, start.day)
    return start, end
