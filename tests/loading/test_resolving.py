"""Which node a name means: exact names only, in a fixed order, and nothing is guessed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.loading import copy_examples, empty_store, load, plan_of

from graph.identity import name_keys
from graph.model import Name, Node
from graph.time import When, parse_edtf
from loaders.form_other import Decision, index
from loaders.names import Names
from loaders.party import Mention
from loaders.problem import At, Problems
from loaders.resolve import Context, Resolver

HERE = At("f.yaml")


def node(node_id: str, *names: Name, redirects: tuple[str, ...] = ()) -> Node:
    kind = node_id.partition(":")[0]
    return Node(node_id, kind, names or (Name(node_id),), redirects=redirects)


def named(text: str, since: str | None = None, until: str | None = None) -> Name:
    return Name(text, since=since, until=until)


def resolve(
    nodes: list[Node], text: str, *kinds: str, when: str | None = None, decisions: tuple[Decision, ...] = ()
) -> tuple[str | None, list[str]]:
    """Return the id a text resolves to, and the reasons or warnings."""
    names, found = Names(), Problems()
    for each in nodes:
        names.add(each)
    resolver = Resolver(names, index(decisions), found)
    date: When | None = parse_edtf(when) if when else None
    resolved = resolver.resolve(Mention(text, kinds or ("agency",), HERE), Context("article:a", "x", date))
    return resolved, [p.code for p in found.sorted()] + [f.reason for f in resolver.failures]


BEKRAF = node("agency:bekraf", named("Badan Ekonomi Kreatif", since="2015-01-20", until="2019-10-23"))
EKRAF = node("agency:kemenekraf", named("Badan Ekonomi Kreatif", since="2024-10-21"), named("Ekraf"))
CITY, REGION = node("city:jakarta", named("Jakarta")), node("region:id-jk", named("Jakarta"))
BODY = node("agency:pemprov", named("Pemprov DKI Jakarta"), named("Jakarta Provincial Government"))


@pytest.mark.parametrize(
    "text",
    ["agency:pemprov", "pemprov", "Pemprov DKI Jakarta", "PEMPROV  dki-jakarta", "jakarta provincial government"],
)
def test_an_id_a_slug_or_an_exact_name_in_any_case_is_enough(text: str) -> None:
    assert resolve([BODY, CITY], text) == ("agency:pemprov", [])


@pytest.mark.parametrize("text", ["Pemprov DKI", "Pemprov DKI Jakrta", "agency:pemprof", "Jakarta Provincial", "?"])
def test_a_name_that_is_only_alike_means_nothing(text: str) -> None:
    assert resolve([BODY, CITY], text) == (None, ["unknown"])


def test_a_name_in_another_script_is_found_by_its_transliteration() -> None:
    assert resolve([node("person:x", named("Седьмой"))], "Sed'moi", "person")[0] is None
    assert resolve([node("person:x", named("이원정"))], "이원정", "person")[0] == "person:x"


def test_a_place_is_of_the_wrong_kind_where_an_actor_is_wanted() -> None:
    assert resolve([CITY, REGION, BODY], "Jakarta") == (None, ["wrong_kind"])
    assert resolve([CITY, REGION, BODY], "city:jakarta") == (None, ["wrong_kind"])


def test_the_kind_of_the_slot_decides_between_namesakes() -> None:
    nodes = [node("agency:film", named("Film")), node("subsector:film", named("Film"))]
    assert resolve(nodes, "Film", "agency") == ("agency:film", [])
    assert resolve(nodes, "Film", "subsector") == ("subsector:film", [])


def test_the_date_of_the_fact_decides_between_bearers_of_one_name() -> None:
    assert resolve([BEKRAF, EKRAF], "Badan Ekonomi Kreatif", when="2018") == ("agency:bekraf", [])
    assert resolve([BEKRAF, EKRAF], "Badan Ekonomi Kreatif", when="2025-03") == ("agency:kemenekraf", [])
    assert resolve([BEKRAF, EKRAF], "Badan Ekonomi Kreatif", when="2022") == (None, ["ambiguous"])
    assert resolve([BEKRAF, EKRAF], "Badan Ekonomi Kreatif", when="2019/2025") == (None, ["ambiguous"])
    assert resolve([BEKRAF, EKRAF], "Badan Ekonomi Kreatif") == (None, ["ambiguous"])


def test_the_only_bearer_of_a_name_is_taken_outside_its_period_with_a_warning() -> None:
    assert resolve([EKRAF], "Badan Ekonomi Kreatif", when="2018") == ("agency:kemenekraf", ["W401"])
    assert resolve([EKRAF], "Ekraf", when="2018") == ("agency:kemenekraf", [])


def test_a_retired_id_leads_to_its_successor_with_a_warning() -> None:
    nodes = [node("agency:new", redirects=("agency:old",))]
    assert resolve(nodes, "agency:old") == ("agency:new", ["W402"])
    assert resolve(nodes, "old") == ("agency:new", ["W402"])


def decision(name: str, means: str, article: str | None = None) -> Decision:
    return Decision(f"{name}-{article}", HERE, name, means, article)


def test_a_decision_for_the_article_comes_before_one_for_all() -> None:
    here, everywhere = decision("bekraf", "agency:bekraf", "article:a"), decision("bekraf", "agency:kemenekraf")
    assert resolve([BEKRAF, EKRAF], "Bekraf", decisions=(here, everywhere))[0] == "agency:bekraf"
    assert resolve([BEKRAF, EKRAF], "Bekraf", decisions=(everywhere,))[0] == "agency:kemenekraf"
    elsewhere = decision("bekraf", "agency:bekraf", "article:b")
    assert resolve([BEKRAF, EKRAF], "Bekraf", decisions=(elsewhere,)) == (None, ["unknown"])


def test_an_id_comes_before_a_decision_and_a_decision_before_a_name() -> None:
    against = decision("pemprov", "agency:bekraf")
    assert resolve([BODY, BEKRAF], "pemprov", decisions=(against,))[0] == "agency:pemprov"
    renamed = decision("ekraf", "agency:bekraf")
    assert resolve([EKRAF, BEKRAF], "Ekraf", decisions=(renamed,))[0] == "agency:bekraf"


def test_a_decision_never_puts_a_wrong_kind_into_a_slot() -> None:
    assert resolve([CITY, BODY], "ibu kota", decisions=(decision("ibu kota", "city:jakarta"),)) == (None, ["unknown"])


NAMES = st.one_of(st.text(max_size=30), st.sampled_from(["pemprov", "EKRAF", "Jakarta", "Pemprov DKI  Jakarta!", "İ"]))


@given(NAMES)
def test_no_text_resolves_to_a_node_that_does_not_bear_it(text: str) -> None:
    nodes = {each.id: each for each in (BODY, EKRAF, CITY)}
    resolved, _ = resolve(list(nodes.values()), text)
    if resolved is not None:
        bears = {key for name in nodes[resolved].names for key in name_keys(name.text)}
        assert set(name_keys(text)) & bears or text in (resolved, resolved.removeprefix("agency:"))


async def test_an_ambiguous_name_lists_its_bearers_with_what_tells_them_apart(tmp_path: Path) -> None:
    data = copy_examples(tmp_path)
    twin = "  - id: agency:kekt-lama\n    subkind: network\n    names: [{text: KEKT, lang: mul, until: 2019}]\n"
    registry = data / "registry" / "registry.yaml"
    registry.write_text(registry.read_text(encoding="utf-8") + twin, encoding="utf-8")
    second = data / "articles" / "second.yaml"
    text = second.read_text(encoding="utf-8")
    second.write_text(text[: text.index("    date: {edtf: 2025-06-04")] + "    locator: p1\n", encoding="utf-8")
    async with empty_store() as store:
        (problem,) = [p for p in (await plan_of(store, data)).problems if p.code == "E403"]
    assert [str(getattr(value, "en", value)) for value in problem.nearest] == [
        "agency:kekt-lama (KEKT; network; /2019-12-31)",
        "agency:komite-teladan (Komite Ekonomi Kreatif Teladan; committee; city:teladan)",
    ]


async def test_a_decision_can_be_undone_by_a_later_line(tmp_path: Path) -> None:
    data = copy_examples(tmp_path)
    first = data / "articles" / "first.yaml"
    first.write_text(first.read_text(encoding="utf-8").replace("Lembaga Konten Seberang,", "Lembaga Konten,"), "utf-8")
    async with empty_store() as store:
        await load(store, data)
        line = {"id": "b", "at": "2025-07-01", "editor": "e", "decide": "undo", "undoes": "2025-06-a", "reason": "x"}
        (data / "decisions" / "2025-07.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
        assert [problem.code for problem in (await plan_of(store, data)).problems] == ["E401"]


async def test_the_graph_and_the_files_of_the_load_resolve_alike(tmp_path: Path) -> None:
    data = copy_examples(tmp_path)
    async with empty_store() as store:
        together = await plan_of(store, data)
        await load(store, data / "registry", data / "articles" / "first.yaml")
        apart = await plan_of(store, data / "articles" / "second.yaml")
    wanted = {change.id: change.after for change in together.plan.changes}
    assert {change.id: wanted[change.id] for change in apart.plan.changes} == {
        c.id: c.after for c in apart.plan.changes
    }
    assert len(apart.plan.changes) == 4
