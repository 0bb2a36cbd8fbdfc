"""What every command starts with: settings, a language, a terminal; and the options that all commands share."""

import asyncio
import functools
import inspect
import signal
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, NoReturn

import msgspec
import typer

from app.settings import SETTINGS, Settings, chosen_lang, load_settings, locale_lang
from app.show.terminal import Terminal
from graph.store import GraphReader, Store
from graph.vocabulary import Lang, Text

SHARED: Final = "Shared options / Pilihan bersama"
StoreOption = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Where the graph is kept (JEJARING_STORE). / Tempat graf disimpan.",
        rich_help_panel=SHARED,
    ),
]
LangOption = Annotated[
    Lang | None,
    typer.Option(
        help="The language to speak (JEJARING_LANG, then the locale, then id). / Bahasa yang dipakai.",
        rich_help_panel=SHARED,
    ),
]
ColorOption = Annotated[
    bool,
    typer.Option("--no-color", help="No colours (NO_COLOR). / Tanpa warna.", rich_help_panel=SHARED),
]
Body = Callable[..., Coroutine[Any, Any, None] | None]


@dataclass(frozen=True)
class Shared:
    """The shared options as given: before the command's name, or after it."""

    store: str | None = None
    lang: Lang | None = None
    no_color: bool = False

    def over(self, other: "Shared | None") -> "Shared":
        """Return these options, completed by others."""
        if other is None:
            return self
        return Shared(self.store or other.store, self.lang or other.lang, self.no_color or other.no_color)


@dataclass(frozen=True)
class Session:
    """One run of one command. asked_lang: the language that was asked for by option or setting, if any."""

    settings: Settings
    terminal: Terminal
    asked_lang: Lang | None

    @property
    def lang(self) -> Lang:
        """The language of the terminal."""
        return self.terminal.lang

    def speaking(self, lang: Lang) -> "Session":
        """Return this session with a terminal of another language."""
        return replace(self, terminal=self.terminal.speaking(lang))

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """Open the store. Raises StoreUnavailable."""
        from graph.stores import open_store

        store = open_store(self.settings.store)
        try:
            yield store
        finally:
            await store.close()

    @asynccontextmanager
    async def view(self) -> AsyncIterator[GraphReader]:
        """Open the newest state of the graph. Raises StoreUnavailable, StoreDamaged."""
        async with self.store() as store, store.view() as view:
            yield view


def terminal_lang(lang: Lang | None = None) -> Lang:
    """Return the language to speak: the one asked for, else that of the environment, else Indonesian."""
    return lang or chosen_lang() or locale_lang() or "id"


def open_session(shared: Shared) -> Session:
    """Read the settings and put the options over them. Raises SettingsError, Misused."""
    settings = override(load_settings(), store=shared.store)
    asked = shared.lang or chosen_lang()
    if asked is not None:
        settings = msgspec.structs.replace(settings, lang=asked)
    return Session(settings, Terminal(terminal_lang(asked), color=not shared.no_color), asked)


def override(settings: Settings, **options: str | None) -> Settings:
    """Return the settings with the options that were given, each read as its setting is. Raises Misused."""
    known = {setting.field: setting for setting in SETTINGS}
    for field, text in options.items():
        if text is not None:
            try:
                settings = msgspec.structs.replace(settings, **{field: known[field].read(text)})
            except ValueError:
                raise Misused(f"--{field}", known[field].allowed) from None
    return settings


class Misused(Exception):
    """An option whose value cannot be used: its name and what is allowed."""

    def __init__(self, option: str, allowed: Text) -> None:
        """Keep what to say in both languages."""
        super().__init__(option)
        self.text = Text(
            id=f"{option}: nilai ini tidak dapat dipakai. Yang boleh: {allowed.id}.",
            en=f"{option}: this value cannot be used. Allowed: {allowed.en}.",
        )


def register(cli: typer.Typer, panel: str, *bodies: Body) -> None:
    """Add commands to the command line, in a panel of its help. A command's name is that of its function."""
    for body in bodies:
        english, _, indonesian = inspect.cleandoc(body.__doc__ or "").partition("\n\n")
        first = f"{english.rstrip('.')} / {indonesian.partition(chr(10))[0].rstrip('.')}"
        cli.command(body.__name__, rich_help_panel=panel, short_help=first)(_with_shared_options(body))


def run_to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Run a command that waits for things, so that Ctrl+C stops it at once.

    asyncio's own handler would let a busy command go on until it next waits; any other handler it leaves alone.
    """
    if threading.current_thread() is not threading.main_thread():
        asyncio.run(work)
        return
    before = signal.signal(signal.SIGINT, _interrupt)
    try:
        asyncio.run(work)
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _with_shared_options(body: Body) -> Callable[..., None]:
    """Return the function that typer calls: it makes the session, runs the command, and waits for it."""

    @functools.wraps(body)
    def run(  # the rest are the command's own parameters, of any type
        context: typer.Context,
        store: str | None,
        lang: Lang | None,
        no_color: bool,
        **given: Any,  # noqa: ANN401
    ) -> None:
        shared = Shared(store, lang, no_color).over(context.obj)
        outcome = body(open_session(shared), **given)
        if outcome is not None:
            run_to_its_end(outcome)

    own = list(inspect.signature(body).parameters.values())[1:]
    kind = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *(parameter.replace(kind=kind) for parameter in own),
        inspect.Parameter("store", kind, default=None, annotation=StoreOption),
        inspect.Parameter("lang", kind, default=None, annotation=LangOption),
        inspect.Parameter("no_color", kind, default=False, annotation=ColorOption),
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run
