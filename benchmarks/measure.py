"""Clocks, percentiles and memory: what every measurement here is made of."""

import gc
import os
import platform
import resource
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec

Q = TypeVar("Q")


class Timing(msgspec.Struct, frozen=True):
    """Times of one kind of question in milliseconds: the median, the 95th percentile, and how many were asked."""

    p50: float
    p95: float
    asked: int


class Machine(msgspec.Struct, frozen=True):
    """What it ran on, and on which Python."""

    system: str
    processor: str
    cores: int
    memory_gb: float
    python: str


def timing(nanoseconds: Sequence[int]) -> Timing:
    """Return the percentiles of single times (nearest rank). Raises ValueError without any."""
    if not nanoseconds:
        raise ValueError("nothing was measured")
    ordered = sorted(nanoseconds)

    def rank(share: float) -> float:
        return ordered[max(0, -(-len(ordered) * int(share * 100) // 100) - 1)] / 1e6

    return Timing(rank(0.50), rank(0.95), len(ordered))


def time_each(ask: Callable[[Q], Any], questions: Iterable[Q]) -> Timing:
    """Ask each question once and return the percentiles. Garbage is collected before, not while."""
    taken = []
    with _no_garbage_collection():
        for question in questions:
            start = time.perf_counter_ns()
            ask(question)
            taken.append(time.perf_counter_ns() - start)
    return timing(taken)


async def time_each_awaited(ask: Callable[[Q], Awaitable[Any]], questions: Iterable[Q]) -> Timing:
    """Do what `time_each` does for coroutine functions."""
    taken = []
    with _no_garbage_collection():
        for question in questions:
            start = time.perf_counter_ns()
            await ask(question)
            taken.append(time.perf_counter_ns() - start)
    return timing(taken)


class _no_garbage_collection:  # noqa: N801 - reads as a phrase where it is used
    """A block in which the collector rests, so that one question does not pay for the waste of others."""

    def __enter__(self) -> None:
        gc.collect()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        gc.enable()


def memory_mb() -> tuple[float, float]:
    """Return the resident memory of this process in MiB, now and at its highest (both the highest if not Linux)."""
    with suppress(OSError):
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        kib = {
            name: int(value.split()[0]) for name, _, value in (line.partition(":") for line in lines) if "kB" in value
        }
        return kib["VmRSS"] / 1024, kib["VmHWM"] / 1024
    unit = 2**20 if sys.platform == "darwin" else 2**10
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return highest, highest


def machine() -> Machine:
    """Describe the machine this runs on."""
    processor = platform.processor() or platform.machine()
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        processor = names[0] if names else processor
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return Machine(platform.system(), processor, os.cpu_count() or 1, round(memory, 1), python)
