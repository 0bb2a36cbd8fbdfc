"""All ties on short routes between two sets of nodes of the embedded store.

Level by level from the cheaper side: from the resident graph where it knows all that the filter asks, else one
statement per level. The last level is asked only for ties that meet the other side. What is read are pairs of keys;
ties are read for pairs that lie on a route.
"""

from __future__ import annotations  # some of apsw's types exist for type checkers only

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import apsw

from graph.errors import Unreadable
from graph.model import Budget, Filters, Subgraph, Tie
from graph.stores.codes import sieve_of
from graph.stores.meeting import Search, routes, skipped
from graph.stores.resident import Resident, Steps, plain
from graph.stores.sqlite_connections import Row, first, rows
from graph.stores.sqlite_ties import (
    TIE_COLUMNS,
    ids_of,
    keys,
    shape_of,
    sieve_values,
    statement,
    tie_from,
)
from graph.vocabulary import Text

# Parameters beyond those of `sqlite_ties`: 10 the nodes to leave, 11 the nodes to arrive at.
_EVERY_CAP: Final = 1 << 62
_ARRIVES: Final = "a.nbr IN (SELECT value FROM carray(?11))"


class Asked(NamedTuple):
    """What is asked, as the contract says."""

    sources: Sequence[str]
    targets: Sequence[str]
    filters: Filters
    hops: int
    budget: Budget


