"""Committing a plan and planning an undo: plain functions over the writing connection, inside one transaction."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Final

import apsw
import msgspec

from graph.document import encode
from graph.errors import UndoConflict
from graph.model import Change, EntityKind, Load, Node, Plan, Source, Statement
from graph.project import participants
from graph.stores import sqlite_read as read
from graph.stores.journal import KINDS, Entity, check_plan, content_after, plan_id, stale, unknown_references
from graph.stores.sqlite_connections import first, rows
from graph.stores.sqlite_derive import Derivation
from graph.stores.sqlite_names import add_names, keyed, remove_names
from graph.time import to_day

_STATEMENT: Final = msgspec.json.Decoder(Statement)
_MISSING_SHOWN: Final = 20


def commit(db: apsw.Connection, plan: Plan) -> Load:
    """Write a plan inside the open transaction and return its load; of a plan committed before, that first load.

    Raises Stale, Unreadable, apsw.Error; the caller then rolls back.
    """
    known = first(db, "SELECT doc FROM load WHERE id = ?", (plan_id(plan),))
    if known:
        return msgspec.json.decode(known[0], type=Load)
    entities = check_plan(plan)
    check_befores(db, plan.changes)
    number = read.version(db).number + 1
    derivation = Derivation(db, number)
    writes = tuple(zip(plan.changes, entities, strict=True))
    touched = _touched(db, plan.changes)
    derivation.remember(touched)
    touched |= _apply(db, writes, derivation)
    derivation.rebuild(touched)
    _remove_sources(db, plan.changes)
    derivation.finish()
    return record(db, plan, number, derivation.facts)


def check_befores(db: apsw.Connection, changes: Iterable[Change]) -> None:
    """Compare what a plan found with what is there now. Raises Stale."""
    for change in changes:
        if read.document(db, change.kind, change.id) != change.before:
            sql = "SELECT max(version) FROM revision WHERE kind = ? AND id = ?"
            row = first(db, sql, (KINDS.index(change.kind), change.id))
            raise stale(change, read.load_at(db, row[0]) if row and row[0] is not None else None)


def _touched(db: apsw.Connection, changes: Iterable[Change]) -> set[int]:
    """Return the facts whose statements or sources the changes write, as far as they exist already."""
    facts: set[int] = set()
    for change in changes:
        if change.kind == "statement":
            told = {_STATEMENT.decode(doc).fact for doc in (change.before, change.after) if doc is not None}
            for fact in told:
                facts.update(row[0] for row in rows(db, "SELECT pk FROM fact WHERE id = ?", (fact,)))
        elif change.kind == "source" and change.before is not None:
            sql = "SELECT t.fact FROM statement AS t JOIN source AS s ON s.pk = t.source WHERE s.id = ?"
            facts.update(row[0] for row in rows(db, sql, (change.id,)))
    return facts


# ---- entities --------------------------------------------------------------------------------------------------------


def _apply(db: apsw.Connection, writes: Sequence[tuple[Change, Entity | None]], derivation: Derivation) -> set[int]:
    """Write the entities, nodes and sources before what names them; return the facts the statements tell."""
    facts: set[int] = set()
    unknown: list[tuple[str, str]] = []
    for kind in KINDS:
        for change, entity in writes:
            if change.kind != kind:
                continue
            if kind == "node":
                _write_node(db, change, entity if isinstance(entity, Node) else None, derivation)
            elif kind == "source":
                _write_source(db, change, entity if isinstance(entity, Source) else None, derivation)
            elif isinstance(entity, Statement):
                unknown += unknown_in(db, entity)
                if not unknown:
                    facts.add(_write_statement(db, entity))
            else:
                db.execute("DELETE FROM statement WHERE id = ?", (change.id,))
    if unknown:
        raise unknown_references(unknown[:_MISSING_SHOWN])
    return facts


def node_columns(node: Node) -> tuple[str, str | None, str | None, str | None]:
    """Return a node's kind, the places it acts for and sits in, and the place above it."""
    home, seat = (anchor.place if anchor else None for anchor in (node.home, node.seat))
    return node.kind, home, seat, node.part_of


