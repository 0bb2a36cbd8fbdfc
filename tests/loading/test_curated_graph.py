"""The curated data in a real store: which ties they make, who stands for a place, and what they must not say."""

from collections.abc import AsyncIterator, Iterable

import pytest
from support.curated import DATA, FIRST, article_paths, first_nodes, read

from graph.ask import ask
from graph.connect import connect
from graph.connection import Connection, Question, Side
from graph.identity import fold
from graph.model import Budget, Fact, Tie
from graph.project import ties_of
from graph.store import FactQuery, GraphReader, Store
from graph.stores import open_store
from loaders.run import check, commit, plan


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    """The first articles with the whole registry, so that later articles change no answer here."""
    paths = [str(DATA / "registry"), *(str(article_paths()[f"article:{slug}"]) for slug in FIRST)]
    store = open_store("sqlite:///:memory:")
    try:
        await store.prepare()
        assert await commit(store, await plan(store, paths)) is not None
        yield store
    finally:
        await store.close()


async def asked(store: Store, source: str, target: str, as_of: str | None = None) -> Connection:
    async with store.view() as view:
        return await connect(view, Question(source, target, as_of=as_of), Budget())


def tiers(side: Side) -> dict[str, int]:
    """The tiers of a side's actors that the first articles name."""
    return {actor: tier for actor, tier in side.members.items() if actor in first_nodes()}


async def first_facts(view: GraphReader) -> list[Fact]:
    """The facts that one of the first articles tells."""
    found = [fact for slug in FIRST for fact in await view.list_facts(FactQuery(source=f"article:{slug}"), limit=500)]
    return list({fact.id: fact for fact in found}.values())


def between_bodies(ties: Iterable[Tie]) -> set[tuple[str, str, str, str]]:
    """The ties of two agencies: type, both slugs, modality."""
    slugs = ((tie, tie.u.removeprefix("agency:"), tie.v.removeprefix("agency:")) for tie in ties)
    return {(tie.type, u, v, tie.modality) for tie, u, v in slugs if ":" not in u + v}


async def test_nothing_in_the_data_is_left_unanswered() -> None:
    checked = await check([str(DATA)])
    assert [problem for problem in checked.problems if not problem.code.startswith("I")] == []


async def test_the_ties_between_bodies_are_those_the_articles_support(store: Store) -> None:
    async with store.view() as view:
        facts = await first_facts(view)
    assert between_bodies(tie for fact in facts for tie in ties_of(fact)) == {
        ("SIGNED_MOU", "asi", "ke-jkt", "happened"),
        ("VISITED", "kbri-seoul", "kemenekraf", "happened"),
        ("VISITED", "kocca", "kemenekraf", "happened"),
        ("VISITED", "runup", "kemenekraf", "happened"),
        ("COORDINATES", "kbri-seoul", "kemenekraf", "agreed"),
        ("MET", "acfm", "pemprov-dki-jakarta", "happened"),
        ("MET", "hong-kong-film-development-council", "pemprov-dki-jakarta", "happened"),
        ("COLLABORATES", "busan-city", "pemprov-dki-jakarta", "announced"),
        ("PART_OF", "fki", "ke-jkt", "happened"),
        ("PART_OF", "acfm", "biff", "happened"),
        ("PART_OF", "jakarta-film-commission", "pemprov-dki-jakarta", "planned"),
    }


async def test_who_stands_for_jakarta_and_for_korea(store: Store) -> None:
    answer = await asked(store, "Jakarta", "Korea")
    assert answer.status == "connected"
    assert answer.near.reading.node.id == "region:id-jk"
    assert tiers(answer.near) == {"agency:ke-jkt": 1, "agency:pemprov-dki-jakarta": 1, "agency:kemenekraf": 2}
    korean = ("acfm", "biff", "busan-city", "kocca", "runup")
    assert tiers(answer.far) == {f"agency:{slug}": 1 for slug in korean} | {"agency:kbri-seoul": 3}


async def test_jakarta_to_korea_names_the_connectors_the_bridge_and_who_was_only_quoted(store: Store) -> None:
    answer = await asked(store, "Jakarta", "Korea")
    people = {c.actor: [(p.person, p.presence) for p in c.people] for c in answer.connectors}
    assert people == {
        "agency:pemprov-dki-jakarta": [("person:rano-karno", "stated")],
        "agency:kemenekraf": [("person:irene-umar", "implied")],
    }
    assert [bridge.post for bridge in answer.bridges] == ["agency:kbri-seoul"]
    quoted = {far.actor: far.quoted for far in answer.far_parties if far.quoted}
    assert quoted == {"agency:runup": ("person:choi-do-suk",)}
    assert answer.resilience.independent_routes == 2


async def test_jakarta_to_russia_is_the_memorandum_without_a_signatory(store: Store) -> None:
    answer = await asked(store, "Jakarta", "Rusia")
    assert [route.stops for route in answer.routes] == [("agency:ke-jkt", "agency:asi")]
    assert [connector.people for connector in answer.connectors] == [()]


async def test_jakarta_to_hong_kong_is_rano_karno_and_wilfred_wong(store: Store) -> None:
    answer = await asked(store, "Jakarta", "Hong Kong")
    assert [p.person for c in answer.connectors for p in c.people] == ["person:rano-karno"]
    assert [p.person for far in answer.far_parties for p in far.people] == ["person:wilfred-wong"]


@pytest.mark.parametrize(("source", "target"), [("ICCN", "Korea"), ("KE JKT", "Korea"), ("Telkomsel", "ICCN")])
async def test_what_no_article_ties_is_not_tied(store: Store, source: str, target: str) -> None:
    answer = await asked(store, source, target)
    assert (answer.status, answer.routes) == ("no_sourced_link", ())


@pytest.mark.parametrize(("source", "target"), [("KOCCA", "RUNUP Company"), ("Hong Kong", "Busan")])
async def test_those_who_met_the_same_host_have_no_tie_of_their_own(store: Store, source: str, target: str) -> None:
    answer = await asked(store, source, target)
    assert {len(route.stops) for route in answer.routes} == {3}


async def test_before_2026_only_the_busan_route_is_known(store: Store) -> None:
    answer = await asked(store, "Jakarta", "Korea", as_of="2025-12-31")
    assert {route.stops[0] for route in answer.routes} == {"agency:pemprov-dki-jakarta"}
    assert answer.bridges == ()


async def test_a_post_told_twice_has_two_voices(store: Store) -> None:
    async with store.view() as view:
        (fact,) = await view.facts(("fact:patadaily-2026-01-20.irene-umar",))
    assert (fact.voices, fact.confidence) == (2, "medium")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("KBRI Seoul", "agency:kbri-seoul"),
        ("kemenekraf", "agency:kemenekraf"),
        ("대한민국", "country:kr"),
        ("Korea", "country:kr"),
        ("АСИ", "agency:asi"),
        ("Pemkot Busan", "agency:busan-city"),
    ],
)
async def test_a_name_is_found_exactly_by_the_store(store: Store, text: str, node: str) -> None:
    async with store.view() as view:
        assert node in {hit.node.id for hit in await view.exact(text)}, fold(text)


async def test_every_saved_question_means_the_same_in_both_languages(store: Store) -> None:
    questions = read(DATA / "questions.yaml")["questions"]
    async with store.view() as view:
        meant = {
            q["id"]: [(a.kind, a.path) for a in [await ask(view, q["ask"][la]) for la in ("id", "en")]]
            for q in questions
        }
    assert {key for key, (first, second) in meant.items() if first != second or first[0] == "search"} == set()
