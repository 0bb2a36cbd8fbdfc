"""Filling an empty graph leaves exactly what one commit of the same entities leaves."""

from collections.abc import Callable
from random import Random

import msgspec
import pytest
from support.graphs import adding, agency, meeting, put, random_graph, source, undo

from graph.errors import Unreadable
from graph.model import Filters
from graph.store import FactQuery, Store
from graph.stores.journal import Entity
from graph.vocabulary import Text


def entities_of(seed: int) -> list[Entity]:
    """A random graph with a withdrawn article and a retired id."""
    entities = random_graph(Random(seed), nodes=20, statements=80)
    gone = source("s0", withdrawn=Text(id="keliru", en="wrong"))
    renamed = agency("b00", "Alpha Beta", redirects=("agency:old",))
    return [gone if one.id == gone.id else renamed if one.id == renamed.id else one for one in entities]


async def everything(store: Store) -> tuple[object, ...]:
    async with store.view() as view:
        return (
            await view.version(),
            [await view.documents(kind) for kind in ("node", "source", "statement")],
            await view.list_facts(FactQuery(), limit=1000),
            [await view.neighbourhood(f"agency:b{i:02d}", 2, Filters(modalities=()), 1000) for i in (0, 1, 2)],
            [await view.find(text) for text in ("b01", "alpha", "alhpa beta", "b0")],
            await view.summary(),
            await view.changes(),
        )


@pytest.mark.parametrize("seed", range(3))
async def test_a_filling_and_a_commit_leave_the_same(new_store: Callable[[], Store], seed: int) -> None:
    entities = entities_of(seed)
    states, loads = [], []
    for filling in (True, False):
        store = new_store()
        await store.prepare()
        plan = adding(*entities, message="all", editor="rina")
        load = await (store.fill(iter(entities), "all", "rina") if filling else store.commit(plan))
        loads.append(msgspec.structs.replace(load, at=""))
        assert await store.verify() == ()
        states.append(tuple(part for part in (await everything(store))[:-1]))
        assert await store.commit(plan) == load
        await undo(store, await put(store, agency("b01", "Renamed")))
        assert (await undo(store, load)).content == "0" * 64
        assert await store.verify() == ()
        await store.close()
    assert loads[0] == loads[1]
    assert states[0] == states[1]


async def test_only_an_empty_graph_is_filled(store: Store) -> None:
    await put(store, agency("a"))
    with pytest.raises(Unreadable):
        await store.fill([agency("b")])
    async with store.view() as view:
        assert len(await view.documents("node")) == 1


@pytest.mark.parametrize(
    "entities",
    [
        [agency("a"), agency("a")],
        [agency("a"), agency("a"), agency("b"), agency("c")],
        [source("s"), source("s")],
        [source("s"), agency("a"), meeting("s.1", "agency:a", "agency:b")],
        [agency("a"), agency("b"), meeting("s.1", "agency:a", "agency:b")],
        [source("s"), agency("a"), agency("b"), *[meeting("s.1", "agency:a", "agency:b")] * 2],
        [msgspec.structs.replace(agency("a"), kind="robot")],
    ],
)
async def test_a_stream_that_cannot_be_meant_leaves_the_graph_empty(store: Store, entities: list[Entity]) -> None:
    with pytest.raises(Unreadable):
        await store.fill(entities)
    async with store.view() as view:
        assert (await view.version()).number == 0
    assert (await store.fill([agency("a")])).added == 1


async def test_a_stream_that_breaks_leaves_the_graph_empty(store: Store) -> None:
    def broken() -> "list[Entity]":
        raise KeyError("the reader of the stream failed")

    with pytest.raises(KeyError):
        await store.fill(one for _ in range(3) for one in broken())
    async with store.view() as view:
        assert (await view.version()).number == 0


@pytest.mark.slow
async def test_a_very_large_plan_is_committed_like_any_other(new_store: Callable[[], Store]) -> None:
    entities: list[Entity] = [source("s"), *(agency(f"n{i}") for i in range(9_000))]
    entities += [meeting(f"s.k{i}", f"agency:n{i % 9000}", f"agency:n{(i + 1 + i % 7) % 9000}") for i in range(12_000)]
    told = {one.id: one for one in entities}
    plan = adding(*told.values())
    store = new_store()
    await store.prepare()
    load = await store.commit(plan)
    assert (load.version, load.added, load.facts) == (1, len(told), len(told) - 9_001)
    assert await store.commit(plan) == load
    assert await store.verify() == ()
    async with store.view() as view:
        assert len((await view.changes())[0][1]) == len(told)
    await store.close()
