"""What a fact of an article file may say; its type decides which keys it has."""

from functools import cache
from typing import Any, Final

import msgspec

from graph.vocabulary import FactType, Slot, Text, vocabulary
from loaders.dates import Dated
from loaders.party import PLACES, Mention, MentionShape, PartyDraft, PartyShape, SidesShape
from loaders.problem import At, Problems
from loaders.scalars import Both, FactTypeName, Ident, Pattern, Term, Words
from loaders.shape import TABLE_FORM, Field, Many, Record, Schema, Shape, Values
from loaders.tree import Item, Table, form_of

KEY: Final = Pattern(r"[a-z0-9]+(-[a-z0-9]+)*", Text(id="kunci lokal", en="a local key"), "mou-2025")
LOCATOR: Final = Pattern(r"p[1-9][0-9]{0,3}", Text(id="penunjuk paragraf", en="a paragraph locator"), "p2")
QUOTABLE: Final = ("agency", "person")

LOCAL: Final = Field("id", KEY, required=True)
SAME: Final = Field("fact", Ident(("fact",)))
TYPE: Final = Field("type", FactTypeName(), required=True)
DATE: Final = Field("date", Dated())
MODALITY: Final = Field("modality", Term("modality"))
EVENT: Final = Field("event", MentionShape("event"))
PLACE: Final = Field("place", MentionShape(*PLACES))
SUBSECTORS: Final = Field("subsectors", Many(MentionShape("subsector"), single=True))
LOCATORS: Final = Field("locator", Many(LOCATOR, single=True))
STANCE: Final = Field("stance", Term("stance"))
ATTRIBUTED: Final = Field("attributed_to", MentionShape("person", "agency"))
QUOTED: Final = Field("quoted", Many(PartyShape("quoted", QUOTABLE), single=True))
STATED_FIELD: Final = Field("field", Words(40), required=True)
STATED_VALUE: Final = Field("value", Words(100), required=True)
STATED_LOCATOR: Final = Field("locator", LOCATOR, required=True)
NOTE: Final = Field("note", Both())
AS_STATED: Final = Field("as_stated", Many(Record("as_stated", STATED_FIELD, STATED_VALUE, STATED_LOCATOR)))
SIDES: Final = "sides"

INSTRUMENT: Final = Field("instrument", Term("instrument"))
STAGE: Final = Field("stage", Term("stage"))
COUNT: Final = Field("count", Words(40))
ROLE_TITLE: Final = Field("title", Both())
CAPACITY: Final = Field("capacity", Both())
SCOPE_TEXT: Final = Field("text", Both(), required=True)
SCOPE: Final = Field("scope", Many(Record("scope", SCOPE_TEXT, MODALITY)))
_ATTRIBUTES: Final = (INSTRUMENT, STAGE, COUNT, ROLE_TITLE, CAPACITY, SCOPE)
_COMMON: Final = (
    LOCAL,
    SAME,
    TYPE,
    DATE,
    MODALITY,
    EVENT,
    PLACE,
    SUBSECTORS,
    LOCATORS,
    STANCE,
    ATTRIBUTED,
    QUOTED,
    AS_STATED,
    NOTE,
)


class FactDraft(msgspec.Struct, frozen=True):
    """A fact as far as it could be read: its type, its parties, and its other values."""

    key: str
    at: At
    type: FactType
    values: Values
    parties: tuple[PartyDraft, ...]


@cache
def slot_fields(type_name: str) -> tuple[Field[tuple[PartyDraft, ...]], ...]:
    """Return the keys that name the parties of a fact type: `sides`, or one key for each slot."""
    return tuple(_slot_field(slot) for slot in vocabulary().fact_types[type_name].slots)


def _slot_field(slot: Slot) -> Field[tuple[PartyDraft, ...]]:
    if slot.side == "*":
        return Field(SIDES, SidesShape(slot), required=slot.required)
    return Field(slot.name, Many(PartyShape(slot.name, slot.kinds), single=True), required=slot.required)


@cache
def fact_record(type_name: str) -> Record:
    """Return the record of a fact of that type; keys of other types are refused with their name."""
    fact_type = vocabulary().fact_types[type_name]
    slots = slot_fields(type_name)
    named = {field.key for field in slots}
    common = [field for field in _COMMON if field.key not in named]
    own = [field for field in _ATTRIBUTES if field.key in fact_type.attributes]
    fields: list[Field[Any]] = [*common, *slots, *own]
    return Record("fact", *fields, elsewhere={key: text for key, text in _owners().items() if key not in named})


@cache
def _owners() -> dict[str, Text]:
    """Return which fact types have a slot or attribute of each name."""
    owners: dict[str, list[str]] = {}
    for name, fact_type in vocabulary().fact_types.items():
        for key in (*(field.key for field in slot_fields(name)), *fact_type.attributes):
            owners.setdefault(key, []).append(name)
    return {key: Text(id=", ".join(names), en=", ".join(names)) for key, names in owners.items()}


class FactShape(Shape[FactDraft]):
    """One fact; its type decides which keys it has."""

    def parse(self, item: Item, found: Problems) -> FactDraft | None:
        """Return the fact when its type is readable."""
        if not isinstance(item, Table):
            found.add("E203", item.at, expected=TABLE_FORM, got=form_of(item))
            return None
        type_entry = item.entries.get(TYPE.key)
        if type_entry is None:
            found.add("E201", item.at, key=TYPE.key)
            return None
        type_name = TYPE.shape.read(type_entry.item, found)
        if type_name is None:
            return None
        fact_type = vocabulary().fact_types[type_name]
        values = fact_record(type_name).parse(item, found)
        return None if values is None else self._draft(item, fact_type, values, found)

    def _draft(self, item: Table, fact_type: FactType, values: Values, found: Problems) -> FactDraft:
        fields = slot_fields(fact_type.name)
        for slot, field in zip(fact_type.slots, fields, strict=True):
            given = values.get(field)
            if given is not None and not slot.many and len(given) > 1:
                found.add("E215", values.at(field), slot=slot.label, count=str(len(given)))
        parties = tuple(party for field in fields for party in values.get(field) or ())
        return FactDraft(values.get(LOCAL) or "", item.at, fact_type, values, parties)

    def schema(self) -> Schema:
        """Return one object schema for each fact type, chosen by `type`."""
        choices = []
        for name in vocabulary().fact_types:
            schema = fact_record(name).schema() | {"title": f"fact-{name}"}
            schema["properties"] = schema["properties"] | {"type": {"const": name}}
            choices.append(schema)
        return {"type": "object", "required": ["type"], "oneOf": choices}


def fact_mentions(fact: FactDraft) -> list[Mention]:
    """Return every name that a fact uses."""
    parties = (*fact.parties, *(fact.values.get(QUOTED) or ()))
    named = [mention for party in parties for mention in (party.actor, party.person)]
    named += [
        context(fact, EVENT),
        context(fact, PLACE),
        fact.values.get(ATTRIBUTED),
        *(fact.values.get(SUBSECTORS) or ()),
    ]
    return [mention for mention in named if mention is not None]


def context(fact: FactDraft, field: Field[Mention]) -> Mention | None:
    """Return the event or place in which a fact happened; where that is a slot of the type it is a party instead."""
    return None if fact.type.slot(field.key) else fact.values.get(field)
