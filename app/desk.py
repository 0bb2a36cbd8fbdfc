"""Where questions are taken and answers handed out: reading, version, ETag, cache, deadline, one computation at a time.

An answer depends on the content of the graph, the route, the question and, for some, the language that leads or the
loads there were, and on nothing else; so these are its key in the cache and make its ETag.
"""

import asyncio
import hashlib
from base64 import urlsafe_b64encode
from importlib.metadata import version as installed_version
from typing import Final, NamedTuple
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.types import Scope

from app.asking import Asking, Route
from app.negotiation import Wishes, language, wishes
from app.problems import DEADLINE
from app.questions import Asked
from app.reading import fields, read_question
from app.replies import Key, Ready, Replies, Reply
from app.settings import Settings
from graph.errors import JejaringError, Moved, NotFound, StoreTimeout
from graph.identity import parse_id
from graph.model import Version
from graph.store import GraphReader, Store
from graph.vocabulary import Lang

PROGRAM: Final = "jejaring"
REMEMBERED: Final = 4_096  # addresses whose question is remembered
LONGEST_REMEMBERED: Final = 512  # bytes of such an address and its Accept-Language
Address = tuple[str, bytes, bytes]


class Read(NamedTuple):
    """A question as it was read from an address: its route, its canonical form, and the language that leads."""

    route: Route
    question: Asked
    normal: str
    lang: Lang


class Desk:
    """One application's store, settings and ready answers."""

    def __init__(self, settings: Settings, store: Store) -> None:
        """Serve from this store. Nothing is opened or read here."""
        self.settings = settings
        self.store = store
        self.replies = Replies(settings.cache_mb * 2**20)
        self.program = installed_version(PROGRAM)
        self._flights: dict[Key, asyncio.Task[Reply]] = {}
        self._read: dict[Address, Read] = {}

    async def answer(self, request: Request, route: Route) -> Ready:
        """Answer one request. Raises Refused, Undecodable and the errors of the graph."""
        wished = wishes(request.scope["headers"])
        read = self._read_question(request, route, wished)
        try:
            async with asyncio.timeout(self._seconds):
                return await self._reply(self._key(read, await self.version()), read, wished)
        except TimeoutError:
            raise StoreTimeout(DEADLINE) from None

    async def recall(self, scope: Scope) -> Ready | None:
        """Return the ready answer to an address that was asked before at this state of the graph, if there is one.

        It spares what it takes to find the route and to read the question, half of the cost of a cached answer.
        """
        wished = wishes(scope["headers"])
        read = self._read.get((scope["path"], scope["query_string"], wished.accept_language))
        if read is None:
            return None
        try:
            async with asyncio.timeout(self._seconds):
                reply = self.replies.get(self._key(read, await self.version()))
        except (JejaringError, TimeoutError):
            return None  # what is wrong is found, and told, on the usual way
        return None if reply is None else reply.sent_to(wished)

    async def version(self) -> Version:
        """Return the version of the graph as it stands now."""
        async with self.store.view() as view:
            return await view.version()

    async def close(self) -> None:
        """Stop what is still being computed; nobody is left who waits for it."""
        flights = list(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)

    @property
    def _seconds(self) -> float:
        return self.settings.deadline_ms / 1000

    def _read_question(self, request: Request, route: Route, wished: Wishes) -> Read:
        scope = request.scope
        question = read_question(route.question, request.path_params, scope["query_string"])
        lang = question.lang or language(b"", wished.accept_language, self.settings.lang)
        read = Read(route, question, normalised(question), lang)
        address = (scope["path"], scope["query_string"], wished.accept_language)
        if sum(map(len, address)) <= LONGEST_REMEMBERED:
            if len(self._read) >= REMEMBERED:
                self._read.pop(next(iter(self._read)))  # the one read first
            self._read[address] = read
        return read

    def _key(self, read: Read, version: Version) -> Key:
        looks_back = read.route.history or getattr(read.question, "known_as_of", None) is not None
        lang = read.lang if read.route.leads else ""
        return read.route.name, read.normal, lang, version.content, version.number if looks_back else 0

    async def _reply(self, key: Key, read: Read, wished: Wishes) -> Ready:
        reply = self.replies.get(key)
        if reply is None:
            if wished.if_none_match and (etag := self._etag(key)) in wished.if_none_match:
                return Reply(b"", etag, read.route.form).unchanged
            reply = await self._fly(key, read)
        return reply.sent_to(wished)

    async def _fly(self, key: Key, read: Read) -> Reply:
        """Make a reply; equal questions that arrive meanwhile wait for the same one."""
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._make(read))
            self._flights[key] = flight
            flight.add_done_callback(lambda _: self._flights.pop(key, None))
        return await asyncio.shield(flight)

    async def _make(self, read: Read) -> Reply:
        async with asyncio.timeout(self._seconds), self.store.view() as view:
            version = await view.version()
            answer = await read.route.build(Asking(view, version, read.lang, self.settings), read.question)
        # The graph may have moved on since the question came in: the reply is kept as what it is.
        key = self._key(read, version)
        reply = Reply(read.route.encode(answer), self._etag(key), read.route.form)
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
            path = path.replace(old, error.target, 1)
        return quote(path, safe="/:") + ("?" + urlencode(found, safe=":,") if found else "")


def normalised(question: Asked) -> str:
    """Return a question in its one canonical form: defaults left out, lists in order, language apart."""
    return question.model_dump_json(by_alias=True, exclude_defaults=True, exclude={"lang"})


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
