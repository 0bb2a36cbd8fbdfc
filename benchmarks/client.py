"""A small load generator in a process of its own: keep-alive connections on loopback, one request at a time on each.

`python -m benchmarks.client` takes a `Volley` as JSON on standard input and writes what came back as a `Volleyed`.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from functools import partial
from itertools import cycle, islice
from typing import Final, cast

import msgspec

_SEPARATOR: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length: "


class Volley(msgspec.Struct, frozen=True):
    """What to send: paths in turn, over and over, `count` requests in all, on that many connections.

    etags: sent as If-None-Match, one for each path; none are sent when empty.
    """

    port: int
    paths: tuple[str, ...]
    count: int
    connections: int = 8
    etags: tuple[str, ...] = ()


class Volleyed(msgspec.Struct, frozen=True):
    """What came back: seconds of time and of the client's processor time, requests, bytes, answers by status.

    p50, p95: the median and the 95th percentile of single requests in milliseconds.
    """

    seconds: float
    busy: float
    requests: int
    bytes: int
    statuses: dict[int, int]
    p50: float
    p95: float


class _Connection(asyncio.Protocol):
    """One keep-alive connection that asks the next question as soon as it has an answer."""

    def __init__(self, requests: Iterator[bytes], done: asyncio.Future[None]) -> None:
        self._requests = requests
        self._done = done
        self._buffer = b""
        self._asked = 0
        self.bytes = 0
        self.times: list[int] = []
        self.statuses: dict[int, int] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # a TCP connection is always one
        self._next()

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
            if not self._done.done():
                self._done.set_result(None)
        else:
            self._asked = time.perf_counter_ns()
            self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        head = self._buffer.find(_SEPARATOR)
        if head < 0:
            return
        at = self._buffer.find(_LENGTH, 0, head)
        length = int(self._buffer[at + len(_LENGTH) : self._buffer.index(b"\r", at)]) if at >= 0 else 0
        whole = head + len(_SEPARATOR) + length
        if len(self._buffer) < whole:
            return
        self.times.append(time.perf_counter_ns() - self._asked)
        status = int(self._buffer[9:12])
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.bytes += whole
        self._buffer = b""
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(error or ConnectionError("the server closed the connection"))


def request_of(path: str, etag: str = "") -> bytes:
    """Return the bytes of one request."""
    held = f"if-none-match: {etag}\r\n" if etag else ""
    return f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept-language: en\r\n{held}\r\n".encode()


async def send(volley: Volley) -> Volleyed:
    """Send a volley and wait for all answers. Raises ConnectionError when the server hangs up."""
    etags = volley.etags or ("",) * len(volley.paths)
    requests = [request_of(path, etag) for path, etag in zip(volley.paths, etags, strict=True)]
    stream = islice(cycle(requests), volley.count)
    loop = asyncio.get_running_loop()
    done = [loop.create_future() for _ in range(volley.connections)]
    start, busy = time.perf_counter(), time.process_time()
    made = []
    for end in done:
        _, connection = await loop.create_connection(partial(_Connection, stream, end), "127.0.0.1", volley.port)
        made.append(connection)
    await asyncio.gather(*done)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    statuses: dict[int, int] = {}
    for connection in made:
        for status, count in connection.statuses.items():
            statuses[status] = statuses.get(status, 0) + count
    times = sorted(taken for connection in made for taken in connection.times)
    return Volleyed(
        seconds,
        busy,
        len(times),
        sum(connection.bytes for connection in made),
        statuses,
        *(times[len(times) * share // 100] / 1e6 for share in (50, 95)),
    )


def main() -> None:
    """Send the volley on standard input."""
    volley = msgspec.json.decode(sys.stdin.buffer.read(), type=Volley)
    try:
        import uvloop
    except ImportError:
        answered = asyncio.run(send(volley))
    else:
        answered = uvloop.run(send(volley))
    sys.stdout.buffer.write(msgspec.json.encode(answered))


if __name__ == "__main__":
    main()
