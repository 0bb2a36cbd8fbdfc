"""Every error as one shape: `application/problem+json` (RFC 9457), with a stable code and its words in both languages.

What a client sent is never repeated in an answer: a parameter is named, its value is not.
"""

from typing import Any, Final

import msgspec

from app.allowed import Allowed
from app.reading import Refusal, Refused, Undecodable
from graph.errors import (
    Ambiguous,
    BudgetExceeded,
    Gone,
    JejaringError,
    Moved,
    NotFound,
    Stale,
    StoreDamaged,
    StoreFull,
    StoreTimeout,
    StoreUnavailable,
    UndoConflict,
    Unreadable,
)
from graph.vocabulary import Lang, Text

TYPE: Final = "urn:jejaring:problem:"
RETRY_AFTER: Final = 2  # seconds


class Fault(msgspec.Struct, frozen=True):
    """One parameter that cannot be used, and what is allowed. parameter null: one that the route does not know."""

    code: str
    parameter: str | None
    texts: Text
    allowed: Allowed | None


class Problem(msgspec.Struct, frozen=True):
    """Why a request has no answer. code is stable; detail is the text in the language that leads, texts has both.

    parameter and allowed are those of the first fault; errors lists all faults of the parameters.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str
    texts: Text
    parameter: str | None
    allowed: Allowed | None
    errors: tuple[Fault, ...]
    request_id: str


class Trouble(msgspec.Struct, frozen=True):
    """A problem before it is told to one reader: status, code, words, faults and headers."""

    status: int
    code: str
    texts: Text
    faults: tuple[Fault, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()

    def told(self, lang: Lang, request_id: str) -> Problem:
        """Return the problem as one reader gets it."""
        first = self.faults[0] if self.faults else Fault("", None, self.texts, None)
        return Problem(
            type=TYPE + self.code,
            title=TITLES[self.status].get(lang),
            status=self.status,
            code=self.code,
            detail=self.texts.get(lang),
            texts=self.texts,
            parameter=first.parameter,
            allowed=first.allowed,
            errors=self.faults,
            request_id=request_id,
        )


TITLES: Final[dict[int, Text]] = {
    308: Text(id="Pindah", en="Moved"),
    400: Text(id="Permintaan tidak terbaca", en="Unreadable request"),
    404: Text(id="Tidak ditemukan", en="Not found"),
    405: Text(id="Metode tidak dilayani", en="Method not served"),
    409: Text(id="Berbenturan", en="Conflict"),
    410: Text(id="Sudah ditarik", en="Withdrawn"),
    413: Text(id="Isi tidak diterima", en="No body is accepted"),
    414: Text(id="Alamat terlalu panjang", en="The address is too long"),
    422: Text(id="Pertanyaan tidak dapat dipakai", en="The question cannot be used"),
    431: Text(id="Kepala permintaan terlalu besar", en="The request's headers are too large"),
    500: Text(id="Kesalahan di pihak kami", en="An error on our side"),
    503: Text(id="Sedang tidak tersedia", en="Not available just now"),
    504: Text(id="Terlalu lama", en="Took too long"),
    507: Text(id="Tempat penyimpanan penuh", en="No space left"),
}

# The most specific class first.
_STATUS: Final[tuple[tuple[type[JejaringError], int], ...]] = (
    (Gone, 410),
    (NotFound, 404),
    (Moved, 308),
    (Unreadable, 422),
    (Ambiguous, 422),
    (BudgetExceeded, 422),
    (Stale, 409),
    (UndoConflict, 409),
    (StoreTimeout, 504),
    (StoreUnavailable, 503),
    (StoreDamaged, 500),
    (StoreFull, 507),
)


def trouble_of(error: Exception) -> Trouble:
    """Return what an expected error means to a client; an unexpected one is raised again."""
    if isinstance(error, Refused):
        return _refused(error.refusals)
    if isinstance(error, Undecodable):
        return UNDECODABLE
    if not isinstance(error, JejaringError):
        raise error
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    headers = (("retry-after", str(RETRY_AFTER)),) if status == 503 else ()
    return Trouble(status, error.code, error.text, _faults(error), headers)


def _faults(error: JejaringError) -> tuple[Fault, ...]:
    if isinstance(error, Ambiguous):
        allowed = Allowed("text", values=error.candidates)
        return (Fault(error.code, error.parameter, error.text, allowed),)
    if isinstance(error, Unreadable):
        return (Fault(error.code, error.parameter, error.text, None),)
    return ()


def _refused(refusals: list[Refusal]) -> Trouble:
    faults = tuple(Fault(r.code, r.parameter, r.text, r.allowed) for r in refusals)
    texts = Text(id=" ".join(f.texts.id for f in faults), en=" ".join(f.texts.en for f in faults))
    return Trouble(422, faults[0].code, texts, faults)


def to_json(answer: Any) -> bytes:  # noqa: ANN401 - any frozen answer object
    """Return an answer as JSON bytes, always the same ones for equal answers."""
    return msgspec.json.encode(answer, order="deterministic")


UNDECODABLE: Final = Trouble(
    400,
    "bad_encoding",
    Text(id="Alamat memuat bita yang bukan UTF-8.", en="The address holds bytes that are not UTF-8."),
)
NO_SUCH_ROUTE: Final = Trouble(
    404,
    "no_such_route",
    Text(
        id="Tidak ada apa-apa di alamat ini. Daftar alamat: /api/v1/openapi.json.",
        en="There is nothing at this address. All addresses: /api/v1/openapi.json.",
    ),
)
METHOD: Final = Trouble(
    405,
    "method_not_allowed",
    Text(id="Hanya GET dan HEAD yang dilayani.", en="Only GET and HEAD are served."),
    headers=(("allow", "GET, HEAD, OPTIONS"),),
)
NO_BODY: Final = Trouble(
    413,
    "body_not_accepted",
    Text(id="Permintaan di sini tidak boleh berisi badan.", en="Requests here may not have a body."),
    headers=(("connection", "close"),),
)
URL_TOO_LONG: Final = Trouble(
    414,
    "url_too_long",
    Text(id="Alamat lebih panjang daripada yang diterima.", en="The address is longer than what is accepted."),
)
HEADERS_TOO_LARGE: Final = Trouble(
    431,
    "headers_too_large",
    Text(
        id="Kepala permintaan lebih besar daripada yang diterima.", en="The headers are larger than what is accepted."
    ),
)
INTERNAL: Final = Trouble(
    500,
    "internal",
    Text(
        id="Ada yang salah di pihak kami; sebutkan request_id ini bila melapor.",
        en="Something is wrong on our side; name this request_id when you report it.",
    ),
)
OVERLOADED: Final = Trouble(
    503,
    "overloaded",
    Text(
        id="Terlalu banyak permintaan sekaligus; coba lagi sebentar lagi.",
        en="Too many requests at once; try again soon.",
    ),
    headers=(("retry-after", str(RETRY_AFTER)),),
)
DEADLINE: Final = Text(
    id="Jawaban ini memakan waktu lebih lama daripada batasnya; persempit pertanyaannya.",
    en="This answer took longer than its limit; narrow the question.",
)
