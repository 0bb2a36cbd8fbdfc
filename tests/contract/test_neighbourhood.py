"""The ties around a node: their order, limits, pages and what is left out."""

from collections import Counter
from random import Random

import pytest
from support.graphs import actors, adding, agency, meeting, put, random_graph, source, statement
from support.oracle import Model, Oracle

from graph.errors import Moved, NotFound, Unreadable
from graph.model import Filters, Tie
from graph.store import GraphReader, Store
from graph.stores.journal import Entity

EVERY_TYPE = ("MET", "VISITED", "COLLABORATES", "SIGNED_MOU", "MEMBER_OF", "HOLDS_ROLE_AT", "INVITED", "ACTED_FOR")


def a_filter(rng: Random) -> Filters:
    return Filters(
        types=rng.choice(((), EVERY_TYPE, ("MET", "VISITED"))),
        modalities=rng.choice(((), ("happened", "planned"))),
        hub_cap=rng.choice((3, 6, 1000)),
        roster_cap=rng.choice((1, 50)),
        since=rng.choice((None, "2025-01-01")),
    )


@pytest.mark.parametrize("seed", range(40))
async def test_random_neighbourhoods_are_those_of_the_naive_walker(store: Store, seed: int) -> None:
    rng = Random(seed)
    entities = random_graph(rng, nodes=20, statements=60)
    await store.commit(adding(*entities))
    oracle = Oracle(Model(entities).ties())
    async with store.view() as view:
        for _ in range(8):
            centre, filters = rng.choice(actors(20)).id, a_filter(rng)
            hops, limit = rng.randrange(2, 5), rng.choice((0, 1, 5, 10_000))
            ties, distances = oracle.around(centre, filters, hops)
            found = await view.neighbourhood(centre, hops, filters, limit)
            assert found.ties == tuple(ties[:limit])
            assert found.truncated == (len(ties) > limit)
            ends = {centre} | {end for tie in ties[:limit] for end in (tie.u, tie.v)}
            assert found.distances == {n: distances[n] for n in ends}
            at_centre = Counter(tie.type for tie in ties[limit:] if centre in (tie.u, tie.v))
            assert found.left_out == dict(at_centre)


@pytest.mark.parametrize("seed", range(20))
async def test_pages_of_one_hop_follow_each_other_without_gap_or_repeat(store: Store, seed: int) -> None:
    rng = Random(seed)
    entities = random_graph(rng, nodes=8, statements=60)
    await store.commit(adding(*entities))
    centre, filters, limit = "agency:b00", a_filter(rng), rng.randrange(1, 7)
    expected, _ = Oracle(Model(entities).ties()).around(centre, filters, 1)
    async with store.view() as view:
        pages = await all_pages(view, centre, filters, limit)
    assert [tie for page in pages for tie in page] == expected
    assert all(len(page) == limit for page in pages[:-1])


async def all_pages(view: GraphReader, centre: str, filters: Filters, limit: int) -> list[tuple[Tie, ...]]:
    """Every page; each must say how many ties of each type come after it."""
    whole = await view.neighbourhood(centre, 1, filters, 1_000_000)
    pages: list[tuple[Tie, ...]] = []
    cursor = None
    while True:
        page = await view.neighbourhood(centre, 1, filters, limit, cursor)
        pages.append(page.ties)
        rest = Counter(tie.type for tie in whole.ties[sum(map(len, pages)) :])
        assert page.left_out == dict(rest)
        assert page.truncated == bool(rest) == (page.cursor is not None)
        cursor = page.cursor
        if cursor is None:
            return pages


async def test_ties_come_by_type_then_newest_then_far_end(store: Store) -> None:
    together = ("agency:a", "agency:c"), ("agency:a", "agency:b")
    facts = [
        meeting("s.old", *together[1], date="2024-01-01"),
        meeting("s.new", *together[1], date="2025-01-01"),
        meeting("s.new-too", *together[0], date="2025-01-01"),
        statement("s.signed", "agreement", ["agency:a"], ["agency:c"], date="2020-01-01"),
    ]
    await put(store, source("s"), agency("a"), agency("b"), agency("c"), *facts)
    async with store.view() as view:
        found = await view.neighbourhood("agency:a", 1, Filters(), 10)
    assert [tie.fact for tie in found.ties] == ["fact:s.signed", "fact:s.new", "fact:s.new-too", "fact:s.old"]


async def test_the_caps_do_not_hold_for_the_centre(store: Store) -> None:
    members = [agency(f"m{i}") for i in range(6)]
    joined = [statement(f"s.j{i}", "membership", [one.id], ["agency:net"]) for i, one in enumerate(members)]
    await put(store, source("s"), agency("net"), *members, *joined)
    async with store.view() as view:
        found = await view.neighbourhood("agency:net", 2, Filters(hub_cap=2, roster_cap=2), 100)
    assert len(found.ties) == 6


async def test_unknown_and_retired_centres_are_told_apart(store: Store) -> None:
    await put(store, agency("new", redirects=("agency:old",)))
    async with store.view() as view:
        with pytest.raises(NotFound):
            await view.neighbourhood("agency:nobody", 1, Filters(), 10)
        with pytest.raises(Moved) as moved:
            await view.neighbourhood("agency:old", 2, Filters(), 10)
    assert moved.value.target == "agency:new"


@pytest.mark.parametrize("cursor", ["", "x", "!!", "bnVsbA", "W10", "WyJhIl0", "ÿ"])
async def test_a_page_marker_that_is_none_is_refused(store: Store, cursor: str) -> None:
    await put(store, agency("a"))
    async with store.view() as view:
        with pytest.raises(Unreadable):
            await view.neighbourhood("agency:a", 1, Filters(), 10, cursor)


async def test_a_centre_with_very_many_ties_is_paged_like_any_other(store: Store) -> None:
    rng = Random(5)
    crowd = [agency(f"n{i:03d}") for i in range(40)]
    kinds = ("meeting", "visit", "agreement", "collaboration")
    dates = ("2024", "2025-01-20", None)
    facts = [
        statement(f"s.k{i}", rng.choice(kinds), ["agency:hub"], [rng.choice(crowd).id], date=rng.choice(dates))
        for i in range(1100)
    ]
    entities: list[Entity] = [source("s"), agency("hub"), *crowd, *facts]
    await store.commit(adding(*entities))
    oracle = Oracle(Model(entities).ties())
    expected, distances = oracle.around("agency:hub", Filters(), 1)
    async with store.view() as view:
        pages = await all_pages(view, "agency:hub", Filters(), 170)
        wide = await view.neighbourhood("agency:hub", 2, Filters(), 500)
    assert [tie for page in pages for tie in page] == expected
    assert list(wide.ties) == expected[:500]
    assert wide.truncated
    assert set(wide.distances) <= set(distances)
