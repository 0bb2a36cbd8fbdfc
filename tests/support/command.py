"""The command line as its users have it: in this process for breadth, as a child process where a process matters."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from support.repo import ROOT
from typer.testing import CliRunner, Result

from app.cli import cli

DATA: Final = ROOT / "data"
JAKARTA_KOREA: Final = "siapa yang menghubungkan Jakarta dengan Korea"
# What a person's or a machine's environment could add.
_OURS: Final = ("JEJARING_", "LC_", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM")


def clean_environment(**changes: str) -> dict[str, str]:
    """The environment of this process without anything that changes what a command says."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return kept | changes


def url(path: Path) -> str:
    """The address of an embedded graph."""
    return f"sqlite:///{path}"


def jejaring(*args: str, env: Mapping[str, str] | None = None, text: str | None = None) -> Result:
    """Run a command in this process."""
    hidden = {name: None for name in os.environ if name.startswith(_OURS)}
    return CliRunner().invoke(cli, args, env={**hidden, **(env or {})}, input=text, prog_name="jejaring")


def command(*args: str) -> list[str]:
    """The words that run a command in a child process."""
    return [sys.executable, "-m", "app.cli", *args]


def child(
    *args: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None, **options: object
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a child process to its end."""
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command(*args),
        cwd=cwd,
        env=clean_environment(**(env or {})),
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        **options,
    )
