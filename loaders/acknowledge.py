"""Warnings an editor has answered for: `acknowledged:` entries silence them, and each must silence something."""

from collections.abc import Iterable, Sequence

import msgspec

from loaders import form_article as article
from loaders import form_registry as registry
from loaders.problem import At, Problem
from loaders.reading import Drafts
from loaders.shape import Values


class _Acknowledgement(msgspec.Struct, frozen=True):
    """One entry: the code, and the fact or node it is about (empty: the whole file)."""

    at: At
    code: str
    about: str

    def silences(self, problem: Problem) -> bool:
        """Whether the entry answers for this warning."""
        same = problem.code == self.code and problem.at.file == self.at.file
        return same and (not self.about or self.about == problem.about)


def acknowledge(problems: Sequence[Problem], drafts: Drafts) -> tuple[Problem, ...]:
    """Return the problems without the acknowledged warnings; an entry that silences nothing is a warning itself."""
    entries = [*_entries(drafts)]
    codes = {(entry.code, entry.at.file) for entry in entries}
    kept, used = [], set()
    for problem in problems:
        answering = [e for e in entries if e.silences(problem)] if (problem.code, problem.at.file) in codes else []
        used |= set(answering)
        if not answering:
            kept.append(problem)
    kept += [Problem("W603", e.at, {"code": e.code}, about=e.about) for e in entries if e not in used]
    return tuple(sorted(kept, key=lambda problem: (problem.at, problem.code)))


def _entries(drafts: Drafts) -> Iterable[_Acknowledgement]:
    for draft in drafts.articles:
        yield from (_entry(values, values.get(article.ABOUT)) for values in draft.acknowledged)
    for registry_draft in drafts.registries:
        yield from (_entry(values, values.get(registry.ABOUT)) for values in registry_draft.acknowledged)


def _entry(values: Values, about: str | None) -> _Acknowledgement:
    return _Acknowledgement(values.at(article.CODE), values.get(article.CODE) or "", about or "")
