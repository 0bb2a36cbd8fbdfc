"""What a registry file may say: who and what exists, under which names, and where it belongs."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, cast

import msgspec

from graph.model import Name, NameKind
from graph.vocabulary import Text, vocabulary
from loaders.dates import Dated, Edge
from loaders.form_article import CODE, LANGUAGE, REASON
from loaders.form_fact import LOCATOR
from loaders.party import PLACES, Mention, MentionShape
from loaders.problem import At, Problems
from loaders.scalars import Both, ClosedList, Ident, Number, Pattern, Term, Words
from loaders.shape import TABLE_FORM, Field, Many, Record, Schema, Shape, Values
from loaders.tree import Item, Scalar, Table, form_of

FORMAT: Final = "jejaring-registry/1"
KINDS: Final = ("agency", "person", *PLACES, "event")


class Subkind(ClosedList):
    """A sub-kind that the vocabulary knows for a node kind."""

    def __init__(self, kind: str) -> None:
        """Keep the kind."""
        self.kind = kind

    def values(self) -> tuple[str, ...]:
        """Return the sub-kinds of the kind."""
        return tuple(vocabulary().kinds[self.kind].subkinds)


# ---- names -----------------------------------------------------------------------------------------------------------

TEXT: Final = Field("text", Words(300), required=True)
LANG: Final = Field("lang", LANGUAGE)
NAME_KIND: Final = Field("kind", Term("name_kind"))
SINCE: Final = Field("since", Edge("low"))
UNTIL: Final = Field("until", Edge("high"))
_NAME: Final = Record("name", TEXT, LANG, NAME_KIND, SINCE, UNTIL)


class NameShape(Shape[Name]):
    """One name with its language, its kind and the period in which it was used."""

    def parse(self, item: Item, found: Problems) -> Name | None:
        """Return the name."""
        values = _NAME.parse(item, found)
        text = None if values is None else values.get(TEXT)
        if values is None or text is None:
            return None
        since, until = values.get(SINCE), values.get(UNTIL)
        if since and until and until < since:
            reason = Text(id="until mendahului since", en="until comes before since")
            found.add("E303", values.at(UNTIL), value=until, reason=reason)
        kind = cast("NameKind", values.get(NAME_KIND) or "official")
        return Name(text, values.get(LANG) or "id", kind, since, until)

    def schema(self) -> Schema:
        """Return the schema of a name."""
        return _NAME.schema()


# ---- anchors and points ----------------------------------------------------------------------------------------------

ANCHOR_PLACE: Final = Field("place", MentionShape(*PLACES), required=True)
ANCHOR_SOURCE: Final = Field("source", Ident(("article",)))
ANCHOR_LOCATOR: Final = Field("locator", LOCATOR)
ANCHOR_REASON: Final = Field("reason", Both())
_ANCHOR: Final = Record("anchor", ANCHOR_PLACE, ANCHOR_SOURCE, ANCHOR_LOCATOR, ANCHOR_REASON)


class AnchorShape(Shape[Values]):
    """A place and who says so: an article with a locator, or an editor's reason."""

    def parse(self, item: Item, found: Problems) -> Values | None:
        """Return the anchor's values."""
        values = _ANCHOR.parse(item, found)
        if values is not None and not (values.has(ANCHOR_SOURCE) or values.has(ANCHOR_REASON)):
            found.add("E504", item.at, allowed=("source: article:...", "reason: {id: ..., en: ...}"))
        return values

    def schema(self) -> Schema:
        """Return the schema of an anchor."""
        return _ANCHOR.schema()


LATITUDE: Final = Field("latitude", Number(-90, 90), required=True)
LONGITUDE: Final = Field("longitude", Number(-180, 180), required=True)
POINT_SOURCE: Final = Field("source", Words(200), required=True)
_POINT: Final = Record("point", LATITUDE, LONGITUDE, POINT_SOURCE)

# ---- nodes -----------------------------------------------------------------------------------------------------------

