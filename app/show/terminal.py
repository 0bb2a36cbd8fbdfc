"""Where a command speaks: results to standard output, everything else to standard error, in one language."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import fill
from threading import Timer
from typing import Final

import typer
from rich.console import Console

from graph.vocabulary import Lang, Text

PATIENCE_SECONDS: Final = 1.0  # work that is shorter needs no progress line
_WIDEST: Final = 100  # longer lines are hard to read


class _Console(Console):
    """A console that leaves a broken pipe to its caller (rich would end the process with code 1)."""

    def on_broken_pipe(self) -> None:
        """Pass the error on."""
        raise  # noqa: PLE0704 - rich calls this while it handles the error


class Terminal:
    """One pair of streams in one language. Lines are wrapped on a terminal only, so that pipes get whole ones."""

    def __init__(self, lang: Lang, *, color: bool = True) -> None:
        """Speak this language. color False: plain even on a terminal (NO_COLOR is honoured anyway)."""
        self.lang = lang
        self._color = color
        plain = None if color else True
        self._out = _Console(highlight=False, markup=False, emoji=False, no_color=plain)
        self._err = _Console(highlight=False, markup=False, emoji=False, no_color=plain, stderr=True)

    def speaking(self, lang: Lang) -> "Terminal":
        """Return the same terminal in another language."""
        return Terminal(lang, color=self._color)

    def words(self, text: Text | str) -> str:
        """Return a text in the language of this terminal."""
        return text if isinstance(text, str) else text.get(self.lang)

    def say(self, text: Text | str = "", style: str = "", *, indent: str = "", hang: str | None = None) -> None:
        """Print one paragraph of the result. hang: what further lines start with, on a terminal (None: `indent`)."""
        self._print(self._out, self.words(text), style, (indent, indent if hang is None else hang))

    def tell(self, text: Text | str = "", style: str = "") -> None:
        """Print something about the work (not the result) to standard error."""
        for line in self.words(text).split("\n"):
            self._print(self._err, line, style, ("", ""))

    def fail(self, text: Text | str) -> None:
        """Print why a command did not do what it was asked to."""
        label = self.words(Text(id="Galat", en="Error"))
        self.tell(f"{label}: {self.words(text)}", "red")

    def write(self, data: bytes) -> None:
        """Write bytes as they are; on a terminal the prompt starts on a line of its own."""
        typer.echo(data, nl=self._out.is_terminal and not data.endswith(b"\n"))

    def can_ask(self) -> bool:
        """Whether a person is there to answer."""
        return sys.stdin.isatty() and self._err.is_terminal

    def confirm(self, question: Text) -> bool:
        """Ask a person yes or no; the default is no."""
        yes, no = ("ya", "tidak") if self.lang == "id" else ("yes", "no")
        answer = typer.prompt(f"{self.words(question)} [{yes}/{no}]", default=no, show_default=False, err=True)
        return str(answer).strip().casefold() in ("y", "ya", "yes")

    @contextmanager
    def progress(self, what: Text) -> Iterator[None]:
        """Show on a terminal that work goes on, once it has taken a second."""
        if not self._err.is_terminal:
            yield
            return
        status = self._err.status(self.words(what))
        timer = Timer(PATIENCE_SECONDS, status.start)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            status.stop()

    def _print(self, console: Console, line: str, style: str, starts: tuple[str, str]) -> None:
        first, further = starts
        if console.is_terminal and line:
            width = max(min(console.width, _WIDEST), len(further) + 20)
            line = fill(line, width, initial_indent=first, subsequent_indent=further, break_on_hyphens=False)
        else:
            line = first + line if line else ""
        console.print(line, style=style, soft_wrap=True)
