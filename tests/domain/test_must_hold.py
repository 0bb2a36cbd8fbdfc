"""What every answer over the five articles must hold, whatever else changes: on the real data in a real store."""

import re
from collections.abc import AsyncIterator
from itertools import combinations

import msgspec
import pytest
from support.repo import ROOT

from graph.connect import connect, paths
from graph.connection import Connection, Question
from graph.document import encode
from graph.errors import Unreadable
from graph.model import Budget, Change, EntityKind, Load, Plan, Source, Statement
from graph.store import FactQuery, NodeQuery, Store
from graph.stores import open_store
from graph.tell import Telling, tell_connection, tell_facts
from graph.vocabulary import Text
from loaders.run import commit, plan

KOCCA_VISIT = "fact:antara-2026-kocca.visit"
ANTARA = "article:antara-2026-kocca"


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    store = open_store("sqlite:///:memory:")
    try:
        await store.prepare()
        assert await commit(store, await plan(store, [str(ROOT / "data")])) is not None
        yield store
    finally:
        await store.close()


async def asked(store: Store, source: str, target: str, **changes: object) -> Connection:
    question = msgspec.convert({"source": source, "target": target, **changes}, Question)
    async with store.view() as view:
        return await connect(view, question, Budget())


async def write(store: Store, *entities: Source | Statement) -> Load:
    """Commit these entities as they are, whatever they were."""
    changes = []
    async with store.view() as view:
        for entity in entities:
            kind: EntityKind = "source" if isinstance(entity, Source) else "statement"
            changes.append(Change(kind, entity.id, await view.document(kind, entity.id), encode(entity)))
        version = await view.version()
    return await store.commit(Plan(base=version.number, changes=tuple(changes)))


async def withdraw_antara(store: Store) -> Load:
    async with store.view() as view:
        source = await view.source(ANTARA)
    return await write(store, msgspec.structs.replace(source, withdrawn=Text("Ditarik penerbit.", "Withdrawn.")))


async def tell_again(store: Store, publisher: str, origin: str | None) -> None:
    """Let one more article tell the visit of KOCCA."""
    async with store.view() as view:
        visit = await view.fact(KOCCA_VISIT)
        doc = await view.document("statement", "statement:antara-2026-kocca.visit")
    assert visit.voices == 1
    told = msgspec.json.decode(doc or "", type=Statement)
    evidence = msgspec.structs.replace(told.evidence, source="article:other")
    await write(
        store,
        Source("article:other", publisher, origin_publisher=origin),
        msgspec.structs.replace(told, id="statement:other.visit", evidence=evidence),
    )


async def kocca_hop(store: Store) -> tuple[float, int, tuple[str, ...]]:
    answer = await asked(store, "kemenekraf", "kocca")
    (hop,) = answer.routes[0].hops
    return hop.strength, len(answer.routes), hop.facts


# ---- ties and routes -------------------------------------------------------------------------------------------------


async def test_no_route_passes_an_article_a_place_a_subsector_or_an_event(store: Store) -> None:
    async with store.view() as view:
        agencies = [n.id for n in await view.list_nodes(NodeQuery(kinds=("agency",)), limit=500)]
        for source, target in combinations(agencies, 2):
            found = await paths(view, Question(source, target, max_hops=6, limit=50), Budget())
            stops = {stop for route in found.routes for stop in route.stops}
            assert {stop.partition(":")[0] for stop in stops} <= {"agency", "person"}


async def test_fewer_than_six_in_ten_pairs_of_actors_connect_at_default_settings(store: Store) -> None:
    async with store.view() as view:
        actors = [n.id for n in await view.list_nodes(NodeQuery(kinds=("agency", "person")), limit=500)]
        pairs = list(combinations(actors, 2))
        linked = 0
        for source, target in pairs:
            linked += bool((await paths(view, Question(source, target), Budget())).routes)
    assert 0 < linked < 0.6 * len(pairs)


@pytest.mark.parametrize(("one", "other"), [("KOCCA", "RUNUP"), ("Telkomsel", "ICCN"), ("Kemenekraf", "Pemprov DKI")])
async def test_these_have_no_tie_to_each_other(store: Store, one: str, other: str) -> None:
    answer = await asked(store, one, other, max_hops=1)
    assert answer.routes == ()


async def test_a_person_with_two_posts_is_no_bridge_between_the_bodies(store: Store) -> None:
    answer = await asked(store, "Telkomsel", "ICCN", max_hops=6)
    assert (answer.status, answer.connectors) == ("no_sourced_link", ())


async def test_an_event_joins_only_when_co_attendance_is_asked_for(store: Store) -> None:
    asked_for = await asked(store, "SMESCO", "Kemenkominfo", include=["co_attended"])
    assert {route.stops[1] for route in asked_for.routes} == {"event:iccn-rakornas-2024"}
    assert (await asked(store, "SMESCO", "Kemenkominfo")).status == "co_attended_only"


async def test_a_route_that_ends_at_the_embassy_never_counts_as_reaching_korea(store: Store) -> None:
    for source in ("jakarta", "kemenekraf", "indonesia"):
        answer = await asked(store, source, "korea", max_hops=6)
        assert all(route.stops[-1] != "agency:kbri-seoul" for route in answer.routes)
        assert all("agency:kbri-seoul" not in connector.reaches for connector in answer.connectors)


