"""What both walks of the embedded store share: the filter in SQL, arrays of keys, rows into ties."""

from __future__ import annotations  # some of apsw's types exist for type checkers only

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import apsw

from graph.model import Tie
from graph.stores.codes import Sieve, modality_names, subsectors_of, tie_codes, tie_names
from graph.stores.sqlite_connections import Row, rows
from graph.time import from_day

TIE_COLUMNS: Final = "a.n, a.type, a.neg_high, a.nbr, a.fact, a.dir, a.low, a.modality, a.voices, a.subsectors"

# Parameters 1 to 7 of every walking statement are `sieve_values`; a row of adj must pass all of it.
SIEVE: Final = (
    "(?1 >> a.type) & 1 AND (?2 >> a.modality) & 1 AND a.neg_high <= ?3 AND a.low <= ?4"
    " AND (?5 = 0 OR a.subsectors & ?5) AND a.voices >= ?6 AND a.opened <= ?7"
)


def both_tables(sieve: Sieve, statement: Callable[[str, str], str]) -> str:
    """Return a statement over live ties, and over closed ones too where the filter looks back.

    statement(table, test) writes it for one table with one more test.
    """
    live = statement("adj", "1")
    return f"{live} UNION ALL {statement('adj_past', 'a.closed > ?7')}" if sieve.past else live


def sieve_values(sieve: Sieve) -> tuple[int, ...]:
    """Return parameters 1 to 7."""
    return (
        sieve.types, sieve.modalities, sieve.neg_high, sieve.low, sieve.subsectors, sieve.voices, sieve.known,
    )  # fmt: skip


def keys(values: Iterable[int]) -> apsw.CArrayBinding:
    """Bind integer keys as a table `carray(?)`; SQLite takes no empty one, so an impossible key stands for none."""
    return apsw.carray(array("q", values) or array("q", (-1,)))


def ids_of(db: apsw.Connection, table: str, pks: Iterable[int]) -> dict[int, str]:
    """Return the ids of keys in `node` or `fact`."""
    sql = f"SELECT e.pk, e.id FROM carray(?) AS c CROSS JOIN {table} AS e ON e.pk = c.value"  # noqa: S608
    return dict(rows(db, sql, (keys(sorted(pks)),)))


def roster_test(cap: int, endpoints: int) -> str:
    """Return the SQL test that a membership is not walked at a body with too many members, unless it is an endpoint.

    cap, endpoints: the numbers of the parameters that hold the roster cap and the endpoints' keys.
    """
    member_of = tie_codes()["MEMBER_OF"]
    body = "CASE a.dir WHEN 0 THEN a.nbr ELSE a.n END"
    return (
        f"(a.type <> {member_of} OR (SELECT b.roster FROM node AS b WHERE b.pk = {body}) <= ?{cap}"  # noqa: S608 - numbers of ours
        f" OR {body} IN (SELECT value FROM carray(?{endpoints})))"
    )


def ties_from(db: apsw.Connection, rows: Sequence[Row]) -> list[Tie]:
    """Return the ties of rows with `TIE_COLUMNS`, in their order."""
    nodes = ids_of(db, "node", {row[0] for row in rows} | {row[3] for row in rows})
    facts = ids_of(db, "fact", {row[4] for row in rows})
    return [tie_from(row, nodes, facts[row[4]]) for row in rows]


def tie_from(row: Row, nodes: dict[int, str], fact: str) -> Tie:
    """Return the tie of one row with `TIE_COLUMNS`."""
    n, kind, neg_high, nbr, _, direction, low, modality, voices, subsectors = row
    u, v = (n, nbr) if direction == 0 else (nbr, n)
    return Tie(
        tie_names()[kind],
        nodes[u],
        nodes[v],
        fact,
        from_day(low),
        from_day(-neg_high),
        modality_names()[modality],  # type: ignore[arg-type]
        voices,
        subsectors_of(subsectors),
    )
