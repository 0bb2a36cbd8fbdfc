"""Names in the graph for words of a question: exact ones, offices at bodies, and clear typing errors."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from graph.asking.likeness import Likeness, likest
from graph.connection import Reading
from graph.endpoints import read_node
from graph.errors import Ambiguous
from graph.identity import fold
from graph.model import Hit, Node
from graph.store import GraphReader

_CANDIDATES: Final = 20
_GUESSED_WORDS: Final = 16  # how many words of one question may be compared with names that are written otherwise


class Several(NamedTuple):
    """A name that several nodes have or are like; which one is meant is the reader's choice."""

    nodes: tuple[Node, ...]


class Lookup:
    """Looks names up in one view and remembers what it found, for the length of one question."""

    def __init__(self, view: GraphReader) -> None:
        """Look names up in this view."""
        self._view = view
        self._exact: dict[str, tuple[Hit, ...]] = {}
        self._near: dict[str, tuple[Hit, ...]] = {}
        self._read: dict[tuple[str, tuple[str, ...]], Reading | Several | None] = {}
        self._guessed: dict[tuple[str, tuple[str, ...]], Reading | Several | None] = {}

    async def exact(self, text: str) -> tuple[Hit, ...]:
        """Return every node with exactly this name or id."""
        if text not in self._exact:
            self._exact[text] = await self._view.exact(text)
        return self._exact[text]

    async def read(self, text: str, kinds: Sequence[str]) -> Reading | Several | None:
        """Return what an exact name means among these kinds, as `graph.endpoints.read_node` chooses; None: nothing."""
        key = (text, tuple(kinds))
        if key not in self._read:
            self._read[key] = await self._choose(text, kinds)
        return self._read[key]

    async def _choose(self, text: str, kinds: Sequence[str]) -> Reading | Several | None:
        hits = [hit for hit in await self.exact(text) if hit.node.kind in kinds]
        if len(hits) < 2:
            return Reading(hits[0].name, hits[0].node, hits[0].match) if hits else None
        try:
            reading = await read_node(self._view, text, "q", kinds)
        except Ambiguous:
            return Several(tuple(hit.node for hit in hits))
        name = next(hit.name for hit in hits if hit.node.id == reading.node.id)
        return Reading(name, reading.node, "exact", reading.others)

    async def guess(self, text: str, kinds: Sequence[str]) -> Reading | Several | None:
        """Return what a name that is written otherwise clearly means among these kinds; None: nothing does."""
        key = (text, tuple(kinds))
        if key not in self._guessed:
            found = likest(text, [hit for hit in await self._found(text) if hit.node.kind in kinds])
            self._guessed[key] = await self._clear(found, kinds)
        return self._guessed[key]

    async def _found(self, text: str) -> tuple[Hit, ...]:
        if text not in self._near:
            if sum(len(tried.split()) for tried in (*self._near, text)) > _GUESSED_WORDS:
                return ()
            self._near[text] = await self._view.find(text, (), _CANDIDATES)
        return self._near[text]

    async def _clear(self, found: Sequence[Likeness], kinds: Sequence[str]) -> Reading | Several | None:
        if not found:
            return None
        like = found[0]
        if len(found) == 1 and like.clear:
            return Reading(like.name, like.node, like.match)
        if not like.clear or len({fold(other.name) for other in found}) > 1:
            return Several(tuple(other.node for other in found))
        # One name of several nodes (the city and the province Jakarta): chosen as when it is written right.
        read = await self.read(like.name, kinds)
        return msgspec.structs.replace(read, match=like.match) if isinstance(read, Reading) else read
