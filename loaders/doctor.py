"""Is everything in order? The graph recounts itself, the files are checked, and the two are compared."""

from typing import Literal

from graph.errors import JejaringError
from graph.model import Doc
from graph.store import Store
from graph.vocabulary import Text
from loaders.checked import Options
from loaders.diff import count
from loaders.problem import Problem
from loaders.run import Planned, plan


class Finding(Doc, frozen=True):
    """One thing that was looked at: ok, or what is not and what to do."""

    level: Literal["ok", "warning", "error"]
    about: Literal["store", "files", "agreement"]
    text: Text


async def doctor(store: Store, data: str, options: Options | None = None) -> tuple[Finding, ...]:
    """Return what was looked at: whether the store is whole, the files are sound, and both say the same."""
    try:
        damage = await store.verify()
        planned = await plan(store, [data], options)
    except JejaringError as error:
        return (Finding("error", "store", error.text),)
    return (*_store(damage), *_files(planned.problems), *_agreement(planned))


def _store(damage: tuple[str, ...]) -> tuple[Finding, ...]:
    if damage:
        return tuple(Finding("error", "store", Text(id=line, en=line)) for line in damage)
    return (Finding("ok", "store", Text(id="Graf utuh: semua muatan terhitung.", en="The graph is whole.")),)


def _files(problems: tuple[Problem, ...]) -> tuple[Finding, ...]:
    errors = sum(problem.is_error for problem in problems)
    warnings = sum(problem.code.startswith("W") for problem in problems)
    if errors:
        text = Text(id=f"{errors} galat dalam berkas; jalankan `jejaring check`.", en=f"{errors} errors in the files.")
        return (Finding("error", "files", text),)
    if warnings:
        text = Text(id=f"{warnings} peringatan belum diakui.", en=f"{warnings} warnings not acknowledged.")
        return (Finding("warning", "files", text),)
    return (Finding("ok", "files", Text(id="Berkas tanpa galat dan peringatan.", en="The files have no fault.")),)


def _agreement(planned: Planned) -> tuple[Finding, ...]:
    if planned.has_errors:
        return ()
    if planned.is_empty:
        return (Finding("ok", "agreement", Text(id="Graf sama dengan berkas.", en="Graph and files agree.")),)
    counted = count(planned.entries)
    return (
        Finding(
            "warning",
            "agreement",
            Text(
                id=f"Graf belum sama dengan berkas: {counted['add']} tambahan, {counted['change']} perubahan, "
                f"{counted['withdraw']} penarikan menunggu.",
                en=f"The graph lags behind the files: {counted['add']} additions, {counted['change']} changes, "
                f"{counted['withdraw']} withdrawals pending.",
            ),
        ),
    )
