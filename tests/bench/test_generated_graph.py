"""The generated graph of the benchmarks: the same each time, valid, and of the size and shape it claims."""

from collections import Counter
from itertools import islice

import pytest

from benchmarks.generate import RETOLD_EVERY, Generated
from benchmarks.world import Size, World
from graph.model import Tie
from graph.stores.journal import check_entity

TINY = Size("tiny", 2_000, 10_000)


@pytest.fixture(scope="module")
def generated() -> Generated:
    return Generated(World(TINY))


@pytest.fixture(scope="module")
def ties(generated: Generated) -> list[Tie]:
    return list(generated.ties())


def test_the_same_seed_gives_the_same_graph_and_another_seed_another_one(generated: Generated) -> None:
    again, other = Generated(World(TINY)), Generated(World(TINY), seed=1)
    assert list(islice(again.statements(), 200)) == list(islice(generated.statements(), 200))
    assert list(islice(other.statements(), 200)) != list(islice(generated.statements(), 200))
    assert list(again.world.nodes()) == list(generated.world.nodes())


def test_there_are_as_many_nodes_as_promised_and_each_once(generated: Generated) -> None:
    ids = [node.id for node in generated.world.nodes()]
    assert len(ids) == len(set(ids)) == TINY.nodes


def test_there_are_about_as_many_ties_as_promised_and_each_once(ties: list[Tie]) -> None:
    assert len({tie.id for tie in ties}) == len(ties)
    assert len(ties) == pytest.approx(TINY.ties, rel=0.02)


def test_a_store_would_take_every_entity(generated: Generated) -> None:
    for stream in (generated.world.nodes(), generated.sources(), generated.statements()):
        for entity in stream:
            check_entity(entity)


def test_everything_that_is_named_exists(generated: Generated) -> None:
    nodes = {node.id: node for node in generated.world.nodes()}
    sources = {source.id for source in generated.sources()}
    for statement in generated.statements():
        assert statement.evidence.source in sources
        named = {party.actor for party in statement.parties} | {p.person for p in statement.parties if p.person}
        assert named | set(statement.subsectors) <= nodes.keys()
    for node in nodes.values():
        assert {anchor.place for anchor in (node.home, node.seat) if anchor} <= nodes.keys()


def test_a_few_actors_have_many_ties_and_most_have_few(ties: list[Tie]) -> None:
    degrees = sorted(Counter(end for tie in ties for end in (tie.u, tie.v)).values())
    assert degrees[len(degrees) // 2] < 10
    assert degrees[-1] > 100


def test_retold_facts_have_two_voices_unless_the_publisher_is_the_same(ties: list[Tie]) -> None:
    voices = Counter(tie.voices for tie in ties)
    assert voices.keys() == {1, 2}
    assert 0.5 < voices[2] / len(ties) * RETOLD_EVERY < 1.1


def test_articles_beyond_the_last_are_new(generated: Generated) -> None:
    source, statements = generated.article(generated.articles + 1)
    assert source.id not in {known.id for known in generated.sources()}
    assert len(statements) == 10
