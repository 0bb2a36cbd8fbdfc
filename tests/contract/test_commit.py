"""Committing: all or nothing, once however often, and only on the graph that the plan was made for."""

import asyncio
from collections.abc import Callable
from random import Random

import msgspec
import pytest
from support.graphs import adding, agency, meeting, planning, put, random_graph, source, undo

from graph.document import encode
from graph.errors import Stale, Unreadable
from graph.model import Change, Plan, Statement
from graph.store import Store
from graph.stores.journal import Entity, plan_id


def small() -> list[Entity]:
    return [source("s"), agency("a"), agency("b"), meeting("s.1", "agency:a", "agency:b")]


async def test_a_load_counts_what_it_did(store: Store) -> None:
    plan = adding(*small(), message="first", editor="rina")
    load = await store.commit(plan)
    assert (load.id, load.version, load.facts) == (plan_id(plan), 1, 1)
    assert (load.added, load.changed, load.removed) == (4, 0, 0)
    assert (load.message, load.editor, load.reverts) == ("first", "rina", None)
    assert msgspec.convert(load.at, type=str).endswith("Z")
    async with store.view() as view:
        version = await view.version()
        assert (version.number, version.content) == (1, load.content)
        assert await view.load(load.id) == load


async def test_committing_a_plan_again_returns_its_first_load(store: Store) -> None:
    plan = adding(*small())
    first = await store.commit(plan)
    await put(store, agency("a", "Another name"))
    assert await store.commit(plan) == first
    async with store.view() as view:
        assert (await view.version()).number == 2


async def test_the_order_of_a_plans_changes_does_not_matter_to_its_id() -> None:
    plan = adding(*small())
    assert plan_id(plan) == plan_id(msgspec.structs.replace(plan, changes=plan.changes[::-1]))


async def test_reloading_what_was_undone_is_a_new_load(store: Store) -> None:
    first = await store.commit(adding(*small()))
    await undo(store, first)
    again = await store.commit(adding(*small(), base=2))
    assert (again.version, again.content) == (3, first.content)
    assert again.id != first.id


async def test_a_plan_for_what_is_no_longer_there_is_stale_and_says_who_moved_it(store: Store) -> None:
    await store.commit(adding(*small()))
    async with store.view() as view:
        mine = await planning(view, [agency("a", "Mine"), agency("c")])
        yours = await planning(view, [agency("a", "Yours")])
    moved = await store.commit(msgspec.structs.replace(yours, editor="budi"))
    with pytest.raises(Stale) as stale:
        await store.commit(mine)
    for text in (stale.value.text.id, stale.value.text.en):
        assert all(word in text for word in ("agency:a", moved.id, moved.at, "budi"))
    async with store.view() as view:
        assert await view.document("node", "agency:c") is None
        assert (await view.version()).number == 2


async def test_disjoint_plans_made_side_by_side_both_hold(store: Store) -> None:
    await store.commit(adding(*small()))
    async with store.view() as view:
        mine, yours = await planning(view, [agency("c")]), await planning(view, [agency("d")])
    assert [(await store.commit(plan)).version for plan in (yours, mine)] == [2, 3]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, None),
        (encode(agency("a")), encode(agency("a"))),
        (None, encode(agency("b"))),
        (None, "{}"),
        (None, "no json"),
        (None, encode(agency("a")).replace(",", ", ")),
        (None, encode(msgspec.structs.replace(agency("a"), names=()))),
        (None, encode(msgspec.structs.replace(agency("a"), kind="robot"))),
    ],
)
async def test_a_plan_that_cannot_be_meant_is_refused(store: Store, before: str | None, after: str | None) -> None:
    with pytest.raises(Unreadable):
        await store.commit(Plan(0, (Change("node", "agency:a", before, after),)))
    async with store.view() as view:
        assert (await view.version()).number == 0


async def test_an_empty_plan_and_a_doubled_change_are_refused(store: Store) -> None:
    change = Change("node", "agency:a", None, encode(agency("a")))
    for changes in ((), (change, change)):
        with pytest.raises(Unreadable):
            await store.commit(Plan(0, changes))


@pytest.mark.parametrize("missing", range(3))
async def test_a_statement_about_what_is_not_there_is_refused(store: Store, missing: int) -> None:
    entities = small()
    lost = entities.pop(missing)
    with pytest.raises(Unreadable) as refused:
        await store.commit(adding(*entities))
    assert lost.id in refused.value.text.id
    assert lost.id in refused.value.text.en


@pytest.mark.parametrize("removed", range(3))
async def test_what_a_statement_names_cannot_be_removed(store: Store, removed: int) -> None:
    entities = small()
    await store.commit(adding(*entities))
    with pytest.raises(Unreadable):
        await put(store, remove=[entities[removed]])
    await put(store, remove=[entities[removed], entities[3]])


async def test_equal_content_has_an_equal_hash_whatever_the_order_of_loads(new_store: Callable[[], Store]) -> None:
    rng = Random(3)
    entities = random_graph(rng, nodes=12, statements=20)
    hashes, facts = set(), set()
    named, told = entities[:-20], [one for one in entities if isinstance(one, Statement)]
    for size in (1, 5, len(entities)):
        store = new_store()
        await store.prepare()
        rng.shuffle(named)
        rng.shuffle(told)
        order = [*named, *told]
        for start in range(0, len(order), size):
            await put(store, *order[start : start + size])
        async with store.view() as view:
            hashes.add((await view.version()).content)
            facts.add(await view.facts(sorted({one.fact for one in told})))
        assert await store.verify() == ()
        await store.close()
    assert len(hashes) == len(facts) == 1


async def test_an_empty_graph_has_the_zero_hash_again_after_everything_is_undone(store: Store) -> None:
    loads = [await put(store, *small()), await put(store, agency("c"))]
    for load in reversed(loads):
        await undo(store, load)
    async with store.view() as view:
        assert (await view.version()).content == "0" * 64
        assert await view.documents("node") == ()


async def test_writers_in_one_program_take_turns(store: Store) -> None:
    loads = await asyncio.gather(*(store.commit(adding(agency(f"n{i}"))) for i in range(20)))
    assert sorted(load.version for load in loads) == list(range(1, 21))


async def test_preparing_twice_keeps_the_graph(store: Store) -> None:
    await store.commit(adding(*small()))
    await store.prepare()
    async with store.view() as view:
        assert (await view.version()).number == 1
