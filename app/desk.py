"""Where questions are taken and answers handed out: reading, version, ETag, cache, deadline, one computation at a time.

An answer depends on the content of the graph, the route, the question and, for some, the language that leads or the
loads there were, and on nothing else; so these are its key in the cache and make its ETag.
"""

import asyncio
import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version as installed_version
from typing import Final
from urllib.parse import quote, urlencode

from starlette.requests import Request

from app.asking import Asking, Route
from app.negotiation import Wishes, has_already, language, takes_gzip, wishes
from app.problems import DEADLINE
from app.questions import Asked
from app.reading import fields, read_question
from app.replies import Key, Ready, Replies, Reply
from app.settings import Settings
from graph.errors import Moved, NotFound, StoreTimeout
from graph.identity import parse_id
from graph.model import Version
from graph.store import GraphReader, Store
from graph.vocabulary import Lang

PROGRAM: Final = "jejaring"
REMEMBERED: Final = 4_096  # readings of questions
LONGEST_REMEMBERED: Final = 512  # bytes of a query string whose reading is remembered
ReadAsked = tuple[Asked, str]


class Desk:
    """One application's store, settings and ready answers."""

    def __init__(self, settings: Settings, store: Store) -> None:
        """Serve from this store. Nothing is opened or read here."""
        self.settings = settings
        self.store = store
        self.replies = Replies(settings.cache_mb * 2**20)
        self.program = installed_version(PROGRAM)
        self._flights: dict[Key, asyncio.Task[Reply]] = {}
        self._remembered: Callable[[Route, str | None, bytes], ReadAsked] = lru_cache(REMEMBERED)(_read)

    async def answer(self, request: Request, route: Route) -> Ready:
        """Answer one request. Raises Refused, Undecodable and the errors of the graph."""
        scope = request.scope
        query = scope["query_string"]
        read = self._remembered if len(query) <= LONGEST_REMEMBERED else _read
        question, normal = read(route, request.path_params.get("id"), query)
        wished = wishes(scope["headers"])
        lang = question.lang or language(b"", wished.accept_language, self.settings.lang)
        try:
            async with asyncio.timeout(self.settings.deadline_ms / 1000):
                version = await self.version()
                return await self._reply(_key(route, question, normal, lang, version), route, question, wished)
        except TimeoutError:
            raise StoreTimeout(DEADLINE) from None

    async def version(self) -> Version:
        """Return the version of the graph as it stands now."""
        async with self.store.view() as view:
            return await view.version()

    async def _reply(self, key: Key, route: Route, question: Asked, wished: Wishes) -> Ready:
        held = wished.if_none_match
        reply = self.replies.get(key)
        if reply is None:
            if held and (etag := self._etag(key)) in held:
                return Reply(b"", etag, route.form).unchanged
            reply = await self._fly(key, route, question)
        if held and has_already(held, reply.etag):
            return reply.unchanged
        return reply.zipped() if takes_gzip(wished.accept_encoding) else reply.plain

    async def _fly(self, key: Key, route: Route, question: Asked) -> Reply:
        """Make a reply; equal questions that arrive meanwhile wait for the same one."""
        flight = self._flights.get(key)
        if flight is None:
            lang: Lang = "en" if (key[2] or self.settings.lang) == "en" else "id"
            flight = asyncio.create_task(self._make(route, question, lang))
            self._flights[key] = flight
            flight.add_done_callback(lambda _: self._flights.pop(key, None))
        return await asyncio.shield(flight)

    async def _make(self, route: Route, question: Asked, lang: Lang) -> Reply:
        async with asyncio.timeout(self.settings.deadline_ms / 1000), self.store.view() as view:
            version = await view.version()
            answer = await route.build(Asking(view, version, lang, self.settings), question)
        # The graph may have moved on since the question came in: the reply is kept as what it is.
        key = _key(route, question, normalised(question), lang, version)
        reply = Reply(route.encode(answer), self._etag(key), route.form)
        self.replies.put(key, reply)
        return reply

    def _etag(self, key: Key) -> bytes:
        digest = hashlib.blake2b(f"{self.program}{key}".encode(), digest_size=12).digest()
        return b'"' + urlsafe_b64encode(digest) + b'"'

    async def moved(self, request: Request, error: Moved) -> str:
        """Return where a question with a retired id went: the same path and query with the id that replaced it."""
        path, found = request.scope["path"], []
        async with self.store.view() as view:
            for name, value in fields(request.scope["query_string"]):
                found.append((name, await _current(view, value)))
        old = request.path_params.get("id")
        if old is not None:
            path = path.replace(old, error.target)
        return quote(path, safe="/:") + ("?" + urlencode(found, safe=":,") if found else "")


def _key(route: Route, question: Asked, normal: str, lang: Lang, version: Version) -> Key:
    looks_back = route.history or getattr(question, "known_as_of", None) is not None
    return route.name, normal, lang if route.leads else "", version.content, version.number if looks_back else 0


def normalised(question: Asked) -> str:
    """Return a question in its one canonical form: defaults left out, lists in order, language apart."""
    return question.model_dump_json(by_alias=True, exclude_defaults=True, exclude={"lang"})


def _read(route: Route, id: str | None, query: bytes) -> ReadAsked:
    question = read_question(route.question, {} if id is None else {"id": id}, query)
    return question, normalised(question)


async def _current(view: GraphReader, value: str) -> str:
    if parse_id(value) is None:
        return value
    try:
        await view.node(value)
    except Moved as moved:
        return moved.target
    except NotFound:
        return value
    return value
