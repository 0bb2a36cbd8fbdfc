"""Read, check and resolve: every problem of every file of a load, and the entities its good files make."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

import msgspec

from graph.errors import Moved, NotFound
from graph.model import Node
from graph.store import GraphReader, Store
from loaders.acknowledge import acknowledge
from loaders.build import BuiltArticle, BuiltNode, bare_node, build_article, build_node, subsector_nodes
from loaders.check_article import check_article
from loaders.check_dates import check_dates
from loaders.check_graph import Beside
from loaders.check_registry import check_registry
from loaders.check_text import check_wording, runs_of
from loaders.files import collect
from loaders.form_article import mentions_of
from loaders.form_other import SavedQuestion, index
from loaders.form_registry import ANCHOR_SOURCE, HOME, SEAT, NodeDraft
from loaders.lookup import explain, fetch, fetch_ids
from loaders.names import Names
from loaders.problem import Problem, Problems, has_errors
from loaders.reading import Drafts, beside, data_folder, read_drafts
from loaders.resolve import Resolver
from loaders.state import state_of

_EASTERNMOST: Final = timezone(timedelta(hours=9))  # WIT, where a day of Indonesia begins


class Options(msgspec.Struct, frozen=True):
    """How a load is checked and planned.

    today: ISO day by which dates are judged (empty: today in Indonesia's easternmost zone). texts: articles at hand,
    against which wording is compared; they are not kept. data: the data folder (None: found from the paths).
    editor: who loads (empty: the curators of the articles). prune: withdraw articles that a folder given as a whole
    no longer has. partial: leave out article files with errors and load the others.
    """

    today: str = ""
    texts: tuple[str, ...] = ()
    data: str | None = None
    editor: str = ""
    prune: bool = False
    partial: bool = False


class Checked(msgspec.Struct, frozen=True):
    """What a load says and what is wrong with it, sorted by file, line and column."""

    problems: tuple[Problem, ...]
    drafts: Drafts
    articles: tuple[BuiltArticle, ...]
    nodes: tuple[Node, ...]
    questions: tuple[SavedQuestion, ...]

    @property
    def has_errors(self) -> bool:
        """Whether nothing may be written."""
        return has_errors(self.problems)

    @property
    def whole_registry(self) -> bool:
        """Whether the registry was given as a whole, so that a node it lacks is withdrawn."""
        return bool(self.drafts.registries) and self.drafts.files.covers("registry")

    @property
    def whole_articles(self) -> bool:
        """Whether the articles were given as a whole, and none of them was left out."""
        given = self.drafts.files
        return bool(self.drafts.articles) and given.covers("articles") and not given.left_out


def latest_day(now: datetime | None = None) -> str:
    """Return the day it is in Indonesia's easternmost zone (UTC+9): an article of a later day lies in the future."""
    return (now or datetime.now(UTC)).astimezone(_EASTERNMOST).date().isoformat()


async def check(paths: Sequence[str], store: Store | None = None, options: Options | None = None) -> Checked:
    """Check files and folders beside the graph of a store, or without one beside the rest of their data folder."""
    if store is None:
        return await check_view(paths, None, options)
    async with state_of(store) as view:
        return await check_view(paths, view, options)


async def check_view(
    paths: Sequence[str], view: GraphReader | None, options: Options | None = None, without: Collection[str] = ()
) -> Checked:
    """Check files and folders beside one state of the graph; without one, beside the rest of their data folder.

    without: files that are left out as if they were not there.
    """
    options = options or Options()
    data = options.data or data_folder(paths)
    found = Problems(options.today or latest_day())
    if view is not None:
        drafts = read_drafts([*paths, *beside(data, "decisions", "questions.yaml")], found, without)
        return await _Check(view, drafts, found).run(options)
    drafts = read_drafts([*paths, *beside(data, "registry", "articles", "decisions")], found)
    checked = await _Check(None, drafts, found).run(options)
    given = {*collect(paths, Problems()).names, *(Path(path).as_posix() for path in paths)}
    kept = tuple(problem for problem in checked.problems if problem.at.file in given)
    return msgspec.structs.replace(checked, problems=kept)


class _Check:
    """One run over the drafts of a load."""

    def __init__(self, view: GraphReader | None, drafts: Drafts, found: Problems) -> None:
        self.view = view
        self.drafts = drafts
        self.found = found
        self.names = Names()
        self.resolver = Resolver(self.names, index(drafts.decisions), found)
        self.whole_registry = bool(drafts.registries) and drafts.files.covers("registry")

    async def run(self, options: Options) -> Checked:
        bare = {draft: bare_node(draft) for draft in self.drafts.nodes}
        await self._gather(bare)
        nodes = self._nodes(bare)
        articles = tuple(build_article(draft, self.resolver) for draft in self.drafts.articles)
        failures = self.resolver.failures
        if self.drafts.lacks_registry:
            failures = [failure for failure in failures if failure.reason != "unknown"]
        await explain(self.view, self.names, failures, self.found)
        await self._judge(nodes, articles, options)
        return Checked(
            problems=acknowledge(self.found.sorted(), self.drafts),
            drafts=self.drafts,
            articles=articles,
            nodes=tuple(each.node for each in nodes),
            questions=self.drafts.questions,
        )

    async def _gather(self, bare: dict[NodeDraft, Node]) -> None:
        """Make the names known: the load's registry, the subsectors, and what the graph adds.

        A registry given as a whole is the whole truth: what the graph has besides is about to be withdrawn.
        """
        for node in (*bare.values(), *subsector_nodes()):
            self.names.add(node)
        if self.view is None or self.whole_registry:
            return
        await self._retired(self.view, list(bare.values()))
        mentions = [mention for draft in self.drafts.articles for mention in mentions_of(draft)]
        mentions += [mention for draft in self.drafts.nodes for mention in draft.mentions()]
        await fetch(self.view, self.names, mentions)
        await fetch_ids(self.view, self.names, (decision.means for decision in self.drafts.decisions))

    async def _retired(self, view: GraphReader, nodes: Sequence[Node]) -> None:
        """Learn which ids of the load's nodes the graph has retired in favour of a node that still says so."""
        ids = [node.id for node in nodes]
        live = {node.id for node in await view.nodes(ids)}
        for node_id in (each for each in ids if each not in live):
            try:
                await view.node(node_id)
            except Moved as moved:
                if moved.target not in ids:
                    self.names.move(node_id, moved.target)
            except NotFound:
                continue

    def _nodes(self, bare: dict[NodeDraft, Node]) -> tuple[BuiltNode, ...]:
        built = tuple(BuiltNode(draft, build_node(draft, node, self.resolver)) for draft, node in bare.items())
        for each in built:
            self.names.replace(each.node)
        return built

    async def _judge(self, nodes: Sequence[BuiltNode], articles: Sequence[BuiltArticle], options: Options) -> None:
        if self.view is not None:
            await self._complete_names(self.view)
        known = None if self.drafts.lacks_article else await self._sources(articles)
        check_registry(nodes, self.names, known, self.found)
        copied = runs_of(options.texts)
        for article in articles:
            check_dates(article, self.names, self.found)
            check_article(article, self.found)
            check_wording(article, copied, self.found)
        await Beside(self.view, articles, self.found).check(whole=not self.drafts.lacks_article)

    async def _complete_names(self, view: GraphReader) -> None:
        """Fetch the places above those of the load's nodes, as far up as the graph has them."""
        asked: set[str] = set()
        while wanted := {place for node in self.names for place in _points_to(node)} - asked:
            asked |= wanted
            await fetch_ids(view, self.names, wanted)

    async def _sources(self, articles: Iterable[BuiltArticle]) -> set[str]:
        """Return the articles that nodes of the load may cite."""
        known = {article.source.id for article in articles}
        anchors = [draft.values.get(field) for draft in self.drafts.nodes for field in (HOME, SEAT)]
        cited = {anchor.get(ANCHOR_SOURCE) for anchor in anchors if anchor is not None} - {None}
        asked = sorted(source for source in cited - known if source is not None)
        if self.view is not None and asked:
            known |= {source.id for source in await self.view.sources(asked)}
        return known


def _points_to(node: Node) -> Iterator[str]:
    for anchor in (node.home, node.seat):
        if anchor is not None:
            yield anchor.place
    if node.part_of is not None:
        yield node.part_of
