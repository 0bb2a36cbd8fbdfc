"""Facts, ties and their counts, rebuilt inside a commit for the facts it touches."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import apsw
import msgspec

from graph.document import encode
from graph.model import Fact, Source, Statement, Tie
from graph.project import UNKNOWN_HIGH, UNKNOWN_LOW, merge, participants, ties_of
from graph.stores.codes import MEMBER_OF, code_of, day, modality_code
from graph.stores.resident import MOST_LISTED, pack, tie_code
from graph.stores.sqlite_connections import Row, first, rows

_FACT: Final = msgspec.json.Decoder(Fact)
_SOURCE: Final = msgspec.json.Decoder(Source)
_STATEMENT: Final = msgspec.json.Decoder(Statement)

_TOLD: Final = (
    "SELECT t.doc, s.id, s.doc FROM statement AS t JOIN source AS s ON s.pk = t.source WHERE t.fact = ? ORDER BY t.id"
)
_INSERT_TIE: Final = "INSERT INTO adj VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
TIE_KEY: Final = "n = ?1 AND type = ?2 AND neg_high = ?3 AND far = ?4 AND fact = ?5 AND flipped = ?6"
_CLOSE_TIE: Final = f"INSERT INTO adj_past SELECT *, ?7 FROM adj WHERE {TIE_KEY}"  # noqa: S608 - words of ours
_DELETE_TIE: Final = f"DELETE FROM adj WHERE {TIE_KEY}"  # noqa: S608


def fact_columns(fact: Fact) -> tuple[str, int, int, int]:
    """Return a fact's type, first and last day (day numbers; the calendar's ends when unknown) and modality code."""
    low, high = (fact.when.low, fact.when.high) if fact.when else (UNKNOWN_LOW, UNKNOWN_HIGH)
    return fact.type, day(low), day(high), modality_code(fact.modality)


def tie_rows(tie: Tie, u: int, v: int, opened: int) -> tuple[Row, Row]:
    """Return the two rows of a tie in `adj`, the one under u first. u, v: the keys of its ends."""
    code = code_of(tie)
    rest = (code.low, code.modality, code.voices, code.subsectors, opened)
    fact, flipped = f"{tie.fact}|", int(f"{tie.u}|" > f"{tie.v}|")
    # A tie of a node with itself has two rows under it.
    return (
        (u, code.type, code.neg_high, tie.v, fact, flipped, v, 0, *rest),
        (v, code.type, code.neg_high, tie.u, fact, 1 if u == v else flipped, u, 1, *rest),
    )


class Derivation:
    """What one commit derives: call `rebuild` for each touched fact, then `finish` once."""

    def __init__(self, db: apsw.Connection, version: int) -> None:
        """Derive inside the open transaction of `db`, for the load that makes this version."""
        self._db = db
        self._version = version
        self._pks: dict[str, int] = {}
        self._sources: dict[str, Source] = {}
        self._named: dict[int, dict[int, int]] = {}
        self._ties: Counter[int] = Counter()
        self._roster: Counter[int] = Counter()
        self._tally: Counter[tuple[str, str]] = Counter()
        self.facts = 0

    def remember(self, pks: Iterable[int]) -> None:
        """Note which nodes these facts name; to be called before their statements and sources change."""
        for pk in pks:
            if pk not in self._named:
                statements = self._statements(pk)
                self._named[pk] = self._naming(statements, self._fact(pk))
        self._sources.clear()

    def rebuild(self, pks: Iterable[int]) -> None:
        """Make these facts, their participants and their ties those of their statements."""
        for pk in sorted(pks):
            statements = self._statements(pk)
            visible = [s for s in statements if self._sources[s.evidence.source].withdrawn is None]
            new = merge(visible, self._sources) if visible else None
            old = self._fact(pk)
            if old != new:
                self._replace(pk, old, new)
            if new is None and (old is not None or not statements):
                self._db.execute("UPDATE fact SET opened = NULL, gone = ? WHERE pk = ?", (self._version, pk))
            self._rename(pk, self._naming(statements, new))

    def _fact(self, pk: int) -> Fact | None:
        row = self._db.execute("SELECT doc FROM fact_doc WHERE pk = ?", (pk,)).fetchone()
        return _FACT.decode(row[0]) if row else None

    def _naming(self, statements: Iterable[Statement], fact: Fact | None) -> dict[int, int]:
        """Return the nodes named: 1 where the fact has it as a participant, 0 where only a statement names it."""
        part = participants(fact) if fact else ()
        named = {node for statement in statements for node in participants(statement)}
        return {self.pk_of(node): 0 for node in named} | {self.pk_of(node): 1 for node in part}

    def _rename(self, pk: int, naming: dict[int, int]) -> None:
        before = self._named.get(pk, {})
        gone = [(node, pk) for node in before if node not in naming]
        here = [(node, pk, part) for node, part in naming.items() if before.get(node) != part]
        self._db.executemany("DELETE FROM participant WHERE node = ? AND fact = ?", gone)
        self._db.executemany("INSERT OR REPLACE INTO participant VALUES (?, ?, ?)", here)

    def _statements(self, pk: int) -> list[Statement]:
        told = []
        for statement, source_id, source in self._db.execute(_TOLD, (pk,)):
            told.append(_STATEMENT.decode(statement))
            if source_id not in self._sources:
                self._sources[source_id] = _SOURCE.decode(source)
        return told

    def _replace(self, pk: int, old: Fact | None, new: Fact | None) -> None:
        db, version = self._db, self._version
        if old is not None:
            db.execute(
                "INSERT INTO fact_past SELECT f.pk, f.opened, ?, d.doc FROM fact AS f JOIN fact_doc AS d USING (pk)"
                " WHERE f.pk = ?",
                (version, pk),
            )
            db.execute("DELETE FROM fact_doc WHERE pk = ?", (pk,))
            self._tally["fact", old.type] -= 1
            self.facts -= 1
        if new is not None:
            db.execute(
                "UPDATE fact SET type = ?, low = ?, high = ?, modality = ?, opened = ?, gone = NULL WHERE pk = ?",
                (*fact_columns(new), version, pk),
            )
            db.execute("INSERT INTO fact_doc VALUES (?, ?)", (pk, encode(new)))
            self._tally["fact", new.type] += 1
            self.facts += 1
        before, after = set(ties_of(old) if old else ()), set(ties_of(new) if new else ())
        for tie in before - after:
            self._close(tie)
        for tie in after - before:
            self._open(tie)

    def _open(self, tie: Tie) -> None:
        u, v = self.pk_of(tie.u), self.pk_of(tie.v)
        self._db.executemany(_INSERT_TIE, tie_rows(tie, u, v, self._version))
        self._count(tie, u, v, 1)

    def _close(self, tie: Tie) -> None:
        u, v = self.pk_of(tie.u), self.pk_of(tie.v)
        for row in tie_rows(tie, u, v, 0):
            self._db.execute(_CLOSE_TIE, (*row[:6], self._version))
            self._db.execute(_DELETE_TIE, row[:6])
        self._count(tie, u, v, -1)

    def _count(self, tie: Tie, u: int, v: int, step: int) -> None:
        self._ties[u] += step
        self._ties[v] += step
        self._tally["tie", tie.type] += step
        if tie.type == MEMBER_OF:
            self._roster[v] += step

    def pk_of(self, node_id: str) -> int:
        """Return the key of a node, living or not. Raises KeyError."""
        pk = self._pks.get(node_id)
        if pk is None:
            row = self._db.execute("SELECT pk FROM node WHERE id = ?", (node_id,)).fetchone()
            if row is None:
                raise KeyError(node_id)
            pk = self._pks[node_id] = int(row[0])
        return pk

    def count(self, what: str, name: str, step: int) -> None:
        """Count something that the summary tells."""
        self._tally[what, name] += step

    def finish(self) -> None:
        """Write the counts that changed."""
        self._db.executemany(
            "INSERT INTO degree VALUES (?1, ?2, ?3) ON CONFLICT (n) DO UPDATE"
            " SET ties = ties + excluded.ties, roster = roster + excluded.roster",
            [(pk, n, self._roster[pk]) for pk, n in sorted(self._ties.items())],
        )
        for pk in sorted(self._ties):
            self._db.execute("DELETE FROM near WHERE n = ?", (pk,))
            if (near := near_of(self._db, pk)) is not None:
                self._db.execute("INSERT INTO near VALUES (?, ?, ?)", (pk, *near))
        self._db.executemany(
            "INSERT INTO tally VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            [(*what, n) for what, n in sorted(self._tally.items()) if n],
        )


def near_of(db: apsw.Connection, pk: int) -> tuple[bytes, bytes] | None:
    """Return the packed neighbours of a node and the codes of its ties; None when it has none or too many to list."""
    row = first(db, "SELECT ties FROM degree WHERE n = ?", (pk,))
    if row is None or not 0 < row[0] <= MOST_LISTED:
        return None
    return packed(rows(db, "SELECT nbr, type, modality, dir FROM adj WHERE n = ?", (pk,)))


def packed(ties: Sequence[Row]) -> tuple[bytes, bytes]:
    """Return the neighbours and codes of rows of (neighbour, type, modality, direction)."""
    return pack(row[0] for row in ties), bytes(tie_code(*row[1:]) for row in ties)
