"""Lists lose nothing and double nothing, whatever the size of the page; filters keep what they say."""

from typing import Any

import httpx
import pytest
from support.problems import problem
from support.serving import serving
from support.small_graph import STUDIOS, node, plan

from app.asking import API
from app.settings import Settings
from graph.store import Store


async def pages(client: httpx.AsyncClient, path: str, **params: str) -> list[list[Any]]:
    found = []
    while True:
        answer = (await client.get(f"{API}/{path}", params=params)).json()
        found.append(answer.get("items", answer.get("ties")))
        if answer["next"] is None:
            return found
        params["cursor"] = answer["next"]


@pytest.mark.parametrize("limit", ["1", "7", "60", "500"])
async def test_paging_through_nodes_gives_every_node_once_in_order(client: httpx.AsyncClient, limit: str) -> None:
    found = await pages(client, "nodes", kind="agency", limit=limit)
    ids = [item["id"] for page in found for item in page]
    assert len(ids) == STUDIOS + 5
    assert ids == sorted(set(ids))
    assert all(len(page) == int(limit) for page in found[:-1])
    assert found[-1]


@pytest.mark.parametrize("limit", ["1", "9", "200"])
async def test_paging_through_facts_gives_every_fact_once_in_order(client: httpx.AsyncClient, limit: str) -> None:
    ids = [item["id"] for page in await pages(client, "facts", limit=limit) for item in page]
    assert len(ids) == STUDIOS + 5
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("limit", ["1", "7", "50"])
async def test_paging_through_facts_about_a_place_gives_every_fact_once_in_order(
    client: httpx.AsyncClient, limit: str
) -> None:
    found = await pages(client, "facts", about="Negara Selatan", slot="member", limit=limit)
    ids = [item["id"] for page in found for item in page]
    assert ids == [f"fact:two.member-{number:02}" for number in range(STUDIOS)]


@pytest.mark.parametrize("limit", ["1", "7", "63"])
async def test_paging_through_a_neighbourhood_gives_every_tie_once(client: httpx.AsyncClient, limit: str) -> None:
    found = await pages(client, "nodes/agency:market/neighbourhood", limit=limit)
    ties = [(tie["type"], tie["u"], tie["v"], tie["fact"]) for page in found for tie in page]
    assert len(ties) == len(set(ties)) == STUDIOS + 5


async def test_a_list_does_not_shift_under_its_reader(store: Store) -> None:
    async with serving(store, Settings()) as client:
        first = (await client.get(f"{API}/nodes?kind=agency&limit=10")).json()
        await store.commit(plan([node("agency:aaa", "Aaa"), node("agency:zzz", "Zzz")], 2))
        rest = await pages(client, "nodes", kind="agency", limit="500", cursor=first["next"])
        ids = [item["id"] for item in [*first["items"], *rest[0]]]
        assert ids == sorted(set(ids))
        assert "agency:zzz" in ids


async def test_a_cursor_belongs_to_its_question(client: httpx.AsyncClient) -> None:
    cursor = (await client.get(f"{API}/nodes?kind=agency&limit=2")).json()["next"]
    assert (await client.get(f"{API}/nodes?kind=agency&limit=5&lang=en&cursor={cursor}")).status_code == 200
    for path in (f"nodes?limit=2&cursor={cursor}", f"facts?cursor={cursor}", f"sources?cursor={cursor}"):
        assert problem(await client.get(f"{API}/{path}"), 422, "bad_cursor")["parameter"] == "cursor"


@pytest.mark.parametrize("cursor", ["A", "AAAA", "AAAAAAAA", "____", "a" * 399, "a" * 400])
async def test_a_made_up_cursor_is_refused(client: httpx.AsyncClient, cursor: str) -> None:
    for path in ("nodes", "facts", "sources", "nodes/agency:market/neighbourhood"):
        problem(await client.get(f"{API}/{path}?cursor={cursor}"), 422)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("kind=city,country", ["city:pelabuhan", "city:uji", "country:selatan", "country:utara"]),
        ("home=Negara Utara", ["agency:board", "agency:embassy", "agency:island", "agency:ministry"]),
        ("home=city:uji", ["agency:board", "agency:island"]),
        ("seat=Negara Selatan", ["agency:embassy"]),
        ("part_of=country:utara", ["city:uji"]),
        ("kind=person", ["person:ani", "person:budi"]),
        ("kind=event&since=2025&until=2025", ["event:expo"]),
        ("kind=event&about=agency:island", []),
    ],
)
async def test_nodes_are_listed_by_kind_and_place(client: httpx.AsyncClient, query: str, ids: list[str]) -> None:
    answer = (await client.get(f"{API}/nodes?{query}")).json()
    assert [item["id"] for item in answer["items"]] == ids


