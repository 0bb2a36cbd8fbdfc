"""The pages on the curated data and on the small graph."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from support.curated_graph import load_data
from support.serving import serving

from graph.stores import open_store


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    store = open_store(f"sqlite:///{tmp_path}/graph.db")
    await load_data(store)
    async with serving(store) as client:
        client.headers["accept"] = "text/html,application/xhtml+xml"
        yield client
    await store.close()
