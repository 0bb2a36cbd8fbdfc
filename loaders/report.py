"""What a check or a plan found, for people (text), programs (json) and a forge's annotations (github)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

import msgspec

from graph.vocabulary import Lang, Text
from loaders.answers import AnswerChange
from loaders.checked import Checked
from loaders.diff import KIND_WORDS, Action, Entry, count
from loaders.messages import counted, hint_of, in_words, line_of, shown, text_of
from loaders.problem import Problem
from loaders.run import Planned

Format = Literal["text", "json", "github"]
PER_CODE: Final = 20
"""Findings of one code shown on a screen; the rest is counted, and whole in the json form."""
ENTRIES: Final = 60
"""Changes of one plan shown on a screen; the rest is counted."""

_SIGNS: Final[dict[Action, str]] = {"add": "+", "change": "~", "withdraw": "-"}
_SEVERITIES: Final = {"E": "error", "W": "warning", "I": "notice"}
_WORDS: Final = {
    "more": Text(id="... dan {n} lagi dengan kode {code}.", en="... and {n} more with code {code}."),
    "more_entries": Text(id="... dan {n} perubahan lagi.", en="... and {counted[more change]}."),
    "found": Text(
        id="{errors} galat, {warnings} peringatan, {notices} keterangan.",
        en="{counted[error]}, {counted[warning]}, {counted[note]}.",
    ),
    "nothing": Text(
        id="Tidak ada yang berubah: graf sudah sesuai berkas.", en="Nothing to do: the graph says what the files say."
    ),
    "changes": Text(
        id="{add} tambahan, {change} perubahan, {withdraw} penarikan.",
        en="{counted[addition]}, {counted[change]}, {counted[withdrawal]}.",
    ),
    "answers": Text(id="Jawaban yang berubah:", en="Answers that change:"),
    "same_answers": Text(id="Tidak ada jawaban tersimpan yang berubah.", en="No saved answer changes."),
    "left_out": Text(id="Ditinggalkan, sisanya dimuat: {files}", en="Left out, the rest is loaded: {files}"),
    "refused": Text(id="Tidak ada yang akan ditulis.", en="Nothing will be written."),
}


def render(report: Checked | Planned, lang: Lang, format: Format = "text") -> str:
    """Return a report in one language; json holds everything, text and github what a reader can take in."""
    if format == "json":
        return msgspec.json.format(msgspec.json.encode(_as_data(report, lang)), indent=2).decode() + "\n"
    if format == "github":
        return "".join(f"{_annotation(problem, lang)}\n" for problem in _all(report))
    lines = list(_problem_lines(_all(report), lang))
    if isinstance(report, Planned):
        lines += _plan_lines(report, lang)
    return "".join(f"{line}\n" for line in lines)


def _all(report: Checked | Planned) -> tuple[Problem, ...]:
    """Return what was found, in files that were left out too."""
    rejected = report.rejected if isinstance(report, Planned) else ()
    return tuple(sorted((*report.problems, *rejected), key=lambda problem: (problem.at, problem.code)))


def _say(key: str, lang: Lang, **values: object) -> str:
    return _WORDS[key].get(lang).format(**values)


def _nouns(**numbers: int) -> dict[str, str]:
    return {noun: counted(number, noun) for noun, number in numbers.items()}


# ---- text ------------------------------------------------------------------------------------------------------------


def _problem_lines(problems: Sequence[Problem], lang: Lang) -> Iterator[str]:
    """Yield at most PER_CODE findings of each code, the hint after the first of each."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.code] += 1
        if seen[problem.code] <= PER_CODE:
            yield line_of(problem, lang)
        if seen[problem.code] == 1:
            yield f"    {hint_of(problem, lang)}"
    for code, number in sorted(seen.items()):
        if number > PER_CODE:
            yield _say("more", lang, n=number - PER_CODE, code=code)
    letters = Counter(problem.code[0] for problem in problems)
    found = {"errors": letters["E"], "warnings": letters["W"], "notices": letters["I"]}
    nouns = _nouns(error=letters["E"], warning=letters["W"], note=letters["I"])
    yield _say("found", lang, **found, counted=nouns)


