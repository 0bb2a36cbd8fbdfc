"""Build a graph anew. An embedded graph is built beside the old one, recounted, and only then put in its place."""

from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

import typer

from app.commands.carrying import ask_first
from app.commands.failures import INVALID, Stopped
from app.commands.session import Session
from app.show.report import show_report
from graph.errors import JejaringError, NoGraph
from graph.model import Load, Plan
from graph.stores import open_store
from graph.vocabulary import Text
from loaders.run import Planned, Refused, rebuild

_EMBEDDED: Final = "sqlite:///"
_BESIDE: Final = ("", "-wal", "-shm")  # https://www.sqlite.org/wal.html: the file, its log, the log's index
_BUILDING: Final = Text(id="Membangun graf …", en="Building the graph …")


async def rebuild_graph(session: Session, folder: str, *, yes: bool) -> Load:
    """Load a data folder into an empty graph, or in the place of the old one after asking. Raises Stopped, Exit."""
    url = session.settings.store
    if await _is_missing(url) or not url.startswith(_EMBEDDED):
        return await _build(session, url, folder)
    if not yes:
        ask_first(session, _REPLACE)
    path = Path(unquote(url.removeprefix(_EMBEDDED)))
    new = path.with_name(f"{path.name}.new")
    try:
        _remove(new)
        made = await _build(session, _EMBEDDED + quote(str(new)), folder)
        _put_in_place(new, path)
    except OSError as error:
        reason = error.strerror
        text = Text(id=f"{path} tidak dapat diganti: {reason}.", en=f"{path} cannot be replaced: {reason}.")
        raise Stopped(INVALID, text) from None
    session.terminal.tell(_REPLACED)
    return made


async def _build(session: Session, url: str, folder: str) -> Load:
    try:
        with session.terminal.progress(_BUILDING):
            made = await rebuild(url, folder)
            store = open_store(url)
            try:
                findings = await store.verify()
            finally:
                await store.close()
    except Refused as refused:
        show_report(session.terminal, Planned(Plan(base=0, changes=()), refused.problems))
        raise typer.Exit(INVALID) from None
    if findings:
        raise Stopped(INVALID, Text(id="; ".join(findings[:5]), en="; ".join(findings[:5])))
    return made


async def _is_missing(url: str) -> bool:
    store = open_store(url)
    try:
        async with store.view() as view:
            return (await view.version()).number == 0
    except NoGraph:
        return True
    except JejaringError:  # damaged or of another version: something is there
        return False
    finally:
        await store.close()


def _put_in_place(new: Path, path: Path) -> None:
    """Replace the old graph. Killed half-way, the graph is missing and says so; a stranger's log would damage it."""
    _remove(path)
    for suffix in _BESIDE:
        if (part := Path(f"{new}{suffix}")).exists():
            part.replace(f"{path}{suffix}")


def _remove(path: Path) -> None:
    for suffix in _BESIDE:
        Path(f"{path}{suffix}").unlink(missing_ok=True)


_REPLACE: Final = Text(
    id="Sudah ada graf di sini; isinya diganti dan riwayat muatannya hilang. Lanjutkan?",
    en="There is a graph here already; it will be replaced and its history of loads is lost. Go on?",
)
_REPLACED: Final = Text(
    id="Graf lama diganti. Layanan yang sedang berjalan menjawab dari yang baru.",
    en="The old graph was replaced. A service that is running answers from the new one.",
)
