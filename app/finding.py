"""Find facts about nodes, where a place also stands for its actors, a slot says who did what, a title who is what.

The store lists facts in which nodes take part themselves; what a reader means by "about Korea" is more than that.
"""

from collections.abc import AsyncIterator, Iterable
from typing import Final

import msgspec

from app.reading import Refusal, Refused
from graph.asking.about import ANY, Meaning, Only, fits, stands_for
from graph.connection import Reading
from graph.endpoints import read_node
from graph.errors import BudgetExceeded
from graph.model import Fact
from graph.store import FactQuery, GraphReader
from graph.vocabulary import Text

MOST_ACTORS: Final = 200  # of one place: each of them is one question to the store
MOST_SCANNED: Final = 2_000  # facts looked at for one page
_PAGE: Final = 100


class About(msgspec.Struct, frozen=True):
    """What facts are to be about: what each name asked for stands for; a fact has to name one node of each."""

    readings: tuple[Reading, ...]
    meanings: tuple[Meaning, ...]
    only: Only = ANY

    @property
    def sets(self) -> tuple[frozenset[str], ...]:
        """Return the ids of each meaning."""
        return tuple(meaning.nodes for meaning in self.meanings)

    def fits(self, fact: Fact) -> bool:
        """Say whether a fact names one of each meaning, and has what else is asked for."""
        return fits(fact, self.meanings, self.only)


class Page(msgspec.Struct, frozen=True):
    """Facts by id ascending. after: the id that the next page follows, None when this is the last."""

    facts: tuple[Fact, ...]
    after: str | None


async def read_about(view: GraphReader, names: Iterable[str], only: Only = ANY) -> About:
    """Read names into sets of ids. Raises Unreadable, Ambiguous, Moved, BudgetExceeded, Refused (a slot alone)."""
    readings = [await read_node(view, name, "about") for name in names]
    if only.slot is not None and not readings:
        raise Refused([_SLOT_ALONE])
    return About(tuple(readings), tuple([await _standing_for(view, reading) for reading in readings]), only)


async def _standing_for(view: GraphReader, reading: Reading) -> Meaning:
    meaning = await stands_for(view, reading.node)
    if len(meaning.nodes - meaning.places) > MOST_ACTORS:
        raise BudgetExceeded(_TOO_WIDE)
    return meaning


async def find_facts(view: GraphReader, where: FactQuery, about: About, after: str, limit: int) -> Page:
    """Return one page of facts about these nodes. where: every other limit."""
    found: list[Fact] = []
    scanned, last = 0, after
    async for fact in _facts(view, where, about, after):
        if about.fits(fact):
            if len(found) == limit:
                return Page(tuple(found), found[-1].id)
            found.append(fact)
        scanned, last = scanned + 1, fact.id
        if scanned == MOST_SCANNED:
            return Page(tuple(found), last)
    return Page(tuple(found), None)


async def _facts(view: GraphReader, where: FactQuery, about: About, after: str) -> AsyncIterator[Fact]:
    """Yield the facts that name any of the narrowest set and all of the sets of one, by id."""
    single = tuple(node for wanted in about.sets if len(wanted) == 1 for node in wanted)
    several = min((wanted for wanted in about.sets if len(wanted) > 1), key=len, default=None)
    each = [single] if several is None else [(*single, node) for node in sorted(several)]
    questions = [msgspec.structs.replace(where, about=named) for named in each]
    while True:
        pages = [await view.list_facts(question, after, _PAGE) for question in questions]
        # Beyond the end of the shortest full page another question may still have smaller ids to come.
        ends = [page[-1].id for page in pages if len(page) == _PAGE]
        known = {fact.id: fact for page in pages for fact in page if not ends or fact.id <= min(ends)}
        for id in sorted(known):
            yield known[id]
        if not ends:
            return
        after = min(ends)


_SLOT_ALONE: Final = Refusal(
    "invalid",
    "slot",
    Text(id="slot: hanya bersama about.", en="slot: only together with about."),
)
_TOO_WIDE: Final = Text(
    id="about: tempat ini punya terlalu banyak pelaku; pilih tempat di dalamnya atau satu lembaga.",
    en="about: this place has too many actors; choose a place in it, or one body.",
)
