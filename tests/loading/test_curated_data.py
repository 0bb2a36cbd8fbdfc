"""The facts that the five curated articles must state, each held against its file as typed.

The numbers F1 to F19 count them in the order of the articles.
"""

from typing import Any

import pytest
from support.curated import FIRST, articles, facts, pairs, texts

from graph.time import certainty, parse_edtf, weekday_name
from graph.vocabulary import vocabulary

A0, A1, A2, A3, A4 = FIRST


def has(fact: dict[str, Any], **expected: object) -> bool:
    """Whether the fact holds these values; a mismatch is shown by the assertion that calls this."""
    assert {key: fact.get(key) for key in expected} == expected
    return True


def acting(agency: str, person: str) -> dict[str, str]:
    return {"agency": agency, "person": person}


def test_the_five_articles_are_all_there() -> None:
    assert articles().keys() >= {f"article:{slug}" for slug in FIRST}


def test_f1_ke_jkt_and_asi_signed_a_memorandum_and_no_person_is_named() -> None:
    fact = facts()[f"{A0}.moc"]
    assert has(fact, type="agreement", instrument="moc", stage="signed", modality="happened", locator=["p1", "p2"])
    assert fact["sides"] == [[{"agency": "ke-jkt"}], [{"agency": "asi"}]]
    assert "quoted" not in fact
    assert has(fact, event="event:creative-economy-conference-2025", place="city:saint-petersburg")
    assert fact["date"] == {"edtf": "2025-10-08", "basis": "inferred_year", "as_stated": "Rabu (8/10)"}
    assert weekday_name("2025-10-08", "id") == "Rabu"


def test_f2_the_memorandum_covers_agreed_and_planned_things() -> None:
    scope = [(entry["modality"], entry["text"]["en"]) for entry in facts()[f"{A0}.moc"]["scope"]]
    assert [text for modality, text in scope if modality == "agreed"] == [
        "joint research",
        "strategy for the creative industry",
        "networks between actors of both countries",
    ]
    assert [text for modality, text in scope if modality == "planned"] == [
        "cross-border investment",
        "training and exchange of experience",
    ]


def test_f4_the_festival_is_part_of_ke_jkt() -> None:
    assert has(facts()[f"{A0}.fki"], type="part_of", child="fki", parent="ke-jkt", locator="p6")


def test_f5_the_embassy_was_received_by_the_ministry_and_f8_on_which_subsectors() -> None:
    fact = facts()[f"{A1}.visit"]
    assert has(fact, type="visit", modality="happened", place="city:jakarta", locator=["p1", "p3"])
    assert fact["guest"] == [acting("kbri-seoul", "ali-andika-wardana")]
    assert fact["host"] == [acting("kemenekraf", "irene-umar")]
    assert fact["date"] == {"edtf": "2026-01-20", "basis": "inferred_year", "as_stated": "Selasa (20/1)"}
    assert [year for year in range(2021, 2027) if weekday_name(f"{year}-01-20", "id") == "Selasa"] == [2026]
    assert fact["subsectors"] == ["creative-content", "film", "music"]


def test_f6_they_agreed_to_coordinate_without_a_document() -> None:
    fact = facts()[f"{A1}.coordination"]
    assert has(fact, type="coordination", modality="agreed", locator="p9", instrument=None)
    assert fact["sides"] == [[{"agency": "kemenekraf"}], [{"agency": "kbri-seoul"}]]


def test_f7_the_embassy_only_offers_to_connect_and_no_korean_party_is_named() -> None:
    fact = facts()[f"{A1}.offer"]
    assert has(fact, type="facilitation", modality="aspiration", stance="hopes", place="country:kr")
    assert has(fact, attributed_to="ali-andika-wardana", locator=["p7", "p8"])
    assert [list(party) for party in fact["beneficiary"]] == [["unknown"]]


def test_f9_kocca_and_runup_arrived_together_and_who_was_quoted_is_no_party() -> None:
    fact = facts()[f"{A2}.visit"]
    assert has(fact, type="visit", modality="happened", subsectors=["film", "music"], place=None)
    assert fact["guest"] == [acting("kocca", "lee-gi-haun")]
    assert fact["accompanying"] == [acting("runup", "lee-won-jung")]
    assert fact["host"] == [acting("kemenekraf", "irene-umar") | {"presence": "implied"}]
    assert fact["quoted"] == [acting("runup", "choi-do-suk") | {"presence": "not_stated"}]
    assert {"p1", "p2", "p7", "p9"} <= set(fact["locator"])


