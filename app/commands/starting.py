"""Begin an article file: print an empty one, or put it where it belongs."""

import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from app.commands.failures import INVALID, USAGE, Stopped
from app.commands.session import Session, register
from graph.vocabulary import Text

PANEL = "Edit / Menyunting"
_NAME = re.compile(r"(?P<date>(?P<year>[0-9]{4})-[0-9]{2}-[0-9]{2})-[a-z0-9]+(-[a-z0-9]+)*")


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    register(cli, PANEL, template, new)


def template(session: Session) -> None:
    """Print an empty article file.

    Menampilkan berkas artikel yang masih kosong.
    """
    session.terminal.write(_template("slug", "").encode())


def new(
    session: Session,
    name: Annotated[
        str,
        typer.Argument(help="Day of publication and a few words: 2026-01-20-a-few-words. / Tanggal terbit dan kata."),
    ],
) -> None:
    """Begin an article file in the data folder.

    Memulai berkas artikel di folder data.
    """
    found = _NAME.fullmatch(name)
    if found is None or not _is_a_day(found["date"]):
        raise Stopped(
            USAGE,
            Text(
                id="Namanya tanggal terbit dan beberapa kata, misalnya 2026-01-20-kunjungan-kbri.",
                en="The name is the day of publication and a few words, such as 2026-01-20-embassy-visit.",
            ),
        )
    path = session.settings.data / "articles" / found["year"] / f"{name}.yaml"
    slug = name.removeprefix(f"{found['date']}-")
    _write(path, _template(f"{slug}-{found['date']}", found["date"]))
    session.terminal.say(Text(id=f"Isi berkas ini: {path}", en=f"Fill in this file: {path}"))


def _is_a_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _template(slug: str, day: str) -> str:
    text = files("app.commands").joinpath("article.yaml").read_text(encoding="utf-8")
    return text.replace("SLUG", slug).replace("published: DATE", f"published: {day}".rstrip())


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise Stopped(INVALID, Text(id=f"Sudah ada: {path}", en=f"It exists already: {path}")) from None
    except OSError as error:
        reason = error.strerror
        text = f"{path}: {reason}"
        raise Stopped(INVALID, Text(id=f"Tidak dapat ditulis: {text}", en=f"Cannot be written: {text}")) from None
