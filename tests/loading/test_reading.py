"""Files as they come: every value keeps its place and its text; hostile files end in one clear message."""

import os
import resource
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from loaders.checked import check, latest_day
from loaders.files import MAX_BYTES
from loaders.problem import At, Problem, Problems
from loaders.read_lines import read_lines
from loaders.read_yaml import read_yaml
from loaders.tree import Hole, Item, Scalar, Series, Table

HEAD = "format: jejaring-article/1\nsource: {id: article:x, publisher: X}\ncurator: e\n"


def read(text: str) -> tuple[Item | None, tuple[Problem, ...]]:
    found = Problems()
    return read_yaml(text, "f.yaml", found), found.sorted()


def written(file: Path, content: bytes) -> str:
    file.write_bytes(content)
    return str(file)


async def problems_of(file: str) -> list[tuple[str, int, int]]:
    return [(p.code, p.at.line, p.at.column) for p in (await check([file])).problems]


def test_every_scalar_is_the_text_that_was_typed() -> None:
    tree, _ = read("[no, 1_000, 0x1F, 2025-05-27, 1e3, ~, 'x', 12:30:45, .nan]")
    assert isinstance(tree, Series)
    texts = [item.text for item in tree.items if isinstance(item, Scalar)]
    assert texts == ["no", "1_000", "0x1F", "2025-05-27", "1e3", "~", "x", "12:30:45", ".nan"]


def test_every_value_knows_its_line_and_column_in_characters() -> None:
    tree, _ = read("a:\n  - {é: 'ü', b: c}\n")
    assert isinstance(tree, Table)
    inner = tree.entries["a"].item
    assert isinstance(inner, Series)
    table = inner.items[0]
    assert isinstance(table, Table)
    assert table.at == At("f.yaml", 2, 5)
    assert table.entries["b"].at == At("f.yaml", 2, 14)
    assert table.entries["b"].item.at == At("f.yaml", 2, 17)


def test_several_structural_mistakes_are_all_found() -> None:
    tree, problems = read("a: &x 1\nb: *x\nc: !!int 3\na: 2\n<<: {}\n? [k]\n: v\n")
    assert [p.code for p in problems] == ["E108", "E108", "E109", "E110", "E111", "E116"]
    assert isinstance(tree, Table)
    assert isinstance(tree.entries["b"].item, Hole)


def test_an_alias_bomb_never_unfolds() -> None:
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 60)]
    started = time.perf_counter()
    _, problems = read("\n".join(lines))
    assert {p.code for p in problems} == {"E108"}
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 50_000, "- " * 100_000 + "x", "? " * 50_000])
def test_deep_nesting_is_refused_and_does_not_crash(text: str) -> None:
    _, problems = read(text)
    assert [p.code for p in problems] == ["E113"]


def test_too_many_values_are_refused() -> None:
    _, problems = read("[" + "x," * 500_000 + "]")
    assert [p.code for p in problems] == ["E113"]


async def test_a_gigabyte_in_one_line_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    with file.open("wb") as stream:
        stream.write(b"a: ")
        stream.truncate(1 << 30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    problems = (await check([str(file)])).problems
    assert [p.code for p in problems] == ["E102"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * MAX_BYTES // 1024


async def test_a_huge_scalar_is_too_long_a_text(tmp_path: Path) -> None:
    content = HEAD.replace("X}", "X" * 1_000_000 + "}") + "facts: []\n"
    assert await problems_of(written(tmp_path / "a.yaml", content.encode())) == [("E205", 2, 36)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: caf\xe9\n", ("E103", 1, 7)),
        ("é\nü: ".encode() + b"\xff", ("E103", 2, 4)),
        (b"a: x\x00y\n", ("E104", 1, 5)),
        (b"a: 1\nb: \x1b[2J\n", ("E104", 2, 4)),
        ("format: x".encode("utf-16"), ("E105", 1, 1)),
        (b"\xef\xbb\xbfformat: x\n", ("E105", 1, 1)),
        (b"a:\n\tb: 1\n", ("E106", 2, 1)),
        (b"a:\n  \tb: 1\n", ("E106", 2, 3)),
        (b"a: b: c\n", ("E107", 1, 5)),
        (b"a: 'never closed\nb: 1\n", ("E107", 1, 4)),
        (b"a: [1, 2\nb: 3\n", ("E107", 1, 4)),
        (b"a: @x\n", ("E107", 1, 4)),
        (b"", ("E114", 1, 1)),
        (b"a: 1\n---\nb: 2\n", ("E112", 2, 1)),
        (b"- a\n", ("E203", 1, 1)),
        (b"format: jejaring-artcle/1\n", ("E115", 1, 9)),
    ],
)
async def test_a_bad_file_has_one_message_with_its_place(
    content: bytes, expected: tuple[str, int, int], tmp_path: Path
) -> None:
    assert await problems_of(written(tmp_path / "a.yaml", content)) == [expected]


async def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "a.yaml"
    os.mkfifo(pipe)
    assert [p.code for p in (await check([str(pipe)])).problems] == ["E101"]


async def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(HEAD + "facts: []\n")
    assert (await check([str(file), str(tmp_path)])).problems == ()


async def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + "facts: []\n")
    (tmp_path / ".a.yaml.swp.yaml").write_bytes(b"\x00")
    assert (await check([str(tmp_path)])).problems == ()


def test_a_broken_json_line_is_named_and_the_others_are_read() -> None:
    found = Problems()
    text = '{"a": 1}\n{"a": \n\n{"a": 1, "a": 2}\n' + '{"a":' * 100_000 + "\n[true, null, 1.50]\n"
    items = list(read_lines(text, "d.jsonl", found))
    assert [(p.code, p.at.line) for p in found.sorted()] == [("E117", 2), ("E110", 4), ("E113", 5)]
    assert isinstance(items[0], Table)
    assert items[0].text("a") == "1"
    assert isinstance(items[1], Series)
    assert [item.text for item in items[1].items if isinstance(item, Scalar)] == ["true", "", "1.50"]


@pytest.mark.parametrize("name", ["there-is-none.yaml", "nul\x00name.yaml", "n" * 5000])
async def test_a_file_that_cannot_be_opened_is_named(name: str, tmp_path: Path) -> None:
    assert await problems_of(str(tmp_path / name)) == [("E101", 1, 1)]


@pytest.mark.parametrize(("hour", "day"), [(12, "2026-11-22"), (14, "2026-11-22"), (15, "2026-11-23")])
def test_a_new_day_begins_where_it_begins_in_indonesia(hour: int, day: str) -> None:
    assert latest_day(datetime(2026, 11, 22, hour, tzinfo=UTC)) == day
