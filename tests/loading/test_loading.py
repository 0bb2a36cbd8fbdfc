"""Files become the graph: declaratively, idempotently, all or nothing, and the same by whichever way."""

import io
import shutil
import time
from pathlib import Path

import pytest
from support.loading import copy_examples, empty_store, load, plan_of, replace
from support.repo import ROOT

from graph.errors import Gone, NotFound, Stale, Unreadable
from graph.store import Store
from graph.stores import open_store
from loaders.checked import check
from loaders.export import export_jsonl
from loaders.history import log
from loaders.report import render
from loaders.run import Planned, Refused, commit, dump_plan, read_plan, rebuild

FIRST = "articles/first.yaml"
SECOND = "articles/second.yaml"
REGISTRY = "registry/registry.yaml"
MEETING = "fact:harian-teladan-2025-05-20.temu"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return copy_examples(tmp_path)


async def exported(store: Store) -> str:
    stream = io.StringIO()
    async with store.view() as view:
        await export_jsonl(view, stream)
    return stream.getvalue()


async def content_of(store: Store) -> str:
    async with store.view() as view:
        return (await view.version()).content


def changed(planned: Planned) -> dict[str, str]:
    return {entry.id: entry.action for entry in planned.entries}


async def test_a_second_load_has_nothing_to_do_and_writes_no_load(data: Path) -> None:
    async with empty_store() as store:
        assert await load(store, data) is not None
        assert (await plan_of(store, data)).is_empty
        assert await load(store, data) is None
        assert len(await log(store)) == 1
        assert await store.verify() == ()


