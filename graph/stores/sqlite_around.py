"""The ties around one node of the embedded store: pages at one hop, nearest first at more."""

from __future__ import annotations  # some of apsw's types exist for type checkers only

import base64
import binascii
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import apsw
import msgspec

from graph.errors import NotFound, Unreadable
from graph.model import Filters, Neighbourhood
from graph.stores import sqlite_read as read
from graph.stores.codes import sieve_of, tie_names
from graph.stores.sqlite_connections import Row, first, rows
from graph.stores.sqlite_ties import TIE_COLUMNS, keys, shape_of, sieve_values, statement, tie_from
from graph.vocabulary import Text

# Parameters beyond those of `sqlite_ties`: 10 the node, 11 its id, 12 how many, 13-17 a position.
_PLACE: Final = "far.id, f.id || '|', CASE a.dir WHEN 0 THEN ?11 ELSE far.id END || '|'"  # a tie's id is fact|type|u|v
_BEYOND: Final = f"(a.type, a.neg_high, {_PLACE}) > (?13, ?14, ?15, ?16, ?17)"
_BEYOND_IN_TYPE: Final = f"a.type = ?13 AND a.neg_high >= ?14 AND (a.neg_high, {_PLACE}) > (?14, ?15, ?16, ?17)"
_ORDER: Final = " ORDER BY 2, 3, 11, 12, 13 LIMIT ?12"
_TYPES: Final = range(63)
_FEW: Final = 1000  # ties; a centre with more is read type by type, so that the index ends the reading


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ends: the order of ties at a centre. The empty one is before every tie of its type."""

    type: int
    neg_high: int = -(1 << 62)
    far: str = ""
    fact: str = ""
    u: str = ""

    def values(self) -> tuple[apsw.SQLiteValue, ...]:
        """Return parameters 13 to 17."""
        return (self.type, self.neg_high, self.far, self.fact, self.u)


def neighbourhood(
    db: apsw.Connection, node_id: str, hops: int, filters: Filters, page: tuple[int, str | None]
) -> Neighbourhood:
    """Return at most `page[0]` ties around a node, after the cursor `page[1]` if given (see the contract).

    Raises NotFound, Moved, Unreadable.
    """
    limit, cursor = page
    walk = Around(db, node_id, filters, limit)
    return walk.page(_read_cursor(cursor)) if hops == 1 else walk.rings(hops)


class Around:
    """One walk around a centre."""

    def __init__(self, db: apsw.Connection, node_id: str, filters: Filters, limit: int) -> None:
        """Look the centre up and prepare the statements. Raises NotFound, Moved."""
        row = first(db, "SELECT e.pk FROM node AS e JOIN node_doc AS d USING (pk) WHERE e.id = ?", (node_id,))
        if row is None:
            read.node(db, node_id)  # raises why it is not there
            raise NotFound("node")
        self._db = db
        self._id = node_id
        self._centre = int(row[0])
        self._hub_cap = filters.hub_cap
        self._limit = limit
        self._sieve = sieve_of(filters)
        self._shape = shape_of(self._sieve)
        self._fixed = (*sieve_values(self._sieve), filters.roster_cap, keys((self._centre,)))
        ties = first(db, "SELECT ties FROM degree WHERE n = ?", (self._centre,))
        self._few = ties is None or ties[0] <= _FEW
        self._rows: list[Row] = []

    # ---- one hop: pages ----

    def page(self, after: Position | None) -> Neighbourhood:
        """Return one page of the ties at the centre."""
        sql = statement(self._shape, _few_sql if self._few else _many_sql, _ORDER)
        for start in self._starts(after):
            room = self._limit - len(self._rows)
            if room <= 0:
                break
            self._rows += rows(self._db, sql, (*self._fixed, self._centre, self._id, room, *start.values()))
        end = _position(self._rows[-1]) if self._rows else after
        left_out = self._left_out(end) if len(self._rows) >= self._limit else {}
        distances = {self._id: 0} | {row[10]: 1 for row in self._rows}
        cursor = _write_cursor(end) if end is not None and left_out else None
        return self._answer(distances, left_out, bool(left_out), cursor)

    def _starts(self, after: Position | None) -> list[Position]:
        """Return where to begin reading: once for all types, or once for each type that is walked."""
        if self._few:
            return [after or Position(0)]
        later = [Position(code) for code in _TYPES if self._sieve.types >> code & 1]
        return later if after is None else [after, *(start for start in later if start.type > after.type)]

    def _left_out(self, after: Position | None) -> dict[str, int]:
        """Count per type the ties at the centre that come after a position."""
        counts: Counter[str] = Counter()
        sql = statement(self._shape, _few_counts_sql if self._few else _many_counts_sql)
        for start in self._starts(after):
            for kind, n in rows(self._db, sql, (*self._fixed, self._centre, self._id, None, *start.values())):
                counts[tie_names()[kind]] += n
        return dict(sorted(counts.items()))

    # ---- more hops: rings ----

    def rings(self, hops: int) -> Neighbourhood:
        """Return the ties of every node nearer than `hops`, ring by ring."""
        self._ring = statement(self._shape, _ring_sql, _ORDER)
        distances = {self._centre: 0}
        ids = {self._centre: self._id}
        expanded: set[int] = set()
        ring, truncated = [self._centre], False
        for distance in range(1, hops + 1):
            reached: list[int] = []
            for n in ring:
                for row in self._ties_at(n, ids[n]):
                    far = row[3]
                    if far in expanded or (far == n and row[5]):
                        continue
                    if len(self._rows) >= self._limit:
                        truncated = True
                        break
                    self._rows.append(row)
                    if far not in distances:
                        distances[far], ids[far] = distance, row[10]
                        reached.append(far)
                expanded.add(n)
                if truncated:
                    left_out = (
                        self._left_out(_position(self._rows[-1]) if self._rows else None) if distance == 1 else {}
                    )
                    return self._answer(_named(distances, ids), left_out, truncated, None)
            ring = self._without_hubs(reached)
        return self._answer(_named(distances, ids), {}, truncated, None)

    def _ties_at(self, n: int, node_id: str) -> Iterator[Row]:
        # The centre may have any number of ties; all others have at most the hub cap.
        limit = self._limit + 1 if n == self._centre else -1
        return self._db.execute(self._ring, (*self._fixed, n, node_id, limit))

    def _without_hubs(self, nodes: Sequence[int]) -> list[int]:
        sql = "SELECT d.n FROM carray(?) AS c CROSS JOIN degree AS d ON d.n = c.value WHERE d.ties > ?"
        hubs = {row[0] for row in rows(self._db, sql, (keys(nodes), self._hub_cap))}
        return [n for n in nodes if n not in hubs]

    def _answer(
        self, distances: dict[str, int], left_out: dict[str, int], truncated: bool, cursor: str | None
    ) -> Neighbourhood:
        nodes = {self._centre: self._id}
        ties = []
        for row in self._rows:
            nodes[row[3]] = row[10]
            ties.append(tie_from(row, nodes, row[11][:-1]))
        return Neighbourhood(self._id, tuple(ties), distances, left_out, truncated, cursor)


def _named(distances: dict[int, int], ids: dict[int, str]) -> dict[str, int]:
    return {ids[pk]: distance for pk, distance in distances.items()}


def _select(columns: str, table: str, tests: str) -> str:
    return (
        f"SELECT {columns} FROM {table} AS a"  # noqa: S608
        " CROSS JOIN node AS far ON far.pk = a.nbr CROSS JOIN fact AS f ON f.pk = a.fact"
        f" WHERE a.n = ?10 AND {tests}"
    )


def _ring_sql(table: str, tests: str) -> str:
    return _select(f"{TIE_COLUMNS}, {_PLACE}", table, tests)


def _few_sql(table: str, tests: str) -> str:
    return _select(f"{TIE_COLUMNS}, {_PLACE}", table, f"{tests} AND {_BEYOND}")


def _many_sql(table: str, tests: str) -> str:
    return _select(f"{TIE_COLUMNS}, {_PLACE}", table, f"{tests} AND {_BEYOND_IN_TYPE}")


def _few_counts_sql(table: str, tests: str) -> str:
    return _select("a.type, count(*)", table, f"{tests} AND {_BEYOND}") + " GROUP BY a.type"


def _many_counts_sql(table: str, tests: str) -> str:
    return _select("a.type, count(*)", table, f"{tests} AND {_BEYOND_IN_TYPE}") + " GROUP BY a.type"


def _position(row: Row) -> Position:
    return Position(row[1], row[2], row[10], row[11], row[12])


def _write_cursor(position: Position) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def _read_cursor(cursor: str | None) -> Position | None:
    if cursor is None:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(text, type=Position)
    except (msgspec.MsgspecError, binascii.Error, ValueError) as error:
        words = Text(id="Penanda halaman ini tidak berlaku.", en="This page marker is not valid.")
        raise Unreadable("cursor", words) from error
