"""What was loaded: list loads, show one (or anything else by its id), and recount everything."""

from typing import Annotated, Literal

import typer

from app.commands.session import Session, register
from graph.model import Load
from graph.store import Store
from graph.vocabulary import Text

PANEL = "History / Riwayat"
Format = Literal["text", "json"]
FormatOption = Annotated[Format, typer.Option(help="How to show it. / Bentuk keluaran.", show_default=True)]
_MOST = 1_000


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    register(cli, PANEL, log, show, verify)


async def log(
    session: Session,
    limit: Annotated[int, typer.Option(min=1, max=_MOST, help="Loads shown. / Banyaknya muatan.")] = 20,
    before: Annotated[int | None, typer.Option(min=1, help="Older than this version. / Sebelum versi ini.")] = None,
    format: FormatOption = "text",
) -> None:
    """List loads, newest first.

    Menampilkan muatan, yang terbaru lebih dahulu.
    """
    from app.show.loads import show_loads
    from loaders.history import log as loads_of

    async with session.store() as store:
        loads = await loads_of(store, before, limit)
    if format == "json":
        _write_json(session, loads)
    else:
        show_loads(session.terminal, loads)


async def show(
    session: Session,
    id: Annotated[
        str, typer.Argument(help="A load (id, its beginning, version, or last), node, fact or article. / Id.")
    ],
    format: FormatOption = "text",
) -> None:
    """Show one load with everything it changed, or a node, fact or article.

    Menunjukkan satu muatan dengan semua perubahannya, atau simpul, fakta, atau artikel.
    """
    from app.show.loads import show_load
    from loaders.history import show as load_with_changes

    if ":" in id and not id.startswith("load:"):
        await _show_other(session, id, format)
        return
    async with session.store() as store:
        shown = await load_with_changes(store, (await find_load(store, id)).id)
    if format == "json":
        _write_json(session, shown)
    else:
        show_load(session.terminal, shown)


async def verify(session: Session) -> None:
    """Recount and rehash everything: what is missing, partial, doubled or damaged.

    Menghitung ulang semuanya: apa yang hilang, terpotong, ganda, atau rusak.
    """
    from app.commands.failures import INVALID

    terminal = session.terminal
    async with session.store() as store:
        async with store.view() as view:
            loads = await view.loads(limit=1)
        with terminal.progress(Text(id="Menghitung ulang …", en="Recounting …")):
            findings = await store.verify()
    for finding in findings:
        terminal.say(finding, hang="  ")
    if findings:
        from loaders.messages import counted

        count = len(findings)
        terminal.fail(
            Text(
                id=f"Graf ini tidak utuh ({count} temuan). Bangun ulang: jejaring rebuild data/",
                en=f"This graph is not whole ({counted(count, 'finding')}). Build it again: jejaring rebuild data/",
            )
        )
        raise typer.Exit(INVALID)
    terminal.say(_whole(loads[0] if loads else None))


async def find_load(store: Store, text: str) -> Load:
    """Return the load that a person means: its id, the beginning of it, its version, or `last`.

    Raises NotFound, or Ambiguous when several ids begin like this.
    """
    from graph.errors import Ambiguous, NotFound

    async with store.view() as view:
        if text.isdigit() or text == "last":
            before = int(text) + 1 if text != "last" else None
            found = [load for load in await view.loads(before, 1) if text in ("last", str(load.version))]
        else:
            found, page = [], await view.loads(limit=_MOST)
            while page:
                found += [load for load in page if load.id.startswith(text) or load.id.startswith(f"load:{text}")]
                page = await view.loads(page[-1].version, _MOST)
    if not found:
        raise NotFound("load")
    if len(found) > 1:
        raise Ambiguous("load", tuple(load.id for load in found))
    return found[0]


async def _show_other(session: Session, id: str, format: Format) -> None:
    from app.commands.answers import current, path_of
    from app.commands.questions import Wanted, answer

    async with session.view() as view:
        if id.startswith("fact:"):
            path = path_of("facts/{id}", {"id": id})
        elif not id.startswith("article:"):
            path = path_of("nodes/{id}", {"id": await current(view, id)})
        elif format == "json":
            path = path_of("sources/{id}", {"id": id})
        else:
            await view.source(id)  # one that is unknown or withdrawn is said to be so
            path = path_of("facts", {"source": id})
        await answer(session, view, Wanted(path), format)


def _whole(newest: Load | None) -> Text:
    from loaders.messages import counted

    if newest is None:
        return Text(id="Utuh: graf ini masih kosong.", en="Whole: this graph is still empty.")
    return Text(
        id=f"Utuh: {newest.version} muatan, {newest.facts} fakta, sidik isi {newest.content}.",
        en=f"Whole: {counted(newest.version, 'load')}, {counted(newest.facts, 'fact')}, content hash {newest.content}.",
    )


def _write_json(session: Session, value: object) -> None:
    import msgspec

    session.terminal.write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")
