"""Thirteen ways in which news misleads a graph. Each is refused, warned of, or leaves no false tie."""

import shutil
from pathlib import Path

import pytest
from support.loading import empty_store, load, plan_of
from support.repo import ROOT

from graph.model import Tie
from graph.project import ties_of
from graph.store import FactQuery, Store
from loaders.problem import Problem

HEAD = """\
format: jejaring-article/1
source:
  id: article:trap
  publisher: Harian Jebakan
  published: 2026-02-10
  language: id
{source}curator: editor-a
facts:
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("questions.yaml"))
    return tmp_path / "data"


def write(data: Path, facts: str, source: str = "") -> Path:
    file = data / "articles" / "2026" / "trap.yaml"
    file.write_text(HEAD.format(source=source) + facts, encoding="utf-8")
    return file


async def found_in(data: Path, facts: str, source: str = "") -> list[Problem]:
    """Return what is found about an article with these facts beside the curated data."""
    file = write(data, facts, source)
    async with empty_store() as store:
        planned = await plan_of(store, data)
    return [problem for problem in planned.problems if problem.at.file == str(file)]


async def codes_in(data: Path, facts: str, source: str = "") -> list[str]:
    return [problem.code for problem in await found_in(data, facts, source)]


async def ties_in(store: Store) -> list[Tie]:
    async with store.view() as view:
        return [tie for fact in await view.list_facts(FactQuery(), limit=1000) for tie in ties_of(fact)]


def between(ties: list[Tie], u: str, v: str) -> list[Tie]:
    return [tie for tie in ties if {tie.u, tie.v} == {u, v} and tie.type != "ACTED_FOR"]


async def test_1_being_named_together_ties_nobody(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        attended = [tie for tie in await ties_in(store) if tie.type == "ATTENDED"]
        assert len({tie.u for tie in attended}) > 5
        assert {tie.v for tie in attended} == {"event:iccn-rakornas-2024"}
        guests = sorted({tie.u for tie in attended})
        assert [(u, v) for u in guests for v in guests if u < v and between(attended, u, v)] == []


@pytest.mark.parametrize(
    "side",
    ["{agency: Indonesia}", "{place: Indonesia}", "{agency: film}", "{subsector: film}", "{event: Cannes 2025}"],
)
async def test_2_a_place_a_subsector_or_an_event_is_no_party(side: str, data: Path) -> None:
    facts = f"""\
  - {{id: x, type: collaboration, sides: [[{{agency: kocca}}], [{side}]], date: 2026-01, locator: p1}}
"""
    assert await codes_in(data, facts) == ["E402"]


async def test_3_busan_as_a_speaker_asks_for_the_body_that_is_meant(data: Path) -> None:
    facts = """\
  - {id: x, type: meeting, sides: [[{agency: pemprov-dki-jakarta}], [{agency: Busan}]], date: 2026-01, locator: p1}
"""
    (problem,) = await found_in(data, facts)
    assert problem.code == "E402"
    nearest = [str(value) for value in problem.nearest]
    assert any("agency:busan-city" in value for value in nearest)


async def test_3_jakarta_cannot_sign_and_its_government_is_named_first(data: Path) -> None:
    facts = """\
  - {id: x, type: agreement, sides: [[{agency: Jakarta}], [{agency: kocca}]], date: 2026-01, locator: p1}
"""
    (problem,) = await found_in(data, facts)
    assert problem.code == "E402"
    assert "agency:pemprov-dki-jakarta" in str(problem.nearest[0])
    assert problem.values["ids"] == "city:jakarta, region:id-jk"


async def test_4_a_headline_beyond_its_body_is_announced(data: Path) -> None:
    facts = """\
  - id: x
    type: collaboration
    sides: [[{agency: pemprov-dki-jakarta}], [{agency: kocca}]]
    stance: headline_only
    modality: agreed
    date: 2026-01
    locator: p1
"""
    assert await codes_in(data, facts) == ["W502"]
    assert await codes_in(data, facts.replace("agreed", "announced")) == []


async def test_5_the_day_of_the_statement_is_not_the_day_of_the_event(data: Path) -> None:
    facts = """\
  - {id: x, type: meeting, sides: [[{agency: iccn}], [{agency: kocca}]], date: DATE, locator: p1}
"""
    assert await codes_in(data, facts.replace("DATE", "2026-02-10")) == ["W306"]
    assert await codes_in(data, facts.replace("DATE", '{edtf: 2026-02-10, as_stated: "Selasa (10/2/2026)"}')) == []
    assert await codes_in(data, facts.replace("DATE", "2026-02-11")) == ["W305"]
    assert await codes_in(data, facts.replace("DATE", "{edtf: 2026-02, basis: published}")) == []


async def test_5_a_wrong_weekday_is_noticed(data: Path) -> None:
    codes = await codes_in(data, "  []\n", '  published_text: "Sabtu, 10 Februari 2026"\n')
    assert codes == ["W301"]


async def test_6_the_dateline_is_not_the_venue(data: Path) -> None:
    facts = """\
  - {id: x, type: meeting, sides: [[{agency: iccn}], [{agency: kocca}]], date: 2026-01, place: city:seoul, locator: p1}
"""
    assert await codes_in(data, facts, "  dateline: city:seoul\n") == ["W505"]
    assert await codes_in(data, facts, "  dateline: city:jakarta\n") == []


async def test_7_who_is_quoted_is_no_party(data: Path) -> None:
    facts = """\
  - id: x
    type: meeting
    sides: [[{agency: iccn, person: fiki-satari}], [{agency: kocca}]]
    quoted: [{agency: iccn, person: fiki-satari}]
    date: 2026-01
    locator: p1