class Between:
    """One question. Call `enter` while `enters_next_level()`, then `finish`."""

    def __init__(self, db: apsw.Connection, asked: Asked, resident: Resident | None) -> None:
        """Look the ends up. Raises Unreadable when a node is in both sets."""
        self._db = db
        self._asked = asked
        self._resident = resident
        self._deadline = time.monotonic() + asked.budget.milliseconds / 1000
        if set(asked.sources) & set(asked.targets):
            words = Text(id="Satu pihak tidak boleh berada di kedua sisi.", en="One party cannot be on both sides.")
            raise Unreadable("to", words)
        self._sources, self._targets = self._search(asked.sources), self._search(asked.targets)
        endpoints = sorted(self._sources.ends | self._targets.ends)
        sieve = sieve_of(asked.filters)
        self._shape = shape_of(sieve)
        self._fixed = (*sieve_values(sieve), asked.filters.roster_cap, keys(endpoints))
        self._steps: Steps | None = None
        if resident is not None and plain(sieve):
            self._steps = Steps(resident, sieve, asked.filters.roster_cap, endpoints)
        self._hubs: set[int] = set()
        self.reads = 0
        self.levels = 0

    def _search(self, ids: Sequence[str]) -> Search[int]:
        sql = "SELECT e.pk FROM carray(?) AS c CROSS JOIN node AS e ON e.id = c.value"
        found = {row[0] for row in rows(self._db, sql, (apsw.carray(tuple(sorted(ids))),))} if ids else set()
        return Search(found, self._weigh(found, _EVERY_CAP)[0])

    def _weigh(self, nodes: Collection[int], cap: int) -> tuple[int, set[int]]:
        """Return the sum of the tie counts of the nodes that are no hubs, and the hubs among them."""
        if self._resident is not None:
            return self._resident.weigh(nodes, cap)
        sql = (
            "SELECT total(iif(d.ties <= ?2, d.ties, 0)), group_concat(iif(d.ties > ?2, d.n, NULL))"
            " FROM carray(?1) AS c CROSS JOIN degree AS d ON d.n = c.value"
        )
        row = first(self._db, sql, (keys(sorted(nodes)), cap)) or (0, None)
        return int(row[0]), {int(pk) for pk in str(row[1] or "").split(",") if pk}

    # ---- walking ----

    @property
    def cost(self) -> int:
        """Ties that entering the next level reads."""
        return min(self._sources.cost, self._targets.cost)

    def enters_next_level(self) -> bool:
        """Whether there is a level left to enter, and budget for it."""
        if self.levels >= self._asked.hops:
            return False
        return self.reads + self.cost <= self._asked.budget.reads and time.monotonic() < self._deadline

    def enter(self) -> None:
        """Read the ties of the cheaper side's frontier and step across them."""
        side, other = self._sources, self._targets
        if other.cost < side.cost:
            side, other = other, side
        last = self.levels + 1 == self._asked.hops
        pairs = self._read(side.frontier, other.distances if last else None)
        self.reads += side.cost
        self.levels += 1
        reached = side.step(pairs, other)
        side.cost, hubs = self._weigh(reached, self._asked.filters.hub_cap)
        side.frontier = [n for n in sorted(reached) if n not in hubs]
        self._hubs |= hubs

    def _read(self, nodes: Sequence[int], arrive: Collection[int] | None) -> list[tuple[int, int]]:
        """Return (left, arrived at) of the ties at these nodes; of those to `arrive` only, if given."""
        pairs: list[tuple[int, int]] = []
        if self._resident is not None and self._steps is not None:
            unlisted = self._resident.unlisted.intersection(nodes)
            listed = [n for n in nodes if n not in unlisted] if unlisted else nodes
            pairs, nodes = self._steps.pairs(listed, arrive), sorted(unlisted)
        elif self._resident is not None and arrive is not None and not self._shape.past:
            nodes = self._resident.leading_to(nodes, arrive)
        if nodes and arrive is None:
            pairs += self._pairs(statement(self._shape, _pairs_sql), (*self._fixed, keys(nodes)))
        elif nodes and arrive is not None:
            sql = statement(self._shape, _meeting_sql)
            pairs += self._pairs(sql, (*self._fixed, keys(nodes), keys(arrive)))
        return pairs

    def _pairs(self, sql: str, values: Sequence[Any]) -> list[tuple[int, int]]:
        return self._db.execute(sql, values).fetchall()  # type: ignore[return-value] # two integer columns

    # ---- what lies on a route ----

    def finish(self) -> Subgraph:
        """Return the ties on routes of as many hops as were walked."""
        hubs = skipped(self._sources, self._targets, self._hubs)
        found = routes(self._sources, self._targets, frozenset(self._hubs), self.levels)
        told = self._rows(found.pairs)
        ids = {row[6]: str(row[3]) for row in told}
        ids |= ids_of(self._db, {row[0] for row in told}.union(hubs).difference(ids))
        ties = self._affordable(told, found.pairs, ids)
        ends = {end for tie in ties for end in (tie.u, tie.v)}
        near, far = (
            dict(sorted((ids[pk], d) for pk, d in side.items() if ids.get(pk) in ends))
            for side in (found.from_sources, found.from_targets)
        )
        return Subgraph(
            ties=tuple(ties),
            from_sources=near,
            from_targets=far,
            hops=self.levels,
            reads=self.reads,
            truncated=self.levels < self._asked.hops or len(ties) < len(told),
            hubs=tuple(sorted(ids[hub] for hub in hubs)),
        )

    def _rows(self, pairs: Collection[tuple[int, int]]) -> list[Row]:
        """Return the rows of the ties between these pairs, each once."""
        wanted = set(self._from_the_smaller(pairs))
        if not wanted:
            return []
        leave, arrive = sorted({n for n, _ in wanted}), sorted({nbr for _, nbr in wanted})
        sql = statement(self._shape, _ties_sql)
        read = rows(self._db, sql, (*self._fixed, keys(leave), keys(arrive)))
        return [row for row in read if (row[0], row[6]) in wanted]

    def _from_the_smaller(self, pairs: Collection[tuple[int, int]]) -> Iterable[tuple[int, int]]:
        """Turn pairs so that they are read from the end with fewer ties."""
        if self._resident is None:
            return pairs
        near, far = (self._resident.counts([pair[end] for pair in pairs]) for end in (0, 1))
        return [(n, nbr) if a <= b else (nbr, n) for (n, nbr), a, b in zip(pairs, near, far, strict=True)]

    def _affordable(
        self, told: Sequence[Row], lengths: Mapping[tuple[int, int], int], ids: Mapping[int, str]
    ) -> list[Tie]:
        """Return the ties by id: all, or as many as the budget allows, those on the shortest routes first."""
        limit = self._asked.budget.ties
        if len(told) > limit:
            length = {pair: n for (a, b), n in lengths.items() for pair in ((a, b), (b, a))}
            by_length = sorted(told, key=lambda row: length[row[0], row[6]])
            longest = length[by_length[limit][0], by_length[limit][6]]
            sure = [row for row in by_length[:limit] if length[row[0], row[6]] < longest]
            edge = [tie_from(row, ids[row[0]]) for row in by_length if length[row[0], row[6]] == longest]
            ties = sorted(edge, key=_tie_id)[: limit - len(sure)]
            told = sure
        else:
            ties = []
        return sorted([*ties, *(tie_from(row, ids[row[0]]) for row in told)], key=_tie_id)


def _tie_id(tie: Tie) -> str:
    return tie.id


def _select(columns: str, table: str, tests: str) -> str:
    return f"SELECT {columns} FROM carray(?10) AS c CROSS JOIN {table} AS a ON a.n = c.value WHERE {tests}"  # noqa: S608


def _pairs_sql(table: str, tests: str) -> str:
    return _select("a.n, a.nbr", table, tests)


def _meeting_sql(table: str, tests: str) -> str:
    return _select("a.n, a.nbr", table, f"{_ARRIVES} AND {tests}")


def _ties_sql(table: str, tests: str) -> str:
    return _select(TIE_COLUMNS, table, f"{_ARRIVES} AND {tests}")
