"""Ready answers: bytes with their headers, kept in memory up to a number of bytes.

The least recently used leave first.
"""

import gzip
from collections import OrderedDict
from typing import Final, NamedTuple

from starlette.responses import Response

from app.negotiation import Wishes, has_already, takes_gzip

GZIP_FROM: Final = 1_024  # below one packet, compressing saves nothing
GZIP_LEVEL: Final = 1  # level 9 costs nine times as much for a tenth fewer bytes
OVERHEAD: Final = 1_500  # bytes of headers, key and objects around an answer
Headers = list[tuple[bytes, bytes]]
Key = tuple[str, str, str, str, int]


class Form(NamedTuple):
    """In which form answers of a route are sent: the headers that are the same for all of them."""

    media: bytes = b"application/json"
    vary: bytes = b"Accept-Encoding"
    cache: bytes = b"no-cache"  # keep it, but ask each time whether it still holds


JSON: Final = Form()
JSON_IN_A_LANGUAGE: Final = Form(vary=b"Accept-Encoding, Accept-Language")


class Ready(Response):
    """A response whose bytes and headers are made already."""

    def __init__(self, status: int, body: bytes, headers: Headers) -> None:
        """Take everything as it is; headers are lower-case and complete."""
        self.status_code = status
        self.body = body
        self.raw_headers = headers
        self.background = None


class Reply:
    """One answer in every form in which it is sent: plain, compressed, and "you have it already"."""

    __slots__ = ("_plain", "_unchanged", "_zipped", "etag", "size")

    def __init__(self, body: bytes, etag: bytes, form: Form) -> None:
        self.etag = etag
        known = [(b"etag", b"W/" + etag), (b"cache-control", form.cache), (b"vary", form.vary)]
        self._unchanged = Ready(304, b"", known)
        self._plain = Ready(200, body, [(b"content-type", form.media), (b"content-length", b"%d" % len(body)), *known])
        self._zipped: Ready | None = None
        self.size = len(body) + OVERHEAD

    @property
    def unchanged(self) -> Ready:
        """The 304 answer."""
        return self._unchanged

    @property
    def plain(self) -> Ready:
        """The 200 answer as it is."""
        return self._plain

    def sent_to(self, wished: Wishes) -> Ready:
        """Return the answer in the form this client asks for."""
        if wished.if_none_match and has_already(wished.if_none_match, self.etag):
            return self._unchanged
        return self.zipped() if takes_gzip(wished.accept_encoding) else self._plain

    def zipped(self) -> Ready:
        """Return the 200 answer compressed, or as it is where compressing does not pay."""
        if self._zipped is None:
            self._zipped = self._compress()
            self.size += len(self._zipped.body) if self._zipped is not self._plain else 0
        return self._zipped

    def _compress(self) -> Ready:
        body = bytes(self._plain.body)
        small = gzip.compress(body, GZIP_LEVEL, mtime=0) if len(body) >= GZIP_FROM else body
        if len(small) >= len(body):
            return self._plain
        kept = [header for header in self._plain.raw_headers if header[0] != b"content-length"]
        return Ready(200, small, [*kept, (b"content-encoding", b"gzip"), (b"content-length", b"%d" % len(small))])


class Replies:
    """Replies by key, at most `most` bytes of them."""

    def __init__(self, most: int) -> None:
        """Start empty. most: bytes; 0 keeps nothing."""
        self.most = most
        self.held = 0
        self._by_key: OrderedDict[Key, tuple[Reply, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._by_key)

    def get(self, key: Key) -> Reply | None:
        """Return the reply kept under this key, now the most recently used."""
        found = self._by_key.get(key)
        if found is None:
            return None
        self._by_key.move_to_end(key)
        reply, counted = found
        if reply.size != counted:  # it has been compressed since
            self.put(key, reply)
        return reply

    def put(self, key: Key, reply: Reply) -> None:
        """Keep a reply, and drop the least recently used ones that no longer fit."""
        self._drop(key)
        if reply.size > self.most:
            return
        self._by_key[key] = (reply, reply.size)
        self.held += reply.size
        while self.held > self.most:
            self._drop(next(iter(self._by_key)))

    def _drop(self, key: Key) -> None:
        found = self._by_key.pop(key, None)
        if found is not None:
            self.held -= found[1]
