"""The graph a load is planned against; before the first load it is empty, and planning creates nothing."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from graph.errors import NoGraph
from graph.store import GraphReader, Store
from graph.stores import open_store


@asynccontextmanager
async def state_of(store: Store) -> AsyncIterator[GraphReader]:
    """Open a view of a store, or of an empty graph when the store has none yet."""
    async with AsyncExitStack() as stack:
        try:
            view = await stack.enter_async_context(store.view())
        except NoGraph:
            empty = open_store("sqlite:///:memory:")
            stack.push_async_callback(empty.close)
            await empty.prepare()
            view = await stack.enter_async_context(empty.view())
        yield view
