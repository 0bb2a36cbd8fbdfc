"""What is asked over HTTP: paths drawn from the graph that is served, some to be repeated, many to be asked once."""

from collections.abc import Callable
from random import Random
from typing import Final
from urllib.parse import urlencode

import msgspec

from app.asking import API
from graph.model import Node
from graph.store import GraphReader, NodeQuery
from graph.stores import open_store
from graph.vocabulary import vocabulary

REPEATED: Final = 20
_ONCE: Final = 3_000
_LARGEST_PAGE: Final = 500
_NODES: Final = 4_000


class Traffic(msgspec.Struct, frozen=True):
    """Paths of one route: those asked again and again, and those asked once each."""

    repeated: tuple[str, ...]
    once: tuple[str, ...]


async def draw(url: str, seed: int) -> dict[str, Traffic]:
    """Draw the traffic of each measured route from the store at a URL.

    Ends of questions are places, as most readers ask; centres and names are those of bodies and people.
    """
    store = open_store(url)
    try:
        async with store.view() as view:
            actors = await _some(view, NodeQuery(kinds=vocabulary().kinds_with_role("actor")))
            places = await _some(view, NodeQuery(kinds=vocabulary().kinds_with_role("place")))
            occupied = await _occupied(view, places)
    finally:
        await store.close()
    rng = Random(seed)
    ends = occupied if len(occupied) > 1 else places

    def around(limit: int | None) -> str:
        return f"{API}/nodes/{rng.choice(actors).id}/neighbourhood{_query({}, limit and 10 * limit)}"

    def between(route: str) -> Callable[[int | None], str]:
        def path(limit: int | None) -> str:
            first, second = rng.sample(ends, 2)
            return f"{API}/{route}{_query({'from': first.id, 'to': second.id}, limit)}"

        return path

    def search(limit: int | None) -> str:
        name = rng.choice(actors).names[0].text
        return f"{API}/search{_query({'q': name[: rng.randint(3, len(name))]}, limit)}"

    routes = {
        "neighbourhood": around,
        "paths": between("paths"),
        "connect": between("connect"),
        "search": search,
    }
    return {name: _traffic(rng, path) for name, path in routes.items()}


def _traffic(rng: Random, path: Callable[[int | None], str]) -> Traffic:
    repeated = dict.fromkeys(path(None) for _ in range(REPEATED))
    once = dict.fromkeys(path(rng.randint(1, 50)) for _ in range(_ONCE))
    return Traffic(tuple(repeated), tuple(once))


def _query(values: dict[str, str], limit: int | None) -> str:
    asked = values if limit is None else values | {"limit": str(limit)}
    return f"?{urlencode(asked, safe=':')}" if asked else ""


async def _some(view: GraphReader, where: NodeQuery) -> list[Node]:
    found: list[Node] = []
    while len(found) < _NODES:
        page = await view.list_nodes(where, found[-1].id if found else "", _LARGEST_PAGE)
        found += page
        if len(page) < _LARGEST_PAGE:
            break
    return found


async def _occupied(view: GraphReader, places: list[Node]) -> list[Node]:
    """Return the places for which some, but not more than a few hundred actors act."""
    kept = []
    for place in places:
        actors = await view.list_nodes(NodeQuery(home=(place.id,)), limit=_LARGEST_PAGE)
        if 0 < len(actors) < _LARGEST_PAGE:
            kept.append(place)
    return kept
