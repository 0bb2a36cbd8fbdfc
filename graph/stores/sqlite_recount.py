"""Facts, participants, ties and counts of a graph file, derived again and compared with what is there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import apsw
import msgspec

from graph.model import Fact, Source, Statement, Tie
from graph.project import merge, participants, ties_of
from graph.stores import sqlite_read as read
from graph.stores.codes import MEMBER_OF
from graph.stores.sqlite_connections import Row, first, rows
from graph.stores.sqlite_derive import TIE_KEY, fact_columns, near_of, tie_rows

_FACT: Final = msgspec.json.Decoder(Fact)
_SOURCE: Final = msgspec.json.Decoder(Source)
_STATEMENT: Final = msgspec.json.Decoder(Statement)


class Recount:
    """What a graph file must hold, counted fact by fact."""

    def __init__(self, db: apsw.Connection) -> None:
        """Count from nothing."""
        self._db = db
        self._version = read.version(db).number
        self._pks: dict[str, int] = {}
        self.rows: Counter[str] = Counter()
        self.ties: Counter[int] = Counter()
        self.rosters: Counter[int] = Counter()
        self.tally: Counter[tuple[str, str]] = Counter()

    def fact(self, pk: int, fact_id: str) -> Iterator[str]:
        """Compare one fact, its participants and its ties, past and present, with its statements."""
        sql = (
            "SELECT t.doc, s.doc FROM statement AS t JOIN source AS s ON s.pk = t.source WHERE t.fact = ? ORDER BY t.id"
        )
        told = [(_STATEMENT.decode(row[0]), _SOURCE.decode(row[1])) for row in rows(self._db, sql, (pk,))]
        visible = [statement for statement, source in told if source.withdrawn is None]
        expected = merge(visible, {source.id: source for _, source in told}) if visible else None
        row = first(self._db, "SELECT doc FROM fact_doc WHERE pk = ?", (pk,))
        if (_FACT.decode(row[0]) if row else None) != expected:
            yield f"fact {fact_id}: it is not the merge of its statements"
        yield from self._fact_row(pk, fact_id, expected, bool(told))
        yield from self._participants(pk, fact_id, [statement for statement, _ in told], expected)
        yield from self._ties(pk, fact_id, expected)

    def _fact_row(self, pk: int, fact_id: str, fact: Fact | None, told: bool) -> Iterator[str]:
        sql = "SELECT type, low, high, modality, opened, gone FROM fact WHERE pk = ?"
        row = first(self._db, sql, (pk,)) or (None,) * 6
        if fact is None:
            if row[4] is not None or not (told or row[5]):
                yield f"fact {fact_id}: it has no statement, yet counts as live or never known"
            return
        self.rows["fact_doc"] += 1
        self.tally["fact", fact.type] += 1
        if row[:4] != fact_columns(fact) or not 1 <= (row[4] or 0) <= self._version or row[5] is not None:
            yield f"fact {fact_id}: its columns are not those of its document"

    def _participants(self, pk: int, fact_id: str, statements: Sequence[Statement], fact: Fact | None) -> Iterator[str]:
        part = set(participants(fact)) if fact else set()
        for node in sorted(part.union(*(participants(statement) for statement in statements))):
            self.rows["participant"] += 1
            key = self._pk(node)
            row = first(self._db, "SELECT takes_part FROM participant WHERE node = ? AND fact = ?", (key, pk))
            if row is None or row[0] != int(node in part):
                yield f"fact {fact_id}: {node} is not listed as taking part as it does"
            if first(self._db, "SELECT 1 FROM node_doc WHERE pk = ?", (key,)) is None:
                yield f"fact {fact_id}: it names {node}, which is not in the graph"

    def _ties(self, pk: int, fact_id: str, fact: Fact | None) -> Iterator[str]:
        live, past = self._history(pk, fact)
        for tie, opened in live.items():
            u, v = self._pk(tie.u), self._pk(tie.v)
            for row in tie_rows(tie, u, v, opened):
                self.rows["adj"] += 1
                if first(self._db, f"SELECT * FROM adj WHERE {TIE_KEY}", row[:6]) != row:  # noqa: S608 - constant
                    yield f"tie {tie.id}: it is missing or differs at one end"
            self._count(tie, u, v)
        for tie, opened, closed in past:
            for row in tie_rows(tie, self._pk(tie.u), self._pk(tie.v), opened):
                self.rows["adj_past"] += 1
                sql = f"SELECT * FROM adj_past WHERE {TIE_KEY} AND opened = ?7"  # noqa: S608 - constant
                if first(self._db, sql, (*row[:6], opened)) != (*row, closed):
                    yield f"tie {tie.id}: its past is missing or differs at one end"
        if not live and fact and ties_of(fact):
            yield f"fact {fact_id}: its ties are not there"

    def _history(self, pk: int, fact: Fact | None) -> tuple[dict[Tie, int], list[tuple[Tie, int, int]]]:
        """Return live ties with the version each was opened in, and past ones with when they were opened and closed."""
        sql = "SELECT opened, closed, doc FROM fact_past WHERE fact = ? ORDER BY opened"
        periods: list[Row] = [(o, c, _FACT.decode(doc)) for o, c, doc in rows(self._db, sql, (pk,))]
        self.rows["fact_past"] += len(periods)
        if fact is not None:
            row = first(self._db, "SELECT opened FROM fact WHERE pk = ?", (pk,))
            periods.append((row[0] if row else 0, None, fact))
        running: dict[Tie, int] = {}
        past: list[tuple[Tie, int, int]] = []
        until = 0
        for opened, closed, told in periods:
            ties = set(ties_of(told))
            kept = ties if opened == until else set()
            past += [(tie, since, until) for tie, since in running.items() if tie not in kept]
            running = {tie: running[tie] if tie in running and tie in kept else opened for tie in ties}
            until = closed
        if fact is None:
            past += [(tie, since, until) for tie, since in running.items()]
            running = {}
        return running, past

    def _count(self, tie: Tie, u: int, v: int) -> None:
        self.ties[u] += 1
        self.ties[v] += 1
        self.tally["tie", tie.type] += 1
        if tie.type == MEMBER_OF:
            self.rosters[v] += 1

    def _pk(self, node_id: str) -> int:
        if node_id not in self._pks:
            row = first(self._db, "SELECT pk FROM node WHERE id = ?", (node_id,))
            self._pks[node_id] = row[0] if row else -1
        return self._pks[node_id]


def recount(db: apsw.Connection) -> Iterator[str]:
    """Yield what is wrong with facts, ties and counts."""
    counted = Recount(db)
    for pk, fact_id in db.execute("SELECT pk, id FROM fact ORDER BY pk"):
        yield from counted.fact(int(str(pk)), str(fact_id))
    for table in ("fact_doc", "participant", "adj", "adj_past", "fact_past"):
        row = first(db, f"SELECT count(*) FROM {table}")  # noqa: S608 - a name of ours
        if row and row[0] != counted.rows[table]:
            yield f"{table}: {row[0]} rows where {counted.rows[table]} are expected"
    sql = "SELECT e.pk, e.id, d.ties, d.roster FROM node AS e LEFT JOIN degree AS d ON d.n = e.pk"
    for pk, node_id, ties, roster in db.execute(sql):
        key = int(str(pk))
        if (ties or 0, roster or 0) != (counted.ties[key], counted.rosters[key]):
            yield f"node {node_id}: its count of ties is not the number of its ties"
        elif first(db, "SELECT neighbours, codes FROM near WHERE n = ?", (key,)) != near_of(db, key):
            yield f"node {node_id}: its list of neighbours is not that of its ties"
    for (n,) in rows(db, "SELECT n FROM degree UNION SELECT n FROM near EXCEPT SELECT pk FROM node"):
        yield f"degree {n}: it counts the ties of no node"
    yield from _totals(db, counted)


def _totals(db: apsw.Connection, counted: Recount) -> Iterator[str]:
    for kind, n in rows(db, "SELECT kind, count(*) FROM node_doc GROUP BY kind"):
        counted.tally["node", kind] = n
    for (n,) in rows(db, "SELECT count(*) FROM source WHERE withdrawn = 0"):
        counted.tally["source", "article"] = n
    known = {(what, name): n for what, name, n in rows(db, "SELECT what, name, n FROM tally WHERE n <> 0")}
    if known != {key: n for key, n in counted.tally.items() if n}:
        yield "summary: its counts are not those of the graph"
    row = first(db, "SELECT value FROM meta WHERE name = 'facts'")
    if row is None or row[0] != counted.rows["fact_doc"]:
        yield "summary: the number of facts is not that of the graph"
