"""Finding names: what is looked up, in which order, and how well each name answers. Pure; engines only look things up.

`finding` is a generator: it yields a `Lookup`, is sent what the engine found, and returns the ranked nodes. So every
engine, waiting or not, finds the same. Work is bounded: each lookup says how many it wants at most.
"""

from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from typing import Final, Literal

import msgspec
from rapidfuzz import fuzz

from graph.identity import name_keys, trigrams

Match = Literal["id", "exact", "prefix", "word", "fuzzy"]
Candidate = tuple[str, str, str]  # node id, key, name
GROUPS: Final[tuple[Match, ...]] = ("id", "exact", "prefix", "word", "fuzzy")

MOST_NAMES: Final = 256  # of one lookup
MOST_WORDS: Final = 8  # of a text
MOST_ALIKE: Final = 12  # words taken for a misspelt one
MOST_OF_ALIKE: Final = 64  # names with such a word
MOST_WINDOWS: Final = 6  # three-letter windows asked for, the rarest ones
MOST_OF_WINDOW: Final = 2000  # words with a window
ALIKE_WORD: Final = 60.0  # similarity (0..100) below which a word is another word
ALIKE_NAME: Final = 70.0  # ... and a name another name


class Lookup(msgspec.Struct, frozen=True):
    """One question to an engine's index of names, answered with at most `most` candidates.

    key: names with this key. begins: names whose key begins so, by key. word: names of at most `longest` letters with
    this word, shortest first. words: names with a word that begins so and, for each of `also`, another that does, by
    word, then shortest first. window: words (node id and name left empty) with this three-letter window.
    """

    what: Literal["key", "begins", "word", "words", "window"]
    text: str
    most: int = MOST_NAMES
    longest: int = 1 << 30
    also: tuple[str, ...] = ()


class Ranked(msgspec.Struct, frozen=True):
    """A node found: its best name, in which group, and how well (0..100)."""

    node: str
    name: str
    match: Match
    score: float


Finding = Generator[Lookup, Sequence[Candidate], list[Ranked]]


def finding(text: str, limit: int) -> Finding:
    """Find nodes by name: by group, then score falling, then node id; at most `limit`.

    Later groups are looked up only while earlier ones leave room, nearly-equal names only when none is equal.
    """
    asked = name_keys(text)
    candidates: list[Candidate] = []
    for lookups in (_equal, _beginning, _with_words, _misspelt):
        candidates += yield from lookups(asked)
        ranked = rank(asked, candidates)
        if len(ranked) >= limit or (lookups is _with_words and any(one.match == "exact" for one in ranked)):
            break
    else:
        ranked = rank(asked, candidates)
    return ranked[:limit]


# ---- what is looked up -----------------------------------------------------------------------------------------------

_Lookups = Generator[Lookup, Sequence[Candidate], list[Candidate]]


def words_of(key: str) -> tuple[str, ...]:
    """Return the distinct words of a key."""
    return tuple(dict.fromkeys(key.split()))


def _equal(asked: Sequence[str]) -> _Lookups:
    found: list[Candidate] = []
    for key in asked:
        found += yield Lookup("key", key)
    return found


def _beginning(asked: Sequence[str]) -> _Lookups:
    found: list[Candidate] = []
    for key in asked:
        found += yield Lookup("begins", key)
    return found


def _with_words(asked: Sequence[str]) -> _Lookups:
    """Names with all words typed, found by the longest one; names all of whose words were typed."""
    found: list[Candidate] = []
    for key in asked:
        first, *others = sorted(words_of(key), key=lambda word: (-len(word), word))[:MOST_WORDS]
        found += yield Lookup("words", first, also=tuple(others))
        if others:
            for word in (first, *others):
                found += yield Lookup("word", word, MOST_OF_ALIKE, longest=len(key))
    return found


def _misspelt(asked: Sequence[str]) -> _Lookups:
    found: list[Candidate] = []
    for key in asked:
        for word in words_of(key)[:MOST_WORDS]:
            alike = yield from _words_like(word)
            for one in alike:
                found += yield Lookup("word", one, MOST_OF_ALIKE)
    return found


def _words_like(word: str) -> Generator[Lookup, Sequence[Candidate], list[str]]:
    """Return the words most like this one, of those that share its rarest windows."""
    shared: Counter[str] = Counter()
    windows = []
    for window in sorted(trigrams(word)):
        words = yield Lookup("window", window, MOST_OF_WINDOW)
        windows.append([key for _, key, _ in words])
    for words_of_window in sorted(windows, key=len)[:MOST_WINDOWS]:
        shared.update(words_of_window)
    fewest = max(shared.values(), default=0) / 2
    close = [(-n, one) for one, n in shared.items() if n >= fewest]
    likely = [one for _, one in sorted(close)[: MOST_ALIKE * 20]]
    scored = sorted((-fuzz.ratio(word, one), one) for one in likely)
    return [one for score, one in scored if -score >= ALIKE_WORD][:MOST_ALIKE]


# ---- how well it answers ---------------------------------------------------------------------------------------------


def rank(asked: Sequence[str], candidates: Iterable[Candidate]) -> list[Ranked]:
    """Return the best name of each node, by group, then score falling, then node id."""
    best: dict[str, Ranked] = {}
    for node, key, name in dict.fromkeys(candidates):
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
    fuzzy: nearly the same letters, in the order typed or with the words sorted (rapidfuzz).
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
    return ("fuzzy", round(score, 2)) if score >= ALIKE_NAME else None
