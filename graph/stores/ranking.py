"""How well a name answers what was typed. Pure: engines bring candidates and this ranks them, so that they agree."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec
from rapidfuzz import fuzz

from graph.identity import name_keys

Match = Literal["id", "exact", "prefix", "word", "fuzzy"]
GROUPS: Final[tuple[Match, ...]] = ("id", "exact", "prefix", "word", "fuzzy")
FUZZY_FLOOR: Final = 70.0  # similarity below this (0..100) is no suggestion


class Ranked(msgspec.Struct, frozen=True):
    """A candidate name with its group and score."""

    node: str
    name: str
    match: Match
    score: float


def rank(text: str, candidates: Iterable[tuple[str, str, str]]) -> list[Ranked]:
    """Rank candidates (node id, key, name): the best name of each node; by group, score falling, then node id."""
    asked = name_keys(text)
    best: dict[str, Ranked] = {}
    for node, key, name in candidates:
        found = judge(asked, key)
        if found is None:
            continue
        ranked = Ranked(node, name, *found)
        known = best.get(node)
        if known is None or (_order(ranked), name) < (_order(known), known.name):
            best[node] = ranked
    return sorted(best.values(), key=_order)


def _order(one: Ranked) -> tuple[int, float, str]:
    return GROUPS.index(one.match), -one.score, one.node


def judge(asked: Sequence[str], key: str) -> tuple[Match, float] | None:
    """Return in which group a name's key answers one of the keys asked for, and how well (0..100); None: it does not.

    exact: the keys are equal. prefix: the name begins with what was typed; the shorter the rest, the better.
    word: every word typed begins a word of the name, or every word of the name was typed, in any order.
    fuzzy: the letters are nearly the same (rapidfuzz's WRatio-free `ratio`, or `token_sort_ratio` for other orders).
    """
    found = [judged for one in asked if (judged := _judge_one(one, key)) is not None]
    return min(found, key=lambda one: (GROUPS.index(one[0]), -one[1])) if found else None


def _judge_one(asked: str, key: str) -> tuple[Match, float] | None:
    if asked == key:
        return "exact", 100.0
    if key.startswith(asked):
        return "prefix", round(100 * len(asked) / len(key), 2)
    typed, words = asked.split(), key.split()
    if all(any(word.startswith(one) for word in words) for one in typed):
        return "word", round(100 * min(1.0, len(asked) / len(key)), 2)
    if len(words) > 1 and set(words) <= set(typed):
        return "word", round(100 * len(key) / len(asked), 2)
    score = max(fuzz.ratio(asked, key), fuzz.token_sort_ratio(asked, key))
    return ("fuzzy", round(score, 2)) if score >= FUZZY_FLOOR else None
