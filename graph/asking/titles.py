"""Titles of office: which posts there are words for, and which titles hold the words of another.

The words stand in `vocabulary/titles.toml`; English and Indonesian words of one post are one here.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from graph.identity import fold
from graph.vocabulary import Text


class Post(msgspec.Struct, frozen=True):
    """A post that has a word. key: its title as `title` of the API has it; forms: every way to write it, its words."""

    key: str
    called: Text
    forms: tuple[tuple[str, ...], ...]
    asks: tuple[str, ...] = ()


class Titles(msgspec.Struct, frozen=True):
    """All posts: by key, by the words of each form, and by single words that ask for them."""

    posts: Mapping[str, Post]
    by_form: Mapping[tuple[str, ...], Post]
    by_verb: Mapping[str, Post]
    lesser: frozenset[str]
    articles: frozenset[str]
    heads: frozenset[str]  # first words of keys: what a lesser word before them makes another title of
    longest: int


@cache
def titles() -> Titles:
    """Return the titles, read once from the data file."""
    data = tomllib.loads(files("graph.vocabulary").joinpath("titles.toml").read_text(encoding="utf-8"))
    posts = tuple(_post(entry) for entry in data["post"])
    by_form = {form: post for post in posts for form in post.forms}
    return Titles(
        posts={post.key: post for post in posts},
        by_form=by_form,
        by_verb={verb: post for post in posts for verb in post.asks},
        lesser=frozenset(data["lesser"]),
        articles=frozenset(data["articles"]),
        heads=frozenset(post.key.partition(" ")[0] for post in posts),
        longest=max(map(len, by_form)),
    )


def _post(entry: Mapping[str, str | list[str]]) -> Post:
    key, forms, asks = str(entry["key"]), entry["forms"], entry.get("asks", ())
    written = dict.fromkeys((key, *forms))
    called = Text(id=str(entry["id"]), en=str(entry["en"]))
    return Post(key, called, tuple(tuple(form.split()) for form in written), tuple(asks))


def post_named(title: str) -> Post | None:
    """Return the post that a whole title means, or None."""
    return titles().by_form.get(_plain(title))


def post_asked(word: str) -> Post | None:
    """Return the post that a word asks for without its title ("who chairs ..."), or None."""
    return titles().by_verb.get(word)


def holds(title: Text, words: str) -> bool:
    """Return whether a title, in either language, holds all these words or others for the same posts.

    "Ketua Umum" holds "chair"; "Wakil Gubernur" holds "vice governor" and "wakil", but not "gubernur".
    """
    wanted = frozenset(_parts(words))
    return bool(wanted) and any(wanted <= _held(text) for text in (title.id, title.en))


def _held(title: str) -> frozenset[str]:
    """Return what a title holds: its parts, what lessens them, and its words as written that name no post."""
    parts = _parts(title)
    lessening = (word for part in parts for word in part.split("-")[:-1])
    return frozenset((*parts, *lessening, *set(_plain(title)) - titles().heads))


@lru_cache(maxsize=4096)
def _parts(title: str) -> tuple[str, ...]:
    """Return the words of a title, those of a post by its key, and a lesser word joined by "-" to what it lessens."""
    known = titles()
    parts: list[str] = []
    for word in reversed(_by_keys(_plain(title))):
        if word in known.lesser and parts and parts[-1].rpartition("-")[2] in known.heads:
            parts[-1] = f"{word}-{parts[-1]}"
        else:
            parts.append(word)
    return tuple(reversed(parts))


def _by_keys(words: Sequence[str]) -> list[str]:
    """Return the words with the longest form of a post replaced by its key, wherever one stands."""
    found: list[str] = []
    at = 0
    while at < len(words):
        form = _form_at(words, at)
        found += titles().by_form[form].key.split() if form else [words[at]]
        at += len(form) or 1
    return found


def _form_at(words: Sequence[str], at: int) -> tuple[str, ...]:
    """Return the longest form of a post that starts at a word, or nothing."""
    known = titles()
    starting = (tuple(words[at : at + length]) for length in range(known.longest, 0, -1))
    return next((form for form in starting if form in known.by_form), ())


def _plain(title: str) -> tuple[str, ...]:
    return tuple(word for word in fold(title).split() if word not in titles().articles)
