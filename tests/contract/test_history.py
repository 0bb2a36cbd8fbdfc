"""What was known when: loads, their changes, and facts and ties as they stood after an earlier version."""

from random import Random

import pytest
from support.graphs import actors, agency, meeting, put, random_graph, random_statement, source, undo
from support.oracle import Model, Oracle

from graph.errors import NotFound
from graph.model import Budget, Filters, Statement, Tie
from graph.store import Store
from graph.stores.journal import decode
from graph.vocabulary import Text

PLENTY = Budget(reads=1_000_000, ties=1_000_000, milliseconds=60_000)


async def test_loads_come_newest_first_and_below_a_version(store: Store) -> None:
    loads = [await put(store, agency(slug)) for slug in "abcd"]
    async with store.view() as view:
        assert await view.loads() == tuple(reversed(loads))
        assert await view.loads(before=3, limit=1) == (loads[1],)
        assert await view.load(loads[2].id) == loads[2]
        with pytest.raises(NotFound):
            await view.load("load:none")


async def test_the_changes_of_every_load_replay_to_the_graph_of_now(store: Store) -> None:
    await put(store, agency("a"), agency("b"))
    await put(store, agency("a", "Renamed"), remove=[agency("b")])
    await undo(store, await put(store, agency("b", "Back"), agency("c")))
    async with store.view() as view:
        feed = await view.changes()
        live = await view.documents("node")
        later = await view.changes(after=2, limit=1)
    assert [load.version for load, _ in feed] == [1, 2, 3, 4]
    assert [load.version for load, _ in later] == [3]
    replayed: dict[str, str] = {}
    for _, changes in feed:
        assert [change.id for change in changes] == sorted(change.id for change in changes)
        for change in changes:
            assert replayed.pop(change.id, None) == change.before
            if change.after is not None:
                replayed[change.id] = change.after
    assert tuple(sorted(replayed.items())) == live


async def test_a_fact_can_be_read_as_it_was_known(store: Store) -> None:
    told = meeting("s.1", "agency:a", "agency:b")
    again = meeting("t.1", "agency:a", "agency:b", fact="fact:s.1")
    await put(store, agency("a"), agency("b"), source("s"), source("t"))
    await put(store, told)
    await put(store, again)
    await put(store, source("s", withdrawn=Text(id="keliru", en="wrong")))
    await put(store, remove=[told, again])
    await put(store, told, source("s"))
    async with store.view() as view:
        known = [await view.facts(["fact:s.1"], known_as_of=version) for version in range(8)]
    voices = [[fact.voices for fact in facts] for facts in known]
    assert voices == [[], [], [1], [2], [1], [], [1], [1]]


@pytest.mark.parametrize("seed", range(12))
async def test_walks_over_an_earlier_version_are_those_of_that_version(store: Store, seed: int) -> None:
    rng = Random(seed)
    model = Model()
    past: list[list[Tie]] = [[]]
    everything = random_graph(rng, nodes=14, statements=30)
    for step in range(6):
        if step == 0:
            load = await put(store, *everything)
        else:
            load = await put(store, *mutated(rng, model))
        async with store.view() as view:
            changes = (await view.changes(after=load.version - 1))[0][1]
        for change in changes:
            model.entities.pop((change.kind, change.id), None)
            if change.after is not None:
                model.entities[change.kind, change.id] = decode(change.kind, change.after)
        past.append(model.ties())
    ids = [one.id for one in actors(14)]
    async with store.view() as view:
        for version in range(7):
            oracle = Oracle(past[version], counted=past[-1])
            for _ in range(5):
                filters = Filters(known_as_of=version, hub_cap=rng.choice((6, 1000)), modalities=())
                ends = set(rng.sample(ids[:7], 2)), set(rng.sample(ids[7:], 2))
                found = await view.between(sorted(ends[0]), sorted(ends[1]), filters, 4, PLENTY)
                assert [tie.id for tie in found.ties] == oracle.between(ends, filters, 4, PLENTY)[0]
                assert set(found.ties) <= set(past[version])
                for hops in (1, 3):
                    around = await view.neighbourhood(ids[0], hops, filters, 1000)
                    assert list(around.ties) == oracle.around(ids[0], filters, hops)[0]


def mutated(rng: Random, model: Model) -> list[Statement]:
    """Some of the statements told anew."""
    told = [one for one in model.entities.values() if isinstance(one, Statement)]
    return [random_statement(rng, one.id.removeprefix("statement:"), actors(14)) for one in rng.sample(told, 6)]
