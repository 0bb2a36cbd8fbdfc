"""Routes, reach and cuts against a naive enumeration of every simple path."""

import math
import random
from itertools import pairwise

import networkx as nx
import pytest

from graph.connection import Route
from graph.model import Tie
from graph.ranking import Ends, candidates, lost_share, reached_mask, severs
from graph.resilience import resilience
from graph.routes import Links, band, best_routes, firm_links, link, noisy_or, reach, strength

TODAY = "2026-01-20"


def tie(u: str, v: str, fact: str = "", **changes: object) -> Tie:
    given = {"type": "MET", "low": "2025-05-01", "high": "2025-05-31", "modality": "happened", "voices": 1}
    return Tie(u=u, v=v, fact=fact or f"fact:{u}-{v}", **(given | changes))  # type: ignore[arg-type]


def worth(told: Tie, today: str) -> float:
    return strength(told, today).product


def random_ties(rng: random.Random, nodes: int, ties: int) -> list[Tie]:
    made = []
    for n in range(ties):
        u, v = rng.sample(range(nodes), 2)
        kind = rng.choice(["MET", "VISITED", "SIGNED_MOU", "COLLABORATES"])
        modality = rng.choice(["happened", "happened", "agreed", "announced"])
        made.append(tie(f"n{u}", f"n{v}", f"fact:{n}", type=kind, modality=modality, voices=rng.randint(1, 3)))
    return made


def every_route(links: Links, sources: frozenset[str], targets: frozenset[str], hops: int) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    graph = nx.Graph([(u, v) for u, ends in links.of.items() for v in ends])
    for s in sorted(sources & graph.nodes):
        for t in sorted(targets & graph.nodes):
            paths = nx.all_simple_paths(graph, s, t, cutoff=hops)
            found += [tuple(path) for path in paths if not (sources | targets).intersection(path[1:-1])]
    return found


def is_firm(links: Links, u: str, v: str) -> bool:
    return not {"happened", "agreed"}.isdisjoint(links.of[u][v].modalities)


def strength_of(links: Links, stops: tuple[str, ...]) -> float:
    return math.prod(links.of[u][v].strength for u, v in pairwise(stops))


@pytest.mark.parametrize("seed", range(40))
def test_best_routes_are_those_of_a_full_enumeration(seed: int) -> None:
    rng = random.Random(seed)
    links = link(random_ties(rng, 12, 26), TODAY, None)
    nodes = [f"n{i}" for i in range(12)]
    rng.shuffle(nodes)
    sources, targets = frozenset(nodes[:3]), frozenset(nodes[3:6])
    hops, limit = rng.randint(1, 4), rng.randint(1, 12)
    naive = sorted(
        every_route(links, sources, targets, hops),
        key=lambda stops: (len(stops), -round(strength_of(links, stops), 4), stops),
    )
    found = best_routes(links, sources, targets, hops, limit)
    assert len(found) == min(limit, len(naive))
    assert [len(route.hops) for route in found] == [len(stops) - 1 for stops in naive[:limit]]
    expected = [round(strength_of(links, stops), 4) for stops in naive[:limit]]
    assert [route.strength for route in found] == pytest.approx(expected, abs=2e-4)
    assert len({route.stops for route in found}) == len(found)
    assert all(holds_together(route) for route in found)


def holds_together(route: Route) -> bool:
    return all(
        (hop.u, hop.v) == pair and hop.facts for hop, pair in zip(route.hops, pairwise(route.stops), strict=True)
    )


@pytest.mark.parametrize("hops", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(20))
def test_reach_and_loss_are_those_of_a_full_enumeration(seed: int, hops: int) -> None:
    rng = random.Random(seed)
    links = link(random_ties(rng, 12, 20), TODAY, None)
    sources, far = {"n0": 1, "n1": 2, "n2": 1}, ("n3", "n4", "n5")
    ends = Ends(links, sources, far, hops, firm_links(links))
    routes = every_route(links, frozenset(sources), frozenset(far), hops)
    through: dict[str, set[str]] = {}
    for stops in routes:
        for stop in stops[:-1]:
            through.setdefault(stop, set()).add(stops[-1])
    found = {c.actor: {far[bit] for bit in range(3) if c.mask >> bit & 1} for c in candidates(ends)}
    assert {actor: ends for actor, ends in found.items() if actor in sources} == {
        actor: ends for actor, ends in through.items() if actor in sources
    }
    assert through.keys() == found.keys()
    firm = [stops for stops in routes if all(is_firm(links, u, v) for u, v in pairwise(stops))]
    reached = {stops[-1] for stops in firm}
    for actor in through:
        kept = {stops[-1] for stops in firm if actor not in stops[:-1]}
        lost = len(reached - kept) / len(reached) if reached else 0.0
        assert lost_share(ends, actor, reached_mask(ends, ends.firm)) == pytest.approx(lost, abs=1e-4)
        assert severs(ends, actor) == all(actor in stops[:-1] for stops in routes)


