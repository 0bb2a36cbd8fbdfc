"""Numbers for words: how ties and filters look to an engine that compares integers. Pure; codes: the vocabulary."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, get_args

import msgspec

from graph.errors import Unreadable
from graph.model import Filters, Modality, Tie
from graph.time import EdtfError, from_day, to_day
from graph.vocabulary import Text, vocabulary

EVERYTHING: Final = -1  # a mask with every bit set
NEVER: Final = 1 << 62  # later than every version and every day
MEMBER_OF: Final = "MEMBER_OF"


class TieCode(msgspec.Struct, frozen=True):
    """A tie without its ends and fact: type and modality codes, days, subsector bits."""

    type: int
    neg_high: int  # so that an ascending index is newest first
    low: int
    modality: int
    voices: int
    subsectors: int


class Sieve(msgspec.Struct, frozen=True):
    """A filter as numbers: masks to be met by codes, bounds on days, voices and versions."""

    types: int
    modalities: int
    neg_high: int  # a tie's neg_high must not be above: it ends on or after `since`
    low: int  # a tie's low must not be above: it begins by `until` and `as_of`
    subsectors: int  # 0: any
    voices: int
    known: int  # a tie must have been opened by this version
    past: bool  # whether closed ties count too


@cache
def tie_codes() -> dict[str, int]:
    """Return the stable code of each tie type."""
    return {name: tie.code for name, tie in vocabulary().tie_types.items()}


@cache
def tie_names() -> dict[int, str]:
    """Return the tie type of each code."""
    return {code: name for name, code in tie_codes().items()}


@cache
def _modalities() -> dict[Modality, int]:
    names: tuple[Modality, ...] = get_args(Modality)
    return {name: vocabulary().term("modality", name).code for name in names}


@cache
def modality_names() -> dict[int, Modality]:
    """Return the modality of each code."""
    return {code: name for name, code in _modalities().items()}


def modality_code(name: Modality) -> int:
    """Return a modality's code. Raises KeyError."""
    return _modalities()[name]


@cache
def _bits() -> dict[str, int]:
    return {subsector.id: 1 << subsector.bit for subsector in vocabulary().subsectors.values()}


def subsector_mask(ids: Iterable[str]) -> int:
    """Return the bits of subsector ids (`subsector:film`; the bare key `film` too); unknown ones have none."""
    bits = _bits()
    return sum({bits.get(i if ":" in i else f"subsector:{i}", 0) for i in ids})


@cache
def subsectors_of(mask: int) -> tuple[str, ...]:
    """Return the subsector ids of a mask, ascending."""
    return tuple(sorted(i for i, bit in _bits().items() if bit & mask))


@lru_cache(maxsize=8192)
def day(iso: str) -> int:
    """Return the day number of an ISO day. Raises EdtfError."""
    return to_day(iso)


def asked_day(iso: str, parameter: str) -> int:
    """Return the day number of a day that somebody asked for. Raises Unreadable."""
    try:
        return day(iso)
    except EdtfError as error:
        raise Unreadable(parameter, Text(id=error.reason("id"), en=error.reason("en"))) from error


@lru_cache(maxsize=8192)
def iso_day(number: int) -> str:
    """Return the ISO day of a day number. Raises EdtfError."""
    return from_day(number)


def code_of(tie: Tie) -> TieCode:
    """Return a tie's numbers."""
    return TieCode(
        tie_codes()[tie.type],
        -day(tie.high),
        day(tie.low),
        modality_code(tie.modality),
        tie.voices,
        subsector_mask(tie.subsectors),
    )


@cache
def _walkable() -> int:
    return sum(1 << tie.code for tie in vocabulary().tie_types.values() if tie.walk == "walkable")


def sieve_of(filters: Filters) -> Sieve:
    """Return a filter's numbers. Types and modalities that the vocabulary does not have match nothing.

    Raises Unreadable for a day that is none.
    """
    codes, modalities = tie_codes(), _modalities()
    types = sum(1 << codes[name] for name in set(filters.types) if name in codes)
    modality = sum(1 << code for name, code in modalities.items() if name in filters.modalities)
    begun = [
        asked_day(one, name) for one, name in ((filters.until, "until"), (filters.as_of, "as_of")) if one is not None
    ]
    return Sieve(
        types=types if filters.types else _walkable(),
        modalities=modality if filters.modalities else EVERYTHING,
        neg_high=-asked_day(filters.since, "since") if filters.since is not None else 0,
        low=min(begun, default=NEVER),
        subsectors=(subsector_mask(filters.subsectors) or 1 << 62) if filters.subsectors else 0,
        voices=filters.min_voices,
        known=NEVER if filters.known_as_of is None else filters.known_as_of,
        past=filters.known_as_of is not None,
    )