def test_f9_is_dated_by_its_year_alone() -> None:
    date = facts()[f"{A2}.visit"]["date"]
    assert date == {"edtf": "2026", "basis": "published"}
    assert certainty(parse_edtf(date["edtf"]), "2025-12-31") == "not_yet"
    assert certainty(parse_edtf(date["edtf"]), "2026-06-30") == "possible"


def test_f10_kocca_is_committed_to_eight_subsectors() -> None:
    fact = facts()[f"{A2}.talent"]
    assert has(fact, type="active_in", actor=[{"agency": "kocca"}], modality="agreed", locator="p6")
    assert fact["subsector"] == [
        *("film", "animation", "music", "comics", "broadcasting"),
        *("game-development", "fashion", "convergence-content"),
    ]


def test_f11_rano_karno_met_ellen_kim_at_cannes() -> None:
    fact = facts()[f"{A3}.acfm"]
    assert has(fact, type="meeting", modality="happened", event="event:cannes-2025", locator="p2")
    assert fact["sides"] == [[acting("pemprov-dki-jakarta", "rano-karno")], [acting("acfm", "ellen-y-d-kim")]]
    assert fact["date"] == {"edtf": "2025-05", "basis": "bounded_by_event"}


def test_f12_the_collaboration_with_busan_is_announced_by_the_headline_only() -> None:
    fact = facts()[f"{A3}.busan"]
    assert has(fact, type="collaboration", modality="announced", stance="headline_only", locator=["p1", "p3"])
    assert fact["sides"] == [[{"agency": "pemprov-dki-jakarta"}], [{"agency": "busan-city"}]]


def test_f13_an_unnamed_host_invited_the_province_to_busan() -> None:
    fact = facts()[f"{A3}.invitation"]
    assert has(fact, type="invitation", modality="planned", stance="plans", locator="p4")
    assert [list(party) for party in fact["inviter"]] == [["unknown"]]
    assert has(fact, invitee=[{"agency": "pemprov-dki-jakarta"}], venue=[{"agency": "busan-film-center"}])


def test_f14_rano_karno_met_wilfred_wong_at_a_place_not_stated() -> None:
    fact = facts()[f"{A3}.hong-kong"]
    assert has(fact, type="meeting", modality="happened", locator=["p5", "p6"], place=None, event=None)
    assert fact["sides"] == [
        [acting("pemprov-dki-jakarta", "rano-karno")],
        [acting("hong-kong-film-development-council", "wilfred-wong")],
    ]


def test_f15_the_film_commission_is_planned() -> None:
    fact = facts()[f"{A3}.film-commission"]
    assert has(fact, type="part_of", modality="planned", child="jakarta-film-commission", locator="p8")
    assert fact["parent"] == "pemprov-dki-jakarta"


def test_f16_iccn_organised_its_national_meeting_at_smesco() -> None:
    fact = facts()[f"{A4}.rakornas"]
    assert has(fact, type="organising", organiser=[{"agency": "iccn"}], venue=[{"agency": "smesco"}])
    assert has(fact, event="event:iccn-rakornas-2024", locator=["p1", "p2"])
    assert fact["date"]["edtf"] == "2024-10-08/2024-10-09"


def test_f17_both_figures_of_the_reach_are_kept() -> None:
    fact = facts()[f"{A4}.reach"]
    assert has(fact, type="membership", body="iccn", count="260")
    assert [list(party) for party in fact["member"]] == [["unknown"]]
    stated = [(entry["field"], entry["value"], entry["locator"]) for entry in fact["as_stated"]]
    assert stated == [("count", "260", "p1"), ("count", "lebih dari 260", "p2")]


def test_f19_iccn_hopes_for_a_partnership_with_governments_not_named() -> None:
    fact = facts()[f"{A4}.partnership"]
    assert has(fact, type="collaboration", modality="aspiration", stance="hopes", locator="p11")
    assert fact["sides"][0] == [{"agency": "iccn"}]
    assert [list(party) for party in fact["sides"][1]] == [["unknown"]]


