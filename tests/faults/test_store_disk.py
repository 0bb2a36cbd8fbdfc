"""No space left: nothing half-written, reading goes on, and writing too once there is space again."""

import subprocess
import sys
from pathlib import Path

from support.repo import ROOT

# The limit holds for a whole process, so each case has its own. The program makes no file larger than the limit.
_CHILD = """
import asyncio, resource, sys
from pathlib import Path
sys.path[:0] = [sys.argv[2], sys.argv[2] + "/tests"]
from support.graphs import actors, adding, agency, put, random_graph
from random import Random
from graph.errors import StoreFull
from graph.stores import open_store

folder = Path(sys.argv[1])
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
limit = lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
largest = lambda: max(file.stat().st_size for file in folder.iterdir())

async def until_full(store):
    for i in range(2000):
        try:
            await put(store, *(agency(f"n{i}-{j}", "Nama panjang " * 9) for j in range(20)))
        except StoreFull:
            return i
    raise SystemExit("never full")

async def main():
    store = open_store(f"sqlite:///{folder / 'graph.db'}")
    await store.prepare()
    await store.commit(adding(*random_graph(Random(1), 12, 30)))
    for room in (0, 5_000, 50_000, 400_000):
        limit(largest() + room)
        done = await until_full(store)
        async with store.view() as view:
            number = (await view.version()).number
            assert (await view.node("agency:b00")).id == "agency:b00"
            assert len(await view.loads(limit=10_000)) == number
        assert await store.verify() == (), "while full"
        limit(hard)
        load = await put(store, agency(f"healed-{room}"))
        assert load.version == number + 1
        assert await store.verify() == (), "healed"
        print("full after", done)
    await store.close()

asyncio.run(main())
"""

_FILL = _CHILD.replace("await store.commit(adding(*random_graph(Random(1), 12, 30)))", "").replace(
    _CHILD[_CHILD.index("    for room in") : _CHILD.index("    await store.close()")],
    """
    for size in (150_000, 250_000, 500_000):
        limit(size)
        try:
            await store.fill(random_graph(Random(1), 200, 1000))
        except StoreFull:
            print("full")
        else:
            raise SystemExit("never full")
        limit(hard)
        assert await store.verify() == (), "while full"
    load = await store.fill(random_graph(Random(1), 200, 1000))
    assert load.version == 1 and await store.verify() == (), "healed"
""",
)


def run(script: str, folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), str(ROOT)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_full_disk_refuses_loads_and_heals(tmp_path: Path) -> None:
    assert len(run(_CHILD, tmp_path)) == 4


def test_a_filling_that_runs_out_of_space_leaves_an_empty_graph(tmp_path: Path) -> None:
    assert run(_FILL, tmp_path) == ["full"] * 3