async def test_without_the_korean_visit_the_answer_stops_at_the_embassy(store: Store) -> None:
    await withdraw_antara(store)
    answer = await asked(store, "kemenekraf", "korea")
    assert (answer.status, [bridge.post for bridge in answer.bridges]) == ("stops_at_bridge", ["agency:kbri-seoul"])


async def test_the_announced_collaboration_adds_nothing_to_reach(store: Store) -> None:
    answer = await asked(store, "Jakarta", "Korea")
    pemprov = next(c for c in answer.connectors if c.actor == "agency:pemprov-dki-jakarta")
    assert (pemprov.reaches, pemprov.announced) == (("agency:acfm",), ("agency:busan-city",))
    assert (await asked(store, "Jakarta", "Pemkot Busan")).status == "planned_only"


async def test_an_invitation_without_a_named_inviter_is_a_plan_and_no_tie(store: Store) -> None:
    answer = await asked(store, "Pemprov DKI Jakarta", "Busan Film Center")
    assert (answer.status, answer.routes) == ("planned_only", ())
    assert answer.near_misses[0].facts == ("fact:sinpo-2025-05-27.invitation",)


async def test_swapping_the_ends_names_the_same_two_sides(store: Store) -> None:
    there, back = await asked(store, "Jakarta", "Korea"), await asked(store, "Korea", "Jakarta")
    assert {r.stops for r in there.routes} == {r.stops[::-1] for r in back.routes}
    assert there.resilience.independent_routes == back.resilience.independent_routes == 2


# ---- time, withdrawal, voices ----------------------------------------------------------------------------------------


async def test_as_of_a_day_in_2026_the_undated_visit_is_only_possible(store: Store) -> None:
    answer = await asked(store, "Jakarta", "Korea", as_of="2026-06-30")
    certain = {route.stops[-1]: route.hops[-1].certain for route in answer.routes}
    assert certain["agency:kocca"] is False
    assert certain["agency:acfm"] is True
    assert any("belum pasti" in sentence.text.id for sentence in tell_connection(answer).sentences)


async def test_withdrawing_an_article_keeps_what_others_say_and_undo_restores_every_byte(store: Store) -> None:
    before = await asked(store, "Jakarta", "Korea")
    load = await withdraw_antara(store)
    during = await asked(store, "Jakarta", "Korea")
    assert {c.actor for c in during.connectors} == {"agency:pemprov-dki-jakarta"}
    assert (await asked(store, "Kemenekraf", "KBRI Seoul")).status == "connected"
    await store.commit(await store.revert(load.id))
    after = await asked(store, "Jakarta", "Korea")
    plain = [msgspec.structs.replace(a, version=before.version) for a in (before, after)]
    assert msgspec.json.encode(plain[0]) == msgspec.json.encode(plain[1])
    assert before.version.content == after.version.content


async def test_a_second_independent_article_raises_strength_without_a_second_hop(store: Store) -> None:
    strength, routes, facts = await kocca_hop(store)
    await tell_again(store, "Yonhap", None)
    stronger, same_routes, same_facts = await kocca_hop(store)
    assert stronger > strength
    assert (routes, facts) == (same_routes, same_facts)


async def test_a_syndicated_copy_raises_nothing(store: Store) -> None:
    before = await kocca_hop(store)
    await tell_again(store, "Yahoo Indonesia", "ANTARA")
    assert await kocca_hop(store) == before


async def test_the_limit_shortens_lists_and_changes_nothing_else(store: Store) -> None:
    whole, short = await asked(store, "Jakarta", "Korea"), await asked(store, "Jakarta", "Korea", limit=1)
    assert (len(short.connectors), len(short.routes), short.connectors_found) == (1, 1, 2)
    assert short.status == whole.status == "connected"
    assert short.far_parties == whole.far_parties
    assert tell_connection(short).headline == tell_connection(whole).headline


async def test_limits_of_a_question_are_part_of_its_headline(store: Store) -> None:
    told = tell_connection(await asked(store, "Jakarta", "Korea", since="2026-01-01", types=["visit"]))
    assert told.headline.en.endswith("(only visit, since 1 January 2026)")
    assert told.headline.id.endswith("(hanya kunjungan, sejak 1 Januari 2026)")
    only = await asked(store, "Jakarta", "Korea", types=["agreement"])
    assert only.status == "no_sourced_link"
    assert {only.facts[f].type for miss in only.near_misses for f in miss.facts} == {"agreement"}


async def test_a_version_that_is_still_to_come_is_refused(store: Store) -> None:
    with pytest.raises(Unreadable, match="known_as_of"):
        await asked(store, "Jakarta", "Korea", known_as_of=99)


async def test_both_figures_of_a_source_that_gives_two_are_told(store: Store) -> None:
    async with store.view() as view:
        fact = await view.fact("fact:tribunnews-2024-iccn.reach")
    telling = tell_facts((fact,), {}, {})
    assert "260" in telling.sentences[0].text.en
    assert "the source also writes" in telling.sentences[0].text.en


