"""Keeping the shape of the newest graph in memory: read at once when it is small, in the background when it is large.

Answers never wait for it and never depend on it; without it they come from the file.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

import apsw

from graph.errors import JejaringError
from graph.model import Version
from graph.stores.resident import Resident
from graph.stores.sqlite_connections import first, open_reader
from graph.stores.sqlite_pool import identity
from graph.stores.sqlite_read import version

AT_ONCE: Final = 20_000  # ties; reading so many takes a few milliseconds
_CACHE: Final = 2048  # KiB for a connection that reads everything once


class Residency:
    """The resident graph of one file, for the newest version asked about."""

    def __init__(self, path: Path, workers: ThreadPoolExecutor, at_once: int | None) -> None:
        """Nothing is read before the first question. at_once: ties of a graph read at once; None: never read any."""
        self._path = path
        self._workers = workers
        self._at_once = at_once
        self._file: tuple[int, int] | None = None
        self._resident: Resident | None = None
        self._reading: Future[None] | None = None
        self._db: apsw.Connection | None = None

    def of(self, db: apsw.Connection, seen: Version) -> Resident | None:
        """Return the resident graph of the version that this connection's transaction sees, if it is in memory."""
        file = identity(self._path)
        if file != self._file:  # another file was put in place of the one that was read
            self._file, self._resident = file, None
        resident = self._resident
        if self._at_once is None or (resident is not None and resident.version.number > seen.number):
            return None
        if resident is not None and resident.version == seen:
            return resident
        row = first(db, "SELECT total(n) FROM tally WHERE what = 'tie'")
        if row is not None and row[0] <= self._at_once:
            self._resident = read_resident(db)
            return self._resident
        if self._reading is None or self._reading.done():
            self._reading = self._workers.submit(self._read)
        return None

    def _read(self) -> None:
        try:
            self._db = open_reader(self._path, _CACHE)
        except JejaringError:
            return  # whoever asks next is told why
        try:
            self._db.execute("BEGIN")
            self._resident = read_resident(self._db)
        except apsw.Error:
            return
        finally:
            self._db.close()

    def close(self) -> None:
        """Stop reading."""
        if self._reading is not None and not self._reading.done() and self._db is not None:
            self._db.interrupt()


def read_resident(db: apsw.Connection) -> Resident:
    """Read the shape of the graph that a connection's transaction sees."""
    sql = "SELECT n, ties, roster, neighbours, codes FROM degree LEFT JOIN near USING (n) ORDER BY n"
    return Resident(version(db), db.execute(sql))