def _write_node(db: apsw.Connection, change: Change, node: Node | None, derivation: Derivation) -> None:
    db.execute("INSERT INTO node (id) VALUES (?) ON CONFLICT DO NOTHING", (change.id,))
    pk = derivation.pk_of(change.id)
    before = msgspec.json.decode(change.before, type=Node) if change.before is not None else None
    db.execute("DELETE FROM redirect WHERE node = ?", (pk,))
    if node is None:
        db.execute("DELETE FROM node_doc WHERE pk = ?", (pk,))
    else:
        db.execute("INSERT OR REPLACE INTO node_doc VALUES (?, ?, ?, ?, ?, ?)", (pk, *node_columns(node), change.after))
        db.executemany("INSERT OR IGNORE INTO redirect VALUES (?, ?)", [(old, pk) for old in node.redirects])
    old_keys, new_keys = ([*keyed(one)] if one else [] for one in (before, node))
    if old_keys != new_keys:
        remove_names(db, pk)
        if node is not None:
            add_names(db, pk, node)
    for step, one in ((-1, before), (1, node)):
        if one is not None:
            derivation.count("node", one.kind, step)


def source_columns(source: Source) -> tuple[int, int | None]:
    """Return whether a source is withdrawn, and the first day it can have been published on."""
    return int(source.withdrawn is not None), to_day(source.published.low) if source.published else None


def _write_source(db: apsw.Connection, change: Change, source: Source | None, derivation: Derivation) -> None:
    if source is not None:  # a removed one goes last, when its statements have gone
        db.execute(
            "INSERT INTO source (id, withdrawn, published, doc) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET withdrawn = excluded.withdrawn, published = excluded.published, doc = excluded.doc",
            (change.id, *source_columns(source), change.after),
        )
    before = msgspec.json.decode(change.before, type=Source) if change.before is not None else None
    for step, one in ((-1, before), (1, source)):
        if one is not None and one.withdrawn is None:
            derivation.count("source", "article", step)


def _write_statement(db: apsw.Connection, statement: Statement) -> int:
    """Write a statement, and make the place of its fact where it is the first to tell it; return the fact's key."""
    db.execute(
        "INSERT INTO fact (id, type, low, high, modality) VALUES (?, ?, 0, 0, 0) ON CONFLICT DO NOTHING",
        (statement.fact, statement.type),
    )
    row = first(db, "SELECT pk FROM fact WHERE id = ?", (statement.fact,))
    fact = int(row[0]) if row else 0
    db.execute(
        "INSERT INTO statement (id, fact, source, doc) SELECT ?, ?, pk, ? FROM source WHERE id = ?"
        " ON CONFLICT (id) DO UPDATE SET fact = excluded.fact, source = excluded.source, doc = excluded.doc",
        (statement.id, fact, encode(statement), statement.evidence.source),
    )
    return fact


def unknown_in(db: apsw.Connection, statement: Statement) -> list[tuple[str, str]]:
    """Return (statement, id) for the source and nodes it names and the graph does not have."""
    wanted = [node for node in participants(statement) if read.document(db, "node", node) is None]
    if read.document(db, "source", statement.evidence.source) is None:
        wanted.append(statement.evidence.source)
    return [(statement.id, missing) for missing in wanted]


def _remove_sources(db: apsw.Connection, changes: Iterable[Change]) -> None:
    """Remove sources, unless statements still name something that the plan removes. Raises Unreadable."""
    removed = [change for change in changes if change.after is None]
    used = [(statement, change.id) for change in removed for statement in islice(users(db, change), _MISSING_SHOWN)]
    if used:
        raise unknown_references(used[:_MISSING_SHOWN])
    db.executemany("DELETE FROM source WHERE id = ?", [(c.id,) for c in removed if c.kind == "source"])


