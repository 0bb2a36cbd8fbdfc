"""The application: opens the store, mounts the routes and the pages, and maps errors."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version as installed_version
from typing import Final

import msgspec
from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.types import Scope

from app.asking import API, Route
from app.desk import PROGRAM, Desk
from app.edge import Edge, Tell
from app.fixed import add_fixed
from app.health import add_health
from app.openapi import document, parameters, responses
from app.problems import INTERNAL, METHOD, NO_SUCH_ROUTE, to_json, trouble_of
from app.reading import Refused, Undecodable
from app.replies import JSON
from app.routes import api_routes
from app.settings import Settings
from app.telling import teller
from app.web import add_static, page_routes, problem_page
from graph.errors import JejaringError, Moved
from graph.store import Store
from graph.stores import open_store

DESCRIPTION: Final = f"{API}/openapi.json"


def create_app(settings: Settings, store: Store | None = None) -> FastAPI:
    """Return the application. store: one that is open already and stays open; else `settings.store` is opened."""
    app = FastAPI(
        title="Jejaring",
        version=installed_version(PROGRAM),
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan(settings, store),
        telemetry={"auto_configure": False, "tracing": False, "metrics": False, "logs": False},
    )
    tell = teller(settings, problem_page)

    async def recall(scope: Scope) -> Response | None:
        desk: Desk = app.state.desk
        return await desk.recall(scope)

    routes = api_routes()
    for route in (*routes, *page_routes()):
        _mount(app, route)
    add_fixed(app, DESCRIPTION, JSON, lambda: to_json(document(app, routes)))
    add_static(app)
    add_health(app, tell)
    _map_errors(app, tell)
    app.add_middleware(Edge, recall=recall, tell=tell, settings=settings)
    return app


def _lifespan(settings: Settings, store: Store | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        opened = open_store(settings.store) if store is None else store
        app.state.desk = desk = Desk(settings, opened)
        try:
            yield
        finally:
            await desk.close()
            if store is None:
                await opened.close()

    return lifespan


def _mount(app: FastAPI, route: Route) -> None:
    described = route.path.startswith(API + "/")
    app.add_api_route(
        route.path,
        _endpoint(route),
        methods=["GET"],
        name=route.name,
        operation_id=route.name,
        summary=route.says.en,
        description=f"{route.says.en}\n\n{route.says.id}",
        response_model=None,
        responses=responses(route) if described else None,
        openapi_extra={"parameters": parameters(route)} if described else None,
        include_in_schema=described,
    )


def _endpoint(route: Route) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        return await desk.answer(request, route)

    return answer


def _map_errors(app: FastAPI, tell: Tell) -> None:
    async def expected(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException):  # raised by the router
            return tell(request.scope, {404: NO_SUCH_ROUTE, 405: METHOD}.get(error.status_code, INTERNAL))
        trouble = trouble_of(error)
        if isinstance(error, Moved):
            desk: Desk = request.app.state.desk
            trouble = msgspec.structs.replace(trouble, headers=(("location", await desk.moved(request, error)),))
        return tell(request.scope, trouble)

    for kind in (Refused, Undecodable, JejaringError, HTTPException):
        app.add_exception_handler(kind, expected)
