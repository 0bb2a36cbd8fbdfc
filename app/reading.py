"""A query string and a path -> a question, strictly: nothing is guessed, dropped or repaired.

FastAPI's own reading of query models keeps the last of repeated values, turns bytes that are no UTF-8 into replacement
characters, and takes four times as long as everything else on the way to an answer (measured with 13 parameters).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import unquote_to_bytes

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.allowed import Allowed, allowed, in_words, lists
from app.questions import Asked
from graph.vocabulary import Text

MAX_FIELDS: Final = 64
Q = TypeVar("Q", bound=Asked)
_BACKWARDS: Final = Text(
    id="until: lebih awal daripada since; yang boleh: hari yang sama atau sesudahnya.",
    en="until: is earlier than since; allowed: the same day or a later one.",
)


class Refusal:
    """Why one parameter cannot be used. parameter None: one that the route does not know (its name is not echoed)."""

    __slots__ = ("allowed", "code", "parameter", "text")

    def __init__(self, code: str, parameter: str | None, text: Text, allowed: Allowed | None = None) -> None:
        self.code = code
        self.parameter = parameter
        self.text = text
        self.allowed = allowed


class Refused(Exception):
    """A question that cannot be read: every reason, in the order of the parameters."""

    def __init__(self, refusals: list[Refusal]) -> None:
        """Keep all reasons; str() is the English text of the first."""
        super().__init__(refusals[0].text.en)
        self.refusals = refusals


class Undecodable(Exception):
    """A URL whose percent-encoded bytes are no UTF-8."""


def read_question(model: type[Q], path: Mapping[str, str], query: bytes) -> Q:
    """Return the question that a path and a query string ask. Raises Refused, Undecodable.

    A model whose `extra` is "ignore" passes over unknown names (a page: links from elsewhere carry trackers).
    """
    known = allowed(model)
    several = lists(model)
    strict = model.model_config.get("extra") == "forbid"
    values: dict[str, Any] = dict(path)
    refusals: list[Refusal] = []
    for name, value in fields(query):
        if name not in known or name in path:
            if strict:
                refusals.append(_unknown(known))
        elif name in several:
            values.setdefault(name, []).extend(value.split(","))
        elif name in values:
            refusals.append(_repeated(name, known[name]))
        else:
            values[name] = value
    if refusals:
        raise Refused(refusals[:1])
    return check(model, values)


def check(model: type[Q], values: Mapping[str, Any]) -> Q:
    """Return the question with these values by their names on the wire. Raises Refused."""
    try:
        question = model.model_validate(values)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise Refused(_refusals(faults, allowed(model))) from None
    since, until = getattr(question, "since", None), getattr(question, "until", None)
    if since and until and since > until:
        raise Refused([Refusal("invalid", "until", _BACKWARDS, allowed(model)["until"])])
    return question


def fields(query: bytes) -> Iterator[tuple[str, str]]:
    """Return the names and values of a query string in its order. Raises Refused, Undecodable."""
    pairs = query.split(b"&") if query else ()
    for number, pair in enumerate(pairs):
        if number >= MAX_FIELDS:
            raise Refused([_too_many()])
        name, _, value = pair.partition(b"=")
        if pair:
            yield decode(name), decode(value)


def decode(part: bytes) -> str:
    """Return one percent-encoded part of a query as text. Raises Undecodable."""
    try:
        return unquote_to_bytes(part.replace(b"+", b" ")).decode()
    except UnicodeDecodeError as error:
        raise Undecodable from error


def _refusals(faults: list[ErrorDetails], known: Mapping[str, Allowed]) -> list[Refusal]:
    found: dict[str | None, Refusal] = {}
    for fault in faults:
        name = str(fault["loc"][0])
        refusal = _wrong(name, known[name], fault["type"]) if name in known else _unknown(known)
        found.setdefault(refusal.parameter, refusal)
    order = (*known, None)
    return sorted(found.values(), key=lambda refusal: order.index(refusal.parameter))


def _wrong(name: str, rule: Allowed, fault: str) -> Refusal:
    words = in_words(rule)
    if fault == "missing":
        return Refusal(
            "missing", name, Text(id=f"{name}: wajib diisi; {words.id}.", en=f"{name}: is required; {words.en}."), rule
        )
    text = Text(id=f"{name}: nilai ini tidak dapat dipakai; {words.id}.", en=f"{name}: not usable; {words.en}.")
    return Refusal("invalid", name, text, rule)


def _unknown(known: Mapping[str, Allowed]) -> Refusal:
    names = ", ".join(known)
    return Refusal(
        "unknown_parameter",
        None,
        Text(
            id=f"Ada parameter yang tidak dikenal di sini. Yang ada: {names}.",
            en=f"A parameter is not known here. There are: {names}.",
        ),
        Allowed("list of text", values=tuple(known)),
    )


def _repeated(name: str, rule: Allowed) -> Refusal:
    text = Text(id=f"{name}: hanya boleh satu kali.", en=f"{name}: may be given once only.")
    return Refusal("repeated", name, text, rule)


def _too_many() -> Refusal:
    text = Text(id=f"Paling banyak {MAX_FIELDS} parameter.", en=f"At most {MAX_FIELDS} parameters.")
    return Refusal("too_many_parameters", None, text)
