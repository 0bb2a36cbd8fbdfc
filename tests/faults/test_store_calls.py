"""Every single SQL statement of a write or a read fails once: nothing half-written, and the next run succeeds."""

from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from support.graphs import adding, agency, meeting, put, source, statement

from graph.errors import StoreDamaged, StoreFull, StoreUnavailable
from graph.model import Budget, Filters, Plan
from graph.store import FactQuery, NodeQuery
from graph.stores.journal import Entity
from graph.stores.sqlite_store import SqliteStore
from graph.stores.sqlite_view import SqliteView
from graph.vocabulary import Text

FAULTS = (
    (apsw.FullError, StoreFull),
    (apsw.IOError, StoreUnavailable),
    (apsw.BusyError, StoreUnavailable),
    (apsw.CorruptError, StoreDamaged),
)


class NthCall:
    """An SQL trace that lets n - 1 statements run and fails the next one."""

    def __init__(self, n: int, error: type[apsw.Error]) -> None:
        self.left = n
        self.error = error

    def __call__(self, _cursor: object, _sql: str, _values: object) -> bool:
        self.left -= 1
        if self.left == 0:
            raise self.error("made to fail")
        return True


def a_plan() -> Plan:
    """Something of everything: nodes, a retelling, a membership, a withdrawn article, a redirect."""
    return adding(
        source("s"),
        source("t", withdrawn=Text(id="keliru", en="wrong")),
        agency("a", "Alpha Beta", redirects=("agency:old",)),
        agency("b"),
        agency("c"),
        meeting("s.1", "agency:a", "agency:b", date="2025-01-20"),
        meeting("t.1", "agency:a", "agency:b", fact="fact:s.1"),
        statement("s.2", "membership", ["agency:a"], ["agency:c"]),
    )


async def prepared(folder: Path) -> SqliteStore:
    store = SqliteStore(folder / "graph.db")
    await store.prepare()
    return store


async def state(store: SqliteStore) -> tuple[object, ...]:
    async with store.view() as view:
        return await view.version(), await view.summary(), await view.documents("node"), await view.loads()


async def fails_until_it_succeeds(store: SqliteStore, write: Callable[[], object], error: int) -> int:
    """Fail the 1st, 2nd, 3rd ... statement of a write until none is left to fail; return how many there were."""
    raised, expected = FAULTS[error]
    before = await state(store)
    for n in range(1, 10_000):
        await store.prepare()
        assert store._writer is not None
        trace = NthCall(n, raised)
        store._writer.exec_trace = trace
        try:
            await write()  # type: ignore[misc]
        except expected:
            assert await state(store) == before
            continue
        if store._writer is not None:
            store._writer.exec_trace = None
        return n - 1
    raise AssertionError


@pytest.mark.parametrize("error", range(len(FAULTS)))
async def test_a_commit_that_fails_anywhere_leaves_nothing(tmp_path: Path, error: int) -> None:
    store = await prepared(tmp_path)
    plan = a_plan()
    assert await fails_until_it_succeeds(store, lambda: store.commit(plan), error) > 50
    assert await store.verify() == ()
    await store.close()


async def test_an_undo_that_fails_anywhere_leaves_the_graph_as_it_was(tmp_path: Path) -> None:
    store = await prepared(tmp_path)
    load = await store.commit(a_plan())
    back = await store.revert(load.id)
    assert await fails_until_it_succeeds(store, lambda: store.commit(back), 1) > 50
    assert await store.verify() == ()
    await store.close()


async def test_a_filling_that_fails_anywhere_leaves_an_empty_graph(tmp_path: Path) -> None:
    store = await prepared(tmp_path)
    entities: list[Entity] = [
        agency("a", "Alpha Beta"),
        agency("b"),
        source("s"),
        meeting("s.1", "agency:a", "agency:b"),
    ]
    assert await fails_until_it_succeeds(store, lambda: store.fill(entities), 0) > 40
    assert await store.verify() == ()
    await store.close()


READS: dict[str, Callable[[SqliteView], object]] = {
    "node": lambda view: view.node("agency:a"),
    "nodes": lambda view: view.nodes(["agency:a", "agency:b"]),
    "list_nodes": lambda view: view.list_nodes(NodeQuery(kinds=("agency",))),
    "find": lambda view: view.find("alpah"),
    "exact": lambda view: view.exact("alpha beta"),
    "neighbourhood": lambda view: view.neighbourhood("agency:a", 1, Filters(), 1),
    "rings": lambda view: view.neighbourhood("agency:a", 3, Filters(), 10),
    "between": lambda view: view.between(["agency:b"], ["agency:c"], Filters(), 3, Budget(milliseconds=60_000)),
    "facts": lambda view: view.facts(["fact:s.1"], known_as_of=1),
    "fact": lambda view: view.fact("fact:s.1"),
    "list_facts": lambda view: view.list_facts(FactQuery(about=("agency:a",))),
    "source": lambda view: view.source("article:s"),
    "sources": lambda view: view.sources(["article:s"]),
    "list_sources": lambda view: view.list_sources(),
    "summary": lambda view: view.summary(),
    "documents": lambda view: view.documents("node"),
    "document": lambda view: view.document("node", "agency:a"),
    "loads": lambda view: view.loads(),
    "changes": lambda view: view.changes(),
}


@pytest.mark.parametrize("name", READS)
async def test_a_read_that_fails_anywhere_says_so_and_the_next_one_answers(tmp_path: Path, name: str) -> None:
    store = await prepared(tmp_path)
    await store.commit(a_plan())
    async with store.view() as view:
        expected = await READS[name](view)  # type: ignore[misc]
    failed = 0
    for n in range(1, 1000):
        async with store.view() as view:
            view.db.exec_trace = NthCall(n, apsw.IOError)
            try:
                answer = await READS[name](view)  # type: ignore[misc]
            except StoreUnavailable:
                failed += 1
                continue
            finally:
                view.db.exec_trace = None
            assert answer == expected
            break
    assert failed >= 1
    await put(store, agency("d"))
    await store.close()
