"""What holds at the edge: headers on every answer, sizes, HEAD, CORS, shedding, and errors that stay inside."""

import asyncio
import logging
from typing import Any

import httpx
import pytest
from fastapi import Request, Response
from support.problems import problem
from support.serving import client_of, serving

from app.asking import API
from app.edge import MAX_HEADER_LINES, MAX_HEADERS, MAX_URL
from app.main import create_app
from app.settings import Settings
from graph.store import Store

EVERYWHERE = (
    "/",
    "/healthz",
    "/readyz",
    "/static/jejaring.css",
    f"{API}/version",
    f"{API}/nope",
    f"{API}/connect",
    "/nope",
)


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_every_answer_has_the_security_headers_and_a_number(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert len(headers["x-request-id"]) == 16
    assert "set-cookie" not in headers
    assert "server" not in headers


async def test_each_request_has_its_own_number(client: httpx.AsyncClient) -> None:
    numbers = {(await client.get("/healthz")).headers["x-request-id"] for _ in range(20)}
    assert len(numbers) == 20


@pytest.mark.parametrize("path", [*EVERYWHERE, f"{API}/nodes"])
async def test_head_answers_what_get_answers_without_a_body(client: httpx.AsyncClient, path: str) -> None:
    got, head = await client.get(path), await client.head(path)
    assert head.status_code == got.status_code
    assert head.content == b""
    for name in ("content-type", "etag", "cache-control"):
        assert head.headers.get(name) == got.headers.get(name)
    if got.status_code == 200:
        assert head.headers["content-length"] == got.headers["content-length"]


async def test_an_address_that_is_too_long_is_refused(client: httpx.AsyncClient) -> None:
    problem(await client.get(f"{API}/search?q=" + "x" * MAX_URL), 414, "url_too_long")
    problem(await client.get("/" + "x" * MAX_URL), 414, "url_too_long")


async def test_headers_that_are_too_large_or_too_many_are_refused(client: httpx.AsyncClient) -> None:
    problem(await client.get(f"{API}/version", headers={"x-a": "x" * MAX_HEADERS}), 431, "headers_too_large")
    many = {f"x-{number}": "1" for number in range(MAX_HEADER_LINES)}
    problem(await client.get(f"{API}/version", headers=many), 431, "headers_too_large")


async def test_a_body_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.request("GET", f"{API}/version", content=b"{}")
    problem(answer, 413, "body_not_accepted")
    assert answer.headers["connection"] == "close"
    assert (await client.request("GET", f"{API}/version", headers={"content-length": "0"})).status_code == 200


async def test_only_listed_sites_may_read_from_a_browser(store: Store) -> None:
    listed, other = {"origin": "https://dasbor.example"}, {"origin": "https://evil.example"}
    async with serving(store, Settings(origins=("https://dasbor.example",))) as client:
        answer = await client.get(f"{API}/version", headers=listed)
        assert answer.headers["access-control-allow-origin"] == "https://dasbor.example"
        assert "etag" in answer.headers["access-control-expose-headers"]
        assert "Origin" in answer.headers["vary"]
        refused = await client.get(f"{API}/version", headers=other)
        assert "access-control-allow-origin" not in refused.headers
        assert "Origin" in refused.headers["vary"]
        before = await client.options(f"{API}/version", headers={**listed, "access-control-request-method": "GET"})
        assert (before.status_code, before.headers["access-control-allow-methods"]) == (204, "GET, HEAD")
        before = await client.options(f"{API}/version", headers={**other, "access-control-request-method": "GET"})
        assert "access-control-allow-methods" not in before.headers


async def test_without_listed_sites_there_is_no_cors_at_all(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{API}/version", headers={"origin": "https://dasbor.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_more_requests_than_can_be_worked_on_are_asked_to_come_back(store: Store) -> None:
    app = create_app(Settings(max_in_flight=2), store)
    busy, go = asyncio.Event(), asyncio.Event()

    async def slow() -> Response:
        busy.set()
        await go.wait()
        return Response(b"done")

    app.add_api_route("/slow", slow, response_model=None)
    async with app.router.lifespan_context(app), client_of(app) as client:
        waiting = [asyncio.create_task(client.get("/slow")) for _ in range(2)]
        await busy.wait()
        await asyncio.sleep(0)
        answer = await client.get(f"{API}/version")
        problem(answer, 503, "overloaded")
        assert int(answer.headers["retry-after"]) > 0
        assert (await client.get("/healthz")).status_code == 200
        go.set()
        assert [(await task).status_code for task in waiting] == [200, 200]
        assert (await client.get(f"{API}/version")).status_code == 200


async def test_an_unexpected_error_stays_inside(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Settings(), store)

    async def broken(request: Request) -> Response:
        raise RuntimeError(f"the secret is {request.query_params['q']}")

    app.add_api_route("/broken", broken, response_model=None)
    async with app.router.lifespan_context(app), client_of(app) as client:
        with caplog.at_level(logging.ERROR, logger="jejaring"):
            answer = await client.get("/broken?q=hunter2")
        told = problem(answer, 500, "internal")
        assert "hunter2" not in answer.text
        assert "RuntimeError" not in answer.text
        assert str(told["request_id"]) in caplog.text
        assert (await client.get(f"{API}/version")).status_code == 200


async def test_an_answer_that_breaks_half_way_is_not_followed_by_another(store: Store) -> None:
    app = create_app(Settings(), store)

    class Half(Response):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
            del scope, receive
            await send({"type": "http.response.start", "status": 200, "headers": []})
            raise RuntimeError("half way")

    async def half() -> Response:
        return Half()

    app.add_api_route("/half", half, response_model=None)
    async with app.router.lifespan_context(app), client_of(app) as client:
        with pytest.raises(RuntimeError, match="half way"):
            await client.get("/half")


async def test_health_is_never_kept_by_a_cache(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "alive"}
    ready = await client.get("/readyz")
    assert ready.json()["status"] == "ready"
    assert ready.json()["version"]["number"] == 2
    assert ready.headers["cache-control"] == "no-store"
