"""Opaque cursors: where a list goes on. They hold the last key seen, so a list never shifts under its reader."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import Final

from app.questions import Asked
from app.reading import Refusal, Refused
from graph.vocabulary import Text

_DIGEST: Final = 6  # bytes
_NOT_PART: Final = {"cursor", "limit", "lang"}  # may change from page to page


def write_cursor(question: Asked, after: str) -> str:
    """Return the cursor that goes on after this key in the list that the question asks for."""
    return urlsafe_b64encode(_digest(question) + after.encode()).decode().rstrip("=")


def read_cursor(question: Asked, cursor: str | None) -> str:
    """Return the key that a cursor goes on after; "" without one. Raises Refused for a cursor of another question."""
    if cursor is None:
        return ""
    try:
        held = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        after = held[_DIGEST:].decode()
    except (NotBase64, ValueError):
        raise Refused([_REFUSAL]) from None
    if held[:_DIGEST] != _digest(question) or not after:
        raise Refused([_REFUSAL])
    return after


def _digest(question: Asked) -> bytes:
    told = type(question).__name__ + question.model_dump_json(exclude=_NOT_PART)
    return hashlib.blake2b(told.encode(), digest_size=_DIGEST).digest()


_REFUSAL: Final = Refusal(
    "bad_cursor",
    "cursor",
    Text(
        id="cursor: bukan lanjutan dari daftar ini; mulai lagi tanpa cursor.",
        en="cursor: does not belong to this list; begin again without it.",
    ),
)