def users(db: apsw.Connection, change: Change) -> Iterable[str]:
    """Return the statements that name a node or come from a source, by id."""
    if change.kind == "source":
        sql = "SELECT t.id FROM statement AS t JOIN source AS s ON s.pk = t.source WHERE s.id = ? ORDER BY t.id"
        yield from (row[0] for row in rows(db, sql, (change.id,)))
    elif change.kind == "node":
        sql = (
            "SELECT t.id, t.doc FROM statement AS t WHERE t.fact IN"
            " (SELECT p.fact FROM participant AS p JOIN node AS n ON n.pk = p.node WHERE n.id = ?) ORDER BY t.id"
        )
        for statement, doc in rows(db, sql, (change.id,)):
            if change.id in participants(_STATEMENT.decode(doc)):
                yield statement


# ---- the journal -----------------------------------------------------------------------------------------------------


def record(db: apsw.Connection, plan: Plan, number: int, facts: int) -> Load:
    """Write the journal rows of a plan that was applied, and move the version on. facts: by how many they grew."""
    db.executemany(
        "INSERT INTO revision VALUES (?, ?, ?, ?)",
        [(KINDS.index(change.kind), change.id, number, change.before) for change in plan.changes],
    )
    meta: dict[str, str | int] = dict(rows(db, "SELECT name, value FROM meta"))
    load = Load(
        id=plan_id(plan),
        version=number,
        at=now(),
        content=content_after(str(meta["content"]), plan.changes),
        facts=int(meta["facts"]) + facts,
        added=sum(change.before is None for change in plan.changes),
        changed=sum(change.before is not None and change.after is not None for change in plan.changes),
        removed=sum(change.after is None for change in plan.changes),
        message=plan.message,
        editor=plan.editor,
        reverts=plan.reverts,
    )
    write_load(db, load)
    return load


def write_load(db: apsw.Connection, load: Load) -> None:
    """Write a load's row and make its version the newest."""
    db.execute("INSERT INTO load VALUES (?, ?, ?)", (load.version, load.id, encode(load)))
    state = (("version", load.version), ("content", load.content), ("facts", load.facts))
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", state)


def now() -> str:
    """Return the time as loads keep it: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# ---- undo ------------------------------------------------------------------------------------------------------------


def revert(db: apsw.Connection, load_id: str) -> Plan:
    """Return the plan that restores what was before a load. Raises NotFound, UndoConflict."""
    load = read.load(db, load_id)
    made = read.changes_of(db, load.version)
    moved = [change for change in made if read.document(db, change.kind, change.id) != change.after]
    undone = {(change.kind, change.id) for change in made}
    conflicts = {(change.id, _last_load(db, change.kind, change.id)) for change in moved}
    for change in made:
        if change.before is None:
            left = (statement for statement in users(db, change) if ("statement", statement) not in undone)
            conflicts |= {(change.id, _last_load(db, "statement", statement)) for statement in left}
    conflicts |= _lost(db, made)
    if conflicts:
        raise UndoConflict(tuple(sorted(conflicts)))
    changes = tuple(Change(c.kind, c.id, before=c.after, after=c.before) for c in made)
    return Plan(base=read.version(db).number, changes=changes, reverts=load.id)


def _lost(db: apsw.Connection, made: Sequence[Change]) -> set[tuple[str, str]]:
    """Return what the statements to be restored name and a later load removed, with that load."""
    restored = {change.id for change in made if change.before is not None}
    lost: set[tuple[str, str]] = set()
    for change in made:
        if change.kind == "statement" and change.before is not None:
            statement = _STATEMENT.decode(change.before)
            for _, missing in unknown_in(db, statement):
                kind: EntityKind = "source" if missing == statement.evidence.source else "node"
                lost |= {(missing, _last_load(db, kind, missing))} if missing not in restored else set()
    return lost


def _last_load(db: apsw.Connection, kind: EntityKind, entity_id: str) -> str:
    sql = (
        "SELECT l.id FROM revision AS r JOIN load AS l USING (version) WHERE r.kind = ? AND r.id = ?"
        " ORDER BY r.version DESC LIMIT 1"
    )
    row = first(db, sql, (KINDS.index(kind), entity_id))
    return str(row[0]) if row else ""
