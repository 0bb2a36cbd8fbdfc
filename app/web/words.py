"""The words of the pages, one file per language with equal keys."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from graph.vocabulary import Lang

Words = Mapping[str, Mapping[str, str]]


@cache
def words(lang: Lang) -> Words:
    """Return all words in one language, by room and key."""
    text = files(__package__).joinpath(f"words/{lang}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))
