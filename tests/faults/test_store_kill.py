"""A loader killed at random moments: what it was told is done is whole, all else is absent, and the graph opens."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import IO

import pytest
from support.graphs import agency, put

from graph.store import Store
from graph.stores import open_store

SCRIPT = Path(__file__).resolve().parents[1] / "support" / "killable.py"
KILLS = 100


class Loader:
    """The forking loader of `support/killable.py`."""

    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(SCRIPT), url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def kill_one(self, mode: str, seed: int, after: float) -> list[list[str]]:
        """Start one child, kill it after so many seconds, and return the loads it was told are done."""
        stdin, stdout = pipe(self.process.stdin), pipe(self.process.stdout)
        stdin.write(f"{mode} {seed}\n")
        stdin.flush()
        pid = int(stdout.readline().split()[1])
        time.sleep(after)
        with suppress(ProcessLookupError):  # a filling may be done by then
            os.kill(pid, signal.SIGKILL)
        loads: list[list[str]] = []
        while (words := stdout.readline().split())[0] == "load":
            loads.append(words[1:])
        assert words in (["end", "-9"], ["end", "0"])
        return loads

    def close(self) -> None:
        pipe(self.process.stdin).close()
        pipe(self.process.stdout).close()
        self.process.wait()


def pipe(end: IO[str] | None) -> IO[str]:
    assert end is not None
    return end


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'graph.db'}"


@pytest.fixture
def loader(url: str) -> Iterator[Loader]:
    started = Loader(url)
    yield started
    started.close()


@pytest.mark.slow
async def test_a_hundred_kills_lose_nothing_and_leave_nothing_partial(
    url: str, loader: Loader, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = Random(2026)
    acknowledged: dict[str, str] = {}
    partial = 0
    for round_ in range(KILLS):
        acknowledged |= dict(loader.kill_one("commit", round_, after=rng.uniform(0.001, 0.08)))
        store = open_store(url)
        await store.prepare()
        partial += bool(await store.verify())
        await store.close()
    store = open_store(url)
    kept = await loads_of(store)
    lost = [load for load, content in acknowledged.items() if kept.get(load) != content]
    await put(store, agency("after-all"))
    await store.close()
    with capsys.disabled():
        sys.stdout.write(f"\n{KILLS} kills: acknowledged/lost/partial = {len(acknowledged)}/{len(lost)}/{partial}\n")
    assert len(acknowledged) > KILLS
    assert (lost, partial) == ([], 0)
    assert len(kept) <= len(acknowledged) + KILLS + 1


def remove(url: str) -> None:
    """Delete a graph that is not open."""
    Path(url.removeprefix("sqlite:///")).unlink()


async def loads_of(store: Store) -> dict[str, str]:
    """The content hash that each load of the journal left behind."""
    async with store.view() as view:
        return {load.id: load.content for load in await view.loads(limit=1_000_000)}


@pytest.mark.slow
async def test_a_filling_that_is_killed_leaves_an_empty_graph_that_can_be_filled(url: str, loader: Loader) -> None:
    rng = Random(7)
    killed = 0
    for round_ in range(8):
        done = loader.kill_one("fill", round_, after=rng.uniform(0.02, 0.4))
        store = open_store(url)
        await store.prepare()
        assert await store.verify() == ()
        assert sorted(await loads_of(store)) == sorted(load for load, _ in done)
        await store.close()
        killed += not done
        if done:
            remove(url)
    assert killed >= 3
    store = open_store(url)
    await store.prepare()
    assert (await store.fill([agency("a")])).added == 1
    assert await store.verify() == ()
    await store.close()
