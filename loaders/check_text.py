"""Are the notes an editor's own words? Eight words in a row from the article are copied wording."""

from collections.abc import Iterator, Sequence
from typing import Final

from graph.identity import fold
from loaders import form_article as article
from loaders.build import BuiltArticle
from loaders.problem import Problems
from loaders.tree import Item, Scalar, Series, Table

RUN: Final = 8
Runs = frozenset[tuple[str, ...]]


def runs_of(texts: Sequence[str]) -> Runs:
    """Return every run of eight consecutive words of the articles at hand."""
    return frozenset(run for text in texts for run in _runs(text))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = fold(text).split()
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def check_wording(built: BuiltArticle, copied: Runs, found: Problems) -> None:
    """Note every text of an article file that shares a run of words with the articles at hand.

    The title is left out: a headline is a plain citation.
    """
    if not copied:
        return
    tables = [built.draft.source.table, *(each.draft.values.table for each in built.facts)]
    for given in (given for table in tables for given in _scalars(table)):
        run = next((run for run in _runs(given.text) if run in copied), None)
        if run is not None:
            found.add("E502", given.at, words=" ".join(run), count=str(RUN))


def _scalars(item: Item) -> Iterator[Scalar]:
    if isinstance(item, Scalar):
        yield item
    elif isinstance(item, Table):
        for key, entry in item.entries.items():
            if key != article.TITLE.key or not isinstance(entry.item, Scalar):
                yield from _scalars(entry.item)
    elif isinstance(item, Series):
        for each in item.items:
            yield from _scalars(each)