@pytest.mark.parametrize(
    ("key", "body", "title", "locator"),
    [
        (f"{A0}.ricky-pesik", "ke-jkt", "Chair of the Supervisory Board", "p3"),  # F3
        (f"{A1}.irene-umar", "kemenekraf", "Vice Minister of Creative Economy", "p1"),
        (f"{A1}.ali-andika-wardana", "kbri-seoul", "Deputy Chief of Mission", "p1"),
        (f"{A2}.lee-gi-haun", "kocca", "Regional Director for Indonesia", "p7"),
        (f"{A2}.lee-won-jung", "runup", "Actor", "p1"),
        (f"{A2}.choi-do-suk", "runup", "Chief Operating Officer (COO)", "p9"),
        (f"{A3}.rano-karno", "pemprov-dki-jakarta", "Vice Governor", "p2"),
        (f"{A3}.ellen-y-d-kim", "acfm", "Director", "p2"),
        (f"{A3}.wilfred-wong", "hong-kong-film-development-council", "Chair", "p5"),
        (f"{A4}.fiki-satari", "iccn", "Chair", "p2"),  # F18 from here on
        (f"{A4}.dwinita-larasati", "iccn", "Member of the Executive Committee", "p6"),
        (f"{A4}.wientor-rah-mada", "smesco", "President Director", "p6"),
        (f"{A4}.prabu-revolusi", "kemenkominfo", "Director General of Public Information and Communication", "p6"),
        (f"{A4}.martini-mohamad-paham", "kemenparekraf", "Deputy for Strategic Policy", "p6"),
        (f"{A4}.odo-manuhutu", "kemenkomarves", "Deputy for tourism and the creative economy", "p6"),
        (f"{A4}.raffi-ahmad", "rans", "Artist, helped build RANS", ["p7", "p10"]),
        (f"{A4}.wishnutama-telkomsel", "telkomsel", "President Commissioner", "p7"),
        (f"{A4}.wishnutama-iccn", "iccn", "Chair of the Steering Board", "p7"),
    ],
)
def test_f3_f18_everyone_named_holds_the_post_the_article_gives(
    key: str, body: str, title: str, locator: object
) -> None:
    fact = facts()[key]
    assert has(fact, type="role", body=body, locator=locator)
    assert fact["title"]["en"] == title


def test_f18_who_attended_the_national_meeting_and_how() -> None:
    attended = [fact for key, fact in facts().items() if key.startswith(A4) and fact["type"] == "attendance"]
    assert {fact["event"] for fact in attended} == {"event:iccn-rakornas-2024"}
    parties = {party["person"]: party for fact in attended for party in fact["attendee"]}
    assert len(parties) == len(attended) == 8
    assert parties["wishnutama-kusubandio"] == {"person": "wishnutama-kusubandio", "presence": "online"}
    assert parties["raffi-ahmad"] == {"person": "raffi-ahmad", "presence": "stated"}
    panel = {fact["attendee"][0]["agency"] for fact in attended if fact["locator"] == "p6"}
    assert panel == {"iccn", "smesco", "kemenkominfo", "kemenparekraf", "kemenkomarves"}


def test_the_post_told_by_two_articles_is_one_fact() -> None:
    assert facts()[f"{A2}.irene-umar"]["fact"] == f"fact:{A1}.irene-umar"


def test_the_copy_counts_as_its_origin_and_its_reservation_is_kept() -> None:
    source = articles()[f"article:{A2}"]["source"]
    assert has(source, publisher="Rakyat news", origin_publisher="ANTARA")
    assert source["rights"]["tdm"] == "reserved"
    assert set(source["rights"]["notice"]) == {"id", "en"}


def test_the_weekday_that_does_not_fit_is_acknowledged() -> None:
    article = articles()[f"article:{A3}"]
    assert article["source"]["published_text"].startswith("Sabtu")
    assert weekday_name(article["source"]["published"]["edtf"], "id") == "Selasa"
    assert "W301" in {entry["code"] for entry in article["acknowledged"]}


def test_every_fact_says_where_it_stands_and_when_it_held() -> None:
    for key, fact in facts().items():
        assert fact["type"] in vocabulary().fact_types, key
        assert fact["locator"], key
        assert fact["date"]["basis"] in vocabulary().terms["basis"], key
        parse_edtf(fact["date"]["edtf"])


def test_every_text_for_readers_stands_in_both_languages_and_notes_stay_short() -> None:
    for source, article in articles().items():
        assert all(set(pair) == {"id", "en"} and all(pair.values()) for pair in pairs(article)), source
        notes = [text for path, text in texts(article) if "/note/" in path]
        assert max(map(len, notes), default=0) <= 280, source


def test_no_headline_is_kept() -> None:
    assert [source for source, article in articles().items() if "title" in article["source"]] == []
