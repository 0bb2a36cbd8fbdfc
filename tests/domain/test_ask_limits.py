"""What narrows a question in words: periods, subsectors, places, plans, types of fact."""

import pytest
from support.asking import path_of, read

from graph.asking.periods import Period, take_period
from graph.asking.sentence import Item
from graph.asking.tokens import tokenise

BASE = "connect?from=region:id-jk&to=country:kr"
Y2025 = ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("sejak 2025", "2025-01-01", None),
        ("since May 2025", "2025-05-01", None),
        ("mulai 8 Oktober 2024", "2024-10-08", None),
        ("sejak tahun 2025", "2025-01-01", None),
        ("setelah Mei 2025", "2025-06-01", None),
        ("after 2025-12-31", "2026-01-01", None),
        ("sebelum 2026", None, "2025-12-31"),
        ("before May 2025", None, "2025-04-30"),
        ("until 2025-12-31", None, "2025-12-31"),
        ("hingga Februari 2024", None, "2024-02-29"),
        ("sampai tahun 2025", None, "2025-12-31"),
        ("pada 2025", *Y2025),
        ("pada tahun 2025", *Y2025),
        ("tahun 2025", *Y2025),
        ("in 2025", *Y2025),
        ("during 2025", *Y2025),
        ("2025", *Y2025),
        ("pada bulan Mei 2025", "2025-05-01", "2025-05-31"),
        ("in May 2025", "2025-05-01", "2025-05-31"),
        ("tanggal 20 Januari 2026", "2026-01-20", "2026-01-20"),
        ("on 20/1/2026", "2026-01-20", "2026-01-20"),
        ("antara 2024 dan 2025", "2024-01-01", "2025-12-31"),
        ("between May 2024 and 2025", "2024-05-01", "2025-12-31"),
        ("dari 2024 sampai 2025", "2024-01-01", "2025-12-31"),
        ("from 2024 to 2025", "2024-01-01", "2025-12-31"),
        ("2024-2025", "2024-01-01", "2025-12-31"),
        ("pada 8-9 Oktober 2024", "2024-10-08", "2024-10-09"),
        ("sejak 2024 sebelum 2026", "2024-01-01", "2025-12-31"),
    ],
)
async def test_a_period_is_taken_as_exactly_as_it_is_said(words: str, since: str | None, until: str | None) -> None:
    params = (await read(f"siapa yang menghubungkan Jakarta dengan Korea {words}")).params
    assert (params.get("since"), params.get("until")) == (since, until)


@pytest.mark.parametrize(
    "words",
    ["pada Mei", "tahun lalu", "last year", "sejak kemarin", "awal 2025", "sejak 31 Februari 2025", "sejak 3025"],
)
async def test_a_period_that_is_no_period_is_not_dropped(words: str) -> None:
    assert (await read(f"siapa yang menghubungkan Jakarta dengan Korea {words}")).kind == "search"


def test_a_date_at_the_edge_of_the_calendar_leaves_the_question_as_it_is() -> None:
    words = tokenise("sesudah 31 Desember 2099")
    items = tuple(Item(token.text, n, n) for n, token in enumerate(words.tokens))
    assert take_period(words, items) == ((), Period("2100-01-01", None))
    assert take_period(tokenise("film"), items[:1]) == (items[:1], Period())


def test_two_periods_mean_what_lies_in_both() -> None:
    assert Period("2024-01-01").narrowed(Period("2025-01-01", "2025-12-31")) == Period("2025-01-01", "2025-12-31")


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("di bidang film", "&subsector=film"),
        ("di subsektor musik", "&subsector=music"),
        ("in music", "&subsector=music"),
        ("in the film industry", "&subsector=film"),
        ("soal animasi", "&subsector=animation"),
        ("termasuk rencana", "&include=planned"),
        ("including plans", "&include=planned"),
        ("termasuk yang direncanakan", "&include=planned"),
        ("termasuk yang hanya hadir di acara yang sama", "&include=co_attended"),
        ("lewat kunjungan", "&types=visit"),
        ("through agreements", "&types=agreement"),
        ("di bidang film sejak 2025, termasuk rencana", "&subsector=film&since=2025-01-01&include=planned"),
        ("lewat MoU pada 2025", "&types=agreement&since=2025-01-01&until=2025-12-31"),
    ],
)
async def test_limits_of_a_connection_become_its_parameters(words: str, query: str) -> None:
    assert await path_of(f"siapa yang menghubungkan Jakarta dengan Korea {words}") == BASE + query


@pytest.mark.parametrize(
    ("question", "path"),
    [
        (
            "siapa mengunjungi Kemenekraf pada 2026",
            "facts?type=visit&about=agency:kemenekraf&since=2026-01-01&until=2026-12-31&slot=host",
        ),
        (
            "who visited Kemenekraf in film",
            "facts?type=visit&about=agency:kemenekraf,subsector:film&slot=host",
        ),
        (
            "siapa yang akan berkunjung ke Busan Film Center",
            "facts?type=visit&about=agency:busan-film-center&modality=announced,planned,aspiration&slot=host",
        ),
        (
            "siapa yang ditemui Rano Karno di Cannes",
            "facts?type=meeting&about=person:rano-karno,city:cannes&slot=participant",
        ),
        ("what happened in 2026", "facts?since=2026-01-01&until=2026-12-31"),
        ("all agreements since 2025", "facts?type=agreement&since=2025-01-01"),
    ],
)
async def test_limits_of_facts_become_their_parameters(question: str, path: str) -> None:
    assert await path_of(question) == path


@pytest.mark.parametrize(
    "question",
    [
        "semua tentang KOCCA sejak 2025",
        "sumber tentang KOCCA pada 2026",
        "siapa yang menghubungkan Jakarta dengan Korea di Cannes",
        "siapa yang mengunjungi Kemenekraf lewat MoU",
    ],
)
async def test_a_limit_that_the_api_cannot_keep_is_not_dropped(question: str) -> None:
    asked = await read(question)
    assert asked.kind == "search"
    assert "Batas waktu, tempat, atau subsektor" in asked.understood.id


@pytest.mark.parametrize("words", ["antara 2026 dan 2025", "from 2026 to 2025", "sejak 2026 sampai 2025"])
async def test_a_period_that_ends_before_it_begins_is_not_read(words: str) -> None:
    assert (await read(f"siapa yang mengunjungi Kemenekraf {words}")).kind == "search"


async def test_a_year_may_say_which_edition_of_an_event_is_meant() -> None:
    assert (await read("kapan Rakornas pada 2024")).params == {"id": "event:iccn-rakornas-2024"}
    assert (await read("kapan Rakornas pada 2023")).kind == "search"


async def test_limits_are_said_in_words() -> None:
    understood = (await read("who connects Jakarta to Korea through visits before 2026, including plans")).understood
    assert "until 31 December 2025, including what is only planned, only through visit" in understood.en
    assert "hingga 31 Desember 2025, termasuk yang baru direncanakan, hanya lewat kunjungan" in understood.id
