"""Questions over the curated articles: what is asked, in both languages and many wordings."""

import pytest
from support.asking import path_of, read
from support.curated import DATA
from support.curated import read as read_file

SAVED = read_file(DATA / "questions.yaml")["questions"]
JAKARTA_KOREA = "connect?from=region:id-jk&to=country:kr"
AT_KEMENEKRAF = "facts?type=visit&about=agency:kemenekraf&slot=host"
KOCCA_TO_KEMENEKRAF = "facts?type=visit&about=agency:kocca,agency:kemenekraf&slot=guest"
NOT_YET = "modality=announced,planned,aspiration"

CONNECT = [
    "Siapa yang menghubungkan Jakarta dengan Korea?",
    "siapa menghubungkan jakarta ke korea selatan",
    "Siapa penghubung antara Jakarta dan Korea?",
    "siapa yang menjadi penghubung Jakarta dengan Korea",
    "apa hubungan Jakarta dengan Korea",
    "bagaimana Jakarta terhubung ke Korea?",
    "jalur Jakarta ke Korea",
    "lewat siapa Jakarta bisa ke Korea?",
    "Jakarta dan Korea dihubungkan oleh siapa?",
    "antara Jakarta dan Korea siapa penghubungnya",
    "siapa di Jakarta yang punya hubungan dengan Korea",
    "Siapa yg hubungin Jakarta sama Korea?",
    "gimana caranya Jakarta terhubung ke Korea",
    "Who connects Jakarta to Korea?",
    "who connects Jakarta with South Korea",
    "Who links Jakarta and Korea?",
    "How is Jakarta connected to Korea?",
    "how are Jakarta and Korea linked",
    "links between Jakarta and Korea",
    "What is the connection between Jakarta and Korea?",
    "path from Jakarta to Korea",
    "who can introduce Jakarta to Korea",
    "seberapa kuat hubungan Jakarta dengan Korea?",
    "siapa penghubung terkuat Jakarta dan Korea",
    "Jakarta - Korea: siapa?",
    "connection Jakarta - Korea",
    "Jakarta ↔ Korea",
    "Jakarta – Korea",
    "Jakarta-Korea",
    "Jakarta dan Korea",
    "SIAPA YANG MENGHUBUNGKAN JAKARTA DENGAN KOREA???",
    "   siapa    yang\tmenghubungkan \n jakarta   dengan   korea   ",
    "Tolong carikan siapa yang menghubungkan Jakarta dengan Korea dong, terima kasih",
    "please tell me who connects Jakarta to Korea",
    "Hi! Can you tell me who connects Jakarta with Korea, please?",
    "siapa sih yang bisa menghubungkan Jakarta ke Korea ya?",
    "who connects Jakarta dengan Korea",
    "🙂 siapa yang menghubungkan Jakarta dengan Korea 🇰🇷?",
    "siapa yang menghubungkan Jakarta dengan 한국",
]

