"""The yardstick of the API's speed: a route that reads and checks the same question, and answers with nothing."""

from fastapi import FastAPI, Request, Response

from app.asking import Route
from app.reading import read_question


def add_noop(app: FastAPI, route: Route, prefix: str = "/noop") -> str:
    """Add the no-op twin of a route, read as this application reads; return its path."""

    async def noop(request: Request) -> Response:
        read_question(route.question, request.path_params, request.scope["query_string"])
        return Response(b"{}", media_type="application/json")

    app.add_api_route(prefix + route.path, noop, methods=["GET"], response_model=None, include_in_schema=False)
    return prefix + route.path
