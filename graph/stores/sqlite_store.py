"""The embedded store: one SQLite file, many readers, one writer. The contract is `graph.store`."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

import apsw

from graph.errors import NoGraph
from graph.model import Load, Plan
from graph.stores import sqlite_fill, sqlite_verify, sqlite_write
from graph.stores import sqlite_read as read
from graph.stores.journal import Entity
from graph.stores.sqlite_connections import (
    ENGINE_ERRORS,
    PATIENCE,
    in_transaction,
    open_writer,
    translate,
    translated,
    without_wal,
)
from graph.stores.sqlite_pool import Pool, identity
from graph.stores.sqlite_residency import AT_ONCE, Residency
from graph.stores.sqlite_view import SqliteView

R = TypeVar("R")
_LARGE_PLAN: Final = 20_000  # changes; more of them are written as a filling where the graph is empty


class SqliteStore:
    """A graph in one file. Nothing is opened before the first view or write."""

    def __init__(self, path: Path | None, patience: float = PATIENCE, at_once: int | None = AT_ONCE) -> None:
        """Keep the graph at `path`; None: in a private folder that is deleted on close.

        patience: seconds to wait for another writer or a free connection before giving up. at_once: ties of a graph
        whose shape is read into memory at the first question; a larger one is read in the background, None: none is.
        """
        self._folder = TemporaryDirectory(prefix="jejaring-") if path is None else None
        self._path = path if path is not None else Path(self._folder.name if self._folder else ".") / "graph.db"
        self._patience = patience
        self._pool = Pool(self._path, patience)
        self._writer: apsw.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="jejaring-write")
        self._workers = ThreadPoolExecutor(3, thread_name_prefix="jejaring-read")
        self._residency = Residency(self._path, self._workers, at_once)

    @asynccontextmanager
    async def view(self) -> AsyncIterator[SqliteView]:
        """Open a consistent view of the newest state."""
        async with self._pool.lend() as db:
            try:
                version = read.version(db)
            except ENGINE_ERRORS as error:
                raise translate(error, db) from error
            yield SqliteView(db, version, self._workers, self._residency)

    async def prepare(self) -> None:
        """Create what is missing."""
        await self._write(lambda _: None)

    async def commit(self, plan: Plan) -> Load:
        """Write a plan in one transaction; of a plan written before, return the load it made."""
        if len(plan.changes) >= _LARGE_PLAN and await self._is_empty():
            self._pool.rest()
            return await self._write(lambda db: sqlite_fill.commit_large(db, plan), filling=True)
        return await self._write(lambda db: sqlite_write.commit(db, plan))

    async def _is_empty(self) -> bool:
        try:
            async with self.view() as view:
                return (await view.version()).number == 0
        except NoGraph:
            return True

    async def fill(self, entities: Iterable[Entity], message: str = "", editor: str = "") -> Load:
        """Write a whole graph into an empty store, as one commit that adds it all would."""
        header = Plan(0, (), message, editor)
        self._pool.rest()
        return await self._write(lambda db: sqlite_fill.fill(db, entities, header), filling=True)

    @translated
    async def revert(self, load_id: str) -> Plan:
        """Return the plan that restores what was before a load."""
        async with self.view() as view:
            return await view.aside(lambda: sqlite_write.revert(view.db, load_id))

    @translated
    async def verify(self) -> tuple[str, ...]:
        """Recount and rehash everything."""
        async with self.view() as view:
            return await view.aside(lambda: sqlite_verify.verify(view.db))

    async def close(self) -> None:
        """Release everything; safe to repeat."""
        if self._pool.closed:
            return
        self._pool.close()
        self._residency.close()
        await asyncio.get_running_loop().run_in_executor(self._writing, self._close_writer)
        self._writing.shutdown()
        self._workers.shutdown()
        if self._folder is not None:
            self._folder.cleanup()

    def _close_writer(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    async def _write(self, work: Callable[[apsw.Connection], R], filling: bool = False) -> R:
        """Run work in one transaction in the writing thread. A caller that leaves does not stop it half-way."""
        self._pool.check_open()
        return await asyncio.get_running_loop().run_in_executor(self._writing, self._transaction, work, filling)

    def _transaction(self, work: Callable[[apsw.Connection], R], filling: bool) -> R:
        if self._writer is not None and identity(self._path) != self._file:
            self._close_writer()  # another file was put in its place
        if self._writer is None:
            self._writer = open_writer(self._path, self._patience)
            self._file = identity(self._path)
        db = self._writer
        # What the stream of a filling raises is its owner's; an empty graph has no damaged rows to stumble over.
        expected = (apsw.Error,) if filling else ENGINE_ERRORS
        try:
            with without_wal(db) if filling else nullcontext():
                return in_transaction(db, work)
        except expected as error:
            told = translate(error, db)
            self._close_writer()  # after an input/output error, trust nothing this connection remembers
            raise told from error
        finally:
            if filling:
                self._close_writer()
