"""All ties on short routes between two sets, judged by a naive walker on random graphs."""

from itertools import pairwise
from random import Random

import pytest
from support.graphs import actors, adding, agency, meeting, put, random_graph, source, statement
from support.oracle import Model, Oracle

from graph.errors import Unreadable
from graph.model import Budget, Filters
from graph.store import GraphReader, Store
from graph.stores.journal import Entity

PLENTY = Budget(reads=1_000_000, ties=1_000_000, milliseconds=60_000)


def random_filters(rng: Random) -> Filters:
    """Often next to no restriction, sometimes several at once."""
    if rng.random() < 0.5:
        return Filters(modalities=(), hub_cap=rng.choice((5, 10, 1000)))
    types = ("MET", "VISITED", "COLLABORATES", "MEMBER_OF", "HOLDS_ROLE_AT", "ACTED_FOR")
    return Filters(
        types=tuple(rng.sample(types, rng.randrange(1, 4))) if rng.random() < 0.3 else (),
        modalities=rng.choice(((), ("happened",), ("happened", "agreed", "announced"))),
        since=rng.choice((None, None, "2024-06-01", "2025-01-21")),
        until=rng.choice((None, None, "2025-01-20", "2024-05-01")),
        as_of=rng.choice((None, None, "2025-02-01")),
        subsectors=rng.choice(((), (), ("subsector:film",), ("subsector:music", "subsector:fashion"))),
        min_voices=rng.choice((0, 0, 2)),
        hub_cap=rng.choice((2, 5, 8, 1000)),
        roster_cap=rng.choice((1, 3, 50)),
    )


async def answer(
    view: GraphReader, ends: tuple[set[str], set[str]], filters: Filters, hops: int, budget: Budget
) -> tuple[object, ...]:
    """What a store answers, in the shape of the oracle's answer."""
    found = await view.between(sorted(ends[0]), sorted(ends[1]), filters, hops, budget)
    return (
        [tie.id for tie in found.ties],
        found.from_sources,
        found.from_targets,
        found.hops,
        found.reads,
        found.truncated,
        list(found.hubs),
    )


@pytest.mark.parametrize("seed", range(50))
async def test_random_questions_of_random_graphs_are_answered_as_the_naive_walker_does(store: Store, seed: int) -> None:
    rng = Random(seed)
    entities = random_graph(rng, nodes=rng.randrange(8, 30), statements=rng.randrange(10, 90))
    await store.commit(adding(*entities))
    oracle = Oracle(Model(entities).ties())
    ids = [one.id for one in actors(30)]
    async with store.view() as view:
        for _ in range(20):
            chosen = rng.sample(ids, rng.randrange(2, 8))
            cut = rng.randrange(1, len(chosen))
            ends = set(chosen[:cut]), set(chosen[cut:])
            filters, hops = random_filters(rng), rng.randrange(1, 7)
            budget = rng.choice((PLENTY, PLENTY, Budget(reads=rng.randrange(60), ties=rng.randrange(12))))
            assert await answer(view, ends, filters, hops, budget) == oracle.between(ends, filters, hops, budget)


async def test_random_questions_are_not_all_empty(store: Store) -> None:
    rng = Random(7)
    entities = random_graph(rng, nodes=20, statements=50)
    await store.commit(adding(*entities))
    ids = [one.id for one in actors(20)]
    async with store.view() as view:
        found = [await view.between([a], [b], Filters(), 5, PLENTY) for a, b in zip(ids[:10], ids[10:], strict=True)]
    assert sum(bool(one.ties) for one in found) >= 5


def line(*slugs: str) -> list[Entity]:
    """Nodes in a row, each meeting the next."""
    facts = [meeting(f"s.{a}-{b}", f"agency:{a}", f"agency:{b}") for a, b in pairwise(slugs)]
    return [source("s"), *(agency(slug) for slug in slugs), *facts]


async def test_a_direct_tie_is_one_hop(store: Store) -> None:
    await put(store, *line("a", "b"))
    async with store.view() as view:
        found = await view.between(["agency:a"], ["agency:b"], Filters(), 1, PLENTY)
    assert [tie.id for tie in found.ties] == ["fact:s.a-b|MET|agency:a|agency:b"]
    assert (found.from_sources, found.from_targets) == ({"agency:a": 0, "agency:b": 1}, {"agency:a": 1, "agency:b": 0})


async def test_no_route_and_unknown_ids_are_an_empty_subgraph(store: Store) -> None:
    await put(store, *line("a", "b"), agency("far"))
    async with store.view() as view:
        for targets in (["agency:far"], ["agency:nobody"], []):
            found = await view.between(["agency:a"], targets, Filters(), 3, PLENTY)
            assert (found.ties, found.from_sources, found.from_targets) == ((), {}, {})
            assert (found.hops, found.truncated) == (3, False)


