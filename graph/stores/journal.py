"""The journal's arithmetic: documents, hashes, plan ids, and what a plan must look like. Pure; shared by all stores."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from typing import Final

import msgspec

from graph.document import encode
from graph.errors import Stale, Unreadable
from graph.model import Change, EntityKind, Load, Node, Plan, Source, Statement
from graph.vocabulary import Text, vocabulary

Entity = Node | Source | Statement

KINDS: Final[tuple[EntityKind, ...]] = ("node", "source", "statement")
_MODULUS: Final = 1 << 256
_STRUCTS: Final[Mapping[EntityKind, type[Entity]]] = MappingProxyType(
    {"node": Node, "source": Source, "statement": Statement}
)
_HASH_DIGITS: Final = 24


def kind_of(entity: Entity) -> EntityKind:
    """Return which kind of entity this is."""
    if isinstance(entity, Node):
        return "node"
    return "source" if isinstance(entity, Source) else "statement"


def entity_hash(kind: str, entity_id: str, doc: str) -> int:
    """Return the hash of one live entity: SHA-256 over kind, id and document, separated by zero bytes."""
    return int.from_bytes(sha256(f"{kind}\0{entity_id}\0{doc}".encode()).digest())


def add_hashes(content: str, added: Iterable[int], removed: Iterable[int] = ()) -> str:
    """Return a content hash (64 hex digits) after entities came and went.

    It is the sum of the live entities' hashes modulo 2^256, so it does not depend on the order of loads and one
    change costs one addition. Of an empty graph: 64 zeros.
    """
    return f"{(int(content or '0', 16) + sum(added) - sum(removed)) % _MODULUS:064x}"


def content_after(content: str, changes: Iterable[Change]) -> str:
    """Return the content hash after these changes."""
    added, removed = [], []
    for change in changes:
        if change.before is not None:
            removed.append(entity_hash(change.kind, change.id, change.before))
        if change.after is not None:
            added.append(entity_hash(change.kind, change.id, change.after))
    return add_hashes(content, added, removed)


def change_hash(change: Change) -> int:
    """Return the hash of one change; a plan's changes are summed, so their order does not matter."""
    return int.from_bytes(sha256(msgspec.json.encode(change)).digest())


def plan_id(plan: Plan) -> str:
    """Return the id of a plan and of the load it becomes: `load:` and 24 hex digits of a SHA-256 over all of it."""
    return plan_id_of_sum(plan, sum(map(change_hash, plan.changes)), len(plan.changes))


def plan_id_of_sum(plan: Plan, total: int, count: int) -> str:
    """Return the id of a plan with these many changes, given the sum of their `change_hash` (for streams of them)."""
    parts = (plan.base, plan.message, plan.editor, plan.reverts, count, f"{total % _MODULUS:x}")
    return f"load:{sha256(msgspec.json.encode(parts)).hexdigest()[:_HASH_DIGITS]}"


def check_plan(plan: Plan) -> tuple[Entity | None, ...]:
    """Return what each change writes (None: it removes), decoded. Raises Unreadable when the plan cannot be meant."""
    if not plan.changes:
        raise _unreadable("Rencana ini tidak mengubah apa pun.", "This plan changes nothing.")
    if len({(change.kind, change.id) for change in plan.changes}) < len(plan.changes):
        raise _unreadable("Rencana ini mengubah satu hal dua kali.", "This plan changes one thing twice.")
    return tuple(_check_change(change) for change in plan.changes)


def _check_change(change: Change) -> Entity | None:
    if change.before == change.after:
        raise _unreadable(f"{change.id}: tidak ada yang berubah.", f"{change.id}: nothing changes.")
    if change.after is None:
        return None
    entity = decode(change.kind, change.after)
    if entity.id != change.id or encode(entity) != change.after:
        raise _unreadable(
            f"{change.id}: dokumennya bukan bentuk baku entitas ini.",
            f"{change.id}: its document is not the canonical form of this entity.",
        )
    check_entity(entity)
    return entity


def decode(kind: EntityKind, doc: str) -> Entity:
    """Read one document. Raises Unreadable when it is not one of that kind."""
    try:
        return msgspec.json.decode(doc, type=_STRUCTS[kind])
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise _unreadable(f"Dokumen ini tidak terbaca: {error}", f"This document cannot be read: {error}") from error


def check_entity(entity: Entity) -> None:
    """Refuse what no store can keep: a kind, fact type or subsector the vocabulary does not have, an id out of kind."""
    words = vocabulary()
    if isinstance(entity, Node):
        fits = entity.kind in words.kinds and entity.id.startswith(f"{entity.kind}:") and bool(entity.names)
    elif isinstance(entity, Statement):
        fits = entity.type in words.fact_types and entity.modality in words.terms["modality"]
        fits = fits and _subsectors().issuperset(entity.subsectors)
    else:
        fits = True
    if not fits:
        raise _unreadable(
            f"{entity.id}: jenis atau subsektornya tidak ada dalam kosakata.",
            f"{entity.id}: its kind, type or subsectors are not in the vocabulary.",
        )


@cache
def _subsectors() -> frozenset[str]:
    return frozenset(subsector.id for subsector in vocabulary().subsectors.values())


def unknown_references(pairs: Sequence[tuple[str, str]]) -> Unreadable:
    """Say which (statement, id) pairs name something that the graph does not have."""
    listed = ", ".join(f"{statement} -> {missing}" for statement, missing in pairs)
    return _unreadable(
        f"Rencana ini menyebut hal yang tidak ada dalam graf: {listed}.",
        f"This plan names what the graph does not have: {listed}.",
    )


def stale(change: Change, mover: Load | None) -> Stale:
    """Say that an entity is no longer what the plan was made for, and which load changed it, when and by whom."""
    if mover is None:
        return Stale(
            Text(
                id=f"{change.id}: isinya bukan yang disangka rencana ini. Buat rencana baru.",
                en=f"{change.id}: it is not what this plan took it to be. Plan again.",
            )
        )
    who = mover.editor or "?"
    return Stale(
        Text(
            id=f"{change.id}: sudah diubah oleh {mover.id} ({mover.at}, {who}). Buat rencana baru.",
            en=f"{change.id}: changed by {mover.id} ({mover.at}, {who}). Plan again.",
        )
    )


def removed_by(load: Load) -> Text:
    """Say which load took something out of the graph."""
    return Text(id=f"Dihapus oleh {load.id} ({load.at}).", en=f"Removed by {load.id} ({load.at}).")


def _unreadable(in_indonesian: str, in_english: str) -> Unreadable:
    return Unreadable("plan", Text(id=in_indonesian, en=in_english))
