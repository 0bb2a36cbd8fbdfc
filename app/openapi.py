"""The OpenAPI 3.1 document: routes from FastAPI, parameters from the question models, answers from their objects."""

from collections.abc import Iterable
from inspect import cleandoc
from typing import Any, Final

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.allowed import allowed, meaning, required, schemas
from app.asking import Route
from app.problems import Problem

DESCRIPTION: Final = """\
Who connects A to B in the creative economy, who says so, and since when. Read-only; every text in Indonesian (`id`) and
English (`en`).

An answer refers by id and carries in `nodes`, `facts` and `sources` a summary of everything that it refers to. A key
that is missing has the default shown here. Every answer has an `ETag`: send it back in `If-None-Match` to learn for
nothing that nothing has changed. Errors are `application/problem+json` (RFC 9457) with a stable `code`.
"""
_REF: Final = "#/components/schemas/{name}"
_PROBLEMS: Final[dict[int | str, str]] = {
    308: "Moved: a retired id; `Location` has the question with the id that replaced it.",
    400: "The address holds bytes that are not UTF-8.",
    404: "Not found.",
    410: "Withdrawn; `detail` has the reason.",
    422: "The question cannot be used; `errors` names each parameter and what is allowed.",
    503: "Not available just now; see `Retry-After`.",
    504: "Took longer than the deadline.",
    "default": "Any other error.",
}
_BY_ID: Final = frozenset({308, 404, 410})


def responses(route: Route) -> dict[int | str, dict[str, Any]]:
    """Return what a route answers, for FastAPI's `responses`."""
    told: dict[int | str, dict[str, Any]] = {
        200: {
            "description": "The answer.",
            "headers": {
                "ETag": {"description": "Changes when the answer changes.", "schema": {"type": "string"}},
                "X-Request-Id": {"description": "Name it in a report.", "schema": {"type": "string"}},
            },
            "content": {"application/json": {"schema": {"$ref": _REF.format(name=route.answer.__name__)}}},
        },
        304: {"description": "The answer is the one named in `If-None-Match`."},
    }
    by_name = {"id", "from", "home", "about"} & set(schemas(route.question))
    for status, description in _PROBLEMS.items():
        if by_name or status not in _BY_ID:
            told[status] = problem(description)
    return told


def problem(description: str) -> dict[str, Any]:
    """Return how an error is documented."""
    schema = {"$ref": _REF.format(name=Problem.__name__)}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


def parameters(route: Route) -> list[dict[str, Any]]:
    """Return the parameters of a route as OpenAPI has them."""
    return [_parameter(route, name) for name in allowed(route.question)]


def _parameter(route: Route, name: str) -> dict[str, Any]:
    words = meaning(name)
    schema = dict(schemas(route.question)[name])
    in_path = "{" + name + "}" in route.path
    told: dict[str, Any] = {
        "name": name,
        "in": "path" if in_path else "query",
        "required": in_path or name in required(route.question),
        "description": f"{words.en} / {words.id}",
        "schema": schema,
    }
    if schema["type"] == "array":
        told |= {"style": "form", "explode": False}
    if name in route.example:
        told["example"] = route.example[name].split(",") if schema["type"] == "array" else route.example[name]
    return told


def document(app: FastAPI, routes: Iterable[Route]) -> dict[str, Any]:
    """Return the whole document, the same for the same program."""
    told = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    answers = sorted({route.answer for route in routes} | {Problem}, key=lambda answer: str(answer.__name__))
    _, components = msgspec.json.schema_components(answers, ref_template=_REF)
    for shape in components.values():
        if "description" in shape:
            shape["description"] = cleandoc(shape["description"])
    told["components"] = {"schemas": dict(sorted(components.items()))}
    return told


def document_text(app: FastAPI, routes: Iterable[Route]) -> str:
    """Return the document as it is kept in docs/openapi.json."""
    return msgspec.json.format(msgspec.json.encode(document(app, routes)), indent=1).decode() + "\n"
