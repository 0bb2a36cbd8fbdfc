"""Nothing that can be typed into an address makes the service fail, and no error repeats it."""

from urllib.parse import quote

import httpx
import pytest
from support.bad_inputs import BROKEN, RAW, TEXTS

from app.allowed import allowed
from app.asking import Route
from app.reading import decode
from app.routes import api_routes
from app.web import page_routes

ROUTES = (*api_routes(), *page_routes())
INNOCENT = {"agency:", "2025-5", "article:x"}  # parts of what an error says is allowed
SAFE = {"from": "agency:board", "to": "agency:market", "q": "DFU", "id": "agency:board"}


def addresses(route: Route, raw: str) -> list[str]:
    """The route with this raw text as the value of each parameter, as a parameter's name, and as the whole query."""
    needed = {name: SAFE[name] for name, rule in allowed(route.question).items() if rule.required}
    made = [f"{fill(route, needed)}?{raw}=1", f"{fill(route, needed)}?{raw}"]
    for name in allowed(route.question):
        given = {**needed, name: raw}
        query = "&".join(f"{key}={value}" for key, value in given.items() if key != "id")
        made.append(f"{fill(route, given)}?{query}")
    return made


def fill(route: Route, given: dict[str, str]) -> str:
    return route.path.replace("{id}", given.get("id", ""))


async def check(client: httpx.AsyncClient, address: str, sent: str) -> None:
    answer = await client.get(address)
    assert answer.status_code < 500, address
    if answer.status_code >= 400 and sent not in INNOCENT and len(sent.strip()) > 4:
        assert sent.strip() not in answer.text, address
        assert quote(sent.strip()) not in answer.text, address


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_no_text_makes_a_route_fail_or_comes_back_in_an_error(client: httpx.AsyncClient, route: Route) -> None:
    for text in TEXTS:
        for address in addresses(route, quote(text, safe="")):
            await check(client, address, text)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_broken_percent_signs_make_no_route_fail(client: httpx.AsyncClient, route: Route) -> None:
    for raw in BROKEN:
        for address in addresses(route, raw.decode()):
            await check(client, address, "")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_bytes_that_are_no_utf8_are_refused_everywhere(client: httpx.AsyncClient, route: Route) -> None:
    for raw in RAW:
        for address in addresses(route, raw.decode()):
            answer = await client.get(address)
            assert answer.status_code == 400, address
            assert answer.json()["code"] == "bad_encoding"


async def test_after_all_of_it_the_graph_is_what_it_was(client: httpx.AsyncClient) -> None:
    before = (await client.get("/readyz")).content
    for text in TEXTS:
        await client.get(f"/api/v1/ask?q={quote(text, safe='')}")
    assert (await client.get("/readyz")).content == before


def test_there_are_enough_of_them_and_they_are_what_they_claim() -> None:
    assert len(TEXTS) + len(RAW) + len(BROKEN) >= 100
    assert len(set(TEXTS)) == len(TEXTS)
    for raw in BROKEN:
        decode(raw)
