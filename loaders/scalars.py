"""The small values of curation files: texts, closed lists, numbers, addresses."""

import re
import sys
from abc import abstractmethod
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from graph.identity import ID
from graph.vocabulary import Text, vocabulary
from loaders.problem import Problems
from loaders.shape import TABLE_FORM, Field, Record, Schema, Shape, nearest, scalar
from loaders.tree import Item, Table, form_of

# Characters that change how a line is shown without being seen: bidirectional controls, zero-width ones, separators.
_UNSEEN: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufff9-\ufffb]")


class Words(Shape[str]):
    """A text of at most `limit` characters; its outer blanks go, its line breaks become blanks."""

    def __init__(self, limit: int = 200) -> None:
        """Keep the limit."""
        self.limit = limit

    def parse(self, item: Item, found: Problems) -> str | None:
        """Return the text."""
        given = scalar(item, found)
        if given is None:
            return None
        text = " ".join(given.text.split())
        unseen = _UNSEEN.search(text)
        if unseen is not None:
            found.add("E219", item.at, character=f"U+{ord(unseen.group()):04X}")
            return None
        if len(text) > self.limit:
            found.add("E205", item.at, limit=str(self.limit), length=str(len(text)))
            return None
        return text

    def schema(self) -> Schema:
        """Return a text schema with its limit. Numbers are texts too: nothing is typed before the loader does."""
        return {"type": ["string", "number"], "maxLength": self.limit}


class Pattern(Shape[str]):
    """A text of a fixed form, such as a locator or an ISO code."""

    def __init__(self, pattern: str, what: Text, example: str) -> None:
        """Keep the form, its name in words and one example."""
        self.pattern = pattern
        self.what = what
        self.example = example

    def parse(self, item: Item, found: Problems) -> str | None:
        """Return the text when it has the form."""
        given = scalar(item, found)
        if given is None:
            return None
        if re.fullmatch(self.pattern, given.text) is None:
            found.add("E210", item.at, value=given.text, what=self.what, example=self.example)
            return None
        return same(given.text)

    def schema(self) -> Schema:
        """Return a text schema with the form."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


def same(text: str) -> str:
    """Return the one object of a text: canonical JSON leaves a default out only when it is the very same object."""
    return sys.intern(text)


class ClosedList(Shape[str]):
    """One value of a closed list."""

    @abstractmethod
    def values(self) -> tuple[str, ...]:
        """Return the list."""

    def parse(self, item: Item, found: Problems) -> str | None:
        """Return the value when the list has it."""
        given = scalar(item, found)
        if given is None:
            return None
        values = self.values()
        if given.text not in values:
            found.add("E206", item.at, value=given.text, nearest=nearest(given.text, values), allowed=values)
            return None
        return same(given.text)

    def schema(self) -> Schema:
        """Return an enumeration."""
        return {"enum": list(self.values())}


class Choice(ClosedList):
    """One value of a list given here."""

    def __init__(self, *values: str) -> None:
        """Keep the list."""
        self._values = values

    def values(self) -> tuple[str, ...]:
        """Return the list."""
        return self._values


class Term(ClosedList):
    """One value of a closed list of the vocabulary, such as `modality`."""

    def __init__(self, group: str) -> None:
        """Keep the name of the list."""
        self.group = group

    def values(self) -> tuple[str, ...]:
        """Return the list."""
        return tuple(vocabulary().terms[self.group])

    def schema(self) -> Schema:
        """Return an enumeration under the list's name."""
        return super().schema() | {"title": self.group}


class FactTypeName(ClosedList):
    """The name of a fact type."""

    def values(self) -> tuple[str, ...]:
        """Return the fact types of the vocabulary."""
        return tuple(vocabulary().fact_types)


class Flag(Shape[bool]):
    """true or false."""

    def parse(self, item: Item, found: Problems) -> bool | None:
        """Return the truth value."""
        chosen = Choice("true", "false").parse(item, found)
        return None if chosen is None else chosen == "true"

    def schema(self) -> Schema:
        """Return a boolean schema."""
        return {"type": "boolean"}


class Number(Shape[float]):
    """A decimal number within bounds."""

    def __init__(self, low: float, high: float) -> None:
        """Keep the bounds."""
        self.low = low
        self.high = high

    def parse(self, item: Item, found: Problems) -> float | None:
        """Return the number."""
        given = scalar(item, found)
        if given is None:
            return None
        value = float(given.text) if re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,12})?", given.text) else None
        if value is None or not self.low <= value <= self.high:
            found.add("E216", item.at, value=given.text, low=f"{self.low:g}", high=f"{self.high:g}")
            return None
        return value

    def schema(self) -> Schema:
        """Return a number schema."""
        return {"type": "number", "minimum": self.low, "maximum": self.high}


class Address(Shape[str]):
    """A web address: http or https, a host, no user name."""

    def parse(self, item: Item, found: Problems) -> str | None:
        """Return the address when a browser may be sent there."""
        given = scalar(item, found)
        if given is None:
            return None
        if len(given.text) > 2000 or not _is_safe(given.text):
            found.add("E501", item.at, value=given.text, allowed=("https://", "http://"))
            return None
        return given.text

    def schema(self) -> Schema:
        """Return a text schema for addresses."""
        return {"type": "string", "format": "uri", "pattern": "^https?://"}


def _is_safe(text: str) -> bool:
    if not re.fullmatch(r"https?://[!-~\u00a1-\U0010ffff]+", text) or "\\" in text:
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:  # unbalanced brackets, a port that is no number
        return False


class Both(Shape[Text]):
    """One text in both languages: {id: ..., en: ...}."""

    def __init__(self, limit: int = 280) -> None:
        """Keep the limit of each language."""
        self.limit = limit
        self.id = Field("id", Words(limit), required=True)
        self.en = Field("en", Words(limit), required=True)
        self.record = Record("both", self.id, self.en)

    def parse(self, item: Item, found: Problems) -> Text | None:
        """Return the pair; both languages are required."""
        if not isinstance(item, Table):
            found.add("E203", item.at, expected=TABLE_FORM, got=form_of(item), allowed=("{id: ..., en: ...}",))
            return None
        values = self.record.parse(item, found)
        if values is None or not values.is_whole((self.id, self.en)):
            return None
        return Text(values.need(self.id), values.need(self.en))

    def schema(self) -> Schema:
        """Return an object schema with both languages."""
        return self.record.schema() | {"title": f"both-{self.limit}"}


class Ident(Shape[str]):
    """A full id `kind:slug` of one of these kinds."""

    def __init__(self, kinds: Iterable[str]) -> None:
        """Keep the kinds."""
        self.kinds = tuple(kinds)

    def parse(self, item: Item, found: Problems) -> str | None:
        """Return the id when its kind is one of these."""
        given = scalar(item, found)
        if given is None:
            return None
        match = ID.match(given.text)
        if match is None or len(given.text) > 120:
            example = f"{self.kinds[0]}:slug-2025"
            what = Text(id="id", en="an id")
            found.add("E210", item.at, value=given.text, what=what, example=example)
            return None
        if match["kind"] not in self.kinds:
            close = nearest(match["kind"], self.kinds)
            found.add("E413", item.at, kind=match["kind"], nearest=close, allowed=(f"{kind}:" for kind in self.kinds))
            return None
        return given.text

    def schema(self) -> Schema:
        """Return a text schema for ids of these kinds."""
        return {"type": "string", "pattern": rf"^({'|'.join(self.kinds)}):[a-z0-9]+([.-][a-z0-9]+)*$"}
