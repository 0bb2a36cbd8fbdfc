"""The store beside its peers: one process for each engine, one after the other, the same questions for all."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import msgspec

from benchmarks.builds import Built, built
from benchmarks.child import Engine, Job, Report
from benchmarks.generate import SEED, Generated
from benchmarks.questions import draw
from benchmarks.world import Size, World

_ENGINES: Final[tuple[Engine, ...]] = ("store", "networkx", "rustworkx", "names")
_QUESTION_SEED: Final = 7
_BLOCK: Final = 2**24


class StoreLevel(msgspec.Struct, frozen=True):
    """What came out at one size: the store's build, and a report by engine.

    agree: questions by kind with (answers equal to the store's, answers compared) over all peers.
    """

    size: Size
    build: Built
    reports: dict[str, Report]
    agree: dict[str, tuple[int, int]]


def run(folder: Path, size: Size, *, peers: bool) -> StoreLevel:
    """Build what is missing and measure. peers: whether the graphs in memory are asked too."""
    known = ready(folder, size)
    questions = draw(Generated(World(size)), _QUESTION_SEED)
    reports: dict[str, Report] = {}
    for engine in _ENGINES if peers else _ENGINES[:1]:
        say(f"asking {engine} at {size.name}")
        if engine == "store":
            _read_ahead(known)
        job = Job(engine, known.url, size.name, SEED, questions, time.time())
        answered = _output("benchmarks.child", (), msgspec.json.encode(job))
        reports[engine] = msgspec.json.decode(answered, type=Report)
    return StoreLevel(size, known, reports, _agreement(reports))


def ready(folder: Path, size: Size) -> Built:
    """Return the store of that size, built in a process of its own when it is not in the cache."""
    known = built(folder, size, SEED)
    if known is None:
        say(f"building {size.nodes:,} nodes and {size.ties:,} ties (kept in {folder})")
        arguments = (str(folder), size.name, str(SEED))
        known = msgspec.json.decode(_output("benchmarks.builds", arguments, b""), type=Built)
    return known


def say(text: str) -> None:
    """Tell the reader what is happening, beside the results."""
    print(f"benchmark: {text}", file=sys.stderr, flush=True)


def _read_ahead(store: Built) -> None:
    """Read the store's file once, so that the operating system has it at hand, as of a service that has been asked."""
    with Path(store.url.removeprefix("sqlite:///")).open("rb", buffering=0) as file:
        while file.read(_BLOCK):
            pass


def _output(module: str, arguments: tuple[str, ...], given: bytes) -> bytes:
    command = (sys.executable, "-m", module, *arguments)
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True).stdout


def _agreement(reports: dict[str, Report]) -> dict[str, tuple[int, int]]:
    ours = reports["store"].answers
    found: dict[str, tuple[int, int]] = {}
    for kind, answers in ours.items():
        others = [report.answers[kind] for report in reports.values() if report.engine != "store" and report.answers]
        equal = sum(a == b for other in others for a, b in zip(answers, other, strict=True))
        found[kind] = (equal, len(answers) * len(others))
    return found
