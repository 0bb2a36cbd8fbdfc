"""Every setting: its name, default, meaning and check. The only place that reads the environment.

A setting is one environment variable. All wrong ones are named at once, so that an operator does not start ten times.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import urlsplit

import msgspec

from graph.model import Budget
from graph.vocabulary import Lang, Text

PREFIX: Final = "JEJARING_"
TESTS: Final = "JEJARING_TEST_"  # the test run's own switches
Read: TypeAlias = Callable[[str], Any]


class Settings(msgspec.Struct, frozen=True):
    """What the operator has decided. One field per setting; see `SETTINGS` for their meaning."""

    store: str = "sqlite:///.jejaring/jejaring.db"
    data: Path = Path("data")
    lang: Lang = "id"
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    origins: tuple[str, ...] = ()
    cache_mb: int = 64
    deadline_ms: int = 3_000
    max_in_flight: int = 256
    shutdown_seconds: int = 10
    budget_reads: int = Budget().reads
    budget_ties: int = Budget().ties
    budget_ms: int = Budget().milliseconds
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def budget(self) -> Budget:
        """What one question may cost."""
        return Budget(reads=self.budget_reads, ties=self.budget_ties, milliseconds=self.budget_ms)


@dataclass(frozen=True)
class Setting:
    """One setting: the field it fills, what it means, what is allowed, and how its text is read.

    `read` raises ValueError for a text that is not allowed.
    """

    field: str
    meaning: Text
    allowed: Text
    read: Read

    @property
    def name(self) -> str:
        """The environment variable."""
        return PREFIX + self.field.upper()

    @property
    def default(self) -> str:
        """The default, as it would be written in the environment."""
        value = getattr(Settings(), self.field)
        return ",".join(value) if isinstance(value, tuple) else str(value)


class SettingsError(Exception):
    """One or more settings that cannot be used; text names each with its problem and what is allowed."""

    def __init__(self, problems: list[Text]) -> None:
        """Keep all problems, one line each."""
        self.text = Text(id="\n".join(p.id for p in problems), en="\n".join(p.en for p in problems))
        super().__init__(self.text.en)


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment. Raises SettingsError that names every wrong one."""
    given = {k: v for k, v in (os.environ if environ is None else environ).items() if k.startswith(PREFIX)}
    known = {setting.name: setting for setting in SETTINGS}
    problems = [_unknown(name) for name in sorted(given.keys() - known.keys()) if not name.startswith(TESTS)]
    values: dict[str, Any] = {}
    for name, setting in known.items():
        if name in given:
            try:
                values[setting.field] = setting.read(given[name].strip())
            except ValueError:
                problems.append(_wrong(setting, given[name]))
    if problems:
        raise SettingsError(problems)
    return Settings(**values)


def _unknown(name: str) -> Text:
    names = ", ".join(setting.name for setting in SETTINGS)
    return Text(
        id=f"{name}: setelan ini tidak dikenal. Yang ada: {names}.",
        en=f"{name}: there is no such setting. There are: {names}.",
    )


def _wrong(setting: Setting, value: str) -> Text:
    # A store's address may carry a password by mistake: the value stays out of messages and logs.
    shown = "***" if setting.field == "store" else repr(value)
    return Text(
        id=f"{setting.name}: nilai {shown} tidak dapat dipakai. Yang boleh: {setting.allowed.id}.",
        en=f"{setting.name}: the value {shown} cannot be used. Allowed: {setting.allowed.en}.",
    )


