"""An answer that has not changed costs nothing; one that has is never taken for the old one."""

import gzip

import httpx
import pytest
from support.serving import serving
from support.small_graph import node, plan

from app.asking import API
from app.settings import Settings
from graph.model import Plan
from graph.store import Store

PATHS = ("version", "nodes?limit=3", "nodes/agency:board", "connect?from=DFU&to=PFP", "vocabulary", "openapi.json")


def held(etag: str) -> dict[str, str]:
    return {"if-none-match": etag}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("form", ["{}", '"x", {}', '{}, W/"y"', "strong", "*"])
async def test_a_client_that_holds_the_answer_is_told_so(client: httpx.AsyncClient, path: str, form: str) -> None:
    first = await client.get(f"{API}/{path}")
    etag = first.headers["etag"]
    sent = etag.removeprefix("W/") if form == "strong" else form.format(etag)
    again = await client.get(f"{API}/{path}", headers=held(sent))
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control", "vary"):
        assert again.headers[name] == first.headers[name]
    assert "content-type" not in again.headers


@pytest.mark.parametrize("etag", ['"x"', 'W/"AAAAAAAAAAAAAAAA"', "x", '"', ""])
async def test_a_client_that_holds_something_else_gets_the_answer(client: httpx.AsyncClient, etag: str) -> None:
    assert (await client.get(f"{API}/nodes", headers=held(etag))).status_code == 200


async def test_a_star_does_not_hide_an_error(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{API}/nodes/agency:nobody", headers=held("*"))).status_code == 404


async def test_a_held_answer_that_nobody_remembers_is_recognised(store: Store) -> None:
    async with serving(store) as client:
        etag = (await client.get(f"{API}/nodes?limit=2")).headers["etag"]
    async with serving(store, Settings(cache_mb=0)) as client:
        assert (await client.get(f"{API}/nodes?limit=2", headers=held(etag))).status_code == 304


async def test_equal_questions_share_an_etag_and_others_do_not(client: httpx.AsyncClient) -> None:
    async def etag(path: str) -> str:
        return (await client.get(f"{API}/{path}")).headers["etag"]

    first = await etag("connect?from=DFU&to=PFP&types=visit,meeting")
    assert first == await etag("connect?types=meeting&to=PFP&from=DFU&types=visit&max_hops=3")
    different = ("from=PFP&to=DFU", "from=DFU&to=PFP&max_hops=2", "from=DFU&to=PFP&lang=en", "from=DFU&to=PFP")
    etags = [await etag(f"connect?{query}") for query in different]
    assert len({first, *etags}) == len(different) + 1
    assert await etag("paths?from=DFU&to=PFP") not in etags


async def test_a_load_changes_the_etag_and_undoing_it_brings_back_the_very_bytes(store: Store) -> None:
    async with serving(store) as client:
        before = await client.get(f"{API}/summary")
        load = await store.commit(plan([node("agency:new", "Lembaga Baru", home="city:uji")], 2))
        during = await client.get(f"{API}/summary", headers=held(before.headers["etag"]))
        assert during.status_code == 200
        assert during.headers["etag"] != before.headers["etag"]
        undo: Plan = await store.revert(load.id)
        await store.commit(undo)
        after = await client.get(f"{API}/summary")
        assert (after.content, after.headers["etag"]) == (before.content, before.headers["etag"])
        changes = await client.get(f"{API}/changes?after=2")
        assert [item["load"]["version"] for item in changes.json()["items"]] == [3, 4]


async def test_history_is_not_taken_for_the_present_of_the_same_content(store: Store) -> None:
    async with serving(store) as client:
        paths = ("changes", "version", "nodes/agency:board/neighbourhood?known_as_of=3")
        before = [(await client.get(f"{API}/{path}")).headers["etag"] for path in paths]
        load = await store.commit(plan([node("agency:new", "Lembaga Baru", home="city:uji")], 2))
        await store.commit(await store.revert(load.id))
        after = [(await client.get(f"{API}/{path}")).headers["etag"] for path in paths]
        assert set(before).isdisjoint(after)


async def test_a_large_answer_is_compressed_only_for_those_who_ask(client: httpx.AsyncClient) -> None:
    plain = await client.get(f"{API}/nodes", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    async with client.stream("GET", f"{API}/nodes", headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join([part async for part in packed.aiter_raw()])
        assert packed.headers["content-encoding"] == "gzip"
        assert int(packed.headers["content-length"]) == len(raw) < len(plain.content) / 3
        assert gzip.decompress(raw) == plain.content
    assert "Accept-Encoding" in plain.headers["vary"]


@pytest.mark.parametrize("asked", ["gzip;q=0", "br", "identity", "*;q=0", "gzip;q=x"])
async def test_who_does_not_read_gzip_is_not_sent_any(client: httpx.AsyncClient, asked: str) -> None:
    answer = await client.get(f"{API}/nodes", headers={"accept-encoding": asked})
    assert "content-encoding" not in answer.headers


async def test_a_small_answer_is_not_compressed(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{API}/version", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in answer.headers
