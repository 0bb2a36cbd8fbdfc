"""The peers of the benchmarks answer as the store does; else their speed could not be compared."""

from collections.abc import AsyncIterator
from random import Random

import pytest
import pytest_asyncio

from benchmarks.builds import created
from benchmarks.generate import Generated
from benchmarks.peers import Networkx, Peer, Rustworkx
from benchmarks.world import Size, World
from graph.model import Budget, Filters, Plan
from graph.store import GraphReader
from graph.stores import open_store

FILTERS = Filters(hub_cap=30)  # low, so that there are hubs
PATIENT = 600_000  # milliseconds: only reads and ties limit an answer here


@pytest.fixture(scope="module")
def generated() -> Generated:
    return Generated(World(Size("tiny", 600, 2_400)))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def view(generated: Generated) -> AsyncIterator[GraphReader]:
    store = open_store("sqlite:///:memory:")
    await store.prepare()
    streams = (generated.world.nodes(), generated.sources(), generated.statements())
    changes = tuple(created(entity) for stream in streams for entity in stream)
    await store.commit(Plan(0, changes))
    async with store.view() as opened:
        yield opened
    await store.close()


@pytest.fixture(scope="module", params=[Networkx, Rustworkx])
def peer(request: pytest.FixtureRequest, generated: Generated) -> Peer:
    kind: type[Peer] = request.param
    made = kind(FILTERS)
    made.add_nodes(list(generated.world.nodes()))
    made.add_ties(list(generated.ties()))
    return made


@pytest.mark.asyncio(loop_scope="module")
async def test_neighbourhoods_are_the_same_ties_in_the_same_order(
    view: GraphReader, peer: Peer, generated: Generated
) -> None:
    rng = Random(1)
    for _ in range(60):
        centre = generated.world.actor_id(rng.randrange(generated.world.actors))
        hops, limit = rng.choice((1, 2, 3)), rng.choice((5, 50, 500))
        ours = await view.neighbourhood(centre, hops, FILTERS, limit)
        assert peer.neighbourhood(centre, hops, limit) == list(ours.ties), (centre, hops, limit)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "budget", [Budget(milliseconds=PATIENT), Budget(500, 2_000, PATIENT), Budget(50_000, 20, PATIENT)]
)
async def test_between_two_sets_the_same_ties_and_hops(
    view: GraphReader, peer: Peer, generated: Generated, budget: Budget
) -> None:
    rng = Random(2)
    for _ in range(40):
        each, hops = rng.choice((1, 3, 20)), rng.choice((1, 2, 3, 4))
        drawn = [generated.world.actor_id(actor) for actor in rng.sample(range(generated.world.actors), 2 * each)]
        ends = drawn[:each], drawn[each:]
        ours = await view.between(*ends, FILTERS, hops, budget)
        assert peer.between(*ends, hops, budget) == (list(ours.ties), ours.hops), (ends, hops)


def test_a_node_is_found_by_its_id(peer: Peer, generated: Generated) -> None:
    expected = generated.world.actor(7)
    assert peer.node(expected.id) == expected
