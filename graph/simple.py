"""Whether an actor between two ends lies on a route that visits nobody twice, in polynomial time.

Two routes from the actor, one to each end, that share no stop: the cheapest such pair is a minimum-cost flow of two
units (Suurballe 1974, "Disjoint paths in a network", for one target; here each end takes one unit).
"""

from collections import defaultdict, deque
from collections.abc import Iterator

from graph.routes import Links

State = tuple[str, str]
Arc = tuple[State, State]
_SINK: State = ("sink", "")


def shortest_round(links: Links, actor: str, near: frozenset[str], far: frozenset[str]) -> int | None:
    """Return the fewest hops of a route from `near` through `actor` to `far` with no stop twice, or None."""
    used: set[Arc] = set()
    total = 0
    for _ in ("one end", "the other"):
        found = _cheapest(links, actor, (near, far), used)
        if found is None:
            return None
        cost, arcs = found
        total += cost
        for tail, head in arcs:
            if (head, tail) in used:
                used.remove((head, tail))
            else:
                used.add((tail, head))
    return total


def _forward(links: Links, state: State, ends: tuple[frozenset[str], frozenset[str]]) -> Iterator[tuple[State, int]]:
    """Return where one more step leads and its cost; every actor is split into "in" and "out", so it is used once."""
    place, name = state
    if place == "in":
        if name in ends[0]:
            yield ("end", "near"), 0
        elif name in ends[1]:
            yield ("end", "far"), 0
        else:
            yield ("out", name), 0
    elif place == "out":
        for v in links.of[name]:
            yield ("in", v), 1
    elif place == "end":
        yield _SINK, 0


def _cheapest(
    links: Links, actor: str, ends: tuple[frozenset[str], frozenset[str]], used: set[Arc]
) -> tuple[int, list[Arc]] | None:
    """Return the cheapest augmenting path to the sink (Bellman-Ford by queue; used arcs run back at minus cost)."""
    start: State = ("out", actor)
    back: dict[State, list[State]] = defaultdict(list)
    for tail, head in used:
        back[head].append(tail)
    cost: dict[State, int] = {start: 0}
    came: dict[State, State] = {}
    queue = deque([start])
    while queue:
        state = queue.popleft()
        steps = [(head, step) for head, step in _forward(links, state, ends) if (state, head) not in used]
        steps += [(tail, -1 if state[0] == "in" else 0) for tail in back[state]]
        for head, step in steps:
            if head not in (("in", actor), start) and cost[state] + step < cost.get(head, 1 << 30):
                cost[head] = cost[state] + step
                came[head] = state
                queue.append(head)
    if _SINK not in cost:
        return None
    arcs: list[Arc] = []
    state = _SINK
    while state != start:
        arcs.append((came[state], state))
        state = came[state]
    return cost[_SINK], arcs