async def test_who_was_invited_is_the_guest_where_the_host_is_not_named(store: Store) -> None:
    async with store.view() as view:
        fact = await view.fact("fact:sinpo-2025-05-27.invitation")
        nodes = {n.id: n for n in await view.list_nodes(NodeQuery(), limit=500)}
    telling = tell_facts((fact,), nodes, {}, "agency:busan-film-center", "who")
    assert telling.headline.id == "Pemprov DKI Jakarta"


async def test_when_an_event_was_is_told_by_the_event_itself(store: Store) -> None:
    async with store.view() as view:
        nodes = {n.id: n for n in await view.list_nodes(NodeQuery(), limit=500)}
        facts = await view.list_facts(FactQuery(about=("event:iccn-rakornas-2024",)), limit=50)
    told = [tell_facts(facts, nodes, {}, "event:iccn-rakornas-2024", focus).headline.en for focus in ("when", "who")]
    assert told[0] == "8–9 October 2024"
    assert "Raffi Ahmad" in told[1]


# ---- telling ---------------------------------------------------------------------------------------------------------


def marks(text: str) -> list[str]:
    return re.findall(r"\[(\d+)\]", text)


def told(telling: Telling, lang: str, group: str) -> str:
    return " ".join(s.text.id if lang == "id" else s.text.en for s in telling.sentences if s.group == group)


async def test_both_languages_cite_the_same_numbers_and_every_number_has_a_source(store: Store) -> None:
    for source, target in [("Jakarta", "Korea"), ("Jakarta", "Rusia"), ("ICCN", "Korea"), ("SMESCO", "ICCN")]:
        telling = tell_connection(await asked(store, source, target))
        used = set()
        for sentence in telling.sentences:
            assert marks(sentence.text.id) == marks(sentence.text.en) == [str(n) for n in sentence.citations]
            assert bool(sentence.facts) <= bool(sentence.citations)
            used |= set(sentence.citations)
        assert used == {citation.number for citation in telling.citations} == set(range(1, len(used) + 1))


async def test_the_gold_answer_is_told(store: Store) -> None:
    telling = tell_connection(await asked(store, "Jakarta", "Korea"))
    assert telling.headline == Text(
        "Dua lembaga menghubungkan Jakarta dengan Korea Selatan", "Two bodies connect Jakarta with South Korea"
    )
    assert list(dict.fromkeys(s.group for s in telling.sentences)) == [
        "acts_for", "national", "far_side", "bridge", "resilience", "absent", "coverage",
    ]  # fmt: skip
    acts = told(telling, "en", "acts_for")
    assert "(Rano Karno) met ACFM/BIFF (Ellen Y.D. Kim) at Cannes 2025, May 2025" in acts
    assert "announced collaboration with Busan" in acts
    assert "confidence low" in acts
    assert "planned, not recorded as done" in acts
    national = told(telling, "id", "national")
    assert "menjangkau 2 dari 5 pihak Korea Selatan" in national
    assert "Irene Umar, kehadiran tersirat" in national
    assert "2026, hari tidak diketahui" in national
    assert "20 Januari 2026 (tahun disimpulkan)" in national
    far = told(telling, "en", "far_side")
    assert all(name in far for name in ("Lee Gi Haun", "Lee Won Jung", "Ellen Y.D. Kim"))
    assert "Choi Do Suk (RUNUP) is only quoted" in far
    assert "offers to connect" in told(telling, "en", "bridge")
    assert "two independent routes" in told(telling, "en", "resilience")
    assert "Without Kemenekraf, only the route through" in told(telling, "en", "resilience")
    missing = told(telling, "en", "absent")
    assert "No signed agreement" in missing
    assert "KE JKT signed a memorandum of cooperation (MoC) with ASI" in missing
    assert "Kemenekraf" in missing
    assert "ICCN" in missing
    assert "Data from 5 articles" in told(telling, "en", "coverage")


async def test_the_source_that_contradicts_itself_is_named_as_such(store: Store) -> None:
    telling = tell_connection(await asked(store, "Jakarta", "Korea"))
    doubts = {c.source.id: [d.id for d in c.doubts] for c in telling.citations}
    assert any("hari itu Selasa" in doubt for doubt in doubts["article:sinpo-2025-05-27"])
    assert any("salinan dari ANTARA" in doubt for doubt in doubts[ANTARA])


async def test_every_fact_has_a_sentence_in_both_languages(store: Store) -> None:
    async with store.view() as view:
        facts = await view.list_facts(FactQuery(), limit=500)
        nodes = await view.list_nodes(NodeQuery(), limit=500)
        sources = await view.list_sources(limit=100)
    telling = tell_facts(facts, {n.id: n for n in nodes}, {s.id: s for s in sources})
    assert len(telling.sentences) == len(facts) > 30
    for sentence in telling.sentences:
        for text in (sentence.text.id, sentence.text.en):
            assert not re.search(r"[{}]|\(\)|\s[,.;)]|\s\s", text)
            assert ":" not in re.sub(r"\([^()]*\)", "", text)  # no bare id
            assert text[0].isupper()
