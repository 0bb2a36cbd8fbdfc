"""Finding nodes by name in the embedded store: bounded candidates here, ranking in `ranking`."""

from collections.abc import Iterator, Sequence
from typing import Final

import apsw
import msgspec

from graph.identity import name_keys, trigrams
from graph.model import Hit, Node
from graph.stores.ranking import rank
from graph.stores.sqlite_connections import rows
from graph.stores.sqlite_names import words_of
from graph.stores.sqlite_read import document

_NODE: Final = msgspec.json.Decoder(Node)
MOST: Final = 512  # candidates of one kind
_LAST: Final = "\U0010ffff"
_COLUMNS: Final = (
    "SELECT e.id, m.key, m.text FROM name AS m JOIN node AS e ON e.pk = m.node JOIN node_doc AS d ON d.pk = m.node"
)

Candidate = tuple[str, str, str]


def exact(db: apsw.Connection, text: str) -> tuple[Hit, ...]:
    """Return every node with this id, or a name with one of the keys of this text, by id."""
    hits: dict[str, Hit] = {}
    for key in name_keys(text):
        sql = f"{_COLUMNS} WHERE m.key = ? ORDER BY e.id, m.pk"
        for node_id, _, name in rows(db, sql, (key,)):
            if node_id not in hits:
                hits[node_id] = Hit(_node(db, node_id), name, "exact", 100.0)
    hits |= _by_id(db, text.strip())
    return tuple(hits[node_id] for node_id in sorted(hits))


def find(db: apsw.Connection, text: str, kinds: Sequence[str], limit: int) -> tuple[Hit, ...]:
    """Return nodes by name, best first."""
    hits = {i: hit for i, hit in _by_id(db, text.strip()).items() if not kinds or hit.node.kind in kinds}
    ranked = rank(text, _candidates(db, text, kinds))
    enough = [one for one in ranked if one.match != "fuzzy"]
    if len(enough) + len(hits) < limit:
        ranked = rank(text, [*_candidates(db, text, kinds), *_alike(db, text, kinds)])
    for one in ranked:
        if len(hits) >= limit:
            break
        if one.node not in hits:
            hits[one.node] = Hit(_node(db, one.node), one.name, one.match, one.score)
    return tuple(hits.values())[:limit]


def _by_id(db: apsw.Connection, text: str) -> dict[str, Hit]:
    doc = document(db, "node", text)
    return {} if doc is None else {text: Hit(_NODE.decode(doc), text, "id", 100.0)}


def _node(db: apsw.Connection, node_id: str) -> Node:
    return _NODE.decode(document(db, "node", node_id) or "")


def _candidates(db: apsw.Connection, text: str, kinds: Sequence[str]) -> Iterator[Candidate]:
    """Yield names that begin with the text, and names with its rarest words."""
    of_kind = f" AND d.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    for key in name_keys(text):
        sql = f"{_COLUMNS} WHERE m.key >= ? AND m.key < ?{of_kind} ORDER BY m.key, e.id LIMIT {MOST}"
        yield from rows(db, sql, (key, key + _LAST, *kinds))
        for word in words_of(key):
            sql = (
                f"{_COLUMNS} JOIN word AS w ON w.name = m.pk WHERE w.word >= ? AND w.word < ?{of_kind}"
                f" ORDER BY w.word, w.size, e.id LIMIT {MOST}"
            )
            yield from rows(db, sql, (word, word + _LAST, *kinds))


def _alike(db: apsw.Connection, text: str, kinds: Sequence[str]) -> Iterator[Candidate]:
    """Yield names with words that share most three-letter windows with a word of the text."""
    of_kind = f" AND d.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    for key in name_keys(text):
        for word in words_of(key):
            grams = sorted(trigrams(word))
            sql = (
                f"SELECT word FROM gram WHERE gram IN ({', '.join('?' * len(grams))})"  # noqa: S608
                " GROUP BY word ORDER BY count(*) DESC, word LIMIT 20"
            )
            for (alike,) in rows(db, sql, grams):
                sql = (
                    f"{_COLUMNS} JOIN word AS w ON w.name = m.pk WHERE w.word = ?{of_kind}"
                    " ORDER BY w.size, e.id LIMIT 100"
                )
                yield from rows(db, sql, (alike, *kinds))
