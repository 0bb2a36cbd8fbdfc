"""What the keys of the files accept and refuse."""

from pathlib import Path

import pytest
from support.loading import copy_examples, empty_store, plan_of, replace

from loaders.form_registry import node_record
from loaders.problem import Problem

FIRST, SECOND, REGISTRY = "articles/first.yaml", "articles/second.yaml", "registry/registry.yaml"


async def found(tmp_path: Path, file: str, old: str, new: str) -> tuple[Problem, ...]:
    data = copy_examples(tmp_path)
    replace(data / file, old, new)
    async with empty_store() as store:
        return (await plan_of(store, data)).problems


async def codes(tmp_path: Path, file: str, old: str, new: str) -> list[str]:
    return [problem.code for problem in await found(tmp_path, file, old, new)]


@pytest.mark.parametrize(
    "key", ["birth_date: 1960-01-01", "phone: '021'", "religion: x", "photo: x.jpg", "home: {place: city:teladan}"]
)
async def test_a_person_has_a_name_and_nothing_personal(key: str, tmp_path: Path) -> None:
    old = "names: [{text: Sari Contoh, lang: mul}]"
    assert (await codes(tmp_path, REGISTRY, old, f"{old}\n    {key}"))[0] in ("E202", "E207")
    assert set(node_record("person").fields) == {"id", "names", "description", "wikidata", "redirects"}


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://xn--bcher-kva.example/", True),
        ("https://münchen.example/ü", True),
        ("javascript:alert(1)", False),
        ("//example.org", False),
        ("https://user:secret@example.org/", False),
        ("https://", False),
        ("https://example.org/a b", False),
        ("'https://example.org\\\\@evil.example'", False),
        ("https://example.org:0/", False),
        ("https://[::1/", False),
        ("data:text/html,x", False),
        ("ftp://example.org/x", False),
    ],
)
async def test_only_plain_web_addresses_are_kept(url: str, safe: bool, tmp_path: Path) -> None:
    assert await codes(tmp_path, FIRST, "https://example.org/berita/1", url) == ([] if safe else ["E501"])


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("19 Mei 2025", "2025-05-19"),
        ("Senin (19/5/2025)", "2025-05-19"),
        ("17-19 Mei 2025", "2025-05-17/2025-05-19"),
        ("Mei 2025", "2025-05"),
    ],
)
async def test_a_printed_date_is_shown_as_edtf(written: str, nearest: str, tmp_path: Path) -> None:
    (problem,) = await found(tmp_path, FIRST, "date: 2025-05-19", f"date: {written}")
    assert (problem.code, problem.nearest) == ("E301", (nearest,))


