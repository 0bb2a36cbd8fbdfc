"""Writing files whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from app.commands.failures import INVALID, Stopped
from graph.vocabulary import Text


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """Open a text file for writing; it takes its name only when everything has been written. Raises Stopped."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        reason = error.strerror
        text = Text(id=f"{path} tidak dapat ditulis: {reason}.", en=f"{path} cannot be written: {reason}.")
        raise Stopped(INVALID, text) from None