FACTS = [
    # visits: the direction counts
    ("Siapa yang berkunjung ke Kemenekraf?", AT_KEMENEKRAF),
    ("siapa mengunjungi Kemenekraf", AT_KEMENEKRAF),
    ("siapa yang diterima Kemenekraf", AT_KEMENEKRAF),
    ("siapa saja tamu Kemenekraf", AT_KEMENEKRAF),
    ("Kemenekraf dikunjungi siapa?", AT_KEMENEKRAF),
    ("Who visited Kemenekraf?", AT_KEMENEKRAF),
    ("who was received by Kemenekraf", AT_KEMENEKRAF),
    ("Who did the Ministry of Creative Economy receive?", AT_KEMENEKRAF),
    ("visits to Kemenekraf", AT_KEMENEKRAF),
    ("Whom did KOCCA visit?", "facts?type=visit&about=agency:kocca&slot=guest"),
    ("siapa yang dikunjungi oleh KOCCA", "facts?type=visit&about=agency:kocca&slot=guest"),
    ("siapa yang menerima KBRI Seoul?", "facts?type=visit&about=agency:kbri-seoul&slot=guest"),
    ("Kapan KOCCA datang ke Kemenekraf?", KOCCA_TO_KEMENEKRAF),
    ("When did KOCCA visit Kemenekraf?", KOCCA_TO_KEMENEKRAF),
    ("apakah KOCCA pernah mengunjungi Kemenekraf?", KOCCA_TO_KEMENEKRAF),
    ("Kapan Kemenekraf menerima KOCCA?", KOCCA_TO_KEMENEKRAF),
    ("Did Kemenekraf visit KOCCA?", "facts?type=visit&about=agency:kemenekraf,agency:kocca&slot=guest"),
    ("kapan KOCCA datang?", "facts?type=visit&about=agency:kocca&slot=guest"),
    ("siapa dari Korea yang mengunjungi Jakarta", "facts?type=visit&about=country:kr,region:id-jk&slot=guest"),
    ("siapa dari Kemenekraf yang menerima KOCCA", KOCCA_TO_KEMENEKRAF),
    ("who visited Jakarta", "facts?type=visit&about=region:id-jk&slot=host"),
    ("daftar semua kunjungan", "facts?type=visit"),
    # agreements
    ("Siapa yang menandatangani MoU dengan KE JKT?", "facts?type=agreement&about=agency:ke-jkt&slot=signatory"),
    ("Who signed an agreement with ASI?", "facts?type=agreement&about=agency:asi&slot=signatory"),
    ("apa yang ditandatangani KE JKT", "facts?type=agreement&about=agency:ke-jkt&slot=signatory"),
    ("what did KE JKT sign", "facts?type=agreement&about=agency:ke-jkt&slot=signatory"),
    ("Kapan MoC KE JKT dan ASI ditandatangani?", "facts?type=agreement&about=agency:ke-jkt,agency:asi&slot=signatory"),
    (
        "where was the MoU between KE JKT and ASI signed?",
        "facts?type=agreement&about=agency:ke-jkt,agency:asi&slot=signatory",
    ),
    (
        "perjanjian apa saja antara Jakarta dan Rusia",
        "facts?type=agreement&about=region:id-jk,country:ru&slot=signatory",
    ),
    # meetings
    ("Siapa yang ditemui Rano Karno?", "facts?type=meeting&about=person:rano-karno&slot=participant"),
    ("Who met Ellen Kim?", "facts?type=meeting&about=person:ellen-y-d-kim&slot=participant"),
    ("dengan siapa Rano Karno bertemu", "facts?type=meeting&about=person:rano-karno&slot=participant"),
    (
        "di mana Rano Karno bertemu Ellen Y.D. Kim?",
        "facts?type=meeting&about=person:rano-karno,person:ellen-y-d-kim&slot=participant",
    ),
    (
        "siapa yang ditemui Rano Karno di Cannes 2025",
        "facts?type=meeting&about=person:rano-karno,event:cannes-2025&slot=participant",
    ),
    # roles
    ("Siapa ketua ICCN?", "facts?type=role&about=agency:iccn&slot=body&title=ketua"),
    ("siapa pimpinan SMESCO", "facts?type=role&about=agency:smesco&slot=body"),
    ("Who leads ICCN?", "facts?type=role&about=agency:iccn&slot=body"),
    ("Who is the director of ACFM?", "facts?type=role&about=agency:acfm&slot=body&title=direktur"),
    ("siapa Wamen Ekraf", "facts?type=role&about=agency:kemenekraf&slot=body&title=wakil%20menteri"),
    (
        "Siapa Wakil Gubernur DKI Jakarta?",
        "facts?type=role&about=agency:pemprov-dki-jakarta&slot=body&title=wakil%20gubernur",
    ),
    ("siapa Rano Karno?", "facts?type=role&about=person:rano-karno&slot=holder"),
    ("Who is Lee Gi Haun?", "facts?type=role&about=person:lee-gi-haun&slot=holder"),
    ("Apa jabatan Fiki Satari?", "facts?type=role&about=person:fiki-satari&slot=holder"),
    ("what position does Odo Manuhutu hold", "facts?type=role&about=person:odo-manuhutu&slot=holder"),
    # events
    ("Siapa saja yang hadir di Rakornas ICCN?", "facts?type=attendance&about=event:iccn-rakornas-2024&slot=event"),
    (
        "who attended the ICCN 7th National Coordination Meeting",
        "facts?type=attendance&about=event:iccn-rakornas-2024&slot=event",
    ),
    ("acara apa yang dihadiri Raffi Ahmad", "facts?type=attendance&about=person:raffi-ahmad&slot=attendee"),
    ("Siapa penyelenggara Rakornas?", "facts?type=organising&about=event:iccn-rakornas-2024&slot=event"),
    ("Which events did ICCN organise?", "facts?type=organising&about=agency:iccn&slot=organiser"),
    # cooperation, plans, offers
    ("mitra KE JKT", "facts?type=agreement,collaboration,coordination&about=agency:ke-jkt"),
    (
        "siapa yang bekerja sama dengan Pemprov DKI",
        "facts?type=agreement,collaboration,coordination&about=agency:pemprov-dki-jakarta",
    ),
    ("partners of KOCCA", "facts?type=agreement,collaboration,coordination&about=agency:kocca"),
    (
        "apakah KBRI Seoul berkoordinasi dengan Kemenekraf",
        "facts?type=coordination&about=agency:kbri-seoul,agency:kemenekraf&slot=party",
    ),
    ("apa yang direncanakan dengan Busan?", f"facts?about=city:busan&{NOT_YET}"),
    ("What is planned with Pemprov DKI?", f"facts?about=agency:pemprov-dki-jakarta&{NOT_YET}"),
    ("siapa yang mengundang Pemprov DKI", "facts?type=invitation&about=agency:pemprov-dki-jakarta&slot=invitee"),
    ("siapa yang diundang ke Busan Film Center", "facts?type=invitation&about=agency:busan-film-center&slot=venue"),
    ("apa yang ditawarkan KBRI Seoul", "facts?type=facilitation&about=agency:kbri-seoul&slot=facilitator"),
    # structure
    ("siapa anggota ICCN", "facts?type=membership&about=agency:iccn&slot=body"),
    ("how many members does ICCN have?", "facts?type=membership&about=agency:iccn&slot=body"),
    ("ACFM bagian dari apa", "facts?type=part_of&about=agency:acfm&slot=child"),
    ("pendahulu Kemenekraf", "facts?type=succession&about=agency:kemenekraf&slot=after"),
    ("subsektor apa saja yang digeluti KOCCA", "facts?type=active_in&about=agency:kocca&slot=actor"),
    ("who works in film?", "facts?type=active_in&about=subsector:film&slot=subsector"),
    ("apa yang terjadi antara Kemenekraf dan KBRI Seoul", "facts?about=agency:kemenekraf,agency:kbri-seoul"),
]

