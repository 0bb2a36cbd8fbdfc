"""A realistic graph of any size, the same one for the same size and seed, made as a stream of domain entities.

- **Statements.** Ten in an article. Who takes part is drawn with a density proportional to rank^-1/2 inside a city, so
  degrees follow a power law with exponent 3; 55 % of the ties stay in a city, 25 % in a country.
- **Dates.** Articles follow each other from 2015 to 2026; what they tell happened in the 60 days before. One date in
  ten is a month only, one in 33 is unknown.
- **Voices.** Every thirtieth article tells an earlier one again, mostly for another publisher: those facts have two.

One statement projects one tie, but for the one in 25 in which a person acts for a body (two ties). Nothing is kept
while the stream runs, whatever the size.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Final

import msgspec

from benchmarks import names
from benchmarks.world import World
from graph.model import Evidence, Modality, Party, Source, Statement, Tie
from graph.project import merge, ties_of
from graph.time import When, parse_edtf

SEED: Final = 20_150_101
PER_ARTICLE: Final = 10
RETOLD_EVERY: Final = 30
_RETOLD_BACK: Final = 3
_FIRST_DAY: Final = date(2015, 1, 1)
_LAST_DAY: Final = date(2026, 10, 31)
_PUBLISHERS: Final = 200

# Fact types with the slots of their two sides; how often each happens, in percent.
_TYPES: Final = (
    ("meeting", ("participant", "participant")),
    ("visit", ("guest", "host")),
    ("collaboration", ("partner", "partner")),
    ("coordination", ("party", "party")),
    ("agreement", ("signatory", "signatory")),
)
_TYPES_OFTEN: Final = tuple(accumulate((30, 25, 25, 12, 8)))
_MODALITIES: Final[tuple[Modality, ...]] = ("happened", "agreed", "announced", "planned", "aspiration")
_MODALITIES_OFTEN: Final = tuple(accumulate((80, 6, 6, 6, 2)))
_AHEAD: Final = frozenset({"planned", "aspiration"})


class Generated:
    """One generated graph. Any article can be asked for by number; the streams go through all of them."""

    def __init__(self, world: World, seed: int = SEED) -> None:
        """Remember what to generate; nothing is generated yet."""
        self.world = world
        self.seed = seed
        # Ties per article: one statement in 25 has a person acting, if its first party is a body.
        per_article = PER_ARTICLE * 1.027
        self.articles = round(world.size.ties / per_article * RETOLD_EVERY / (RETOLD_EVERY - 1))

    def article(self, number: int) -> tuple[Source, tuple[Statement, ...]]:
        """Return one article with its statements; a number beyond the last gives one that the graph does not have."""
        rng = Random(self.seed << 32 | number)
        day = min(number * len(_days()) // self.articles, len(_days()) - 1)
        source = Source(
            f"article:a{number:07d}",
            names.word(700_000 + int(_PUBLISHERS * rng.random() ** 2)),
            official=rng.random() < 0.02,
            published=_days()[day],
        )
        if _is_retold(number):
            _, told = self.article(number - _RETOLD_BACK)
            return source, tuple(_again(statement, source, key) for key, statement in enumerate(told))
        return source, tuple(self._statement(rng, source, key, day) for key in range(PER_ARTICLE))

    def _statement(self, rng: Random, source: Source, key: int, day: int) -> Statement:
        slug = f"{source.id.removeprefix('article:')}.s{key}"
        kind, slots = rng.choices(_TYPES, cum_weights=_TYPES_OFTEN)[0]
        modality = rng.choices(_MODALITIES, cum_weights=_MODALITIES_OFTEN)[0]
        about = self.world.subsectors
        subsector = about[int(len(about) * rng.random() ** 2)]
        return Statement(
            f"statement:{slug}",
            f"fact:{slug}",
            kind,
            self._parties(rng, slots),
            Evidence(source.id, (f"p{key + 1}",), "plans" if modality in _AHEAD else "asserts"),
            when=_when(rng, day),
            modality=modality,
            subsectors=(subsector,) if rng.random() < 0.7 else (),
        )

    def _parties(self, rng: Random, slots: tuple[str, str]) -> tuple[Party, ...]:
        world = self.world
        first = self._someone(rng, world.city(int(world.actors * rng.random())))
        second = first
        while second == first:
            second = self._someone(rng, self._near(rng, world.city(first)))
        acting = rng.random() < 0.04 and not world.is_person(first)
        person = self._person_near(first) if acting else None
        sides = ("a", "b") if slots[0] == slots[1] else ("", "")
        return (
            Party(slots[0], sides[0], world.actor_id(first), person),
            Party(slots[1], sides[1], world.actor_id(second)),
        )

    def _someone(self, rng: Random, city: int) -> int:
        actors = self.world.actors_of(city)
        return actors[int(len(actors) * rng.random() ** 2)]

    def _near(self, rng: Random, city: int) -> int:
        share = rng.random()
        if share < 0.55:
            return city
        if share < 0.8:
            cities = self.world.in_country[self.world.country(city)]
            return cities[int(len(cities) * rng.random() ** 2)]
        return self.world.city(int(self.world.actors * rng.random()))

    def _person_near(self, actor: int) -> str | None:
        world = self.world
        for other in range(actor + 1, world.starts[world.city(actor) + 1]):
            if world.is_person(other):
                return world.actor_id(other)
        return None

    def sources(self) -> Iterator[Source]:
        """Yield every article's source, by id."""
        for number in range(self.articles):
            yield self.article(number)[0]

    def statements(self) -> Iterator[Statement]:
        """Yield every statement, article by article."""
        for number in range(self.articles):
            yield from self.article(number)[1]

    def ties(self) -> Iterator[Tie]:
        """Yield every tie as it is projected from the merged statements of its fact."""
        for number in range(self.articles):
            if not _is_retold(number):
                yield from self._ties_told_first_by(number)

    def _ties_told_first_by(self, number: int) -> Iterator[Tie]:
        source, statements = self.article(number)
        sources = {source.id: source}
        again: tuple[Statement, ...] = ()
        if _is_retold(number + _RETOLD_BACK) and number + _RETOLD_BACK < self.articles:
            other, again = self.article(number + _RETOLD_BACK)
            sources[other.id] = other
        for key, statement in enumerate(statements):
            yield from ties_of(merge((statement, *again[key : key + 1]), sources))


def _is_retold(number: int) -> bool:
    return number % RETOLD_EVERY == RETOLD_EVERY - 1


def _again(statement: Statement, source: Source, key: int) -> Statement:
    return msgspec.structs.replace(
        statement,
        id=f"statement:{source.id.removeprefix('article:')}.s{key}",
        evidence=msgspec.structs.replace(statement.evidence, source=source.id),
    )


@cache
def _days() -> tuple[When, ...]:
    days = (_LAST_DAY - _FIRST_DAY).days + 1
    return tuple(parse_edtf((_FIRST_DAY + timedelta(days=day)).isoformat()) for day in range(days))


@cache
def _month(month: str) -> When:
    return parse_edtf(month)


def _when(rng: Random, published: int) -> When | None:
    happened = _days()[max(0, published - int(60 * rng.random()))]
    precision = rng.random()
    if precision < 0.03:
        return None
    return _month(happened.edtf[:7]) if precision < 0.13 else happened
