"""Listing nodes and facts by several restrictions at once, a page at a time, by id.

A restriction that few rows meet drives the statement through its index, and the page is sorted. One that many rows meet
is tested along the ids instead: the page is full before much is read. A bounded count decides.
"""

from collections.abc import Sequence
from typing import Final

import apsw
import msgspec

from graph.model import Fact, Node
from graph.store import FactQuery, NodeQuery
from graph.stores.codes import asked_day
from graph.stores.sqlite_connections import first, rows
from graph.vocabulary import vocabulary

_NODE: Final = msgspec.json.Decoder(Node)
_FACT: Final = msgspec.json.Decoder(Fact)
_FEW: Final = 20_000  # rows worth gathering and sorting for one page
_AFTER_COLON: Final = ";"  # ids of a kind lie between "kind:" and "kind;"

Value = str | int


class Tests:
    """The restrictions of one statement, with their values."""

    def __init__(self, db: apsw.Connection) -> None:
        """Restrict nothing yet."""
        self._db = db
        self.sql: list[str] = []
        self.values: list[Value] = []

    def add(self, test: str, *values: Value) -> None:
        """Restrict by one more test."""
        self.sql.append(test)
        self.values.extend(values)

    def any_of(self, column: str, wanted: Sequence[Value]) -> None:
        """Restrict a column to one of some values; nothing wanted restricts nothing."""
        if wanted:
            self.add(f"{column} IN ({_marks(wanted)})", *wanted)

    def any_of_indexed(self, table: str, column: str, wanted: Sequence[str]) -> None:
        """Restrict a column that has an index, using the index where few rows meet the restriction."""
        if wanted:
            counted = f"SELECT 1 FROM {table} WHERE {column} IN ({_marks(wanted)}) LIMIT {_FEW + 1}"  # noqa: S608
            row = first(self._db, f"SELECT count(*) FROM ({counted})", wanted)  # noqa: S608
            # A unary plus keeps SQLite from using the index (https://www.sqlite.org/optoverview.html).
            self.any_of(f"d.{column}" if row and row[0] <= _FEW else f"+d.{column}", wanted)

    def where(self) -> str:
        """Return all tests as one."""
        return " AND ".join(self.sql)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def list_nodes(db: apsw.Connection, where: NodeQuery, after: str, limit: int) -> tuple[Node, ...]:
    """Return nodes that meet every restriction, by id."""
    tests = Tests(db)
    for column, wanted in (("home", where.home), ("seat", where.seat), ("part_of", where.part_of)):
        tests.any_of_indexed("node_doc", column, wanted)
    if where.subsector is not None:
        active = vocabulary().tie_types["ACTIVE_IN"].code
        tests.add(
            "e.pk IN (SELECT a.nbr FROM adj AS a JOIN node AS s ON s.pk = a.n"
            " WHERE s.id = ? AND a.type = ? AND a.dir = 1)",
            where.subsector,
            active,
        )
    spans = [(f"{kind}:", f"{kind}{_AFTER_COLON}") for kind in sorted(set(where.kinds))] or [("", "\U0010ffff")]
    found: list[Node] = []
    for begin, end in spans:
        sql = (
            "SELECT d.doc FROM node AS e JOIN node_doc AS d USING (pk)"  # noqa: S608 - words of ours
            f" WHERE {' AND '.join(['e.id > ?', 'e.id < ?', *tests.sql])} ORDER BY e.id LIMIT ?"
        )
        values = (max(after, begin), end, *tests.values, limit - len(found))
        found += [_NODE.decode(row[0]) for row in rows(db, sql, values)] if len(found) < limit else []
    return tuple(found)


def list_facts(db: apsw.Connection, where: FactQuery, after: str, limit: int) -> tuple[Fact, ...]:
    """Return live facts that meet every restriction, by id. Raises Unreadable for a day that is none."""
    tests = Tests(db)
    tests.add("f.id > ?", after)
    tests.add("f.opened IS NOT NULL")
    codes = vocabulary().terms["modality"]
    tests.any_of("f.type", where.types)
    if where.modalities:
        tests.any_of("f.modality", [codes[name].code for name in where.modalities if name in codes] or [-1])
    for name, bound, test in (("since", where.since, "f.high >= ?"), ("until", where.until, "f.low <= ?")):
        if bound is not None:
            tests.add(test, asked_day(bound, name))
    _about(db, tests, where.about)
    if where.source is not None:
        tests.add(
            "f.pk IN (SELECT t.fact FROM statement AS t JOIN source AS s ON s.pk = t.source"
            " WHERE s.id = ? AND s.withdrawn = 0)",
            where.source,
        )
    sql = (
        "SELECT d.doc FROM fact AS f JOIN fact_doc AS d USING (pk)"  # noqa: S608 - words of ours
        f" WHERE {tests.where()} ORDER BY f.id LIMIT ?"
    )
    return tuple(_FACT.decode(row[0]) for row in rows(db, sql, (*tests.values, limit)))


def _about(db: apsw.Connection, tests: Tests, about: Sequence[str]) -> None:
    """Restrict facts to those in which all of these nodes take part, led by the one with the fewest facts."""
    counted: list[tuple[int, int]] = []
    for node_id in about:
        row = first(db, "SELECT pk FROM node WHERE id = ?", (node_id,))
        pk = int(row[0]) if row else -1
        sql = f"SELECT count(*) FROM (SELECT 1 FROM participant WHERE node = ? LIMIT {_FEW + 1})"  # noqa: S608
        counted.append(((first(db, sql, (pk,)) or (0,))[0], pk))
    for place, (facts, pk) in enumerate(sorted(counted)):
        if place == 0 and facts <= _FEW:
            tests.add("f.pk IN (SELECT p.fact FROM participant AS p WHERE p.node = ? AND p.takes_part = 1)", pk)
        else:
            part = "SELECT 1 FROM participant AS p WHERE p.node = ? AND p.fact = f.pk AND p.takes_part = 1"
            tests.add(f"EXISTS ({part})", pk)
