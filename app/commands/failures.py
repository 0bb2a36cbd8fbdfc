"""Every expected way to fail: one exit code and one text in the reader's language, never a traceback."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from itertools import pairwise
from typing import Any, Final, NoReturn

import typer
from typer.core import TyperGroup

from app.commands.session import Misused, terminal_lang
from app.commands.usage import no_such_command, usage_text
from app.settings import SettingsError
from app.show.terminal import Terminal
from graph.errors import JejaringError, Stale, StoreDamaged, StoreFull, StoreUnavailable, UndoConflict
from graph.vocabulary import Lang, Text

OK: Final = 0
INVALID: Final = 1
USAGE: Final = 2
PARTLY: Final = 3
CONFLICT: Final = 4
NO_STORE: Final = 5
PENDING: Final = 10
INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it
BROKEN_PIPE: Final = 141  # 128 + SIGPIPE
EXIT_CODES: Final[dict[int, Text]] = {
    OK: Text(id="berhasil", en="done"),
    INVALID: Text(id="data atau pertanyaan tidak dapat dipakai", en="data or question cannot be used"),
    USAGE: Text(id="perintah, pilihan, atau setelan salah", en="wrong command, option or setting"),
    PARTLY: Text(id="sebagian termuat", en="partly loaded"),
    CONFLICT: Text(id="berbenturan, atau rencana sudah basi", en="conflict, or a stale plan"),
    NO_STORE: Text(
        id="graf tidak terjangkau, terkunci, rusak, atau penuh", en="graph unreachable, locked, damaged or full"
    ),
    PENDING: Text(id="`plan --exit-code`: ada perubahan yang menunggu", en="`plan --exit-code`: changes are pending"),
    INTERRUPTED: Text(id="dihentikan dengan Ctrl+C", en="stopped with Ctrl+C"),
}


class Stopped(Exception):
    """A command that ends early: the exit code and what to say."""

    def __init__(self, code: int, text: Text) -> None:
        """Keep both; str() is the English text."""
        super().__init__(text.en)
        self.code = code
        self.text = text


class Commands(TyperGroup):
    """All commands, with every expected failure told in one place."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own context
        """Run a command; a reader that went away is no failure worth words."""
        try:
            outcome = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # What is still in the buffers has nowhere to go; Python would complain about it while it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(BROKEN_PIPE) from None
        return outcome

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Return the command that is asked for, or name the nearest ones."""
        if args[0] not in self.commands:
            raise Stopped(USAGE, no_such_command(args[0], list(self.commands)))
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:  # noqa: ANN401
        """Run the command line and end the process with its exit code."""
        given = sys.argv[1:] if args is None else list(args)
        _make_printable()
        terminal = Terminal(_lang_in(given), color="--no-color" not in given)
        extra["standalone_mode"] = False
        try:
            _check_text(given)
            code = super().main(given, *rest, **extra)
        except (JejaringError, SettingsError, Misused, Stopped) as error:
            terminal.fail(error.text)
            code = exit_code(error)
        except typer.TyperException as error:
            terminal.fail(usage_text(error))
            code = USAGE
        except typer.Abort:
            code = INTERRUPTED
        sys.exit(code if isinstance(code, int) else OK)


def exit_code(error: Exception) -> int:
    """Return the exit code of an expected error."""
    if isinstance(error, Stopped):
        return error.code
    if isinstance(error, SettingsError | Misused):
        return USAGE
    if isinstance(error, Stale | UndoConflict):
        return CONFLICT
    if isinstance(error, StoreUnavailable | StoreDamaged | StoreFull):
        return NO_STORE
    return INVALID


def _check_text(args: Sequence[str]) -> None:
    """Refuse what is no text: bytes that are not UTF-8 reach a program as lone surrogates. Raises Stopped."""
    try:
        "".join(args).encode()
    except UnicodeEncodeError:
        text = Text(id="Perintah ini memuat bita yang bukan UTF-8.", en="This command holds bytes that are not UTF-8.")
        raise Stopped(USAGE, text) from None


def _make_printable() -> None:
    """Let streams that cannot write every letter write a question mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")


def _lang_in(args: Sequence[str]) -> Lang:
    """Return the language to complain in, before the options can be read."""
    given = [after for option, after in pairwise(args) if option == "--lang"]
    given += [arg.removeprefix("--lang=") for arg in args if arg.startswith("--lang=")]
    if "en" in given:
        return "en"
    return terminal_lang("id" if "id" in given else None)
