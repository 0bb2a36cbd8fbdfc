"""Recounting and rehashing the embedded store."""

import apsw

from graph.stores import sqlite_read as read
from graph.stores.journal import KINDS, add_hashes, entity_hash
from graph.stores.sqlite_connections import rows

_PAGE = 1000


def verify(db: apsw.Connection) -> tuple[str, ...]:
    """Return what is damaged: pages of the file, or documents that are not those of the content hash."""
    found = [f"file: {row[0]}" for row in rows(db, "PRAGMA integrity_check") if row[0] != "ok"]
    content = ""
    for kind in KINDS:
        after = ""
        while page := read.documents(db, kind, after, _PAGE):
            content = add_hashes(content, (entity_hash(kind, entity_id, doc) for entity_id, doc in page))
            after = page[-1][0]
    if (content or add_hashes("", ())) != read.version(db).content:
        found.append("content: the documents are not those of the content hash")
    return tuple(found)
