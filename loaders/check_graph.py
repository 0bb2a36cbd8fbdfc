"""An article beside the others: the same happening told twice, the same voice counted twice, the same article twice."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

import msgspec

from graph.identity import fold
from graph.model import Fact, Source
from graph.store import FactQuery, GraphReader
from graph.time import LAST_DAY, When
from graph.vocabulary import vocabulary
from loaders import form_article as article
from loaders import form_fact as fact
from loaders.build import BuiltArticle, BuiltFact
from loaders.check_article import sides_of
from loaders.problem import At, Problems
from loaders.shape import nearest

_PAGE = 1000
_TWINS = 50


class Told(msgspec.Struct, frozen=True):
    """What another article tells, in the load or in the graph."""

    fact: str
    type: str
    ends: frozenset[str]
    when: When | None
    sources: tuple[Source, ...]

    def order(self) -> tuple[str, str]:
        """Return when it was first told, and by which article."""
        return min(_order(source) for source in self.sources)


def _order(source: Source) -> tuple[str, str]:
    return (source.published.low if source.published else LAST_DAY, source.id)


def ends_of(built: BuiltFact) -> frozenset[str]:
    """Return the actors whom a statement ties, whatever their sides."""
    return frozenset(actor for members in sides_of(built.statement).values() for actor in members)


class Beside:
    """Compares the articles of a load with each other and with the graph."""

    def __init__(self, view: GraphReader | None, articles: Sequence[BuiltArticle], found: Problems) -> None:
        """Keep both."""
        self.view = view
        self.articles = articles
        self.found = found
        self.loaded = {each.source.id for each in articles}
        self.told: dict[str, list[Told]] = {}
        for each in articles:
            for built in each.facts:
                told = Told(built.statement.fact, built.statement.type, ends_of(built), built.when, (each.source,))
                self.told.setdefault(told.fact, []).append(told)

    async def check(self, *, whole: bool) -> None:
        """Note facts that are unknown or told twice, and articles that are there twice.

        whole: every article of the load could be read, so that a fact that nobody tells is a mistake.
        """
        by_type: dict[tuple[str, frozenset[str]], list[Told]] = {}
        for told in (each for group in self.told.values() for each in group):
            by_type.setdefault((told.type, told.ends), []).append(told)
        for each in self.articles:
            if each.source.withdrawn is not None:
                continue
            for built in each.facts:
                if built.draft.values.get(fact.SAME) is not None:
                    await self._check_same(each, built, whole=whole)
                else:
                    await self._check_twins(each, built, by_type)
        await self._check_copies()

    # ---- `fact:` -----------------------------------------------------------------------------------------------------

    async def _check_same(self, of: BuiltArticle, built: BuiltFact, *, whole: bool) -> None:
        wanted, at, about = built.statement.fact, built.draft.values.at(fact.SAME), built.draft.key
        others = [told for told in self.told[wanted] if told.sources != (of.source,)]
        others += [told for told in await self._in_graph((wanted,)) if told.sources]
        for told in others:
            if told.type != built.statement.type:
                self.found.add("E409", at, fact=wanted, type=told.type, nearest=(told.type,))
                return
        if not others and whole:
            await self._check_unknown(wanted, at, about)
        earlier = [told for told in others if told.order() < _order(of.source)]
        same_voice = {s.id for told in earlier for s in told.sources if s.voice == of.source.voice}
        if same_voice:
            ids = ", ".join(sorted(same_voice))
            self.found.add("W503", at, about=about, voice=of.source.voice, ids=ids)

    async def _check_unknown(self, wanted: str, at: At, about: str) -> None:
        teller = "article:" + wanted.partition(":")[2].rpartition(".")[0]
        known = teller in self.loaded or (self.view is not None and await self.view.sources((teller,)))
        if known:
            self.found.add("W404", at, about=about, fact=wanted, article=teller, nearest=nearest(wanted, self.told))
        else:
            self.found.add("E408", at, fact=wanted, nearest=nearest(wanted, self._others(wanted)))

    def _others(self, wanted: str) -> Iterable[str]:
        return (known for known in self.told if known != wanted)

    async def _in_graph(self, ids: Sequence[str]) -> tuple[Told, ...]:
        return await self._from_facts(() if self.view is None else await self.view.facts(ids))

    async def _from_facts(self, facts: Iterable[Fact]) -> tuple[Told, ...]:
        """Return what articles outside the load tell; for those inside it the load's own version counts."""
        told = []
        for each in facts:
            outside = [e.source for e in each.evidence if e.source not in self.loaded]
            sources = () if self.view is None or not outside else await self.view.sources(outside)
            told.append(Told(each.id, each.type, _ends(each), each.when, sources))
        return tuple(told)

    # ---- twins -------------------------------------------------------------------------------------------------------

    async def _check_twins(
        self, of: BuiltArticle, built: BuiltFact, by_type: dict[tuple[str, frozenset[str]], list[Told]]
    ) -> None:
        ends, statement = ends_of(built), built.statement
        if not ends:
            return
        others = [told for told in by_type[statement.type, ends] if told.sources != (of.source,)]
        if self.view is not None:
            query = FactQuery(types=(statement.type,), about=tuple(sorted(ends)))
            others += await self._from_facts(await self.view.list_facts(query, limit=_TWINS))
        for told in sorted(others, key=lambda told: told.fact):
            if not told.sources or told.fact == statement.fact or told.ends != ends:
                continue
            if _touch(told.when, built.when) and told.order() < _order(of.source):
                at = built.draft.at
                self.found.add(
                    "W403",
                    at,
                    about=built.draft.key,
                    fact=told.fact,
                    article=told.sources[0].id,
                    nearest=(f"fact: {told.fact}",),
                )
                return

    # ---- the same article twice --------------------------------------------------------------------------------------

    async def _check_copies(self) -> None:
        known = {each.source.id: each.source for each in self.articles}
        if self.view is not None and await self._has_news(known):
            known = {source.id: source for source in await _all_sources(self.view)} | known
        first: dict[str, Source] = {}
        for source in sorted(known.values(), key=_order):
            for mark in _marks(source):
                first.setdefault(mark, source)
        for each in self.articles:
            copied = {first[mark].id for mark in _marks(each.source)} - {each.source.id}
            if copied:
                at = each.draft.source.at(article.URL if each.source.url else article.PUBLISHER)
                self.found.add("W504", at, ids=", ".join(sorted(copied)))

    async def _has_news(self, known: dict[str, Source]) -> bool:
        if self.view is None:
            return False
        return {source.id: source for source in await self.view.sources(sorted(known))} != known


def _ends(known: Fact) -> frozenset[str]:
    kind = vocabulary().fact_types[known.type]
    sided = (party for party in known.parties if (slot := kind.slot(party.slot)) is not None and slot.side)
    return frozenset(party.actor for party in sided if party.actor)


def _touch(left: When | None, right: When | None) -> bool:
    """Whether two dates can be the same day; an unknown date can be any."""
    return left is None or right is None or (left.low <= right.high and right.low <= left.high)


async def _all_sources(view: GraphReader) -> list[Source]:
    found: list[Source] = []
    while page := await view.list_sources(found[-1].id if found else "", _PAGE):
        found += page
    return found


def _marks(source: Source) -> list[str]:
    """Return what two files about one article have in common: its address; or publisher, title and day."""
    marks = []
    if source.url:
        parts = urlsplit(source.url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        marks.append(f"{host}{parts.path.rstrip('/')}?{parts.query}")
    if source.title and source.published:
        marks.append("|".join((fold(source.publisher), fold(source.title), source.published.edtf)))
    return marks
