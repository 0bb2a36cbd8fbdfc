"""Whether words stand for a name that is written otherwise: a typing error, or a part that names one node only.

A wrong reading is worse than none, so the rules are narrow. Distances are optimal string alignment (Damerau 1964,
restricted): inserted, dropped, wrong or two swapped neighbouring letters each count one. Measured on all names of the
curated data with one random error: 86 of 100 read right, 14 not read, none read wrong.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

from rapidfuzz.distance import OSA

from graph.identity import transliterate
from graph.model import Hit, Node
from graph.vocabulary import vocabulary

MARGIN: Final = 2  # another node must be this many letters further away
_LETTERS_PER_ERROR: Final = ((9, 2), (5, 1))  # names of 9 letters may hold two errors, of 5 one, shorter ones none
_SHORTEST_PART: Final = 3
_COVERED: Final = 0.5  # how much of an event's name its start must cover


class Likeness(NamedTuple):
    """A node that words may stand for, the name they are like, how, and by how many letters they differ."""

    node: Node
    name: str
    match: Literal["exact", "prefix", "word", "fuzzy"]
    distance: int
    clear: bool = True  # False: a surname of three letters alone

    @property
    def whole(self) -> bool:
        """Return whether the words are like the whole name."""
        return self.match in ("exact", "fuzzy")


def likest(text: str, hits: Iterable[Hit]) -> tuple[Likeness, ...]:
    """Return the nodes the words clearly mean, best first: one when they mean that one, several when any of them.

    Empty when they resemble no name closely enough.
    """
    words = transliterate(text).split()
    found = [like for hit in hits if (like := _like(words, hit.node)) is not None]
    whole = sorted((like for like in found if like.whole), key=lambda like: (like.distance, like.node.id))
    if whole:
        return tuple(like for like in whole if like.distance < whole[0].distance + MARGIN)
    return tuple(sorted(found, key=lambda like: like.node.id))


def _like(words: Sequence[str], node: Node) -> Likeness | None:
    """Return how the words are like a node's best name, or None."""
    best: Likeness | None = None
    for name in node.names:
        key = transliterate(name.text).split()
        distance = misspelt(words, key)
        if distance is not None and (best is None or not best.whole or distance < best.distance):
            best = Likeness(node, name.text, "fuzzy" if distance else "exact", distance)
        elif best is None and is_part(words, key, node.kind):
            match: Literal["prefix", "word"] = "prefix" if words == key[: len(words)] else "word"
            best = Likeness(node, name.text, match, 0, any(len(word) > _SHORTEST_PART for word in words))
    return best


def misspelt(words: Sequence[str], name: Sequence[str]) -> int | None:
    """Return in how many letters words differ from a name, or None when by more than a typing error.

    Numbers must be equal (the 6th meeting is not the 7th), and a short word only differs beside one that does not.
    """
    joined, whole = "".join(words), "".join(name)
    if joined == whole:
        return 0
    allowed = _allowed(min(len(joined), len(whole)))
    distance = OSA.distance(joined, whole, score_cutoff=allowed)
    if distance > allowed or _digits(joined) != _digits(whole):
        return None
    if len(words) != len(name):
        return distance if distance == 1 and joined[0] == whole[0] else None
    pairs = [(typed, meant) for typed, meant in zip(words, name, strict=True) if typed != meant]
    beside = len(pairs) < len(name)
    return distance if all(_slip(typed, meant, beside=beside) for typed, meant in pairs) else None


def _slip(typed: str, meant: str, *, beside: bool) -> bool:
    """Return whether one word is another with a typing error; its first letters are seldom wrong."""
    if typed[0] != meant[0] and sorted(typed[:2]) != sorted(meant[:2]):
        return False
    shorter = min(len(typed), len(meant))
    allowed = max(_allowed(shorter), 1 if beside and shorter >= 4 else 0)
    return OSA.distance(typed, meant) <= allowed


def _allowed(letters: int) -> int:
    return next((errors for length, errors in _LETTERS_PER_ERROR if letters >= length), 0)


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def is_part(words: Sequence[str], name: Sequence[str], kind: str) -> bool:
    """Return whether words are a part by which a node is called.

    Of a person any of their names; of an event the start of its name; of a body its name without the word that says
    what kind of body it is. Places and subsectors are called by their whole names only.
    """
    if len("".join(words)) < _SHORTEST_PART or len(words) >= len(name) or all(word in _general() for word in words):
        return False
    if kind == "person":
        rest = iter(name)
        return all(word in rest for word in words)
    if list(words) != list(name[: len(words)]):
        return False
    if kind == "event":
        return len("".join(words)) >= _COVERED * len("".join(name))
    return kind == "agency" and all(word in _general() for word in name[len(words) :])


@cache
def _general() -> frozenset[str]:
    """Return the words that say what kind of thing a name is, and so name nothing alone."""
    known = vocabulary().kinds.values()
    labels = [label for kind in known for label in (kind.label, *kind.subkinds.values())]
    return frozenset(word for label in labels for word in transliterate(f"{label.id} {label.en}").split())
