"""A file that is damaged, cut short, foreign or missing is refused or found out, never half-believed."""

import asyncio
import shutil
from pathlib import Path
from random import Random

import apsw
import pytest
from support.graphs import adding, agency, meeting, put, random_graph, source

from graph.errors import NoGraph, StoreDamaged, StoreUnavailable
from graph.model import Filters
from graph.store import FactQuery, Store
from graph.stores import open_store
from graph.stores.sqlite_connections import open_connection
from graph.stores.sqlite_schema import APPLICATION_ID
from graph.vocabulary import Text

FLIPS = 60
CUTS = 15


def at(path: Path) -> Store:
    return open_store(f"sqlite:///{path}")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph file with some history, closed."""
    path = tmp_path_factory.mktemp("whole") / "graph.db"

    async def make() -> None:
        store = at(path)
        await store.prepare()
        await store.commit(adding(*random_graph(Random(4), nodes=20, statements=60)))
        await put(store, agency("b00", "Renamed"), source("s1", withdrawn=Text(id="keliru", en="wrong")))
        await store.close()

    asyncio.run(make())
    return path


async def everything(store: Store) -> tuple[object, ...]:
    """Every answer that a damaged page could spoil."""
    async with store.view() as view:
        return (
            [await view.documents(kind) for kind in ("node", "source", "statement")],
            await view.list_facts(FactQuery(), limit=1000),
            await view.facts([f"fact:s0.k{i}" for i in range(60)], known_as_of=1),
            [await view.neighbourhood(f"agency:b{i:02d}", 2, Filters(), 100) for i in (0, 1, 2)],
            await view.find("renamed"),
            await view.find("agncy"),
            await view.changes(),
            await view.summary(),
        )


async def found_out(path: Path, healthy: tuple[object, ...]) -> bool:
    """Whether a damaged file is refused or listed by verify; if neither, all its answers must be the right ones."""
    store = at(path)
    try:
        findings = await store.verify()
        if findings:
            return True
        assert await everything(store) == healthy
    except (StoreDamaged, StoreUnavailable):
        return True
    finally:
        await store.close()
    return False


def flip_a_bit(whole: Path, copy: Path, rng: Random) -> None:
    data = bytearray(whole.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    copy.write_bytes(data)


def size_of(path: Path) -> int:
    return path.stat().st_size


def cut(whole: Path, copy: Path, length: int) -> None:
    copy.write_bytes(whole.read_bytes()[:length])


async def test_flipped_bytes_are_found_out_or_change_nothing(whole: Path, tmp_path: Path) -> None:
    rng = Random(1)
    store = at(whole)
    healthy = await everything(store)
    await store.close()
    noticed = 0
    for flip in range(FLIPS):
        copy = tmp_path / f"{flip}.db"
        flip_a_bit(whole, copy, rng)
        noticed += await found_out(copy, healthy)
    assert noticed > FLIPS // 4


async def test_a_file_cut_short_is_refused(whole: Path, tmp_path: Path) -> None:
    rng = Random(2)
    for length in [1, 50, 99, 100, 511, *(rng.randrange(1, size_of(whole)) for _ in range(CUTS))]:
        copy = tmp_path / f"{length}.db"
        cut(whole, copy, length)
        store = at(copy)
        with pytest.raises(StoreDamaged) as damaged:
            await everything(store)
        for text in (damaged.value.text.id, damaged.value.text.en):
            assert "\n" not in text
        await store.close()


@pytest.mark.parametrize(
    "content", [b"hello world, this is no graph" * 40, b"\0" * 4096, b"SQLite format 3\0" + b"\xff" * 4096]
)
async def test_another_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "graph.db"
    path.write_bytes(content)
    store = at(path)
    for attempt in (store.prepare, lambda: everything(store), lambda: store.commit(adding(agency("a")))):
        with pytest.raises(StoreDamaged):
            await attempt()
    await store.close()
    assert path.read_bytes() == content


async def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE node (id); INSERT INTO node VALUES ('theirs')")
    other.close()
    content = path.read_bytes()
    store = at(path)
    for attempt in (store.prepare, lambda: everything(store)):
        with pytest.raises(StoreDamaged):
            await attempt()
    await store.close()
    assert path.read_bytes() == content


async def test_a_file_of_another_schema_version_is_refused_with_what_to_do(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    shutil.copy(whole, path)
    other = apsw.Connection(str(path))
    other.pragma("user_version", 999)
    assert other.pragma("application_id") == APPLICATION_ID
    other.close()
    store = at(path)
    with pytest.raises(StoreDamaged) as damaged:
        await everything(store)
    assert "jejaring rebuild" in damaged.value.text.id
    await store.close()


async def test_a_missing_file_and_an_empty_one_say_to_load_first(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    for name in ("none.db", "empty.db"):
        store = at(tmp_path / name)
        with pytest.raises(NoGraph):
            await everything(store)
        await store.close()
    assert not (tmp_path / "none.db").exists()


async def test_a_folder_and_a_place_that_cannot_be_are_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path, tmp_path / "file" / "graph.db"):
        store = at(path)
        with pytest.raises(StoreUnavailable):
            await store.prepare()
        with pytest.raises(StoreUnavailable):
            await everything(store)
        await store.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE node_doc SET doc = replace(doc, 'b01', 'b99') WHERE pk = 2",
        "UPDATE statement SET doc = '{' WHERE pk = 1",
        "UPDATE fact_doc SET doc = json_set(doc, '$.voices', 99) WHERE pk = 1",
        "UPDATE fact SET low = low + 1 WHERE pk = 1",
        "DELETE FROM fact_doc WHERE pk = 1",
        "DELETE FROM adj WHERE n = 1 AND dir = 0",
        "UPDATE adj SET voices = 9 WHERE n = 1",
        "UPDATE adj SET far = far || 'x' WHERE n = 1",
        "UPDATE adj SET nbr = 1 WHERE n = 2",
        "INSERT INTO adj SELECT n, type, neg_high, far, 'x', 0, nbr, dir, low, 0, 1, 0, 1 FROM adj LIMIT 1",
        "UPDATE degree SET ties = ties + 1 WHERE n = 1",
        "UPDATE near SET codes = x'00' WHERE n = 1",
        "DELETE FROM near WHERE n = 1",
        "UPDATE degree SET roster = roster + 1 WHERE n = 1",
        "DELETE FROM participant WHERE fact = 1",
        "UPDATE participant SET takes_part = 0 WHERE fact = 1",
        "DELETE FROM name WHERE node = 1",
        "DELETE FROM word WHERE name = 2",
        "DELETE FROM gram WHERE word = 'renamed'",
        "INSERT INTO redirect VALUES ('agency:old', 1)",
        "UPDATE node_doc SET home = 'city:x' WHERE pk = 1",
        "UPDATE source SET withdrawn = 1 WHERE pk = 1",
        "DELETE FROM revision WHERE version = 2",
        "UPDATE revision SET before = NULL WHERE version = 2",
        "DELETE FROM load WHERE version = 1",
        "UPDATE load SET doc = replace(doc, '\"added\":', '\"added\":1') WHERE version = 1",
        "UPDATE meta SET value = 5 WHERE name = 'version'",
        "UPDATE meta SET value = printf('%064x', 1) WHERE name = 'content'",
        "UPDATE meta SET value = 3 WHERE name = 'facts'",
        "UPDATE tally SET n = n + 1 WHERE what = 'tie'",
        "DELETE FROM adj_past",
        "UPDATE fact_past SET closed = closed + 1",
        "DELETE FROM node WHERE pk = 1",
        "DELETE FROM source WHERE pk = 1",
        "DROP TABLE gram",
        "DROP INDEX statement_fact",
    ],
)
async def test_verify_finds_every_kind_of_inconsistency(whole: Path, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "graph.db"
    shutil.copy(whole, path)
    db = open_connection(path, apsw.SQLITE_OPEN_READWRITE, -1000)
    before = db.total_changes()
    db.execute(damage)
    assert db.total_changes() > before or damage.startswith("DROP")
    db.close()
    store = at(path)
    assert await store.verify() != ()
    await store.close()


async def test_a_log_cut_short_leaves_a_whole_graph_of_an_earlier_load(tmp_path: Path) -> None:
    store = at(tmp_path / "graph.db")
    await store.prepare()
    for i in range(6):
        await put(store, source("s"), agency("a"), agency(f"n{i}"), meeting(f"s.{i}", "agency:a", f"agency:n{i}"))
    log = (tmp_path / "graph.db-wal").read_bytes()
    for kept in range(0, len(log), len(log) // 12):
        folder = tmp_path / f"cut{kept}"
        folder.mkdir()
        shutil.copy(tmp_path / "graph.db", folder)
        (folder / "graph.db-wal").write_bytes(log[:kept])
        other = at(folder / "graph.db")
        await other.prepare()
        assert await other.verify() == ()
        await other.close()
    await store.close()


def empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


async def test_a_graph_put_in_place_of_another_is_the_one_that_is_read(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    store = at(path)
    await store.prepare()
    await put(store, agency("old"))
    async with store.view() as view:
        assert (await view.version()).number == 1
    empty(tmp_path)
    with pytest.raises(NoGraph):
        async with store.view():
            pass
    shutil.copy(whole, path)
    async with store.view() as view:
        assert (await view.version()).number == 2
    assert (await put(store, agency("new"))).version == 3
    assert await store.verify() == ()
    await store.close()
