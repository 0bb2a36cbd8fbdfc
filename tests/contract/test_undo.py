"""Undo: a plan like any other, refused with every reason when later loads built on what it would take away."""

import pytest
from support.graphs import agency, meeting, put, source, undo

from graph.errors import NotFound, UndoConflict
from graph.model import Filters
from graph.store import FactQuery, Store
from graph.vocabulary import Text


async def state(store: Store) -> tuple[object, ...]:
    """Everything a reader can see, but the journal."""
    async with store.view() as view:
        return (
            [await view.documents(kind) for kind in ("node", "source", "statement")],
            await view.list_facts(FactQuery()),
            await view.neighbourhood("agency:a", 3, Filters(), 1000),
            await view.summary(),
            await view.find("alpha"),
            (await view.version()).content,
        )


async def test_an_undo_restores_every_answer_and_an_undo_of_it_too(store: Store) -> None:
    await put(store, source("s"), agency("a", "Alpha"), agency("b"), meeting("s.1", "agency:a", "agency:b"))
    before = await state(store)
    load = await put(
        store,
        agency("a", "Alphabet"),
        agency("c"),
        source("s", publisher="Other"),
        meeting("s.1", "agency:a", "agency:c"),
        meeting("s.2", "agency:a", "agency:b"),
    )
    after = await state(store)
    assert after != before
    undone = await undo(store, load)
    assert await state(store) == before
    assert undone.reverts == load.id
    await undo(store, undone)
    assert await state(store) == after


async def test_an_undo_of_an_older_load_leaves_later_ones_alone(store: Store) -> None:
    first = await put(store, agency("a", "Alpha"))
    await put(store, agency("b"))
    await undo(store, first)
    async with store.view() as view:
        assert [doc[0] for doc in await view.documents("node")] == ["agency:b"]


async def test_every_entity_that_later_loads_changed_is_listed(store: Store) -> None:
    first = await put(store, agency("a"), agency("b"), agency("c"))
    second = await put(store, agency("a", "Renamed"))
    third = await put(store, remove=[agency("b")])
    with pytest.raises(UndoConflict) as conflict:
        await store.revert(first.id)
    assert conflict.value.conflicts == (("agency:a", second.id), ("agency:b", third.id))


async def test_what_later_statements_name_cannot_be_undone(store: Store) -> None:
    first = await put(store, source("s"), agency("a"), agency("b"))
    second = await put(store, meeting("s.1", "agency:a", "agency:b"))
    with pytest.raises(UndoConflict) as conflict:
        await store.revert(first.id)
    assert conflict.value.conflicts == tuple((name, second.id) for name in ("agency:a", "agency:b", "article:s"))


async def test_a_statement_whose_node_is_gone_cannot_be_restored(store: Store) -> None:
    told = meeting("s.1", "agency:a", "agency:b")
    await put(store, source("s"), agency("a"), agency("b"), told)
    second = await put(store, remove=[told])
    third = await put(store, remove=[agency("b"), source("s")])
    with pytest.raises(UndoConflict) as conflict:
        await store.revert(second.id)
    assert conflict.value.conflicts == (("agency:b", third.id), ("article:s", third.id))


async def test_an_undo_can_be_made_once(store: Store) -> None:
    load = await put(store, agency("a"))
    undone = await undo(store, load)
    with pytest.raises(UndoConflict) as conflict:
        await store.revert(load.id)
    assert conflict.value.conflicts == (("agency:a", undone.id),)


async def test_a_load_that_never_was_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.revert("load:0")


async def test_withdrawing_an_article_is_undone_like_anything_else(store: Store) -> None:
    await put(store, source("s"), agency("a", "Alpha"), agency("b"), meeting("s.1", "agency:a", "agency:b"))
    before = await state(store)
    load = await put(store, source("s", withdrawn=Text(id="keliru", en="wrong")))
    assert await state(store) != before
    await undo(store, load)
    assert await state(store) == before
