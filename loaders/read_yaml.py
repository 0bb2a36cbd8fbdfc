"""YAML text -> tree, from the C parser's events.

Events, not the composer: they are several times faster to walk, cannot overflow the C stack on deep nesting, and still
know anchors, aliases and tags, which are refused here (an alias bomb never unfolds).
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
import yaml

from graph.vocabulary import Text
from loaders.files import at_offset
from loaders.problem import At, Problems
from loaders.tree import Entry, Hole, Item, Scalar, Series, Table

MAX_DEPTH: Final = 16
MAX_VALUES: Final = 200_000
_INDENT_TAB: Final = re.compile(r"^ *\t", re.MULTILINE)


class _Open:
    """A list or table whose end has not come yet."""

    def __init__(self, at: At, *, table: bool) -> None:
        self.at = at
        self.items: list[Item] | None = None if table else []
        self.entries: dict[str, Entry] = {}
        self.key: Scalar | Hole | None = None

    def close(self) -> Item:
        return Table(self.entries, self.at) if self.items is None else Series(tuple(self.items), self.at)


def read_yaml(text: str, file: str, found: Problems) -> Item | None:
    """Return the one document of a YAML text as a tree, or None after noting what is wrong with it."""
    if tab := _INDENT_TAB.search(text):
        found.add("E106", at_offset(file, text, tab.end() - 1))
        return None
    builder = _Builder(file, found)
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            if not builder.take(event):
                return None
    except yaml.MarkedYAMLError as error:
        _report_syntax(error, file, found)
        return None
    except yaml.YAMLError:  # the reader's own refusal of a character that `files` lets pass
        found.add("E107", At(file), reason=explain("unreadable"))
        return None
    if builder.root is None:
        found.add("E114", At(file))
    return builder.root


class _Builder:
    """Builds the tree with a stack of its own, so that depth is a number and not a crash."""

    def __init__(self, file: str, found: Problems) -> None:
        self.file = file
        self.found = found
        self.root: Item | None = None
        self.open: list[_Open] = []
        self.values = 0

    def take(self, event: yaml.Event) -> bool:
        """Take one event; False when reading must stop."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.CollectionStartEvent):
            return self._start(event)
        if isinstance(event, yaml.CollectionEndEvent):
            self._place(self.open.pop().close())
        elif isinstance(event, yaml.AliasEvent):
            self.found.add("E108", self._at(event), name=f"*{event.anchor}")
            self._place(Hole(self._at(event)))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self.found.add("E112", self._at(event))
            return False
        return True

    def _scalar(self, event: yaml.ScalarEvent) -> bool:
        at = self._at(event)
        if self._is_marked(event, at):
            self._place(Hole(at))
            return True
        self.values += 1
        if self.values > MAX_VALUES:
            self.found.add("E113", at, limit=Text(id=f"{MAX_VALUES} nilai", en=f"{MAX_VALUES} values"))
            return False
        self._place(Scalar(event.value, at, event.implicit[0]))
        return True

    def _start(self, event: yaml.CollectionStartEvent) -> bool:
        at = self._at(event)
        self._is_marked(event, at)
        if len(self.open) >= MAX_DEPTH:
            self.found.add("E113", at, limit=Text(id=f"{MAX_DEPTH} tingkat", en=f"{MAX_DEPTH} levels"))
            return False
        self.open.append(_Open(at, table=isinstance(event, yaml.MappingStartEvent)))
        return True

    def _is_marked(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, at: At) -> bool:
        if event.anchor is not None:
            self.found.add("E108", at, name=f"&{event.anchor}")
        if event.tag is not None:
            self.found.add("E109", at, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
        return event.anchor is not None or event.tag is not None

    def _place(self, item: Item) -> None:
        if not self.open:
            self.root = item
            return
        top = self.open[-1]
        if top.items is not None:
            top.items.append(item)
        elif top.key is None:
            top.key = self._key(item)
        else:
            self._enter(top, top.key, item)
            top.key = None

    def _key(self, item: Item) -> Scalar | Hole:
        if isinstance(item, Scalar):
            if item.text == "<<" and item.plain:
                self.found.add("E111", item.at)
                return Hole(item.at)
            return item
        if not isinstance(item, Hole):
            self.found.add("E116", item.at)
        return Hole(item.at)

    def _enter(self, top: _Open, key: Scalar | Hole, item: Item) -> None:
        if isinstance(key, Hole):
            return
        first = top.entries.get(key.text)
        if first is not None:
            self.found.add("E110", key.at, key=key.text, first=str(first.at.line))
            return
        top.entries[key.text] = Entry(key.at, item)

    def _at(self, event: yaml.Event) -> At:
        mark = event.start_mark
        return At(self.file) if mark is None else At(self.file, mark.line + 1, mark.column + 1)


class _Saying(msgspec.Struct, frozen=True):
    """What the parser says, and what it means to an editor."""

    says: str
    text: Text


@cache
def _sayings() -> Mapping[str, Text]:
    raw = tomllib.loads(files("loaders").joinpath("yaml_errors.toml").read_text(encoding="utf-8"))
    return {saying.says: saying.text for saying in msgspec.convert(raw["saying"], list[_Saying])}


def explain(problem: str) -> Text:
    """Return the parser's complaint in an editor's words; an unlisted one is called a form that YAML does not know."""
    known = _sayings()
    return known.get(problem, known["unreadable"])


def _report_syntax(error: yaml.MarkedYAMLError, file: str, found: Problems) -> None:
    problem = error.problem or "unreadable"
    # What was never closed is better shown where it was opened than at the end of the file.
    unclosed = problem.startswith(("found unexpected end of stream", "did not find expected ','"))
    mark = error.context_mark if unclosed and error.context_mark else error.problem_mark
    at = At(file) if mark is None else At(file, mark.line + 1, mark.column + 1)
    found.add("E107", at, reason=explain(problem))
