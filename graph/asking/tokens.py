"""The words of a question, with where they stand."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from graph.errors import Unreadable
from graph.vocabulary import Lang, Text, vocabulary

MAX_LETTERS: Final = 300
BETWEEN: Final = "↔"  # any dash, arrow, slash or ampersand between words
_APOSTROPHES: Final = "'’‘`´ʼ"
_UNREADABLE: Final = Text(
    id=f"q: tulis satu pertanyaan atau nama, paling panjang {MAX_LETTERS} huruf.",
    en=f"q: write one question or name of at most {MAX_LETTERS} characters.",
)


class Token(NamedTuple):
    """One folded word, node id or BETWEEN; start and end are places in the folded question."""

    text: str
    start: int
    end: int


class Words(NamedTuple):
    """A question: folded as names are (see `graph.identity.fold`), its marks kept, and cut into tokens."""

    folded: str
    tokens: tuple[Token, ...]

    def name(self, first: int, last: int) -> str:
        """Return the words from one token to another, both included, as a name is written."""
        return " ".join(token.text for token in self.tokens[first : last + 1] if token.text != BETWEEN)

    def raw(self, first: int, last: int) -> str:
        """Return the same stretch with its marks."""
        return self.folded[self.tokens[first].start : self.tokens[last].end]


def tokenise(question: str) -> Words:
    """Cut a question into words. Raises Unreadable when it is too long or holds no letter or digit."""
    if len(question) > MAX_LETTERS:
        raise Unreadable("q", _UNREADABLE)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", question).casefold())
    tokens = tuple(_token(found) for found in _pattern().finditer(folded) if not _possessive(found, folded))
    if not any(token.text != BETWEEN for token in tokens):
        raise Unreadable("q", _UNREADABLE)
    return Words(folded, tokens)


@cache
def _pattern() -> re.Pattern[str]:
    kinds = "|".join(vocabulary().kinds)
    return re.compile(rf"(?:{kinds}):[a-z0-9]+(?:[.-][a-z0-9]+)*|[^\W_]+|[-‐‑‒–—−↔→←⇄⇔<>=&+/|~]+")


def _token(found: re.Match[str]) -> Token:
    return Token(found[0] if found[0][0].isalnum() else BETWEEN, found.start(), found.end())


def _possessive(found: re.Match[str], folded: str) -> bool:
    return found[0] == "s" and found.start() > 0 and folded[found.start() - 1] in _APOSTROPHES


def language(words: Words, lists: Mapping[Lang, Collection[str]]) -> Lang:
    """Return the language most words of a question belong to; Indonesian when they are even."""
    return "en" if _count(words.tokens, lists["en"]) > _count(words.tokens, lists["id"]) else "id"


def _count(tokens: Sequence[Token], known: Collection[str]) -> int:
    return sum(token.text in known for token in tokens)
