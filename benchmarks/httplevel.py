"""The application over HTTP, beside a no-op of the same application: requests per second and processor time.

The two are asked in turns, in short volleys, so that whatever else the machine does meets both alike. Shares are
medians over the turns. Processor time of the server per request does not depend on how quick the client is.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from statistics import median
from typing import Final, Literal

import msgspec

from benchmarks.client import Volley, Volleyed
from benchmarks.server import NOOP, USE, Serving, Used
from benchmarks.storelevel import say
from benchmarks.traffic import Traffic, draw

Kind = Literal["warm", "304", "cold"]
_TRIAL: Final = 200  # requests that tell how many fit into a volley
_MOST: Final = 30_000
_SEED: Final = 11
_LATE: Final = 504


class Shot(msgspec.Struct, frozen=True):
    """One volley: requests per second, microseconds of server processor time per request, and times in ms."""

    rps: float
    cpu_us: float
    p50: float
    p95: float
    body: float
    late: float
    client_busy: float


class Row(msgspec.Struct, frozen=True):
    """One route in one state: medians of its volleys and of the no-op's, and the share of the no-op's speed it keeps.

    share compares requests per second, cpu_share the server's processor time per request; body: bytes of one answer.
    p50, p95: milliseconds, with eight requests under way at a time when warm, with one when cold. late: share of the
    requests, eight at a time, that the service gave up at its deadline (504).
    """

    route: str
    kind: Kind
    rps: float
    noop_rps: float
    share: float
    cpu_us: float
    cpu_share: float
    p50: float
    p95: float
    body: float
    late: float
    client_busy: float


class HttpLevel(msgspec.Struct, frozen=True):
    """What came out for one graph: rows, and the server's memory after all of it in MiB."""

    graph: str
    rows: list[Row]
    memory_mb: float


class _Server:
    """A server that runs, and what can be asked about it."""

    def __init__(self, port: int) -> None:
        self.port = port

    def used(self) -> Used:
        return msgspec.json.decode(self._get(USE)[1], type=Used)

    def etags(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._get(path)[0] for path in paths)

    def _get(self, path: str) -> tuple[str, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"accept-language": "en"})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")
            return answer.headers.get("etag", ""), body
        finally:
            connection.close()

    def shoot(self, paths: tuple[str, ...], count: int, etags: tuple[str, ...] = (), connections: int = 8) -> Shot:
        """Send one volley. Raises RuntimeError when an answer is not 200 (with tags 304), nor 504: too late."""
        volley = Volley(self.port, paths, count, connections, etags)
        before = self.used()
        command = (sys.executable, "-m", "benchmarks.client")
        done = subprocess.run(command, input=msgspec.json.encode(volley), stdout=subprocess.PIPE, check=True)
        after = self.used()
        got = msgspec.json.decode(done.stdout, type=Volleyed)
        if got.statuses.keys() - {304 if etags else 200, _LATE}:
            raise RuntimeError(f"{paths[0]} and others: {got.statuses}")
        return Shot(
            rps=got.requests / got.seconds,
            cpu_us=(after.seconds - before.seconds) / got.requests * 1e6,
            p50=got.p50,
            p95=got.p95,
            body=got.bytes / got.requests,
            late=got.statuses.get(_LATE, 0) / got.requests,
            client_busy=got.busy / got.seconds,
        )


@contextmanager
def _serving(store: str, cache_mb: int) -> Iterator[_Server]:
    """Run a server for the length of a block."""
    command = (sys.executable, "-m", "benchmarks.server")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            if process.stdin is None or process.stdout is None:
                raise RuntimeError("the server has no pipes")
            process.stdin.write(msgspec.json.encode(Serving(store, cache_mb)))
            process.stdin.close()
            yield _Server(int(process.stdout.readline()))
        finally:
            process.terminate()


class Pace(msgspec.Struct, frozen=True):
    """How long to measure: turns of route and no-op, and about how many seconds one volley takes."""

    turns: int
    seconds: float


def run(graph: str, url: str, pace: Pace) -> HttpLevel:
    """Measure every route on one graph."""
    traffic = asyncio.run(draw(url, _SEED))
    rows = []
    with _serving(url, 64) as server:
        for route, asked in traffic.items():
            say(f"http {graph}: {route}, repeated")
            rows.append(_compare(server, route, "warm", asked.repeated, pace))
        paths = traffic["connect"].repeated
        rows.append(_compare(server, "connect", "304", paths, pace))
        memory = server.used().memory_mb
    with _serving(url, 0) as server:
        for route, asked in traffic.items():
            say(f"http {graph}: {route}, each question once")
            rows.append(_cold(server, route, asked, pace.seconds * pace.turns))
    return HttpLevel(graph, rows, memory)


def _compare(server: _Server, route: str, kind: Kind, paths: tuple[str, ...], pace: Pace) -> Row:
    """Ask a route and its no-op in turns."""
    noop = tuple(NOOP + path for path in paths)
    etags = server.etags(paths) if kind == "304" else ()
    server.shoot(paths, len(paths), connections=1)  # fills the cache
    count = _count(server.shoot(noop, _TRIAL), pace.seconds)
    pairs = [(server.shoot(noop, count), server.shoot(paths, count, etags)) for _ in range(pace.turns)]
    return _row(route, kind, pairs)


def _cold(server: _Server, route: str, traffic: Traffic, seconds: float) -> Row:
    """Ask different questions only, without a cache of answers: many at a time, then others one at a time."""
    trial, rest = traffic.once[:20], traffic.once[20:]
    count = min(_count(server.shoot(trial, len(trial)), seconds), len(rest) // 2)
    crowd, alone = rest[:count], rest[-max(20, count // 2) :]
    noop = server.shoot(tuple(NOOP + path for path in crowd), max(count, _TRIAL))
    shot, single = server.shoot(crowd, count), server.shoot(alone, len(alone), connections=1)
    return _row(route, "cold", [(noop, msgspec.structs.replace(shot, p50=single.p50, p95=single.p95))])


def _count(trial: Shot, seconds: float) -> int:
    return max(20, min(_MOST, int(trial.rps * seconds)))


def _row(route: str, kind: Kind, pairs: list[tuple[Shot, Shot]]) -> Row:
    shots = [shot for _, shot in pairs]
    return Row(
        route=route,
        kind=kind,
        rps=median(shot.rps for shot in shots),
        noop_rps=median(noop.rps for noop, _ in pairs),
        share=median(shot.rps / noop.rps for noop, shot in pairs),
        cpu_us=median(shot.cpu_us for shot in shots),
        cpu_share=median(noop.cpu_us / shot.cpu_us for noop, shot in pairs),
        p50=median(shot.p50 for shot in shots),
        p95=median(shot.p95 for shot in shots),
        body=median(shot.body for shot in shots),
        late=median(shot.late for shot in shots),
        client_busy=max(shot.client_busy for pair in pairs for shot in pair),
    )
