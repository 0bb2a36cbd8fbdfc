"""Two writers on one graph: one after the other, or refused in time; nothing twice."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest
from support.graphs import adding, agency, put
from support.repo import ROOT

from graph.errors import StoreUnavailable
from graph.stores import open_store
from graph.stores.sqlite_connections import open_connection
from graph.stores.sqlite_store import SqliteStore

_CHILD = """
import asyncio, sys
sys.path[:0] = [sys.argv[3], sys.argv[3] + "/tests"]
from support.graphs import adding, agency, put
from graph.errors import Stale
from graph.stores import open_store

async def main():
    store = open_store(sys.argv[1])
    await store.prepare()
    both = 0
    for i in range(15):
        await store.commit(adding(agency(f"{sys.argv[2]}-{i}")))
        await store.commit(adding(agency(f"both-{i}")))
        try:
            await put(store, agency("counter", f"{sys.argv[2]} {i}"))
        except Stale:
            both += 1
    await store.close()

asyncio.run(main())
"""


async def test_two_programs_write_the_same_graph_in_turns(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'graph.db'}"
    arguments = [[sys.executable, "-c", _CHILD, url, name, str(ROOT)] for name in ("left", "right")]
    children = [await asyncio.create_subprocess_exec(*each, stderr=subprocess.PIPE) for each in arguments]
    errors = [(await child.communicate())[1] for child in children]
    assert errors == [b"", b""]
    store = open_store(url)
    async with store.view() as view:
        loads = await view.loads(limit=1000)
        nodes = {entity_id for entity_id, _ in await view.documents("node")}
    expected = {f"agency:{name}-{i}" for name in ("left", "right", "both") for i in range(15)}
    assert nodes == expected | {"agency:counter"}
    assert sum(load.added for load in loads) == len(nodes)
    assert [load.version for load in loads] == list(range(len(loads), 0, -1))
    assert await store.verify() == ()
    await store.close()


async def test_a_writer_that_does_not_finish_is_not_waited_for_without_end(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    store = SqliteStore(path, patience=0.3)
    await store.prepare()
    other = open_connection(path, apsw.SQLITE_OPEN_READWRITE, -1000)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(StoreUnavailable) as busy:
        await store.commit(adding(agency("a")))
    assert time.monotonic() - began < 2
    assert busy.value.text.id
    async with store.view() as view:
        assert (await view.version()).number == 0
    other.execute("ROLLBACK")
    other.close()
    assert (await put(store, agency("a"))).version == 1
    await store.close()


async def test_waiting_for_another_writer_does_not_hold_up_readers(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    store = SqliteStore(path, patience=1)
    await store.prepare()
    await put(store, agency("a"))
    other = open_connection(path, apsw.SQLITE_OPEN_READWRITE, -1000)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(store.commit(adding(agency("b"))))
    await asyncio.sleep(0.05)
    for _ in range(20):
        async with store.view() as view:
            assert (await view.node("agency:a")).id == "agency:a"
    assert not waiting.done()
    other.execute("ROLLBACK")
    other.close()
    assert (await waiting).version == 2
    await store.close()


async def test_more_readers_than_places_are_told_to_come_back(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graph.db", patience=0.1)
    await store.prepare()
    leave = asyncio.Event()

    async def stay() -> bool:
        try:
            async with store.view():
                await leave.wait()
        except StoreUnavailable:
            return False
        return True

    readers = [asyncio.create_task(stay()) for _ in range(40)]
    await asyncio.sleep(0.4)
    leave.set()
    served = sum(await asyncio.gather(*readers))
    assert served == 32
    async with store.view() as view:
        assert (await view.version()).number == 0
    await store.close()
