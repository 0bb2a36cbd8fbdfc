"""What answering a question needs, and what a route is: a question model, an answer, and how one becomes the other."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import msgspec

from app.problems import to_json
from app.questions import Asked
from app.replies import JSON, Form
from app.settings import Settings
from graph.model import Version
from graph.store import GraphReader
from graph.vocabulary import Lang, Text

API: Final = "/api/v1"


class Asking(msgspec.Struct, frozen=True):
    """One question on its way: the pinned view and its version, the language that leads, and the operator's limits."""

    view: GraphReader
    version: Version
    lang: Lang
    settings: Settings


Build: TypeAlias = Callable[[Asking, Any], Awaitable[Any]]


@dataclass(frozen=True, eq=False)
class Route:
    """One question of the API or one page.

    path: from the root, `{id}` its only parameter; answer: the type that `build` makes and `encode` writes; leads: the
    answer depends on the language that leads; history: it depends on the loads there were, not on the content alone;
    example: values by which the route can be tried.
    """

    path: str
    name: str
    says: Text
    question: type[Asked]
    answer: type[Any]
    build: Build
    leads: bool = False
    history: bool = False
    form: Form = JSON
    encode: Callable[[Any], bytes] = to_json
    example: Mapping[str, str] = field(default_factory=dict)
