"""Plan, commit, rebuild: what the commands call. `check` is in `loaders.checked`."""

from collections.abc import Sequence

import msgspec

from graph.errors import JejaringError, Stale, Unreadable
from graph.model import Doc, EntityKind, Load, Node, Plan
from graph.store import GraphReader, Store
from graph.stores import open_store
from graph.vocabulary import Text
from loaders.answers import AnswerChange, compare_answers
from loaders.checked import Checked, Options, check, check_view
from loaders.diff import Entry, describe_changes
from loaders.messages import counted
from loaders.plan import make_plan
from loaders.problem import At, Problem, has_errors
from loaders.state import state_of

__all__ = ["Options", "Planned", "Refused", "check", "commit", "dump_plan", "plan", "read_plan", "rebuild"]


class Refused(JejaringError):
    """Files with errors: nothing was written. problems lists all of them."""

    code = "invalid"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep every problem, not only the first."""
        count = sum(problem.is_error for problem in problems)
        super().__init__(
            Text(id=f"{count} galat; tidak ada yang ditulis.", en=f"{counted(count, 'error')}; nothing was written.")
        )
        self.problems = problems


class Planned(Doc, frozen=True):
    """What a load would do: the plan, the same in words, what was found, and the saved questions it would change.

    answers None: they were not compared, for the reason in unasked. rejected: the errors of article files that were
    left out (`Options.partial`); the others are planned.
    """

    plan: Plan
    problems: tuple[Problem, ...] = ()
    rejected: tuple[Problem, ...] = ()
    entries: tuple[Entry, ...] = ()
    answers: tuple[AnswerChange, ...] | None = ()
    unasked: Text | None = None

    @property
    def has_errors(self) -> bool:
        """Whether nothing may be written."""
        return has_errors(self.problems)

    @property
    def is_empty(self) -> bool:
        """Whether the graph already says what the files say."""
        return not self.plan.changes

    @property
    def rejected_files(self) -> tuple[str, ...]:
        """The files that were left out, to be mended and loaded."""
        return tuple(dict.fromkeys(problem.at.file for problem in self.rejected))


async def plan(store: Store, paths: Sequence[str], options: Options | None = None) -> Planned:
    """Check files beside the graph and return what loading them would change. Raises StoreUnavailable."""
    options = options or Options()
    async with state_of(store) as view:
        checked = await check_view(paths, view, options)
        rejected: tuple[Problem, ...] = ()
        while options.partial and (wrong := _wrong_articles(checked)):
            rejected += wrong
            checked = await check_view(paths, view, options, {problem.at.file for problem in rejected})
        if checked.has_errors:
            return Planned(Plan(base=(await view.version()).number, changes=()), (*rejected, *checked.problems))
        return msgspec.structs.replace(await _planned(view, checked, options), rejected=rejected)


def _wrong_articles(checked: Checked) -> tuple[Problem, ...]:
    """Return the problems of article files with errors; none when other files have errors too.

    Leaving a file out may leave others without what they cite, so this is asked again until nothing is wrong.
    """
    files = {problem.at.file for problem in checked.problems if problem.is_error}
    drafts = checked.drafts
    articles = {draft.file for draft in drafts.articles}
    articles |= {file for file in drafts.unread if not file.endswith(".jsonl")}
    may_go = files <= articles and not drafts.lacks_registry
    return tuple(problem for problem in checked.problems if problem.at.file in files) if may_go else ()


async def _planned(view: GraphReader, checked: Checked, options: Options) -> Planned:
    made, more = await make_plan(view, checked, options)
    problems = tuple(sorted((*checked.problems, *more), key=lambda problem: (problem.at, problem.code)))
    if has_errors(problems):
        return Planned(msgspec.structs.replace(made, changes=()), problems)
    return await in_words(view, made, problems, checked)


async def in_words(
    view: GraphReader, made: Plan, problems: tuple[Problem, ...] = (), checked: Checked | None = None
) -> Planned:
    """Return a plan with its changes in words and the answers it would change."""
    entries = await describe_changes(view, made.changes)
    questions = checked.questions if checked is not None else ()
    answers, unasked = await compare_answers(view, made, questions)
    return Planned(made, problems, (), entries, answers, unasked)


async def commit(store: Store, planned: Planned) -> Load | None:
    """Write a plan in one transaction; None when there is nothing to do, and no load is written.

    Raises Refused when something is wrong, Stale when the graph moved under the plan, StoreUnavailable, StoreFull.
    """
    if planned.has_errors:
        raise Refused(planned.problems)
    if planned.is_empty:
        return None
    await store.prepare()
    await _check_still_there(store, planned.plan)
    return await store.commit(planned.plan)


async def _check_still_there(store: Store, made: Plan) -> None:
    """Refuse a plan whose nodes point to nodes or articles that another load has taken away since. Raises Stale."""
    async with store.view() as view:
        if (await view.version()).number == made.base:
            return
        docs = {(change.kind, change.id): change.after for change in made.changes}
        nodes = [msgspec.json.decode(doc, type=Node) for (kind, _), doc in docs.items() if kind == "node" and doc]
        wanted = {each for node in nodes for each in pointed_at(node)}
        for each in sorted(wanted):
            kind: EntityKind = "source" if each.startswith("article:") else "node"
            if (kind, each) not in docs and await view.document(kind, each) is None:
                raise Stale(
                    Text(
                        id=f"{each} sudah tidak ada; graf berubah sejak rencana ini dibuat. Buat rencana baru.",
                        en=f"{each} is no longer there; the graph moved since this plan was made. Plan again.",
                    )
                )


def pointed_at(node: Node) -> set[str]:
    """Return the nodes and articles that a node names."""
    anchors = [anchor for anchor in (node.home, node.seat) if anchor is not None]
    named = {anchor.place for anchor in anchors} | {anchor.source for anchor in anchors}
    named |= {node.part_of, node.place, node.broader, *node.predecessors}
    return {each for each in named if each is not None}


async def rebuild(store_url: str, data: str, options: Options | None = None) -> Load:
    """Load a whole data folder into an empty store and return the load.

    Its content hash is that of any store that grew load by load to the same files. Raises Refused when the files have
    errors or the store is not empty, and what opening a store raises.
    """
    store = open_store(store_url)
    try:
        await store.prepare()
        async with store.view() as view:
            if (await view.version()).number:
                raise Refused((Problem("E601", At(data)),))
        load = await commit(store, await plan(store, [data], options))
        if load is None:
            raise Refused((Problem("E118", At(data)),))
        return load
    finally:
        await store.close()


def dump_plan(planned: Planned) -> bytes:
    """Return a planned load as JSON, to be looked at, kept and applied later."""
    return msgspec.json.format(msgspec.json.encode(planned), indent=2)


def read_plan(data: bytes) -> Planned:
    """Return a planned load that `dump_plan` wrote. Raises Unreadable."""
    try:
        return msgspec.json.decode(data, type=Planned)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        text = Text(id="Berkas ini bukan rencana muatan.", en="This file is not a planned load.")
        raise Unreadable("plan", text) from error
