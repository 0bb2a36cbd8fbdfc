"""The ties around one node of the embedded store: pages at one hop, nearest first at more."""

from __future__ import annotations  # some of apsw's types exist for type checkers only

import base64
import binascii
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import apsw
import msgspec

from graph.errors import NotFound, Unreadable
from graph.model import Filters, Neighbourhood, Tie
from graph.stores import sqlite_read as read
from graph.stores.codes import sieve_of, tie_names
from graph.stores.sqlite_connections import first, rows
from graph.stores.sqlite_ties import TIE_COLUMNS, TIE_ORDER, keys, shape_of, sieve_values, statement, tie_from
from graph.vocabulary import Text

# Parameters beyond those of `sqlite_ties`: 10 the node, 11 how many, 12-16 a position.
_BEYOND: Final = "(a.type, a.neg_high, a.far, a.fact, a.flipped) > (?12, ?13, ?14, ?15, ?16)"
_BEYOND_IN_TYPE: Final = "a.type = ?12 AND (a.neg_high, a.far, a.fact, a.flipped) > (?13, ?14, ?15, ?16)"
_PAGE: Final = f"{TIE_ORDER} LIMIT ?11"
_TYPES: Final = range(63)
_FEW: Final = 1000  # ties; of a centre with more only the types that are walked are read


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ends: the order of ties at a centre. The empty one is before every tie of its type."""

    type: int
    neg_high: int = -(1 << 62)
    far: str = ""
    fact: str = ""
    flipped: int = 0

    def values(self) -> tuple[int | str, ...]:
        """Return parameters 12 to 16."""
        return (self.type, self.neg_high, self.far, self.fact, self.flipped)


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
        self._distances = {node_id: 0}
        self._ties: list[Tie] = []
        self._last: Position | None = None

    # ---- one hop: pages ----

    def page(self, after: Position | None) -> Neighbourhood:
        """Return one page of the ties at the centre."""
        sql = statement(self._shape, _few_sql if self._few else _many_sql, _PAGE)
        self._last = after
        for start in self._starts(after):
            room = self._limit - len(self._ties)
            if room <= 0:
                break
            for row in rows(self._db, sql, (*self._fixed, self._centre, room, *start.values())):
                self._add(row, self._id, 1)
        left_out = self._left_out() if len(self._ties) >= self._limit else {}
        cursor = _write_cursor(self._last) if self._last is not None and left_out else None
        return self._answer(left_out, bool(left_out), cursor)

    def _starts(self, after: Position | None) -> list[Position]:
        """Return where to begin reading: once for all types, or once for each type that is walked."""
        if self._few:
            return [after or Position(0)]
        later = [Position(code) for code in _TYPES if self._sieve.types >> code & 1]
        return later if after is None else [after, *(start for start in later if start.type > after.type)]

    def _left_out(self) -> dict[str, int]:
        """Count per type the ties at the centre that come after the last one taken there."""
        counts: Counter[str] = Counter()
        sql = statement(self._shape, _few_counts_sql if self._few else _many_counts_sql)
        for start in self._starts(self._last):
            for kind, n in rows(self._db, sql, (*self._fixed, self._centre, None, *start.values())):
                counts[tie_names()[kind]] += n
        return dict(sorted(counts.items()))

    # ---- more hops: rings ----

    def rings(self, hops: int) -> Neighbourhood:
        """Return the ties of every node nearer than `hops`, ring by ring."""
        sql = statement(self._shape, _ring_sql, TIE_ORDER)
        expanded: set[int] = set()
        ring = {self._centre: self._id}
        for distance in range(1, hops + 1):
            reached: dict[int, str] = {}
            for n, node_id in ring.items():
                for row in self._db.execute(sql, (*self._fixed, n)):
                    if row[6] in expanded or (row[6] == n and row[7]):
                        continue  # told from its other end
                    if len(self._ties) >= self._limit:
                        return self._answer(self._left_out() if distance == 1 else {}, True, None)
                    if self._add(row, node_id, distance):
                        reached[row[6]] = row[3]
                expanded.add(n)
            ring = self._without_hubs(reached)
        return self._answer({}, False, None)

    def _without_hubs(self, nodes: dict[int, str]) -> dict[int, str]:
        sql = "SELECT d.n FROM carray(?) AS c CROSS JOIN degree AS d ON d.n = c.value WHERE d.ties > ?"
        hubs = {row[0] for row in rows(self._db, sql, (keys(nodes), self._hub_cap))}
        return {n: node_id for n, node_id in nodes.items() if n not in hubs} if hubs else nodes

    # ---- the answer ----

    def _add(self, row: Sequence[Any], node_id: str, distance: int) -> bool:
        """Take one tie at a node; return whether it is the first to reach its far end."""
        self._ties.append(tie_from(row, node_id))
        if distance == 1:
            self._last = Position(*row[1:6])
        if row[3] in self._distances:
            return False
        self._distances[row[3]] = distance
        return True

    def _answer(self, left_out: dict[str, int], truncated: bool, cursor: str | None) -> Neighbourhood:
        return Neighbourhood(self._id, tuple(self._ties), self._distances, left_out, truncated, cursor)


def _select(columns: str, table: str, tests: str) -> str:
    return f"SELECT {columns} FROM {table} AS a WHERE a.n = ?10 AND {tests}"  # noqa: S608 - words of ours


def _ring_sql(table: str, tests: str) -> str:
    return _select(TIE_COLUMNS, table, tests)


def _few_sql(table: str, tests: str) -> str:
    return _select(TIE_COLUMNS, table, f"{tests} AND {_BEYOND}")


def _many_sql(table: str, tests: str) -> str:
    return _select(TIE_COLUMNS, table, f"{tests} AND {_BEYOND_IN_TYPE}")


def _few_counts_sql(table: str, tests: str) -> str:
    return _select("a.type, count(*)", table, f"{tests} AND {_BEYOND}") + " GROUP BY a.type"


def _many_counts_sql(table: str, tests: str) -> str:
    return _select("a.type, count(*)", table, f"{tests} AND {_BEYOND_IN_TYPE}") + " GROUP BY a.type"


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
