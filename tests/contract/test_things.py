"""Single things and lists: what is found, what is gone and why, and in which order."""

import pytest
from support.graphs import agency, meeting, node, put, source, statement

from graph.errors import Gone, Moved, NotFound, Unreadable
from graph.model import Anchor, Budget, Filters, Party
from graph.store import FactQuery, NodeQuery, Store
from graph.vocabulary import Text

WRONG = Text(id="keliru", en="wrong")


async def test_nodes_come_in_the_order_asked_for_and_unknown_ones_are_left_out(store: Store) -> None:
    await put(store, agency("a"), agency("b"))
    async with store.view() as view:
        assert await view.node("agency:a") == agency("a")
        found = await view.nodes(["agency:b", "agency:nobody", "agency:a", "agency:b"])
    assert [one.id for one in found] == ["agency:b", "agency:a", "agency:b"]


async def test_an_unknown_node_is_not_found_a_retired_id_moved_and_a_removed_one_is_gone(store: Store) -> None:
    await put(store, agency("a", redirects=("agency:old", "agency:older")), agency("b"))
    load = await put(store, remove=[agency("b")])
    async with store.view() as view:
        with pytest.raises(NotFound) as unknown:
            await view.node("agency:nobody")
        assert not isinstance(unknown.value, Gone)
        with pytest.raises(Moved) as moved:
            await view.node("agency:older")
        assert moved.value.target == "agency:a"
        with pytest.raises(Gone) as gone:
            await view.node("agency:b")
    assert load.id in gone.value.reason.id
    assert load.id in gone.value.reason.en


async def test_a_retired_id_that_lives_again_is_found(store: Store) -> None:
    await put(store, agency("a", redirects=("agency:old",)))
    await put(store, agency("a"), agency("old"))
    async with store.view() as view:
        assert (await view.node("agency:old")).id == "agency:old"


async def test_nodes_are_listed_by_kind_place_and_subsector(store: Store) -> None:
    await put(
        store,
        node("city:busan", part_of="country:kr"),
        node("country:kr"),
        agency("biff", home=Anchor("city:busan"), seat=Anchor("city:busan")),
        agency("kbri", home=Anchor("country:id"), seat=Anchor("city:busan")),
        node("country:id"),
        node("person:kim"),
        node("subsector:film"),
        source("s"),
        statement("s.1", "active_in", ["agency:biff"], ["subsector:film"]),
    )
    asked = {
        NodeQuery(): 7,
        NodeQuery(kinds=("agency", "person")): ["agency:biff", "agency:kbri", "person:kim"],
        NodeQuery(home=("city:busan", "country:kr")): ["agency:biff"],
        NodeQuery(seat=("city:busan",)): ["agency:biff", "agency:kbri"],
        NodeQuery(seat=("city:busan",), home=("country:id",)): ["agency:kbri"],
        NodeQuery(part_of=("country:kr",)): ["city:busan"],
        NodeQuery(subsector="subsector:film"): ["agency:biff"],
        NodeQuery(subsector="subsector:music"): [],
    }
    async with store.view() as view:
        for where, expected in asked.items():
            found = [one.id for one in await view.list_nodes(where)]
            assert (len(found) if isinstance(expected, int) else found) == expected
        page = await view.list_nodes(NodeQuery(), after="agency:kbri", limit=2)
    assert [one.id for one in page] == ["city:busan", "country:id"]


