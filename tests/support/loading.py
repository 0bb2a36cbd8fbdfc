"""What the tests of the loaders share: the made-up files, changed as an example says, checked beside a real store."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from support.repo import ROOT

from graph.model import Load
from graph.store import Store
from graph.stores import open_store
from loaders.messages import Example
from loaders.problem import Problem
from loaders.run import Options, Planned, Refused, commit, plan, rebuild

EXAMPLES: Final = ROOT / "loaders" / "examples"
TODAY: Final = "2026-11-22"


def copy_examples(folder: Path) -> Path:
    """Copy the made-up files into a folder, as a data folder."""
    shutil.copytree(EXAMPLES, folder / "data")
    return folder / "data"


def replace(file: Path, old: str, new: str) -> None:
    """Change one text of a file; it must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@asynccontextmanager
async def empty_store() -> AsyncIterator[Store]:
    """Open an empty graph that vanishes afterwards."""
    store = open_store("sqlite:///:memory:")
    await store.prepare()
    try:
        yield store
    finally:
        await store.close()


async def load(store: Store, *paths: Path, **options: object) -> Load | None:
    """Plan and commit."""
    return await commit(store, await plan_of(store, *paths, **options))


async def plan_of(store: Store, *paths: Path, **options: object) -> Planned:
    """Plan with a fixed day of today."""
    return await plan(store, [str(path) for path in paths], Options(**{"today": TODAY, **options}))  # type: ignore[arg-type]


def apply(example: Example, data: Path) -> None:
    """Change the made-up files as an example says."""
    if example.name:
        (data / example.name).write_text(example.new, encoding="utf-8")
        return
    file = data / example.file
    if example.drop:
        file.unlink()
    if not example.old:
        return
    text = file.read_text(encoding="utf-8")
    assert example.old in text, f"{example.old!r} is not in {example.file}"
    before, _, after = text.partition(example.old)
    text = before + example.new * example.times + ("" if example.rest else after)
    file.write_bytes(text.encode(example.encoding))


async def problems_of(example: Example, folder: Path) -> tuple[Problem, ...]:
    """Return what is found when the made-up files are loaded after the change."""
    data = copy_examples(folder)
    async with empty_store() as store:
        if example.stored:
            await load(store, data)
        apply(example, data)
        for path in example.load:
            if path.endswith("/"):
                (data / path).mkdir()
        if example.rebuild:
            return await _rebuilt(folder, data)
        paths = [data / path for path in example.load] or [data]
        return (await plan_of(store, *paths, texts=(example.text,) if example.text else ())).problems


async def _rebuilt(folder: Path, data: Path) -> tuple[Problem, ...]:
    url = f"sqlite:///{folder}/graph.db"
    await rebuild(url, str(data))
    try:
        await rebuild(url, str(data))
    except Refused as refused:
        return refused.problems
    return ()
