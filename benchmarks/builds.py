"""Building the store of a generated graph, once: later runs find it in a cache folder outside the checkout."""

import asyncio
import hashlib
import inspect
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks import generate, names, world
from benchmarks.generate import Generated
from benchmarks.measure import memory_mb
from benchmarks.world import Size, World
from graph.document import encode
from graph.model import Change, Node, Source, Statement
from graph.stores import sqlite_schema
from graph.stores.journal import kind_of
from graph.stores.sqlite_store import SqliteStore


class Built(msgspec.Struct, frozen=True):
    """A store that is there: where, how long it took to build, the builder's highest memory, and its size on disk."""

    url: str
    seconds: float
    highest_mb: float
    disk_mb: float
    nodes: int
    ties: int


def cache_folder() -> Path:
    """Return the user's cache folder for this project's benchmarks (XDG, macOS or Windows)."""
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "jejaring-benchmarks"


def key_of(size: Size, seed: int) -> str:
    """Return the name of a cached graph; another generator or another schema gives another one."""
    made_by = "".join(inspect.getsource(module) for module in (generate, names, world))
    schema = sqlite_schema.TABLES + sqlite_schema.INDEXES
    return f"{size.name}-{seed}-{hashlib.sha256((made_by + schema).encode()).hexdigest()[:12]}"


def built(folder: Path, size: Size, seed: int) -> Built | None:
    """Return the cached store of that size and seed, or None."""
    about = folder / f"{key_of(size, seed)}.json"
    return msgspec.json.decode(about.read_bytes(), type=Built) if about.is_file() else None


def build(folder: Path, size: Size, seed: int) -> Built:
    """Build the store and remember it. A build that was broken off is begun again."""
    folder.mkdir(parents=True, exist_ok=True)
    name = key_of(size, seed)
    path = folder / f"{name}.db"
    for left in folder.glob(f"{name}.db*"):
        left.unlink()
    found = asyncio.run(_build(path, Generated(World(size), seed)))
    disk = sum(file.stat().st_size for file in folder.glob(f"{name}.db*")) / 2**20
    found = msgspec.structs.replace(found, disk_mb=disk)
    (folder / f"{name}.json").write_bytes(msgspec.json.encode(found))
    return found


async def _build(path: Path, generated: Generated) -> Built:
    store = SqliteStore(path)
    try:
        start = time.perf_counter()
        await store.prepare()
        await store.fill(_entities(generated), message="benchmark")
        seconds = time.perf_counter() - start
        async with store.view() as view:
            summary = await view.summary()
    finally:
        await store.close()
    counts = sum(summary.nodes.values()), sum(summary.ties.values())
    return Built(f"sqlite:///{path}", seconds, memory_mb()[1], 0.0, *counts)


def _entities(generated: Generated) -> Iterator[Node | Source | Statement]:
    yield from generated.world.nodes()
    for number in range(generated.articles):
        source, statements = generated.article(number)
        yield source
        yield from statements


def created(entity: Node | Source | Statement) -> Change:
    """Return the change that adds an entity to a graph."""
    return Change(kind_of(entity), entity.id, None, encode(entity))


def main() -> None:
    """Build one store: `python -m benchmarks.builds FOLDER SIZE SEED`, so that its memory is measured alone."""
    folder, size, seed = sys.argv[1:]
    sys.stdout.buffer.write(msgspec.json.encode(build(Path(folder), world.SIZES[size], int(seed))))


if __name__ == "__main__":
    main()
