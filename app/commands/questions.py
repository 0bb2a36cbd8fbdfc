"""Ask the graph: a question in words, or one of the API's questions."""

from typing import Annotated, Any, Literal, NamedTuple

import typer

from app.commands.session import Session, register
from graph.store import GraphReader
from graph.vocabulary import Text

PANEL = "Ask / Bertanya"
Format = Literal["text", "json", "markdown"]
FormatOption = Annotated[
    Format, typer.Option(help="How to answer; json is what the API answers. / Bentuk jawaban.", show_default=True)
]


def _filter(value: str, words: str) -> Any:  # noqa: ANN401 - typer's own description of an option
    return typer.Option(metavar=value, help=words, show_default=False, rich_help_panel="Filters / Penyaring")


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    register(cli, PANEL, ask, connect, search, node, fact)


async def ask(
    session: Session,
    question: Annotated[list[str], typer.Argument(help="In Indonesian or English. / Pertanyaan.", show_default=False)],
    format: FormatOption = "text",
) -> None:
    """Answer a question in words, with numbered sources.

    Menjawab pertanyaan dengan kata-kata, dengan sumber bernomor.
    """
    from app.commands.answers import path_by_name
    from graph.ask import ask as understand

    async with session.view() as view:
        meant = await understand(view, " ".join(question), session.asked_lang)
        # Nobody asked for a language: the answer comes in that of the question.
        speaking = session if session.asked_lang else session.speaking(meant.lang)
        await answer(speaking, view, Wanted(await path_by_name(view, meant), meant.understood, meant.focus), format)


async def connect(
    session: Session,
    *,
    source: Annotated[str, typer.Argument(metavar="FROM", help="A name or an id. / Nama atau id.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A name or an id. / Nama atau id.")],
    max_hops: Annotated[str, _filter("NUMBER", "Hops of a route, 1 to 6. / Langkah terbanyak.")] = "",
    types: Annotated[str, _filter("TYPES", "Fact types, by commas. / Jenis fakta.")] = "",
    subsector: Annotated[str, _filter("SUBSECTORS", "Subsectors, by commas. / Subsektor.")] = "",
    since: Annotated[str, _filter("DATE", "From this date on. / Sejak tanggal ini.")] = "",
    until: Annotated[str, _filter("DATE", "Up to this date. / Sampai tanggal ini.")] = "",
    as_of: Annotated[str, _filter("DATE", "The world on this date. / Keadaan pada tanggal ini.")] = "",
    known_as_of: Annotated[str, _filter("VERSION", "The graph after this load. / Graf setelah muatan ini.")] = "",
    include: Annotated[str, _filter("WHAT", "planned, co_attended. / Ikutkan rencana, acara bersama.")] = "",
    tiers: Annotated[str, _filter("TIERS", "Who stands for a place: 1, 2, 3. / Tingkat pelaku.")] = "",
    limit: Annotated[str, _filter("NUMBER", "Connectors and routes shown. / Banyaknya penghubung.")] = "",
    format: FormatOption = "text",
) -> None:
    """Show who connects one end to the other.

    Menunjukkan siapa yang menghubungkan satu ujung dengan ujung lain.
    """
    from app.commands.answers import current, path_of

    async with session.view() as view:
        ends = {"from": await current(view, source), "to": await current(view, target)}
        given = {"max_hops": max_hops, "types": types, "subsector": subsector, "since": since, "until": until}
        given |= {"as_of": as_of, "known_as_of": known_as_of, "include": include, "tiers": tiers, "limit": limit}
        await answer(session, view, Wanted(path_of("connect", ends | given)), format)


async def search(
    session: Session,
    text: Annotated[list[str], typer.Argument(help="A name or a part of one. / Nama atau sebagian.")],
    kind: Annotated[str, _filter("KINDS", "Only these kinds, by commas. / Jenis simpul.")] = "",
    limit: Annotated[str, _filter("NUMBER", "Names shown. / Banyaknya nama.")] = "",
    format: FormatOption = "text",
) -> None:
    """Find nodes by name, in spite of typing errors.

    Mencari simpul menurut nama, juga bila salah ketik.
    """
    from app.commands.answers import path_of

    async with session.view() as view:
        path = path_of("search", {"q": " ".join(text), "kind": kind, "limit": limit})
        await answer(session, view, Wanted(path), format)


async def node(
    session: Session,
    id: Annotated[str, typer.Argument(help="An id or a name, such as agency:ke-jkt. / Id atau nama.")],
    format: FormatOption = "text",
) -> None:
    """Show one node and the facts in which it takes part.

    Menunjukkan satu simpul dan fakta yang melibatkannya.
    """
    from app.commands.answers import path_of, read_id

    async with session.view() as view:
        node_id, understood = await read_id(view, id)
        await answer(session, view, Wanted(path_of("nodes/{id}", {"id": node_id}), understood), format)


async def fact(
    session: Session,
    id: Annotated[str, typer.Argument(help="Such as fact:ke-jkt-asi-2025-10-15.moc. / Id fakta.")],
    format: FormatOption = "text",
) -> None:
    """Show one fact with its sources.

    Menunjukkan satu fakta beserta sumbernya.
    """
    from app.commands.answers import path_of

    async with session.view() as view:
        await answer(session, view, Wanted(path_of("facts/{id}", {"id": id})), format)


class Wanted(NamedTuple):
    """A path of the API to answer; of a question in words, how it was read and what its headline answers."""

    path: str
    understood: Text | None = None
    focus: str = "what"


async def answer(session: Session, view: GraphReader, asked: Wanted, format: Format) -> None:
    """Show the answer to a path of the API."""
    from app.commands.answers import json_of, words_of
    from app.show.telling import markdown, show_path, show_words

    path = asked.path
    if format == "json":
        session.terminal.write(await json_of(view, path, session.settings))
        return
    told = await words_of(view, path, session.settings, session.lang, asked.focus)
    understood = asked.understood or told.words.understood
    if format == "markdown":
        session.terminal.write(markdown(told.words, understood, told.sources, path, session.lang).encode())
        return
    show_words(session.terminal, told.words, understood, told.sources)
    show_path(session.terminal, path)
