"""Using the command line wrongly, in another language, or in an unfriendly place: always one clear line."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from support.command import DATA, JAKARTA_KOREA, child, clean_environment, command, jejaring
from support.repo import ROOT

from app.cli import cli
from app.commands.failures import EXIT_CODES
from app.settings import locale_lang

NAMES = sorted(typer.main.get_command(cli).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself_in_both_languages(name: str) -> None:
    result = jejaring(name, "--help")
    assert result.exit_code == 0
    body = " ".join(result.stdout.split())
    known = typer.main.get_command(cli).commands[name].help or ""  # type: ignore[attr-defined]
    english, _, indonesian = known.partition("\n\n")
    assert english
    assert indonesian
    assert " ".join(english.split()) in body
    assert " ".join(indonesian.split()) in body
    assert all(option in body for option in ("--store", "--lang", "--no-color"))


def test_the_help_lists_every_command() -> None:
    shown = jejaring("--help").stdout
    assert [name for name in NAMES if f" {name} " not in shown] == []


def test_without_a_command_the_help_is_shown_with_code_2() -> None:
    result = jejaring()
    assert (result.exit_code, "ask" in result.stdout, result.stderr) == (2, True, "")


def test_the_version_is_told() -> None:
    assert jejaring("--version").stdout == "jejaring 0.1.0\n"
    installed = Path(sys.executable).with_name("jejaring")
    assert subprocess.run([installed, "--version"], check=True, capture_output=True).stdout == b"jejaring 0.1.0\n"


@pytest.mark.parametrize(
    ("args", "indonesian", "english"),
    [
        (("aks",), "Tidak ada perintah 'aks'. Mungkin: ask", "There is no command 'aks'. Perhaps: ask"),
        (("ask", "--fromat", "json"), "Tidak ada pilihan '--fromat'.", "There is no option '--fromat'."),
        (("ask",), "QUESTION: wajib diisi.", "QUESTION: is required."),
        (("ask", "x", "--format", "xml"), "Yang boleh: text, json, markdown.", "Allowed: text, json, markdown."),
        (("connect", "a"), "TO: wajib diisi.", "TO: is required."),
        (("connect", "a", "b", "c"), "Argumen terlalu banyak", "Too many arguments"),
        (("log", "--limit", "many"), "--limit: nilai ini tidak dapat dipakai.", "--limit: this value cannot be used."),
        (("log", "--limit"), "--limit: nilainya belum disebut.", "--limit: needs a value."),
        (("log", "--store", "mysql://x"), "--store: nilai ini tidak dapat dipakai.", "--store: this value cannot be"),
        (("serve", "--port", "99999"), "bilangan bulat dari 0 sampai 65535", "a whole number from 0 to 65535"),
    ],
)
def test_wrong_usage_is_explained_in_the_chosen_language(args: tuple[str, ...], indonesian: str, english: str) -> None:
    for lang, words in (("id", indonesian), ("en", english)):
        result = jejaring(*args, env={"JEJARING_LANG": lang})
        assert (result.exit_code, result.stdout) == (2, "")
        assert words in result.stderr


def test_what_was_typed_cannot_steer_the_screen() -> None:
    result = jejaring("\x1b[2Jx" + "y" * 500)
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert len(result.stderr) < 1_000


@pytest.mark.parametrize("args", [("ask", "\udcff"), ("search", "a\udcffb"), ("fact", "fact:\udcff"), ("\udcff",)])
def test_bytes_that_are_no_text_are_refused(loaded: str, args: tuple[str, ...]) -> None:
    result = child(*args, "--lang", "en", "--store", loaded)
    assert (result.returncode, result.stderr) == (2, b"Error: This command holds bytes that are not UTF-8.\n")


@pytest.mark.parametrize("question", ["", "  ", "?", "a" * 5_000, "a\x1b[2Jb", "'; DROP TABLE node; --"])
def test_any_question_is_answered_or_refused_in_one_line(loaded: str, question: str) -> None:
    result = jejaring("ask", question, "--store", loaded)
    assert result.exit_code in (0, 1)
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output
    assert result.stderr.count("\n") == result.exit_code


def test_a_screen_without_utf8_gets_question_marks(loaded: str) -> None:
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    result = child("ask", JAKARTA_KOREA, "--store", loaded, env=plain)
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"  ? Pemprov DKI Jakarta (Rano Karno) bertemu dengan" in result.stdout


@pytest.mark.parametrize(
    ("before", "after", "env", "word"),
    [
        (("--lang", "en"), (), {}, "Error"),
        ((), ("--lang", "en"), {}, "Error"),
        ((), ("--lang=en",), {}, "Error"),
        ((), (), {"JEJARING_LANG": "en"}, "Error"),
        ((), (), {"LANG": "en_GB.UTF-8"}, "Error"),
        ((), (), {"LANG": "en_GB.UTF-8", "LC_ALL": "id_ID.UTF-8"}, "Galat"),
        ((), (), {"LANG": "en_GB.UTF-8", "JEJARING_LANG": "id"}, "Galat"),
        ((), ("--lang", "id"), {"JEJARING_LANG": "en"}, "Galat"),
        ((), (), {"LANG": "de_DE.UTF-8"}, "Galat"),
        ((), (), {}, "Galat"),
    ],
)
def test_the_language_comes_from_option_setting_locale_in_this_order(
    empty: str, before: tuple[str, ...], after: tuple[str, ...], env: dict[str, str], word: str
) -> None:
    result = jejaring(*before, "log", *after, "--store", empty, env=env)
    assert (result.exit_code, result.stderr.split(":")[0]) == (5, word)


@pytest.mark.parametrize(
    ("locale", "lang"), [("en_US.UTF-8", "en"), ("in_ID", "id"), ("id", "id"), ("C", None), ("", None), ("enx", None)]
)
def test_a_locale_is_read_as_a_language(locale: str, lang: str | None) -> None:
    assert locale_lang({"LC_ALL": "", "LANG": locale}) == lang


def test_shared_options_may_stand_before_the_command(loaded: str) -> None:
    before = jejaring("--store", loaded, "--lang", "en", "--no-color", "log")
    assert before.stdout == jejaring("log", "--store", loaded, "--lang", "en").stdout
    assert before.exit_code == 0


def test_the_store_may_be_a_setting(loaded: str, empty: str) -> None:
    assert jejaring("log", env={"JEJARING_STORE": loaded}).exit_code == 0
    assert jejaring("log", "--store", empty, env={"JEJARING_STORE": loaded}).exit_code == 5


def test_wrong_settings_are_all_named_with_code_2() -> None:
    result = jejaring("log", env={"JEJARING_PORT": "many", "JEJARING_SOTRE": "x", "JEJARING_LANG": "en"})
    assert (result.exit_code, result.stdout) == (2, "")
    assert "JEJARING_SOTRE: there is no such setting." in result.stderr
    assert "JEJARING_PORT: the value 'many' cannot be used." in result.stderr


def test_a_reader_that_goes_away_is_no_complaint(loaded: str) -> None:
    read, write = os.pipe()
    os.close(read)
    for args in (("export",), ("ask", JAKARTA_KOREA), ("settings",)):
        result = subprocess.run(
            command(*args, "--store", loaded),
            stdout=write,
            stderr=subprocess.PIPE,
            env=clean_environment(),
            cwd=ROOT,
            check=False,
        )
        assert (result.returncode, result.stderr) == (141, b"")
    os.close(write)


def test_an_interrupt_ends_quietly_with_code_130(tmp_path: Path) -> None:
    """A pipe that nobody writes to keeps `check` reading, so that the interrupt finds it at work."""
    pipe = tmp_path / "wait.txt"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        command("check", str(DATA), "--text", str(pipe)),
        env=clean_environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process, pipe.open("w"):  # opens when the command has opened its end: it is reading now
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_help_and_asking_import_no_more_than_they_need(loaded: str) -> None:
    code = "import sys; import app.cli; print(sorted({'apsw', 'fastapi', 'loaders', 'networkx'} & sys.modules.keys()))"
    listed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert listed.stdout == "[]\n"
    code = (
        f"import sys; from app.cli import cli\ntry: cli(['ask', {JAKARTA_KOREA!r}, '--store', {loaded!r}])\n"
        "except SystemExit: print(sorted({'fastapi', 'uvicorn', 'loaders', 'neo4j'} & sys.modules.keys()))"
    )
    asked = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert asked.stdout.splitlines()[-1] == "[]"


def test_the_help_comes_at_once() -> None:
    fastest = min(_seconds("--help") for _ in range(3))
    assert fastest < 1.0  # a third of that on an idle machine


def _seconds(*args: str) -> float:
    start = time.monotonic()
    assert child(*args).returncode == 0
    return time.monotonic() - start


def test_every_exit_code_is_explained() -> None:
    assert set(EXIT_CODES) == {0, 1, 2, 3, 4, 5, 10, 130}
