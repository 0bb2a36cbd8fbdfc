"""How findings and plans are shown: to people in their language, to programs, and as a forge's annotations."""

import json
from pathlib import Path

import pytest
from support.loading import TODAY, copy_examples, empty_store, load, plan_of, replace

from graph.model import Plan
from graph.vocabulary import Lang, Text
from loaders.checked import check
from loaders.doctor import doctor
from loaders.messages import line_of, shown
from loaders.problem import At, Problem
from loaders.report import PER_CODE, render
from loaders.run import Options, Planned

FIRST = "articles/first.yaml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return copy_examples(tmp_path)


def planned(*problems: Problem) -> Planned:
    return Planned(Plan(base=0, changes=()), problems)


def test_twenty_findings_of_a_code_are_shown_and_the_rest_is_counted() -> None:
    many = [Problem("E204", At("a.yaml", line)) for line in range(1, 51)]
    text = render(planned(*many, Problem("W309", At("b.yaml"))), "en")
    assert text.count("a.yaml:") == PER_CODE
    assert "... and 30 more with code E204." in text
    assert "50 errors, 1 warning, 0 notes." in text
    assert text.count("Fill it in") == 1
    assert len(json.loads(render(planned(*many), "en", "json"))["problems"]) == 50


def test_an_annotation_cannot_be_broken_by_its_data() -> None:
    problem = Problem("E401", At("a,b:c.yaml", 3, 5), {"name": "x%0A\n::error::y", "allowed_kinds": Text("a", "b")})
    (line,) = render(planned(problem), "en", "github").splitlines()
    assert line.startswith("::error file=a%2Cb%3Ac.yaml,line=3,col=5,title=E401::")
    assert "x%250A" in line


def test_what_a_terminal_would_obey_is_made_visible() -> None:
    problem = Problem("E202", At("a\x1b[2J.yaml"), {"key": "\x1b]0;x\x07" + "y" * 500})
    line = line_of(problem, "en")
    assert "\x1b" not in line
    assert "\\u001b" in line
    assert len(shown("y" * 500)) < 200


@pytest.mark.parametrize(("lang", "nothing"), [("id", "Tidak ada yang berubah"), ("en", "Nothing to do")])
async def test_a_plan_reads_as_additions_changes_and_withdrawals(data: Path, lang: Lang, nothing: str) -> None:
    async with empty_store() as store:
        first = render(await plan_of(store, data), lang)
        assert "+ " in first
        assert "agency:pemkot-teladan" in first
        await load(store, data)
        assert nothing in render(await plan_of(store, data), lang)
        replace(data / FIRST, "    locator: p2\n", "    locator: p3\n")
        replace(data / FIRST, "  - id: jabatan-budi\n", "  - id: jabatan-b\n")
        text = render(await plan_of(store, data), lang)
    assert "    evidence.locators[1]: p2 -> p3" in text
    assert {line[:2] for line in text.splitlines()} >= {"+ ", "~ ", "- "}


async def test_the_json_report_holds_everything(data: Path) -> None:
    replace(data / FIRST, "modality: planned", "modality: plan")
    async with empty_store() as store:
        report = json.loads(render(await plan_of(store, data), "id", "json"))
    (problem,) = report["problems"]
    assert problem["code"] == "E206"
    assert problem["severity"] == "error"
    assert (problem["line"], problem["nearest"]) == (31, ["planned"])
    assert report["changes"] == []


async def test_a_check_is_reported_without_a_plan(data: Path) -> None:
    text = render(await check([str(data)]), "en")
    assert text == "0 errors, 0 warnings, 0 notes.\n"


async def test_the_doctor_compares_graph_and_files(data: Path) -> None:
    options = Options(today=TODAY)
    async with empty_store() as store:
        before = await doctor(store, str(data), options)
        assert [(f.level, f.about) for f in before] == [("ok", "store"), ("ok", "files"), ("warning", "agreement")]
        await load(store, data)
        assert {finding.level for finding in await doctor(store, str(data), options)} == {"ok"}
        replace(data / FIRST, "    locator: p2\n", "")
        found = await doctor(store, str(data), options)
        assert [(f.level, f.about) for f in found] == [("ok", "store"), ("warning", "files"), ("warning", "agreement")]
        replace(data / FIRST, "modality: planned", "modality: plan")
        assert ("error", "files") in {(f.level, f.about) for f in await doctor(store, str(data), options)}
