"""From file to graph and back at the terminal: what is printed, what is written, and how it ends."""

import json
import sqlite3
from pathlib import Path

import pytest
from support.command import DATA, child, jejaring, url
from support.loading import copy_examples, replace

BROKEN = """\
format: jejaring-article/1
source:
  id: article:keliru
  publisher: Harian Keliru
  acessed: 2025-06-01
  url: ftp://example.org/x
curator: editor-a
facts:
  - id: temu
    type: meeting
    sides:
      - [{agency: Teladan, person: sari-contoh}]
      - [{agency: Lembga Konten Sebrang}]
    date: 19 Mei 2025
    locator: paragraf dua
  - id: temu
    type: role
    holder: budi-contoh
    body: kantor-wakil-nusa
    title: {id: Kepala}
    locator: p3
  - id: kunjungan
    type: visit
    guest: {agency: lembaga-konten-seberang}
    modality: hapened
    date: 2025-02-30
    locator: p4
"""


MEETING, MOVED, AGAIN = "date: 2025-05-19", "date: 2025-05-18", "date: 2025-05-17"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small data folder to be changed."""
    return copy_examples(tmp_path)


@pytest.fixture
def store(tmp_path: Path, data: Path) -> str:
    """The address of a graph that holds that folder."""
    address = url(tmp_path / "own.db")
    assert jejaring("load", str(data), "--yes", "--store", address).exit_code == 0
    return address


def facts_of(store: str) -> str:
    """The whole content of a graph."""
    result = jejaring("export", "--store", store)
    assert result.exit_code == 0
    return result.stdout


def test_curated_files_are_sound(loaded: str) -> None:
    result = jejaring("check", str(DATA), "--store", loaded)
    assert (result.exit_code, result.stdout) == (0, "0 galat, 0 peringatan, 0 keterangan.\n")


def test_files_can_be_checked_without_a_graph_and_none_is_made(data: Path, empty: str, tmp_path: Path) -> None:
    assert jejaring("check", str(data), "--store", empty).exit_code == 0
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("lang", "word", "count"),
    [("id", "Kunci `acessed` tidak dikenal.", "galat"), ("en", "The key `acessed` is unknown.", "errors")],
)
def test_a_broken_file_shows_every_mistake_at_its_place(
    data: Path, store: str, lang: str, word: str, count: str
) -> None:
    broken = data / "articles" / "keliru.yaml"
    broken.write_text(BROKEN, encoding="utf-8")
    result = jejaring("check", str(broken), "--lang", lang, "--store", store)
    assert result.exit_code == 1
    found = [line for line in result.stdout.splitlines() if line.startswith(str(broken))]
    assert len(found) >= 10
    assert f"{broken}:5:3 E202 {word} " in result.stdout
    assert f"{len(found)} {count}" in result.stdout.splitlines()[-1]


def test_problems_can_be_read_by_programs(data: Path, store: str) -> None:
    replace(data / "articles" / "first.yaml", "publisher:", "publiser:")
    path = str(data / "articles" / "first.yaml")
    told = json.loads(jejaring("check", path, "--format", "json", "--store", store).stdout)
    assert {problem["code"] for problem in told["problems"]} == {"E201", "E202"}
    annotations = jejaring("check", path, "--format", "github", "--store", store).stdout
    assert annotations.startswith(f"::error file={path},line=")


@pytest.mark.parametrize("command", [("plan",), ("load", "--yes"), ("load", "--dry-run")])
def test_nothing_is_written_when_anything_is_wrong(data: Path, store: str, command: tuple[str, ...]) -> None:
    before = facts_of(store)
    replace(data / "articles" / "first.yaml", "locator: p3", "locator: p3x")
    result = jejaring(*command, str(data), "--store", store)
    assert (result.exit_code, "E210" in result.stdout) == (1, True)
    assert facts_of(store) == before


def test_a_plan_shows_changes_and_answers_and_can_tell_by_its_exit_code(data: Path, store: str) -> None:
    assert jejaring("plan", str(data), "--exit-code", "--store", store).exit_code == 0
    replace(data / "articles" / "first.yaml", MEETING, MOVED)
    result = jejaring("plan", str(data), "--exit-code", "--lang", "en", "--store", store)
    assert result.exit_code == 10
    assert "2025-05-19 -> 2025-05-18" in result.stdout
    assert "0 additions, 1 change, 0 withdrawals." in result.stdout
    assert "Answers that change:" in result.stdout
    assert jejaring("plan", str(data), "--store", store).exit_code == 0


def test_planning_makes_no_graph(data: Path, empty: str, tmp_path: Path) -> None:
    assert jejaring("plan", str(data), "--exit-code", "--store", empty).exit_code == 10
    assert jejaring("load", str(data), "--dry-run", "--store", empty).exit_code == 0
    assert not (tmp_path / "none").exists()


def test_loading_without_anyone_to_ask_needs_a_yes(data: Path, empty: str, tmp_path: Path) -> None:
    result = jejaring("load", str(data), "--lang", "en", "--store", empty)
    assert result.exit_code == 2
    assert result.stderr == "Error: Nobody can be asked here; nothing was written. Add --yes.\n"
    assert not (tmp_path / "none").exists()


def test_loading_twice_changes_nothing(data: Path, empty: str) -> None:
    first = jejaring("load", str(data), "--yes", "--store", empty)
    assert "Termuat: load:" in first.stdout
    second = jejaring("load", str(data), "--yes", "--store", empty)
    assert (second.exit_code, "Termuat" in second.stdout) == (0, False)
    assert len(jejaring("log", "--store", empty).stdout.splitlines()) == 1


def test_a_load_says_who_and_what_for(data: Path, empty: str) -> None:
    jejaring("load", str(data), "--yes", "--editor", "rani", "--message", "lima artikel", "--store", empty)
    assert jejaring("log", "--store", empty).stdout.endswith("rani · lima artikel\n")


def test_a_kept_plan_is_carried_out_later(data: Path, empty: str, tmp_path: Path) -> None:
    kept = tmp_path / "plan.json"
    assert jejaring("plan", str(data), "--out", str(kept), "--store", empty).exit_code == 0
    assert jejaring("load", "--plan", str(kept), "--yes", "--store", empty).exit_code == 0
    assert jejaring("plan", str(data), "--exit-code", "--store", empty).exit_code == 0


def test_a_stale_plan_is_refused_with_code_4(data: Path, store: str, tmp_path: Path) -> None:
    kept, file = tmp_path / "plan.json", data / "articles" / "first.yaml"
    replace(file, MEETING, MOVED)
    jejaring("plan", str(data), "--out", str(kept), "--store", store)
    replace(file, MOVED, AGAIN)
    assert jejaring("load", str(data), "--yes", "--store", store).exit_code == 0
    before = facts_of(store)
    result = jejaring("load", "--plan", str(kept), "--yes", "--store", store)
    assert (result.exit_code, result.stderr.startswith("Galat: ")) == (4, True)
    assert facts_of(store) == before


@pytest.mark.parametrize("text", ["", "{}", "[1]", "not a plan", "\x00"])
def test_what_is_no_plan_is_refused(text: str, empty: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(text)
    result = jejaring("load", "--plan", str(file), "--yes", "--store", empty)
    assert (result.exit_code, "Traceback" in result.output) == (1, False)


def test_a_plan_or_files_not_both_and_not_neither(data: Path, empty: str) -> None:
    for args in ((), (str(data), "--plan", "x.json")):
        assert jejaring("load", *args, "--yes", "--store", empty).exit_code == 2


def test_the_good_files_can_be_loaded_without_the_bad_ones(data: Path, store: str) -> None:
    broken = data / "articles" / "keliru.yaml"
    broken.write_text(BROKEN, encoding="utf-8")
    replace(data / "articles" / "first.yaml", MEETING, MOVED)
    result = jejaring("load", str(data), "--partial", "--yes", "--lang", "en", "--store", store)
    assert result.exit_code == 3
    assert f"Left out, the rest is loaded: {broken}\n" in result.stdout
    assert jejaring("fact", "fact:harian-teladan-2025-05-20.temu", "--format", "json", "--store", store).stdout.count(
        "2025-05-18"
    )


def test_when_no_file_is_good_nothing_is_loaded(data: Path, store: str) -> None:
    broken = data / "articles" / "keliru.yaml"
    broken.write_text(BROKEN, encoding="utf-8")
    before = facts_of(store)
    assert jejaring("load", str(broken), "--partial", "--yes", "--store", store).exit_code == 1
    assert facts_of(store) == before


def test_copied_wording_is_found_beside_the_article_at_hand(data: Path, store: str, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    words = "Pertemuan kedua kota di sela pekan film itu berlangsung hangat dan penuh harapan"
    article.write_text(f"Kata berita: {words} menurut panitia.", encoding="utf-8")
    replace(data / "articles" / "first.yaml", "Temu di sela pekan film.", words + ".")
    path = str(data / "articles" / "first.yaml")
    assert jejaring("check", path, "--store", store).exit_code == 0
    assert jejaring("check", path, "--text", str(article), "--store", store).exit_code == 1
    assert jejaring("check", path, "--text", str(tmp_path / "none.txt"), "--store", store).exit_code == 2


def test_a_withdrawn_article_goes_when_that_is_asked_for(data: Path, store: str) -> None:
    (data / "articles" / "second.yaml").unlink()
    kept = jejaring("plan", str(data), "--exit-code", "--store", store)
    assert (kept.exit_code, "W602" in kept.stdout) == (0, True)
    assert jejaring("plan", str(data), "--exit-code", "--prune", "--store", store).exit_code == 10


def test_undo_restores_and_can_be_undone(data: Path, store: str) -> None:
    before = facts_of(store)
    replace(data / "articles" / "first.yaml", MEETING, MOVED)
    jejaring("load", str(data), "--yes", "--store", store)
    after = facts_of(store)
    assert jejaring("undo", "last", "--yes", "--store", store).exit_code == 0
    assert facts_of(store) == before
    assert jejaring("undo", "last", "--yes", "--store", store).exit_code == 0
    assert facts_of(store) == after != before


def test_undo_of_what_was_changed_since_names_every_conflict(data: Path, store: str) -> None:
    for old, new in ((MEETING, MOVED), (MOVED, AGAIN)):
        replace(data / "articles" / "first.yaml", old, new)
        jejaring("load", str(data), "--yes", "--store", store)
    before = facts_of(store)
    result = jejaring("undo", "2", "--yes", "--store", store)
    assert (result.exit_code, "statement:harian-teladan-2025-05-20.temu" in result.stderr) == (4, True)
    assert facts_of(store) == before
    assert jejaring("undo", "2", "--yes", "--skip-conflicts", "--store", store).exit_code == 0
    assert facts_of(store) == before


def test_undo_needs_a_yes_too_and_a_load_that_exists(store: str) -> None:
    assert jejaring("undo", "1", "--store", store).exit_code == 2
    result = jejaring("undo", "load:none", "--yes", "--store", store)
    assert (result.exit_code, result.stderr) == (1, "Galat: load: tidak ditemukan.\n")


def test_a_graph_that_another_process_writes_ends_with_code_5(data: Path, store: str) -> None:
    replace(data / "articles" / "first.yaml", MEETING, MOVED)
    other = sqlite3.connect(store.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        result = child("load", str(data), "--yes", "--lang", "en", "--store", store)
    finally:
        other.close()
    assert (result.returncode, result.stderr) == (
        5,
        b"Error: Another process is writing to the graph. Try again later.\n",
    )


def test_a_new_article_begins_as_a_file_that_says_what_is_missing(tmp_path: Path) -> None:
    made = child("new", "2026-01-20-kunjungan-kbri", cwd=tmp_path)
    file = tmp_path / "data/articles/2026/2026-01-20-kunjungan-kbri.yaml"
    assert (made.returncode, file.read_text(encoding="utf-8").count("article:kunjungan-kbri-2026-01-20")) == (0, 1)
    checked = child("check", "data", cwd=tmp_path)
    assert checked.returncode == 1
    assert b"data/articles/2026/2026-01-20-kunjungan-kbri.yaml:6:13 E204" in checked.stdout
    assert child("new", "2026-01-20-kunjungan-kbri", cwd=tmp_path).returncode == 1
    assert child("new", "kunjungan", cwd=tmp_path).returncode == 2
    assert child("new", "2026-02-30-kunjungan-kbri", cwd=tmp_path).returncode == 2
    assert len(list((tmp_path / "data/articles/2026").iterdir())) == 1
    assert b"format: jejaring-article/1" in child("template", cwd=tmp_path).stdout


def test_a_filled_in_template_loads(data: Path, store: str) -> None:
    filled = {
        "publisher": "Harian Teladan",
        "published": "2025-06-03",
        "published_text": "Selasa, 3 Juni 2025",
        "url": "https://example.org/3",
        "curator": "editor-a",
        "guest": "{agency: lembaga-konten-seberang}",
        "host": "{agency: pemkot-teladan}",
        "date": "2025-06-02",
    }
    lines = jejaring("template").stdout.replace("\n  # ", "\n  ").splitlines()
    keys = [line.strip().partition(":")[0] for line in lines]
    told = [
        line.partition(":")[0] + f": {filled[key]}" if key in filled else line
        for key, line in zip(keys, lines, strict=True)
    ]
    file = data / "articles" / "third.yaml"
    file.write_text("\n".join(told), encoding="utf-8")
    result = jejaring("load", str(file), "--yes", "--store", store)
    assert (result.exit_code, "Termuat" in result.stdout) == (0, True), result.output


def test_a_decision_about_a_name_is_kept_and_replayed(data: Path, store: str) -> None:
    file = data / "articles" / "first.yaml"
    replace(file, "{agency: pemkot-teladan, person: sari-contoh}", "{agency: Balai Kota, person: sari-contoh}")
    assert jejaring("check", str(data), "--store", store).exit_code == 1
    env = {"JEJARING_DATA": str(data)}
    decide = ("resolve", "Balai", "Kota", "--means", "agency:pemkot-teladan", "--store", store)
    assert jejaring(*decide, env=env).exit_code == 2
    result = jejaring(*decide, "--editor", "editor-a", "--reason", "Sebutan sehari-hari.", env=env)
    assert result.exit_code == 0, result.output
    assert jejaring("check", str(data), "--store", store).exit_code == 0
    wrong = ("resolve", "Balai Kota", "--means", "agency:none", "--editor", "e", "--reason", "r", "--store", store)
    assert jejaring(*wrong, env=env).exit_code == 1


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("KBRI Seoul", 0, "Nama ini berarti:\n  • agency:kbri-seoul: "),
        ("Jakarta", 1, "Nama ini punya beberapa arti; pakai id:\n  • city:jakarta: "),
        ("Kemnekraf", 1, "Nama ini tidak dikenal. Yang paling dekat:\n  • agency:kemenekraf: "),
    ],
)
def test_a_name_is_explained(loaded: str, name: str, code: int, words: str) -> None:
    result = jejaring("resolve", name, "--store", loaded)
    assert (result.exit_code, result.stdout.startswith(words)) == (code, True)
