"""The words of the pages, one file per language with equal keys."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from graph.vocabulary import Lang, Text

Words = Mapping[str, Mapping[str, str]]


@cache
def words(lang: Lang) -> Words:
    """Return all words in one language, by room and key."""
    text = files(__package__).joinpath(f"words/{lang}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def named(parameter: str | None, text: Text) -> Text:
    """Return what is wrong with a parameter as a reader of a page knows it: by its field's label, never its name."""
    return Text(_labelled(parameter, text.id, "id"), _labelled(parameter, text.en, "en"))


def _labelled(parameter: str | None, text: str, lang: Lang) -> str:
    said = text.removeprefix(f"{parameter}: ")
    if said == text:
        return text
    label = words(lang)["form"].get(parameter or "")
    return f"{label}: {said}" if label is not None else said[:1].upper() + said[1:]
