"""Opening, checking and pooling connections to the embedded store's file, and its errors in the house's words.

WAL: one writer beside any number of readers; a reader's transaction is its view. A commit is on disk when it returns
(`synchronous = FULL`). SQLite's settings: https://www.sqlite.org/pragma.html
"""

import errno
import functools
import os
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

import apsw
import msgspec

from graph.errors import JejaringError, NoGraph, StoreDamaged, StoreFull, StoreUnavailable
from graph.stores.sqlite_schema import APPLICATION_ID, INDEXES, SCHEMA_VERSION, TABLES
from graph.vocabulary import Text

Row = tuple[Any, ...]
P = ParamSpec("P")
R = TypeVar("R")

PATIENCE: Final = 5.0  # seconds to wait for another writer, or for a free connection
_READ_WAIT: Final = 1000  # milliseconds; a reader waits only while a file is being filled or repaired
_WRITE_CACHE: Final = -65536  # in KiB, as SQLite's pragma takes it
_LOG_KEPT: Final = 64 << 20  # bytes of the write-ahead log that stay on disk after a large load
_MAGIC: Final = b"SQLite format 3\0"
_SMALLEST_PAGE: Final = 512
_NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

_NOTHING_YET: Final = Text(
    id="Belum ada graf di sini. Muat data dahulu: jejaring load.",
    en="There is no graph here yet. Load data first: jejaring load.",
)
_DAMAGED: Final = Text(
    id="Berkas graf ini rusak. Bangun ulang dari data kurasi: jejaring rebuild.",
    en="This graph file is damaged. Build it again from the curated data: jejaring rebuild.",
)
_NOT_OURS: Final = Text(id="Berkas ini bukan graf Jejaring.", en="This file is not a Jejaring graph.")
_FULL: Final = Text(
    id="Tidak ada ruang lagi untuk graf; tidak ada yang ditulis.",
    en="No space is left for the graph; nothing was written.",
)
_BUSY: Final = Text(
    id="Graf sedang ditulis oleh proses lain. Coba lagi nanti.",
    en="Another process is writing to the graph. Try again later.",
)
_UNREACHABLE: Final = Text(id="Berkas graf tidak dapat dibuka.", en="The graph file cannot be opened.")
CLOSED: Final = Text(id="Graf ini sudah ditutup.", en="This graph is closed.")
_OTHER_SCHEMA: Final = Text(
    id="Berkas graf ini dibuat oleh versi program yang lain. Bangun ulang: jejaring rebuild.",
    en="This graph file was made by another version of the program. Build it again: jejaring rebuild.",
)


def translate(error: Exception, db: apsw.Connection | None = None) -> JejaringError:
    """Return the house's error for an engine's, or for a document in the file that cannot be read."""
    if isinstance(error, apsw.FullError):
        return StoreFull(_FULL)
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return StoreUnavailable(_BUSY)
    if isinstance(
        error, apsw.IOError | apsw.CantOpenError | apsw.ReadOnlyError | apsw.PermissionsError | apsw.AuthError
    ):
        full = db is not None and db.system_errno in _NO_SPACE
        return StoreFull(_FULL) if full else StoreUnavailable(_UNREACHABLE)
    if isinstance(error, apsw.ConnectionClosedError):
        return StoreUnavailable(CLOSED)
    return StoreDamaged(_NOT_OURS if isinstance(error, apsw.NotADBError) else _DAMAGED)


# What a damaged file can make SQLite or the decoder raise, and values of a type or size that no row of ours has. Bad
# arguments are refused before they get here (`codes`).
ENGINE_ERRORS: Final = (apsw.Error, msgspec.MsgspecError, LookupError, OverflowError, TypeError, ValueError)


def translated(call: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, Coroutine[Any, Any, R]]:
    """Let a coroutine function of a store raise the house's errors only."""

    @functools.wraps(call)
    async def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await call(*args, **kwargs)
        except ENGINE_ERRORS as error:
            raise translate(error) from error

    return wrapper