async def test_facts_are_listed_by_every_restriction_at_once(store: Store) -> None:
    await put(
        store,
        *(agency(slug) for slug in "abc"),
        *(node(i) for i in ("person:p", "person:q", "event:e", "city:x", "subsector:film")),
        source("s"),
        source("t"),
        meeting("s.1", "agency:a", "person:p@agency:b", date="2025-01-20", event="event:e", place="city:x"),
        meeting("s.2", "agency:a", "agency:c", modality="planned", quoted=(Party("quoted", person="person:q"),)),
        statement("t.3", "visit", ["agency:c"], ["agency:b"], date="2024", subsectors=("subsector:film",)),
        meeting("t.4", "agency:a", "person:p@agency:b", fact="fact:s.1"),
    )
    asked = {
        FactQuery(): ["s.1", "s.2", "t.3"],
        FactQuery(types=("visit", "agreement")): ["t.3"],
        FactQuery(modalities=("planned",)): ["s.2"],
        FactQuery(modalities=("unheard",)): [],
        FactQuery(about=("agency:a",)): ["s.1", "s.2"],
        FactQuery(about=("agency:a", "person:p")): ["s.1"],
        FactQuery(about=("person:q",)): ["s.2"],
        FactQuery(about=("event:e", "city:x")): ["s.1"],
        FactQuery(about=("subsector:film",)): ["t.3"],
        FactQuery(about=("agency:nobody",)): [],
        FactQuery(source="article:t"): ["s.1", "t.3"],
        FactQuery(since="2025-01-20"): ["s.1", "s.2"],
        FactQuery(since="2025-01-21"): ["s.2"],
        FactQuery(until="2024-01-01"): ["s.2", "t.3"],
        FactQuery(types=("meeting",), about=("agency:b",), source="article:s", until="2025-01-20"): ["s.1"],
    }
    async with store.view() as view:
        for where, expected in asked.items():
            assert [one.id.removeprefix("fact:") for one in await view.list_facts(where)] == expected
        page = await view.list_facts(FactQuery(), after="fact:s.1", limit=1)
        assert [one.id for one in page] == ["fact:s.2"]
        by_id = await view.facts(["fact:t.3", "fact:none", "fact:s.1"])
        assert [one.id for one in by_id] == ["fact:t.3", "fact:s.1"]
        assert (await view.fact("fact:s.1")).voices == 2


async def test_a_withdrawn_article_takes_its_statements_away_but_not_what_others_support(store: Store) -> None:
    both, alone = meeting("s.1", "agency:a", "agency:b"), meeting("s.2", "agency:a", "agency:b")
    again = meeting("t.1", "agency:a", "agency:b", fact="fact:s.1")
    await put(store, agency("a"), agency("b"), source("s"), source("t"), both, alone, again)
    await put(store, source("s", withdrawn=WRONG))
    async with store.view() as view:
        kept = await view.fact("fact:s.1")
        assert ([one.source for one in kept.evidence], kept.voices) == (["article:t"], 1)
        with pytest.raises(Gone) as gone:
            await view.fact("fact:s.2")
        assert gone.value.reason == WRONG
        with pytest.raises(Gone) as withdrawn:
            await view.source("article:s")
        assert withdrawn.value.reason == WRONG
        assert [one.id for one in await view.sources(["article:t", "article:s"])] == ["article:t", "article:s"]
        assert [one.id for one in await view.list_sources()] == ["article:t"]
        assert await view.list_facts(FactQuery(source="article:s")) == ()
        assert [one.id for one in await view.list_facts(FactQuery(about=("agency:a",)))] == ["fact:s.1"]
        assert await view.document("source", "article:s") is not None


async def test_a_fact_without_statements_is_gone_and_says_which_load_did_it(store: Store) -> None:
    told = meeting("s.1", "agency:a", "agency:b")
    await put(store, agency("a"), agency("b"), source("s"), told)
    load = await put(store, remove=[told])
    async with store.view() as view:
        with pytest.raises(Gone) as gone:
            await view.fact("fact:s.1")
        assert load.id in gone.value.reason.en
        with pytest.raises(NotFound) as unknown:
            await view.fact("fact:never")
        assert not isinstance(unknown.value, Gone)
        assert await view.facts(["fact:s.1"]) == ()


async def test_a_fact_told_only_by_a_withdrawn_article_is_gone_from_the_start(store: Store) -> None:
    told = meeting("s.1", "agency:a", "agency:b")
    await put(store, agency("a"), agency("b"), source("s", withdrawn=WRONG), told)
    async with store.view() as view:
        with pytest.raises(Gone) as gone:
            await view.fact("fact:s.1")
    assert gone.value.reason == WRONG
    load = await put(store, remove=[told])
    async with store.view() as view:
        with pytest.raises(Gone) as removed:
            await view.fact("fact:s.1")
    assert load.id in removed.value.reason.en


async def test_a_statement_that_moves_to_another_fact_leaves_the_first(store: Store) -> None:
    await put(store, agency("a"), agency("b"), source("s"), meeting("s.1", "agency:a", "agency:b"))
    await put(store, meeting("s.1", "agency:a", "agency:b", fact="fact:s.9"))
    async with store.view() as view:
        assert [one.id for one in await view.list_facts(FactQuery())] == ["fact:s.9"]
        with pytest.raises(Gone):
            await view.fact("fact:s.1")