@pytest.mark.parametrize("seed", range(25))
def test_the_cut_cuts_every_route_and_is_as_large_as_the_number_of_independent_routes(seed: int) -> None:
    rng = random.Random(seed)
    links = link(random_ties(rng, 10, 18), TODAY, None)
    sources, targets = frozenset({"n0", "n1"}), frozenset({"n2", "n3"})
    routes = best_routes(links, sources, targets, 9, 10_000)
    found = resilience(links, routes, dict.fromkeys(sources, 1), dict.fromkeys(targets, 1))
    assert found.exact
    left = Links(
        {u: {v: hop for v, hop in ends.items() if v not in found.cut} for u, ends in links.of.items()}, links.facts
    )
    assert best_routes(left, sources - set(found.cut), targets - set(found.cut), 9, 1) == []
    assert found.independent_routes == len(found.cut)
    disjoint: list[set[str]] = []
    for route in routes:
        if all(stops.isdisjoint(route.stops) for stops in disjoint):
            disjoint.append(set(route.stops))
    assert len(disjoint) <= found.independent_routes


def test_an_end_asked_for_itself_is_never_the_cut_and_a_direct_tie_cannot_be_cut() -> None:
    links = link([tie("a", "m"), tie("m", "b")], TODAY, None)
    routes = best_routes(links, frozenset({"a"}), frozenset({"b"}), 3, 10)
    assert resilience(links, routes, {"a": 0}, {"b": 0}).cut == ("m",)
    direct = link([tie("a", "m"), tie("m", "b"), tie("a", "b")], TODAY, None)
    routes = best_routes(direct, frozenset({"a"}), frozenset({"b"}), 3, 10)
    found = resilience(direct, routes, {"a": 0}, {"b": 0})
    assert (found.independent_routes, found.cut) == (2, ())


def test_parallel_facts_make_one_hop_and_combine_by_noisy_or() -> None:
    one, two = tie("a", "b", "fact:1"), tie("a", "b", "fact:2", type="VISITED")
    hop = link([one, two], TODAY, None).of["b"]["a"]
    assert (hop.u, hop.v, set(hop.facts)) == ("b", "a", {"fact:1", "fact:2"})
    assert hop.strength == round(1 - (1 - worth(one, TODAY)) * (1 - worth(two, TODAY)), 4)


def test_a_fact_with_two_guests_counts_once_in_the_strength_of_their_host() -> None:
    visit = [tie("guest1", "host", "fact:1", type="VISITED"), tie("guest2", "host", "fact:1", type="VISITED")]
    links = link(visit, TODAY, None)
    ends = Ends(links, {"host": 1}, ("guest1", "guest2"), 3, firm_links(links))
    (host,) = candidates(ends)
    assert host.strength == round(worth(visit[0], TODAY), 4)


def test_a_second_independent_voice_raises_strength_without_a_second_hop() -> None:
    weak = link([tie("a", "b")], TODAY, None).of["a"]["b"]
    firm = link([tie("a", "b", voices=2)], TODAY, None).of["a"]["b"]
    assert firm.strength > weak.strength
    assert firm.facts == weak.facts


def test_strength_falls_with_age_to_no_less_than_half_and_not_for_standing_relations() -> None:
    fresh = worth(tie("a", "b", high=TODAY), TODAY)
    old = worth(tie("a", "b", low="1990-01-01", high="1990-01-01"), TODAY)
    two_years = worth(tie("a", "b", high="2024-01-20"), TODAY)
    assert fresh == pytest.approx(0.6 * 0.6)
    assert two_years == pytest.approx(fresh * 0.75, rel=1e-3)
    assert fresh / 2 < old < fresh * 0.51
    member = [worth(tie("a", "b", type="MEMBER_OF", high=high), TODAY) for high in (TODAY, "1990-01-01")]
    assert member[0] == member[1]


def test_an_announced_fact_counts_half_of_one_that_happened() -> None:
    done, announced = tie("a", "b"), tie("a", "b", modality="announced")
    assert worth(announced, TODAY) == pytest.approx(worth(done, TODAY) / 2)


def test_bands_and_noisy_or() -> None:
    assert [band(s) for s in (0.0, 0.3, 0.6, 1.0)] == ["weak", "medium", "strong", "strong"]
    assert noisy_or([]) == 0.0
    assert noisy_or([0.5, 0.5]) == 0.75


def test_routes_never_pass_through_either_end() -> None:
    links = link([tie("a1", "a2"), tie("a2", "b1"), tie("b1", "b2"), tie("a1", "x"), tie("x", "b2")], TODAY, None)
    found = best_routes(links, frozenset({"a1", "a2"}), frozenset({"b1", "b2"}), 4, 10)
    assert [route.stops for route in found] == [("a2", "b1"), ("a1", "x", "b2")]
    levels = reach(links, frozenset({"a1", "a2"}), ("b1", "b2"), 4)
    assert levels[4]["a1"] == 0b10
