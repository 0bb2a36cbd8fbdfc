"""A plan in words: what is added, changed field by field, withdrawn."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, Literal

import msgspec

from graph.model import Change, Doc, EntityKind, Node, Party, Source, Statement
from graph.store import GraphReader
from graph.vocabulary import Text, vocabulary

Action = Literal["add", "change", "withdraw"]


class FieldChange(Doc, frozen=True):
    """One field before and after, as short texts; empty where it was or will be absent."""

    path: str
    before: str
    after: str


class Entry(Doc, frozen=True):
    """One entity of a plan in words; fields are listed for changes only."""

    action: Action
    kind: EntityKind
    id: str
    label: Text
    fields: tuple[FieldChange, ...] = ()


KIND_WORDS: Final[Mapping[EntityKind, Text]] = MappingProxyType(
    {
        "node": Text(id="simpul", en="node"),
        "source": Text(id="artikel", en="article"),
        "statement": Text(id="fakta", en="fact"),
    }
)


async def describe_changes(view: GraphReader, changes: Sequence[Change]) -> tuple[Entry, ...]:
    """Return the changes of a plan in words. view: the graph they were planned for, where labels are looked up."""
    entities = [_decoded(change) for change in changes]
    nodes = {entity.id: entity for entity in entities if isinstance(entity, Node)}
    named = {each for entity in entities if isinstance(entity, Statement) for each in _named(entity)}
    for node in await view.nodes(sorted(named - nodes.keys())):
        nodes[node.id] = node
    return tuple(_entry(change, entity, nodes) for change, entity in zip(changes, entities, strict=True))


def _decoded(change: Change) -> Node | Source | Statement:
    doc = change.after if change.after is not None else change.before or ""
    if change.kind == "node":
        return msgspec.json.decode(doc, type=Node)
    return (
        msgspec.json.decode(doc, type=Source) if change.kind == "source" else msgspec.json.decode(doc, type=Statement)
    )


def _entry(change: Change, entity: Node | Source | Statement, nodes: Mapping[str, Node]) -> Entry:
    action: Action = "add" if change.before is None else "withdraw" if change.after is None else "change"
    fields = _fields(change) if action == "change" else ()
    return Entry(action, change.kind, change.id, _label(entity, nodes), tuple(fields))


# ---- labels ----------------------------------------------------------------------------------------------------------


def _named(statement: Statement) -> set[str]:
    named = {each for party in statement.parties for each in (party.actor, party.person)}
    return {each for each in named if each is not None}


def _label(entity: Node | Source | Statement, nodes: Mapping[str, Node]) -> Text:
    if isinstance(entity, Node):
        return Text(id=entity.label("id"), en=entity.label("en"))
    if isinstance(entity, Source):
        date = f", {entity.published.edtf}" if entity.published else ""
        return Text(id=f"{entity.publisher}{date}", en=f"{entity.publisher}{date}")
    kind = vocabulary().fact_types[entity.type].label
    return Text(id=f"{kind.id}: {_parties(entity, nodes, 'id')}", en=f"{kind.en}: {_parties(entity, nodes, 'en')}")


def _parties(statement: Statement, nodes: Mapping[str, Node], lang: Literal["id", "en"]) -> str:
    groups: dict[str, list[str]] = {}
    for party in statement.parties:
        groups.setdefault(party.side or party.slot, []).append(_party(party, nodes, lang))
    return " - ".join(", ".join(group) for group in groups.values())


def _party(party: Party, nodes: Mapping[str, Node], lang: Literal["id", "en"]) -> str:
    names = [nodes[each].short(lang) if each in nodes else each for each in (party.actor, party.person) if each]
    return f"{names[0]} ({names[1]})" if len(names) > 1 else names[0] if names else "?"


# ---- fields ----------------------------------------------------------------------------------------------------------


def _fields(change: Change) -> Iterator[FieldChange]:
    before, after = (msgspec.json.decode(doc or "{}") for doc in (change.before, change.after))
    yield from _compare("", before, after)


def _compare(path: str, before: Any, after: Any) -> Iterator[FieldChange]:  # noqa: ANN401 - any JSON value
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            yield from _compare(f"{path}.{key}" if path else key, before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _compare_lists(path, before, after)
    else:
        yield FieldChange(path, shorten(before), shorten(after))


def _compare_lists(path: str, before: list[Any], after: list[Any]) -> Iterator[FieldChange]:
    """Name what left and what came; equal items in another order are shown whole."""
    if len(before) == len(after) == 1:
        yield from _compare(f"{path}[1]", before[0], after[0])
        return
    old, new = (Counter(shorten(item) for item in items) for items in (before, after))
    gone, come = (old - new).elements(), (new - old).elements()
    shown = FieldChange(path, "; ".join(gone), "; ".join(come))
    yield shown if shown.before or shown.after else FieldChange(path, shorten(before), shorten(after))


def shorten(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return a JSON value as an editor would write it."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {shorten(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(shorten(each) for each in value) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def count(entries: Iterable[Entry]) -> dict[Action, int]:
    """Return how many entities are added, changed and withdrawn."""
    counted = Counter(entry.action for entry in entries)
    return {action: counted[action] for action in ("add", "change", "withdraw")}
