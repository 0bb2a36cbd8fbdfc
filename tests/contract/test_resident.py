"""With the shape of the graph in memory, without it, and while it is being read: the same answers."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from random import Random

import pytest
from support.graphs import actors, adding, agency, meeting, put, random_graph, source, statement
from support.oracle import Model, Oracle

from graph.model import Budget, Filters
from graph.store import Store
from graph.stores.resident import MOST_LISTED, tie_code
from graph.stores.sqlite_residency import AT_ONCE
from graph.stores.sqlite_store import SqliteStore
from graph.vocabulary import vocabulary

PLENTY = Budget(reads=1_000_000, ties=1_000_000, milliseconds=60_000)
MODES: dict[str, Callable[[Path], SqliteStore]] = {
    "at once": lambda path: SqliteStore(path, at_once=AT_ONCE),
    "in the background": lambda path: SqliteStore(path, at_once=0),
    "never": lambda path: SqliteStore(path, at_once=None),
}


@pytest.fixture(params=sorted(MODES))
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqliteStore]:
    engine = MODES[request.param](tmp_path / "graph.db")
    await engine.prepare()
    yield engine
    assert await engine.verify() == ()
    await engine.close()


@pytest.mark.parametrize("seed", range(4))
async def test_walks_are_those_of_the_naive_walker(store: Store, seed: int) -> None:
    rng = Random(seed)
    entities = random_graph(rng, nodes=60, statements=300)
    await store.commit(adding(*entities))
    oracle = Oracle(Model(entities).ties())
    ids = [one.id for one in actors(60)]
    for _ in range(25):
        chosen = rng.sample(ids, 12)
        ends = set(chosen[:6]), set(chosen[6:])
        filters = Filters(
            modalities=rng.choice(((), ("happened",))),
            hub_cap=rng.choice((8, 1000)),
            roster_cap=rng.choice((1, 50)),
            since=rng.choice((None, "2025-01-01")),
            min_voices=rng.choice((0, 2)),
        )
        hops = rng.randrange(1, 5)
        async with store.view() as view:
            found = await view.between(chosen[:6], chosen[6:], filters, hops, PLENTY)
        ties, _, _, _, reads, _, hubs = oracle.between(ends, filters, hops, PLENTY)
        assert ([tie.id for tie in found.ties], found.reads, list(found.hubs)) == (ties, reads, hubs)
        await asyncio.sleep(0)


async def test_what_was_read_for_one_version_is_not_used_for_another(store: Store) -> None:
    await put(store, source("s"), *actors(3), meeting("s.1", "agency:b00", "agency:b01"))
    for i in range(12):
        async with store.view() as old:
            await put(store, agency(f"n{i}"), meeting(f"s.n{i}", "agency:b00", f"agency:n{i}"))
            async with store.view() as new:
                for view, ties in ((new, 1), (old, 0)):
                    found = await view.between(["agency:b00"], [f"agency:n{i}"], Filters(), 2, PLENTY)
                    assert len(found.ties) == ties
        await asyncio.sleep(0.005)


async def test_a_node_with_too_many_ties_to_list_is_walked_all_the_same(store: Store) -> None:
    crowd = [agency(f"n{i}") for i in range(MOST_LISTED + 10)]
    facts = [meeting(f"s.k{i}", "agency:hub", one.id) for i, one in enumerate(crowd)]
    joined = statement("s.join", "membership", ["agency:far"], ["agency:n5"])
    await store.commit(adding(source("s"), agency("hub"), agency("far"), *crowd, *facts, joined))
    wide = Filters(hub_cap=5000)
    for _ in range(3):
        async with store.view() as view:
            found = [
                await view.between(["agency:hub"], ["agency:far"], wide, 2, PLENTY),
                await view.between(["agency:n7"], ["agency:far"], wide, 3, PLENTY),
                await view.between(["agency:n7"], ["agency:far"], Filters(), 3, PLENTY),
            ]
        assert [len(one.ties) for one in found] == [2, 3, 0]
        assert found[2].hubs == ("agency:hub",)
        await asyncio.sleep(0.02)


async def test_a_store_can_be_closed_while_it_reads(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graph.db", at_once=0)
    await store.prepare()
    await store.commit(adding(*random_graph(Random(1), nodes=60, statements=300)))
    async with store.view() as view:
        await view.between(["agency:b00"], ["agency:b01"], Filters(), 3, PLENTY)
    await store.close()


def test_every_tie_type_and_modality_fits_into_a_code() -> None:
    words = vocabulary()
    codes = {
        tie_code(tie.code, term.code, direction)
        for tie in words.tie_types.values()
        for term in words.terms["modality"].values()
        for direction in (0, 1)
    }
    assert len(codes) == 2 * len(words.tie_types) * len(words.terms["modality"])
    assert max(codes) < 256