def rows(db: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """Return all rows of a statement."""
    return db.execute(sql, values).fetchall()


def first(db: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> Row | None:
    """Return the first row of a statement, or None."""
    return db.execute(sql, values).fetchone()


def open_connection(path: Path, flags: int, cache: int) -> apsw.Connection:
    """Open one connection with this program's settings. Raises apsw.Error."""
    db = apsw.Connection(str(path), flags=flags)
    try:
        db.set_busy_timeout(_READ_WAIT)
        # Else a statement with a range is planned anew for every other value: ten times the cost of asking it.
        db.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        db.pragma("synchronous", "FULL")
        db.pragma("cache_size", cache)
    except apsw.Error:
        db.close()
        raise
    return db


def open_reader(path: Path, cache: int) -> apsw.Connection:
    """Open one checked connection for views. cache: KiB of the file it may keep in memory.

    Raises NoGraph, StoreUnavailable, StoreDamaged.
    """
    if not path.is_file():
        raise NoGraph(_NOTHING_YET)
    try:
        check_file(path)
        db = open_connection(path, apsw.SQLITE_OPEN_READWRITE, -cache)
    except apsw.Error as error:
        raise translate(error) from error
    except OSError as error:
        raise StoreUnavailable(_UNREACHABLE) from error
    try:
        if not is_prepared(db):
            raise NoGraph(_NOTHING_YET)
        db.pragma("query_only", True)
    except apsw.Error as error:
        db.close()
        raise translate(error) from error
    except JejaringError:
        db.close()
        raise
    return db


def open_writer(path: Path, patience: float) -> apsw.Connection:
    """Open the writing connection, creating the file and its tables where they are missing.

    patience: seconds to wait for another writer.

    Raises StoreUnavailable, StoreDamaged, StoreFull.
    """
    db: apsw.Connection | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            check_file(path)
        db = open_connection(path, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE, _WRITE_CACHE)
        db.set_busy_timeout(int(patience * 1000))
        db.pragma("journal_size_limit", _LOG_KEPT)
        if not is_prepared(db):
            _create(db)
        elif db.pragma("journal_mode") != "wal":  # a filling was cut short
            with suppress(apsw.BusyError):
                db.pragma("journal_mode", "WAL")
        return db
    except (apsw.Error, OSError) as error:
        told = translate(error, db) if isinstance(error, apsw.Error) else StoreUnavailable(_UNREACHABLE)
        if db is not None:
            db.close()
        raise told from error
    except JejaringError:
        if db is not None:
            db.close()
        raise


def check_file(path: Path) -> None:
    """Refuse a file that SQLite would take for an empty one and write over, and one that ends within a page.

    Raises StoreDamaged, OSError.
    """
    with path.open("rb") as file:
        head = file.read(_SMALLEST_PAGE)
        size = file.seek(0, os.SEEK_END)
    if head and not (len(head) == _SMALLEST_PAGE and head.startswith(_MAGIC)):
        raise StoreDamaged(_NOT_OURS)
    page = int.from_bytes(head[16:18]) or 1  # https://www.sqlite.org/fileformat2.html; 1 stands for 65536
    logs = (path.with_name(f"{path.name}-{log}") for log in ("wal", "journal"))
    if size % (page if page > 1 else 65536) and not any(log.is_file() and log.stat().st_size for log in logs):
        raise StoreDamaged(_DAMAGED)  # no log would complete its last page


def is_prepared(db: apsw.Connection) -> bool:
    """Whether the file holds this program's tables; False when it is empty. Raises StoreDamaged, apsw.Error."""
    application, schema = db.pragma("application_id"), db.pragma("user_version")
    if application == APPLICATION_ID and schema == SCHEMA_VERSION:
        return True
    if application == APPLICATION_ID:
        raise StoreDamaged(_OTHER_SCHEMA)
    if application or db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
        raise StoreDamaged(_NOT_OURS)
    return False


def _create(db: apsw.Connection) -> None:
    db.pragma("journal_mode", "WAL")
    in_transaction(db, _create_tables)


def _create_tables(db: apsw.Connection) -> None:
    if not is_prepared(db):  # another process may have been first
        db.execute(TABLES + INDEXES)
        db.pragma("application_id", APPLICATION_ID)
        db.pragma("user_version", SCHEMA_VERSION)


@contextmanager
def without_wal(db: apsw.Connection) -> Iterator[None]:
    """Keep what is overwritten instead of what is written: for filling an empty file, half the writing.

    Where another connection is open the file stays as it is. What is written is written, even if going back to WAL
    fails here: so close the connection, and `open_writer` tries again.
    """
    with suppress(apsw.BusyError):
        db.pragma("journal_mode", "TRUNCATE")
    try:
        yield
    finally:
        with suppress(apsw.Error):
            db.pragma("journal_mode", "WAL")


def roll_back(db: apsw.Connection) -> None:
    """Leave a transaction, if SQLite has not already left it by itself (it does when space runs out)."""
    if not db.getautocommit():
        db.execute("ROLLBACK")


def in_transaction(db: apsw.Connection, work: Callable[[apsw.Connection], R]) -> R:
    """Do work in one writing transaction: all of it or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        done = work(db)
        db.execute("COMMIT")
    except BaseException:
        roll_back(db)
        raise
    return done