OTHERS = [
    ("acara apa saja", "nodes?kind=event"),
    ("list all events", "nodes?kind=event"),
    ("acara apa saja pada 2024", "nodes?kind=event&since=2024-01-01&until=2024-12-31"),
    ("acara di Cannes", "nodes?kind=event&about=city:cannes"),
    ("Sumber apa yang menyebut KOCCA?", "sources?about=agency:kocca"),
    ("Where does the Busan claim come from?", "sources?about=city:busan"),
    ("siapa yang mengatakan tentang Busan", "sources?about=city:busan"),
    ("dari mana informasi tentang Wilfred Wong", "sources?about=person:wilfred-wong"),
    ("Which articles mention ICCN?", "sources?about=agency:iccn"),
    ("sumber", "sources"),
    ("Where is KOCCA based?", "nodes/agency:kocca"),
    ("di mana KBRI Seoul", "nodes/agency:kbri-seoul"),
    ("where does KOCCA come from?", "nodes/agency:kocca"),
    ("kapan Rakornas ICCN?", "nodes/event:iccn-rakornas-2024"),
    ("semua tentang KBRI Seoul", "nodes/agency:kbri-seoul"),
    ("What do you know about ICCN?", "nodes/agency:iccn"),
    ("apa itu KOCCA", "nodes/agency:kocca"),
    ("lembaga apa saja di Busan", "nodes/city:busan"),
    ("siapa yang punya hubungan dengan Korea", "nodes/country:kr"),
    ("KE JKT", "nodes/agency:ke-jkt"),
    ("what is agency:ke-jkt", "nodes/agency:ke-jkt"),
]

