"""The places and actors of a generated graph, each a pure function of its number, the size and nothing else.

- **Places.** Countries with cities whose sizes follow Zipf's law: the n-th city has 1/n of the largest one's actors.
- **Actors.** Seven in ten are bodies, the others people. An actor's home is its city; each country has two national
  bodies seated in its first city and one mission kept there by another country; one body in 25 sits elsewhere.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import Final

import msgspec

from benchmarks import names
from graph.model import Anchor, Name, Node
from graph.vocabulary import vocabulary

_COUNTRIES: Final = 24
_ACTORS_PER_CITY: Final = 400  # on average; Zipf's law makes most cities smaller
_STRIDE: Final = 1_000_003  # prime, so counting in its steps meets every actor once


class Size(msgspec.Struct, frozen=True):
    """How large a graph: nodes of all kinds, and ties (met within about one percent)."""

    name: str
    nodes: int
    ties: int


SIZES: Final = {
    "small": Size("small", 10_000, 50_000),
    "medium": Size("medium", 100_000, 500_000),
    "large": Size("large", 1_000_000, 5_000_000),
}


class World:
    """Places and actors by number. Actors are numbered city by city, the best connected of a city first."""

    def __init__(self, size: Size) -> None:
        """Remember how large; nothing is generated yet."""
        self.size = size
        self.subsectors = tuple(subsector.id for subsector in vocabulary().subsectors.values())
        self.cities = max(_COUNTRIES, size.nodes // _ACTORS_PER_CITY)
        self.actors = size.nodes - self.cities - _COUNTRIES - len(self.subsectors)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The number of the first actor of each city, and one past the last actor."""
        weights = [1 / rank for rank in range(1, self.cities + 1)]
        ends = [round(self.actors * share / sum(weights)) for share in accumulate(weights)]
        return (0, *ends[:-1], self.actors)

    @cached_property
    def in_country(self) -> tuple[tuple[int, ...], ...]:
        """The cities of each country, largest first."""
        found: list[list[int]] = [[] for _ in range(_COUNTRIES)]
        for city in range(self.cities):
            found[self.country(city)].append(city)
        return tuple(tuple(cities) for cities in found)

    @cached_property
    def _back(self) -> int:
        """The inverse of the stride, modulo the number of actors."""
        return pow(_STRIDE, -1, self.actors)

    def country(self, city: int) -> int:
        """Return the country a city lies in; the first cities are one in each country."""
        if city < _COUNTRIES:
            return city
        return int(_COUNTRIES * (names.scatter(city, 1) / 2**32) ** 1.5)

    def city(self, actor: int) -> int:
        """Return the city an actor belongs to."""
        return bisect_right(self.starts, actor) - 1

    def actors_of(self, city: int) -> range:
        """Return the numbers of a city's actors, bodies and people."""
        return range(self.starts[city], self.starts[city + 1])

    def is_person(self, actor: int) -> bool:
        """Say whether an actor is a person; the three best connected actors of a city are bodies."""
        return names.scatter(actor, 2) % 10 < 3 and actor - self.starts[self.city(actor)] > 2

    def actor_id(self, actor: int) -> str:
        """Return an actor's node id. Neighbours in a city are strewn over all ids, as they are in real life."""
        shuffled = actor * _STRIDE % self.actors
        return f"person:p{shuffled:07d}" if self.is_person(actor) else f"agency:b{shuffled:07d}"

    def actor(self, actor: int) -> Node:
        """Return an actor as a node."""
        home, seat = self._anchors(actor)
        if self.is_person(actor):
            return Node(self.actor_id(actor), "person", (Name(names.person(actor)),), home=home)
        kind = names.scatter(actor, 3) % len(names.BODIES)
        return Node(
            self.actor_id(actor), "agency", _body_names(actor, kind), names.BODIES[kind][0], home=home, seat=seat
        )

    def _anchors(self, actor: int) -> tuple[Anchor, Anchor]:
        city = self.city(actor)
        here = Anchor(city_id(city))
        offset = actor - self.starts[city]
        if city < _COUNTRIES and offset < 2:
            return Anchor(country_id(city)), here
        if city < _COUNTRIES and offset == 2:
            return Anchor(country_id((city + 1) % _COUNTRIES)), here
        if names.scatter(actor, 6) % 25 == 0:
            others = self.in_country[self.country(city)]
            return here, Anchor(city_id(others[names.scatter(actor, 7) % len(others)]))
        return here, here

    def nodes(self) -> Iterator[Node]:
        """Yield every node: places, subsectors, then actors in the order of their ids' numbers."""
        for country in range(_COUNTRIES):
            yield Node(country_id(country), "country", (Name(f"{names.place(country)}ia", "mul"),))
        for city in range(self.cities):
            called = (Name(names.place(100 + city), "mul"),)
            yield Node(city_id(city), "city", called, part_of=country_id(self.country(city)))
        for subsector in vocabulary().subsectors.values():
            yield Node(subsector.id, "subsector", (Name(subsector.name.id), Name(subsector.name.en, "en")))
        for shuffled in range(self.actors):
            yield self.actor(shuffled * self._back % self.actors)


def country_id(number: int) -> str:
    """Return a country's node id."""
    return f"country:n{number:02d}"


def city_id(number: int) -> str:
    """Return a city's node id."""
    return f"city:c{number:05d}"


def _body_names(actor: int, kind: int) -> tuple[Name, ...]:
    in_indonesian, in_english = names.body(actor, kind)
    called = [Name(in_indonesian)]
    if names.scatter(actor, 4) % 5 < 2:
        called.append(Name(in_english, "en", "translation"))
    if names.scatter(actor, 5) % 10 < 3:
        called.append(Name(names.acronym(actor), "mul", "acronym"))
    return tuple(called)
