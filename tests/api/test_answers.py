"""Answers are whole: what they refer to they carry, and what they say agrees with itself and with the sources."""

import math
import re
from typing import Any

import httpx
import pytest

from app.asking import API
from graph.vocabulary import vocabulary

ID = re.compile(r"(?P<kind>[a-z_]+):[a-z0-9]+(?:[.-][a-z0-9]+)*\Z")
NOT_REFERENCES = {"former_ids", "url", "version"}
CURATED = (
    "connect?from=jakarta&to=korea",
    "connect?from=iccn&to=korea",
    "connect?from=jakarta&to=rusia&include=planned,co_attended",
    "connect?from=agency:kocca&to=agency:kemenekraf",
    "paths?from=jakarta&to=korea",
    "nodes/agency:kemenekraf/neighbourhood?hops=2",
    "nodes/agency:ke-jkt",
    "nodes/event:cannes-2025",
    "nodes/city:busan",
    "facts?limit=200",
    "facts/fact:ke-jkt-asi-2025-10-15.moc",
    "sources/article:sinpo-2025-05-27",
    "search?q=jakarta",
    "ask?q=siapa+yang+menghubungkan+Jakarta+dengan+Korea",
    "ask?q=siapa+yang+mengunjungi+Kemenekraf",
)


def references(value: Any, name: str = "") -> set[str]:  # noqa: ANN401 - any JSON
    """Every id that a value refers to, as a text or as a key."""
    if isinstance(value, dict):
        named = {part for key, inner in value.items() for part in references(inner, key)}
        return named | {key for key in value if ID.match(key)}
    if isinstance(value, list):
        return {part for inner in value for part in references(inner, name)}
    return {value} if isinstance(value, str) and name not in NOT_REFERENCES and ID.match(value) else set()


def tables(value: Any) -> dict[str, set[str]]:  # noqa: ANN401
    """The ids for which an answer, or an answer inside it, carries a summary."""
    held: dict[str, set[str]] = {"nodes": set(), "facts": set(), "sources": set()}
    if isinstance(value, dict):
        for name, table in held.items():
            if isinstance(value.get(name), dict):
                table.update(value[name])
        if isinstance(value.get("items"), list):
            held["nodes"] |= {item["id"] for item in value["items"]}
        held["nodes"] |= {value["id"]} if isinstance(value.get("id"), str) else set()
        for inner in value.values():
            for name, found in tables(inner).items():
                held[name] |= found
    if isinstance(value, list):
        for inner in value:
            for name, found in tables(inner).items():
                held[name] |= found
    return held


@pytest.mark.parametrize("path", CURATED)
async def test_an_answer_carries_a_summary_of_everything_it_refers_to(curated: httpx.AsyncClient, path: str) -> None:
    answer = await curated.get(f"{API}/{path}")
    assert answer.status_code == 200, answer.text
    held = tables(answer.json())
    known = held["nodes"] | held["facts"] | held["sources"]
    kinds = {*vocabulary().kinds, "fact", "article"}
    wanted = {id for id in references(answer.json()) if id.partition(":")[0] in kinds}
    if "neighbourhood" in path:  # its ties name facts by id only
        wanted = {id for id in wanted if not id.startswith("fact:")}
    assert wanted - known == set()
    assert wanted


async def connection(client: httpx.AsyncClient, query: str) -> dict[str, Any]:
    answer = await client.get(f"{API}/connect?{query}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_jakarta_and_korea_are_connected_as_the_articles_say(curated: httpx.AsyncClient) -> None:
    told = await connection(curated, "from=jakarta&to=korea")
    assert told["status"] == "connected"
    assert [c["actor"] for c in told["connectors"]] == ["agency:pemprov-dki-jakarta", "agency:kemenekraf"]
    assert [c["tier"] for c in told["connectors"]] == [1, 2]
    assert [person["person"] for person in told["connectors"][0]["people"]] == ["person:rano-karno"]
    assert [bridge["post"] for bridge in told["bridges"]] == ["agency:kbri-seoul"]
    assert told["resilience"]["independent_routes"] == 2
    assert "no_agreement" in [missing["kind"] for missing in told["not_in_sources"]]
    assert told["question"]["to"]["node"] == "country:kr"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=jakarta&to=rusia", "connected"),
        ("from=jakarta&to=hong+kong", "connected"),
        ("from=iccn&to=korea", "no_sourced_link"),
        ("from=telkomsel&to=iccn&max_hops=1", "no_sourced_link"),
    ],
)
async def test_the_status_is_honest(curated: httpx.AsyncClient, query: str, status: str) -> None:
    told = await connection(curated, query)
    assert told["status"] == status
    assert bool(told["routes"]) == (status == "connected")
    assert told["answer"]["headline"]["id"]


