"""Typed readers of tree items. One object says how a value is read, what is wrong with it, and its JSON Schema.

A shape returns None after noting what is wrong; nobody asks twice, and one mistake is reported once.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, Final, Generic, TypeVar, cast

from rapidfuzz import process

from graph.vocabulary import Text
from loaders.problem import At, Problems
from loaders.tree import Hole, Item, Scalar, Series, Table, form_of

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Schema = dict[str, Any]

TEXT_FORM: Final = Text(id="teks", en="a text")
LIST_FORM: Final = Text(id="daftar", en="a list")
TABLE_FORM: Final = Text(id="pasangan kunci: nilai", en="key: value pairs")


def nearest(word: str, choices: Iterable[str], cutoff: float = 60) -> tuple[str, ...]:
    """Return the choice that is spelt most like a word, if any is close enough."""
    best = process.extractOne(word.casefold(), list(choices), score_cutoff=cutoff)
    return (best[0],) if best else ()


class Shape(ABC, Generic[T_co]):
    """How one value is read."""

    def read(self, item: Item, found: Problems) -> T_co | None:
        """Return the typed value, or None after noting what is wrong (nothing for what is already reported)."""
        return None if isinstance(item, Hole) else self.parse(item, found)

    @abstractmethod
    def parse(self, item: Item, found: Problems) -> T_co | None:
        """Return the typed value, or None after noting what is wrong."""

    @abstractmethod
    def schema(self) -> Schema:
        """Return the JSON Schema (2020-12) of the value as an editor's tool sees it."""


def scalar(item: Item, found: Problems) -> Scalar | None:
    """Return the item when it is a text with something in it."""
    if not isinstance(item, Scalar):
        found.add("E203", item.at, expected=TEXT_FORM, got=form_of(item))
        return None
    if item.is_empty:
        found.add("E204", item.at)
        return None
    return item


class Field(Generic[T_co]):
    """One key of a table: its name, how its value is read, and whether it must be there."""

    def __init__(self, key: str, shape: Shape[T_co], *, required: bool = False) -> None:
        """Keep what the key is."""
        self.key = key
        self.shape = shape
        self.required = required


class Values:
    """The values of a table that could be read, with their positions."""

    def __init__(self, table: Table, read: Mapping[str, object]) -> None:
        """Keep the table beside what was read of it."""
        self.table = table
        self._read = read

    def get(self, field: Field[T]) -> T | None:
        """Return the value of a field, None when it is missing or broken."""
        return cast("T | None", self._read.get(field.key))

    def need(self, field: Field[T]) -> T:
        """Return the value of a required field of a table that `is_whole`."""
        return cast("T", self._read[field.key])

    def has(self, field: Field[Any]) -> bool:
        """Whether the key was written, readable or not."""
        return field.key in self.table.entries

    def at(self, field: Field[Any] | str) -> At:
        """Return the position of a field's value, of the table when it was not written."""
        entry = self.table.entries.get(field if isinstance(field, str) else field.key)
        return self.table.at if entry is None else entry.item.at

    def is_whole(self, fields: Iterable[Field[Any]]) -> bool:
        """Whether each of these fields could be read."""
        return all(field.key in self._read for field in fields)


class Record(Shape[Values]):
    """A table with known keys."""

    def __init__(self, name: str, *fields: Field[Any], elsewhere: Mapping[str, Text] | None = None) -> None:
        """Keep the fields. elsewhere: keys that belong to other records, with the words for where."""
        self.name = name
        self.fields = {field.key: field for field in fields}
        self.elsewhere = elsewhere or {}

    def parse(self, item: Item, found: Problems) -> Values | None:
        """Read every known key, and note unknown and missing ones."""
        if not isinstance(item, Table):
            found.add("E203", item.at, expected=TABLE_FORM, got=form_of(item), allowed=self.fields)
            return None
        read: dict[str, object] = {}
        for key, entry in item.entries.items():
            field = self.fields.get(key)
            if field is None:
                self._unknown(key, entry.at, found)
                continue
            value = field.shape.read(entry.item, found)
            if value is not None:
                read[key] = value
        for field in self.fields.values():
            if field.required and field.key not in item.entries:
                found.add("E201", item.at, key=field.key)
        return Values(item, read)

    def _unknown(self, key: str, at: At, found: Problems) -> None:
        if key in self.elsewhere:
            found.add("E207", at, key=key, where=self.elsewhere[key], allowed=self.fields)
        else:
            found.add("E202", at, key=key, nearest=nearest(key, self.fields), allowed=self.fields)

    def schema(self) -> Schema:
        """Return an object schema that refuses unknown keys."""
        schema: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {key: field.shape.schema() for key, field in self.fields.items()},
        }
        required = [field.key for field in self.fields.values() if field.required]
        return schema | ({"required": required} if required else {})


class Many(Shape[tuple[T_co, ...]]):
    """A list of values; with `single` one value may stand for a list of one."""

    def __init__(self, shape: Shape[T_co], *, single: bool = False, empty: bool = False) -> None:
        """Keep the shape of each value. empty: whether the list may be empty."""
        self.shape = shape
        self.single = single
        self.empty = empty

    def parse(self, item: Item, found: Problems) -> tuple[T_co, ...] | None:
        """Read each value; broken ones are left out after being noted."""
        if not isinstance(item, Series):
            if self.single:
                value = self.shape.read(item, found)
                return None if value is None else (value,)
            found.add("E203", item.at, expected=LIST_FORM, got=form_of(item))
            return None
        if not item.items and not self.empty:
            found.add("E204", item.at)
            return None
        values = [self.shape.read(each, found) for each in item.items]
        return tuple(value for value in values if value is not None)

    def schema(self) -> Schema:
        """Return a list schema, or a choice between one value and a list."""
        each = self.shape.schema()
        listed: Schema = {"type": "array", "items": each} | ({} if self.empty else {"minItems": 1})
        return {"anyOf": [each, listed]} if self.single else listed
