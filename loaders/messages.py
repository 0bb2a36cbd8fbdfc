"""The words of every finding, from messages.toml, and how one finding reads as a line."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

import msgspec

from graph.vocabulary import Lang, Text
from loaders.problem import Problem, Value

_LONGEST: Final = 160
_MANY: Final = 24
_NEAREST: Final = Text(id="Paling dekat: {}.", en="Nearest: {}.")
_ALLOWED: Final = Text(id="Yang ada: {}.", en="Allowed: {}.")


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the made-up files of `loaders/examples` are changed to trigger a code; see the head of messages.toml."""

    file: str = "articles/first.yaml"
    old: str = ""
    new: str = ""
    rest: bool = False
    times: int = 1
    encoding: str = "utf-8"
    name: str = ""
    drop: bool = False
    load: tuple[str, ...] = ()
    stored: bool = False
    text: str = ""
    rebuild: bool = False


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One code: what is wrong, what to do about it, and what triggers it."""

    text: Text
    hint: Text
    example: Example


@cache
def messages() -> Mapping[str, Message]:
    """Return every code with its words, in the order of the file."""
    raw = tomllib.loads(files("loaders").joinpath("messages.toml").read_text(encoding="utf-8"))
    return MappingProxyType(msgspec.convert(raw, dict[str, Message]))


def shown(text: str) -> str:
    """Return a text as a terminal may show it: short, and without characters that steer the screen."""
    safe = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return safe if len(safe) <= _LONGEST else safe[: _LONGEST - 1] + "…"


def in_words(value: Value, lang: Lang) -> str:
    """Return a value of a finding in one language."""
    return shown(value.get(lang) if isinstance(value, Text) else value)


def counted(number: int, noun: str) -> str:
    """Return a number with its English noun: "1 error", "2 errors". Indonesian nouns have one form."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def text_of(problem: Problem, lang: Lang) -> str:
    """Return what is wrong, with the nearest right values and what is allowed."""
    values = {key: in_words(value, lang) for key, value in problem.values.items()}
    parts = [messages()[problem.code].text.get(lang).format_map(values)]
    if problem.nearest:
        parts.append(_NEAREST.get(lang).format(_listed(problem.nearest, lang)))
    if problem.allowed:
        parts.append(_ALLOWED.get(lang).format(_listed(problem.allowed, lang)))
    return " ".join(parts)


def _listed(values: Iterable[Value], lang: Lang) -> str:
    words = [in_words(value, lang) for value in values]
    return ", ".join(words[:_MANY]) + (f", … (+{len(words) - _MANY})" if len(words) > _MANY else "")


def hint_of(problem: Problem, lang: Lang) -> str:
    """Return what to do about it."""
    return messages()[problem.code].hint.get(lang)


def line_of(problem: Problem, lang: Lang) -> str:
    """Return a finding as `file:line:column CODE text`."""
    at = problem.at
    return f"{shown(at.file)}:{at.line}:{at.column} {problem.code} {text_of(problem, lang)}"
