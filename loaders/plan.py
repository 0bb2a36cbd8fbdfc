"""What a load would change: the entities of its files compared with the graph. Nothing is written here."""

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Final

from graph.document import encode
from graph.model import Change, EntityKind, Plan
from graph.store import GraphReader
from loaders.build import BuiltArticle, subsector_nodes
from loaders.checked import Checked, Options
from loaders.problem import At, Problem

PAGE: Final = 1000
KIND_ORDER: Final[tuple[EntityKind, ...]] = ("node", "source", "statement")
LARGE_WITHDRAWAL: Final = 3
_ID: Final = re.compile(r'"([a-z_]+:[a-z0-9.-]+)"')
_FILES_NAMED: Final = 5
_ARTICLE_PAGE: Final = 64  # few articles say more


class _Changes:
    """Collects differences between what is wanted and what is there."""

    def __init__(self, view: GraphReader) -> None:
        self.view = view
        self.changes: dict[tuple[EntityKind, str], Change] = {}

    async def want(self, kind: EntityKind, entity_id: str, after: str | None) -> Change | None:
        """Note an entity that is to be this document (None: is to go); return the change, if there is any."""
        before = await self.view.document(kind, entity_id)
        if before == after:
            return None
        change = Change(kind, entity_id, before, after)
        self.changes[kind, entity_id] = change
        return change

    def sorted(self) -> tuple[Change, ...]:
        return tuple(sorted(self.changes.values(), key=lambda c: (KIND_ORDER.index(c.kind), c.id)))


async def make_plan(view: GraphReader, checked: Checked, options: Options) -> tuple[Plan, tuple[Problem, ...]]:
    """Return the plan of a load without errors, and what is doubtful or impossible about carrying it out."""
    changes = _Changes(view)
    problems: list[Problem] = []
    await _plan_nodes(view, checked, changes, problems)
    for article in checked.articles:
        problems += await _plan_article(view, article, changes)
    if checked.whole_articles:
        problems += await _plan_missing_articles(view, checked, changes, options)
    plan = Plan(
        base=(await view.version()).number,
        changes=changes.sorted(),
        message=_message(checked),
        editor=options.editor or ", ".join(sorted({each.draft.curator for each in checked.articles} - {""})),
    )
    return plan, tuple(problems)


def _message(checked: Checked) -> str:
    """Name the loaded files, by their last two parts: a journal knows no machine."""
    files = {draft.file for draft in checked.drafts.articles} | {draft.file for draft in checked.drafts.registries}
    names = [Path(name) for name in sorted(files)]
    shown = ["/".join(name.parts[-2:]) for name in names[:_FILES_NAMED]]
    return ", ".join(shown) + (f" + {len(names) - _FILES_NAMED}" if len(names) > _FILES_NAMED else "")


# ---- nodes -----------------------------------------------------------------------------------------------------------


async def _plan_nodes(view: GraphReader, checked: Checked, changes: _Changes, problems: list[Problem]) -> None:
    for node in checked.nodes:
        await changes.want("node", node.id, encode(node))
    used = {key for article in checked.articles for s in article.statements for key in s.subsectors}
    used |= {p.actor for article in checked.articles for s in article.statements for p in s.parties if p.actor}
    for node in subsector_nodes():
        if checked.drafts.registries or (node.id in used and await view.document("node", node.id) is None):
            await changes.want("node", node.id, encode(node))
    if checked.whole_registry:
        problems += await _plan_missing_nodes(view, checked, changes)


async def _plan_missing_nodes(view: GraphReader, checked: Checked, changes: _Changes) -> list[Problem]:
    """Withdraw the nodes that a whole registry lacks; those that articles outside the load name are a mistake."""
    wanted = {node.id for node in checked.nodes} | {node.id for node in subsector_nodes()}
    gone = [node_id async for node_id, _ in documents(view, "node") if node_id not in wanted]
    if not gone:
        return []
    for node_id in gone:
        await changes.want("node", node_id, None)
    loaded = {article.source.id for article in checked.articles}
    users = await _users(view, gone, loaded)
    folder = next(iter(checked.drafts.files.folders), "")
    return [
        Problem("E412", At(folder), {"id": node_id, "statements": ", ".join(users[node_id][:3])})
        for node_id in gone
        if node_id in users
    ]


async def _users(view: GraphReader, ids: Sequence[str], loaded: set[str]) -> dict[str, list[str]]:
    """Return the statements outside the load that name these nodes; every document is looked at, hidden ones too."""
    gone = set(ids)
    users: dict[str, list[str]] = {}
    async for statement_id, doc in documents(view, "statement"):
        if article_of(statement_id) not in loaded:
            for node_id in references(doc) & gone:
                users.setdefault(node_id, []).append(statement_id)
    return users


# ---- articles --------------------------------------------------------------------------------------------------------


async def _plan_article(view: GraphReader, article: BuiltArticle, changes: _Changes) -> list[Problem]:
    """Make the graph say what the file says about this article, and nothing else."""
    await changes.want("source", article.source.id, encode(article.source))
    for statement in article.statements:
        await changes.want("statement", statement.id, encode(statement))
    kept = {statement.id for statement in article.statements}
    before = await statements_of(view, article.source.id)
    gone = [statement_id for statement_id in before if statement_id not in kept]
    for statement_id in gone:
        await changes.want("statement", statement_id, None)
    if len(gone) >= LARGE_WITHDRAWAL and 2 * len(gone) > len(before):
        values = {"count": str(len(gone)), "of": str(len(before)), "id": article.source.id}
        return [Problem("W601", article.draft.at, {**values})]
    return []


async def _plan_missing_articles(
    view: GraphReader, checked: Checked, changes: _Changes, options: Options
) -> list[Problem]:
    """Name the articles of the graph that no file tells any more; withdraw them when asked to."""
    loaded = {article.source.id for article in checked.articles}
    folder = next(iter(checked.drafts.files.folders), "")
    problems = []
    missing = [source_id async for source_id, _ in documents(view, "source") if source_id not in loaded]
    for source_id in missing:
        if not options.prune:
            problems.append(Problem("W602", At(folder), {"id": source_id}))
            continue
        for statement_id in await statements_of(view, source_id):
            await changes.want("statement", statement_id, None)
        await changes.want("source", source_id, None)
        problems += [
            Problem("E412", At(folder), {"id": source_id, "statements": node.id})
            for node in checked.nodes
            if any(anchor is not None and anchor.source == source_id for anchor in (node.home, node.seat))
        ]
    return problems


# ---- reading the graph -----------------------------------------------------------------------------------------------


async def documents(
    view: GraphReader, kind: EntityKind, after: str = "", page: int = PAGE
) -> AsyncIterator[tuple[str, str]]:
    """Yield (id, document) of every live entity of a kind by id, read in pages of that size."""
    while found := await view.documents(kind, after, page):
        for pair in found:
            yield pair
        after = found[-1][0]


def references(doc: str) -> set[str]:
    """Return every id that a document names, its own among them."""
    return set(_ID.findall(doc))


def article_of(statement_id: str) -> str:
    """Return the article that a statement belongs to: its id without the local key."""
    return "article:" + statement_id.partition(":")[2].rpartition(".")[0]


async def statements_of(view: GraphReader, source_id: str) -> tuple[str, ...]:
    """Return the ids of the statements of one article."""
    prefix = f"statement:{source_id.partition(':')[2]}."
    found = []
    async for statement_id, _ in documents(view, "statement", prefix, _ARTICLE_PAGE):
        if not statement_id.startswith(prefix):
            break
        if article_of(statement_id) == source_id:
            found.append(statement_id)
    return tuple(found)
