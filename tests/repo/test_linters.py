"""The tools agree: form, types and who may import whom."""

import subprocess
import sys
from pathlib import Path

from support.repo import ROOT


def run_tool(*command: str) -> None:
    result = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert result.returncode == 0, f"{' '.join(command[1:])}\n{result.stdout}{result.stderr}"


def test_ruff_finds_nothing() -> None:
    run_tool(sys.executable, "-m", "ruff", "check", "--quiet", ".")


def test_every_file_has_the_house_form() -> None:
    run_tool(sys.executable, "-m", "ruff", "format", "--check", "--quiet", ".")


def test_types_are_strict_and_right() -> None:
    run_tool(sys.executable, "-m", "mypy", "--no-error-summary")


def test_imports_go_one_way() -> None:
    run_tool(str(Path(sys.executable).with_name("lint-imports")), "--no-logo")
