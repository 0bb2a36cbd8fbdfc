"""Tell a client what is wrong, in the form it reads: problem+json for programs, a page for people."""

from collections.abc import Callable
from typing import Final

from starlette.types import Scope

from app.asking import API
from app.edge import REQUEST_ID, Tell
from app.negotiation import language, wishes
from app.problems import Problem, Trouble, to_json
from app.replies import Headers, Ready
from app.settings import Settings
from graph.vocabulary import Lang

JSON_PROBLEM: Final = b"application/problem+json"
HTML: Final = b"text/html; charset=utf-8"


def teller(settings: Settings, page: Callable[[Problem, Lang], bytes]) -> Tell:
    """Return what makes a response of a trouble. page: the problem as HTML."""

    def tell(scope: Scope, trouble: Trouble) -> Ready:
        wished = wishes(scope["headers"])
        lang = language(scope["query_string"], wished.accept_language, settings.lang)
        problem = trouble.told(lang, scope.get(REQUEST_ID, ""))
        if b"text/html" in wished.accept and not scope["path"].startswith(API.rpartition("/")[0]):
            return _response(trouble, page(problem, lang), HTML)
        return _response(trouble, to_json(problem), JSON_PROBLEM)

    return tell


def _response(trouble: Trouble, body: bytes, media: bytes) -> Ready:
    headers: Headers = [
        (b"content-type", media),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        (b"vary", b"Accept, Accept-Language"),
        *((name.encode(), value.encode("latin-1")) for name, value in trouble.headers),
    ]
    return Ready(trouble.status, body, headers)
