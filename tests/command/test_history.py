"""Looking back and keeping the graph at the terminal: loads, verification, export, rebuilding."""

import json
from pathlib import Path

import pytest
from support.command import DATA, jejaring, url


def file_of(store: str) -> Path:
    """The file of an embedded graph."""
    return Path(store.removeprefix("sqlite:///"))


def loads_of(store: str) -> list[dict[str, str]]:
    """The loads of a graph, newest first."""
    found: list[dict[str, str]] = json.loads(jejaring("log", "--format", "json", "--store", store).stdout)
    return found


@pytest.fixture
def thrice(own: str) -> str:
    """A graph with three loads: the articles, their undoing, and the undoing of that."""
    for _ in range(2):
        assert jejaring("undo", "last", "--yes", "--store", own).exit_code == 0
    return own


def test_the_log_lists_loads_newest_first(thrice: str) -> None:
    result = jejaring("log", "--lang", "en", "--store", thrice)
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "undoes load:" in lines[0]
    assert jejaring("log", "--limit", "1", "--before", "3", "--store", thrice).stdout.split()[0] == "2"


def test_an_empty_log_says_so(empty: str) -> None:
    result = jejaring("log", "--store", empty)
    assert (result.exit_code, result.stdout) == (5, "")


def test_a_load_is_shown_by_id_beginning_version_or_last(thrice: str) -> None:
    newest = loads_of(thrice)[0]["id"]
    shown = jejaring("show", newest, "--store", thrice)
    assert shown.stdout.startswith(f"Muatan: {newest}\nVersi: 3\n")
    for name in ("last", "3", newest[:14], newest.removeprefix("load:")[:10]):
        assert jejaring("show", name, "--store", thrice).stdout == shown.stdout


def test_a_load_shows_all_it_changed(loaded: str) -> None:
    told = json.loads(jejaring("show", "1", "--format", "json", "--store", loaded).stdout)
    lines = jejaring("show", "1", "--lang", "en", "--store", loaded).stdout.splitlines()
    assert f"Additions ({len(told['entries'])})" in lines
    assert len([line for line in lines if line.startswith("  + ")]) == len(told["entries"])


@pytest.mark.parametrize("name", ["99", "load:zzz", "zzz", "0"])
def test_a_load_that_is_not_there_is_not_found(loaded: str, name: str) -> None:
    result = jejaring("show", name, "--lang", "en", "--store", loaded)
    assert (result.exit_code, result.stderr) == (1, "Error: load: not found.\n")


def test_the_beginning_of_several_ids_is_asked_back(thrice: str) -> None:
    result = jejaring("undo", "load:", "--yes", "--store", thrice)
    assert result.exit_code == 1
    assert all(load["id"] in result.stderr for load in loads_of(thrice))


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("agency:ke-jkt", "KE JKT"),
        ("fact:ke-jkt-asi-2025-10-15.moc", "ASI"),
        ("article:sinpo-2025-05-27", "article:sinpo-2025-05-27"),
    ],
)
def test_other_things_are_shown_by_their_id(loaded: str, id: str, words: str) -> None:
    result = jejaring("show", id, "--store", loaded)
    assert (result.exit_code, words in result.stdout) == (0, True)


def test_a_whole_graph_is_verified_with_its_hash(thrice: str) -> None:
    newest = loads_of(thrice)[0]
    result = jejaring("verify", "--lang", "en", "--store", thrice)
    assert (result.exit_code, result.stdout) == (
        0,
        f"Whole: 3 loads, {newest['facts']} facts, content hash {newest['content']}.\n",
    )


def test_a_damaged_graph_is_found_and_rebuilt_with_the_same_content(own: str) -> None:
    content = loads_of(own)[0]["content"]
    file = file_of(own)
    data = bytearray(file.read_bytes())
    data[8192:24576] = bytes(16384)
    file.write_bytes(data)
    assert jejaring("verify", "--store", own).exit_code in (1, 5)
    assert jejaring("rebuild", str(DATA), "--store", own).exit_code == 2
    result = jejaring("rebuild", str(DATA), "--yes", "--store", own)
    assert (result.exit_code, content in result.stdout) == (0, True), result.output
    assert jejaring("verify", "--store", own).exit_code == 0
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]


def test_a_rebuilt_graph_is_the_one_that_grew(own: str, empty: str) -> None:
    result = jejaring("rebuild", str(DATA), "--store", empty)
    assert (result.exit_code, loads_of(own)[0]["content"] in result.stdout) == (0, True)
    assert jejaring("export", "--store", empty).stdout == jejaring("export", "--store", own).stdout


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "its history of 2 loads did not come along"), ("id", "riwayat 2 muatan tidak ikut")]
)
def test_rebuilding_in_place_says_how_much_history_is_left_behind(own: str, lang: str, told: str) -> None:
    assert jejaring("undo", "last", "--yes", "--store", own).exit_code == 0
    result = jejaring("rebuild", str(DATA), "--yes", "--store", own, "--lang", lang)
    assert (result.exit_code, told in result.stderr) == (0, True)
    assert len(loads_of(own)) == 1


def test_rebuilding_from_broken_files_leaves_the_old_graph(own: str, tmp_path: Path) -> None:
    before = jejaring("export", "--store", own).stdout
    (tmp_path / "bad.yaml").write_text("format: nothing", encoding="utf-8")
    assert jejaring("rebuild", str(tmp_path / "bad.yaml"), "--yes", "--store", own).exit_code == 1
    assert jejaring("export", "--store", own).stdout == before


def test_an_export_is_the_same_on_screen_and_in_a_file(loaded: str, tmp_path: Path) -> None:
    file = tmp_path / "graph.jsonl"
    result = jejaring("export", "--out", str(file), "--lang", "en", "--store", loaded)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert (result.stdout, result.stderr) == ("", f"{len(lines)} lines written to {file}.\n")
    assert jejaring("export", "--store", loaded).stdout.splitlines() == lines
    assert all(set(json.loads(line)) == {"kind", "entity"} for line in lines)


def test_an_export_that_cannot_be_written_leaves_nothing(loaded: str, tmp_path: Path) -> None:
    result = jejaring("export", "--out", str(tmp_path / "none" / "graph.jsonl"), "--store", loaded)
    assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_compares_graph_and_files(own: str, tmp_path: Path) -> None:
    env = {"JEJARING_DATA": str(DATA)}
    healthy = jejaring("doctor", "--lang", "en", "--store", own, env=env)
    assert (healthy.exit_code, healthy.stdout.count("✓")) == (0, 3)
    jejaring("undo", "last", "--yes", "--store", own)
    behind = jejaring("doctor", str(DATA), "--lang", "en", "--store", own)
    assert (behind.exit_code, "! The graph lags behind the files" in behind.stdout) == (0, True)
    (tmp_path / "bad.yaml").write_text("format: nothing", encoding="utf-8")
    assert jejaring("doctor", str(tmp_path / "bad.yaml"), "--store", own).exit_code == 1


def test_a_file_that_is_no_graph_is_refused_with_code_5(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("These are notes, not a graph. " * 100)
    for command in (("log",), ("verify",), ("ask", "x"), ("plan", str(DATA))):
        result = jejaring(*command, "--store", url(file))
        assert (result.exit_code, "Traceback" in result.output) == (5, False)
