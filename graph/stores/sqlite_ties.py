"""What both walks of the embedded store share: the filter in SQL, arrays of keys, rows into ties."""

from __future__ import annotations  # some of apsw's types exist for type checkers only

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import apsw

from graph.model import Tie
from graph.stores.codes import EVERYTHING, NEVER, Sieve, iso_day, modality_names, subsectors_of, tie_codes, tie_names
from graph.stores.sqlite_connections import rows

TIE_COLUMNS: Final = (
    "a.n, a.type, a.neg_high, a.far, a.fact, a.flipped, a.nbr, a.dir, a.low, a.modality, a.voices, a.subsectors"
)
TIE_ORDER: Final = " ORDER BY 2, 3, 4, 5, 6"  # at one node: that of the contract, and of the table

# Parameters of every walking statement: 1-7 the sieve, 8 the roster cap, 9 the endpoints; a statement's own follow.


class Shape(NamedTuple):
    """Which tests a filter needs at all; SQLite is faster with short statements, and keeps each shape prepared."""

    modalities: bool
    since: bool
    until: bool
    subsectors: bool
    voices: bool
    past: bool
    rosters: bool


def shape_of(sieve: Sieve) -> Shape:
    """Return the shape of a filter."""
    return Shape(
        modalities=sieve.modalities != EVERYTHING,
        since=sieve.neg_high != 0,
        until=sieve.low != NEVER,
        subsectors=sieve.subsectors != 0,
        voices=sieve.voices > 0,
        past=sieve.past,
        rosters=bool(sieve.types >> tie_codes()["MEMBER_OF"] & 1),
    )


def tests_of(shape: Shape) -> str:
    """Return the SQL tests that a row of `adj AS a` must pass."""
    member_of = tie_codes()["MEMBER_OF"]
    body = "CASE a.dir WHEN 0 THEN a.nbr ELSE a.n END"
    tests = ["(?1 >> a.type) & 1"]
    tests += ["(?2 >> a.modality) & 1"] if shape.modalities else []
    tests += ["a.neg_high <= ?3"] if shape.since else []
    tests += ["a.low <= ?4"] if shape.until else []
    tests += ["a.subsectors & ?5"] if shape.subsectors else []
    tests += ["a.voices >= ?6"] if shape.voices else []
    tests += ["a.opened <= ?7"] if shape.past else []
    if shape.rosters:
        # A membership is not walked at a body with too many members, unless the body is an endpoint.
        roster = f"(SELECT b.roster FROM degree AS b WHERE b.n = {body})"  # noqa: S608 - words of ours
        endpoints = "(SELECT value FROM carray(?9))"
        tests.append(f"(a.type <> {member_of} OR {roster} <= ?8 OR {body} IN {endpoints})")
    return " AND ".join(tests)


@lru_cache(maxsize=256)
def statement(shape: Shape, write: Callable[[str, str], str], ending: str = "") -> str:
    """Return a walking statement: over live ties, and over closed ones too where the filter looks back.

    write(table, tests) writes it for one table; ending comes after both.
    """
    tests = tests_of(shape)
    live = write("adj", tests)
    return (f"{live} UNION ALL {write('adj_past', f'{tests} AND a.closed > ?7')}" if shape.past else live) + ending


def sieve_values(sieve: Sieve) -> tuple[int, ...]:
    """Return parameters 1 to 7."""
    return (
        sieve.types, sieve.modalities, sieve.neg_high, sieve.low, sieve.subsectors, sieve.voices, sieve.known,
    )  # fmt: skip


def keys(values: Iterable[int]) -> apsw.CArrayBinding:
    """Bind integer keys as a table `carray(?)`; SQLite takes no empty one, so an impossible key stands for none."""
    return apsw.carray(array("q", values) or array("q", (-1,)))


def ids_of(db: apsw.Connection, pks: Iterable[int]) -> dict[int, str]:
    """Return the ids of nodes."""
    sql = "SELECT e.pk, e.id FROM carray(?) AS c CROSS JOIN node AS e ON e.pk = c.value"
    return dict(rows(db, sql, (keys(sorted(pks)),)))


def tie_from(row: Sequence[Any], node_id: str) -> Tie:
    """Return the tie of one row with `TIE_COLUMNS`; node_id: the id of its n."""
    _, kind, neg_high, far, fact, _, _, direction, low, modality, voices, subsectors = row
    return Tie(
        tie_names()[kind],
        node_id if direction == 0 else far,
        far if direction == 0 else node_id,
        fact[:-1],
        iso_day(low),
        iso_day(-neg_high),
        modality_names()[modality],
        voices,
        subsectors_of(subsectors),
    )
