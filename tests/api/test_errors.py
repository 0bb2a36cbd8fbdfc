"""Every route tells every kind of error in the one shape, in both languages, without repeating what was sent."""

from pathlib import Path

import httpx
import pytest
from support.problems import problem
from support.serving import serving
from support.small_graph import GONE_FACT, GONE_SOURCE

from app.allowed import allowed, required
from app.asking import API, Route
from app.problems import TITLES, trouble_of
from app.routes import api_routes
from graph.errors import JejaringError, StoreDamaged, StoreFull, StoreTimeout
from graph.stores import open_store
from graph.vocabulary import Text

ROUTES = api_routes()
KNOWN_IDS = {"fact": "fact:one.meeting", "source": "article:one"}


def path_of(route: Route, id: str | None = None) -> str:
    return route.path.replace("{id}", id or KNOWN_IDS.get(route.name, "agency:board"))


def query_of(route: Route) -> dict[str, str]:
    given = {"from": "agency:board", "to": "agency:market", "q": "DFU"}
    return {name: given[name] for name in sorted(required(route.question)) if name != "id"}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_every_route_answers_its_plain_question(client: httpx.AsyncClient, route: Route) -> None:
    answer = await client.get(path_of(route), params=query_of(route))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_every_route_refuses_an_unknown_parameter(client: httpx.AsyncClient, route: Route) -> None:
    answer = await client.get(path_of(route), params={**query_of(route), "not_a_thing": "zzz"})
    told = problem(answer, 422, "unknown_parameter")
    assert "not_a_thing" not in answer.text
    assert told["parameter"] is None


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_every_single_parameter_of_every_route_may_be_given_once_only(
    client: httpx.AsyncClient, route: Route
) -> None:
    for name, rule in allowed(route.question).items():
        if name != "id" and not rule.type.startswith("list"):
            answer = await client.get(f"{path_of(route)}?{name}=1&{name}=1")
            assert problem(answer, 422, "repeated")["parameter"] == name


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_every_bounded_parameter_of_every_route_names_what_is_allowed(
    client: httpx.AsyncClient, route: Route
) -> None:
    for name, rule in allowed(route.question).items():
        if name != "id" and (rule.values or rule.maximum is not None or rule.pattern):
            answer = await client.get(path_of(route), params={**query_of(route), name: "~~~"})
            told = problem(answer, 422, "invalid")
            assert told["parameter"] == name
            assert told["allowed"]
            assert "~~~" not in answer.text


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if {"since", "until"} <= {*allowed(r.question)}], ids=lambda route: route.name
)
async def test_a_period_that_ends_before_it_begins_is_refused(client: httpx.AsyncClient, route: Route) -> None:
    asked = {**query_of(route), "since": "2026", "until": "2025"}
    told = problem(await client.get(path_of(route), params=asked), 422, "invalid")
    assert told["parameter"] == "until"
    assert str(told["texts"]).count("since") == 2


@pytest.mark.parametrize("route", [r for r in ROUTES if "{id}" in r.path], ids=lambda route: route.name)
async def test_an_id_is_refused_when_it_is_none_and_not_found_when_it_is_unknown(
    client: httpx.AsyncClient, route: Route
) -> None:
    kind = path_of(route).split(":")[0].rsplit("/", 1)[1]
    problem(await client.get(path_of(route, "NOT AN ID")), 422, "invalid")
    problem(await client.get(path_of(route, f"{kind}:nobody-knows-it")), 404, "not_found")


@pytest.mark.parametrize("path", [f"{API}/facts/{GONE_FACT}", f"{API}/sources/{GONE_SOURCE}"])
async def test_what_was_withdrawn_is_gone_with_the_reason(client: httpx.AsyncClient, path: str) -> None:
    told = problem(await client.get(path, params={"lang": "en"}), 410, "gone")
    assert "Corrected by its publisher." in str(told["detail"])


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("nodes/agency:old-board", "nodes/agency:board"),
        ("nodes/agency:old-board?lang=en", "nodes/agency:board?lang=en"),
        ("nodes/agency:old-board/neighbourhood?limit=5", "nodes/agency:board/neighbourhood?limit=5"),
        ("connect?from=agency:old-board&to=Kota+Pelabuhan", "connect?from=agency:board&to=Kota+Pelabuhan"),
        ("facts?limit=3&about=agency:old-board", "facts?limit=3&about=agency:board"),
    ],
)
async def test_a_retired_id_leads_to_the_one_that_replaced_it(
    client: httpx.AsyncClient, asked: str, there: str
) -> None:
    answer = await client.get(f"{API}/{asked}")
    problem(answer, 308, "moved")
    assert answer.headers["location"] == f"{API}/{there}"
    assert (await client.get(answer.headers["location"])).status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1", f"{API}/nope", f"{API}/nodes/", "/nope", "/docs", f"{API}/nodes/a/b"]
)
async def test_an_address_that_is_none_is_told_so(client: httpx.AsyncClient, path: str) -> None:
    problem(await client.get(path), 404, "no_such_route")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
async def test_only_reading_methods_are_served(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, f"{API}/version")
    problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("query", "header", "lang"),
    [("", "", "id"), ("", "en-GB,en;q=0.9,id;q=0.5", "en"), ("&lang=id", "en", "id"), ("&lang=en", "id", "en")],
)
async def test_the_language_that_leads_is_the_one_asked_for(
    client: httpx.AsyncClient, query: str, header: str, lang: str
) -> None:
    answer = await client.get(f"{API}/connect?from=a{query}", headers={"accept-language": header} if header else {})
    told = problem(answer, 422, "missing")
    texts = told["texts"]
    assert isinstance(texts, dict)
    assert told["detail"] == texts[lang]
    assert told["title"] == TITLES[422].get("en" if lang == "en" else "id")
    assert "Accept-Language" in answer.headers["vary"]


async def test_a_name_with_several_meanings_offers_them(client: httpx.AsyncClient) -> None:
    told = problem(await client.get(f"{API}/connect", params={"from": "Pameran", "to": "DFU"}), 422)
    assert told["parameter"] == "from"


async def test_without_a_graph_the_service_says_what_to_do(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/missing.db")
    async with serving(store) as client:
        for path in (f"{API}/version", f"{API}/nodes", "/readyz"):
            answer = await client.get(path)
            told = problem(answer, 503, "no_graph")
            assert "jejaring load" in str(told["detail"])
            assert int(answer.headers["retry-after"]) > 0
        assert (await client.get("/healthz")).status_code == 200
    await store.close()


@pytest.mark.parametrize(("error", "status"), [(StoreFull, 507), (StoreTimeout, 504), (StoreDamaged, 500)])
def test_each_error_of_a_store_has_its_status(error: type[JejaringError], status: int) -> None:
    trouble = trouble_of(error(Text("a", "b")))
    assert (trouble.status, trouble.code) == (status, error.code)
    assert trouble.told("en", "1").title == TITLES[status].en


def test_what_nobody_expected_is_no_answer_to_a_client() -> None:
    with pytest.raises(ZeroDivisionError):
        trouble_of(ZeroDivisionError())
