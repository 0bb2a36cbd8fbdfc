"""Which questions are asked: drawn once from a generated graph, the same for every engine, none of them twice."""

from random import Random
from typing import Final

import msgspec

from benchmarks.generate import Generated
from benchmarks.world import World, city_id

Pair = tuple[str, str]
Sets = tuple[tuple[str, ...], tuple[str, ...]]

SET_SIZE: Final = 200  # actors on each side of a question between two sets
LIMIT: Final = 200  # ties in a neighbourhood
HOPS: Final = 3
_WARM_UP: Final = 10  # further questions of each kind, asked first and not measured


class Questions(msgspec.Struct, frozen=True):
    """Questions by kind. The first `warm_up` of each kind are asked before the clock runs.

    nodes, around: node ids; between: two sets of actors of two cities; places: ids of two cities with 50 to 500 actors;
    capitals: ids of the largest cities; exact, prefix, typo: names and misspelt names to search.
    """

    nodes: tuple[str, ...]
    around: tuple[str, ...]
    between: tuple[Sets, ...]
    places: tuple[Pair, ...]
    capitals: tuple[Pair, ...]
    exact: tuple[str, ...]
    prefix: tuple[str, ...]
    typo: tuple[str, ...]
    warm_up: int = _WARM_UP


def draw(generated: Generated, seed: int, most: int = 500) -> Questions:
    """Draw questions. most: how many of the quickest kind; the slower ones are fewer.

    Nodes and centres are drawn as the ends of ties are, so well-connected actors are asked about more often.
    """
    rng = Random(seed)
    world = generated.world
    cities = [c for c in range(world.cities) if 50 <= len(world.actors_of(c)) <= 500]
    larger = [c for c in range(world.cities) if len(world.actors_of(c)) >= SET_SIZE]
    largest = list(range(min(12, world.cities)))
    few = max(10, most // 10)
    return Questions(
        nodes=_ends_of_ties(rng, generated, most + _WARM_UP),
        around=_ends_of_ties(rng, generated, most + _WARM_UP),
        between=tuple(_sets(rng, world, larger) for _ in range(few + _WARM_UP)),
        places=tuple(_two(rng, cities) for _ in range(few + _WARM_UP)),
        capitals=tuple(_two(rng, largest) for _ in range(few // 2 + _WARM_UP)),
        exact=tuple(_name(rng, world) for _ in range(most // 2 + _WARM_UP)),
        prefix=tuple(_prefix(rng, _name(rng, world)) for _ in range(few + _WARM_UP)),
        typo=tuple(_misspelt(rng, _name(rng, world)) for _ in range(few + _WARM_UP)),
    )


def _ends_of_ties(rng: Random, generated: Generated, count: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    while len(found) < count:
        _, statements = generated.article(rng.randrange(generated.articles))
        actor = rng.choice(rng.choice(statements).parties).actor
        if actor is not None:
            found[actor] = None
    return tuple(found)


def _sets(rng: Random, world: World, cities: list[int]) -> Sets:
    first, second = rng.sample(cities, 2)
    return (
        tuple(sorted(map(world.actor_id, rng.sample(world.actors_of(first), SET_SIZE)))),
        tuple(sorted(map(world.actor_id, rng.sample(world.actors_of(second), SET_SIZE)))),
    )


def _two(rng: Random, cities: list[int]) -> Pair:
    first, second = rng.sample(cities, 2)
    return city_id(first), city_id(second)


def _name(rng: Random, world: World) -> str:
    return world.actor(rng.randrange(world.actors)).names[0].text


def _prefix(rng: Random, name: str) -> str:
    """Return the beginning of a name, up to somewhere in its last word, as somebody types it."""
    return name[: rng.randint(name.rindex(" ") + 3, len(name) - 1)]


def _misspelt(rng: Random, name: str) -> str:
    """Return a name with one wrong letter in its last word."""
    start = name.rindex(" ") + 2
    place = rng.randrange(start, len(name))
    wrong = rng.choice([letter for letter in "aeioutnsrk" if letter != name[place]])
    return name[:place] + wrong + name[place + 1 :]
