"""How much of a no-op route's throughput the real routes keep, the no-op reading and checking the same parameters.

Measured side by side in many short turns; the quickest turn of each counts, so that a busy machine does not decide.
"""

from math import inf
from pathlib import Path
from typing import NamedTuple

import pytest
from support.asgi import Headers, call, seconds
from support.noop import add_noop

from app.main import create_app
from app.routes import api_routes
from app.settings import Settings
from graph.stores import open_store

TURNS, TIMES = 40, 50
ROUTES = {route.name: route for route in api_routes()}
ENDS = b"from=jakarta&to=korea"


class Case(NamedTuple):
    """A request, whether the client holds its answer already, and the share it has to keep."""

    route: str
    path: str
    query: bytes
    held: bool
    least: float


CASES = (
    Case("connect", "/api/v1/connect", ENDS, True, 0.8),
    Case("paths", "/api/v1/paths", ENDS, True, 0.8),
    Case("neighbourhood", "/api/v1/nodes/agency:kemenekraf/neighbourhood", b"", True, 0.8),
    Case("neighbourhood", "/api/v1/nodes/agency:kemenekraf/neighbourhood", b"", False, 0.6),
    Case("paths", "/api/v1/paths", ENDS, False, 0.4),
    Case("connect", "/api/v1/connect", ENDS, False, 0.25),
)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.route}-{304 if case.held else 200}")
async def test_a_route_keeps_its_share_of_the_no_op(curated_file: Path, case: Case) -> None:
    store = open_store(f"sqlite:///{curated_file}")
    app = create_app(Settings(), store)
    add_noop(app, ROUTES[case.route])
    async with app.router.lifespan_context(app):
        status, headers, _ = await call(app, case.path, case.query, [])
        assert status == 200
        sent: Headers = [(b"if-none-match", headers[b"etag"])] if case.held else []
        status, _, size = await call(app, case.path, case.query, sent)
        assert (status, size > 0) == ((304, False) if case.held else (200, True))
        nothing, real = inf, inf
        for _ in range(TURNS):
            nothing = min(nothing, await seconds(app, f"/noop{case.path}", case.query, sent, TIMES))
            real = min(real, await seconds(app, case.path, case.query, sent, TIMES))
    await store.close()
    assert nothing / real >= case.least