async def test_no_route_passes_an_article_a_place_or_a_subsector(curated: httpx.AsyncClient) -> None:
    told = await connection(curated, "from=indonesia&to=korea&max_hops=6&include=planned&limit=50")
    stops = {stop for route in told["routes"] for stop in route["stops"]}
    assert {stop.partition(":")[0] for stop in stops} <= {"agency", "person"}
    for route in told["routes"]:
        assert [hop["u"] for hop in route["hops"]] == route["stops"][:-1]
        assert [hop["v"] for hop in route["hops"]] == route["stops"][1:]


async def test_a_date_is_never_told_more_precisely_than_it_is_known(curated: httpx.AsyncClient) -> None:
    told = await connection(curated, "from=jakarta&to=korea")
    visit = told["facts"]["fact:antara-2026-kocca.visit"]["when"]
    assert (visit["edtf"], visit["precision"], visit["text"]["id"]) == ("2026", "year", "2026, hari tidak diketahui")
    for connector in told["connectors"]:
        assert connector["latest"]["text"]["id"] in connector["why"]["id"]
        assert connector["latest"]["text"]["en"] in connector["why"]["en"]


async def test_a_connector_acts_for_its_home_and_not_for_the_place_it_sits_in(curated: httpx.AsyncClient) -> None:
    told = await connection(curated, "from=jakarta&to=korea")
    homes = {connector["actor"]: connector["for"] for connector in told["connectors"]}
    assert homes == {"agency:pemprov-dki-jakarta": "region:id-jk", "agency:kemenekraf": "country:id"}


async def test_the_parts_of_a_strength_are_those_of_its_facts(curated: httpx.AsyncClient) -> None:
    told = await connection(curated, "from=jakarta&to=korea")
    for connector in told["connectors"]:
        parts = connector["strength"]["parts"]
        assert [part["fact"] for part in parts] == connector["facts"]
        for part in parts:
            product = part["base"] * part["age"] * part["trust"] * part["modality"]
            assert part["strength"] == pytest.approx(product, abs=1e-3)
        left = math.prod(1 - part["strength"] for part in parts)
        assert connector["strength"]["value"] == pytest.approx(1 - left, abs=1e-3)


async def test_marks_in_the_text_are_the_numbers_of_the_citations(curated: httpx.AsyncClient) -> None:
    told = await connection(curated, "from=jakarta&to=korea")
    answer = told["answer"]
    numbers = [citation["number"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    for lang in ("id", "en"):
        assert sorted({int(mark) for mark in re.findall(r"\[(\d+)\]", answer[lang])}) == numbers
    for sentence in answer["sentences"]:
        marks = [int(mark) for mark in re.findall(r"\[(\d+)\]", sentence["text"]["en"])]
        assert sorted(set(marks)) == sorted(sentence["citations"])
        cited = {e["source"] for fact in sentence["facts"] for e in told["facts"][fact]["evidence"]}
        assert {c["source"] for c in answer["citations"] if c["number"] in marks} == cited


async def test_the_language_that_leads_is_said_and_changes_nothing_else(curated: httpx.AsyncClient) -> None:
    one = await connection(curated, "from=jakarta&to=korea&lang=id")
    two = await connection(curated, "from=jakarta&to=korea&lang=en")
    assert (one["answer"].pop("lang"), two["answer"].pop("lang")) == ("id", "en")
    assert one == two


async def test_a_search_says_what_matched_and_where_it_belongs(curated: httpx.AsyncClient) -> None:
    told = (await curated.get(f"{API}/search?q=kocca")).json()
    assert told["hits"][0]["node"] == "agency:kocca"
    assert told["hits"][0]["match"] == "exact"
    assert told["nodes"][told["hits"][0]["place"]]["kind"] in ("country", "city")


@pytest.mark.parametrize(
    ("words", "kind", "held"),
    [
        ("siapa yang menghubungkan Jakarta dengan Korea", "connect", "connect"),
        ("who connects Jakarta to Korea", "connect", "connect"),
        ("siapa yang mengunjungi Kemenekraf", "facts", "facts"),
        ("sumber apa yang menyebut KOCCA", "sources", "sources"),
        ("KOCCA", "node", "node"),
        ("xyzzy plugh", "search", "search"),
    ],
)
async def test_a_question_in_words_gets_the_answer_of_the_question_it_means(
    curated: httpx.AsyncClient, words: str, kind: str, held: str
) -> None:
    told = (await curated.get(f"{API}/ask", params={"q": words})).json()
    assert told["kind"] == kind
    assert told["understood"]["id"]
    assert told["answer"]["headline"]["id"]
    same = (await curated.get(told["url"])).json()
    assert told[held] == same
    others = (
        {"connect", "facts", "node", "nodes", "sources", "search"} - {held} - ({"facts"} if held == "node" else set())
    )
    assert [name for name in others if told[name] is not None] == []
