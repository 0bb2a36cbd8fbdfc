"""A graph in plain dictionaries, and walks by the letter of the contract: slow, short, and free of store code."""

from collections import Counter
from collections.abc import Iterable, Sequence

from graph.model import Budget, Fact, Filters, Node, Plan, Source, Statement, Tie
from graph.project import merge, ties_of
from graph.stores.journal import Entity, decode, kind_of
from graph.vocabulary import vocabulary


class Model:
    """The live entities, and what follows from them."""

    def __init__(self, entities: Iterable[Entity] = ()) -> None:
        self.entities = {(kind_of(one), one.id): one for one in entities}

    def apply(self, plan: Plan) -> "Model":
        """The model after a plan."""
        after = Model(self.entities.values())
        for change in plan.changes:
            after.entities.pop((change.kind, change.id), None)
            if change.after is not None:
                after.entities[change.kind, change.id] = decode(change.kind, change.after)
        return after

    def nodes(self) -> dict[str, Node]:
        return {one.id: one for one in self.entities.values() if isinstance(one, Node)}

    def sources(self) -> dict[str, Source]:
        return {one.id: one for one in self.entities.values() if isinstance(one, Source)}

    def facts(self) -> dict[str, Fact]:
        """Every live fact, by id ascending."""
        sources = self.sources()
        told: dict[str, list[Statement]] = {}
        for one in self.entities.values():
            if isinstance(one, Statement) and sources[one.evidence.source].withdrawn is None:
                told.setdefault(one.fact, []).append(one)
        return {fact: merge(statements, sources) for fact, statements in sorted(told.items())}

    def ties(self) -> list[Tie]:
        """Every live tie."""
        return [tie for fact in self.facts().values() for tie in ties_of(fact)]


