"""The name index of the embedded store, asked: one bounded statement per lookup of `naming`."""

from collections.abc import Sequence
from typing import Any, Final

import apsw
import msgspec

from graph.identity import name_keys
from graph.model import Hit, Node
from graph.stores.naming import Candidate, Lookup, finding
from graph.stores.sqlite_connections import rows
from graph.stores.sqlite_read import document

_NODE: Final = msgspec.json.Decoder(Node)
_LAST: Final = "\U0010ffff"
_SCANNED: Final = 4000  # names read for a word of which only those with other words are wanted
_NAMES: Final = "SELECT e.id, m.key, m.text FROM name AS m JOIN node AS e ON e.pk = m.node"


def exact(db: apsw.Connection, text: str) -> tuple[Hit, ...]:
    """Return every node with this id, or a name with one of the keys of this text, by id."""
    hits: dict[str, Hit] = {}
    for key in name_keys(text):
        for node_id, _, name in _look_up(db, Lookup("key", key, most=-1), ()):
            if node_id not in hits:
                hits[node_id] = Hit(_node(db, node_id), name, "exact", 100.0)
    hits |= _by_id(db, text.strip())
    return tuple(hits[node_id] for node_id in sorted(hits))


def find(db: apsw.Connection, text: str, kinds: Sequence[str], limit: int) -> tuple[Hit, ...]:
    """Return nodes by name, best first."""
    hits = {i: hit for i, hit in _by_id(db, text.strip()).items() if not kinds or hit.node.kind in kinds}
    steps = finding(text, limit)
    try:
        lookup = next(steps)
        while True:
            lookup = steps.send(_look_up(db, lookup, kinds))
    except StopIteration as done:
        for one in done.value:
            if one.node not in hits:
                hits[one.node] = Hit(_node(db, one.node), one.name, one.match, one.score)
    return tuple(hits.values())[:limit]


def _by_id(db: apsw.Connection, text: str) -> dict[str, Hit]:
    doc = document(db, "node", text)
    return {} if doc is None else {text: Hit(_NODE.decode(doc), text, "id", 100.0)}


def _node(db: apsw.Connection, node_id: str) -> Node:
    return _NODE.decode(document(db, "node", node_id) or "")


def _look_up(db: apsw.Connection, lookup: Lookup, kinds: Sequence[str]) -> list[Candidate]:
    """Answer one lookup, of nodes of these kinds only (empty: all)."""
    marks = ", ".join("?" * len(kinds))
    of_kind = f" AND (SELECT kind FROM node_doc WHERE pk = m.node) IN ({marks})" if kinds else ""  # noqa: S608
    text, values = lookup.text, [*kinds, lookup.most]
    if lookup.what == "key":
        return _names(db, f"{_NAMES} WHERE m.key = ?{of_kind} ORDER BY e.id, m.pk LIMIT ?", (text, *values))
    if lookup.what == "begins":
        sql = f"{_NAMES} WHERE m.key >= ? AND m.key < ?{of_kind} ORDER BY m.key, m.node LIMIT ?"
        return _names(db, sql, (text, text + _LAST, *values))
    if lookup.what == "word":
        sql = (
            "SELECT e.id, m.key, m.text FROM word AS w"  # noqa: S608 - words of ours
            " CROSS JOIN name AS m ON m.pk = w.name CROSS JOIN node AS e ON e.pk = m.node"
            f" WHERE w.word = ? AND w.size <= ?{of_kind} ORDER BY w.size, w.name LIMIT ?"
        )
        return _names(db, sql, (text, lookup.longest, *values))
    if lookup.what == "words":
        return _with_words(db, lookup, of_kind, values)
    sql = "SELECT group_concat(word, ' ') FROM (SELECT word FROM gram WHERE gram = ? LIMIT ?)"
    return [("", word, "") for word in (rows(db, sql, (text, lookup.most))[0][0] or "").split()]


def _with_words(db: apsw.Connection, lookup: Lookup, of_kind: str, values: Sequence[Any]) -> list[Candidate]:
    scanned = _SCANNED if lookup.also or of_kind else lookup.most
    others = " AND instr(' ' || m.key, ' ' || ?)" * len(lookup.also)
    sql = (
        "SELECT e.id, m.key, m.text"  # noqa: S608 - words of ours
        " FROM (SELECT * FROM word WHERE word >= ? AND word < ? ORDER BY word, size, name LIMIT ?) AS w"
        " CROSS JOIN name AS m ON m.pk = w.name CROSS JOIN node AS e ON e.pk = m.node"
        f" WHERE true{others}{of_kind} ORDER BY w.word, w.size, w.name LIMIT ?"
    )
    return _names(db, sql, (lookup.text, lookup.text + _LAST, scanned, *lookup.also, *values))


def _names(db: apsw.Connection, sql: str, values: Sequence[Any]) -> list[Candidate]:
    return [(row[0], row[1], row[2]) for row in rows(db, sql, values)]
