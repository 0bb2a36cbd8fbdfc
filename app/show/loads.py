"""Loads for a terminal: one line each, and one load with everything it changed."""

from collections.abc import Sequence
from typing import Final

from app.show.changes import show_entries
from app.show.terminal import Terminal
from graph.model import Load
from graph.vocabulary import Text
from loaders.history import Shown
from loaders.messages import counted

_SHORT: Final = len("load:") + 8  # enough of an id to tell loads apart by eye; `jejaring show` takes it


def short_id(load: Load) -> str:
    """Return the beginning of a load's id, as people copy it."""
    return load.id[:_SHORT]


def show_loads(terminal: Terminal, loads: Sequence[Load]) -> None:
    """Print loads, one line each."""
    if not loads:
        terminal.say(Text(id="Belum ada muatan.", en="There are no loads yet."))
    for load in loads:
        terminal.say(
            f"{load.version:>4}  {short_id(load)}  {_when(load)}  {_counts(load)}  {_what(load, terminal)}",
            hang="      ",
        )


def show_load(terminal: Terminal, shown: Shown) -> None:
    """Print one load with its changes."""
    load = shown.load
    rows = (
        (Text(id="Muatan", en="Load"), load.id),
        (Text(id="Versi", en="Version"), str(load.version)),
        (Text(id="Waktu", en="Time"), _when(load)),
        (Text(id="Penyunting", en="Editor"), load.editor),
        (Text(id="Keterangan", en="Message"), load.message),
        (Text(id="Membatalkan", en="Undoes"), load.reverts or ""),
        (Text(id="Entitas", en="Entities"), _counts(load)),
        (Text(id="Fakta setelahnya", en="Facts after it"), str(load.facts)),
        (Text(id="Sidik isi", en="Content hash"), load.content),
    )
    for label, value in rows:
        if value:
            terminal.say(f"{terminal.words(label)}: {value}", hang="  ")
    terminal.say()
    show_entries(terminal, shown.entries)


def committed(load: Load) -> Text:
    """Return what a load did, with its id, number of facts and content hash."""
    return Text(
        id=f"Termuat: {load.id}, versi {load.version}, {load.facts} fakta, sidik isi {load.content}.",
        en=f"Loaded: {load.id}, version {load.version}, {counted(load.facts, 'fact')}, content hash {load.content}.",
    )


def _when(load: Load) -> str:
    return load.at[:16].replace("T", " ") + " UTC"


def _counts(load: Load) -> str:
    return f"+{load.added} ~{load.changed} -{load.removed}"


def _what(load: Load, terminal: Terminal) -> str:
    undone = terminal.words(Text(id="membatalkan", en="undoes"))
    parts = (f"{undone} {load.reverts[:_SHORT]}" if load.reverts else "", load.editor, load.message)
    return " · ".join(part for part in parts if part)
