"""The application on a small made-up graph (a file of its own for each test) and on the curated data (read only)."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from support.curated_graph import load_data
from support.serving import serving
from support.small_graph import fill

from graph.store import Store
from graph.stores import open_store


def filled(path: Path, load: Callable[[Store], Awaitable[None]]) -> Path:
    async def make() -> None:
        store = open_store(f"sqlite:///{path}")
        await load(store)
        await store.close()

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("small") / "graph.db", fill)


@pytest.fixture(scope="session")
def curated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("curated") / "graph.db", load_data)


@pytest.fixture
async def store(tmp_path: Path, small_file: Path) -> AsyncIterator[Store]:
    opened = open_store(f"sqlite:///{shutil.copy(small_file, tmp_path)}")
    yield opened
    await opened.close()


@pytest.fixture
async def client(store: Store) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(store) as made:
        yield made


@pytest.fixture
async def curated(curated_file: Path) -> AsyncIterator[httpx.AsyncClient]:
    opened = open_store(f"sqlite:///{curated_file}")
    async with serving(opened) as made:
        yield made
    await opened.close()
