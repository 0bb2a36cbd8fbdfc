"""Dates of curation files: EDTF, with the EDTF that a printed Indonesian or English date would be as the hint."""

from typing import Final, Literal, cast

import msgspec

from graph.newsdate import NewsDate, NewsDateError, read_news_date, recent_years
from graph.time import LAST_DAY, Basis, EdtfError, When, parse_edtf
from graph.vocabulary import Text
from loaders.problem import At, Problems
from loaders.scalars import Term, Words
from loaders.shape import Field, Record, Schema, Shape, scalar
from loaders.tree import Item, Table

_CODES: Final = {"not_edtf": "E301", "impossible_date": "E302", "end_before_start": "E303"}
EDTF_SCHEMA: Final[Schema] = {
    "title": "edtf",
    "type": ["string", "integer"],
    "description": "EDTF: 2026, 2025-05, 2025-05-27, a/b",
}


class Edtf(Shape[When]):
    """One EDTF text."""

    def parse(self, item: Item, found: Problems) -> When | None:
        """Return the date with its bounds."""
        given = scalar(item, found)
        return None if given is None else read_edtf(given.text.strip(), item.at, found)

    def schema(self) -> Schema:
        """Return a schema for dates, which editors' tools see as text or (a year) as a number."""
        return dict(EDTF_SCHEMA)


def read_edtf(text: str, at: At, found: Problems) -> When | None:
    """Return the date of an EDTF text, or None after noting why it is none."""
    try:
        return parse_edtf(text)
    except EdtfError as error:
        reason = Text(id=error.reason("id"), en=error.reason("en"))
        code = _CODES.get(error.code, "E304")
        close = _read_as(text, found.today) if code == "E301" else ()
        found.add(code, at, value=text, reason=reason, nearest=close)
        return None


def printed(text: str, reference: str | None, today: str) -> NewsDate | None:
    """Return what a printed date says, None when it cannot be read. reference: EDTF date of publication, if known."""
    years = recent_years(today) if today != LAST_DAY else None
    try:
        return read_news_date(text, reference=reference, years=years)
    except NewsDateError:
        return None


def _read_as(text: str, today: str) -> tuple[str, ...]:
    read = printed(text, None, today)
    if read is None:
        return ()
    return (read.when.edtf,) if read.when else read.candidates


EDTF: Final = Field("edtf", Edtf(), required=True)
BASIS: Final = Field("basis", Term("basis"))
AS_STATED: Final = Field("as_stated", Words(100))
_RECORD: Final = Record("date", EDTF, BASIS, AS_STATED)


class Dated(Shape[When]):
    """An EDTF text, or {edtf, basis, as_stated} when it is not simply what the source states."""

    def parse(self, item: Item, found: Problems) -> When | None:
        """Return the date with its basis and the words the source prints."""
        if not isinstance(item, Table):
            return Edtf().parse(item, found)
        values = _RECORD.parse(item, found)
        when = None if values is None else values.get(EDTF)
        if values is None or when is None:
            return None
        basis = cast("Basis", values.get(BASIS) or "stated")
        return msgspec.structs.replace(when, basis=basis, as_stated=values.get(AS_STATED))

    def schema(self) -> Schema:
        """Return a choice between the short and the long form."""
        return {"title": "date", "anyOf": [Edtf().schema(), _RECORD.schema()]}


class Edge(Shape[str]):
    """One end of a period: the first (since) or last (until) day that an EDTF date can mean."""

    def __init__(self, end: Literal["low", "high"]) -> None:
        """Keep which end it is."""
        self.end = end

    def parse(self, item: Item, found: Problems) -> str | None:
        """Return the ISO day."""
        when = Edtf().parse(item, found)
        if when is None:
            return None
        return when.low if self.end == "low" else when.high

    def schema(self) -> Schema:
        """Return the schema of a date."""
        return Edtf().schema()


class Day(Shape[str]):
    """One calendar day, such as the day an article was read."""

    def parse(self, item: Item, found: Problems) -> str | None:
        """Return the ISO day."""
        when = Edtf().parse(item, found)
        if when is not None and (when.precision != "day" or when.qualifier):
            found.add("E307", item.at, value=when.edtf)
            return None
        return when.edtf if when is not None else None

    def schema(self) -> Schema:
        """Return a schema for one day."""
        return {"type": "string", "format": "date"}
