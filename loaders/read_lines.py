"""JSON lines -> one tree a line. A value stands at its line; JSON readers know no columns."""

import json
from collections.abc import Iterator
from typing import Final

from loaders.problem import At, Problems
from loaders.tree import Entry, Item, Scalar, Series, Table

MAX_DEPTH: Final = 16


class _Doubled(ValueError):
    """A key that a JSON object has twice."""


def read_lines(text: str, file: str, found: Problems) -> Iterator[Item]:
    """Yield a tree for every line that is not blank; a broken line is noted and left out."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _tree(json.loads(line, object_pairs_hook=_object, parse_int=str, parse_float=str), At(file, number))
        except json.JSONDecodeError as error:
            found.add("E117", At(file, number, error.colno))
        except _Doubled as error:
            found.add("E110", At(file, number), key=str(error), first=str(number))
        except RecursionError:
            found.add("E113", At(file, number), limit=str(MAX_DEPTH))


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Doubled(next(key for key in keys if keys.count(key) > 1))
    return made


def _tree(value: object, at: At, depth: int = 0) -> Item:
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        return Table({key: Entry(at, _tree(each, at, depth + 1)) for key, each in value.items()}, at)
    if isinstance(value, list):
        return Series(tuple(_tree(each, at, depth + 1) for each in value), at)
    if isinstance(value, bool):
        return Scalar("true" if value else "false", at)
    return Scalar("", at) if value is None else Scalar(str(value), at, plain=False)
