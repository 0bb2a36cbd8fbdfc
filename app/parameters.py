"""The kinds of values a question may hold, each with its limits.

Limits stand in the types, so that the check, the OpenAPI document, `/api/v1/limits` and the words of a refusal are one.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeAlias, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from graph.identity import fold
from graph.time import EdtfError, When, parse_edtf
from graph.vocabulary import vocabulary

MAX_NAME: Final = 200
MAX_QUESTION: Final = 300
MAX_TITLE: Final = 60
MAX_ID: Final = 160
MAX_CURSOR: Final = 400
MAX_LIST: Final = 20
MAX_VERSION: Final = 2**31 - 1
T = TypeVar("T")


@dataclass(frozen=True)
class OneOf:
    """A value from a closed list that is read when the schema is built, not when this file is imported."""

    values: Callable[[], Iterable[str]]

    def __get_pydantic_core_schema__(self, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        """Build the check for exactly these values."""
        del source, handler
        return core_schema.literal_schema(list(self.values()))


def _printable(text: str) -> str:
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
        raise PydanticCustomError("control_characters", "control characters")
    return text


def _bound(pick: Callable[[When], str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        try:
            return pick(parse_edtf(text))
        except EdtfError as error:
            raise PydanticCustomError("not_a_date", "not a date") from error

    return read


def _without_prefix(value: object) -> object:
    return value.removeprefix("subsector:") if isinstance(value, str) else value


def _folded(text: str) -> str:
    # Equal questions become equal however a title is written; signs alone would be no title at all.
    if not (folded := fold(text)):
        raise PydanticCustomError("no_words", "no words")
    return folded


def _distinct(values: tuple[Any, ...]) -> tuple[Any, ...]:
    # The order in which a reader lists values means nothing, so equal questions become equal.
    return tuple(sorted(set(values)))


def _once(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


def _fact_types() -> Iterable[str]:
    return vocabulary().fact_types


def _kinds() -> Iterable[str]:
    return (name for name, kind in vocabulary().kinds.items() if kind.role != "source")


def _subsectors() -> Iterable[str]:
    return vocabulary().subsectors


def _slots() -> Iterable[str]:
    return sorted({slot.name for kind in vocabulary().fact_types.values() for slot in kind.slots})


def _modalities() -> Iterable[str]:
    return vocabulary().terms["modality"]


_Date: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
    Field(examples=["2025", "2025-05", "2025-05-27"]),
]
Many: TypeAlias = Annotated[tuple[T, ...], Field(max_length=MAX_LIST), AfterValidator(_distinct)]
InOrder: TypeAlias = Annotated[tuple[T, ...], Field(max_length=MAX_LIST), AfterValidator(_once)]

Name: TypeAlias = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NAME),
    AfterValidator(_printable),
]
Words: TypeAlias = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION),
    AfterValidator(_printable),
]
NodeId: TypeAlias = Annotated[
    str,
    StringConstraints(max_length=MAX_ID, pattern=r"^[a-z_]+:[a-z0-9]+([.-][a-z0-9]+)*$"),
    Field(examples=["agency:ke-jkt", "city:busan"]),
]
FactId: TypeAlias = Annotated[
    str,
    StringConstraints(max_length=MAX_ID, pattern=r"^fact:[a-z0-9]+([.-][a-z0-9]+)*$"),
    Field(examples=["fact:ke-jkt-asi-2025-10-15.moc"]),
]
SourceId: TypeAlias = Annotated[
    str,
    StringConstraints(max_length=MAX_ID, pattern=r"^article:[a-z0-9]+([.-][a-z0-9]+)*$"),
    Field(examples=["article:ke-jkt-asi-2025-10-15"]),
]
CursorText: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=MAX_CURSOR, pattern=r"^[A-Za-z0-9_-]+$")
]
FirstDay: TypeAlias = Annotated[_Date, AfterValidator(_bound(lambda when: when.low))]
LastDay: TypeAlias = Annotated[_Date, AfterValidator(_bound(lambda when: when.high))]
VersionNumber: TypeAlias = Annotated[int, Field(ge=0, le=MAX_VERSION)]
FactType: TypeAlias = Annotated[str, OneOf(_fact_types)]
Kind: TypeAlias = Annotated[str, OneOf(_kinds)]
Modality: TypeAlias = Annotated[str, OneOf(_modalities)]
Slot: TypeAlias = Annotated[str, OneOf(_slots)]
Subsector: TypeAlias = Annotated[str, OneOf(_subsectors), BeforeValidator(_without_prefix)]
Title: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_TITLE),
    AfterValidator(_printable),
    AfterValidator(_folded),
    Field(examples=["ketua", "vice governor"]),
]
Include: TypeAlias = Literal["planned", "co_attended"]
Tier: TypeAlias = Annotated[int, Field(ge=1, le=3)]
Lang: TypeAlias = Literal["id", "en"]
