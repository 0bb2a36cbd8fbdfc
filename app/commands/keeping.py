"""Keep the graph: rebuild it from its files, take everything out, see whether all is in order, find names."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from app.commands.session import Session, register
from graph.vocabulary import Text

PANEL = "Keep / Merawat"
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask. / Tanpa bertanya.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    register(cli, PANEL, rebuild, export, doctor, resolve)


async def rebuild(
    session: Session,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The data folder. / Folder data.")],
    yes: YesOption = False,
) -> None:
    """Build the graph anew from the curated files; equal files give an equal content hash.

    Membangun graf baru dari berkas kurasi; berkas yang sama memberi sidik isi yang sama.
    """
    from app.commands.rebuilding import rebuild_graph
    from app.show.loads import committed

    made = await rebuild_graph(session, folder, yes=yes)
    session.terminal.say(committed(made), "bold green", hang="  ")


async def export(
    session: Session,
    format: Annotated[Literal["jsonl"], typer.Option(help="One entity a line. / Satu entitas sebaris.")] = "jsonl",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to a file. / Tulis ke berkas.", show_default=False)
    ] = None,
) -> None:
    """Write the whole graph as text, the same bytes for the same content.

    Menuliskan seluruh graf sebagai teks, bita yang sama untuk isi yang sama.
    """
    from app.commands.files import writing
    from loaders.export import export_jsonl

    del format  # there is one so far; naming it keeps scripts right when there are more
    async with session.view() as view:
        if out is None:
            await export_jsonl(view, sys.stdout)
            return
        with writing(out) as stream, session.terminal.progress(Text(id="Menulis …", en="Writing …")):
            count = await export_jsonl(view, stream)
    session.terminal.tell(Text(id=f"{count} baris ditulis ke {out}.", en=f"{count} lines written to {out}."))


async def doctor(
    session: Session,
    data: Annotated[
        str | None, typer.Argument(metavar="[DIR]", help="The data folder (JEJARING_DATA). / Folder data.")
    ] = None,
) -> None:
    """Look whether the graph is whole, the files are sound, and both say the same.

    Melihat apakah graf utuh, berkas baik, dan keduanya mengatakan hal yang sama.
    """
    from app.commands.failures import INVALID
    from loaders.doctor import doctor as look

    terminal = session.terminal
    async with session.store() as store:
        with terminal.progress(Text(id="Memeriksa …", en="Looking …")):
            findings = await look(store, data or str(session.settings.data))
    marks = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}
    for finding in findings:
        mark, style = marks[finding.level]
        terminal.say(f"{mark} {terminal.words(finding.text)}", style, hang="  ")
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(INVALID)


async def resolve(
    session: Session,
    *,
    name: Annotated[list[str], typer.Argument(help="A name as an article has it. / Nama dalam artikel.")],
    means: Annotated[str, typer.Option(metavar="ID", help="Decide that it means this node. / Putuskan artinya.")] = "",
    article: Annotated[str, typer.Option(metavar="ID", help="In this article only. / Hanya di artikel ini.")] = "",
    editor: Annotated[str, typer.Option(metavar="NAME", help="Who decides. / Siapa yang memutuskan.")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why. / Alasannya.")] = "",
) -> None:
    """Show what a name means, or decide it: the decision is kept in the data folder.

    Menunjukkan arti sebuah nama, atau memutuskannya: keputusan disimpan di folder data.
    """
    from app.commands.failures import INVALID
    from app.show.names import place_of, show_candidates

    text = " ".join(name)
    if means:
        from app.commands.deciding import decide

        await decide(session, text, means, {"article": article, "editor": editor, "reason": reason})
        return
    async with session.view() as view:
        exact = await view.exact(text)
        near = () if exact else await view.find(text, limit=5)
        beside = await view.nodes(sorted({place for hit in (*exact, *near) if (place := place_of(hit.node))}))
    show_candidates(session.terminal, exact, near, {node.id: node for node in beside})
    if len(exact) != 1:
        raise typer.Exit(INVALID)
