"""Canonical JSON of domain objects: fields in their order, defaults left out, so equal objects have equal documents."""

import re
from functools import cache
from typing import Any, TypeVar

import msgspec

S = TypeVar("S", bound=msgspec.Struct)


def encode(entity: msgspec.Struct) -> str:
    """Return the canonical JSON of a domain object.

    msgspec leaves a default out only where the value is the very same object; a text read from a file is equal to the
    default "official", yet another object. Where the JSON shows such a text the object is rebuilt with the default.
    """
    document = msgspec.json.encode(entity).decode()
    if _default_text(type(entity)).search(document):
        return msgspec.json.encode(canonical(entity)).decode()
    return document


def canonical(entity: S) -> S:
    """Return an equal object in which every field that equals its default, at any depth, is the default itself."""
    values = {name: _canonical(getattr(entity, name)) for name in entity.__struct_fields__}
    for name, default in _text_defaults(type(entity)):
        if values[name] == default:
            values[name] = default
    return type(entity)(**values)


@cache
def _text_defaults(struct: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    fields = msgspec.structs.fields(struct)  # reads annotations anew each time: too slow for every object
    return tuple((field.name, field.default) for field in fields if isinstance(field.default, str))


def _canonical(value: Any) -> Any:  # noqa: ANN401 - any field of any struct
    if isinstance(value, tuple):
        return tuple(_canonical(item) for item in value)
    return canonical(value) if isinstance(value, msgspec.Struct) else value


@cache
def _default_text(struct: type[msgspec.Struct]) -> re.Pattern[str]:
    """Return what matches `"field":"default"` for every text default of a struct and of those inside it.

    Quotes inside texts are escaped in JSON, so no text can look like this; another struct's field of the same name
    can, and then the object is rebuilt for nothing.
    """
    pairs: set[str] = set()
    seen: set[type] = set()
    left: list[type] = [struct]
    while left:
        kind = left.pop()
        seen.add(kind)
        for field in msgspec.structs.fields(kind):
            if isinstance(field.default, str):
                pairs.add(re.escape(f'"{field.encode_name}":{msgspec.json.encode(field.default).decode()}'))
            left += [inner for inner in _structs_in(field.type) if inner not in seen]
    return re.compile("|".join(sorted(pairs)) or r"(?!)")


def _structs_in(annotation: Any) -> list[type]:  # noqa: ANN401 - a type annotation
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return [annotation]
    return [inner for argument in getattr(annotation, "__args__", ()) for inner in _structs_in(argument)]
