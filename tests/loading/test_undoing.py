"""Undo is a load: it restores what was before, says what stands in its way, and can itself be undone."""

import io
from pathlib import Path

import pytest
from support.loading import copy_examples, empty_store, load, plan_of, replace

from graph.errors import NotFound, UndoConflict
from graph.model import Load
from graph.store import Store
from loaders.export import export_jsonl
from loaders.history import log, show, undo
from loaders.run import commit

FIRST = "articles/first.yaml"
SECOND = "articles/second.yaml"
REGISTRY = "registry/registry.yaml"
PLACE = "  - id: city:baru\n    names: [{text: Baru, lang: mul}]\n    part_of: country:nusa\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return copy_examples(tmp_path)


async def exported(store: Store) -> bytes:
    stream = io.StringIO()
    async with store.view() as view:
        await export_jsonl(view, stream)
    return stream.getvalue().encode()


async def loaded(store: Store, *paths: Path) -> Load:
    made = await load(store, *paths)
    assert made is not None
    return made


async def undone(store: Store, load_id: str, *, skip_conflicts: bool = False) -> Load:
    made = await commit(store, await undo(store, load_id, skip_conflicts=skip_conflicts))
    assert made is not None
    return made


async def test_load_and_undo_leave_the_export_byte_for_byte(data: Path) -> None:
    async with empty_store() as store:
        empty = await exported(store)
        first = await loaded(store, data)
        before = await exported(store)
        replace(data / FIRST, "date: 2025-05-19", "date: 2025-05-18")
        replace(data / REGISTRY, "Pemkot Teladan", "Pemkot T.")
        text = (data / SECOND).read_text(encoding="utf-8")
        (data / SECOND).write_text(text[: text.index("  - id: moc")], encoding="utf-8")
        second = await loaded(store, data)
        after = await exported(store)
        back = await undone(store, second.id)
        assert await exported(store) == before != after
        assert (back.reverts, back.content) == (second.id, first.content)
        await undone(store, back.id)
        assert await exported(store) == after
        await undone(store, (await log(store))[0].id)
        await undone(store, first.id)
        assert await exported(store) == empty
        assert await store.verify() == ()


async def test_every_line_of_an_export_is_one_entity_in_order(data: Path) -> None:
    async with empty_store() as store:
        await loaded(store, data)
        lines = (await exported(store)).decode().splitlines()
    kinds = [line.split('"')[3] for line in lines]
    assert kinds == sorted(kinds, key=["node", "source", "statement"].index)
    ids = [line.split('"')[9] for line in lines]
    assert ids == [
        i
        for kind in ("node", "source", "statement")
        for i in sorted(x for x, k in zip(ids, kinds, strict=True) if k == kind)
    ]


async def test_all_conflicts_are_named_at_once(data: Path) -> None:
    async with empty_store() as store:
        await loaded(store, data)
        replace(data / FIRST, "date: 2025-05-19", "date: 2025-05-18")
        replace(data / SECOND, "locator: p5", "locator: p6")
        second = await loaded(store, data)
        replace(data / FIRST, "date: 2025-05-18", "date: 2025-05-17")
        replace(data / SECOND, "locator: p6", "locator: p7")
        third = await loaded(store, data)
        with pytest.raises(UndoConflict) as conflict:
            await undo(store, second.id)
        assert conflict.value.conflicts == (
            ("statement:harian-teladan-2025-05-20.temu", third.id),
            ("statement:kabar-seberang-2025-06-05.temu", third.id),
        )


async def test_conflicts_can_be_left_as_they_are(data: Path) -> None:
    async with empty_store() as store:
        await loaded(store, data)
        replace(data / FIRST, "date: 2025-05-19", "date: 2025-05-18")
        replace(data / SECOND, "locator: p5", "locator: p6")
        second = await loaded(store, data)
        replace(data / FIRST, "date: 2025-05-18", "date: 2025-05-17")
        await loaded(store, data)
        planned = await undo(store, second.id, skip_conflicts=True)
        assert [entry.id for entry in planned.entries] == ["statement:kabar-seberang-2025-06-05.temu"]
        assert planned.unasked is not None
        assert "statement:harian-teladan-2025-05-20.temu" in planned.unasked.en
        await commit(store, planned)
        assert await store.verify() == ()