async def test_form_and_order_of_keys_are_no_change(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        replace(data / FIRST, "    locator: p2\n", "")
        replace(data / FIRST, "    type: meeting\n", "    locator: [p2]   # tetap sama\n    type: 'meeting'\n")
        replace(data / FIRST, "language: id", 'official: "false"')
        replace(data / REGISTRY, "    names: [{text: Nusa, lang: mul}]", "    names:\n      - {lang: mul, text: Nusa}")
        assert (await plan_of(store, data)).is_empty


async def test_a_file_replaces_what_its_article_said_and_touches_nothing_else(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        replace(data / FIRST, "date: 2025-05-19", "date: 2025-05-18")
        text = (data / FIRST).read_text(encoding="utf-8")
        (data / FIRST).write_text(text[: text.index("  - id: jabatan-budi")], encoding="utf-8")
        planned = await plan_of(store, data / FIRST)
        assert changed(planned) == {
            "statement:harian-teladan-2025-05-20.jabatan-budi": "withdraw",
            "statement:harian-teladan-2025-05-20.temu": "change",
        }
        (edited,) = [entry for entry in planned.entries if entry.action == "change"]
        assert [(f.path, f.before, f.after) for f in edited.fields] == [
            ("when.edtf", "2025-05-19", "2025-05-18"),
            ("when.low", "2025-05-19", "2025-05-18"),
            ("when.high", "2025-05-19", "2025-05-18"),
        ]
        await commit(store, planned)
        async with store.view() as view:
            with pytest.raises(Gone):
                await view.fact("fact:harian-teladan-2025-05-20.jabatan-budi")
            assert len((await view.fact(MEETING)).evidence) == 2


async def test_a_fact_that_another_article_tells_stays_when_one_withdraws_it(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        text = (data / FIRST).read_text(encoding="utf-8")
        before, rest = text.split("  - id: temu", 1)
        (data / FIRST).write_text(before + rest[rest.index("  - id: undangan") :], encoding="utf-8")
        planned = await plan_of(store, data)
        assert [(p.code, Path(p.at.file).name) for p in planned.problems] == [("W404", "second.yaml")]
        await commit(store, planned)
        async with store.view() as view:
            fact = await view.fact(MEETING)
        assert [e.source for e in fact.evidence] == ["article:kabar-seberang-2025-06-05"]
        async with empty_store() as fresh:
            await load(fresh, data)
            assert await content_of(fresh) == await content_of(store)


async def test_an_article_marked_withdrawn_stays_known_and_says_nothing(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        replace(data / FIRST, "  language: id", "  language: id\n  withdrawn: {id: Diralat., en: Retracted.}")
        await load(store, data / FIRST)
        async with store.view() as view:
            with pytest.raises(Gone) as gone:
                await view.source("article:harian-teladan-2025-05-20")
            assert gone.value.reason.en == "Retracted."
            with pytest.raises(NotFound):
                await view.fact("fact:harian-teladan-2025-05-20.jabatan-sari")
            assert len((await view.fact(MEETING)).evidence) == 1
        replace(data / FIRST, "\n  withdrawn: {id: Diralat., en: Retracted.}", "")
        await load(store, data / FIRST)
        async with store.view() as view:
            assert len((await view.fact(MEETING)).evidence) == 2


async def test_one_registry_file_withdraws_nothing_and_the_whole_registry_does(data: Path) -> None:
    (data / "registry" / "more.yaml").write_text(
        "format: jejaring-registry/1\nnodes:\n  - id: person:tamu\n    names: [{text: Tamu, lang: mul}]\n", "utf-8"
    )
    async with empty_store() as store:
        await load(store, data)
        (data / "registry" / "more.yaml").unlink()
        assert (await plan_of(store, data / REGISTRY)).is_empty
        assert changed(await plan_of(store, data / "registry")) == {"person:tamu": "withdraw"}
        assert changed(await plan_of(store, data)) == {"person:tamu": "withdraw"}


async def test_a_node_that_a_loaded_article_no_longer_names_may_go(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        replace(data / REGISTRY, "  - id: person:budi-contoh\n    names: [{text: Budi Contoh, lang: mul}]\n", "")
        replace(data / FIRST, ", person: budi-contoh}", "}")
        planned = await plan_of(store, data)
        assert [problem.code for problem in planned.problems] == ["E401"]
        text = (data / FIRST).read_text(encoding="utf-8")
        (data / FIRST).write_text(text[: text.index("  - id: jabatan-budi")], encoding="utf-8")
        await load(store, data)
        async with store.view() as view:
            assert await view.document("node", "person:budi-contoh") is None
        assert await store.verify() == ()


async def test_a_merged_node_is_followed_by_every_article_that_is_loaded(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        replace(data / REGISTRY, "  - id: person:budi-contoh\n", "  - id: person:budi-c\n")
        replace(
            data / REGISTRY,
            "[{text: Budi Contoh, lang: mul}]",
            "[{text: Budi, lang: mul}]\n    redirects: [person:budi-contoh]",
        )
        planned = await plan_of(store, data)
        assert {problem.code for problem in planned.problems} == {"W402"}
        await commit(store, planned)
        async with store.view() as view:
            people = {party.person for party in (await view.fact(MEETING)).parties}
        assert "person:budi-c" in people


async def test_an_article_without_a_file_is_named_and_withdrawn_only_when_asked(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        (data / SECOND).unlink()
        planned = await plan_of(store, data)
        assert ([p.code for p in planned.problems], planned.is_empty) == (["W602"], True)
        assert [p.code for p in (await plan_of(store, data / "articles")).problems] == ["W602"]
        assert (await plan_of(store, data / FIRST)).problems == ()
        await load(store, data, prune=True)
        async with store.view() as view:
            assert [source.id for source in await view.list_sources()] == ["article:harian-teladan-2025-05-20"]
        async with empty_store() as fresh:
            await load(fresh, data)
            assert await content_of(fresh) == await content_of(store)


async def test_a_new_article_finds_its_names_in_the_graph(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        alone = data.parent / "alone.yaml"
        alone.write_text(
            "format: jejaring-article/1\nsource: {id: article:baru, publisher: Baru}\ncurator: editor-c\nfacts:\n"
            "  - {id: x, type: meeting, sides: [[{agency: KEKT}], [{agency: Seberang Content Agency}]],"
            " subsectors: [Musik], date: 2025-08, locator: p1}\n",
            encoding="utf-8",
        )
        planned = await plan_of(store, alone)
        assert planned.problems == ()
        assert changed(planned) == {"article:baru": "add", "statement:baru.x": "add"}
        assert planned.plan.editor == "editor-c"


async def test_a_rebuilt_graph_equals_the_one_that_grew(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    async with empty_store() as store:
        first = min((data / "articles").rglob("*.yaml"))
        kept = first.read_bytes()
        text = first.read_text(encoding="utf-8")
        first.write_text(text[: text.index("facts:")] + "facts: []\n", encoding="utf-8")
        await load(store, data)
        first.write_bytes(kept)
        await load(store, first)
        grown, lines = await content_of(store), await exported(store)
    url = f"sqlite:///{tmp_path}/graph.db"
    made = await rebuild(url, str(data))
    assert made.content == grown
    rebuilt = open_store(url)
    assert await exported(rebuilt) == lines
    assert await rebuilt.verify() == ()
    await rebuilt.close()


async def test_nothing_is_rebuilt_from_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(Refused):
        await rebuild(f"sqlite:///{tmp_path}/graph.db", str(tmp_path / "data"))


async def test_of_two_editors_the_second_is_told_who_was_first_and_when(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        replace(data / FIRST, "locator: p2", "locator: p3")
        mine = await plan_of(store, data / FIRST, editor="ani")
        replace(data / FIRST, "locator: p3", "locator: p4")
        theirs = await plan_of(store, data / FIRST, editor="badu")
        await commit(store, mine)
        with pytest.raises(Stale, match=r"load:\w+ \(20\d\d-.*, ani\)"):
            await commit(store, theirs)


async def test_editors_of_different_articles_do_not_hinder_each_other(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        replace(data / FIRST, "locator: p2", "locator: p3")
        mine = await plan_of(store, data / FIRST)
        replace(data / SECOND, "locator: p5", "locator: p6")
        theirs = await plan_of(store, data / SECOND)
        await commit(store, mine)
        await commit(store, theirs)
        assert (await plan_of(store, data)).is_empty


async def test_a_plan_whose_place_was_taken_away_is_stale(data: Path) -> None:
    place = "  - id: city:baru\n    names: [{text: Baru, lang: mul}]\n    part_of: country:nusa\n"
    async with empty_store() as store:
        replace(data / REGISTRY, "  - id: city:pelabuhan", place + "  - id: city:pelabuhan")
        await load(store, data)
        more = data.parent / "more.yaml"
        more.write_text(
            "format: jejaring-registry/1\nnodes:\n  - {id: event:baru, names: [{text: Acara}], place: city:baru}\n"
        )
        planned = await plan_of(store, more)
        replace(data / REGISTRY, place, "")
        await load(store, data)
        with pytest.raises(Stale, match="city:baru"):
            await commit(store, planned)


async def test_a_kept_plan_is_applied_once_and_refused_when_stale(data: Path) -> None:
    async with empty_store() as store:
        kept = dump_plan(await plan_of(store, data))
        planned = read_plan(kept)
        first = await commit(store, planned)
        assert await commit(store, read_plan(kept)) == first
        replace(data / FIRST, "locator: p2", "locator: p3")
        stale = dump_plan(await plan_of(store, data))
        replace(data / FIRST, "locator: p3", "locator: p4")
        await load(store, data)
        with pytest.raises(Stale):
            await commit(store, read_plan(stale))
    with pytest.raises(Unreadable):
        read_plan(b'{"plan": 1}')


async def test_a_plan_says_which_saved_answers_change(data: Path) -> None:
    async with empty_store() as store:
        first = await plan_of(store, data)
        assert first.answers is not None
        (answer,) = first.answers
        assert answer.id == "teladan-seberang"
        assert answer.before != answer.after
        await commit(store, first)
        replace(data / FIRST, "{id: Temu di sela", "{id: Bertemu di sela")
        assert (await plan_of(store, data)).answers == ()


async def test_a_check_without_a_graph_looks_at_the_rest_of_the_data_folder(data: Path) -> None:
    replace(data / SECOND, "locator: p5", "locator: lima")
    assert (await check([str(data / FIRST)])).problems == ()
    assert [problem.code for problem in (await check([str(data / SECOND)])).problems] == ["E210"]


async def test_a_broken_file_does_not_make_its_names_unknown_in_others(data: Path) -> None:
    (data / REGISTRY).write_text("format: jejaring-registry/1\nnodes: [", encoding="utf-8")
    async with empty_store() as store:
        assert [problem.code for problem in (await plan_of(store, data)).problems] == ["E107"]


async def test_planning_before_the_first_load_creates_nothing(data: Path, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/graph.db")
    planned = await plan_of(store, data)
    assert (planned.problems, planned.is_empty) == ((), False)
    assert not (tmp_path / "graph.db").exists()
    assert await commit(store, planned) is not None
    assert (await plan_of(store, data)).is_empty
    await store.close()


async def test_a_partial_load_leaves_wrong_articles_out_and_loads_the_others(data: Path) -> None:
    replace(data / SECOND, "locator: p5", "locator: lima")
    async with empty_store() as store:
        planned = await plan_of(store, data, partial=True)
        assert [problem.code for problem in planned.rejected] == ["E210"]
        assert planned.rejected_files == ((data / SECOND).as_posix(),)
        assert "Left out" in render(planned, "en")
        await commit(store, planned)
        async with store.view() as view:
            assert [source.id for source in await view.list_sources()] == ["article:harian-teladan-2025-05-20"]
        replace(data / SECOND, "locator: lima", "locator: p5")
        await load(store, data / SECOND)
        assert (await plan_of(store, data)).is_empty


async def test_a_partial_load_withdraws_nothing_because_of_a_file_it_left_out(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        replace(data / SECOND, "locator: p5", "locator: lima")
        planned = await plan_of(store, data, partial=True, prune=True)
        assert (planned.problems, planned.is_empty) == ((), True)


async def test_what_cites_an_article_that_was_left_out_is_left_out_too(data: Path) -> None:
    replace(data / FIRST, "locator: p2", "locator: dua")
    replace(data / REGISTRY, "source: article:harian-teladan-2025-05-20, locator: p1", "reason: {id: a, en: b}")
    replace(data / REGISTRY, "source: article:harian-teladan-2025-05-20, locator: p1", "reason: {id: a, en: b}")
    async with empty_store() as store:
        planned = await plan_of(store, data, partial=True)
    assert [problem.code for problem in planned.rejected] == ["E210", "E408"]
    assert {entry.kind for entry in planned.entries} == {"node"}


async def test_a_wrong_registry_is_never_left_out(data: Path) -> None:
    replace(data / REGISTRY, "subkind: committee", "subkind: comittee")
    async with empty_store() as store:
        assert (await plan_of(store, data, partial=True)).has_errors


async def test_checking_the_curated_data_takes_a_fraction_of_a_second() -> None:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        await check([str(ROOT / "data")])
        times.append(time.perf_counter() - started)
    assert min(times) < 0.5
