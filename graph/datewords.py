"""Words for dates: the names of months and weekdays, and a date said in Indonesian or English."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

Lang: TypeAlias = Literal["id", "en"]

MONTH_NAMES: Final[Mapping[Lang, tuple[str, ...]]] = MappingProxyType(
    {
        "id": (
            "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus",
            "September", "Oktober", "November", "Desember",
        ),
        "en": (
            "January", "February", "March", "April", "May", "June", "July", "August",
            "September", "October", "November", "December",
        ),
    }
)  # fmt: skip
WEEKDAY_NAMES: Final[Mapping[Lang, tuple[str, ...]]] = MappingProxyType(
    {
        "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
        "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    }
)

# Keys "start.." and "end.." are open ends, "start" and "end" unknown ones.
_WORDS: Final[Mapping[str, Mapping[Lang, str]]] = MappingProxyType(
    {
        "unknown": {"id": "tanggal tidak diketahui", "en": "date unknown"},
        "no_day": {"id": "{}, hari tidak diketahui", "en": "{}, day unknown"},
        "~": {"id": "sekitar {}", "en": "around {}"},
        "?": {"id": "mungkin {}", "en": "possibly {}"},
        "%": {"id": "mungkin sekitar {}", "en": "possibly around {}"},
        "start": {"id": "awal tidak diketahui, hingga {}", "en": "start unknown, until {}"},
        "start..": {"id": "hingga {}", "en": "until {}"},
        "end": {"id": "mulai {}, akhir tidak diketahui", "en": "from {}, end unknown"},
        "end..": {"id": "sejak {}", "en": "since {}"},
        "or": {"id": "{} atau {}", "en": "{} or {}"},
        "one_day": {"id": "salah satu hari dari {}", "en": "one day of {}"},
        "one_month": {"id": "salah satu bulan dari {}", "en": "one month of {}"},
        "one_year": {"id": "salah satu tahun dari {}", "en": "one year of {}"},
    }
)

_QUALIFIERS: Final = "~?%"
_BOUNDLESS: Final = ("", "..")
_UNITS: Final = ("year", "month", "day")


def date_unknown(lang: Lang) -> str:
    """Say that a date is not known at all."""
    return _say("unknown", lang)


def describe_edtf(edtf: str, lang: Lang) -> str:
    """Say an EDTF text that `graph.time.parse_edtf` accepts, exactly as precisely as it is.

    A year alone says that its day is unknown, a month alone does not; an interval says once what
    its ends share (`8–9 Oktober 2024`).
    """
    if edtf.startswith("["):
        return _describe_set(edtf, lang)
    if "/" in edtf:
        return _describe_interval(edtf, lang)
    return _alone(edtf, lang)


def _say(key: str, lang: Lang, *parts: str) -> str:
    return _WORDS[key][lang].format(*parts)


def _alone(one_date: str, lang: Lang) -> str:
    words = _qualified(one_date, lang)
    return words if "-" in one_date else _say("no_day", lang, words)


def _qualified(one_date: str, lang: Lang) -> str:
    bare = one_date.rstrip(_QUALIFIERS)
    words = _plain(bare, lang)
    return words if bare == one_date else _say(one_date[-1], lang, words)


def _plain(one_date: str, lang: Lang) -> str:
    year, *month_day = (int(number) for number in one_date.split("-"))
    words = [MONTH_NAMES[lang][month - 1] for month in month_day[:1]]
    return " ".join([*map(str, month_day[1:]), *words, str(year)])


def _describe_interval(edtf: str, lang: Lang) -> str:
    start, end = edtf.split("/")
    if start in _BOUNDLESS:
        return _say("start" + start, lang, _qualified(end, lang))
    if end in _BOUNDLESS:
        return _say("end" + end, lang, _qualified(start, lang))
    if start == end:
        return _alone(start, lang)
    if {start[-1], end[-1]} & set(_QUALIFIERS):
        return f"{_qualified(start, lang)} – {_qualified(end, lang)}"
    return _run(start, end, lang)


def _run(start: str, end: str, lang: Lang) -> str:
    """Two dates with a dash, saying once what they share (8–9 Oktober 2024)."""
    first, last = _plain(start, lang), _plain(end, lang)
    if _unit(start) == _unit(end) == "year":
        return f"{first}–{last}"
    if _unit(start) != _unit(end) or start[:4] != end[:4]:
        return f"{first} – {last}"
    if start[:7] == end[:7]:
        return f"{int(start[8:])}–{last}"
    first = first.rpartition(" ")[0]
    return f"{first} – {last}" if " " in first else f"{first}–{last}"


def _describe_set(edtf: str, lang: Lang) -> str:
    *head, last = (_describe_member(member, lang) for member in edtf[1:-1].split(","))
    return _say("or", lang, ", ".join(head), last) if head else last


def _describe_member(member: str, lang: Lang) -> str:
    start, dots, end = member.partition("..")
    if not dots:
        return _plain(start, lang)
    return _say("one_" + _unit(start), lang, _run(start, end, lang))


def _unit(one_date: str) -> str:
    return _UNITS[one_date.count("-")]
