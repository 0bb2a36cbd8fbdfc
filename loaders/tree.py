"""What every reader makes of a file: texts, lists and tables that know where they stand.

Nothing is typed here: `no`, `1_000` and `2025-05` are the texts an editor typed.
"""

import msgspec

from graph.vocabulary import Text
from loaders.problem import At


class Scalar(msgspec.Struct, frozen=True):
    """One text. plain: written without quotes."""

    text: str
    at: At
    plain: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written, or YAML's word for nothing."""
        return not self.text.strip() or (self.plain and self.text in ("~", "null", "Null", "NULL"))


class Series(msgspec.Struct, frozen=True):
    """A list of items."""

    items: "tuple[Item, ...]"
    at: At


class Entry(msgspec.Struct, frozen=True):
    """One key of a table and its value; at is the key's position."""

    at: At
    item: "Item"


class Table(msgspec.Struct, frozen=True):
    """Keys and values in the order written."""

    entries: dict[str, Entry]
    at: At

    def text(self, key: str) -> str | None:
        """Return the text under a key, None when it is missing or no text."""
        entry = self.entries.get(key)
        return entry.item.text if entry is not None and isinstance(entry.item, Scalar) else None


class Hole(msgspec.Struct, frozen=True):
    """Something already reported as broken; whoever meets it says nothing more."""

    at: At


Item = Scalar | Series | Table | Hole

_FORMS = {
    Scalar: Text(id="teks", en="a text"),
    Series: Text(id="daftar", en="a list"),
    Table: Text(id="pasangan kunci: nilai", en="key: value pairs"),
    Hole: Text(id="tidak terbaca", en="unreadable"),
}


def form_of(item: Item) -> Text:
    """Name the form of an item."""
    return _FORMS[type(item)]