def _plan_lines(planned: Planned, lang: Lang) -> Iterator[str]:
    if planned.has_errors:
        yield _say("refused", lang)
        return
    if planned.rejected:
        yield _say("left_out", lang, files=", ".join(shown(file) for file in planned.rejected_files))
    if planned.is_empty:
        yield _say("nothing", lang)
    else:
        for entry in planned.entries[:ENTRIES]:
            yield from _entry_lines(entry, lang)
        if len(planned.entries) > ENTRIES:
            more = len(planned.entries) - ENTRIES
            yield _say("more_entries", lang, n=more, counted={"more change": counted(more, "more change")})
        made = count(planned.entries)
        nouns = _nouns(addition=made["add"], change=made["change"], withdrawal=made["withdraw"])
        yield _say("changes", lang, **made, counted=nouns)
        yield from _answer_lines(planned.answers, lang)
    if planned.unasked is not None:
        yield in_words(planned.unasked, lang)


def _entry_lines(entry: Entry, lang: Lang) -> Iterator[str]:
    kind = KIND_WORDS[entry.kind].get(lang)
    yield f"{_SIGNS[entry.action]} {kind} {entry.id}: {in_words(entry.label, lang)}"
    for field in entry.fields:
        yield f"    {field.path}: {shown(field.before) or '-'} -> {shown(field.after) or '-'}"


def _answer_lines(answers: Sequence[AnswerChange] | None, lang: Lang) -> Iterator[str]:
    if answers is None:
        return
    yield _say("answers" if answers else "same_answers", lang)
    for answer in answers:
        yield f"  {in_words(answer.ask, lang)}"
        if answer.before != answer.after:
            yield f"    - {in_words(answer.before, lang)}"
            yield f"    + {in_words(answer.after, lang)}"
        yield from (f"    - {in_words(line, lang)}" for line in answer.gone)
        yield from (f"    + {in_words(line, lang)}" for line in answer.come)


# ---- github ----------------------------------------------------------------------------------------------------------


def _annotation(problem: Problem, lang: Lang) -> str:
    """Return a workflow command of GitHub Actions; its data and properties escape what would end them."""
    at = problem.at
    level = _SEVERITIES[problem.code[0]]
    file = _escaped(at.file).replace(":", "%3A").replace(",", "%2C")
    message = _escaped(f"{text_of(problem, lang)} {hint_of(problem, lang)}")
    return f"::{level} file={file},line={at.line},col={at.column},title={problem.code}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


# ---- json ------------------------------------------------------------------------------------------------------------


def _as_data(report: Checked | Planned, lang: Lang) -> dict[str, Any]:
    data: dict[str, Any] = {"problems": [_problem_data(problem, lang) for problem in _all(report)]}
    if isinstance(report, Planned):
        data["changes"] = [
            {
                "action": entry.action,
                "kind": entry.kind,
                "id": entry.id,
                "label": entry.label.get(lang),
                "fields": entry.fields,
            }
            for entry in report.entries
        ]
        data["base"] = report.plan.base
        data["left_out"] = list(report.rejected_files)
        data["answers"] = report.answers
        data["note"] = None if report.unasked is None else report.unasked.get(lang)
    return data


def _problem_data(problem: Problem, lang: Lang) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": _SEVERITIES[problem.code[0]],
        "file": problem.at.file,
        "line": problem.at.line,
        "column": problem.at.column,
        "about": problem.about,
        "text": text_of(problem, lang),
        "hint": hint_of(problem, lang),
        "nearest": [in_words(value, lang) for value in problem.nearest],
        "allowed": list(problem.allowed),
    }
