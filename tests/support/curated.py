"""The curated files of `data/` as plain YAML, read without the loaders so that the two can be held against each other.

Every scalar is the text the editor typed.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from support.repo import ROOT

from graph.vocabulary import vocabulary

DATA: Final = ROOT / "data"
SLOTS: Final = ("agency", "person", "event", "subsector", "place")
FIRST: Final = (
    "ke-jkt-asi-2025-10-15",
    "patadaily-2026-01-20",
    "antara-2026-kocca",
    "sinpo-2025-05-27",
    "tribunnews-2024-iccn",
)
"""The articles the tests speak of, oldest number first; editors may add others."""

Entry = dict[str, Any]


def read(path: Path) -> Entry:
    """Read one curated file."""
    # BaseLoader makes texts, lists and tables of everything, and no other object.
    content: Entry = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return content


@cache
def article_paths() -> dict[str, Path]:
    """Return the path of every article file by the id of its source."""
    paths = sorted((DATA / "articles").rglob("*.yaml"))
    return {read(path)["source"]["id"]: path for path in paths}


@cache
def articles() -> dict[str, Entry]:
    """Return every article file by the id of its source."""
    return {source: read(path) for source, path in article_paths().items()}


@cache
def facts() -> dict[str, Entry]:
    """Return every statement by `<article slug>.<local key>`."""
    return {
        f"{source.removeprefix('article:')}.{fact['id']}": fact
        for source, file in articles().items()
        for fact in file["facts"]
    }


@cache
def nodes() -> dict[str, Entry]:
    """Return every registry entry by id."""
    files = [read(path) for path in sorted((DATA / "registry").glob("*.yaml"))]
    return {node["id"]: node for file in files for node in file["nodes"]}


def named(fact: Entry) -> Iterator[str]:
    """Yield every full id that a fact names: parties, the quoted, event, place, subsectors."""
    kind = vocabulary().fact_types[fact["type"]]
    for side in fact.get("sides", []):
        yield from _ids(side, kind.slots[0].kinds)
    for slot in kind.slots:
        yield from _ids(fact.get(slot.name, []), slot.kinds)
    yield from _ids(fact.get("quoted", []), ("agency", "person"))
    yield from _ids(fact.get("event", []), ("event",))
    yield from _ids(fact.get("place", []), ("city", "region", "country"))
    yield from _ids(fact.get("subsectors", []), ("subsector",))


def _ids(parties: object, kinds: tuple[str, ...]) -> Iterator[str]:
    for party in parties if isinstance(parties, list) else [parties]:
        if isinstance(party, str):
            yield party if ":" in party else f"{kinds[0]}:{party}"
        elif isinstance(party, dict):
            yield from (f"{key}:{party[key]}" for key in SLOTS if key in party)


@cache
def first_nodes() -> frozenset[str]:
    """Return the ids that the first articles name."""
    return frozenset(node for key, fact in facts().items() if key.startswith(FIRST) for node in named(fact))


def texts(item: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text below an item with the keys that lead to it."""
    if isinstance(item, dict):
        for key, value in item.items():
            yield from texts(value, f"{path}/{key}")
    elif isinstance(item, list):
        for value in item:
            yield from texts(value, path)
    elif isinstance(item, str):
        yield path, item


def pairs(item: object) -> Iterator[Entry]:
    """Yield every table below an item that holds words in a language: {id, en} and nothing else."""
    if isinstance(item, dict):
        if item.keys() <= {"id", "en"}:
            yield item
        for value in item.values():
            yield from pairs(value)
    elif isinstance(item, list):
        for value in item:
            yield from pairs(value)
