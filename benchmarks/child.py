"""One engine in a fresh process: build or open it, ask everything, and print times, memory and what was answered.

Run as `python -m benchmarks.child`, with a job as JSON on standard input; the report is JSON on standard output. Fresh
processes keep the engines' memory apart, and no two of them run at the same time.
"""

import asyncio
import gc
import hashlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Literal, TypeVar

import msgspec

from benchmarks.generate import Generated
from benchmarks.measure import Timing, memory_mb, time_each
from benchmarks.peer_connect import Names, PlacesOfPeer
from benchmarks.peers import Networkx, Peer, Rustworkx
from benchmarks.questions import HOPS, LIMIT, Questions, Sets
from benchmarks.world import SIZES, World
from graph.model import Budget, Filters, Node, Tie

T = TypeVar("T")
Engine = Literal["store", "networkx", "rustworkx", "names"]

_BATCH = 50_000
COMPARED = 20  # answers of each kind that are compared between engines
WIDE = Budget(reads=10_000_000, ties=100_000, milliseconds=60_000)


class Job(msgspec.Struct, frozen=True):
    """What a child is to do. started: the parent's clock (seconds since the epoch) when it started the child."""

    engine: Engine
    url: str
    size: str
    seed: int
    questions: Questions
    started: float


class Report(msgspec.Struct):
    """What a child measured: times by question, digests of answers by question, seconds and MiB.

    open_ms: from opening the store to its first answer; start_ms: the same from the start of the process.
    notes: further numbers by name.
    """

    engine: Engine
    times: dict[str, Timing] = {}
    answers: dict[str, list[str]] = {}
    notes: dict[str, float] = {}
    build_seconds: float | None = None
    open_ms: float | None = None
    start_ms: float | None = None
    memory_mb: float = 0.0
    highest_mb: float = 0.0


def digest(ties: Iterable[Tie]) -> str:
    """Return a short hash of ties in their order, so that answers can be compared between processes."""
    return hashlib.sha256("\n".join(tie.id for tie in ties).encode()).hexdigest()[:16]


def run_peer(job: Job) -> Report:
    """Build a peer in memory and ask it everything it can answer."""
    kind: type[Peer] = Networkx if job.engine == "networkx" else Rustworkx
    peer = kind(Filters())
    generated = Generated(World(SIZES[job.size]), job.seed)
    report = Report(job.engine, build_seconds=_fill(peer, generated))
    asked = job.questions
    places = PlacesOfPeer(peer)
    warm = asked.warm_up

    def around(hops: int, node: str) -> list[Tie]:
        return peer.neighbourhood(node, hops, LIMIT)

    def between(sets: Sets, budget: Budget) -> list[Tie]:
        return peer.between(*sets, HOPS, budget)[0]

    plan: dict[str, tuple[Callable[[Any], Any], tuple[Any, ...]]] = {
        "node": (peer.node, asked.nodes),
        "around_1": (lambda node: around(1, node), asked.around),
        "around_2": (lambda node: around(2, node), asked.around),
        "between": (lambda sets: between(sets, Budget()), asked.between),
        "between_wide": (lambda sets: between(sets, WIDE), asked.between),
        "connect": (lambda pair: places.connect(pair, HOPS, Budget()), asked.places),
        "connect_capitals": (lambda pair: places.connect(pair, HOPS, Budget()), asked.capitals),
    }
    for name, (ask, questions) in plan.items():
        for question in questions[:warm]:
            ask(question)
        report.times[name] = time_each(ask, questions[warm:])
    report.memory_mb, report.highest_mb = memory_mb()
    for name in ("around_1", "around_2", "between", "between_wide"):
        ask, questions = plan[name]
        report.answers[name] = [digest(ask(question)) for question in questions[warm : warm + COMPARED]]
    return report


def _fill(peer: Peer, generated: Generated) -> float:
    """Put the whole graph into a peer; return the seconds that the peer itself took."""
    taken = 0.0
    gc.disable()  # nothing here is garbage, and looking for it takes longer each time
    for nodes in _batches(generated.world.nodes()):
        start = time.perf_counter()
        peer.add_nodes(nodes)
        taken += time.perf_counter() - start
    for ties in _batches(generated.ties()):
        start = time.perf_counter()
        peer.add_ties(ties)
        taken += time.perf_counter() - start
    gc.freeze()  # millions of lasting objects: no collection shall walk them again
    gc.enable()
    return taken


def _batches(stream: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(stream, _BATCH)):
        yield batch


def run_names(job: Job) -> Report:
    """Search plain names in memory."""
    nodes: list[Node] = list(World(SIZES[job.size]).nodes())
    start = time.perf_counter()
    names = Names(nodes)
    report = Report(job.engine, build_seconds=time.perf_counter() - start)
    asked, warm = job.questions, job.questions.warm_up
    report.times["search_exact"] = time_each(names.exact, asked.exact[warm:])
    report.times["search_prefix"] = time_each(names.prefix, asked.prefix[warm:])
    report.times["search_typo"] = time_each(names.fuzzy, asked.typo[warm:])
    report.memory_mb, report.highest_mb = memory_mb()
    return report


def main() -> None:
    """Do the job on standard input."""
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    if job.engine == "store":
        from benchmarks.ours import run_store

        report = asyncio.run(run_store(job))
    else:
        report = run_names(job) if job.engine == "names" else run_peer(job)
    sys.stdout.buffer.write(msgspec.json.encode(report))


if __name__ == "__main__":
    main()
