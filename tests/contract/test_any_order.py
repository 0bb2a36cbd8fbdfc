"""Loads, edits, withdrawals and undos in any order: after each step a store equals a model in plain dictionaries."""

import asyncio
from collections.abc import Callable, Mapping
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from support.graphs import agency, node, source, statement
from support.oracle import Model, Oracle, names_of

from graph.document import encode
from graph.errors import Stale, UndoConflict, Unreadable
from graph.model import Change, EntityKind, Filters, Load, Plan, Statement
from graph.store import FactQuery, GraphReader, NodeQuery, Store
from graph.stores.journal import KINDS, Entity, content_after, kind_of
from graph.vocabulary import Text

Key = tuple[EntityKind, str]

ACTORS = tuple(f"agency:n{i}" for i in range(5))
EVERY_TYPE = Filters(types=("MET", "VISITED", "MEMBER_OF", "ACTED_FOR"), modalities=())

nodes = st.builds(
    lambda slug, name: agency(slug.partition(":")[2], name), st.sampled_from(ACTORS), st.text("ab ", min_size=1)
)
people = st.just(node("person:p"))
articles = st.builds(
    lambda slug, publisher, gone: source(slug, publisher, withdrawn=Text(id="keliru", en="wrong") if gone else None),
    st.sampled_from(("s", "t")),
    st.sampled_from(("X", "Y")),
    st.booleans(),
)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    left, right = draw(st.lists(st.sampled_from(ACTORS), min_size=2, max_size=2, unique=True))
    return statement(
        f"{draw(st.sampled_from('st'))}.{draw(st.integers(0, 3))}",
        draw(st.sampled_from(("meeting", "visit", "membership"))),
        [f"person:p@{left}" if draw(st.booleans()) else left],
        [right],
        fact=f"fact:s.{draw(st.integers(0, 2))}",
        date=draw(st.sampled_from((None, "2024", "2025-01-20"))),
    )


anything = st.one_of(nodes, nodes, people, articles, statements(), statements())


def dangling(model: Model) -> bool:
    """Whether a statement names what is not there."""
    known = {entity_id for _, entity_id in model.entities}
    return any(not known.issuperset(names_of(one)) for one in model.entities.values() if isinstance(one, Statement))


class AnyOrder(RuleBasedStateMachine):
    """One store beside one model."""

    new_store: ClassVar[Callable[[], Store]]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.store = type(self).new_store()
        self.runner.run(self.store.prepare())
        self.model = Model()
        self.done: list[tuple[Plan, Load]] = []
        self.known: list[dict[str, object]] = [{}]

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()

    @initialize(peopled=st.booleans())
    def begin(self, peopled: bool) -> None:
        if peopled:
            self.load([*(agency(one.partition(":")[2]) for one in ACTORS), node("person:p"), source("s"), source("t")])

    @rule(entities=st.lists(anything, min_size=1, max_size=8))
    def load(self, entities: list[Entity]) -> None:
        self.commit({(kind_of(one), one.id): encode(one) for one in entities})

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        keys = st.lists(st.sampled_from(sorted(self.model.entities)), min_size=1, max_size=3, unique=True)
        if self.model.entities:
            self.commit(dict.fromkeys(data.draw(keys)))

    def commit(self, wanted: Mapping[Key, str | None]) -> None:
        plan = self.plan(wanted)
        after = self.model.apply(plan)
        if not plan.changes or dangling(after):
            with pytest.raises(Unreadable):
                self.runner.run(self.store.commit(plan))
        else:
            self.committed(plan, after)

    def plan(self, wanted: Mapping[Key, str | None]) -> Plan:
        now = {key: encode(one) for key, one in self.model.entities.items()}
        changes = [Change(*key, now.get(key), doc) for key, doc in wanted.items() if now.get(key) != doc]
        return Plan(len(self.done), tuple(changes))

    def committed(self, plan: Plan, after: Model) -> None:
        load = self.runner.run(self.store.commit(plan))
        assert load.version == len(self.done) + 1
        self.model = after
        self.done.append((plan, load))
        self.known.append(dict(after.facts()))

    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        if not self.done:
            return
        plan, load = data.draw(st.sampled_from(self.done))
        now = {key: encode(one) for key, one in self.model.entities.items()}
        moved = any(now.get((c.kind, c.id)) != c.after for c in plan.changes)
        back = Plan(
            len(self.done), tuple(Change(c.kind, c.id, c.after, c.before) for c in plan.changes), reverts=load.id
        )
        after = self.model.apply(back)
        if moved or dangling(after):
            with pytest.raises(UndoConflict):
                self.runner.run(self.store.revert(load.id))
            return
        made = self.runner.run(self.store.revert(load.id))
        assert sorted(made.changes, key=str) == sorted(back.changes, key=str)
        assert (made.base, made.reverts) == (len(self.done), load.id)
        self.committed(made, after)

    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        if self.done:
            plan, load = data.draw(st.sampled_from(self.done))
            assert self.runner.run(self.store.commit(plan)) == load

    @rule(slug=st.sampled_from(ACTORS))
    def stale(self, slug: str) -> None:
        one = agency(slug.partition(":")[2], "Stale")
        change = Change("node", slug, encode(agency("n9", "Never so")), encode(one))
        with pytest.raises(Stale):
            self.runner.run(self.store.commit(Plan(0, (change,), message=str(len(self.done)))))

    @invariant()
    def equal(self) -> None:
        self.runner.run(self.compare())

    async def compare(self) -> None:
        assert await self.store.verify() == ()
        async with self.store.view() as view:
            await self.compare_entities(view)
            facts = self.model.facts()
            assert await view.list_facts(FactQuery()) == tuple(facts.values())
            for number, then in enumerate(self.known):
                assert {one.id: one for one in await view.facts(sorted(then), known_as_of=number)} == then
            oracle = Oracle(self.model.ties())
            for one in self.model.nodes():
                around = await view.neighbourhood(one, 2, EVERY_TYPE, 1000)
                assert list(around.ties) == oracle.around(one, EVERY_TYPE, 2)[0]

    async def compare_entities(self, view: GraphReader) -> None:
        docs = {key: encode(one) for key, one in self.model.entities.items()}
        for kind in KINDS:
            expected = tuple(sorted((i, doc) for (k, i), doc in docs.items() if k == kind))
            assert await view.documents(kind) == expected
        content = content_after("", [Change(k, i, None, doc) for (k, i), doc in docs.items()])
        version = await view.version()
        assert (version.number, version.content) == (len(self.done), content)
        assert [one.id for one in await view.list_nodes(NodeQuery())] == sorted(self.model.nodes())
        assert await view.loads() == tuple(load for _, load in reversed(self.done))


def test_loads_and_undos_in_any_order_leave_what_the_model_has(new_store: Callable[[], Store]) -> None:
    machine = type("OnThisEngine", (AnyOrder,), {"new_store": staticmethod(new_store)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
