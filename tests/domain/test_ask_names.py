"""Names in questions: typing errors, titles, parts of names, and names that the graph does not know."""

from collections.abc import Iterator
from random import Random

import pytest
from support.asking import curated_view, path_of, read
from support.curated import nodes

from graph.ask import ask
from graph.asking.likeness import is_part, likest, misspelt
from graph.identity import fold
from graph.model import Hit, Name, Node

TYPOS = [
    ("siapa yang menghubungkan Jakrta dengan Koreaa", "connect?from=region:id-jk&to=country:kr"),
    ("who connects Jakatra to South Koera", "connect?from=region:id-jk&to=country:kr"),
    ("siapa yang berkunjung ke Kemenekaf", "facts?type=visit&about=agency:kemenekraf&slot=host"),
    ("siapa yang ditemui Rano Karno'", "facts?type=meeting&about=person:rano-karno&slot=participant"),
    ("who met Rano Karmo", "facts?type=meeting&about=person:rano-karno&slot=participant"),
    ("who connects Hong Kng and Jakarta", "connect?from=region:hk&to=region:id-jk"),
    ("siapa anggota Indonesia Creative Citys Network", "facts?type=membership&about=agency:iccn&slot=body"),
    ("korea selattan", "nodes/country:kr"),
    ("siapa yang hadir di Rakornas ke-7 ICNN", "facts?type=attendance&about=event:iccn-rakornas-2024&slot=event"),
    ("who connects Ministry of Creative Econmy to Busan", "connect?from=agency:kemenekraf&to=city:busan"),
]

PARTS = [
    ("Bu Irene", "person:irene-umar"),
    ("Wardana", "person:ali-andika-wardana"),
    ("Ellen Kim", "person:ellen-y-d-kim"),
    ("Rakornas", "event:iccn-rakornas-2024"),
    ("Cannes Film Festival", "event:cannes-2025"),
    ("RUNUP", "agency:runup"),
]

TITLES = [
    ("Wamen Ekraf Irene Umar", "person:irene-umar"),
    ("Wakil Menteri Irene Umar", "person:irene-umar"),
    ("Ibu Wamen Irene", "person:irene-umar"),
    ("Wamen Ekraf", "agency:kemenekraf"),
    ("Deputy Minister of Creative Economy Irene Umar", "person:irene-umar"),
    ("Irene Umar, Wakil Menteri Ekonomi Kreatif,", "person:irene-umar"),
    ("Wagub DKI Jakarta", "agency:pemprov-dki-jakarta"),
    ("Wagub Jakarta", "agency:pemprov-dki-jakarta"),
    ("Wakil Gubernur Rano Karno", "person:rano-karno"),
    ("Vice Governor of Jakarta Rano Karno", "person:rano-karno"),
    ("Rano Karno, Wakil Gubernur DKI Jakarta,", "person:rano-karno"),
    ("Ketua Umum ICCN Fiki Satari", "person:fiki-satari"),
    ("Dirjen Kominfo", "agency:kemenkominfo"),
    ("Pak Odo Manuhutu", "person:odo-manuhutu"),
    ("DCM KBRI Seoul Ali Andika Wardana", "person:ali-andika-wardana"),
    ("Mr. Lee Won Jung", "person:lee-won-jung"),
    ("KOCCA's Lee Gi Haun", None),
]

STRANGERS = [
    "Brazil", "Brasil", "Argentina", "Kanada", "Jepang", "Japan", "Tokyo", "Cina",
    "China", "Taiwan", "Makau", "Mongolia", "Vietnam", "Thailand", "Malaysia", "Singapura",
    "Filipina", "India", "Mumbai", "Iran", "Irak", "Israel", "Turki", "Ankara",
    "Yunani", "Italia", "Milan", "Spanyol", "Inggris", "London", "Irlandia", "Belanda",
    "Jerman", "Berlin", "Austria", "Polandia", "Rumania", "Serbia", "Moskow", "Finlandia",
    "Swedia", "Islandia", "Mesir", "Kenya", "Australia", "Surabaya", "Bandung", "Medan",
    "Bali", "Yogyakarta", "Solo", "Incheon", "Daegu", "Jeju", "Paris", "Lyon",
    "Prabowo", "Sandiaga", "Kemendag", "Kemenlu", "Kemenkeu", "Bekraf", "Telkom", "Indosat",
    "ICC", "RCTI", "UNESCO", "UNCTAD", "ASEAN", "Bhutan", "Sudan", "Susan",
    "Perusia", "Prussia", "Atlantis",
]  # fmt: skip

STRANGE_NAMES = [
    "Korea Utara", "North Korea", "New Korea Brewing", "Jakarta Timur", "Rakornas ke-6 ICCN",
    "Kementerian Perdagangan", "Ministry of Trade", "Pemprov Jawa Barat", "Kedutaan Besar Republik Indonesia",
    "Komite Ekonomi Kreatif", "Busan Film Council", "KBRI Tokyo", "Raffi Muhammad", "Ahmad Dhani", "Kim Ji Won",
]  # fmt: skip


@pytest.mark.parametrize(("question", "path"), TYPOS)
async def test_a_clear_typing_error_does_not_stop_a_reader(question: str, path: str) -> None:
    assert await path_of(question) == path


@pytest.mark.parametrize(("part", "node"), PARTS)
async def test_a_part_that_names_one_node_only_is_enough(part: str, node: str) -> None:
    assert (await read(f"semua tentang {part}")).params == {"id": node}


