"""Answers about the graph and the service: counts, versions, changes, limits."""

from typing import Final, Literal

import msgspec

from app.allowed import Allowed
from graph.model import Change, Load, Summary, Version
from graph.vocabulary import Text

CHANGES_LISTED: Final = 1_000  # of one load


class SummaryAnswer(msgspec.Struct, frozen=True):
    """Counts of the graph and how far the data reach (ISO dates, null when there is nothing)."""

    version: str
    nodes: dict[str, int]
    facts: dict[str, int]
    ties: dict[str, int]
    sources: int
    newest_fact: str | None
    newest_source: str | None


class VersionAnswer(msgspec.Struct, frozen=True):
    """The program's version, that of the API, and where the graph stands."""

    program: str
    api: str
    version: Version


class Loaded(msgspec.Struct, frozen=True):
    """One load: the graph's version after it, when (UTC), what for, and what it did. reverts: the load it undid."""

    id: str
    version: int
    at: str
    message: str
    facts: int
    added: int
    changed: int
    removed: int
    reverts: str | None


class Changed(msgspec.Struct, frozen=True):
    """One node, source or statement that a load added, changed or removed."""

    kind: str
    id: str
    action: Literal["added", "changed", "removed"]


class LoadChanges(msgspec.Struct, frozen=True):
    """A load with what it changed, by kind and id; left_out counts the changes beyond those listed."""

    load: Loaded
    changes: tuple[Changed, ...]
    left_out: int


class ChangesAnswer(msgspec.Struct, frozen=True):
    """Loads after a version, oldest first, never re-ordered. Ask again with after=next; more: at once."""

    version: Version
    items: tuple[LoadChanges, ...]
    next: int
    more: bool


class Parameter(msgspec.Struct, frozen=True):
    """What a parameter means and what is allowed."""

    meaning: Text
    allowed: Allowed


class RequestLimits(msgspec.Struct, frozen=True):
    """What a request may be: bytes of path and query, bytes and number of headers, number of parameters."""

    url_bytes: int
    header_bytes: int
    header_lines: int
    parameters: int


class AnswerLimits(msgspec.Struct, frozen=True):
    """What an answer may cost: the deadline, and ties read, ties kept and time of one walk through the graph."""

    deadline_ms: int
    reads: int
    ties: int
    walk_ms: int
    in_flight: int


class LimitsAnswer(msgspec.Struct, frozen=True):
    """Every limit: of requests, of answers, and of each parameter of each route."""

    request: RequestLimits
    answer: AnswerLimits
    routes: dict[str, dict[str, Parameter]]


def summary_answer(version: str, summary: Summary) -> SummaryAnswer:
    """Return the counts as answers show them."""
    return SummaryAnswer(
        version=version,
        nodes=summary.nodes,
        facts=summary.facts,
        ties=summary.ties,
        sources=summary.sources,
        newest_fact=summary.newest_fact,
        newest_source=summary.newest_source,
    )


def load_changes(load: Load, changes: tuple[Change, ...]) -> LoadChanges:
    """Return a load and what it changed. The editor's name stays inside."""
    told = Loaded(
        id=load.id,
        version=load.version,
        at=load.at,
        message=load.message,
        facts=load.facts,
        added=load.added,
        changed=load.changed,
        removed=load.removed,
        reverts=load.reverts,
    )
    listed = tuple(Changed(change.kind, change.id, _action(change)) for change in changes[:CHANGES_LISTED])
    return LoadChanges(told, listed, len(changes) - len(listed))


def _action(change: Change) -> Literal["added", "changed", "removed"]:
    if change.before is None:
        return "added"
    return "removed" if change.after is None else "changed"
