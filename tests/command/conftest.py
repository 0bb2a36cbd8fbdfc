"""Graphs for the command line: one loaded from the curated files for all tests, and copies to be changed."""

import shutil
from pathlib import Path

import pytest
from support.command import DATA, jejaring, url


@pytest.fixture(scope="session")
def loaded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a graph that holds the curated articles; nobody changes it."""
    path = tmp_path_factory.mktemp("loaded") / "graph.db"
    result = jejaring("load", str(DATA), "--yes", "--store", url(path))
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture(scope="session")
def loaded(loaded_file: Path) -> str:
    """The address of a graph that holds the curated articles; nobody changes it."""
    return url(loaded_file)


@pytest.fixture
def own(loaded_file: Path, tmp_path: Path) -> str:
    """The address of a copy of that graph, to be changed."""
    return url(Path(shutil.copy(loaded_file, tmp_path / "own.db")))


@pytest.fixture
def empty(tmp_path: Path) -> str:
    """The address of a graph that does not exist yet."""
    return url(tmp_path / "none" / "graph.db")