async def test_sources_are_listed_by_id_in_pages(store: Store) -> None:
    await put(store, *(source(slug) for slug in "cab"))
    async with store.view() as view:
        assert [one.id for one in await view.list_sources(limit=2)] == ["article:a", "article:b"]
        assert [one.id for one in await view.list_sources(after="article:b")] == ["article:c"]
        with pytest.raises(NotFound):
            await view.source("article:none")


async def test_a_removed_source_is_gone(store: Store) -> None:
    await put(store, source("s"))
    load = await put(store, remove=[source("s")])
    async with store.view() as view:
        with pytest.raises(Gone) as gone:
            await view.source("article:s")
    assert load.id in gone.value.reason.id


async def test_the_summary_counts_what_lives_and_how_far_it_reaches(store: Store) -> None:
    async with store.view() as view:
        empty = await view.summary()
    assert (empty.nodes, empty.facts, empty.ties, empty.sources) == ({}, {}, {}, 0)
    assert (empty.newest_fact, empty.newest_source) == (None, None)
    await put(
        store,
        *(agency(slug) for slug in "abc"),
        node("person:p"),
        source("s", published="2025-02-01"),
        source("t", published="2026-03", withdrawn=WRONG),
        meeting("s.1", "agency:a", "person:p@agency:b", date="2025-01"),
        meeting("s.2", "agency:a", "agency:c", date="2027-01-01", modality="planned"),
        meeting("s.3", "agency:a", "agency:c"),
        meeting("t.4", "agency:a", "agency:c", date="2026-01-01"),
    )
    async with store.view() as view:
        found = await view.summary()
    assert (found.nodes, found.facts) == ({"agency": 3, "person": 1}, {"meeting": 3})
    assert (found.ties, found.sources) == ({"ACTED_FOR": 1, "MET": 3}, 1)
    assert (found.newest_fact, found.newest_source) == ("2025-01-01", "2025-02-01")


async def test_documents_are_listed_by_id_in_pages(store: Store) -> None:
    await put(store, *(agency(slug) for slug in "bca"))
    async with store.view() as view:
        first = await view.documents("node", limit=2)
        rest = await view.documents("node", after=first[-1][0])
    assert [i for i, _ in (*first, *rest)] == ["agency:a", "agency:b", "agency:c"]


@pytest.mark.parametrize("day", ["2025", "yesterday", "2025-13-01", "", "20250101", "9999-99-99", "-001-01-01"])
async def test_a_day_that_is_none_is_refused_by_name(store: Store, day: str) -> None:
    await put(store, agency("a"), agency("b"))
    async with store.view() as view:
        for asking, name in (
            (view.list_facts(FactQuery(since=day)), "since"),
            (view.list_facts(FactQuery(until=day)), "until"),
            (view.neighbourhood("agency:a", 1, Filters(as_of=day), 10), "as_of"),
            (view.between(["agency:a"], ["agency:b"], Filters(since=day), 2, Budget()), "since"),
        ):
            with pytest.raises(Unreadable) as refused:
                await asking
            assert refused.value.parameter == name


@pytest.mark.slow
async def test_lists_of_very_many_are_paged_in_the_same_order(store: Store) -> None:
    crowd = [agency(f"n{i:05d}", home=Anchor("city:x")) for i in range(20_100)]
    facts = [meeting(f"s.k{i:05d}", "agency:hub", one.id) for i, one in enumerate(crowd)]
    rare = meeting("s.rare", "agency:hub", "agency:rare")
    await store.fill([source("s"), node("city:x"), agency("hub"), agency("rare"), *crowd, *facts, rare])
    async with store.view() as view:
        nodes = await view.list_nodes(NodeQuery(home=("city:x",)), after="agency:n10000", limit=3)
        about_hub = await view.list_facts(FactQuery(about=("agency:hub",)), after="fact:s.k10000", limit=3)
        about_both = await view.list_facts(FactQuery(about=("agency:hub", "agency:rare")))
        hubs = await view.find("hub")
    assert [one.id for one in nodes] == [f"agency:n{i}" for i in (10001, 10002, 10003)]
    assert [one.id for one in about_hub] == [f"fact:s.k{i}" for i in (10001, 10002, 10003)]
    assert [one.id for one in about_both] == ["fact:s.rare"]
    assert [hit.node.id for hit in hubs] == ["agency:hub"]