class Oracle:
    """Walks over a list of ties. counted: the live ties, when the walked ones are those of an earlier version."""

    def __init__(self, ties: Iterable[Tie], counted: Iterable[Tie] | None = None) -> None:
        self.ties = list(ties)
        live = self.ties if counted is None else list(counted)
        self.degree = Counter(end for tie in live for end in (tie.u, tie.v))
        self.roster = Counter(tie.v for tie in live if tie.type == "MEMBER_OF")

    def passing(self, filters: Filters, endpoints: Iterable[str]) -> list[Tie]:
        """The ties a walk may follow."""
        free = set(endpoints)
        return [
            tie
            for tie in self.ties
            if _passes(tie, filters)
            and not (tie.type == "MEMBER_OF" and self.roster[tie.v] > filters.roster_cap and tie.v not in free)
        ]

    # ---- between ----

    def between(
        self, ends: tuple[set[str], set[str]], filters: Filters, hops: int, budget: Budget
    ) -> tuple[list[str], dict[str, int], dict[str, int], int, int, bool, list[str]]:
        """Tie ids, distances from both sides, hops, reads, truncated, hubs."""
        sources, targets = ends
        ties = self.passing(filters, sources | targets)
        near = self._rings(ties, sources, targets, filters.hub_cap)
        far = self._rings(ties, targets, sources, filters.hub_cap)
        walked, reads = self._budgeted((near, far), filters.hub_cap, hops, budget.reads)
        a, b = walked
        hubs = sorted(
            hub
            for hub in {*near, *far}
            if hub not in sources | targets
            and self.degree[hub] > filters.hub_cap
            and (near.get(hub, 99) < a or far.get(hub, 99) < b or (near.get(hub, 99) <= a and far.get(hub, 99) <= b))
        )
        reach = a + b
        lengths = {tie: self._length(tie, ends, (near, far), filters.hub_cap) for tie in ties}
        kept = sorted((tie for tie in ties if lengths[tie] <= reach), key=lambda tie: (lengths[tie], tie.id))
        shown = sorted(tie.id for tie in kept[: budget.ties])
        seen = {end for tie in kept[: budget.ties] for end in (tie.u, tie.v)}
        return (
            shown,
            {n: near[n] for n in sorted(seen)},
            {n: far[n] for n in sorted(seen)},
            reach,
            reads,
            reach < hops or len(kept) > budget.ties,
            hubs,
        )

    def _rings(self, ties: Sequence[Tie], start: set[str], goal: set[str], hub_cap: int) -> dict[str, int]:
        """How far nodes are from a set; routes pass neither set nor a hub."""
        distances = dict.fromkeys(start, 0)
        ring = set(start)
        while ring:
            reached = set()
            for n in ring:
                if n not in start and (n in goal or self.degree[n] > hub_cap):
                    continue
                for tie in ties:
                    if n in (tie.u, tie.v):
                        reached |= {tie.u, tie.v} - distances.keys()
            distances |= dict.fromkeys(reached, 1 + max(distances.values()))
            ring = reached
        return distances

    def _budgeted(
        self, sides: tuple[dict[str, int], dict[str, int]], hub_cap: int, hops: int, most: int
    ) -> tuple[tuple[int, int], int]:
        """Levels entered from either side, and what they cost."""
        near, far = sides
        starts = [{n for n, d in side.items() if d == 0} for side in sides]
        a = b = reads = 0
        while a + b < hops:
            left = self._cost(near, a, starts[1], hub_cap)
            right = self._cost(far, b, starts[0], hub_cap)
            if reads + min(left, right) > most:
                break
            reads += min(left, right)
            a, b = (a, b + 1) if right < left else (a + 1, b)
        return (a, b), reads

    def _cost(self, side: dict[str, int], level: int, goal: set[str], hub_cap: int) -> int:
        frontier = [n for n, d in side.items() if d == level and n not in goal]
        return sum(self.degree[n] for n in frontier if level == 0 or self.degree[n] <= hub_cap)

    def _length(
        self, tie: Tie, ends: tuple[set[str], set[str]], sides: tuple[dict[str, int], dict[str, int]], hub_cap: int
    ) -> int:
        """Hops of the shortest route through a tie; 99 when there is none."""
        sources, targets = ends
        near, far = sides
        if any(self.degree[n] > hub_cap for n in {tie.u, tie.v} - sources - targets):
            return 99
        lengths = [
            near[u] + 1 + far[v]
            for u, v in ((tie.u, tie.v), (tie.v, tie.u))
            if u in near and v in far and u not in targets and v not in sources
        ]
        return min(lengths, default=99)

    # ---- neighbourhood ----

    def around(self, centre: str, filters: Filters, hops: int) -> tuple[list[Tie], dict[str, int]]:
        """All ties around a node in the contract's order, and the distances of their ends."""
        ties = self.passing(filters, [centre])
        distances, order, found = {centre: 0}, [centre], []
        for n in order:
            if distances[n] >= hops or (n != centre and self.degree[n] > filters.hub_cap):
                continue
            for tie in sorted((t for t in ties if n in (t.u, t.v) and t not in found), key=lambda t: _place(t, n)):
                far = tie.v if tie.u == n else tie.u
                found.append(tie)
                if far not in distances:
                    distances[far] = distances[n] + 1
                    order.append(far)
        return found, distances


def _place(tie: Tie, n: str) -> tuple[int, tuple[int, ...], str, str]:
    latest_first = tuple(-ord(letter) for letter in tie.high)
    return vocabulary().tie_types[tie.type].code, latest_first, tie.v if tie.u == n else tie.u, tie.id


def _passes(tie: Tie, filters: Filters) -> bool:
    walkable = [name for name, kind in vocabulary().tie_types.items() if kind.walk == "walkable"]
    return (
        tie.type in (filters.types or walkable)
        and (not filters.modalities or tie.modality in filters.modalities)
        and (filters.since is None or tie.high >= filters.since)
        and (filters.until is None or tie.low <= filters.until)
        and (filters.as_of is None or tie.low <= filters.as_of)
        and (not filters.subsectors or bool(set(filters.subsectors) & set(tie.subsectors)))
        and tie.voices >= filters.min_voices
    )


def names_of(statement: Statement) -> set[str]:
    """Every node and source that a statement names."""
    people = [who for party in (*statement.parties, *statement.quoted) for who in (party.actor, party.person)]
    return {
        one
        for one in (*people, *statement.subsectors, statement.event, statement.place, statement.evidence.source)
        if one
    }
