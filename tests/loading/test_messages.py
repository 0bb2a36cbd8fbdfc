"""Every code: triggered by its own example, said in both languages, and used by the code that reports it."""

import re
from pathlib import Path

import pytest
from support.loading import copy_examples, empty_store, plan_of, problems_of
from support.repo import python_files, source

from graph.vocabulary import Lang
from loaders.messages import hint_of, line_of, messages, text_of

LANGS: tuple[Lang, ...] = ("id", "en")
CODE = re.compile(r'"([EWI][0-9]{3})"')


async def test_the_made_up_files_are_without_fault(tmp_path: Path) -> None:
    async with empty_store() as store:
        assert (await plan_of(store, copy_examples(tmp_path))).problems == ()


@pytest.mark.parametrize("code", messages())
async def test_the_example_of_a_code_triggers_exactly_that_code_and_is_said_in_both_languages(
    code: str, tmp_path: Path
) -> None:
    problems = await problems_of(messages()[code].example, tmp_path)
    assert [p.code for p in problems if p.code[0] != "I" or code[0] == "I"] == [code], problems
    for problem in problems:
        for lang in LANGS:
            assert re.fullmatch(rf"\S.*:\d+:\d+ {problem.code} .+", line_of(problem, lang))
            assert "{" not in messages()[problem.code].text.get(lang).format_map(dict.fromkeys(problem.values, ""))
            assert hint_of(problem, lang)


async def test_the_two_languages_differ(tmp_path: Path) -> None:
    for code, message in messages().items():
        assert message.hint.id != message.hint.en, code
    (problem,) = await problems_of(messages()["E401"].example, tmp_path)
    assert text_of(problem, "id") != text_of(problem, "en")


def test_codes_and_code_agree() -> None:
    used = {code for path in python_files("loaders") for code in CODE.findall(source(path))}
    assert used - {"W301"} == messages().keys() - {"W301"}
    assert "W301" in messages()
