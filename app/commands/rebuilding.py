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
from loaders.messages import counted
from loaders.run import Planned, Refused, rebuild

_EMBEDDED: Final = "sqlite:///"
_BESIDE: Final = ("", "-wal", "-shm")  # https://www.sqlite.org/wal.html: the file, its log, the log's index
_BUILDING: Final = Text(id="Membangun graf …", en="Building the graph …")


async def rebuild_graph(session: Session, folder: str, *, yes: bool) -> Load:
    """Load a data folder into an empty graph, or in the place of the old one after asking. Raises Stopped, Exit."""
    url = session.settings.store
    held = await _loads_in(url)
    if held == 0 or not url.startswith(_EMBEDDED):
        return await _build(session, url, folder)
    if not yes:
        ask_first(session, _replace(held))
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
    session.terminal.tell(_replaced(held))
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


async def _loads_in(url: str) -> int | None:
    """Return how many loads a graph has had; 0: there is none, None: something that cannot be read."""
    store = open_store(url)
    try:
        async with store.view() as view:
            return (await view.version()).number
    except NoGraph:
        return 0
    except JejaringError:  # damaged or of another version: something is there
        return None
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


def _replace(held: int | None) -> Text:
    """Return the question that is asked before."""
    lost = _history(held)
    return Text(
        id=f"Sudah ada graf di sini; isinya diganti, dan {lost.id} tidak ikut. Lanjutkan?",
        en=f"There is a graph here already; it will be replaced, and {lost.en} will not come along. Go on?",
    )


def _replaced(held: int | None) -> Text:
    """Return what is said afterwards."""
    lost = _history(held)
    return Text(
        id=f"Graf lama diganti; {lost.id} tidak ikut. Layanan yang sedang berjalan menjawab dari yang baru.",
        en=f"The old graph was replaced; {lost.en} did not come along. A service that is running answers from the "
        "new one.",
    )


def _history(held: int | None) -> Text:
    if held is None:
        return Text(id="riwayat muatannya", en="its history of loads")
    return Text(id=f"riwayat {held} muatan", en=f"its history of {counted(held, 'load')}")
