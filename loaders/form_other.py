"""The two small files: saved questions, and decisions about what names mean."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from graph.identity import fold
from graph.vocabulary import Text
from loaders.dates import Day
from loaders.form_fact import KEY
from loaders.form_registry import KINDS
from loaders.problem import At, Problems
from loaders.scalars import Both, Choice, Ident, Words
from loaders.shape import Field, Many, Record, Values
from loaders.tree import Item

# ---- questions -------------------------------------------------------------------------------------------------------

QUESTIONS_FORMAT: Final = "jejaring-questions/1"
_QUESTION_ID: Final = Field("id", KEY, required=True)
_ASK: Final = Field("ask", Both(300), required=True)
_QUESTIONS: Final = Field("questions", Many(Record("question", _QUESTION_ID, _ASK), empty=True), required=True)
QUESTIONS_RECORD: Final = Record("questions", Field("format", Words(40), required=True), _QUESTIONS)


class SavedQuestion(msgspec.Struct, frozen=True):
    """A question whose answer a plan compares before and after."""

    id: str
    ask: Text


def read_questions(item: Item, found: Problems) -> tuple[SavedQuestion, ...]:
    """Return the saved questions of a file."""
    values = QUESTIONS_RECORD.read(item, found)
    rows = () if values is None else values.get(_QUESTIONS) or ()
    kept: dict[str, SavedQuestion] = {}
    first: dict[str, At] = {}
    for row in rows:
        key, ask, at = row.get(_QUESTION_ID), row.get(_ASK), row.at(_QUESTION_ID)
        if key is not None and key in first:
            found.add("E405", at, key=key, first=str(first[key]))
        elif key is not None and ask is not None:
            first[key], kept[key] = at, SavedQuestion(key, ask)
    return tuple(kept.values())


# ---- decisions -------------------------------------------------------------------------------------------------------

_ID: Final = Field("id", Words(80), required=True)
_AT: Final = Field("at", Day(), required=True)
_EDITOR: Final = Field("editor", Words(80), required=True)
_DECIDE: Final = Field("decide", Choice("name", "undo"), required=True)
_NAME: Final = Field("name", Words(300))
_MEANS: Final = Field("means", Ident((*KINDS, "subsector")))
_ARTICLE: Final = Field("article", Ident(("article",)))
_UNDOES: Final = Field("undoes", Words(80))
_REASON: Final = Field("reason", Words(280), required=True)
DECISION_RECORD: Final = Record("decision", _ID, _AT, _EDITOR, _DECIDE, _NAME, _MEANS, _ARTICLE, _UNDOES, _REASON)


class Decision(msgspec.Struct, frozen=True):
    """An editor's decision that a name means a node, in one article or (article None) everywhere."""

    id: str
    at: At
    key: str
    means: str
    article: str | None


def read_decisions(lines: Sequence[Item], found: Problems) -> tuple[Decision, ...]:
    """Replay the decisions of all files in their order and return those that stand."""
    standing: dict[str, Decision] = {}
    first: dict[str, At] = {}
    for line in lines:
        values = DECISION_RECORD.read(line, found)
        if values is None or (decision_id := values.get(_ID)) is None:
            continue
        if decision_id in first:
            found.add("E405", values.at(_ID), key=decision_id, first=str(first[decision_id]))
        first.setdefault(decision_id, values.at(_ID))
        if values.get(_DECIDE) == "undo":
            _undo(values, standing, found)
        else:
            _stand(values, decision_id, standing, found)
    return tuple(standing.values())


def _undo(values: Values, standing: dict[str, Decision], found: Problems) -> None:
    undone = values.get(_UNDOES)
    if undone is None and not values.has(_UNDOES):
        found.add("E201", values.table.at, key=_UNDOES.key)
    elif undone is not None and standing.pop(undone, None) is None:
        found.add("E415", values.at(_UNDOES), id=undone, nearest=tuple(standing)[-3:])


def _stand(values: Values, decision_id: str, standing: dict[str, Decision], found: Problems) -> None:
    for field in (_NAME, _MEANS):
        if not values.has(field):
            found.add("E201", values.table.at, key=field.key)
    name, means = values.get(_NAME), values.get(_MEANS)
    if name is not None and means is not None:
        standing[decision_id] = Decision(decision_id, values.at(_MEANS), fold(name), means, values.get(_ARTICLE))


def index(decisions: Sequence[Decision]) -> Mapping[tuple[str, str | None], Decision]:
    """Return the standing decisions by (folded name, article or None); the latest of several counts."""
    return {(decision.key, decision.article): decision for decision in decisions}
