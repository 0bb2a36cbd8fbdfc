"""What a client's headers ask for: language, encoding, and whether it already has the answer (RFC 9110)."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec

from graph.vocabulary import Lang

_LANG: Final = re.compile(rb"(?:^|&)lang=(id|en)(?:&|$)")
# "in" is the code that older Java programs still send for Indonesian.
_CODES: Final[dict[str, Lang]] = {"id": "id", "in": "id", "en": "en"}


class Wishes(msgspec.Struct):
    """The request headers that decide about an answer; empty when not sent."""

    if_none_match: bytes = b""
    accept_encoding: bytes = b""
    accept_language: bytes = b""
    accept: bytes = b""


def wishes(headers: Iterable[tuple[bytes, bytes]]) -> Wishes:
    """Read the headers that decide about an answer. A header sent several times counts as one list."""
    found = Wishes()
    for name, value in headers:
        if name == b"if-none-match":
            found.if_none_match = _join(found.if_none_match, value)
        elif name == b"accept-encoding":
            found.accept_encoding = _join(found.accept_encoding, value)
        elif name == b"accept-language":
            found.accept_language = _join(found.accept_language, value)
        elif name == b"accept":
            found.accept = _join(found.accept, value)
    return found


def _join(first: bytes, second: bytes) -> bytes:
    return first + b", " + second if first else second


def language(query: bytes, accept_language: bytes, default: Lang) -> Lang:
    """Return the language a reader wants: the `lang` parameter, else Accept-Language, else the default."""
    if query and (asked := _LANG.search(query)):
        return "id" if asked[1] == b"id" else "en"
    return spoken(accept_language, default) if accept_language else default


@lru_cache(maxsize=256)
def spoken(accept_language: bytes, default: Lang) -> Lang:
    """Return the language that Accept-Language prefers among ours; the first one wins a tie."""
    best: tuple[float, Lang] = (0.0, default)
    for part in accept_language.decode("latin-1").split(","):
        tag, _, parameters = part.partition(";")
        code = _CODES.get(tag.strip().lower().split("-")[0])
        weight = _weight(parameters)
        if code is not None and weight > best[0]:
            best = (weight, code)
    return best[1]


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    return float(value) if re.fullmatch(r"[01](\.[0-9]{0,3})?", value.strip()) else 0.0


@lru_cache(maxsize=256)
def takes_gzip(accept_encoding: bytes) -> bool:
    """Say whether the client reads gzip."""
    answer = False
    for part in accept_encoding.decode("latin-1").split(","):
        coding, _, parameters = part.partition(";")
        if coding.strip().lower() in ("gzip", "x-gzip"):
            return _weight(parameters) > 0
        if coding.strip() == "*":
            answer = _weight(parameters) > 0
    return answer


def has_already(if_none_match: bytes, etag: bytes) -> bool:
    """Say whether the client holds this entity. etag: quoted, without W/ (the comparison is the weak one)."""
    return if_none_match.strip() == b"*" or etag in if_none_match
