"""Ids and the keys by which names are compared. Computed here only, so that two stores cannot disagree."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

ID = re.compile(r"(?P<kind>[a-z_]+):(?P<slug>[a-z0-9]+(?:[.-][a-z0-9]+)*)\Z")
_SEPARATORS = re.compile(r"[\W_]+")


def parse_id(text: str) -> tuple[str, str] | None:
    """Split `kind:slug` into its parts; None when the text is not an id."""
    match = ID.match(text)
    return (match["kind"], match["slug"]) if match else None


def fold(text: str) -> str:
    """Return the key by which names are equal: NFKC, casefold, everything but letters and digits to one space.

    Combining marks of the casefolded text are kept (they distinguish names); `transliterate` drops them.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _SEPARATORS.sub(" ", folded).strip()


@lru_cache(maxsize=4096)
def transliterate(text: str) -> str:
    """Return the second key: the folded text in ASCII ("이원정" and "Седьмой" become Latin letters)."""
    return fold(anyascii(fold(text)))


def name_keys(text: str) -> tuple[str, ...]:
    """Return the distinct, non-empty keys under which a name is found, the folded one first."""
    return tuple(dict.fromkeys(key for key in (fold(text), transliterate(text)) if key))


def trigrams(key: str) -> frozenset[str]:
    """Return the three-letter windows of a key, each word padded by a space on both sides ("ab" -> " ab", "ab ")."""
    padded = (f" {word} " for word in key.split())
    return frozenset(word[i : i + 3] for word in padded for i in range(len(word) - 2))


def slugify(text: str) -> str:
    """Return the slug of a name: ASCII letters and digits joined by single hyphens."""
    return transliterate(text).replace(" ", "-")
