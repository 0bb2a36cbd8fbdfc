"""Whether the process lives, and whether it can answer: for supervisors and load balancers. Never kept by a cache."""

from typing import Final

import msgspec
from fastapi import FastAPI, Request, Response

from app.desk import Desk
from app.edge import Tell
from app.problems import trouble_of
from app.replies import Ready
from graph.errors import JejaringError

_ALIVE: Final = b'{"status":"alive"}'


def add_health(app: FastAPI, tell: Tell) -> None:
    """Add /healthz (the process answers) and /readyz (the store answers too; else a problem)."""

    async def healthz() -> Response:
        return _plain(_ALIVE)

    async def readyz(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        try:
            version = await desk.version()
        except JejaringError as error:
            return tell(request.scope, trouble_of(error))
        return _plain(msgspec.json.encode({"status": "ready", "version": version}))

    for path, endpoint in (("/healthz", healthz), ("/readyz", readyz)):
        app.add_api_route(path, endpoint, methods=["GET"], response_model=None, include_in_schema=False)


def _plain(body: bytes) -> Response:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
    ]
    return Ready(200, body, headers)
