"""Reading single things and lists from one view of the embedded store: plain functions over one connection."""

from collections.abc import Iterable
from typing import Final

import apsw
import msgspec

from graph.errors import Gone, Moved, NotFound
from graph.model import Change, EntityKind, Fact, Load, Node, Source, Summary, Version
from graph.stores.journal import KINDS, removed_by
from graph.stores.sqlite_connections import first, rows
from graph.time import FIRST_DAY, from_day, to_day
from graph.vocabulary import Text, vocabulary

_NODE: Final = msgspec.json.Decoder(Node)
_SOURCE: Final = msgspec.json.Decoder(Source)
_FACT: Final = msgspec.json.Decoder(Fact)
_LOAD: Final = msgspec.json.Decoder(Load)

_DOC: Final[dict[EntityKind, str]] = {
    "node": "SELECT d.doc FROM node AS e JOIN node_doc AS d USING (pk) WHERE e.id = ?",
    "source": "SELECT e.doc FROM source AS e WHERE e.id = ?",
    "statement": "SELECT e.doc FROM statement AS e WHERE e.id = ?",
}
_DOCS: Final[dict[EntityKind, str]] = {
    "node": "SELECT e.id, d.doc FROM node AS e JOIN node_doc AS d USING (pk) WHERE e.id > ? ORDER BY e.id LIMIT ?",
    "source": "SELECT e.id, e.doc FROM source AS e WHERE e.id > ? ORDER BY e.id LIMIT ?",
    "statement": "SELECT e.id, e.doc FROM statement AS e WHERE e.id > ? ORDER BY e.id LIMIT ?",
}


_TOGETHER: Final = {
    "node": "SELECT e.id, d.doc FROM carray(?) AS c CROSS JOIN node AS e ON e.id = c.value"
    " JOIN node_doc AS d USING (pk)",
    "source": "SELECT e.id, e.doc FROM carray(?) AS c CROSS JOIN source AS e ON e.id = c.value",
    "fact": "SELECT f.id, d.doc FROM carray(?) AS c CROSS JOIN fact AS f ON f.id = c.value"
    " JOIN fact_doc AS d USING (pk)",
}


def version(db: apsw.Connection) -> Version:
    """Return the version a connection's transaction sees."""
    meta: dict[str, str | int] = dict(rows(db, "SELECT name, value FROM meta"))
    return Version(int(meta["version"]), str(meta["content"]))


# ---- entities --------------------------------------------------------------------------------------------------------


def document(db: apsw.Connection, kind: EntityKind, entity_id: str) -> str | None:
    """Return the document of one live entity."""
    row = first(db, _DOC[kind], (entity_id,))
    return str(row[0]) if row else None


def documents(db: apsw.Connection, kind: EntityKind, after: str, limit: int) -> tuple[tuple[str, str], ...]:
    """Return live documents of one kind by id."""
    return tuple((row[0], row[1]) for row in rows(db, _DOCS[kind], (after, limit)))


def node(db: apsw.Connection, node_id: str) -> Node:
    """Return one node. Raises NotFound, Gone, Moved."""
    doc = document(db, "node", node_id)
    if doc is not None:
        return _NODE.decode(doc)
    moved = first(db, "SELECT min(e.id) FROM redirect AS r JOIN node AS e ON e.pk = r.node WHERE r.id = ?", (node_id,))
    if moved and moved[0] is not None:
        raise Moved(moved[0])
    raise missing(db, "node", node_id)


def nodes(db: apsw.Connection, ids: Iterable[str]) -> tuple[Node, ...]:
    """Return the known ones among these nodes, in the order asked for."""
    return tuple(map(_NODE.decode, _together(db, "node", ids)))


def _together(db: apsw.Connection, what: str, ids: Iterable[str]) -> list[str]:
    """Return the live documents with these ids in their order, in one statement."""
    wanted = tuple(ids)
    if not wanted:
        return []
    found: dict[str, str] = dict(rows(db, _TOGETHER[what], (apsw.carray(wanted),)))
    return [found[each] for each in wanted if each in found]


def source(db: apsw.Connection, source_id: str) -> Source:
    """Return one source. Raises NotFound, or Gone when it was withdrawn or removed."""
    doc = document(db, "source", source_id)
    if doc is None:
        raise missing(db, "source", source_id)
    found = _SOURCE.decode(doc)
    if found.withdrawn:
        raise Gone("source", found.withdrawn)
    return found


def sources(db: apsw.Connection, ids: Iterable[str]) -> tuple[Source, ...]:
    """Return the known ones among these sources, withdrawn ones too, in the order asked for."""
    return tuple(map(_SOURCE.decode, _together(db, "source", ids)))


def list_sources(db: apsw.Connection, after: str, limit: int) -> tuple[Source, ...]:
    """Return sources that hold, by id."""
    sql = "SELECT doc FROM source WHERE id > ? AND withdrawn = 0 ORDER BY id LIMIT ?"
    return tuple(_SOURCE.decode(row[0]) for row in rows(db, sql, (after, limit)))


def missing(db: apsw.Connection, kind: EntityKind, entity_id: str) -> NotFound:
    """Return why an entity is not there: removed by a load, or never known."""
    sql = "SELECT max(version) FROM revision WHERE kind = ? AND id = ?"
    row = first(db, sql, (KINDS.index(kind), entity_id))
    if row is None or row[0] is None:
        return NotFound(kind)
    return Gone(kind, removed_by(load_at(db, row[0])))


# ---- facts -----------------------------------------------------------------------------------------------------------


