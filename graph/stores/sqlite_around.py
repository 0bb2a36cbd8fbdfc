"""The ties around one node of the embedded store: pages at one hop, nearest first at more."""

from __future__ import annotations  # some of apsw's types exist for type checkers only

import base64
import binascii
from collections.abc import Iterator, Sequence
from typing import Final

import apsw
import msgspec

from graph.errors import NotFound, Unreadable
from graph.model import Filters, Neighbourhood
from graph.stores import sqlite_read as read
from graph.stores.codes import sieve_of, tie_names
from graph.stores.sqlite_connections import Row, first
from graph.stores.sqlite_ties import SIEVE, TIE_COLUMNS, both_tables, keys, roster_test, sieve_values, tie_from
from graph.vocabulary import Text

# Parameters: 1-7 the sieve, 8 the node, 9 the roster cap, 10 the centre's key, 11 the node's id, 12-16 a position.
_PLACE: Final = "far.id, f.id || '|', CASE a.dir WHEN 0 THEN ?11 ELSE far.id END || '|'"  # a tie's id is fact|type|u|v
_BEYOND: Final = f"a.type = ?12 AND a.neg_high >= ?13 AND (a.neg_high, {_PLACE}) > (?13, ?14, ?15, ?16)"
_LAST_TYPE: Final = 63


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ends: the order of ties at a centre. The empty one is before every tie of its type."""

    type: int
    neg_high: int = -(1 << 62)
    far: str = ""
    fact: str = ""
    u: str = ""

    def values(self) -> tuple[apsw.SQLiteValue, ...]:
        """Return parameters 12 to 16."""
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
        self._fixed = (*sieve_values(self._sieve), self._centre, filters.roster_cap, keys((self._centre,)), node_id)
        self._rows: list[Row] = []

    # ---- one hop: pages ----

    def page(self, after: Position | None) -> Neighbourhood:
        """Return one page of the ties at the centre."""
        sql = both_tables(self._sieve, _page_sql) + " ORDER BY 2, 3, 11, 12, 13 LIMIT ?17"
        for kind in self._types(after):
            room = self._limit - len(self._rows)
            if room <= 0:
                break
            start = after if after is not None and after.type == kind else Position(kind)
            self._rows += self._db.execute(sql, (*self._fixed, *start.values(), room)).fetchall()
        end = _position(self._rows[-1]) if self._rows else after
        left_out = self._left_out(end) if len(self._rows) >= self._limit else {}
        distances = {self._id: 0} | {row[10]: 1 for row in self._rows}
        cursor = _write_cursor(end) if end is not None and left_out else None
        return self._answer(distances, left_out, bool(left_out), cursor)

    def _types(self, after: Position | None) -> list[int]:
        lowest = after.type if after is not None else 0
        return [code for code in range(lowest, _LAST_TYPE) if self._sieve.types >> code & 1]

    def _left_out(self, after: Position | None) -> dict[str, int]:
        """Count per type the ties at the centre that come after a position."""
        counts: dict[str, int] = {}
        sql = both_tables(self._sieve, _count_sql)
        for kind in self._types(after):
            start = after if after is not None and after.type == kind else Position(kind)
            n = sum(row[0] for row in self._db.execute(sql, (*self._fixed, *start.values())))
            if n:
                counts[tie_names()[kind]] = n
        return dict(sorted(counts.items()))

    # ---- more hops: rings ----

    def rings(self, hops: int) -> Neighbourhood:
        """Return the ties of every node nearer than `hops`, ring by ring."""
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
        sql = both_tables(self._sieve, _ring_sql) + " ORDER BY 2, 3, 11, 12, 13 LIMIT ?12"
        values = (*self._fixed[:7], n, *self._fixed[8:10], node_id, limit)
        return self._db.execute(sql, values)

    def _without_hubs(self, nodes: Sequence[int]) -> list[int]:
        sql = "SELECT e.pk FROM carray(?) AS c CROSS JOIN node AS e ON e.pk = c.value WHERE e.ties > ?"
        hubs = {row[0] for row in self._db.execute(sql, (keys(nodes), self._hub_cap))}
        return [n for n in nodes if n not in hubs]

    def _answer(
        self, distances: dict[str, int], left_out: dict[str, int], truncated: bool, cursor: str | None
    ) -> Neighbourhood:
        nodes = {self._centre: self._id}
        ties = []
        for row in self._rows:
            nodes[row[3]] = row[10]
            ties.append(tie_from(row[:10], nodes, row[11][:-1]))
        return Neighbourhood(self._id, tuple(ties), distances, left_out, truncated, cursor)


def _named(distances: dict[int, int], ids: dict[int, str]) -> dict[str, int]:
    return {ids[pk]: distance for pk, distance in distances.items()}


def _select(table: str, columns: str, test: str) -> str:
    return (
        f"SELECT {columns} FROM {table} AS a"  # noqa: S608
        " CROSS JOIN node AS far ON far.pk = a.nbr CROSS JOIN fact AS f ON f.pk = a.fact"
        f" WHERE a.n = ?8 AND {SIEVE} AND {roster_test(9, 10)} AND {test}"
    )


def _page_sql(table: str, test: str) -> str:
    return _select(table, f"{TIE_COLUMNS}, {_PLACE}", f"{_BEYOND} AND {test}")


def _count_sql(table: str, test: str) -> str:
    return _select(table, "count(*)", f"{_BEYOND} AND {test}")


def _ring_sql(table: str, test: str) -> str:
    return _select(table, f"{TIE_COLUMNS}, {_PLACE}", test)


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
