"""A view is one state of the graph, whatever is committed meanwhile."""

import asyncio
from collections.abc import Callable

import pytest
from support.graphs import adding, agency, meeting, put, source, undo

from graph.errors import NotFound, StoreUnavailable
from graph.model import Budget, Filters
from graph.store import GraphReader, Store


async def test_a_view_keeps_showing_what_it_showed(store: Store) -> None:
    first = await put(store, source("s"), agency("a"), agency("b"), meeting("s.1", "agency:a", "agency:b"))
    async with store.view() as old:
        before = await everything(old)
        await put(store, agency("a", "Renamed"), agency("c"), meeting("s.2", "agency:a", "agency:c"))
        await put(store, source("s", withdrawn=None, publisher="Other"))
        assert await everything(old) == before
        async with store.view() as new:
            assert await everything(new) != before
            assert (await new.version()).number == 3
    assert first.version == 1


async def everything(view: GraphReader) -> tuple[object, ...]:
    """Something of each kind of answer."""
    return (
        await view.version(),
        [await view.documents(kind) for kind in ("node", "source", "statement")],
        await view.neighbourhood("agency:a", 2, Filters(), 100),
        await view.find("renamed"),
        await view.facts(["fact:s.1", "fact:s.2"]),
        await view.summary(),
        await view.loads(),
    )


async def test_views_opened_during_commits_see_whole_loads_only(store: Store) -> None:
    await store.commit(adding(source("s"), agency("hub")))

    async def write() -> None:
        for i in range(30):
            await put(store, agency(f"n{i}"), meeting(f"s.{i}", "agency:hub", f"agency:n{i}"))

    async def read() -> set[int]:
        seen = set()
        while not writing.done():
            async with store.view() as view:
                number = (await view.version()).number
                assert len((await view.neighbourhood("agency:hub", 1, Filters(), 1000)).ties) == number - 1
                assert (await view.summary()).nodes == {"agency": number}
            seen.add(number)
            await asyncio.sleep(0)
        return seen

    writing = asyncio.create_task(write())
    seen = await asyncio.gather(*(read() for _ in range(3)))
    await writing
    assert len(set().union(*seen)) > 5


async def test_many_views_at_once_are_served_and_one_too_many_waits_for_its_turn(store: Store) -> None:
    await put(store, agency("a"))

    async def look() -> str:
        async with store.view() as view:
            await asyncio.sleep(0.001)
            return (await view.node("agency:a")).id

    assert set(await asyncio.gather(*(look() for _ in range(200)))) == {"agency:a"}


async def test_a_view_that_raised_leaves_nothing_behind(store: Store) -> None:
    for _ in range(50):
        with pytest.raises(NotFound):
            async with store.view() as view:
                await view.node("agency:nobody")
    assert (await undo(store, await put(store, agency("a")))).version == 2


async def test_a_question_that_is_cancelled_frees_its_view(store: Store) -> None:
    await put(store, source("s"), agency("a"), agency("b"), meeting("s.1", "agency:a", "agency:b"))

    async def ask() -> None:
        async with store.view() as view:
            while True:
                await view.changes()

    for _ in range(40):
        asking = asyncio.create_task(ask())
        await asyncio.sleep(0.001)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    async with store.view() as view:
        assert len(await view.changes()) == 1


async def test_a_closed_store_says_so(new_store: Callable[[], Store]) -> None:
    store = new_store()
    await store.prepare()
    await store.close()
    with pytest.raises(StoreUnavailable):
        async with store.view():
            pass
    with pytest.raises(StoreUnavailable):
        await store.commit(adding(agency("a")))


async def test_a_store_that_was_never_prepared_says_to_load_first(new_store: Callable[[], Store]) -> None:
    store = new_store()
    with pytest.raises(StoreUnavailable) as nothing:
        async with store.view():
            pass
    assert "jejaring load" in nothing.value.text.id
    assert "jejaring load" in nothing.value.text.en
    await store.close()


async def test_questions_asked_side_by_side_of_one_view_are_all_answered(store: Store) -> None:
    facts = [meeting(f"s.{i}", f"agency:n{i}", f"agency:n{i + 1}") for i in range(300)]
    await store.commit(adding(source("s"), *(agency(f"n{i}") for i in range(301)), *facts))
    async with store.view() as view:
        answers = await asyncio.gather(
            *(view.changes() for _ in range(3)),
            *(view.between(["agency:n0"], ["agency:n4"], Filters(), 4, Budget(milliseconds=60_000)) for _ in range(3)),
            *(view.node(f"agency:n{i}") for i in range(50)),
        )
    assert len(answers) == 56


async def test_closing_twice_is_closing_once(new_store: Callable[[], Store]) -> None:
    store = new_store()
    await store.prepare()
    await store.close()
    await store.close()
