"""The API's description is committed, complete and true: answers are of the types it names."""

import json
import re
from typing import Any

import httpx
import msgspec
import pytest
from support.problems import problem
from support.repo import ROOT

from app.allowed import allowed, in_words, required
from app.asking import API, Route
from app.main import create_app
from app.openapi import document_text
from app.problems import Problem
from app.questions import MEANINGS
from app.routes import api_routes
from app.settings import Settings

ROUTES = api_routes()
COMMITTED = ROOT / "docs/openapi.json"


def walk(value: Any) -> list[str]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        found = [value["$ref"]] if "$ref" in value else []
        return found + [ref for part in value.values() for ref in walk(part)]
    return [ref for part in value for ref in walk(part)] if isinstance(value, list) else []


def test_the_committed_description_is_that_of_the_program() -> None:
    told = document_text(create_app(Settings()), ROUTES)
    assert COMMITTED.read_text(encoding="utf-8") == told, "run: python -m app.describe > docs/openapi.json"


async def test_the_served_description_is_the_committed_one(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{API}/openapi.json")
    assert answer.json() == json.loads(COMMITTED.read_text(encoding="utf-8"))


def test_it_is_openapi_3_1_and_every_reference_leads_somewhere() -> None:
    told = json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert told["openapi"].startswith("3.1")
    schemas = told["components"]["schemas"]
    refs = set(walk(told))
    assert refs <= {f"#/components/schemas/{name}" for name in schemas}
    assert set(schemas) <= {ref.rpartition("/")[2] for ref in refs}


def test_every_operation_has_a_name_of_its_own_and_words_in_both_languages() -> None:
    told = json.loads(COMMITTED.read_text(encoding="utf-8"))
    operations = [operation for path in told["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations) == len(ROUTES)
    for operation, route in zip(operations, ROUTES, strict=True):
        assert route.says.id in operation["description"]
        assert route.says.en in operation["description"]
        assert {parameter["name"] for parameter in operation["parameters"]} == set(allowed(route.question))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_parameter_means_something_and_has_a_limit_in_words(route: Route) -> None:
    for name, rule in allowed(route.question).items():
        assert MEANINGS[name].id != MEANINGS[name].en
        assert rule.values or rule.maximum is not None or rule.max_length is not None or rule.pattern
        assert in_words(rule).id != in_words(rule).en


async def test_limits_tells_the_limit_of_every_parameter_of_every_route(client: httpx.AsyncClient) -> None:
    told = (await client.get(f"{API}/limits")).json()
    assert set(told["routes"]) == {route.path.removeprefix(API) for route in ROUTES}
    for route in ROUTES:
        assert set(told["routes"][route.path.removeprefix(API)]) == set(allowed(route.question))
    assert told["routes"]["/connect"]["max_hops"]["allowed"] == {
        "type": "integer",
        "default": 3,
        "minimum": 1,
        "maximum": 6,
    }
    assert told["request"]["url_bytes"] > 0
    assert told["answer"]["deadline_ms"] == Settings().deadline_ms


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_every_answer_is_of_the_type_that_its_description_names(client: httpx.AsyncClient, route: Route) -> None:
    given = {"from": "Kota Uji", "to": "Negara Selatan", "q": "siapa yang menghubungkan DFU dengan PFP"}
    ids = {"fact": "fact:one.meeting", "source": "article:one"}
    params = {name: given[name] for name in sorted(required(route.question)) if name != "id"}
    answer = await client.get(route.path.replace("{id}", ids.get(route.name, "agency:market")), params=params)
    decoded = msgspec.json.decode(answer.content, type=route.answer)
    assert msgspec.json.encode(decoded, order="deterministic") == answer.content


async def test_errors_are_of_the_type_that_the_description_names(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{API}/connect")
    problem(answer, 422)
    assert msgspec.json.decode(answer.content, type=Problem).status == 422


def test_the_page_about_the_api_names_every_route_and_every_parameter_of_it() -> None:
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    parts = {part.split("`", 1)[0]: part for part in page.split("### `GET ")[1:]}
    assert set(parts) == {route.path.removeprefix(API) for route in ROUTES}
    for route in ROUTES:
        part = parts[route.path.removeprefix(API)]
        assert route.says.en in part
        for name, rule in allowed(route.question).items():
            if name != "lang":
                assert f"| `{name}` | {MEANINGS[name].en} |" in part
                row = next(line for line in part.splitlines() if line.startswith(f"| `{name}` |"))
                default = "required" if rule.required else "-" if rule.default is None else str(rule.default)
                assert row.endswith(f"| {default} |")


def test_the_page_about_the_api_names_every_error_code() -> None:
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    found = re.compile(r'(?:^    code = |Refusal\(\s*|Trouble\(\s*\d+,\s*)"(\w+)"', re.MULTILINE)
    names = ("app/reading.py", "app/problems.py", "app/cursors.py", "app/finding.py", "graph/errors.py")
    codes = {code for name in names for code in found.findall((ROOT / name).read_text(encoding="utf-8"))}
    assert {"missing", "overloaded", "bad_cursor", "gone"} <= codes
    writing = {"error", "stale", "undo_conflict", "store_full"}  # no reading route can raise them
    assert [code for code in sorted(codes - writing) if f"`{code}`" not in page] == []