def _store(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("sqlite", "neo4j", "neo4j+s") or "@" in parts.netloc:
        raise ValueError(text)
    if parts.scheme == "sqlite" and (parts.netloc or len(parts.path) < 2):
        raise ValueError(text)
    if parts.scheme != "sqlite" and not parts.hostname:
        raise ValueError(text)
    return text


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for origin in origins:
        if not re.fullmatch(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", origin):
            raise ValueError(origin)
    return origins


def _folder(text: str) -> Path:
    if not text or "\0" in text:
        raise ValueError(text)
    return Path(text)


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", text):
        raise ValueError(text)
    return text


def _one_of(*values: str) -> Read:
    def read(text: str) -> str:
        if text not in values:
            raise ValueError(text)
        return text

    return read


def _whole(least: int, most: int) -> Read:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return read


def _number(field: str, least: int, most: int, id: str, en: str) -> Setting:
    allowed = Text(id=f"bilangan bulat dari {least} sampai {most}", en=f"a whole number from {least} to {most}")
    return Setting(field, Text(id=id, en=en), allowed, _whole(least, most))


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting(
        "store",
        Text(id="Tempat graf disimpan.", en="Where the graph is kept."),
        Text(
            id="sqlite:///berkas (relatif), sqlite:////berkas (mutlak), neo4j://host:port atau neo4j+s://host:port, "
            "tanpa nama pengguna dan sandi",
            en="sqlite:///file (relative), sqlite:////file (absolute), neo4j://host:port or neo4j+s://host:port, "
            "without user name and password",
        ),
        _store,
    ),
    Setting(
        "data",
        Text(id="Folder fakta yang dikurasi.", en="The folder of curated facts."),
        Text(id="nama folder", en="the name of a folder"),
        _folder,
    ),
    Setting(
        "lang",
        Text(
            id="Bahasa bila pembaca tidak memintanya.",
            en="The language for readers who do not ask for one.",
        ),
        Text(id="id atau en", en="id or en"),
        _one_of("id", "en"),
    ),
    Setting(
        "host",
        Text(
            id="Alamat tempat layanan mendengarkan; selain 127.0.0.1 berarti terbuka bagi komputer lain.",
            en="The address the service listens on; anything but 127.0.0.1 opens it to other machines.",
        ),
        Text(id="nama host atau alamat IP", en="a host name or an IP address"),
        _host,
    ),
    _number("port", 0, 65_535, "Porta layanan; 0 memilih yang bebas.", "The service's port; 0 picks a free one."),
    _number(
        "workers",
        1,
        64,
        "Banyaknya proses yang melayani; satu per inti prosesor sudah cukup.",
        "How many processes serve; one per core is enough.",
    ),
    Setting(
        "origins",
        Text(
            id="Situs yang dasbornya boleh membaca API dari peramban (CORS), dipisah koma.",
            en="Sites whose dashboards may read the API from a browser (CORS), separated by commas.",
        ),
        Text(
            id="asal seperti https://dasbor.example.id, dipisah koma",
            en="origins like https://dashboard.example.org, separated by commas",
        ),
        _origins,
    ),
    _number(
        "cache_mb",
        0,
        4_096,
        "Memori untuk jawaban siap kirim, dalam MB per proses; 0 mematikannya.",
        "Memory for ready answers, in MB per process; 0 turns it off.",
    ),
    _number(
        "deadline_ms",
        100,
        60_000,
        "Batas waktu satu jawaban, dalam milidetik.",
        "How long one answer may take, in milliseconds.",
    ),
    _number(
        "max_in_flight",
        1,
        10_000,
        "Permintaan yang dikerjakan bersamaan; selebihnya diminta kembali nanti (503).",
        "Requests worked on at the same time; further ones are asked to come back (503).",
    ),
    _number(
        "shutdown_seconds",
        0,
        600,
        "Waktu bagi permintaan yang sudah diterima untuk selesai saat layanan berhenti, dalam detik.",
        "Time for accepted requests to finish when the service stops, in seconds.",
    ),
    _number(
        "budget_reads",
        100,
        10_000_000,
        "Hubungan yang boleh dibaca untuk satu pertanyaan.",
        "Ties that one question may read.",
    ),
    _number(
        "budget_ties",
        10,
        100_000,
        "Hubungan yang boleh ada dalam satu jawaban.",
        "Ties that one answer may hold.",
    ),
    _number(
        "budget_ms",
        10,
        60_000,
        "Waktu penelusuran satu pertanyaan, dalam milidetik.",
        "Time that one question may walk the graph, in milliseconds.",
    ),
    Setting(
        "log_level",
        Text(id="Seberapa banyak catatan layanan.", en="How much the service logs."),
        Text(id="debug, info, warning, atau error", en="debug, info, warning or error"),
        _one_of("debug", "info", "warning", "error"),
    ),
)


def chosen_lang(environ: Mapping[str, str] | None = None) -> Lang | None:
    """Return the language that JEJARING_LANG names, None when it names none."""
    return _lang((os.environ if environ is None else environ).get(PREFIX + "LANG", ""))


def locale_lang(environ: Mapping[str, str] | None = None) -> Lang | None:
    """Return the language of a terminal's locale, None when it is neither Indonesian nor English.

    The first that is set decides (POSIX, XBD 8.2): LC_ALL, LC_MESSAGES, LANG. "in" is the old code of Indonesian.
    """
    given = os.environ if environ is None else environ
    locale = next((given[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if given.get(name)), "")
    code = locale.partition("_")[0].partition(".")[0].lower()
    return _lang("id" if code == "in" else code)


def _lang(text: str) -> Lang | None:
    if text == "en":
        return "en"
    return "id" if text == "id" else None
