"""Who and what the registry knows: for whom bodies act, where they sit, and under which names they are found."""

import pytest
from support.curated import DATA, articles, facts, first_nodes, named, nodes, pairs, read

from graph.identity import fold
from graph.vocabulary import vocabulary

SUBSECTORS = {subsector.id for subsector in vocabulary().subsectors.values()}


def above(place: str) -> list[str]:
    """The place and every place it lies in."""
    found = [place]
    while parent := nodes()[found[-1]].get("part_of"):
        found.append(parent)
    return found


def bound(key: str, place: str) -> set[str]:
    """The agencies of the first articles whose home or seat lies inside a place."""
    first = (nodes()[node] for node in first_nodes() if node.startswith("agency:"))
    return {node["id"] for node in first if key in node and place in above(node[key]["place"])}


def test_those_who_act_for_jakarta_and_for_korea_are_the_bodies_the_articles_give() -> None:
    assert bound("home", "region:id-jk") == {"agency:pemprov-dki-jakarta", "agency:ke-jkt"}
    korean = {"kocca", "runup", "acfm", "biff", "busan-city"}
    assert bound("home", "country:kr") == {f"agency:{slug}" for slug in korean}


def test_one_national_body_sits_in_jakarta_and_the_embassy_in_seoul_is_indonesian() -> None:
    assert bound("seat", "region:id-jk") == {"agency:kemenekraf"}
    assert nodes()["agency:kemenekraf"]["home"]["place"] == "country:id"
    assert nodes()["agency:kbri-seoul"]["home"]["place"] == "country:id"
    assert bound("seat", "country:kr") == {"agency:kbri-seoul", "agency:busan-film-center"}


@pytest.mark.parametrize("slug", ["fki", "busan-film-center", "smesco", "jakarta-film-commission"])
def test_festivals_of_a_body_venues_and_planned_bodies_act_for_no_place(slug: str) -> None:
    assert "home" not in nodes()[f"agency:{slug}"]


def test_the_film_commission_is_not_there_yet() -> None:
    planned = {key for key, node in nodes().items() if node.get("status") == "planned"}
    assert planned & first_nodes() == {"agency:jakarta-film-commission"}


def test_hong_kong_is_a_place_of_its_own() -> None:
    node = nodes()["region:hk"]
    assert (node["subkind"], node["iso_3166"]) == ("special_administrative_region", "HK")
    assert "part_of" not in node
    assert bound("home", "region:hk") == {"agency:hong-kong-film-development-council"}


def test_every_home_and_seat_has_a_source_with_a_paragraph_or_a_reason() -> None:
    for key, node in nodes().items():
        for anchor in (node[field] for field in ("home", "seat") if field in node):
            assert anchor["place"] in nodes(), key
            if "source" in anchor:
                assert anchor["source"] in articles(), key
                assert anchor["locator"].startswith("p"), key
            else:
                assert set(anchor["reason"]) == {"id", "en"}, key


def test_every_name_means_one_node_except_jakarta() -> None:
    holders: dict[str, set[str]] = {}
    for key in first_nodes() & nodes().keys() | {"city:jakarta", "region:id-jk", "country:id"}:
        for name in nodes()[key]["names"]:
            holders.setdefault(fold(name["text"]), set()).add(key)
    shared = {name: who for name, who in holders.items() if len(who) > 1}
    assert shared == {"jakarta": {"region:id-jk", "city:jakarta"}}
    assert "region:id-jk" in above("city:jakarta")


@pytest.mark.parametrize(
    ("asked", "node"),
    [
        ("Korea", "country:kr"),
        ("Korsel", "country:kr"),
        ("대한민국", "country:kr"),
        ("KE JKT", "agency:ke-jkt"),
        ("Kedutaan Besar Republik Indonesia di Seoul", "agency:kbri-seoul"),
        ("Indonesian Embassy in Seoul", "agency:kbri-seoul"),
        ("Kementerian Ekonomi Kreatif/Badan Ekonomi Kreatif", "agency:kemenekraf"),
        ("Badan Ekonomi Kreatif", "agency:kemenekraf"),
        ("한국콘텐츠진흥원", "agency:kocca"),
        ("부산국제영화제", "agency:biff"),
        ("Агентство стратегических инициатив", "agency:asi"),
        ("Pemprov DKI", "agency:pemprov-dki-jakarta"),
    ],
)
def test_a_name_that_readers_use_is_known(asked: str, node: str) -> None:
    assert fold(asked) in {fold(name["text"]) for name in nodes()[node]["names"]}


def test_acronyms_belong_to_every_language() -> None:
    kinds = {(name["kind"], name["lang"]) for node in nodes().values() for name in node["names"]}
    assert {lang for kind, lang in kinds if kind == "acronym"} <= {"mul", "ru"}


def test_ids_and_kinds_are_those_of_the_vocabulary() -> None:
    kinds = vocabulary().kinds
    for key, node in nodes().items():
        kind = key.partition(":")[0]
        assert node.get("subkind", "") in {"", *kinds[kind].subkinds}, key
        assert all(name["kind"] in vocabulary().terms["name_kind"] for name in node["names"]), key
        assert all(set(pair) == {"id", "en"} for pair in pairs(node)), key


def test_everything_the_facts_name_is_registered() -> None:
    unknown = {(key, node) for key, fact in facts().items() for node in named(fact) if node not in nodes()}
    assert {(key, node) for key, node in unknown if node not in SUBSECTORS} == set()


def test_people_are_names_only() -> None:
    people = {key: node for key, node in nodes().items() if key.startswith("person:")}
    assert {field for node in people.values() for field in node} == {"id", "names"}
    holders = {f"person:{fact['holder']}" for fact in facts().values() if fact["type"] == "role"}
    assert holders >= people.keys() & first_nodes()


def test_places_carry_points_with_their_source() -> None:
    for key, node in nodes().items():
        if vocabulary().kinds[key.partition(":")[0]].role == "place":
            point = node["point"]
            assert point["source"], key
            assert abs(float(point["latitude"])) <= 90
            assert abs(float(point["longitude"])) <= 180


def test_saved_questions_stand_in_both_languages() -> None:
    questions = read(DATA / "questions.yaml")["questions"]
    assert len(questions) >= 12
    assert len({question["id"] for question in questions}) == len(questions)
    assert all(set(question["ask"]) == {"id", "en"} for question in questions)