"""
    assert await codes_in(data, facts) == ["W408"]
    async with empty_store() as store:
        await load(store, data)
        ties = await ties_in(store)
    assert between(ties, "person:ricky-pesik", "agency:asi") == []
    assert between(ties, "person:choi-do-suk", "agency:kemenekraf") == []


async def test_8_one_delegation_is_one_side(data: Path) -> None:
    facts = """\
  - id: visit
    type: visit
    guest: [{agency: kocca}]
    accompanying: [{agency: runup}]
    host: {agency: iccn}
    date: 2026-01
    locator: p1
  - id: x
    type: collaboration
    sides: [[{agency: kocca}], [{agency: runup}]]
    date: 2026-01
    locator: p1
"""
    assert await codes_in(data, facts) == ["W407"]
    write(data, facts.split("  - id: x", maxsplit=1)[0])
    async with empty_store() as store:
        await load(store, data)
        ties = await ties_in(store)
    assert between(ties, "agency:kocca", "agency:runup") == []
    assert len(between(ties, "agency:runup", "agency:iccn")) == 1


async def test_9_one_body_under_two_names_is_one_node_and_its_predecessor_another(data: Path) -> None:
    facts = """\
  - {id: a, type: coordination, sides: [[{agency: Kementerian Ekonomi Kreatif}], [{agency: iccn}]], locator: p1}
  - {id: b, type: meeting, sides: [[{agency: Badan Ekonomi Kreatif}], [{agency: iccn}]], date: 2026-01, locator: p1}
  - {id: c, type: meeting, sides: [[{agency: Kemenparekraf}], [{agency: iccn}]], date: 2023-01, locator: p1}
"""
    write(data, facts)
    async with empty_store() as store:
        await load(store, data)
        async with store.view() as view:
            told = await view.facts(["fact:trap.a", "fact:trap.b", "fact:trap.c"])
            (ministry,) = await view.nodes(["agency:kemenekraf"])
    actors = [fact.parties[0].actor for fact in told]
    assert actors == ["agency:kemenekraf", "agency:kemenekraf", "agency:kemenparekraf"]
    assert ministry.predecessors == ("agency:kemenparekraf",)
    async with empty_store() as store:
        await load(store, data)
        assert between(await ties_in(store), "agency:kemenekraf", "agency:kemenparekraf") == []


async def test_10_two_posts_of_one_person_tie_no_bodies(data: Path) -> None:
    facts = """\
  - {id: a, type: role, holder: wishnutama-kusubandio, body: telkomsel, fact: FIRST, locator: p1}
  - {id: b, type: role, holder: wishnutama-kusubandio, body: iccn, fact: SECOND, locator: p1}
  - {id: x, type: collaboration, sides: [[{agency: telkomsel}], [{agency: iccn}]], date: 2026-01, locator: p1}
"""
    async with empty_store() as store:
        await load(store, data)
        ties = await ties_in(store)
        assert between(ties, "agency:telkomsel", "agency:iccn") == []
        posts = {t.v: t.fact for t in ties if t.u == "person:wishnutama-kusubandio" and t.type == "HOLDS_ROLE_AT"}
    facts = facts.replace("FIRST", posts["agency:telkomsel"]).replace("SECOND", posts["agency:iccn"])
    assert await codes_in(data, facts) == ["W406"]


async def test_11_an_aggregators_copy_is_the_same_voice(data: Path) -> None:
    facts = """\
  - id: x
    fact: fact:antara-2026-kocca.visit
    type: visit
    guest: {agency: kocca}
    accompanying: {agency: runup}
    host: {agency: kemenekraf}
    date: {edtf: 2026-02, basis: published}
    locator: p1
"""
    assert await codes_in(data, facts, "  origin_publisher: ANTARA\n") == ["W503"]
    for source, voices in (("  origin_publisher: ANTARA\n", 1), ("", 2)):
        write(data, facts, source)
        async with empty_store() as store:
            await load(store, data)
            async with store.view() as view:
                assert (await view.fact("fact:antara-2026-kocca.visit")).voices == voices


async def test_11_the_same_happening_in_another_article_is_asked_about(data: Path) -> None:
    facts = """\
  - id: x
    type: visit
    guest: {agency: kocca}
    accompanying: {agency: runup}
    host: {agency: kemenekraf}
    date: {edtf: 2026-02, basis: published}
    locator: p1
"""
    (problem,) = await found_in(data, facts)
    assert problem.code == "W403"
    assert problem.values["fact"] == "fact:antara-2026-kocca.visit"


async def test_12_the_embassy_in_seoul_acts_for_indonesia(data: Path) -> None:
    async with empty_store() as store:
        await load(store, data)
        async with store.view() as view:
            (embassy,) = await view.nodes(["agency:kbri-seoul"])
        assert embassy.home is not None
        assert embassy.seat is not None
        assert (embassy.home.place, embassy.seat.place) == ("country:id", "city:seoul")
        registry = data / "registry" / "agencies.yaml"
        text = registry.read_text(encoding="utf-8")
        start = text.index("id: agency:kbri-seoul")
        wrong = text[:start] + text[start:].replace("place: country:id", "place: country:kr", 1)
        registry.write_text(wrong, encoding="utf-8")
        assert [p.code for p in (await plan_of(store, data)).problems] == ["W405"]


async def test_13_figures_and_read_also_links_are_no_facts_about_actors(data: Path) -> None:
    facts = """\
  - {id: x, type: meeting, sides: [[{agency: iccn}], [{agency: kocca}]], date: 2026-01, LINE}
"""
    assert await codes_in(data, facts.replace("LINE", "locator: baca-juga")) == ["E210"]
    assert await codes_in(data, facts.replace("LINE", "locator: headline")) == ["E210"]
    assert await codes_in(data, facts.replace("LINE", "locator: p1, count: US$1.6")) == ["E207"]