@pytest.mark.parametrize("query", ["since=2025", "kind=agency&until=2025", "kind=event,agency&about=DFU"])
async def test_only_events_are_listed_by_time_and_what_they_are_about(client: httpx.AsyncClient, query: str) -> None:
    assert problem(await client.get(f"{API}/nodes?{query}"), 422, "invalid")["parameter"] == "kind"


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("type=meeting,agreement", ["deal", "meeting"]),
        ("about=DFU", ["deal", "meeting"]),
        ("about=Ani Percobaan", ["meeting"]),
        ("about=DFU,Budi Percobaan", ["meeting"]),
        ("about=Kota Uji", ["deal", "meeting", "plan", "post", "visit"]),  # with the ministry seated there
        ("about=KU&slot=host", ["post", "visit"]),
        ("about=PFP&slot=guest", ["visit"]),
        ("source=article:one", ["deal", "meeting"]),
        ("since=2026-01&type=visit", ["post", "visit"]),
        ("until=2025-05&type=meeting,agreement", ["meeting"]),
        ("modality=planned", ["plan"]),
        ("about=agency:island", []),
    ],
)
async def test_facts_are_listed_by_what_is_asked(client: httpx.AsyncClient, query: str, keys: list[str]) -> None:
    answer = (await client.get(f"{API}/facts?{query}")).json()
    assert sorted(item["id"].rpartition(".")[2] for item in answer["items"]) == sorted(keys)


async def test_sources_are_listed_with_or_without_what_they_are_about(client: httpx.AsyncClient) -> None:
    everything = (await client.get(f"{API}/sources")).json()
    assert [item["id"] for item in everything["items"]] == ["article:one", "article:two"]
    about = (await client.get(f"{API}/sources?about=DFU")).json()
    assert [item["id"] for item in about["items"]] == ["article:one"]


async def test_a_slot_needs_someone_to_fill_it(client: httpx.AsyncClient) -> None:
    assert problem(await client.get(f"{API}/facts?slot=host"), 422)["parameter"] == "slot"


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("about=agency:iccn&slot=body&title=ketua", ["fiki-satari", "wishnutama-iccn"]),
        ("about=agency:iccn&slot=body&title=Chair", ["fiki-satari", "wishnutama-iccn"]),
        ("about=agency:iccn&title=Ketua-Umum", ["fiki-satari"]),
        ("about=jakarta&title=vice+governor", ["rano-karno"]),
        ("about=jakarta&title=governor", []),
        ("title=steering", ["wishnutama-iccn"]),
        ("title=direktur", ["choi-do-suk", "ellen-y-d-kim", "lee-gi-haun", "prabu-revolusi", "wientor-rah-mada"]),
    ],
)
async def test_posts_are_listed_by_their_title_in_either_language(
    curated: httpx.AsyncClient, query: str, keys: list[str]
) -> None:
    answer = (await curated.get(f"{API}/facts?type=role&{query}")).json()
    assert sorted(item["id"].rpartition(".")[2] for item in answer["items"]) == keys


async def test_a_list_by_title_goes_on_however_the_title_is_written(curated: httpx.AsyncClient) -> None:
    asked = {"type": "role", "title": "direktur", "limit": "2"}
    whole = [item["id"] for page in await pages(curated, "facts", **asked) for item in page]
    first = (await curated.get(f"{API}/facts", params=asked)).json()
    rest = (await curated.get(f"{API}/facts", params=asked | {"title": " DIREKTUR. ", "cursor": first["next"]})).json()
    assert [item["id"] for item in (*first["items"], *rest["items"])] == whole[:4]


@pytest.mark.parametrize(
    "query", ["title=ketua", "title=ketua&type=visit", "title=ketua&type=role,visit", "type=role&title=%3F%21"]
)
async def test_only_posts_are_listed_by_a_title_that_has_words(client: httpx.AsyncClient, query: str) -> None:
    assert problem(await client.get(f"{API}/facts?{query}"), 422, "invalid")["parameter"] == "title"


async def test_a_title_has_at_most_sixty_letters(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{API}/facts?type=role&title={'x' * 60}")).json()["items"] == []
    assert problem(await client.get(f"{API}/facts?type=role&title={'x' * 61}"), 422, "invalid")["parameter"] == "title"


async def test_changes_go_on_where_a_reader_stopped(client: httpx.AsyncClient) -> None:
    first = (await client.get(f"{API}/changes?limit=1")).json()
    assert (first["next"], first["more"]) == (1, True)
    second = (await client.get(f"{API}/changes?after=1")).json()
    assert (second["next"], second["more"]) == (2, False)
    assert (await client.get(f"{API}/changes?after=2")).json()["items"] == []
    assert {change["action"] for change in second["items"][0]["changes"]} == {"added"}
    assert "penguji" not in str(second)