async def test_what_later_articles_need_stays_when_conflicts_are_left(data: Path) -> None:
    async with empty_store() as store:
        registry = await loaded(store, data / "registry", data / FIRST)
        await loaded(store, data)
        with pytest.raises(UndoConflict):
            await undo(store, registry.id)
        await undone(store, registry.id, skip_conflicts=True)
        async with store.view() as view:
            kept = {node_id for node_id, _ in await view.documents("node")}
            sources = {source_id for source_id, _ in await view.documents("source")}
        assert {"agency:pemkot-teladan", "city:teladan", "country:nusa", "person:sari-contoh"} <= kept
        assert "person:budi-contoh" not in kept
        assert sources >= {"article:kabar-seberang-2025-06-05"}
        assert await store.verify() == ()


async def test_a_place_that_another_node_lies_in_is_a_conflict(data: Path) -> None:
    async with empty_store() as store:
        await loaded(store, data)
        replace(data / REGISTRY, "  - id: city:pelabuhan", PLACE + "  - id: city:pelabuhan")
        second = await loaded(store, data)
        replace(data / REGISTRY, "    place: city:teladan\n    mode", "    place: city:baru\n    mode")
        third = await loaded(store, data)
        with pytest.raises(UndoConflict) as conflict:
            await undo(store, second.id)
        assert conflict.value.conflicts == (("city:baru", third.id),)
        assert (await undo(store, second.id, skip_conflicts=True)).is_empty


async def test_a_place_that_is_gone_cannot_be_pointed_to_again(data: Path) -> None:
    async with empty_store() as store:
        replace(data / REGISTRY, "  - id: city:pelabuhan", PLACE + "  - id: city:pelabuhan")
        replace(data / REGISTRY, "    place: city:teladan\n    mode", "    place: city:baru\n    mode")
        await loaded(store, data)
        replace(data / REGISTRY, "    place: city:baru\n    mode", "    place: city:teladan\n    mode")
        moved = await loaded(store, data)
        replace(data / REGISTRY, PLACE, "")
        removed = await loaded(store, data)
        with pytest.raises(UndoConflict) as conflict:
            await undo(store, moved.id)
        assert conflict.value.conflicts == (("city:baru", removed.id),)
        await undone(store, removed.id)
        await undone(store, moved.id)
        assert await store.verify() == ()


async def test_the_history_shows_each_load_in_words(data: Path) -> None:
    async with empty_store() as store:
        first = await loaded(store, data)
        replace(data / FIRST, "title: {id: Direktur, en: Director}", "title: {id: Ketua, en: Chair}")
        second = await loaded(store, data / FIRST)
        assert [made.id for made in await log(store)] == [second.id, first.id]
        assert [made.id for made in await log(store, before=second.version)] == [first.id]
        shown = await show(store, second.id)
        assert shown.load.message == "articles/first.yaml"
        (entry,) = shown.entries
        assert entry.label.en == "Role: Budi Contoh - Seberang Content Agency"
        assert [(f.path, f.before, f.after) for f in entry.fields] == [
            ("title.id", "Direktur", "Ketua"),
            ("title.en", "Director", "Chair"),
        ]
        with pytest.raises(NotFound):
            await show(store, "load:unknown")
        with pytest.raises(NotFound):
            await undo(store, "load:unknown")


async def test_an_undo_made_twice_has_nothing_left_to_do(data: Path) -> None:
    async with empty_store() as store:
        await loaded(store, data)
        replace(data / FIRST, "date: 2025-05-19", "date: 2025-05-18")
        second = await loaded(store, data)
        await undone(store, second.id)
        with pytest.raises(UndoConflict):
            await undo(store, second.id)
        assert (await undo(store, second.id, skip_conflicts=True)).is_empty
        assert len((await plan_of(store, data)).entries) == 1
