"""Loads, edits and undos in any order leave what a dictionary would hold.

The model knows ids and dates only: what each load wrote, what an undo may restore, and what stands in its way.
"""

import asyncio
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from support.loading import TODAY

from graph.errors import UndoConflict
from graph.model import Load
from graph.store import Store
from graph.stores import open_store
from loaders.history import undo
from loaders.run import Options, commit, plan

REGISTRY = """\
format: jejaring-registry/1
nodes:
  - {id: agency:a, subkind: agency, names: [{text: Alfa}]}
  - {id: agency:b, subkind: agency, names: [{text: Beta}]}
"""
HEAD = "format: jejaring-article/1\nsource: {{id: article:{name}, publisher: {name}}}\ncurator: e\nfacts:\n"
FACT = "  - {{id: {key}, type: meeting, sides: [[{{agency: Alfa}}], [{{agency: Beta}}]], date: {date}, locator: p1}}\n"
ARTICLES = ("one", "two")
DATES = {"x": "2025-0{}", "y": "2024-0{}"}

State = dict[str, str]


def differences(before: State, after: State) -> dict[str, tuple[str | None, str | None]]:
    ids = before.keys() | after.keys()
    return {i: (before.get(i), after.get(i)) for i in ids if before.get(i) != after.get(i)}


class AnyOrder(RuleBasedStateMachine):
    """Two article files, edited, loaded and undone."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.files: dict[str, State] = {name: {} for name in ARTICLES}
        self.graph: State = {}
        self.loads: list[tuple[Load, dict[str, tuple[str | None, str | None]]]] = []

    @initialize()
    def start(self) -> None:
        self.store: Store = open_store("sqlite:///:memory:")
        registry = Path(self.folder.name) / "registry.yaml"
        registry.write_text(REGISTRY, encoding="utf-8")
        self.runner.run(self.store.prepare())
        self.runner.run(self.loaded(registry))

    async def loaded(self, *files: Path) -> Load | None:
        options = Options(today=TODAY)
        return await commit(self.store, await plan(self.store, [str(file) for file in files], options))

    @rule(name=st.sampled_from(ARTICLES), key=st.sampled_from(sorted(DATES)), month=st.integers(0, 3))
    def edit(self, name: str, key: str, month: int) -> None:
        statement = f"statement:{name}.{key}"
        self.files[name].pop(statement, None)
        if month:
            self.files[name][statement] = DATES[key].format(month)

    @rule(names=st.sets(st.sampled_from(ARTICLES), min_size=1))
    def load(self, names: set[str]) -> None:
        after = {i: d for i, d in self.graph.items() if i.partition(":")[2].partition(".")[0] not in names}
        for name in names:
            after |= {f"article:{name}": "", **self.files[name]}
        made = self.runner.run(self.loaded(*(self.written(name) for name in names)))
        changed = differences(self.graph, after)
        assert (made is None) == (not changed)
        if made is not None:
            self.loads.append((made, changed))
        self.graph = after

    def written(self, name: str) -> Path:
        facts = [FACT.format(key=i.rpartition(".")[2], date=date) for i, date in sorted(self.files[name].items())]
        file = Path(self.folder.name) / f"{name}.yaml"
        file.write_text(HEAD.format(name=name) + ("".join(facts) or "  []\n"), encoding="utf-8")
        return file

    @precondition(lambda self: self.loads)
    @rule(data=st.data(), skip=st.booleans())
    def undo(self, data: st.DataObject, *, skip: bool) -> None:
        made, changed = data.draw(st.sampled_from(self.loads))
        conflicts = self.in_the_way(changed)
        if conflicts and not skip:
            with pytest.raises(UndoConflict) as conflict:
                self.runner.run(undo(self.store, made.id))
            assert {i for i, _ in conflict.value.conflicts} == conflicts
            return
        planned = self.runner.run(undo(self.store, made.id, skip_conflicts=skip))
        before = dict(self.graph)
        for i in self.kept(changed, conflicts):
            self.graph.pop(i, None)
            if (old := changed[i][0]) is not None:
                self.graph[i] = old
        load = self.runner.run(commit(self.store, planned))
        assert (load is None) == (before == self.graph)
        if load is not None:
            self.loads.append((load, differences(before, self.graph)))

    def in_the_way(self, changed: dict[str, tuple[str | None, str | None]]) -> set[str]:
        """What was changed since, articles that other facts still cite, and articles that facts would cite again."""
        found = {i for i, (_, after) in changed.items() if self.graph.get(i) != after}
        for i, (before, _) in changed.items():
            article = f"article:{i.partition(':')[2].partition('.')[0]}"
            if i == article and before is None:
                cited = [s for s in self.graph if s.startswith(f"statement:{i[8:]}.") and s not in changed]
                found |= {i} if cited else set()
            elif i != article and before is not None and article not in self.graph:
                restored = article in changed and changed[article][0] is not None
                found |= set() if restored else {article}
        return found

    def kept(self, changed: dict[str, tuple[str | None, str | None]], conflicts: set[str]) -> set[str]:
        """What an undo still restores when conflicts are left as they are, with what needs them."""
        kept = changed.keys() - conflicts
        for i in sorted(kept):
            article = f"article:{i.partition(':')[2].partition('.')[0]}"
            staying = [s for s in self.graph if s.startswith(f"statement:{article[8:]}.") and s not in kept]
            if i == article and changed[i][0] is None and staying:
                kept = kept - {i}
        return {i for i in kept if changed[i][0] is None or self.article_stays(i, changed, kept)}

    def article_stays(self, i: str, changed: dict[str, tuple[str | None, str | None]], kept: set[str]) -> bool:
        article = f"article:{i.partition(':')[2].partition('.')[0]}"
        return i == article or article in self.graph or (article in kept and changed[article][0] is not None)

    @invariant()
    def the_graph_is_the_model(self) -> None:
        if hasattr(self, "store"):
            assert self.runner.run(self.seen()) == self.graph

    async def seen(self) -> State:
        async with self.store.view() as view:
            statements = {i: msgspec.json.decode(doc)["when"]["edtf"] for i, doc in await view.documents("statement")}
            return statements | {i: "" for i, _ in await view.documents("source")}

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert self.runner.run(self.store.verify()) == ()
            self.runner.run(self.store.close())
        self.runner.close()
        self.folder.cleanup()


AnyOrder.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
test_loads_edits_and_undos_in_any_order = AnyOrder.TestCase
