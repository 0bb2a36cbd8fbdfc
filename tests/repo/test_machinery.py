"""The commands of the README behave where things are missing: no usable Python, or a test that wants to skip."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.repo import ROOT

SKIPS = {
    "a test": "import pytest\ndef test_it():\n    pytest.skip('no server')\n",
    "a fixture": "import pytest\n@pytest.fixture\ndef x():\n    pytest.skip('no server')\ndef test_it(x): ...\n",
    "a marked test": "import pytest\n@pytest.mark.skip(reason='no server')\ndef test_it(): ...\n",
    "a module": "import pytest\npytest.skip('no server', allow_module_level=True)\n",
}


def environment(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTEST_"))}
    return kept | changes


@pytest.mark.parametrize("text", SKIPS.values(), ids=SKIPS.keys())
@pytest.mark.parametrize(("noskip", "code", "words"), [("1", 1, "Skipping is not allowed here."), ("", 0, "1 skipped")])
def test_a_skip_is_a_failure_only_where_nothing_may_skip(
    tmp_path: Path, text: str, noskip: str, code: int, words: str
) -> None:
    shutil.copy(ROOT / "tests/conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    # Without another test a module that skips would end with "no tests collected".
    (tmp_path / "test_skips.py").write_text(text)
    (tmp_path / "test_other.py").write_text("def test_other(): ...\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", "."]
    result = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment(JEJARING_TEST_NOSKIP=noskip),
        check=False,
        capture_output=True,
        text=True,
    )
    assert words in result.stdout
    assert "no server" in result.stdout or not noskip
    assert bool(result.returncode) == bool(code)


def prepare(folder: Path, pythons: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "Makefile", folder)
    command = ["make", ".venv/pyvenv.cfg", f"PYTHONS={pythons}"]
    return subprocess.run(command, cwd=folder, env=environment(), check=False, capture_output=True, text=True)


def fake_python(folder: Path, script: str, name: str = "fake-python") -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return f"./{name}"


def test_without_any_new_python_make_says_what_to_install(tmp_path: Path) -> None:
    result = prepare(tmp_path, f"no-such-python {fake_python(tmp_path, 'exit 1')}")
    assert result.returncode != 0
    assert "Python 3.11 atau lebih baru tidak ditemukan." in result.stderr
    assert "No Python 3.11 or newer was found." in result.stderr


def test_without_venv_make_names_the_package(tmp_path: Path) -> None:
    result = prepare(tmp_path, fake_python(tmp_path, 'case "$2" in *ensurepip*) exit 1;; esac'))
    assert result.returncode != 0
    assert result.stderr.count("sudo apt install python3-venv") == 2


def test_an_old_python_that_comes_first_is_passed_over(tmp_path: Path) -> None:
    old = fake_python(tmp_path, "exit 1")
    new = fake_python(tmp_path, 'if [ "$2" = venv ]; then mkdir "$3" && echo new >"$3/pyvenv.cfg"; fi', "new-python")
    result = prepare(tmp_path, f"{old} {new}")
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / ".venv/pyvenv.cfg").read_text() == "new\n"
