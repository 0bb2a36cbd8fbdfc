"""Where a graph is kept: `open_store(url)` chooses the engine. Nothing outside this room knows which one it is."""

from pathlib import Path
from urllib.parse import unquote

from graph.errors import StoreUnavailable
from graph.store import Store
from graph.vocabulary import Text


def open_store(url: str) -> Store:
    """Return the store at a URL; nothing is opened or created before it is used.

    `sqlite:///relative/path.db`, `sqlite:////absolute/path.db`, `sqlite:///:memory:` (a private graph that vanishes
    on close). Raises StoreUnavailable for a URL that names no store.
    """
    scheme, found, rest = url.partition("://")
    if scheme == "sqlite" and found and rest.startswith("/") and len(rest) > 1:
        from graph.stores.sqlite_store import SqliteStore

        path = unquote(rest[1:])
        return SqliteStore(None if path == ":memory:" else Path(path))
    raise StoreUnavailable(
        Text(
            id="Alamat graf tidak dikenal. Contoh: sqlite:///graph.db.",
            en="This address names no graph store. Example: sqlite:///graph.db.",
        )
    )
