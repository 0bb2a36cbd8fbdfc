"""A reading -> the parameters of the API's question, or the reason why it is none."""

from collections.abc import Sequence
from typing import Final

from graph.asking.asked import Params
from graph.asking.grammar import LIMITED_BY
from graph.asking.periods import Period
from graph.asking.reading import Understood
from graph.time import overlaps

NOT_YET: Final = ("announced", "planned", "aspiration")


class Impossible(Exception):
    """A reading that the API has no question for; code: a key of the grammar's texts (same, unlimited)."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


def parameters(read: Understood, period: Period) -> Params:
    """Return the parameters of the question that a reading means. Raises Impossible."""
    ids = [reading.node.id for reading in read.readings.values()]
    if len(set(ids)) < len(ids):
        raise Impossible("same")
    build = {"connect": _connect, "facts": _facts, "node": _node, "sources": _about_only, "events": _events}
    found = build[read.wording.kind](read, ids, period)
    return {name: value for name, value in found.items() if value}


def _connect(read: Understood, ids: Sequence[str], period: Period) -> Params:
    limits = read.row.limits
    if "there" in limits:
        raise Impossible("unlimited")
    include = {"planned"} if limits & {"planned", "not_yet"} else set()
    return {
        "from": ids[0],
        "to": ids[1],
        "types": tuple(sorted(limit.removeprefix("type:") for limit in limits if limit.startswith("type:"))),
        "subsector": tuple(node_id.removeprefix("subsector:") for node_id in _also(read)),
        **_bounds(period),
        "include": tuple(sorted(include | (limits & {"co_attended"}))),
    }


def _bounds(period: Period) -> Params:
    return {"since": period.since or "", "until": period.until or ""}


def _facts(read: Understood, ids: Sequence[str], period: Period) -> Params:
    if read.row.limits - {"planned", "not_yet", *LIMITED_BY}:
        raise Impossible("unlimited")
    modality = NOT_YET if "not_yet" in read.row.limits else read.wording.modality
    return {
        "type": read.wording.types,
        "about": (*ids, *_also(read)),
        **_bounds(period),
        "modality": modality,
        "slot": (read.wording.slot or "") if ids else "",
        "title": read.post.key if read.post else "",
    }


def _also(read: Understood) -> tuple[str, ...]:
    """Return the nodes that limits name."""
    return tuple(one.node.id for one in read.also)


def _node(read: Understood, ids: Sequence[str], period: Period) -> Params:
    """Return the node; a period may only say which edition of an event is meant."""
    when = next(iter(read.readings.values())).node.when
    fits = period == Period() or (when is not None and overlaps(when, period.since, period.until))
    if read.row.limits or not fits:
        raise Impossible("unlimited")
    return {"id": ids[0]}


def _about_only(read: Understood, ids: Sequence[str], period: Period) -> Params:
    if read.row.limits - {*LIMITED_BY} or period != Period():
        raise Impossible("unlimited")
    return {"about": (*ids, *_also(read))}


def _events(read: Understood, ids: Sequence[str], period: Period) -> Params:
    if read.row.limits - {*LIMITED_BY}:
        raise Impossible("unlimited")
    return {"about": (*ids, *_also(read)), **_bounds(period)}
