"""The outermost layer, pure ASGI: request id, size limits, HEAD, CORS, security headers, load shedding, the last catch.

A function middleware (`BaseHTTPMiddleware`) would cost more than half of the throughput; this costs a few microseconds.
"""

import logging
from collections.abc import Awaitable, Callable
from secrets import token_hex
from typing import Any, Final, NamedTuple
from urllib.parse import unquote_to_bytes

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.problems import (
    HEADERS_TOO_LARGE,
    INTERNAL,
    METHOD,
    NO_BODY,
    OVERLOADED,
    UNDECODABLE,
    URL_TOO_LONG,
    Trouble,
)
from app.settings import Settings

MAX_URL: Final = 8_192  # bytes of path and query
MAX_HEADERS: Final = 16_384  # bytes of names and values
MAX_HEADER_LINES: Final = 64
REQUEST_ID: Final = "jejaring.request_id"  # where the scope holds it
ALWAYS_ANSWERED: Final = frozenset({"/healthz", "/readyz"})
SERVED: Final = frozenset({"GET", "HEAD", "OPTIONS"})

_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SECURITY: Final[tuple[tuple[bytes, bytes], ...]] = (
    (b"content-security-policy", _CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_EXPOSED: Final = b"etag, retry-after, x-request-id"
_LOG: Final = logging.getLogger("jejaring.edge")

Tell = Callable[[Scope, Trouble], Response]
Recall = Callable[[Scope], Awaitable[Response | None]]


class _Head(NamedTuple):
    size: int
    lines: int
    body: bool
    origin: bytes


class Edge:
    """Wraps the application.

    `recall` may have an answer ready; `tell` makes a response of what is wrong, as the client can read it.
    """

    def __init__(self, app: ASGIApp, recall: Recall, tell: Tell, settings: Settings) -> None:
        """Serve `app`; settings say who may read from a browser and how many requests are worked on at a time."""
        self.app = app
        self.recall = recall
        self.tell = tell
        self.origins = frozenset(origin.encode() for origin in settings.origins)
        self.most = settings.max_in_flight
        self.in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event of ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = token_hex(8)
        scope[REQUEST_ID] = request_id
        head = _look(scope["headers"])
        dressed = self._dress(scope, send, (b"x-request-id", request_id.encode()), head.origin)
        early = self._early(scope, head)
        if early is not None:
            await early(scope, receive, dressed)
            return
        await self._serve(scope, receive, dressed)

    def _early(self, scope: Scope, head: _Head) -> Response | None:
        """Return the answer to a request that needs none of the application, or None."""
        trouble = self._trouble(scope, head)
        if trouble is not None:
            return self.tell(scope, trouble)
        if scope["method"] == "OPTIONS":
            return _options(head.origin in self.origins)
        return None

    def _trouble(self, scope: Scope, head: _Head) -> Trouble | None:
        raw: bytes = scope.get("raw_path") or b""
        if len(raw) + len(scope["query_string"]) > MAX_URL:
            return URL_TOO_LONG
        if head.size > MAX_HEADERS or head.lines > MAX_HEADER_LINES:
            return HEADERS_TOO_LARGE
        if scope["method"] not in SERVED:
            return METHOD
        if head.body:
            return NO_BODY
        if b"%" in raw and not _decodable(raw):
            return UNDECODABLE
        if self.in_flight >= self.most and scope["path"] not in ALWAYS_ANSWERED:
            return OVERLOADED
        return None

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        self.in_flight += 1
        try:
            # The application knows GET only; `send` keeps the body of an answer to HEAD back.
            asked = scope if scope["method"] == "GET" else {**scope, "method": "GET"}
            answer = await self.recall(asked) or self.app
            await answer(asked, receive, watched)
        except Exception:  # the one place that catches everything: nothing inside may reach a client
            _LOG.exception("request %s failed", scope[REQUEST_ID])
            if started:
                raise
            await self.tell(scope, INTERNAL)(scope, receive, send)
        finally:
            self.in_flight -= 1

    def _dress(self, scope: Scope, send: Send, own: tuple[bytes, bytes], origin: bytes) -> Send:
        """Return `send` with our headers on every answer, and without a body where only the head is asked for."""
        added = [own, *_SECURITY, *self._cors(origin)]
        bare = scope["method"] == "HEAD"

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *added]}
            elif bare:
                message = {**message, "body": b""}
            await send(message)

        return dressed

    def _cors(self, origin: bytes) -> tuple[tuple[bytes, bytes], ...]:
        if not self.origins:
            return ()
        if origin not in self.origins:
            return ((b"vary", b"Origin"),)
        return (
            (b"vary", b"Origin"),
            (b"access-control-allow-origin", origin),
            (b"access-control-expose-headers", _EXPOSED),
        )


def _look(headers: list[tuple[bytes, bytes]]) -> _Head:
    size, body, origin = 0, False, b""
    for name, value in headers:
        size += len(name) + len(value)
        if name == b"origin":
            origin = value
        elif (name == b"content-length" and value.strip() != b"0") or name == b"transfer-encoding":
            body = True
    return _Head(size, len(headers), body, origin)


def _decodable(raw: bytes) -> bool:
    try:
        unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        return False
    return True


def _options(listed: bool) -> Response:
    headers: dict[str, Any] = {"allow": "GET, HEAD, OPTIONS"}
    if listed:
        headers |= {
            "access-control-allow-methods": "GET, HEAD",
            "access-control-allow-headers": "if-none-match",
            "access-control-max-age": "3600",
        }
    return Response(status_code=204, headers=headers)