async def test_routes_do_not_pass_through_either_set(store: Store) -> None:
    await put(store, *line("s1", "s2", "x", "t1", "t2"))
    async with store.view() as view:
        found = await view.between(["agency:s1", "agency:s2"], ["agency:t1", "agency:t2"], Filters(), 6, PLENTY)
    assert [tie.fact for tie in found.ties] == ["fact:s.s2-x", "fact:s.x-t1"]


async def test_one_node_cannot_be_on_both_sides(store: Store) -> None:
    async with store.view() as view:
        with pytest.raises(Unreadable):
            await view.between(["agency:a"], ["agency:a"], Filters(), 3, PLENTY)


async def test_a_hub_is_no_stepping_stone_and_is_named(store: Store) -> None:
    crowd = [agency(f"c{i}") for i in range(5)]
    noise = [meeting(f"s.n{i}", "agency:x", one.id) for i, one in enumerate(crowd)]
    await put(store, *line("a", "x", "b"), *crowd, *noise)
    async with store.view() as view:
        open_, closed = [
            await view.between(["agency:a"], ["agency:b"], Filters(hub_cap=cap), 3, PLENTY) for cap in (7, 6)
        ]
        as_end = await view.between(["agency:a"], ["agency:x"], Filters(hub_cap=6), 3, PLENTY)
    assert (len(open_.ties), open_.hubs) == (2, ())
    assert (closed.ties, closed.hubs) == ((), ("agency:x",))
    assert (len(as_end.ties), as_end.hubs) == (1, ())


async def test_a_large_roster_joins_nobody_but_a_member_reaches_its_body(store: Store) -> None:
    members = [agency(f"m{i}") for i in range(4)]
    joined = [statement(f"s.j{i}", "membership", [one.id], ["agency:net"]) for i, one in enumerate(members)]
    await put(store, source("s"), agency("net"), *members, *joined)
    async with store.view() as view:
        through = [
            await view.between(["agency:m0"], ["agency:m1"], Filters(roster_cap=cap), 3, PLENTY) for cap in (4, 3)
        ]
        to_body = await view.between(["agency:m0"], ["agency:net"], Filters(roster_cap=3), 3, PLENTY)
    assert [len(found.ties) for found in through] == [2, 0]
    assert len(to_body.ties) == 1


async def test_a_budget_of_reads_answers_for_fewer_hops_and_says_so(store: Store) -> None:
    await put(store, *line("a", "b", "c", "d"))
    ends = (["agency:a"], ["agency:d"])
    async with store.view() as view:
        budgets = [Budget(reads=reads, milliseconds=60_000) for reads in (0, 2, 4)]
        found = [await view.between(*ends, Filters(), 3, budget) for budget in budgets]
    assert [(one.hops, one.reads, one.truncated, len(one.ties)) for one in found] == [
        (0, 0, True, 0),
        (2, 2, True, 0),
        (3, 4, False, 3),
    ]


async def test_a_budget_of_no_time_answers_at_once(store: Store) -> None:
    await put(store, *line("a", "b"))
    async with store.view() as view:
        found = await view.between(["agency:a"], ["agency:b"], Filters(), 3, Budget(milliseconds=0))
    assert (found.ties, found.hops, found.truncated) == ((), 0, True)


async def test_a_budget_of_ties_keeps_the_shortest_routes(store: Store) -> None:
    await put(store, *line("a", "b", "z"), meeting("s.direct", "agency:a", "agency:z"))
    async with store.view() as view:
        found = [
            await view.between(["agency:a"], ["agency:z"], Filters(), 2, Budget(ties=ties, milliseconds=60_000))
            for ties in (0, 1, 2, 3)
        ]
    assert [[tie.fact for tie in one.ties] for one in found] == [
        [],
        ["fact:s.direct"],
        ["fact:s.a-b", "fact:s.direct"],
        ["fact:s.a-b", "fact:s.b-z", "fact:s.direct"],
    ]
    assert [one.truncated for one in found] == [True, True, True, False]


async def test_an_undated_fact_passes_every_period(store: Store) -> None:
    await put(store, *line("a", "b"))
    wanted = Filters(since="2026-01-01", until="2026-01-02", as_of="1999-01-01")
    async with store.view() as view:
        assert (await view.between(["agency:a"], ["agency:b"], wanted, 1, PLENTY)).ties


@pytest.mark.parametrize("seed", range(4))
async def test_larger_graphs_are_answered_as_the_naive_walker_does(store: Store, seed: int) -> None:
    rng = Random(seed)
    entities = random_graph(rng, nodes=400, statements=900)
    await store.commit(adding(*entities))
    oracle = Oracle(Model(entities).ties())
    ids = [one.id for one in actors(400)]
    async with store.view() as view:
        for filters in (Filters(), Filters(modalities=(), hub_cap=12), Filters(modalities=(), since="2025-01-01")):
            chosen = rng.sample(ids, 80)
            ends, hops = (set(chosen[:40]), set(chosen[40:])), rng.randrange(2, 5)
            assert await answer(view, ends, filters, hops, PLENTY) == oracle.between(ends, filters, hops, PLENTY)
