"""Every question of the API, one file per question. Reading only: nothing here can change the graph."""

from app.asking import Route
from app.routes import about, ask, connect, facts, neighbourhood, nodes, paths, search, sources


def api_routes() -> tuple[Route, ...]:
    """Return all routes of the API, in the order in which they are documented."""
    known = graph_routes()
    return (*known, about.limits_route(known))


def graph_routes() -> tuple[Route, ...]:
    """Return the routes that ask the graph something, without the one that describes them all."""
    return (
        *connect.ROUTES,
        *paths.ROUTES,
        *neighbourhood.ROUTES,
        *nodes.ROUTES,
        *facts.ROUTES,
        *sources.ROUTES,
        *search.ROUTES,
        *ask.ROUTES,
        *about.ROUTES,
    )