FOCUS = [
    ("siapa yang mengunjungi Kemenekraf", "who"),
    ("kapan KOCCA mengunjungi Kemenekraf", "when"),
    ("KOCCA mengunjungi Kemenekraf kapan?", "when"),
    ("tanggal kunjungan KOCCA ke Kemenekraf", "when"),
    ("sejak kapan Fiki Satari menjadi ketua ICCN", "when"),
    ("where did Rano Karno meet Ellen Kim", "where"),
    ("benarkah KOCCA mengunjungi Kemenekraf", "how_sure"),
    ("Is it true that KOCCA visited Kemenekraf?", "how_sure"),
    ("siapa bilang KOCCA mengunjungi Kemenekraf", "source"),
    ("who says that Rano Karno met Ellen Kim", "source"),
    ("di mana Rakornas ICCN diadakan", "where"),
    ("apakah KOCCA mengunjungi Kemenekraf", "what"),
]


@pytest.mark.parametrize("question", CONNECT)
async def test_who_connects_jakarta_to_korea_is_understood_however_it_is_worded(question: str) -> None:
    assert await path_of(question) == JAKARTA_KOREA


@pytest.mark.parametrize(("question", "path"), FACTS)
async def test_a_question_about_facts_becomes_their_list(question: str, path: str) -> None:
    assert await path_of(question) == path


@pytest.mark.parametrize(("question", "path"), OTHERS)
async def test_questions_about_events_sources_and_nodes_find_their_place(question: str, path: str) -> None:
    assert await path_of(question) == path


@pytest.mark.parametrize(("question", "focus"), FOCUS)
async def test_what_the_answer_leads_with_follows_the_question_word(question: str, focus: str) -> None:
    assert (await read(question)).focus == focus


@pytest.mark.parametrize("saved", SAVED, ids=lambda saved: saved["id"])
async def test_a_saved_question_is_understood_the_same_in_both_languages(saved: dict[str, dict[str, str]]) -> None:
    in_indonesian, in_english = await read(saved["ask"]["id"]), await read(saved["ask"]["en"])
    assert (in_indonesian.lang, in_english.lang) == ("id", "en")
    assert in_indonesian.kind != "search"
    assert in_indonesian.path == in_english.path


async def test_the_order_of_the_ends_is_the_order_of_the_question() -> None:
    asked = await read("who connects Korea to Jakarta")
    assert (asked.params["from"], asked.params["to"]) == ("country:kr", "region:id-jk")


async def test_several_values_of_a_parameter_are_a_tuple_and_single_ones_a_text() -> None:
    asked = await read("mitra KE JKT sejak 2025")
    assert asked.params == {
        "type": ("agreement", "collaboration", "coordination"),
        "about": ("agency:ke-jkt",),
        "since": "2025-01-01",
    }


async def test_the_language_is_that_of_most_words_unless_it_is_given() -> None:
    assert (await read("who connects Jakarta to Korea")).lang == "en"
    assert (await read("siapa menghubungkan Jakarta dengan Korea")).lang == "id"
    assert (await read("Jakarta")).lang == "id"
    assert (await read("who connects Jakarta to Korea", "id")).lang == "id"


async def test_how_a_name_was_read_is_said_in_both_languages() -> None:
    understood = (await read("siapa yang menghubungkan Jakarta dengan Korea sejak 2025 di bidang film")).understood
    assert understood.id.startswith("Siapa? Penghubung antara Jakarta dan Korea Selatan, sejak 1 Januari 2025, hanya")
    assert "“Korea” was read as South Korea" in understood.en
    assert "It could also mean City of Jakarta" in understood.en


async def test_every_reading_carries_its_node_and_the_others_it_could_be() -> None:
    near, far = (await read("Jakarta ↔ Korea")).readings
    assert [near.node.id, *(other.id for other in near.others)] == ["region:id-jk", "city:jakarta"]
    assert (far.asked, far.node.id, far.match) == ("Korea", "country:kr", "exact")
