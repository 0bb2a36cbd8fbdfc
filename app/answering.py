"""Answer a question of the API without HTTP, byte for byte as HTTP answers it: for the command line and for exports."""

from app.asking import Asking, Route
from app.reading import read_question
from app.routes import api_routes
from app.settings import Settings
from graph.errors import NotFound
from graph.store import GraphReader
from graph.vocabulary import Lang


async def answer_bytes(view: GraphReader, url: str, settings: Settings, lang: Lang | None = None) -> bytes:
    """Return what `GET url` answers (path and query, such as `/api/v1/connect?from=jakarta&to=korea`).

    lang: the language that leads when the query names none. Raises NotFound for an address that is none, Refused and
    Undecodable for a question that cannot be read, and the errors of the graph.
    """
    path, _, query = url.partition("?")
    route, path_parameters = _find(path)
    question = read_question(route.question, path_parameters, query.encode())
    asking = Asking(view, await view.version(), question.lang or lang or settings.lang, settings)
    return route.encode(await route.build(asking, question))


def _find(path: str) -> tuple[Route, dict[str, str]]:
    for route in api_routes():
        before, found, after = route.path.partition("{id}")
        id = path.removeprefix(before).removesuffix(after)
        if found and path == f"{before}{id}{after}" and id and "/" not in id:
            return route, {"id": id}
        if not found and path == route.path:
            return route, {}
    raise NotFound("address")
