"""From file to graph and back: check, plan, load, undo."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer

from app.commands.failures import INVALID, PARTLY, PENDING, USAGE, Stopped
from app.commands.session import Session, register
from graph.vocabulary import Text

PANEL = "Edit / Menyunting"
PathsArgument = typer.Argument(help="Files or folders. / Berkas atau folder.", show_default=False)
TextOption = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE", help="The article at hand, to find copied wording. / Teks artikel.", show_default=False
    ),
]
PruneOption = Annotated[
    bool, typer.Option("--prune", help="Withdraw articles that the folder no longer has. / Tarik artikel yang hilang.")
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask. / Tanpa bertanya.")]
EditorOption = Annotated[str, typer.Option(metavar="NAME", help="Who does it. / Penyunting.", show_default=False)]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    register(cli, PANEL, check, plan, load, undo)


async def check(
    session: Session,
    paths: Annotated[list[str], PathsArgument],
    text: TextOption = None,
    format: Annotated[
        Literal["text", "json", "github"], typer.Option(help="How to report. / Bentuk laporan.")
    ] = "text",
) -> None:
    """Check files: every problem with file, line and column. Nothing is written.

    Memeriksa berkas: setiap masalah dengan berkas, baris, dan kolom. Tidak ada yang ditulis.
    """
    from app.commands.carrying import check_files, read_texts
    from app.show.report import show_report

    checked = await check_files(session, paths, read_texts(text))
    show_report(session.terminal, checked, format)
    if checked.has_errors:
        raise typer.Exit(INVALID)


async def plan(
    session: Session,
    *,
    paths: Annotated[list[str], PathsArgument],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep the plan for `load --plan`. / Simpan rencana.")
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 10 when changes are pending. / Kode 10 bila ada perubahan.")
    ] = False,
    text: TextOption = None,
    prune: PruneOption = False,
    format: Annotated[Literal["text", "json"], typer.Option(help="How to show it. / Bentuk keluaran.")] = "text",
) -> None:
    """Show what loading would change, and which saved questions would be answered differently.

    Menunjukkan apa yang akan berubah, dan jawaban pertanyaan tersimpan mana yang ikut berubah.
    """
    from app.commands.carrying import planned_load, read_texts
    from app.commands.files import writing
    from app.show.report import show_report
    from loaders.checked import Options
    from loaders.run import dump_plan

    planned = await planned_load(session, paths, Options(texts=read_texts(text), prune=prune))
    show_report(session.terminal, planned, format)
    if planned.has_errors:
        raise typer.Exit(INVALID)
    if out is not None:
        with writing(out) as stream:
            stream.write(dump_plan(planned).decode())
        session.terminal.tell(Text(id=f"Rencana disimpan: {out}", en=f"Plan kept: {out}"))
    if exit_code and not planned.is_empty:
        raise typer.Exit(PENDING)


async def load(
    session: Session,
    *,
    paths: Annotated[list[str] | None, PathsArgument] = None,
    yes: YesOption = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show the plan. / Hanya tunjukkan rencana.")] = False,
    plan: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Carry out a kept plan. / Jalankan rencana tersimpan.")
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Leave out files with errors. / Lewati berkas yang salah.")
    ] = False,
    text: TextOption = None,
    prune: PruneOption = False,
    editor: EditorOption = "",
    message: Annotated[
        str, typer.Option(metavar="TEXT", help="What this load is for. / Keterangan muatan.", show_default=False)
    ] = "",
) -> None:
    """Check, show the plan, ask, and write: everything or nothing.

    Memeriksa, menunjukkan rencana, bertanya, lalu menulis: semuanya atau tidak sama sekali.
    """
    from app.commands.carrying import carry_out, planned_load, read_plan_file, read_texts, signed
    from app.show.report import show_report
    from loaders.checked import Options

    if (plan is None) == (not paths):
        raise Stopped(USAGE, Text(id="Sebutkan berkas, atau --plan FILE.", en="Name files, or --plan FILE."))
    options = Options(texts=read_texts(text), prune=prune, editor=editor, partial=partial)
    planned = read_plan_file(plan) if plan else await planned_load(session, paths or [], options)
    show_report(session.terminal, planned)
    if planned.has_errors:
        raise typer.Exit(INVALID)
    if not dry_run:
        await carry_out(session, signed(planned, editor, message), yes=yes)
    if planned.rejected:
        raise typer.Exit(INVALID if planned.is_empty else PARTLY)


async def undo(
    session: Session,
    load: Annotated[str, typer.Argument(help="Its id, the beginning of it, its version, or last. / Muatan.")],
    yes: YesOption = False,
    skip_conflicts: Annotated[
        bool, typer.Option("--skip-conflicts", help="Leave what later loads changed. / Biarkan yang berbenturan.")
    ] = False,
    editor: EditorOption = "",
) -> None:
    """Restore what was before a load. That is a load too, and can be undone.

    Memulihkan keadaan sebelum suatu muatan. Itu pun sebuah muatan, dan dapat dibatalkan.
    """
    from app.commands.carrying import carry_out
    from app.commands.history import find_load
    from app.show.report import show_report
    from loaders.history import undo as plan_undo

    async with session.store() as store:
        found = await find_load(store, load)
        planned = await plan_undo(store, found.id, skip_conflicts=skip_conflicts, editor=editor)
    planned = msgspec.structs.replace(planned, answers=None)  # saved questions are the files', which stay as they are
    show_report(session.terminal, planned)
    question = Text(id="Batalkan muatan ini?", en="Undo this load?")
    await carry_out(session, planned, yes=yes, question=question)
