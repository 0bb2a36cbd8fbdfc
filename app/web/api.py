"""The page about the API: every route with its parameters and their limits, made from the routes themselves."""

from typing import Final
from urllib.parse import urlencode

import msgspec
from pydantic import ConfigDict

from app.allowed import allowed, in_words, meaning
from app.asking import API, Asking, Route
from app.questions import Asked
from app.replies import Form
from app.routes import api_routes
from app.web.render import render
from graph.vocabulary import Lang, Text


class PageQuestion(Asked):
    """A page without questions of its own; links from elsewhere may carry parameters it does not know."""

    model_config = ConfigDict(extra="ignore")


class ParameterShown(msgspec.Struct, frozen=True):
    """One row of a table of parameters."""

    name: str
    meaning: Text
    allowed: Text
    required: bool
    default: str | int | None


class RouteShown(msgspec.Struct, frozen=True):
    """One route. url: a question to try."""

    name: str
    path: str
    says: Text
    url: str
    parameters: tuple[ParameterShown, ...]


class ApiPage(msgspec.Struct, frozen=True):
    """Everything the page shows."""

    lang: Lang
    routes: tuple[RouteShown, ...]


async def api_page(asking: Asking, question: PageQuestion) -> ApiPage:
    """Return the page."""
    del question
    return ApiPage(asking.lang, tuple(_shown(route) for route in api_routes()))


def _shown(route: Route) -> RouteShown:
    rules = allowed(route.question)
    given = {name: value for name, value in route.example.items() if f"{{{name}}}" not in route.path}
    path = route.path.replace("{id}", route.example.get("id", ""))
    return RouteShown(
        name=route.name,
        path=f"GET {route.path}",
        says=route.says,
        url=f"{path}?{urlencode(given, safe=':,')}" if given else path,
        parameters=tuple(
            ParameterShown(name, meaning(name), in_words(rule), rule.required, rule.default)
            for name, rule in rules.items()
        ),
    )


def _page(page: ApiPage) -> bytes:
    other = "en" if page.lang == "id" else "id"
    return render("api.html", page.lang, f"{ROUTE.path}?lang={other}", routes=page.routes)


ROUTE: Final = Route(
    API.rpartition("/")[0],
    "api",
    Text(id="Halaman tentang API.", en="The page about the API."),
    PageQuestion,
    ApiPage,
    api_page,
    leads=True,
    form=Form(media=b"text/html; charset=utf-8", vary=b"Accept-Encoding, Accept-Language"),
    encode=_page,
)
