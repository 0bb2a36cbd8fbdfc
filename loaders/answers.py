"""Which saved questions would be answered differently: each is asked of the graph and of a private copy with the plan.

Answers are compared as sentences without their citation numbers; what is said about the graph as a whole (how many
articles, how recent) is left out, since every load changes it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import msgspec

from graph.ask import Asked, ask, asked_for, list_about
from graph.connect import connect
from graph.connection import Question
from graph.errors import JejaringError
from graph.gather import Gathered
from graph.model import Budget, Change, Doc, Fact, Plan
from graph.store import GraphReader
from graph.stores import open_store
from graph.tell import Telling, tell_connection, tell_facts
from graph.vocabulary import Text
from loaders.form_other import SavedQuestion
from loaders.plan import KIND_ORDER, documents

LARGEST_COPY: Final = 20_000
"""Nodes, articles and facts of a graph that is still copied for asking; copying takes about a second then."""

_SENTENCES_COMPARED: Final = 500
_MARK: Final = re.compile(r"\s*\[[0-9, ]+\]")


class AnswerChange(Doc, frozen=True):
    """A saved question whose answer a plan changes: the headline before and after, sentences that go and come."""

    id: str
    ask: Text
    before: Text
    after: Text
    gone: tuple[Text, ...] = ()
    come: tuple[Text, ...] = ()


class _Answer(msgspec.Struct, frozen=True):
    headline: Text
    lines: tuple[Text, ...]


async def compare_answers(
    view: GraphReader, plan: Plan, questions: Sequence[SavedQuestion]
) -> tuple[tuple[AnswerChange, ...] | None, Text | None]:
    """Return the questions a plan would answer differently, or None and the reason why they were not asked."""
    if not plan.changes or not questions:
        return (), None
    summary = await view.summary()
    size = sum(summary.nodes.values()) + sum(summary.facts.values()) + summary.sources + len(plan.changes)
    if size > LARGEST_COPY:
        return None, Text(
            id=f"Jawaban tidak dibandingkan: graf ini memuat lebih dari {LARGEST_COPY} hal.",
            en=f"Answers were not compared: this graph holds more than {LARGEST_COPY} things.",
        )
    before = [await answer(view, question) for question in questions]
    after = await _answers_after(view, plan, questions)
    changed = zip(questions, before, after, strict=True)
    return tuple(_change(*each) for each in changed if each[1] != each[2]), None


async def _answers_after(view: GraphReader, plan: Plan, questions: Sequence[SavedQuestion]) -> list[_Answer]:
    """Ask a copy of the graph that lives as long as this call."""
    store = open_store("sqlite:///:memory:")
    try:
        await store.prepare()
        docs = [
            Change(kind, entity_id, None, doc) for kind in KIND_ORDER async for entity_id, doc in documents(view, kind)
        ]
        if docs:
            await store.commit(Plan(base=0, changes=tuple(docs)))
        await store.commit(plan)
        async with store.view() as copy:
            return [await answer(copy, question) for question in questions]
    finally:
        await store.close()


def _change(question: SavedQuestion, before: _Answer, after: _Answer) -> AnswerChange:
    gone = tuple(line for line in before.lines if line not in after.lines)
    come = tuple(line for line in after.lines if line not in before.lines)
    return AnswerChange(question.id, question.ask, before.headline, after.headline, gone, come)


async def answer(view: GraphReader, question: SavedQuestion) -> _Answer:
    """Return what the graph answers to a saved question, in comparable words."""
    try:
        asked = await ask(view, question.ask.id, "id")
        told = await _told(view, asked)
    except JejaringError as error:
        return _Answer(error.text, ())
    lines = [sentence.text for sentence in told.sentences if sentence.group != "coverage"]
    return _Answer(told.headline, tuple(_bare(line) for line in lines[:_SENTENCES_COMPARED]))


def _bare(text: Text) -> Text:
    return Text(_MARK.sub("", text.id), _MARK.sub("", text.en))


async def _told(view: GraphReader, asked: Asked) -> Telling:
    params = asked.params
    if asked.kind == "connect":
        question = Question(
            source=_one(params, "from"),
            target=_one(params, "to"),
            subsectors=tuple(f"subsector:{key}" for key in _all(params, "subsector")),
            since=_one(params, "since") or None,
            until=_one(params, "until") or None,
            include=cast("Any", _all(params, "include")),
        )
        return tell_connection(await connect(view, question, Budget()))
    if asked.kind == "search":
        return Telling(asked.understood, asked.understood, (), ())
    about = (_one(params, "id"),) if asked.kind == "node" else _all(params, "about")
    types = ("attendance", "organising") if asked.kind == "events" else _all(params, "type")
    where, only = asked_for({**params, "type": types, "about": about})
    facts = await list_about(view, where, only, limit=_SENTENCES_COMPARED)
    return await _telling(view, facts, about)


async def _telling(view: GraphReader, facts: Sequence[Fact], about: Sequence[str]) -> Telling:
    told = Gathered(view)
    told.add_facts(facts)
    await told.finish(())
    return tell_facts(facts, told.nodes, told.sources, next(iter(about), None))


def _all(params: Mapping[str, str | tuple[str, ...]], name: str) -> tuple[str, ...]:
    value = params.get(name, ())
    return (value,) if isinstance(value, str) else value


def _one(params: Mapping[str, str | tuple[str, ...]], name: str) -> str:
    return next(iter(_all(params, name)), "")
