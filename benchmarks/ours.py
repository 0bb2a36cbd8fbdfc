"""The project's own store in a fresh process: opening, every question, memory, the commit and undo of an article."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final

from benchmarks.builds import created
from benchmarks.child import COMPARED, WIDE, Job, Report, digest
from benchmarks.generate import RETOLD_EVERY, Generated
from benchmarks.measure import memory_mb, time_each_awaited, timing
from benchmarks.questions import HOPS, LIMIT, Pair, Sets
from benchmarks.world import SIZES, World
from graph.connect import connect
from graph.connection import Connection, Question
from graph.model import Budget, Filters, Hit, Neighbourhood, Node, Plan, Source, Statement, Subgraph
from graph.store import GraphReader, Store
from graph.stores import open_store

_COMMITS: Final = 20
# After the first walk a store may read ahead in the background; questions are timed when that is certainly over.
_SETTLED_TIES_PER_SECOND: Final = 250_000
Ask = Callable[[Any], Awaitable[Any]]


async def run_store(job: Job) -> Report:
    """Open the store at a URL and ask it everything; then commit and undo articles that it does not have."""
    report = Report(job.engine)
    start = time.perf_counter()
    store = open_store(job.url)
    async with store.view() as view:
        await view.version()
        report.open_ms = (time.perf_counter() - start) * 1e3
        report.start_ms = (time.time() - job.started) * 1e3
    try:
        async with store.view() as view:
            await _ask(report, job, view)
            report.memory_mb, report.highest_mb = memory_mb()
            await _compare(report, job, view)
        report.times["view"] = await time_each_awaited(lambda _: _open_view(store), range(500))
        await _write(report, job, store)
    finally:
        await store.close()
    return report


async def _open_view(store: Store) -> None:
    async with store.view() as view:
        await view.version()


class _Asking:
    """The questions as the store is asked them."""

    def __init__(self, view: GraphReader) -> None:
        self.view = view

    async def node(self, node_id: str) -> Node:
        return await self.view.node(node_id)

    async def around_1(self, node_id: str) -> Neighbourhood:
        return await self.view.neighbourhood(node_id, 1, Filters(), LIMIT)

    async def around_2(self, node_id: str) -> Neighbourhood:
        return await self.view.neighbourhood(node_id, 2, Filters(), LIMIT)

    async def between(self, sets: Sets) -> Subgraph:
        return await self.view.between(*sets, Filters(), HOPS, Budget())

    async def between_wide(self, sets: Sets) -> Subgraph:
        return await self.view.between(*sets, Filters(), HOPS, WIDE)

    async def connect(self, pair: Pair) -> Connection:
        return await connect(self.view, Question(*pair, max_hops=HOPS), Budget())

    async def search(self, text: str) -> tuple[Hit, ...]:
        return await self.view.find(text)


async def _ask(report: Report, job: Job, view: GraphReader) -> None:
    asked, asking = job.questions, _Asking(view)
    plan: tuple[tuple[str, Ask, tuple[Any, ...]], ...] = (
        ("node", asking.node, asked.nodes),
        ("around_1", asking.around_1, asked.around),
        ("around_2", asking.around_2, asked.around),
        ("between", asking.between, asked.between),
        ("between_wide", asking.between_wide, asked.between),
        ("connect", asking.connect, asked.places),
        ("connect_capitals", asking.connect, asked.capitals),
        ("search_exact", asking.search, asked.exact),
        ("search_prefix", asking.search, asked.prefix),
        ("search_typo", asking.search, asked.typo),
    )
    for name, ask, questions in plan:
        first = await time_each_awaited(ask, questions[: asked.warm_up])
        if name == "between":
            report.times["between_first"] = first
            await asyncio.sleep(SIZES[job.size].ties / _SETTLED_TIES_PER_SECOND)
        report.times[name] = await time_each_awaited(ask, questions[asked.warm_up :])


async def _compare(report: Report, job: Job, view: GraphReader) -> None:
    """Digest the answers that peers can give too, and note how much the budget let the larger questions see."""
    asked, asking = job.questions, _Asking(view)
    compared = slice(asked.warm_up, asked.warm_up + COMPARED)
    report.answers["around_1"] = [digest((await asking.around_1(node)).ties) for node in asked.around[compared]]
    report.answers["around_2"] = [digest((await asking.around_2(node)).ties) for node in asked.around[compared]]
    budgeted = [await asking.between(sets) for sets in asked.between[compared]]
    wide = [await asking.between_wide(sets) for sets in asked.between[compared]]
    report.answers["between"] = [digest(sub.ties) for sub in budgeted]
    report.answers["between_wide"] = [digest(sub.ties) for sub in wide]
    report.notes["between_hops"] = sum(sub.hops for sub in budgeted) / len(budgeted)
    report.notes["between_ties"] = sum(len(sub.ties) for sub in budgeted) / len(budgeted)
    report.notes["between_wide_ties"] = sum(len(sub.ties) for sub in wide) / len(wide)
    report.notes["between_wide_reads"] = sum(sub.reads for sub in wide) / len(wide)
    connected = [await asking.connect(pair) for pair in asked.places[compared]]
    report.notes["connect_hops"] = sum(found.hops_searched for found in connected) / len(connected)
    report.notes["connect_found"] = sum(bool(found.routes) for found in connected) / len(connected)


async def _write(report: Report, job: Job, store: Store) -> None:
    """Commit articles one by one and undo each, so that the graph is left as it was (its history grows)."""
    generated = Generated(World(SIZES[job.size]), job.seed)
    commits, undos = [], []
    async with store.view() as view:
        version = (await view.version()).number
    for number in _further(generated, version):
        source, statements = generated.article(number)
        start = time.perf_counter_ns()
        load = await store.commit(_plan(version, source, statements))
        commits.append(time.perf_counter_ns() - start)
        start = time.perf_counter_ns()
        undo = await store.commit(await store.revert(load.id))
        undos.append(time.perf_counter_ns() - start)
        version = undo.version
    report.times["commit"], report.times["undo"] = timing(commits), timing(undos)


def _further(generated: Generated, version: int) -> Iterator[int]:
    """Yield numbers of articles that no run has committed before: each run moves the version on."""
    first = (generated.articles // RETOLD_EVERY + 1) * RETOLD_EVERY
    for step in range(_COMMITS):
        yield first + (version + step) * RETOLD_EVERY


def _plan(version: int, source: Source, statements: tuple[Statement, ...]) -> Plan:
    changes = (created(source), *(created(statement) for statement in statements))
    return Plan(version, changes, message="benchmark")
