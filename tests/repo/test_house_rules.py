"""The rules of CONTRIBUTING.md that a machine can judge. Each finder is first shown something to find."""

import pytest
from support.repo import (
    MAX_FILE,
    MAX_FUNCTION,
    PROGRAM,
    addresses,
    environment_reads,
    files,
    imported,
    python_files,
    source,
    text_of,
    too_long,
    undocumented,
)

SETTINGS = "app/settings.py"
DRIVERS = {"neo4j": "graph/stores/neo4j", "apsw": "graph/stores/"}


def test_files_and_functions_stay_short() -> None:
    found = {str(path): long for path in python_files(*PROGRAM, "benchmarks") if (long := too_long(source(path)))}
    assert found == {}


def test_a_long_file_and_a_long_function_would_be_found() -> None:
    assert too_long("x = 1\n" * MAX_FILE) == []
    assert too_long("x = 1\n" * (MAX_FILE + 1)) == [f"file: {MAX_FILE + 1} lines"]
    body = "    pass\n" * MAX_FUNCTION
    assert too_long(f"async def f():\n{body}") == [f"1 f: {MAX_FUNCTION + 1} lines"]


def test_only_the_settings_read_the_environment() -> None:
    found = {str(path): lines for path in python_files(*PROGRAM) if (lines := environment_reads(source(path)))}
    assert found.keys() <= {SETTINGS}


@pytest.mark.parametrize(
    "text",
    ["import os\nos.environ['A']", "import os\nos.getenv('A')", "from os import environ", "from os import getenv"],
)
def test_a_look_at_the_environment_would_be_found(text: str) -> None:
    assert environment_reads(text)


def test_only_the_stores_import_a_driver() -> None:
    found = [
        (str(path), driver)
        for path in python_files(*PROGRAM)
        for driver in imported(source(path)) & DRIVERS.keys()
        if not str(path).startswith(DRIVERS[driver])
    ]
    assert found == []


@pytest.mark.parametrize("text", ["import neo4j.exceptions", "def f():\n    from neo4j import Query"])
def test_an_import_of_the_driver_would_be_found(text: str) -> None:
    assert imported(text) == {"neo4j"}


def test_every_public_name_says_what_it_is_for() -> None:
    found = {str(path): names for path in python_files(*PROGRAM) if (names := undocumented(source(path)))}
    assert found == {}


def test_a_silent_name_would_be_found() -> None:
    methods = "    def b(self): ...\n    def _c(self): ...\n    @property\n    def d(self): ...\n"
    text = f"class A:\n{methods}async def e(): ...\n"
    assert undocumented(text) == ["module", "A", "A.b", "A.d", "e"]


def test_no_file_knows_an_index_or_a_machine() -> None:
    texts = {str(path): text for path in files() if (text := text_of(path)) is not None}
    assert {name: found for name, text in texts.items() if (found := addresses(text))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "https://{}.org/simple".format("pypi"),
        "-{}-url https://example.org".format("-index"),
        "sqlite:////{}/x.db".format("root"),
        "path: /{}/someone/project".format("home"),
        "'/{}/main'".format("work"),
    ],
)
def test_an_address_would_be_found(text: str) -> None:
    assert addresses(text)


@pytest.mark.parametrize("text", ["https://example.org/work/12", "a tmpfs at /tmp", "--no-emit-index-url", "/homes/x"])
def test_an_innocent_text_is_left_alone(text: str) -> None:
    assert addresses(text) == []
