"""The question of the API that a question in words means."""

from collections.abc import Mapping
from typing import Final, Literal
from urllib.parse import quote

from graph.asking.grammar import Focus
from graph.connection import Reading
from graph.model import Doc
from graph.vocabulary import Lang, Text

API: Final = "/api/v1"
Params = dict[str, str | tuple[str, ...]]


class Asked(Doc, frozen=True):
    """A question in words as it was read.

    params: the query parameters of the API (node: the `id` of its path). path: path and query of the API that give
    the answer. understood: how it was read, in names of the graph, never in the reader's words. focus: what the
    answer leads with. readings: how each name was read; their `asked` is the name of the graph that matched.
    """

    kind: Literal["connect", "facts", "node", "sources", "events", "search"]
    params: Params
    path: str
    understood: Text
    focus: Focus
    readings: tuple[Reading, ...]
    lang: Lang


def api_path(kind: str, params: Mapping[str, str | tuple[str, ...]]) -> str:
    """Return the path and query that answer a question of this kind."""
    if kind == "node":
        return f"{API}/nodes/{_encoded(params['id'])}"
    if kind == "events":
        return f"{API}/nodes{_query({'kind': 'event', **params})}"
    return f"{API}/{kind}{_query(params)}"


def _query(params: Mapping[str, str | tuple[str, ...]]) -> str:
    listed = "&".join(f"{name}={_encoded(value)}" for name, value in params.items())
    return f"?{listed}" if listed else ""


def _encoded(value: str | tuple[str, ...]) -> str:
    parts = (value,) if isinstance(value, str) else value
    return ",".join(quote(part, safe=":") for part in parts)
