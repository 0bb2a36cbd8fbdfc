"""The curated data of `data/` in a real store, loaded as an editor loads it."""

from support.repo import ROOT

from graph.store import Store
from loaders import run


async def load_data(store: Store) -> None:
    """Load everything under data/ into a new store."""
    await store.prepare()
    planned = await run.plan(store, [str(ROOT / "data")])
    assert not planned.has_errors, [str(problem) for problem in planned.problems if problem.is_error]
    assert await run.commit(store, planned) is not None
