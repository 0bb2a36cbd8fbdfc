"""Call an application without a client: what is measured is the application."""

from time import perf_counter
from typing import Any

from starlette.types import ASGIApp, Message

Headers = list[tuple[bytes, bytes]]
USUAL: Headers = [(b"host", b"localhost"), (b"accept", b"*/*"), (b"user-agent", b"measure/1")]


async def call(app: ASGIApp, path: str, query: bytes, headers: Headers) -> tuple[int, dict[bytes, bytes], int]:
    """Status, headers and number of body bytes of one answer."""
    seen: dict[str, Any] = {"size": 0}

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            seen.update(status=message["status"], headers=dict(message["headers"]))
        else:
            seen["size"] += len(message["body"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "server": ("localhost", 80),
        "client": ("localhost", 1),
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "headers": [*USUAL, *headers],
        "state": {},
    }
    await app(scope, receive, send)
    return seen["status"], seen["headers"], seen["size"]


async def seconds(app: ASGIApp, path: str, query: bytes, headers: Headers, times: int) -> float:
    """Seconds that this many equal requests take."""
    started = perf_counter()
    for _ in range(times):
        await call(app, path, query, headers)
    return perf_counter() - started