ID: Final = Field("id", Ident(KINDS), required=True)
NAMES: Final = Field("names", Many(NameShape()), required=True)
DESCRIPTION: Final = Field("description", Both(400))
REDIRECTS: Final = Field("redirects", Many(Ident(KINDS)))
STATUS: Final = Field("status", Term("status"))
HOME: Final = Field("home", AnchorShape())
SEAT: Final = Field("seat", AnchorShape())
PREDECESSORS: Final = Field("predecessors", Many(MentionShape("agency")))
PART_OF: Final = Field("part_of", MentionShape(*PLACES))
_ISO: Final = Pattern(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", Text(id="kode ISO 3166", en="an ISO 3166 code"), "ID-JK")
_WIKIDATA: Final = Pattern(r"Q[1-9][0-9]*", Text(id="id Wikidata", en="a Wikidata id"), "Q252")
_GEONAMES: Final = Pattern(r"[1-9][0-9]*", Text(id="id GeoNames", en="a GeoNames id"), "1642911")
ISO: Final = Field("iso_3166", _ISO)
POINT: Final = Field("point", _POINT)
WIKIDATA: Final = Field("wikidata", _WIKIDATA)
GEONAMES: Final = Field("geonames", _GEONAMES)
WHEN: Final = Field("when", Dated())
EVENT_PLACE: Final = Field("place", MentionShape(*PLACES))
MODE: Final = Field("mode", Term("mode"))


@cache
def node_record(kind: str) -> Record:
    """Return the record of a node of that kind. A person has a name and nothing else that is personal."""
    subkind = Field("subkind", Subkind(kind), required=kind == "agency")
    own: dict[str, tuple[Field[Any], ...]] = {
        "agency": (subkind, STATUS, HOME, SEAT, PREDECESSORS),
        "person": (),
        "event": (subkind, WHEN, EVENT_PLACE, MODE),
    }
    place = (subkind, PART_OF, ISO, POINT, GEONAMES)
    return Record("node", ID, NAMES, *own.get(kind, place), DESCRIPTION, WIKIDATA, REDIRECTS, elsewhere=_owners(kind))


def _owners(kind: str) -> dict[str, Text]:
    """Return which kinds have the keys that this kind lacks."""
    owners = {"subkind": "agency, region, event", "status": "agency", "home": "agency", "seat": "agency"}
    owners |= {"predecessors": "agency", "when": "event", "place": "event", "mode": "event"}
    owners |= dict.fromkeys(("part_of", "iso_3166", "point", "geonames"), ", ".join(PLACES))
    return {key: Text(id=kinds, en=kinds) for key, kinds in owners.items() if kind not in kinds.split(", ")}


class NodeDraft(msgspec.Struct, frozen=True):
    """A node as far as it could be read."""

    at: At
    id: str
    kind: str
    values: Values

    def mentions(self) -> list[Mention]:
        """Return every name by which it points to other nodes."""
        anchors = [self.values.get(field) for field in (HOME, SEAT)]
        named = [anchor.get(ANCHOR_PLACE) for anchor in anchors if anchor is not None]
        named += [self.values.get(PART_OF), self.values.get(EVENT_PLACE), *(self.values.get(PREDECESSORS) or ())]
        return [mention for mention in named if mention is not None]


class NodeShape(Shape[NodeDraft]):
    """One node; the kind in its id decides which keys it has."""

    def parse(self, item: Item, found: Problems) -> NodeDraft | None:
        """Return the node when its id is readable."""
        if not isinstance(item, Table):
            found.add("E203", item.at, expected=TABLE_FORM, got=form_of(item))
            return None
        entry = item.entries.get(ID.key)
        if entry is None:
            found.add("E201", item.at, key=ID.key)
            return None
        if isinstance(entry.item, Scalar) and entry.item.text.startswith("subsector:"):
            found.add("E414", entry.item.at)
            return None
        node_id = ID.shape.read(entry.item, found)
        if node_id is None:
            return None
        kind = node_id.partition(":")[0]
        values = node_record(kind).parse(item, found)
        return None if values is None else NodeDraft(entry.item.at, node_id, kind, values)

    def schema(self) -> Schema:
        """Return one object schema for each kind, chosen by the id."""
        choices = []
        for kind in KINDS:
            schema = node_record(kind).schema()
            schema["properties"] = schema["properties"] | {"id": Ident((kind,)).schema()}
            choices.append(schema)
        return {"type": "object", "required": ["id"], "oneOf": choices}


FORMAT_KEY: Final = Field("format", Words(40), required=True)
NODES: Final = Field("nodes", Many(NodeShape(), empty=True), required=True)
ABOUT: Final = Field("node", Ident(KINDS))
ACKNOWLEDGED: Final = Field("acknowledged", Many(Record("acknowledged", CODE, ABOUT, REASON)))
REGISTRY_RECORD: Final = Record("registry", FORMAT_KEY, NODES, ACKNOWLEDGED)


class RegistryDraft(msgspec.Struct, frozen=True):
    """A registry file as far as it could be read."""

    file: str
    nodes: tuple[NodeDraft, ...]
    acknowledged: tuple[Values, ...]


def read_registry(item: Item, file: str, found: Problems) -> RegistryDraft | None:
    """Return the nodes of a registry file."""
    values = REGISTRY_RECORD.read(item, found)
    if values is None:
        return None
    return RegistryDraft(file, values.get(NODES) or (), values.get(ACKNOWLEDGED) or ())


def refuse_doubles(drafts: Sequence[NodeDraft], found: Problems) -> None:
    """Note every node that the files describe twice."""
    first: dict[str, At] = {}
    for draft in drafts:
        if draft.id in first:
            found.add("E406", draft.at, id=draft.id, first=str(first[draft.id]))
        first.setdefault(draft.id, draft.at)
