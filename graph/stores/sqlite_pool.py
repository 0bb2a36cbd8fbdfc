"""Connections lent to views: a bounded number, the busiest one with most of the file in memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import apsw

from graph.errors import StoreUnavailable
from graph.stores.sqlite_connections import CLOSED, open_reader, roll_back, translate
from graph.vocabulary import Text

MAX_VIEWS: Final = 32
_READ_CACHE: Final = 98304  # KiB of the file that the first reader may keep in memory
_SMALL_CACHE: Final = 4096  # KiB for the others
_CROWDED: Final = Text(
    id="Terlalu banyak pembacaan sekaligus. Coba lagi nanti.", en="Too many readers at once. Try again later."
)


def identity(path: Path) -> tuple[int, int] | None:
    """Return which file lies at a path (device and inode), None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Pool:
    """Reading connections, each lent to one view at a time. The first one keeps most of the file in memory."""

    def __init__(self, path: Path, patience: float) -> None:
        """Remember the path; nothing is opened before the first view. patience: seconds to wait for a free place."""
        self._path = path
        self._patience = patience
        self._file: tuple[int, int] | None = None
        self._idle: list[apsw.Connection] = []
        self._opened = 0
        self._places = asyncio.Semaphore(MAX_VIEWS)
        self.closed = False

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[apsw.Connection]:
        """Lend a connection inside a read transaction. Raises StoreUnavailable, StoreDamaged."""
        self.check_open()
        await self._place()
        try:
            db, file = self._begin()
            try:
                yield db
            finally:
                self._give_back(db, file)
        finally:
            self._places.release()

    async def _place(self) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        except TimeoutError as error:
            raise StoreUnavailable(_CROWDED) from error

    def _begin(self) -> tuple[apsw.Connection, tuple[int, int] | None]:
        file = identity(self._path)
        if file != self._file:  # another file was put in its place: what is open reads the old one
            self.rest()
            self._file = file
        db = self._idle.pop() if self._idle else self._open()
        try:
            db.execute("BEGIN")
        except apsw.Error as error:
            self._discard(db)
            raise translate(error, db) from error
        return db, file

    def _open(self) -> apsw.Connection:
        db = open_reader(self._path, _READ_CACHE if self._opened == 0 else _SMALL_CACHE)
        self._opened += 1
        return db

    def _discard(self, db: apsw.Connection) -> None:
        self._opened -= 1
        db.close()

    def _give_back(self, db: apsw.Connection, file: tuple[int, int] | None) -> None:
        try:
            roll_back(db)
        except apsw.Error:
            self._discard(db)  # a broken connection is not lent again
            return
        if self.closed or file != self._file:
            self._discard(db)
        else:
            self._idle.append(db)

    def rest(self) -> None:
        """Close idle connections; the next view opens a new one."""
        while self._idle:
            self._discard(self._idle.pop())

    def check_open(self) -> None:
        """Refuse to go on after `close`. Raises StoreUnavailable."""
        if self.closed:
            raise StoreUnavailable(CLOSED)

    def close(self) -> None:
        """Close idle connections now, lent ones when they come back."""
        self.closed = True
        self.rest()
