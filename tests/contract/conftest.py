"""Every test here runs on every store: it takes `store`, an empty prepared one, and after it the store must be whole.

A new engine is one more entry in `ENGINES`; no test knows which one it runs on. A test that needs many stores takes
`new_store` and closes what it opens.
"""

from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from graph.store import Store
from graph.stores import open_store

ENGINES: Final[dict[str, Callable[[Path], str]]] = {
    "sqlite": lambda folder: f"sqlite:///{folder / 'graph.db'}",
}


@pytest.fixture(params=sorted(ENGINES))
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Makes empty stores, not yet prepared."""
    numbers = count()
    return lambda: open_store(ENGINES[request.param](tmp_path / str(next(numbers))))


@pytest.fixture
async def store(new_store: Callable[[], Store]) -> AsyncIterator[Store]:
    engine = new_store()
    await engine.prepare()
    yield engine
    assert await engine.verify() == ()
    await engine.close()
