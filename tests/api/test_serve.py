"""The real server on a real socket: slow and oversized clients are shown out, accepted requests are answered."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from support.repo import ROOT
from uvicorn import Server

from app import protocol
from app.asking import API
from app.serve import configuration
from app.settings import Settings

WAIT = 20.0
SCRIPT = """
from app.serve import run
from app.settings import load_settings

if __name__ == "__main__":
    run(load_settings())
"""


@asynccontextmanager
async def listening(file: Path) -> AsyncIterator[int]:
    """A server in this process, on a port of its own."""
    server = Server(configuration(Settings(store=f"sqlite:///{file}", port=0, log_level="error")))
    running = asyncio.create_task(server.serve())
    try:
        async with asyncio.timeout(WAIT):
            while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.01)
        yield int(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        await asyncio.wait_for(running, WAIT)


async def sent(port: int, data: bytes) -> bytes:
    """Everything the server answers to these bytes until it closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data)
        async with asyncio.timeout(WAIT):
            return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


async def test_it_answers_over_a_socket_with_our_headers_only(small_file: Path) -> None:
    async with listening(small_file) as port, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        answer = await client.get(f"{API}/version")
        assert answer.json()["version"]["number"] == 2
        assert "server" not in answer.headers
        assert answer.headers["x-request-id"]
        head = await client.head(f"{API}/nodes")
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["content-length"]) > 1000


async def test_a_head_that_never_ends_is_cut_off(small_file: Path) -> None:
    endless = b"GET / HTTP/1.1\r\nhost: x\r\nx-a: " + b"a" * 3 * protocol.HEAD_BYTES
    async with listening(small_file) as port:
        assert (await sent(port, endless)).split(b"\r\n")[0] in (b"HTTP/1.1 431 Request Header Fields Too Large", b"")


async def test_a_head_that_is_merely_too_large_is_refused_in_words(small_file: Path) -> None:
    large = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-a: " + b"a" * 20_000 + b"\r\n\r\n"
    async with listening(small_file) as port:
        head, _, body = (await sent(port, large)).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 431")
        assert json.loads(body)["code"] == "headers_too_large"


@pytest.mark.parametrize("start", [b"", b"GET / HTT", b"GET / HTTP/1.1\r\nhost: x\r\nx-a: a"])
async def test_a_head_that_does_not_arrive_in_time_is_not_waited_for(
    small_file: Path, start: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.2)
    async with listening(small_file) as port:
        assert await sent(port, start) == b""


async def test_a_body_is_refused_before_it_is_sent(small_file: Path) -> None:
    request = b"POST /api/v1/ask HTTP/1.1\r\nhost: x\r\ncontent-length: 200000000\r\n\r\nabc"
    get = request.replace(b"POST", b"GET")
    async with listening(small_file) as port:
        assert (await sent(port, get)).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "junk", [b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\r\n\r\nhello\r\n\r\n"]
)
async def test_what_is_no_http_is_shown_out(small_file: Path, junk: bytes) -> None:
    async with listening(small_file) as port:
        assert (await sent(port, junk)).split(b" ")[1:2] in ([b"400"], [])
        assert (await sent(port, b"GET /healthz HTTP/1.0\r\n\r\n")).startswith(b"HTTP/1.1 200")


async def test_two_requests_on_one_connection_are_both_answered(small_file: Path) -> None:
    one = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"
    last = b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
    async with listening(small_file) as port:
        assert (await sent(port, one + last)).count(b'{"status":"alive"}') == 2


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
async def test_it_stops_within_the_grace_period(small_file: Path, workers: str) -> None:
    script = small_file.parent / f"serve{workers}.py"
    script.write_text(SCRIPT, encoding="utf-8")
    settings = {
        "JEJARING_STORE": f"sqlite:///{small_file}",
        "JEJARING_PORT": "0" if workers == "1" else str(18_000 + os.getpid() % 10_000),
        "JEJARING_WORKERS": workers,
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(script), env={**os.environ, **settings}, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    lines: list[bytes] = []
    async with asyncio.timeout(WAIT):
        while b"Application startup complete" not in (line := await process.stderr.readline()):
            assert line, b"".join(lines)
            lines.append(line)
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(WAIT):
        await process.stderr.read()
        assert await process.wait() in (0, -signal.SIGTERM)
