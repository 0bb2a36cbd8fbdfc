"""Filling an empty graph from a stream of entities: what one commit of all of them would leave, in bulk.

Rows go in as they come, indexes are built after them, and what lies sorted (ties, participants, words) is staged and
inserted in order. The stream is read once; only the nodes' keys and the sources stay in memory.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import apsw
import msgspec

from graph.document import encode
from graph.errors import Unreadable
from graph.identity import trigrams
from graph.model import Change, Load, Node, Plan, Source, Statement
from graph.project import merge, participants, ties_of
from graph.stores.codes import MEMBER_OF
from graph.stores.journal import (
    KINDS,
    Entity,
    add_hashes,
    change_hash,
    check_entity,
    check_plan,
    entity_hash,
    kind_of,
    plan_id_of_sum,
    unknown_references,
)
from graph.stores.naming import words_of
from graph.stores.resident import MOST_LISTED
from graph.stores.sqlite_connections import Row, rows
from graph.stores.sqlite_derive import fact_columns, packed, tie_rows
from graph.stores.sqlite_names import keyed
from graph.stores.sqlite_read import version
from graph.stores.sqlite_schema import INDEXES
from graph.stores.sqlite_write import commit, node_columns, now, source_columns, write_load
from graph.vocabulary import Text

_BATCH: Final = 10_000
_STATEMENT: Final = msgspec.json.Decoder(Statement)
_STAGE: Final = """
CREATE TEMP TABLE staged_adj (
    n, type, neg_high, far, fact, flipped, nbr, dir, low, modality, voices, subsectors, opened
);
CREATE TEMP TABLE staged_participant (node, fact, takes_part);
CREATE TEMP TABLE staged_word (word, size, name);
CREATE TEMP TABLE staged_gram (gram, word);
"""
_UNSTAGE: Final = "DROP TABLE temp.staged_adj; DROP TABLE temp.staged_participant; DROP TABLE temp.staged_word;"
VERSION: Final = 1  # of a graph that was empty


def fill(db: apsw.Connection, entities: Iterable[Entity], header: Plan) -> Load:
    """Write all entities in the open transaction and return the load, whose id is that of a plan adding them.

    Nodes and sources must come before the statements that name them. header: a plan without changes. Raises Unreadable
    when the graph is not empty, an entity comes twice or a statement names what is not there; apsw.Error.
    """
    if version(db).number:
        raise _refused("Hanya graf kosong dapat diisi sekaligus.", "Only an empty graph can be filled at once.")
    indexes = [line.split()[line.split().index("INDEX") + 1] for line in INDEXES.splitlines() if line]
    db.execute(";".join(f"DROP INDEX {name}" for name in indexes) + ";" + _STAGE)
    filling = Filling(db)
    filling.take(entities)
    filling.flush()
    try:
        db.execute(INDEXES)
    except apsw.ConstraintError as error:
        raise _doubled() from error
    filling.derive()
    filling.index_words()
    return filling.record(header)


def commit_large(db: apsw.Connection, plan: Plan) -> Load:
    """Write a plan in the open transaction: as a filling if it only adds to an empty graph, else as any other.

    Raises what `sqlite_write.commit` raises.
    """
    adds = all(change.before is None and change.after is not None for change in plan.changes)
    if not adds or version(db).number:
        return commit(db, plan)
    entities = [entity for entity in check_plan(plan) if entity is not None]
    header = msgspec.structs.replace(plan, changes=())
    return fill(db, sorted(entities, key=lambda entity: KINDS.index(kind_of(entity))), header)


def _refused(in_indonesian: str, in_english: str) -> Unreadable:
    return Unreadable("plan", Text(id=in_indonesian, en=in_english))


def _doubled() -> Unreadable:
    return _refused("Satu entitas muncul dua kali.", "One entity comes twice.")


def _number(pks: dict[str, int], entity_id: str) -> int:
    """Give an id the next key. Raises Unreadable when it has one."""
    if entity_id in pks:
        raise _doubled()
    pks[entity_id] = len(pks) + 1
    return pks[entity_id]


class Rows:
    """Rows on their way into one table, written some thousands at a time."""

    def __init__(self, db: apsw.Connection, sql: str) -> None:
        """Write them with this statement."""
        self._db = db
        self._sql = sql
        self._rows: list[Sequence[Any]] = []

    def add(self, row: Sequence[Any]) -> None:
        """Take one more row."""
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self.flush()

    def extend(self, rows: Iterable[Sequence[Any]]) -> None:
        """Take more rows."""
        self._rows.extend(rows)
        if len(self._rows) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        self._db.executemany(self._sql, self._rows)
        self._rows.clear()


class Filling:
    """One filling under way: `take`, `flush`, then `derive`, `index_words` and `record`."""

    def __init__(self, db: apsw.Connection) -> None:
        """Fill the database of this connection."""
        self._db = db
        self._pks: dict[str, int] = {}
        self._sources: dict[str, Source] = {}
        self._source_pks: dict[str, int] = {}
        self._names = self._statements = self._facts = 0
        self._content = self._changes = self._entities = 0
        self._tally: Counter[tuple[str, str]] = Counter()
        self._tables: dict[str, Rows] = {}
        self._told: list[tuple[str, str, str, int, str]] = []

    def _into(self, table: str, columns: int) -> Rows:
        if table not in self._tables:
            marks = ", ".join("?" * columns)
            self._tables[table] = Rows(self._db, f"INSERT INTO {table} VALUES ({marks})")  # noqa: S608
        return self._tables[table]

    def flush(self) -> None:
        """Write every waiting row."""
        self._tell()
        for table in self._tables.values():
            table.flush()

    # ---- entities ----

    def take(self, entities: Iterable[Entity]) -> None:
        """Write the entities, without what follows from them."""
        for entity in entities:
            check_entity(entity)
            kind, doc = kind_of(entity), encode(entity)
            self._content += entity_hash(kind, entity.id, doc)
            self._changes += change_hash(Change(kind, entity.id, None, doc))
            self._entities += 1
            if isinstance(entity, Statement):
                self._statement(entity, doc)
            elif isinstance(entity, Source):
                self._source(entity, doc)
            else:
                self._node(entity, doc)

    def _node(self, node: Node, doc: str) -> None:
        pk = _number(self._pks, node.id)
        self._into("node", 2).add((pk, node.id))
        self._into("node_doc", 6).add((pk, *node_columns(node), doc))
        self._tally["node", node.kind] += 1
        for old in set(node.redirects):
            self._into("redirect", 2).add((old, pk))
        for key, text in keyed(node):
            self._names += 1
            self._into("name", 4).add((self._names, pk, key, text))
            for word in words_of(key):
                self._into("temp.staged_word", 3).add((word, len(key), self._names))

    def _source(self, source: Source, doc: str) -> None:
        pk = _number(self._source_pks, source.id)
        self._sources[source.id] = source
        self._into("source", 5).add((pk, source.id, *source_columns(source), doc))
        if source.withdrawn is None:
            self._tally["source", "article"] += 1

    def _statement(self, statement: Statement, doc: str) -> None:
        missing = [node for node in participants(statement) if node not in self._pks]
        source = self._source_pks.get(statement.evidence.source)
        if missing or source is None:
            wanted = [*missing, *([statement.evidence.source] if source is None else [])]
            raise unknown_references([(statement.id, one) for one in wanted])
        self._told.append((statement.id, statement.fact, statement.type, source, doc))
        if len(self._told) >= _BATCH:
            self._tell()

    def _tell(self) -> None:
        """Write the waiting statements, under the keys of their facts."""
        if not self._told:
            return
        new = "INSERT INTO fact (id, type, low, high, modality) VALUES (?, ?, 0, 0, 0) ON CONFLICT (id) DO NOTHING"
        self._db.executemany(new, [one[1:3] for one in self._told])
        known = "SELECT f.id, f.pk FROM carray(?) AS c CROSS JOIN fact AS f ON f.id = c.value"
        pks: dict[str, int] = dict(rows(self._db, known, (apsw.carray(tuple(one[1] for one in self._told)),)))
        statements = self._into("statement", 5)
        for entity_id, fact, _, source, doc in self._told:
            self._statements += 1
            statements.add((self._statements, entity_id, pks[fact], source, doc))
        self._told.clear()

    # ---- what follows from them ----

    def derive(self) -> None:
        """Write facts, participants and ties."""
        told = self._db.execute("SELECT fact, doc FROM statement INDEXED BY statement_fact ORDER BY fact")
        ties, rosters = (array("q", bytes(8 * (len(self._pks) + 1))) for _ in range(2))
        for fact, statements in groupby(told, key=itemgetter(0)):
            self._fact(int(str(fact)), statements, ties, rosters)
        self.flush()
        self._db.execute("INSERT INTO adj SELECT * FROM temp.staged_adj ORDER BY n, type, neg_high, far, fact, flipped")
        self._db.executemany(
            "INSERT INTO degree VALUES (?, ?, ?)",
            ((pk, ties[pk], rosters[pk]) for pk in range(1, len(ties)) if ties[pk]),
        )
        near = self._into("near", 3)
        listed = self._db.execute("SELECT n, nbr, type, modality, dir FROM adj")
        for n, group in groupby(listed, key=itemgetter(0)):
            pk = int(str(n))
            if ties[pk] <= MOST_LISTED:
                near.add((pk, *packed([row[1:] for row in group])))
        near.flush()
        self._db.execute("INSERT INTO participant SELECT * FROM temp.staged_participant ORDER BY node, fact")

    def _fact(self, pk: int, rows: Iterator[Row], ties: "array[int]", rosters: "array[int]") -> None:
        statements = [_STATEMENT.decode(row[1]) for row in rows]
        visible = [one for one in statements if self._sources[one.evidence.source].withdrawn is None]
        fact = merge(visible, self._sources) if visible else None
        part = set(participants(fact)) if fact else set()
        staged = self._into("temp.staged_participant", 3)
        staged.extend((self._pks[node], pk, 1) for node in part)
        if fact is None or len(statements) > 1:
            named = {node for one in statements for node in participants(one)} - part
            staged.extend((self._pks[node], pk, 0) for node in named)
        if fact is None:
            return
        self._facts += 1
        self._tally["fact", fact.type] += 1
        if "fact" not in self._tables:
            sql = "UPDATE fact SET type = ?, low = ?, high = ?, modality = ?, opened = ? WHERE pk = ?"
            self._tables["fact"] = Rows(self._db, sql)
        self._tables["fact"].add((*fact_columns(fact), VERSION, pk))
        self._into("fact_doc", 2).add((pk, encode(fact)))
        staged = self._into("temp.staged_adj", 13)
        for tie in ties_of(fact):
            u, v = self._pks[tie.u], self._pks[tie.v]
            staged.extend(tie_rows(tie, u, v, VERSION))
            ties[u] += 1
            ties[v] += 1
            rosters[v] += tie.type == MEMBER_OF
            self._tally["tie", tie.type] += 1

    def index_words(self) -> None:
        """Write the words of names, and the windows of words, in order."""
        db = self._db
        db.execute("INSERT INTO word SELECT * FROM temp.staged_word ORDER BY word, size, name")
        grams = self._into("temp.staged_gram", 2)
        for (word,) in db.execute("SELECT DISTINCT word FROM word"):
            for gram in trigrams(str(word)):
                grams.add((gram, word))
        grams.flush()
        db.execute("INSERT INTO gram SELECT * FROM temp.staged_gram ORDER BY gram, word")
        db.execute(_UNSTAGE)

    def record(self, header: Plan) -> Load:
        """Write the journal and the counts."""
        for kind, name in enumerate(KINDS):
            table = "node_doc JOIN node USING (pk)" if name == "node" else name
            sql = f"INSERT INTO revision SELECT {kind}, id, {VERSION}, NULL FROM {table} ORDER BY id"  # noqa: S608
            self._db.execute(sql)
        self._db.executemany("INSERT INTO tally VALUES (?, ?, ?)", [(*what, n) for what, n in self._tally.items()])
        load = Load(
            id=plan_id_of_sum(header, self._changes, self._entities),
            version=VERSION,
            at=now(),
            content=add_hashes("", (self._content,)),
            facts=self._facts,
            added=self._entities,
            changed=0,
            removed=0,
            message=header.message,
            editor=header.editor,
            reverts=header.reverts,
        )
        write_load(self._db, load)
        return load
