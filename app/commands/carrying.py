"""What the editing commands share: reading, planning, asking a person, writing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import typer

from app.commands.failures import INVALID, USAGE, Stopped
from app.commands.session import Session
from app.show.loads import committed
from app.show.report import show_report
from graph.errors import NoGraph
from graph.model import Load
from graph.store import Store
from graph.vocabulary import Text
from loaders.checked import Checked, Options, check
from loaders.run import Planned, commit, plan, read_plan

CHECKING: Final = Text(id="Memeriksa berkas …", en="Checking files …")
WRITING: Final = Text(id="Memuat …", en="Loading …")
LOAD_THIS: Final = Text(id="Muat?", en="Load this?")
NOTHING: Final = Text(
    id="Tidak ada yang perlu dimuat: graf sudah sesuai berkas.",
    en="Nothing to do: the graph says what the files say.",
)


async def _is_missing(store: Store) -> bool:
    try:
        async with store.view():
            return False
    except NoGraph:
        return True


async def check_files(session: Session, paths: Sequence[str], texts: tuple[str, ...]) -> Checked:
    """Check files beside the graph, or without one beside the rest of their folder."""
    async with session.store() as store:
        beside = None if await _is_missing(store) else store
        with session.terminal.progress(CHECKING):
            return await check(paths, beside, Options(texts=texts))


async def planned_load(session: Session, paths: Sequence[str], options: Options) -> Planned:
    """Return what a load would do. Raises the errors of the store."""
    async with session.store() as store:
        with session.terminal.progress(CHECKING):
            return await plan(store, paths, options)


def data_folder(session: Session) -> str:
    """Return the folder of curated facts. Raises Stopped when there is none."""
    folder = session.settings.data
    if not folder.is_dir():
        raise Stopped(
            INVALID,
            Text(
                id=f"Folder data tidak ada: {folder}. Jalankan dari folder proyek, atau setel JEJARING_DATA.",
                en=f"There is no data folder: {folder}. Run this in the project's folder, or set JEJARING_DATA.",
            ),
        )
    return str(folder)


async def load_folder(session: Session, folder: str) -> None:
    """Load a data folder without asking, when it holds anything new, and say so in both languages.

    Raises Exit when it has errors.
    """
    planned = await planned_load(session, [folder], Options())
    if planned.has_errors:
        show_report(session.terminal, planned)
        raise typer.Exit(INVALID)
    made = None if planned.is_empty else await _written(session, planned)
    told = NOTHING if made is None else committed(made)
    for line in (told.id, told.en):
        session.terminal.say(line, hang="  ")


async def carry_out(session: Session, planned: Planned, *, yes: bool, question: Text = LOAD_THIS) -> None:
    """Write a plan that was shown, after asking. Raises Stopped when nobody can be asked or the answer is no."""
    if planned.is_empty:
        return
    if not yes:
        ask_first(session, question)
    made = await _written(session, planned)
    if made is not None:
        session.terminal.say(committed(made), "bold green", hang="  ")


async def _written(session: Session, planned: Planned) -> Load | None:
    async with session.store() as store:
        with session.terminal.progress(WRITING):
            return await commit(store, planned)


def ask_first(session: Session, question: Text) -> None:
    """Ask a person whether to go on. Raises Stopped when nobody can be asked or the answer is no."""
    if not session.terminal.can_ask():
        raise Stopped(
            USAGE,
            Text(
                id="Tidak ada yang dapat ditanya di sini; tidak ada yang ditulis. Tambahkan --yes.",
                en="Nobody can be asked here; nothing was written. Add --yes.",
            ),
        )
    if not session.terminal.confirm(question):
        raise Stopped(INVALID, Text(id="Dibatalkan; tidak ada yang ditulis.", en="Called off; nothing was written."))


def signed(planned: Planned, editor: str, message: str) -> Planned:
    """Return the plan with who loads it and what for, where that was given."""
    made = planned.plan
    named = msgspec.structs.replace(made, editor=editor or made.editor, message=message or made.message)
    return msgspec.structs.replace(planned, plan=named)


def read_plan_file(path: Path) -> Planned:
    """Return a plan that was kept. Raises Stopped, Unreadable."""
    try:
        return read_plan(path.read_bytes())
    except OSError:
        text = Text(id=f"Rencana tidak dapat dibaca: {path}", en=f"The plan cannot be read: {path}")
        raise Stopped(INVALID, text) from None


def read_texts(paths: Sequence[Path] | None) -> tuple[str, ...]:
    """Return the articles at hand. Raises Stopped."""
    try:
        return tuple(path.read_text(encoding="utf-8") for path in paths or ())
    except (OSError, UnicodeDecodeError):
        text = Text(id="--text: berkas teks tidak dapat dibaca.", en="--text: the text file cannot be read.")
        raise Stopped(USAGE, text) from None