def facts(db: apsw.Connection, ids: Iterable[str], known_as_of: int | None) -> tuple[Fact, ...]:
    """Return the live ones among these facts, or those that were live after a version, in the order asked for."""
    if known_as_of is None:
        return tuple(map(_FACT.decode, _together(db, "fact", ids)))
    found = (_fact_then(db, fact_id, known_as_of) for fact_id in ids)
    return tuple(_FACT.decode(doc) for doc in found if doc is not None)


def _fact_then(db: apsw.Connection, fact_id: str, known_as_of: int) -> str | None:
    row = first(
        db, "SELECT f.opened, d.doc, f.pk FROM fact AS f LEFT JOIN fact_doc AS d USING (pk) WHERE f.id = ?", (fact_id,)
    )
    if row is None:
        return None
    if row[0] is not None and row[0] <= known_as_of:
        return None if row[1] is None else str(row[1])
    past = first(
        db, "SELECT doc FROM fact_past WHERE fact = ?1 AND opened <= ?2 AND closed > ?2", (row[2], known_as_of)
    )
    return str(past[0]) if past else None


def fact(db: apsw.Connection, fact_id: str) -> Fact:
    """Return one live fact. Raises NotFound, or Gone with the reason."""
    row = first(
        db, "SELECT f.pk, f.gone, d.doc FROM fact AS f LEFT JOIN fact_doc AS d USING (pk) WHERE f.id = ?", (fact_id,)
    )
    if row is None:
        raise NotFound("fact")
    if row[2] is None:
        raise Gone("fact", _why_gone(db, row[0], row[1]))
    return _FACT.decode(row[2])


def _why_gone(db: apsw.Connection, pk: int, gone: int) -> Text:
    """Return the reason of the first of its withdrawn sources, else which load took its statements away."""
    sql = "SELECT s.doc FROM statement AS t JOIN source AS s ON s.pk = t.source WHERE t.fact = ? ORDER BY s.id LIMIT 1"
    row = first(db, sql, (pk,))
    reason = _SOURCE.decode(row[0]).withdrawn if row else None
    return reason or removed_by(load_at(db, gone))


# ---- the whole -------------------------------------------------------------------------------------------------------


def summary(db: apsw.Connection) -> Summary:
    """Return the counts kept by commits and the newest dates."""
    counts: dict[str, dict[str, int]] = {"node": {}, "fact": {}, "tie": {}, "source": {}}
    for what, name, n in rows(db, "SELECT what, name, n FROM tally WHERE n > 0 ORDER BY what, name"):
        counts[what][name] = n
    firm = [term.code for term in vocabulary().terms["modality"].values() if term.default]
    unknown = to_day(FIRST_DAY)
    newest = [
        first(db, "SELECT max(low) FROM fact WHERE modality = ? AND opened IS NOT NULL", (code,)) for code in firm
    ]
    days = [row[0] for row in newest if row and row[0] is not None and row[0] > unknown]
    said = first(db, "SELECT max(published) FROM source WHERE withdrawn = 0")
    return Summary(
        nodes=counts["node"],
        facts=counts["fact"],
        ties=counts["tie"],
        sources=sum(counts["source"].values()),
        newest_fact=from_day(max(days)) if days else None,
        newest_source=from_day(said[0]) if said and said[0] is not None else None,
    )


# ---- history ---------------------------------------------------------------------------------------------------------


def load(db: apsw.Connection, load_id: str) -> Load:
    """Return one load. Raises NotFound."""
    row = first(db, "SELECT doc FROM load WHERE id = ?", (load_id,))
    if row is None:
        raise NotFound("load")
    return _LOAD.decode(row[0])


def load_at(db: apsw.Connection, number: int) -> Load:
    """Return the load that made a version; the version is one of the journal."""
    row = first(db, "SELECT doc FROM load WHERE version = ?", (number,))
    if row is None:
        raise NotFound("load")
    return _LOAD.decode(row[0])


def loads(db: apsw.Connection, before: int | None, limit: int) -> tuple[Load, ...]:
    """Return loads, newest first."""
    sql = "SELECT doc FROM load WHERE version < ? ORDER BY version DESC LIMIT ?"
    found = rows(db, sql, (before if before is not None else 1 << 62, limit))
    return tuple(_LOAD.decode(row[0]) for row in found)


def changes(db: apsw.Connection, after: int, limit: int) -> tuple[tuple[Load, tuple[Change, ...]], ...]:
    """Return loads with their changes, oldest first."""
    sql = "SELECT version, doc FROM load WHERE version > ? ORDER BY version LIMIT ?"
    return tuple((_LOAD.decode(doc), changes_of(db, number)) for number, doc in rows(db, sql, (after, limit)))


def changes_of(db: apsw.Connection, number: int) -> tuple[Change, ...]:
    """Return what one load changed, by kind and id."""
    sql = "SELECT kind, id, before FROM revision WHERE version = ? ORDER BY kind, id"
    return tuple(
        Change(KINDS[kind], entity_id, before, _after(db, kind, entity_id, number))
        for kind, entity_id, before in rows(db, sql, (number,))
    )


def _after(db: apsw.Connection, kind: int, entity_id: str, number: int) -> str | None:
    """Return what an entity became in a load: what its next revision found, else what it is now."""
    sql = "SELECT before FROM revision WHERE kind = ? AND id = ? AND version > ? ORDER BY version LIMIT 1"
    row = first(db, sql, (kind, entity_id, number))
    return row[0] if row else document(db, KINDS[kind], entity_id)
