"""The curated data in a real store, for questions in words. Loaded once per test run, into a file."""

import atexit
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Final

from support.repo import ROOT

from graph.ask import Asked, ask, asked_for, list_about
from graph.asking.grammar import Phrase, Wording
from graph.store import GraphReader
from graph.stores import open_store
from graph.vocabulary import Lang
from loaders.run import rebuild


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="jejaring-asking-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@asynccontextmanager
async def curated_view() -> AsyncIterator[GraphReader]:
    """Open the curated data to be read."""
    file = _folder() / "graph.db"
    if not file.exists():
        await rebuild(f"sqlite:///{file}", str(ROOT / "data"))
    store = open_store(f"sqlite:///{file}")
    try:
        async with store.view() as view:
            yield view
    finally:
        await store.close()


async def read(question: str, lang: Lang | None = None) -> Asked:
    """Ask the curated data."""
    async with curated_view() as view:
        return await ask(view, question, lang)


async def facts_of(question: str) -> set[str]:
    """Ask the curated data for facts and return their ids."""
    async with curated_view() as view:
        params = (await ask(view, question)).params
        return {fact.id for fact in await list_about(view, *asked_for(params))}


async def path_of(question: str) -> str:
    """Return the path of the API that answers, without its prefix."""
    return (await read(question)).path.removeprefix("/api/v1/")


EXAMPLES: Final = {
    "agency": ("KOCCA", "ASI"),
    "person": ("Rano Karno", "Fiki Satari"),
    "city": ("Busan", "Seoul"),
    "event": ("Rakornas ICCN", "Cannes 2025"),
    "subsector": ("film", "musik"),
}
"""Two names of the curated data per kind, for {a} and {b}."""


def example_of(wording: Wording, phrase: Phrase, words: Mapping[str, str]) -> str:
    """Return the shortest question of a phrase: nothing optional, the first of every choice."""
    text = phrase.text
    while "[" in text:
        text = re.sub(r"\[[^\[\]]*\]", " ", text)
    text = re.sub(r"<(\w+)>", lambda found: f"({words[found[1]]})", text)
    while "(" in text:
        text = re.sub(r"\(([^()]*)\)", lambda found: f" {found[1].partition('|')[0]} ", text)
    for place, name in enumerate(wording.kinds):
        text = text.replace(f"{{{name}}}", EXAMPLES[wording.kinds[name][0]][place])
    return " ".join(text.replace("#t", "direktur").split())
