"""At a real terminal: a person is asked, lines are wrapped and coloured, long work shows that it goes on."""

import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.command import DATA, JAKARTA_KOREA, clean_environment, command, jejaring
from support.loading import copy_examples
from support.repo import ROOT

SLOW = """
import sys, time
from app.show.terminal import Terminal
from graph.vocabulary import Text
with Terminal("en").progress(Text(id="Bekerja", en="Working")):
    time.sleep(float(sys.argv[1]))
"""


def at_terminal(words: list[str], typed: bytes = b"", env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run something at a terminal of 60 columns where a person types this; its exit code and what the screen got."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        words,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env=clean_environment(TERM="xterm-256color", COLUMNS="60", **(env or {})),
    )
    os.close(theirs)
    os.write(ours, typed)
    screen = b""
    with process:
        while chunk := _read(ours):
            screen += chunk
    os.close(ours)
    return process.returncode, screen.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux says so when the last process has left a terminal
        return b""


@pytest.fixture
def load(tmp_path: Path, empty: str) -> list[str]:
    """The words of a load that asks first."""
    return command("load", str(copy_examples(tmp_path)), "--store", empty)


@pytest.mark.parametrize("yes", [b"ya\n", b"y\n", b"YES\n"])
def test_a_person_who_says_yes_gets_it_loaded(load: list[str], empty: str, yes: bytes) -> None:
    code, screen = at_terminal(load, yes)
    assert (code, "Muat? [ya/tidak]: " in screen) == (0, True)
    assert len(jejaring("log", "--store", empty).stdout.splitlines()) == 1


@pytest.mark.parametrize(("typed", "code"), [(b"\n", 1), (b"no\n", 1), (b"maybe\n", 1), (b"\x04", 130)])
def test_anything_else_than_yes_writes_nothing(load: list[str], tmp_path: Path, typed: bytes, code: int) -> None:
    ended, screen = at_terminal(load, typed, {"JEJARING_LANG": "en"})
    assert (ended, "Traceback" in screen) == (code, False)
    assert "Load this? [yes/no]: " in screen
    assert not (tmp_path / "none").exists()


def test_an_undoing_asks_whether_to_undo(own: str) -> None:
    _, screen = at_terminal(command("undo", "last", "--store", own), b"no\n")
    assert "Batalkan muatan ini? [ya/tidak]: " in screen


@pytest.mark.parametrize(
    ("lang", "asked"),
    [("en", "its history of 1 load will not come along. Go on?"), ("id", "riwayat 1 muatan tidak ikut. Lanjutkan?")],
)
def test_rebuilding_in_place_asks_first_and_says_what_is_lost(own: str, lang: str, asked: str) -> None:
    code, screen = at_terminal(command("rebuild", str(DATA), "--store", own, "--lang", lang), b"no\n")
    assert (code, asked in " ".join(screen.split())) == (1, True), screen
    assert jejaring("log", "--store", own).exit_code == 0


def test_lines_are_wrapped_and_coloured_on_a_screen(loaded: str) -> None:
    code, screen = at_terminal(command("ask", JAKARTA_KOREA, "--store", loaded))
    assert code == 0
    assert "\x1b[1;36m" in screen  # bold cyan: the titles of parts
    bare = screen.replace("\x1b[0m", "").replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[1;36m", "")
    assert max(len(line) for line in bare.splitlines() if "/api/" not in line) <= 60


@pytest.mark.parametrize(("option", "env"), [(["--no-color"], {}), ([], {"NO_COLOR": "1"})])
def test_colours_can_be_turned_off(loaded: str, option: list[str], env: dict[str, str]) -> None:
    _, screen = at_terminal(command("ask", JAKARTA_KOREA, "--store", loaded, *option), env=env)
    assert "\x1b[1m" in screen
    assert "36m" not in screen


@pytest.mark.parametrize(("seconds", "shown"), [("0.1", False), ("1.6", True)])
def test_work_that_takes_longer_than_a_second_shows_that_it_goes_on(seconds: str, shown: bool) -> None:
    code, screen = at_terminal([sys.executable, "-c", SLOW, seconds])
    assert (code, "Working" in screen) == (0, shown)


def test_a_pipe_is_not_told_that_work_goes_on() -> None:
    done = subprocess.run([sys.executable, "-c", SLOW, "1.2"], check=True, capture_output=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == (b"", b"")
