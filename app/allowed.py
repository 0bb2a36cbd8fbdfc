"""What is allowed for every parameter, told from the question models themselves: as data and in words."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Literal

import msgspec

from app.questions import MEANINGS, Asked
from graph.vocabulary import Text

_HOW: Final = frozenset({"limit", "cursor", "lang"})


class Allowed(msgspec.Struct, frozen=True, omit_defaults=True):
    """The limits of one parameter. A list is written with commas, or by repeating the parameter.

    minimum and maximum bound a number, min_length and max_length the characters of a text, max_items a list.
    pattern is a regular expression (ECMA 262). default is left out when there is none.
    """

    type: Literal["integer", "text", "list of integer", "list of text"]
    required: bool = False
    default: str | int | None = None
    values: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    max_items: int | None = None
    pattern: str | None = None
    examples: tuple[str, ...] = ()


@cache
def schemas(model: type[Asked]) -> Mapping[str, dict[str, Any]]:
    """Return the JSON schema of each parameter by its name on the wire, without the null of a parameter left out.

    What has to be given comes first, then what a question is about, then how the answer is wanted.
    """
    found: dict[str, dict[str, Any]] = {}
    told = model.model_json_schema(by_alias=True)["properties"]
    for name, given in sorted(told.items(), key=lambda item: (item[0] not in required(model), item[0] in _HOW)):
        kept = {key: value for key, value in given.items() if key not in ("title", "anyOf", "default")}
        for option in given.get("anyOf", ()):
            kept |= {key: value for key, value in option.items() if option["type"] != "null"}
        if given.get("default") not in (None, []):
            kept["default"] = given["default"]
        found[name] = kept
    return MappingProxyType(found)


@cache
def required(model: type[Asked]) -> frozenset[str]:
    """Return the parameters that have to be given."""
    return frozenset(model.model_json_schema(by_alias=True).get("required", ()))


@cache
def lists(model: type[Asked]) -> frozenset[str]:
    """Return the parameters that may hold several values."""
    return frozenset(name for name, schema in schemas(model).items() if schema["type"] == "array")


@cache
def allowed(model: type[Asked]) -> Mapping[str, Allowed]:
    """Return what is allowed for each parameter of a question, in the order of `schemas`."""
    return MappingProxyType({name: _allowed(name, model) for name in schemas(model)})


def _allowed(name: str, model: type[Asked]) -> Allowed:
    schema = schemas(model)[name]
    item = schema.get("items", schema)
    kind = "integer" if item["type"] == "integer" else "text"
    return msgspec.convert(
        {
            "type": f"list of {kind}" if "items" in schema else kind,
            "required": name in required(model),
            "default": schema.get("default"),
            "values": item.get("enum", [item["const"]] if "const" in item else []),
            "minimum": item.get("minimum"),
            "maximum": item.get("maximum"),
            "min_length": item.get("minLength"),
            "max_length": item.get("maxLength"),
            "max_items": schema.get("maxItems"),
            "pattern": item.get("pattern"),
            "examples": item.get("examples", []),
        },
        Allowed,
    )


def in_words(rule: Allowed) -> Text:
    """Return what is allowed as a phrase: "one of: a, b" or "a whole number from 1 to 6"."""
    text = _one(rule)
    if not rule.type.startswith("list"):
        return text
    most = rule.max_items
    return Text(
        id=f"paling banyak {most}, dipisah koma: {text.id}", en=f"at most {most}, separated by commas: {text.en}"
    )


def _one(rule: Allowed) -> Text:
    if rule.values:
        values = ", ".join(rule.values)
        return Text(id=f"salah satu dari: {values}", en=f"one of: {values}")
    if rule.minimum is not None:
        return Text(
            id=f"bilangan bulat dari {rule.minimum} sampai {rule.maximum}",
            en=f"a whole number from {rule.minimum} to {rule.maximum}",
        )
    if rule.examples:
        examples = ", ".join(rule.examples)
        return Text(id=f"bentuknya seperti {examples}", en=f"of a form like {examples}")
    if rule.pattern is not None:
        return Text(id="nilai `next` dari jawaban sebelumnya", en="the `next` of the answer before")
    if not rule.min_length:
        return Text(
            id=f"teks paling banyak {rule.max_length} karakter, tanpa karakter kendali",
            en=f"at most {rule.max_length} characters without control characters",
        )
    return Text(
        id=f"teks {rule.min_length} sampai {rule.max_length} karakter, tanpa karakter kendali",
        en=f"{rule.min_length} to {rule.max_length} characters without control characters",
    )


def meaning(name: str) -> Text:
    """Return what a parameter means. Raises KeyError for a parameter that has no meaning yet."""
    return MEANINGS[name]
