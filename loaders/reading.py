"""All files of a load -> drafts. A file says by its `format` what it is."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final

import msgspec

from loaders.files import Files, absolute, collect, is_folder, read_text
from loaders.form_article import FORMAT as ARTICLE_FORMAT
from loaders.form_article import ArticleDraft, read_article
from loaders.form_other import QUESTIONS_FORMAT, Decision, SavedQuestion, read_decisions, read_questions
from loaders.form_registry import FORMAT as REGISTRY_FORMAT
from loaders.form_registry import NodeDraft, RegistryDraft, read_registry, refuse_doubles
from loaders.problem import At, Problems
from loaders.read_lines import read_lines
from loaders.read_yaml import read_yaml
from loaders.shape import TABLE_FORM, nearest
from loaders.tree import Item, Table, form_of

FORMATS: Final = (ARTICLE_FORMAT, REGISTRY_FORMAT, QUESTIONS_FORMAT)


class Drafts(msgspec.Struct, frozen=True):
    """What the files of a load say, as far as they could be read."""

    files: Files
    articles: tuple[ArticleDraft, ...] = ()
    registries: tuple[RegistryDraft, ...] = ()
    questions: tuple[SavedQuestion, ...] = ()
    decisions: tuple[Decision, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def lacks_registry(self) -> bool:
        """Whether a registry file could not be read: then unknown names are no mistake of their own."""
        return any("registry" in Path(file).parts for file in self.unread)

    @property
    def lacks_article(self) -> bool:
        """Whether an article file could not be read: then unknown articles and facts are no mistake of their own."""
        nameless = any(not draft.id for draft in self.articles)
        return nameless or any("registry" not in Path(file).parts for file in self.unread)

    @property
    def nodes(self) -> tuple[NodeDraft, ...]:
        """Every node of every registry file."""
        return tuple(node for registry in self.registries for node in registry.nodes)


class _Pile:
    """Sorts trees by what they are."""

    def __init__(self, found: Problems) -> None:
        self.found = found
        self.articles: list[ArticleDraft] = []
        self.registries: list[RegistryDraft] = []
        self.questions: list[SavedQuestion] = []
        self.decisions: list[Item] = []
        self.unread: list[str] = []

    def take(self, file: str) -> None:
        text = read_text(file, self.found)
        if text is not None and file.endswith(".jsonl"):
            self.decisions += read_lines(text, file, self.found)
            return
        item = None if text is None else read_yaml(text, file, self.found)
        if item is None:
            self.unread.append(file)
        else:
            self._take_tree(item, file)

    def _take_tree(self, item: Item, file: str) -> None:
        if not isinstance(item, Table):
            self.unread.append(file)
            self.found.add("E203", item.at, expected=TABLE_FORM, got=form_of(item), allowed=FORMATS)
            return
        forms: dict[str, Callable[[], None]] = {
            ARTICLE_FORMAT: lambda: self._article(item, file),
            REGISTRY_FORMAT: lambda: self._registry(item, file),
            QUESTIONS_FORMAT: lambda: self.questions.extend(read_questions(item, self.found)),
        }
        said = item.text("format")
        if said in forms:
            forms[said]()
        else:
            self.unread.append(file)
            entry = item.entries.get("format")
            at = item.at if entry is None else entry.item.at
            self.found.add("E115", at, value=said or "-", nearest=nearest(said or "", FORMATS), allowed=FORMATS)

    def _article(self, item: Item, file: str) -> None:
        draft = read_article(item, file, self.found)
        if draft is not None:
            self.articles.append(draft)

    def _registry(self, item: Item, file: str) -> None:
        draft = read_registry(item, file, self.found)
        if draft is not None:
            self.registries.append(draft)


def read_drafts(paths: Sequence[str], found: Problems, without: Collection[str] = ()) -> Drafts:
    """Read every file of a load, save those it goes without, and collect what is wrong with them."""
    files = collect(paths, found, without)
    pile = _Pile(found)
    for file in files.names:
        pile.take(file)
    drafts = Drafts(
        files=files,
        articles=tuple(pile.articles),
        registries=tuple(pile.registries),
        questions=tuple(pile.questions),
        decisions=read_decisions(pile.decisions, found),
        unread=tuple(pile.unread),
    )
    _refuse_double_articles(drafts.articles, found)
    refuse_doubles(drafts.nodes, found)
    return drafts


def _refuse_double_articles(articles: Sequence[ArticleDraft], found: Problems) -> None:
    first: dict[str, At] = {}
    for draft in articles:
        if draft.id and draft.id in first:
            found.add("E407", draft.at, id=draft.id, first=str(first[draft.id]))
        first.setdefault(draft.id, draft.at)


def data_folder(paths: Sequence[str]) -> str | None:
    """Return the nearest folder at or above the given paths that holds a registry or decisions."""
    for given in paths:
        path = absolute(given)
        for folder in (path, *path.parents):
            if is_folder(folder / "registry") or is_folder(folder / "decisions"):
                return folder.as_posix()
    return None


def beside(data: str | None, *parts: str) -> tuple[str, ...]:
    """Return those of these files and folders that the data folder has."""
    paths = () if data is None else tuple(Path(data) / part for part in parts)
    return tuple(path.as_posix() for path in paths if path.exists())
