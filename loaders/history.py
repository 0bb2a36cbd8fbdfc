"""Loads that were made: list them, show one, undo one. An undo is a load like any other, and can be undone."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from graph.errors import UndoConflict
from graph.model import Change, Doc, EntityKind, Load, Node, Plan
from graph.store import GraphReader, Store
from graph.vocabulary import Text
from loaders.diff import Entry, describe_changes
from loaders.plan import documents, references
from loaders.run import Planned, in_words, pointed_at

Conflicts = tuple[tuple[str, str], ...]
_LOADS: Final = 50


class Shown(Doc, frozen=True):
    """One load and what it changed, in words."""

    load: Load
    entries: tuple[Entry, ...]


async def log(store: Store, before: int | None = None, limit: int = 20) -> tuple[Load, ...]:
    """Return loads, newest first, with version numbers below `before`."""
    async with store.view() as view:
        return await view.loads(before, limit)


async def show(store: Store, load_id: str) -> Shown:
    """Return one load with its changes in words. Raises NotFound."""
    async with store.view() as view:
        load = await view.load(load_id)
        return Shown(load, await describe_changes(view, await _changes_of(view, load)))


async def _changes_of(view: GraphReader, load: Load) -> tuple[Change, ...]:
    found = await view.changes(after=load.version - 1, limit=1)
    return found[0][1]


async def undo(store: Store, load_id: str, *, skip_conflicts: bool = False, editor: str = "") -> Planned:
    """Return the plan that restores what was before a load; `run.commit` writes it.

    What was changed since, or is needed by what came since, is a conflict: all are raised at once (UndoConflict), or
    with `skip_conflicts` left as they are, together with whatever needs them. An empty plan: nothing is left to undo.
    Raises NotFound.
    """
    async with store.view() as view:
        load = await view.load(load_id)
        made = await _changes_of(view, load)
        conflicts = await _conflicts(store, view, load, made)
        if conflicts and not skip_conflicts:
            raise UndoConflict(conflicts)
        changes = await _reversed(view, made, {entity for entity, _ in conflicts})
        plan = Plan(
            base=(await view.version()).number,
            changes=tuple(change for change in changes if change.before != change.after),
            message=load.message,
            editor=editor,
            reverts=load.id,
        )
        planned = await in_words(view, plan)
        return msgspec.structs.replace(planned, unasked=_left(conflicts)) if conflicts else planned


def _left(conflicts: Conflicts) -> Text:
    ids = ", ".join(entity for entity, _ in conflicts)
    return Text(id=f"Dibiarkan karena sudah diubah muatan lain: {ids}.", en=f"Left as later loads made it: {ids}.")


async def _conflicts(store: Store, view: GraphReader, load: Load, made: Sequence[Change]) -> Conflicts:
    """Return what keeps a load from being undone: the store's conflicts, and nodes that would point to nothing."""
    try:
        await store.revert(load.id)
        found: Conflicts = ()
    except UndoConflict as conflict:
        found = conflict.conflicts
    pairs = {*found, *await _pointed_at(view, made), *await _pointing_nowhere(view, made)}
    return tuple(sorted(dict(sorted(pairs)).items()))


async def _pointed_at(view: GraphReader, made: Sequence[Change]) -> set[tuple[str, str]]:
    """Return nodes and articles the load brought that other nodes, or words attributed to them, still name."""
    brought = {change.id for change in made if change.before is None}
    own = {change.id for change in made}
    found: set[tuple[str, str]] = set()
    for kind in ("node", "statement") if brought else ():
        async for entity_id, doc in documents(view, kind):
            named = references(doc) & brought if entity_id not in own else set()
            found |= {(each, await _last_load(view, entity_id)) for each in named}
    return found


async def _pointing_nowhere(view: GraphReader, made: Sequence[Change]) -> set[tuple[str, str]]:
    """Return what the restored nodes name and later loads took away."""
    restored = {change.id for change in made if change.before is not None}
    wanted = {each for c in made if c.kind == "node" and c.before is not None for each in _targets(c.before)}
    found: set[tuple[str, str]] = set()
    for each in sorted(wanted - restored):
        kind: EntityKind = "source" if each.startswith("article:") else "node"
        if await view.document(kind, each) is None:
            found.add((each, await _last_load(view, each)))
    return found


def _targets(doc: str) -> set[str]:
    return pointed_at(msgspec.json.decode(doc, type=Node))


async def _last_load(view: GraphReader, entity_id: str) -> str:
    """Return the newest load that wrote an entity."""
    before: int | None = None
    while page := await view.loads(before, _LOADS):
        for load in page:
            if any(change.id == entity_id for change in await _changes_of(view, load)):
                return load.id
        before = page[-1].version
    return ""


async def _reversed(view: GraphReader, made: Sequence[Change], skipped: set[str]) -> tuple[Change, ...]:
    """Return the reversed changes without the skipped ones, and without those that only make sense with them."""
    now = {change.id: await view.document(change.kind, change.id) for change in made}
    kept = {c.id: Change(c.kind, c.id, now[c.id], c.before) for c in made if c.id not in skipped}
    gone = {entity for entity in skipped if now.get(entity) is None}
    while skipped and (broken := _broken(kept, now, gone)):
        for entity in broken:
            kept.pop(entity)
            gone |= {entity} if now[entity] is None else set()
    return tuple(kept.values())


def _broken(kept: Mapping[str, Change], now: Mapping[str, str | None], gone: set[str]) -> list[str]:
    """Return changes that would remove what a document left as it is names, or restore what names something gone."""
    needed = {each for entity, doc in now.items() if entity not in kept and doc for each in references(doc)}
    return [
        entity
        for entity, change in kept.items()
        if (entity in needed if change.after is None else bool(references(change.after) & gone))
    ]
