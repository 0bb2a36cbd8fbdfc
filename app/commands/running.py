"""Run the service, see it work with the curated data, and list its settings."""

import socket
import sys
from os.path import relpath
from pathlib import Path
from shutil import which
from typing import Annotated, Literal

import typer

from app.commands.session import Session, override, register, run_to_its_end
from app.settings import Settings
from graph.vocabulary import Text

PANEL = "Run / Menjalankan"
QUESTION = Text(id="Siapa yang menghubungkan Jakarta dengan Korea?", en="Who connects Jakarta to Korea?")
HostOption = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Where to listen (JEJARING_HOST). / Alamat layanan.")
]
PortOption = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="Port, 0: a free one (JEJARING_PORT). / Porta, 0: yang bebas.")
]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    register(cli, PANEL, serve, demo, settings)


def serve(session: Session, host: HostOption = None, port: PortOption = None) -> None:
    """Serve the pages and the API until Ctrl+C.

    Melayani halaman dan API sampai Ctrl+C.
    """
    chosen = _listening(override(session.settings, host=host, port=port))
    session.terminal.tell(_serving(chosen))
    _run(chosen)


def demo(
    session: Session,
    serve: Annotated[bool, typer.Option(help="Serve afterwards. / Melayani sesudahnya.")] = True,
    host: HostOption = None,
    port: PortOption = None,
) -> None:
    """Load data/, answer one question in both languages, and serve.

    Memuat data/, menjawab satu pertanyaan dalam dua bahasa, lalu melayani.
    """
    chosen = override(session.settings, host=host, port=port)
    if serve:
        chosen = _listening(chosen)
    run_to_its_end(_load_and_answer(session))
    if serve:
        _tell_both(session, _serving(chosen), _next())
        # What a person wants to read stands above; the service only speaks up when something is wrong.
        _run(override(chosen, log_level="warning"))
    else:
        _tell_both(session, _next())


def settings(
    session: Session,
    format: Annotated[Literal["text", "json"], typer.Option(help="How to show it. / Bentuk keluaran.")] = "text",
) -> None:
    """List every setting with its value, default and meaning.

    Menampilkan setiap setelan dengan nilai, bawaan, dan artinya.
    """
    from app.show.settings import settings_json, show_settings

    if format == "json":
        session.terminal.write(settings_json(session.settings))
    else:
        show_settings(session.terminal, session.settings)


def _next() -> Text:
    """Return what to do next, with the command as this person can type it."""
    beside = Path(sys.executable).with_name("jejaring")
    command = "jejaring" if which("jejaring") or not beside.exists() else relpath(beside)
    return Text(
        id=f'Selanjutnya: {command} ask "siapa yang mengunjungi Kemenekraf?"; {command} --help; docs/README.md',
        en=f'Next: {command} ask "who visited Kemenekraf?"; {command} --help; docs/README.md',
    )


async def _load_and_answer(session: Session) -> None:
    from app.commands.answers import path_by_name, words_of
    from app.commands.carrying import data_folder, load_folder
    from app.show.telling import show_path, show_words
    from graph.ask import ask as understand

    await load_folder(session, data_folder(session))
    async with session.view() as view:
        for terminal in (session.speaking("id").terminal, session.speaking("en").terminal):
            question = terminal.words(QUESTION)
            meant = await understand(view, question, terminal.lang)
            path = await path_by_name(view, meant)
            told = await words_of(view, path, session.settings, terminal.lang)
            terminal.say()
            terminal.say(f"── {question} ──", "bold magenta")
            show_words(terminal, told.words, meant.understood, told.sources)
            show_path(terminal, path)


def _tell_both(session: Session, *texts: Text) -> None:
    session.terminal.say()
    for text in texts:
        for line in dict.fromkeys((text.id, text.en)):
            session.terminal.say(line, "bold")


def _serving(chosen: Settings) -> Text:
    host = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
    url = f"http://{host}:{chosen.port}"
    return Text(
        id=f"Jejaring melayani di {url} (API: {url}/api/v1). Ctrl+C untuk berhenti.",
        en=f"Jejaring is serving on {url} (API: {url}/api/v1). Ctrl+C stops it.",
    )


def _listening(chosen: Settings) -> Settings:
    """Return the settings with a port that can be listened on; port 0 becomes a free one. Raises Stopped."""
    from app.commands.failures import USAGE, Stopped

    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host, chosen.port))
        except (OSError, UnicodeError):
            other = chosen.port + 1 if chosen.port < 65_535 else 8000
            raise Stopped(
                USAGE,
                Text(
                    id=f"{chosen.host}:{chosen.port} tidak dapat dipakai; mungkin ada layanan lain di situ. "
                    f"Pilih porta lain: --port {other}, JEJARING_PORT={other}, atau make run PORT={other}.",
                    en=f"{chosen.host}:{chosen.port} cannot be used; another service may be there. "
                    f"Choose another port: --port {other}, JEJARING_PORT={other} or make run PORT={other}.",
                ),
            ) from None
        return override(chosen, port=str(probe.getsockname()[1]))


def _run(chosen: Settings) -> None:
    from app.serve import run

    run(chosen)