@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("2025-13", "E302"),
        ("2025-05-20/2025-05-17", "E303"),
        ("2025-W21", "E301"),
        ("0000", "E304"),
        ("2025-21", "E304"),
        ("../..", "E304"),
        ("99999", "E304"),
        ("2025-05-19 ", ""),
        ("2025-05~", ""),
        ("[2025-05-18,2025-05-19]", ""),
        ("'2025-05-18/2025-05-19'", ""),
    ],
)
async def test_dates_are_edtf(date: str, code: str, tmp_path: Path) -> None:
    quoted = f"'{date}'" if date.startswith("[") else date
    assert await codes(tmp_path, FIRST, "date: 2025-05-19", f"date: {quoted}") == ([code] if code else [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    invitee: {agency: pemkot-teladan}", "    invitee: [{agency: pemkot-teladan}, {agency: KEKT}]", []),
        ("    invitee: {agency: pemkot-teladan}", "    invitee: agency:pemkot-teladan", ["E214"]),
        ("    invitee: {agency: pemkot-teladan}", "    invitee: []", ["E204"]),
        ("    invitee: {agency: pemkot-teladan}", "    invitee: {agency: ''}", ["E204"]),
        ("    invitee: {agency: pemkot-teladan}", "    invitee: {agency: x, unknown: {id: a, en: b}}", ["E213"]),
        ("    invitee: {agency: pemkot-teladan}", "    invitee: {agency: KEKT, place: Teladan}", ["E213"]),
        ("    holder: sari-contoh", "    holder: pemkot-teladan", ["E402"]),
        ("    holder: sari-contoh", "    holder: {agency: pemkot-teladan}", ["E402"]),
        ("    holder: sari-contoh\n", "", ["E201"]),
        ("    locator: p2", "    locator: [p2, p0]", ["E210"]),
        ("    subsectors: [film]", "    subsectors: Film", []),
        ("    subsectors: [film]", "    subsectors: [filem]", ["E401"]),
        ("    type: role", "    type: rule", ["E206"]),
        ("    type: role\n", "", ["E201"]),
        ("  rights: {licence: all-rights-reserved, tdm: unknown}", "  rights: {tdm: maybe}", ["E206"]),
        ("  language: id", "  language: bahasa", ["E210"]),
        ("  language: id", "  official: no", ["E206"]),
        ("curator: editor-a\n", "", ["E201"]),
    ],
)
async def test_slots_and_keys_of_an_article(old: str, new: str, expected: list[str], tmp_path: Path) -> None:
    assert await codes(tmp_path, FIRST, old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    subkind: committee", "    subkind: comittee", ["E206"]),
        ("    subkind: committee\n", "", ["E201"]),
        ("since: 2020}", "since: 2020, until: 2019}", ["E303"]),
        ("    iso_3166: XA", "    iso_3166: xa", ["E210"]),
        ("    iso_3166: XA", "    home: {place: city:teladan}", ["E207"]),
        ("    mode: onsite", "    mode: on-site", ["E206"]),
        ("    part_of: country:nusa", "    part_of: agency:pemkot-teladan", ["E402"]),
        ("    part_of: country:nusa", "    part_of: Nusa", []),
        ("longitude: 106.8", "longitude: 186.8", ["E216"]),
        ("    when: 2025-05-17/2025-05-20", "    when: 17 Mei 2025", ["E301"]),
    ],
)
async def test_keys_of_a_registry(old: str, new: str, expected: list[str], tmp_path: Path) -> None:
    assert [code for code in await codes(tmp_path, REGISTRY, old, new) if code[0] == "E"] == expected


async def test_a_nearest_key_is_offered_and_all_keys_are_named(tmp_path: Path) -> None:
    (problem,) = await found(tmp_path, FIRST, "    locator: p2", "    locater: p2\n    locator: p2")
    assert problem.nearest == ("locator",)
    assert {"sides", "date", "note"} <= set(problem.allowed)


async def test_the_text_at_hand_is_not_kept_and_short_phrases_may_agree(tmp_path: Path) -> None:
    data = copy_examples(tmp_path)
    text = "Temu di sela pekan film yang ramai itu dihadiri banyak orang dari kota lain."
    async with empty_store() as store:
        planned = await plan_of(store, data, texts=(text,))
        assert planned.problems == ()
        assert "ramai" not in repr(planned)
        replace(data / FIRST, "Temu di sela pekan film.", "TEMU di sela pekan film - yang ramai (itu)!")
        planned = await plan_of(store, data, texts=(text,))
    assert [problem.code for problem in planned.problems] == ["E502"]


async def test_a_warning_is_silenced_by_an_entry_for_its_fact_only(tmp_path: Path) -> None:
    data = copy_examples(tmp_path)
    replace(data / FIRST, "    locator: p2\n", "")
    replace(data / FIRST, "    locator: [p4, p5]\n", "")
    entry = "curator: editor-a\nacknowledged:\n  - {code: W501, fact: temu, reason: Disebut di mana-mana.}\n"
    replace(data / FIRST, "curator: editor-a\n", entry)
    async with empty_store() as store:
        problems = (await plan_of(store, data)).problems
    assert [(problem.code, problem.about) for problem in problems] == [("W501", "undangan")]
