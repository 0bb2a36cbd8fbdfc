"""Who takes part: names as written (mentions), parties and sides. Nothing is resolved here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

import msgspec

from graph.model import Presence
from graph.vocabulary import Slot, Text
from loaders.problem import At, Problems
from loaders.scalars import Both, Term, Words
from loaders.shape import Field, Many, Record, Schema, Shape, Values
from loaders.tree import Item, Scalar

PLACES: Final = ("city", "region", "country")
KEY_KINDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "agency": ("agency",),
        "person": ("person",),
        "event": ("event",),
        "subsector": ("subsector",),
        "place": PLACES,
    }
)
"""The naming keys of a party and the node kinds each may mean."""


class Mention(msgspec.Struct, frozen=True):
    """A name, slug or id as written. kinds: what it is written as; allowed: what may stand there (empty: kinds)."""

    text: str
    kinds: tuple[str, ...]
    at: At
    allowed: tuple[str, ...] = ()

    @property
    def accepted(self) -> tuple[str, ...]:
        """The node kinds that may stand there."""
        return self.allowed or self.kinds


class MentionShape(Shape[Mention]):
    """An id, the slug of an id, or an exact name."""

    def __init__(self, *kinds: str) -> None:
        """Keep the kinds of nodes it may mean."""
        self.kinds = kinds

    def parse(self, item: Item, found: Problems) -> Mention | None:
        """Return the mention."""
        text = Words(200).read(item, found)
        return None if text is None else Mention(text, self.kinds, item.at)

    def schema(self) -> Schema:
        """Return a text schema."""
        return Words(200).schema() | {"title": "name-or-id"}


class PartyDraft(msgspec.Struct, frozen=True):
    """A party as written. actor may be a person acting alone; without an actor unknown says why."""

    at: At
    slot: str
    side: str = ""
    actor: Mention | None = None
    person: Mention | None = None
    presence: Presence = "stated"
    unknown: Text | None = None


_NAMING: Final = tuple(Field(key, MentionShape(*kinds)) for key, kinds in KEY_KINDS.items())
_PRESENCE: Final = Field("presence", Term("presence"))
_UNKNOWN: Final = Field("unknown", Both())
_RECORD: Final = Record("party", *_NAMING, _PRESENCE, _UNKNOWN)


def keys_for(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the naming keys that may name nodes of these kinds."""
    return tuple(key for key, meant in KEY_KINDS.items() if set(meant) & set(kinds))


class PartyShape(Shape[PartyDraft]):
    """One party of a slot: {agency:, person:, presence:}, {unknown: ...}, or a bare name where one key is possible."""

    def __init__(self, slot: str, kinds: tuple[str, ...]) -> None:
        """Keep the slot that it fills and the node kinds the slot takes."""
        self.slot = slot
        self.kinds = kinds
        self.keys = keys_for(kinds)

    def parse(self, item: Item, found: Problems) -> PartyDraft | None:
        """Return the party."""
        if isinstance(item, Scalar):
            return self._bare(item, found)
        values = _RECORD.parse(item, found)
        if values is None:
            return None
        named = [field for field in _NAMING if values.has(field)]
        if not self._is_sound(values, [field.key for field in named], found):
            return None
        mentions = {field.key: mention for field in named if (mention := values.get(field)) is not None}
        unknown = values.get(_UNKNOWN)
        if len(mentions) < len(named) or (values.has(_UNKNOWN) and unknown is None):
            return None
        mentions = {key: msgspec.structs.replace(m, allowed=self.kinds) for key, m in mentions.items()}
        person = mentions.pop("person", None)
        actor = next(iter(mentions.values()), None)
        if actor is None:
            actor, person = person, None
        presence = cast("Presence", values.get(_PRESENCE) or "stated")
        return PartyDraft(item.at, self.slot, "", actor, person, presence, unknown)

    def _bare(self, item: Scalar, found: Problems) -> PartyDraft | None:
        if len(self.keys) != 1:
            kind, _, slug = item.text.partition(":")
            close = (f"{{{kind}: {slug}}}",) if kind in self.keys and slug else ()
            found.add("E214", item.at, value=item.text, nearest=close, allowed=(f"{{{key}: ...}}" for key in self.keys))
            return None
        mention = MentionShape(*KEY_KINDS[self.keys[0]]).parse(item, found)
        if mention is None:
            return None
        return PartyDraft(item.at, self.slot, actor=msgspec.structs.replace(mention, allowed=self.kinds))

    def _is_sound(self, values: Values, named: list[str], found: Problems) -> bool:
        """Whether a party names one actor, or a person acting for a body, or says why it names nobody."""
        if values.has(_UNKNOWN):
            problem = "unknown_and_named" if named or values.has(_PRESENCE) else ""
        elif not named:
            problem = "nobody"
        else:
            problem = "" if len(named) == 1 or set(named) == {"agency", "person"} else "several"
        if problem:
            allowed = (*(f"{{{key}: ...}}" for key in self.keys), "{unknown: {id: ..., en: ...}}")
            found.add("E213", values.table.at, problem=_PROBLEMS[problem], allowed=allowed)
        return not problem

    def schema(self) -> Schema:
        """Return an object schema, or a choice with a bare name."""
        fields = [field for field in _NAMING if field.key in self.keys]
        table = Record("party", *fields, _PRESENCE, _UNKNOWN).schema()
        title = {"title": f"party-{'-'.join(self.keys)}"}
        return title | ({"anyOf": [Words(200).schema(), table]} if len(self.keys) == 1 else table)


_PROBLEMS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "nobody": Text(id="tidak menyebut siapa pun", en="it names nobody"),
        "unknown_and_named": Text(
            id="menyebut pihak dan sekaligus menyatakannya tidak diketahui", en="it names a party and calls it unknown"
        ),
        "several": Text(
            id="menyebut beberapa pihak; tulis masing-masing sebagai butir sendiri",
            en="it names several parties; write each as an item of its own",
        ),
    }
)


class SidesShape(Shape[tuple[PartyDraft, ...]]):
    """The sides of a fact, each with its parties; sides are named a, b, c ... in the order written."""

    def __init__(self, slot: Slot) -> None:
        """Keep the slot that the parties of every side fill."""
        self.slot = slot
        self.shape = Many(Many(PartyShape(slot.name, slot.kinds), single=True))

    def parse(self, item: Item, found: Problems) -> tuple[PartyDraft, ...] | None:
        """Return the parties with their side. Fewer than two sides tie nobody to anybody: a mistake."""
        before = len(found)
        sides = self.shape.parse(item, found)
        if sides is None:
            return None
        if len(found) == before and not 2 <= len(sides) <= 26:
            found.add("E212", item.at, count=str(len(sides)))
        return tuple(
            msgspec.structs.replace(party, side=chr(ord("a") + number % 26))
            for number, side in enumerate(sides)
            for party in side
        )

    def schema(self) -> Schema:
        """Return a list schema with at least two sides."""
        return self.shape.schema() | {"minItems": 2}
