"""Whether a graph file is whole: every page, document, index row and journal entry recounted and rehashed.

Findings are short English lines, one thing each: `<what> <id>: <what is wrong>`.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

import apsw

from graph.document import encode
from graph.errors import Unreadable
from graph.identity import trigrams
from graph.model import Change, EntityKind, Node, Source
from graph.stores import sqlite_read as read
from graph.stores.journal import KINDS, Entity, add_hashes, content_after, decode, entity_hash
from graph.stores.naming import words_of
from graph.stores.sqlite_connections import ENGINE_ERRORS, first, rows
from graph.stores.sqlite_names import keyed
from graph.stores.sqlite_recount import recount
from graph.stores.sqlite_schema import INDEXES, TABLES
from graph.stores.sqlite_write import node_columns, source_columns

MOST_FINDINGS: Final = 1000
_PAGE: Final = 1000


def verify(db: apsw.Connection) -> tuple[str, ...]:
    """Return what is missing, partial, doubled or damaged, at most 1,000 lines; nothing when the file is whole."""
    found = [f"file: {row[0]}" for row in islice(db.execute("PRAGMA integrity_check"), 100) if row[0] != "ok"]
    found += _schema(db)
    if found:
        return tuple(found)  # rows of a damaged file prove nothing
    findings: list[str] = []
    try:
        for finding in _all(db):
            findings.append(finding)
            if len(findings) >= MOST_FINDINGS:
                break
    except (*ENGINE_ERRORS, Unreadable) as error:
        findings.append(f"file: a row cannot be read ({type(error).__name__}: {error})")
    return tuple(findings)


def _all(db: apsw.Connection) -> Iterator[str]:
    yield from _entities(db)
    yield from _search_index(db)
    yield from recount(db)
    yield from _journal(db)


def _schema(db: apsw.Connection) -> list[str]:
    """Compare the tables and indexes with those of a new file."""
    new = apsw.Connection(":memory:")
    new.execute(TABLES + INDEXES)
    sql = "SELECT type, name, sql FROM sqlite_schema"
    wanted, known = set(rows(new, sql)), set(rows(db, sql))
    new.close()
    return [f"{row[0]} {row[1]}: it is not as this program makes it" for row in sorted(wanted ^ known, key=str)]


# ---- entities --------------------------------------------------------------------------------------------------------


def _entities(db: apsw.Connection) -> Iterator[str]:
    content = add_hashes("", ())
    for kind in KINDS:
        after = ""
        while page := read.documents(db, kind, after, _PAGE):
            content = add_hashes(content, (entity_hash(kind, entity_id, doc) for entity_id, doc in page))
            for entity_id, doc in page:
                yield from _entity(db, kind, entity_id, doc)
            after = page[-1][0]
    if content != read.version(db).content:
        yield "content: the documents are not those that the content hash was made of"
    for table, keep in (("node_doc", "node"), ("fact_doc", "fact")):
        sql = f"SELECT pk FROM {table} WHERE pk NOT IN (SELECT pk FROM {keep})"  # noqa: S608 - names of ours
        for row in rows(db, sql):
            yield f"{keep} {row[0]}: a document without its {keep}"


def _entity(db: apsw.Connection, kind: EntityKind, entity_id: str, doc: str) -> Iterator[str]:
    entity = decode(kind, doc)
    if entity.id != entity_id or encode(entity) != doc:
        yield f"{kind} {entity_id}: the document is not its canonical form"
    elif _columns(db, entity) != _expected(entity):
        yield f"{kind} {entity_id}: its columns are not those of its document"


def _columns(db: apsw.Connection, entity: Entity) -> tuple[object, ...]:
    if isinstance(entity, Node):
        sql = "SELECT d.kind, d.home, d.seat, d.part_of FROM node JOIN node_doc AS d USING (pk) WHERE id = ?"
        redirects = rows(
            db, "SELECT r.id FROM redirect AS r JOIN node AS e ON e.pk = r.node WHERE e.id = ?", (entity.id,)
        )
        return (*(first(db, sql, (entity.id,)) or ()), tuple(sorted(row[0] for row in redirects)))
    if isinstance(entity, Source):
        return first(db, "SELECT withdrawn, published FROM source WHERE id = ?", (entity.id,)) or ()
    sql = (
        "SELECT f.id, s.id FROM statement AS t LEFT JOIN fact AS f ON f.pk = t.fact"
        " LEFT JOIN source AS s ON s.pk = t.source WHERE t.id = ?"
    )
    return first(db, sql, (entity.id,)) or ()


def _expected(entity: Entity) -> tuple[object, ...]:
    if isinstance(entity, Node):
        return (*node_columns(entity), tuple(sorted(set(entity.redirects))))
    if isinstance(entity, Source):
        return source_columns(entity)
    return (entity.fact, entity.evidence.source)


# ---- the search index ------------------------------------------------------------------------------------------------


def _search_index(db: apsw.Connection) -> Iterator[str]:
    names = words = 0
    for pk, doc in db.execute("SELECT pk, doc FROM node_doc"):
        node = decode("node", str(doc))
        wanted = sorted(keyed(node)) if isinstance(node, Node) else []
        known = rows(db, "SELECT key, text, pk FROM name WHERE node = ? ORDER BY key, text", (pk,))
        if [row[:2] for row in known] != wanted:
            yield f"node {node.id}: its names are not those of the search index"
        for key, _, name in known:
            for word in words_of(key):
                words += 1
                if not first(db, "SELECT 1 FROM word WHERE word = ? AND size = ? AND name = ?", (word, len(key), name)):
                    yield f"node {node.id}: the word {word!r} of a name is missing in the search index"
        names += len(known)
    grams = 0
    for (word,) in rows(db, "SELECT DISTINCT word FROM word"):
        for gram in trigrams(word):
            grams += 1
            if not first(db, "SELECT 1 FROM gram WHERE gram = ? AND word = ?", (gram, word)):
                yield f"word {word!r}: the window {gram!r} is missing in the search index"
    for table, expected in (("name", names), ("word", words), ("gram", grams)):
        yield from _count(db, table, expected)
    yield from _orphans(db)


def _orphans(db: apsw.Connection) -> Iterator[str]:
    sql = "SELECT id FROM redirect WHERE node NOT IN (SELECT pk FROM node_doc) ORDER BY id"
    for row in rows(db, sql):
        yield f"redirect {row[0]}: it leads to a node that is not there"


def _count(db: apsw.Connection, table: str, expected: int) -> Iterator[str]:
    row = first(db, f"SELECT count(*) FROM {table}")  # noqa: S608 - a name of ours
    if row and row[0] != expected:
        yield f"{table}: {row[0]} rows where {expected} are expected"


# ---- the journal -----------------------------------------------------------------------------------------------------


def _journal(db: apsw.Connection) -> Iterator[str]:
    """Walk back from the content hash of now through every load's changes, down to the empty graph."""
    number, content = read.version(db).number, read.version(db).content
    row = first(db, "SELECT count(*), min(version), max(version) FROM load")
    if row != ((number, 1, number) if number else (0, None, None)):
        yield f"journal: the loads are not 1 to {number}"
        return
    for version in range(number, 0, -1):
        load, changes = read.load_at(db, version), read.changes_of(db, version)
        if load.version != version or load.content != content:
            yield f"load {load.id}: what it left behind is not what its journal says"
        counts = Counter("added" if c.before is None else "removed" if c.after is None else "changed" for c in changes)
        if (counts["added"], counts["changed"], counts["removed"]) != (load.added, load.changed, load.removed):
            yield f"load {load.id}: its changes are not as many as it says"
        content = content_after(content, (_reversed(c) for c in changes))
    if content != add_hashes("", ()):
        yield "journal: its first load does not begin with an empty graph"
    for (stray,) in rows(db, "SELECT count(*) FROM revision WHERE version NOT BETWEEN 1 AND ?", (number,)):
        if stray:
            yield f"journal: {stray} revisions belong to no load"


def _reversed(change: Change) -> Change:
    return Change(change.kind, change.id, before=change.after, after=change.before)