@pytest.mark.parametrize(("titled", "node"), TITLES)
async def test_titles_are_passed_over_and_an_office_alone_is_its_body(titled: str, node: str | None) -> None:
    asked = await read(f"siapa yang menghubungkan {titled} dengan Hong Kong")
    assert asked.params.get("from") == node
    assert asked.kind == ("connect" if node else "search")


@pytest.mark.parametrize("name", [*STRANGERS, *STRANGE_NAMES])
async def test_a_name_the_graph_does_not_know_is_no_other_name(name: str) -> None:
    asked = await read(f"siapa yang menghubungkan Jakarta dengan {name}")
    assert asked.kind == "search"
    assert asked.params == {"q": fold(name)}


async def test_a_search_says_which_name_was_read_and_that_one_is_unknown() -> None:
    understood = (await read("who connects Jakarta to Brazil")).understood
    assert understood.en.startswith("One name in the question is not in the graph.")
    assert "What was read: Special Capital Region of Jakarta (region:id-jk)" in understood.en
    assert understood.id.startswith("Satu nama dalam pertanyaan ini tidak ada di graf.")


async def test_another_edition_is_not_taken_for_the_known_one() -> None:
    assert (await read("semua tentang Cannes Film Festival 2025")).params == {"id": "event:cannes-2025"}
    assert (await read("semua tentang Cannes Film Festival 2024")).kind == "search"


@pytest.mark.parametrize("question", ["siapa Lee?", "who connects Lee to Jakarta"])
async def test_a_name_of_several_people_is_theirs_to_choose_from(question: str) -> None:
    asked = await read(question)
    assert asked.kind == "search"
    assert "Lee Gi Haun (person:lee-gi-haun); Lee Won Jung (person:lee-won-jung)" in asked.understood.en


async def test_a_surname_of_three_letters_alone_is_not_clear() -> None:
    asked = await read("siapa Kim")
    assert (asked.kind, "Ellen Y.D. Kim" in asked.understood.id) == ("search", True)


async def test_a_thing_of_the_wrong_kind_is_named_and_becomes_a_search() -> None:
    asked = await read("siapa yang menghubungkan Jakarta dengan film")
    assert asked.kind == "search"
    assert "(subsektor) tidak dapat menempati tempat itu" in asked.understood.id


async def test_two_names_of_one_thing_are_no_connection() -> None:
    assert (await read("siapa yang menghubungkan KE JKT dengan Komite Ekonomi Kreatif Jakarta")).kind == "search"


def one_error(name: str, random: Random) -> str:
    at = random.randrange(len(name))
    letter = random.choice("abcdefghijklmnopqrstuvwxyz")
    swapped = name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]
    return random.choice([name[:at] + name[at + 1 :], name[:at] + letter + name[at:], swapped])


def misspelt_names(seed: int) -> Iterator[tuple[str, str]]:
    random = Random(seed)
    for node_id, entry in nodes().items():
        for name in entry["names"]:
            if len(fold(name["text"])) >= 5 and name["text"].isascii():
                yield node_id, one_error(fold(name["text"]), random)


async def test_no_name_with_one_wrong_letter_is_read_as_another_and_most_are_read() -> None:
    right = wrong = unread = 0
    async with curated_view() as view:
        for node_id, text in misspelt_names(20261122):
            asked = await ask(view, f"semua tentang {text}")
            if asked.kind == "search":
                unread += 1
                continue
            meant = {node.id for reading in asked.readings for node in (reading.node, *reading.others)}
            right, wrong = right + (node_id in meant), wrong + (node_id not in meant)
    assert wrong == 0
    assert right > 4 * unread


@pytest.mark.parametrize(
    ("typed", "name", "letters"),
    [
        ("jakarta", "jakarta", 0), ("jakrta", "jakarta", 1), ("jakatra", "jakarta", 1), ("akarta", "jakarta", None),
        ("busan", "pusan", None), ("iccm", "iccn", None), ("rakornas 6", "rakornas 7", None),
        ("hongkong", "hong kong", 0),
        ("rano karmo", "rano karno", 1), ("reno karmo", "rano karno", None), ("lee won jung", "lee wan jung", None),
        ("korea utara", "korea selatan", None), ("", "jakarta", None),
    ],
)  # fmt: skip
def test_how_many_letters_a_typing_error_may_change(typed: str, name: str, letters: int | None) -> None:
    assert misspelt(typed.split(), name.split()) == letters


@pytest.mark.parametrize(
    ("part", "name", "kind", "called"),
    [
        ("irene", "irene umar", "person", True), ("ellen kim", "ellen y d kim", "person", True),
        ("kim ellen", "ellen y d kim", "person", False), ("runup", "runup company", "agency", True),
        ("komite ekonomi kreatif", "komite ekonomi kreatif jakarta", "agency", False),
        ("rakornas", "rakornas iccn", "event", True), ("konferensi", "konferensi ekonomi", "event", False),
        ("south", "south korea", "country", False), ("irene umar", "irene umar", "person", False),
    ],
)  # fmt: skip
def test_by_which_part_of_its_name_a_node_is_called(part: str, name: str, kind: str, *, called: bool) -> None:
    assert is_part(part.split(), name.split(), kind) is called


def test_two_names_about_equally_near_are_both_offered() -> None:
    hits = [
        Hit(Node(f"agency:{name}", "agency", (Name(name),)), name, "fuzzy", 50.0) for name in ("kominfor", "kominfos")
    ]
    assert [like.node.id for like in likest("kominfo", hits)] == ["agency:kominfor", "agency:kominfos"]
