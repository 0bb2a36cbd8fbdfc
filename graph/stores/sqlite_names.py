"""The search index of the embedded store: names by key, words of keys, and three-letter windows of words."""

from collections.abc import Iterable, Iterator

import apsw

from graph.identity import name_keys, trigrams
from graph.model import Node
from graph.stores.naming import words_of
from graph.stores.sqlite_connections import rows


def keyed(node: Node) -> Iterator[tuple[str, str]]:
    """Yield every (key, name) under which a node is found, each once, in the order of its names."""
    seen: set[tuple[str, str]] = set()
    for name in node.names:
        for key in name_keys(name.text):
            if (key, name.text) not in seen:
                seen.add((key, name.text))
                yield key, name.text


def add_names(db: apsw.Connection, pk: int, node: Node) -> None:
    """Index the names of a node that has none in the index."""
    for key, text in keyed(node):
        db.execute("INSERT INTO name (node, key, text) VALUES (?, ?, ?)", (pk, key, text))
        name = db.last_insert_rowid()
        for word in words_of(key):
            db.execute("INSERT INTO word VALUES (?, ?, ?)", (word, len(key), name))
            add_grams(db, word)


def add_grams(db: apsw.Connection, word: str) -> None:
    """Index the windows of one word; a word has them once, however many names use it."""
    db.executemany("INSERT OR IGNORE INTO gram VALUES (?, ?)", [(gram, word) for gram in sorted(trigrams(word))])


def remove_names(db: apsw.Connection, pk: int) -> None:
    """Take the names of a node out of the index, and windows of words that no name uses any more."""
    for name, key in rows(db, "SELECT pk, key FROM name WHERE node = ?", (pk,)):
        words = words_of(key)
        db.executemany(
            "DELETE FROM word WHERE word = ? AND size = ? AND name = ?", [(w, len(key), name) for w in words]
        )
        _remove_grams(db, words)
    db.execute("DELETE FROM name WHERE node = ?", (pk,))


def _remove_grams(db: apsw.Connection, words: Iterable[str]) -> None:
    for word in words:
        if db.execute("SELECT 1 FROM word WHERE word = ? LIMIT 1", (word,)).fetchone() is None:
            db.executemany("DELETE FROM gram WHERE gram = ? AND word = ?", [(gram, word) for gram in trigrams(word)])
