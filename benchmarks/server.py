"""The real application in a process of its own, with two routes more: a no-op as the yardstick, and its own use.

The no-op stands behind the same outer layers, is routed the same way, and reads the same question each time with the
application's own strict reader; then it sends bytes that are ready. `python -m benchmarks.server` takes a `Serving` as
JSON on standard input, writes its port to standard output and serves until it is ended.
"""

import socket
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

import msgspec
from fastapi import FastAPI, Request, Response
from uvicorn import Server

from app.asking import Route
from app.main import create_app
from app.reading import read_question
from app.replies import Ready
from app.routes import api_routes
from app.serve import configuration
from app.settings import Settings
from benchmarks.measure import memory_mb

NOOP: Final = "/noop"
USE: Final = "/used"
MEASURED: Final = ("neighbourhood", "paths", "connect", "search")
_BODY: Final = b'{"status":"ready"}'


class Serving(msgspec.Struct, frozen=True):
    """What to serve: a store's URL, and the cache of ready answers in MB (0: none)."""

    store: str
    cache_mb: int


class Used(msgspec.Struct, frozen=True):
    """What the server has used: seconds of processor time since it started, MiB of memory now and at the highest."""

    seconds: float
    memory_mb: float
    highest_mb: float


def application(settings: Settings) -> FastAPI:
    """Return the real application with a no-op beside each measured route."""
    app = create_app(settings)
    for route in api_routes():
        if route.name in MEASURED:
            app.add_api_route(NOOP + route.path, _noop(route), methods=["GET"], response_model=None)
    app.add_api_route(USE, _used, methods=["GET"], response_model=None)
    return app


def _noop(route: Route) -> Callable[[Request], Awaitable[Response]]:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(_BODY))]
    ready = Ready(200, _BODY, headers)

    async def answer(request: Request) -> Response:
        read_question(route.question, request.path_params, request.scope["query_string"])
        return ready

    return answer


async def _used() -> Response:
    return Response(msgspec.json.encode(Used(time.process_time(), *memory_mb())), media_type="application/json")


def main() -> None:
    """Serve what standard input says."""
    serving = msgspec.json.decode(sys.stdin.buffer.read(), type=Serving)
    settings = Settings(store=serving.store, cache_mb=serving.cache_mb, log_level="warning", port=0)
    config = configuration(settings)
    config.app = partial(application, settings)
    with socket.create_server((settings.host, 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        Server(config).run([listening])


if __name__ == "__main__":
    main()
