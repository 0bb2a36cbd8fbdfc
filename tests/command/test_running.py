"""The demo, the service and the settings, run as a person runs them."""

import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from support.command import DATA, child, clean_environment, command, jejaring, url
from support.repo import ROOT

from app.settings import SETTINGS


@contextmanager
def running(*args: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command that serves, and end it by its process id."""
    with log.open("wb") as stream:
        process = subprocess.Popen(command(*args), cwd=ROOT, env=clean_environment(), stdout=stream, stderr=stream)
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=30)


def address_in(log: Path) -> str:
    """The address that a service told, once it has."""
    for _ in range(300):
        found = re.search(r"http://127\.0\.0\.1:\d+(?= )", log.read_text(encoding="utf-8"))
        if found:
            return found.group()
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


def answer(address: str) -> httpx.Response:
    """The first answer of a service that is starting."""
    for _ in range(300):
        try:
            return httpx.get(address, timeout=5, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which another service listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_the_demo_loads_answers_in_both_languages_and_does_nothing_twice(empty: str) -> None:
    first = child("demo", "--no-serve", "--store", empty)
    assert (first.returncode, first.stderr) == (0, b"")
    told = first.stdout.decode()
    done, loaded, *_ = told.splitlines()
    assert (done[:14], loaded[:13]) == ("Termuat: load:", "Loaded: load:")
    for sentence in (
        "Dua lembaga menghubungkan Jakarta dengan Korea Selatan.",
        "Two bodies connect Jakarta with South Korea.",
        "\nSumber\n  [1] SinPo.id",
        "\nSources\n  [1] SinPo.id",
        "Selanjutnya: ",
        "Next: ",
    ):
        assert sentence in told
    second = child("demo", "--no-serve", "--store", empty, "--lang", "en").stdout.decode()
    assert second.splitlines()[:2] == [
        "Tidak ada yang perlu dimuat: graf sudah sesuai berkas.",
        "Nothing to do: the graph says what the files say.",
    ]
    assert second.splitlines()[2:] == told.splitlines()[2:]
    assert len(jejaring("log", "--store", empty).stdout.splitlines()) == 1


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_the_demo_serves_until_it_is_stopped(empty: str, tmp_path: Path, name: signal.Signals) -> None:
    log = tmp_path / "log"
    with running("demo", "--port", "0", "--store", empty, log=log) as process:
        address = address_in(log)
        assert answer(f"{address}/readyz").status_code == 200
        connected = httpx.get(f"{address}/api/v1/connect?from=jakarta&to=korea", trust_env=False).json()
        assert connected["status"] == "connected"
        process.send_signal(name)
        process.wait(timeout=30)
    told = log.read_text(encoding="utf-8")
    assert f"Jejaring melayani di {address}" in told
    assert f"Jejaring is serving on {address}" in told
    assert "Traceback" not in told


def test_the_service_answers_on_the_port_it_tells(loaded: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running("serve", "--port", "0", "--store", loaded, "--lang", "en", log=log):
        assert answer(f"{address_in(log)}/healthz").status_code == 200


def test_a_running_service_answers_from_a_rebuilt_graph(own: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    jejaring("undo", "last", "--yes", "--store", own)
    with running("serve", "--port", "0", "--store", own, log=log):
        address = address_in(log)
        assert answer(f"{address}/api/v1/summary").json()["sources"] == 0
        result = jejaring("rebuild", str(DATA), "--yes", "--lang", "en", "--store", own)
        assert (result.exit_code, "answers from the new one" in result.stderr) == (0, True)
        assert answer(f"{address}/api/v1/summary").json()["sources"] == 5


def test_a_taken_port_is_said_before_anything_is_loaded(taken: int, empty: str, tmp_path: Path) -> None:
    for name in ("demo", "serve"):
        result = jejaring(name, "--port", str(taken), "--lang", "en", "--store", empty)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"Choose another port: --port {taken + 1}" in result.stderr
    assert not (tmp_path / "none").exists()


def test_the_demo_needs_its_data(empty: str, tmp_path: Path) -> None:
    result = jejaring("demo", "--no-serve", "--store", empty, env={"JEJARING_DATA": str(tmp_path / "nothing")})
    assert (result.exit_code, "JEJARING_DATA" in result.stderr) == (1, True)


def test_the_demo_of_broken_data_shows_what_is_wrong(empty: str, tmp_path: Path) -> None:
    (tmp_path / "article.yaml").write_text("format: nothing", encoding="utf-8")
    result = jejaring("demo", "--no-serve", "--store", empty, env={"JEJARING_DATA": str(tmp_path)})
    assert (result.exit_code, "article.yaml:1:" in result.stdout) == (1, True)


def test_every_setting_is_listed_with_its_value_and_meaning(tmp_path: Path) -> None:
    for lang in ("id", "en"):
        shown = jejaring("settings", "--store", url(tmp_path / "g.db"), env={"JEJARING_LANG": lang}).stdout
        assert f"JEJARING_STORE={url(tmp_path / 'g.db')}\n" in shown
        for setting in SETTINGS:
            assert f"{setting.name}=" in shown
            assert setting.meaning.id in shown or setting.meaning.en in shown
    told = jejaring("settings", "--format", "json", env={"JEJARING_PORT": "8123"}).stdout
    assert '"value": "8123"' in told
    assert '"default": "8000"' in told


def test_the_curated_data_are_where_the_demo_looks() -> None:
    assert (ROOT / "data").samefile(DATA)
