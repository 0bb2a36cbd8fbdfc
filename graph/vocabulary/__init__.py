"""The words of the domain as data: node kinds, fact types, subsectors and closed lists.

Every room reads them from here: the loader checks slots, the API validates values, the pages and the teller take labels
and phrases, the stores take labels, relationship types and stable codes.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

Lang = Literal["id", "en"]
Walk = Literal["walkable", "planned", "co_attended", "structural", "filter", "containment", "none"]


class Text(msgspec.Struct, frozen=True):
    """One text in both languages."""

    id: str
    en: str

    def get(self, lang: Lang) -> str:
        """Return the text in one language."""
        return self.id if lang == "id" else self.en


class Both(msgspec.Struct, frozen=True):
    """A phrase in both reading directions: `ab` first side to second side, `ba` the other way round."""

    ab: Text
    ba: Text


class Slot(msgspec.Struct, frozen=True):
    """Who may fill one place of a fact. side: "*" a group of `sides`, "a"/"b" a fixed side, "" no side (no tie)."""

    name: str
    label: Text
    kinds: tuple[str, ...]
    side: Literal["*", "a", "b", ""]
    required: bool
    many: bool


class FactType(msgspec.Struct, frozen=True):
    """One relation the graph knows, with its slots and the tie it projects."""

    name: str
    label: Text
    done: Both
    nominal: Both
    tie: str
    code: int
    symmetric: bool
    walk: Walk
    strength: float
    ages: bool
    attributes: tuple[str, ...]
    slots: tuple[Slot, ...]

    def slot(self, name: str) -> Slot | None:
        """Return the slot of that name, or None."""
        return next((slot for slot in self.slots if slot.name == name), None)


class TieType(msgspec.Struct, frozen=True):
    """One kind of actor-actor edge. code is its stable number (bit `1 << code` in filter masks)."""

    name: str
    code: int
    fact_type: str
    symmetric: bool
    walk: Walk
    strength: float
    ages: bool


class Kind(msgspec.Struct, frozen=True):
    """A node kind with its store labels, its role (actor, place, event, subsector, source) and sub-kinds."""

    name: str
    label: Text
    labels: tuple[str, ...]
    role: Literal["actor", "place", "event", "subsector", "source"]
    subkinds: dict[str, Text]


class Subsector(msgspec.Struct, frozen=True):
    """A subsector of the creative economy; bit is its place in store filter masks."""

    key: str
    bit: int
    official: bool
    name: Text
    short: Text | None
    broader: str | None
    aliases: dict[str, tuple[str, ...]]

    @property
    def id(self) -> str:
        """Node id of the subsector."""
        return f"subsector:{self.key}"


class Term(msgspec.Struct, frozen=True):
    """One value of a closed list. code, weight, default and sentence are set for modalities only."""

    label: Text
    code: int = 0
    weight: float = 1.0
    default: bool = True
    sentence: Text | None = None


# A person who acted for a body in a fact stands with that body: one stop, no hop (see the domain model).
ACTED_FOR = TieType("ACTED_FOR", 15, "", symmetric=False, walk="structural", strength=0.0, ages=False)


class Vocabulary(msgspec.Struct, frozen=True):
    """All domain words. Mappings keep the order of the data files."""

    kinds: dict[str, Kind]
    fact_types: dict[str, FactType]
    tie_types: dict[str, TieType]
    subsectors: dict[str, Subsector]
    terms: dict[str, dict[str, Term]]

    def term(self, group: str, value: str) -> Term:
        """Return one value of a closed list such as `modality`. Raises KeyError when unknown."""
        return self.terms[group][value]

    def tie_by_code(self, code: int) -> TieType:
        """Return the tie type with this stable code. Raises KeyError when unknown."""
        for tie in self.tie_types.values():
            if tie.code == code:
                return tie
        raise KeyError(code)

    def modality_by_code(self, code: int) -> str:
        """Return the modality with this stable code. Raises KeyError when unknown."""
        for name, term in self.terms["modality"].items():
            if term.code == code:
                return name
        raise KeyError(code)

    def with_narrower(self, subsectors: Iterable[str]) -> tuple[str, ...]:
        """Return subsector ids (or keys) as ids, with every narrower one: film includes animation."""
        wanted = {key.removeprefix("subsector:") for key in subsectors}
        for subsector in self.subsectors.values():  # a broader one stands before its narrower ones in the data file
            if subsector.broader in wanted:
                wanted.add(subsector.key)
        return tuple(sorted(f"subsector:{key}" for key in wanted))

    def kinds_with_role(self, role: str) -> tuple[str, ...]:
        """Return the node kinds that play this role, e.g. ("city", "region", "country") for place."""
        return tuple(kind.name for kind in self.kinds.values() if kind.role == role)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _subsector(key: str, entry: dict[str, Any]) -> Subsector:
    filled = {"short": None, "broader": None, "aliases": {}} | entry
    return msgspec.convert({"key": key, **filled}, Subsector)


@cache
def sentences() -> dict[str, dict[str, Text]]:
    """Return the sentence templates by group and key; the group of one fact type's templates is `fact.<type>`."""
    raw = _read("sentences.toml")
    groups = {f"fact.{name}": templates for name, templates in raw.pop("fact").items()} | raw
    return {group: msgspec.convert(templates, dict[str, Text]) for group, templates in groups.items()}


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary, read once from the data files beside this module."""
    kinds = {k: msgspec.convert({"name": k, **e}, Kind) for k, e in _read("kinds.toml").items()}
    types = {k: msgspec.convert({"name": k, **e}, FactType) for k, e in _read("fact_types.toml").items()}
    ties = {
        t.tie: TieType(t.tie, t.code, t.name, t.symmetric, t.walk, t.strength, t.ages) for t in types.values() if t.tie
    }
    ties[ACTED_FOR.name] = ACTED_FOR
    subsectors = {k: _subsector(k, e) for k, e in _read("subsectors.toml").items()}
    terms = {
        group: {value: msgspec.convert(entry, Term) for value, entry in values.items()}
        for group, values in _read("terms.toml").items()
    }
    return Vocabulary(kinds, types, ties, subsectors, terms)
