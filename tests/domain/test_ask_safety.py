"""Whatever is typed: no wrong answer, no error but our own, no echo, and within milliseconds."""

import re
import string
import time
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.asking import curated_view, read

from graph.ask import ask, prepare
from graph.asking.grammar import grammar
from graph.asking.tokens import MAX_LETTERS
from graph.errors import Unreadable
from graph.identity import transliterate, trigrams
from graph.model import Node
from graph.store import GraphReader

SPOKEN = [
    "siapa", "yang", "menghubungkan", "dengan", "ke", "dan", "antara", "who", "connects",
    "to", "and", "visited", "mengunjungi", "kapan", "Jakarta", "Korea", "Jakrta", "Brazil",
    "KOCCA", "Kemenekraf", "film", "2025", "sejak", "-", "↔", "Wamen", "Irene",
    "Rano", "Karno", "Lee", "di", "tidak", "Rakornas", "apa", "hubungan", "xyzzy",
    "🙂", "agency:kocca", "'", "%",
]  # fmt: skip


@pytest.mark.parametrize("question", ["", "   ", "?!", "🙂🙂", "\n\t", "---", "«»", "\u200b\u202e"])
async def test_a_question_without_a_word_is_refused_by_name(question: str) -> None:
    with pytest.raises(Unreadable) as refused:
        await read(question)
    assert refused.value.parameter == "q"


async def test_a_question_may_have_three_hundred_letters_and_no_more() -> None:
    question = "siapa yang menghubungkan Jakarta dengan Korea"
    assert (await read(question.ljust(MAX_LETTERS))).kind == "connect"
    assert (await read("a " * (MAX_LETTERS // 2))).kind == "search"
    with pytest.raises(Unreadable):
        await read(question.ljust(MAX_LETTERS + 1))


@pytest.mark.parametrize(
    "question",
    [
        "'; DROP TABLE node; --",
        "<script>alert('jejaring')</script>",
        'MATCH (n) DETACH DELETE n // " OR 1=1',
        "{{7*7}} ${jndi:ldap://x} %s %n {0}",
        "../../etc/passwd",
        "siapa yang menghubungkan <b>Nusantaraxx</b> dengan 'Korea\" --",
        "who connects Jakarta to {a} and {b}",
        "@0 menghubungkan @1",
        "siapa #t @0",
        "شبكة الإبداع جاكرتا",
        "מי מחבר את ג'קרטה לקוריאה",
        "谁把雅加达和韩国联系起来",
        "\u202esiapa yang menghubungkan\u202c",
        "кто связывает Джакарту и Корею",
    ],
)
async def test_what_is_typed_is_never_said_back(question: str) -> None:
    asked = await read(question)
    assert asked.kind == "search"
    said = f"{asked.understood.id} {asked.understood.en}"
    known = {word for node in (reading.node for reading in asked.readings) for word in _words(node)}
    assert not set("<>{}%$@#\u202e") & set(said)
    for word in set(re.findall(r"\w{6,}", question.casefold())) - known:
        assert word not in said.casefold() or word in {"jakarta", "korea"}
    assert re.fullmatch(r"/api/v1/search\?q=[A-Za-z0-9%_.~-]+", asked.path)


def _words(node: Node) -> set[str]:
    return {word for name in node.names for word in transliterate(name.text).split()}


@pytest.mark.parametrize(
    "question",
    [
        "siapa yang tidak terhubung dengan Korea",
        "who never visited Kemenekraf",
        "siapa selain KOCCA yang mengunjungi Kemenekraf",
        "who connects Jakarta to anyone except Korea",
        "siapa yang menghubungkan Jakarta dengan Korea atau Jepang",
        "who ate the cake",
        "berapa harga tiket ke Korea",
        "bagaimana dengan Korea?",
        "Jakarta Korea",
        "siapa",
        "Jakarta Korea Busan Seoul",
        "siapa yang menghubungkan Jakarta",
    ],
)
async def test_a_question_that_is_not_fully_understood_becomes_a_search(question: str) -> None:
    assert (await read(question)).kind == "search"


async def test_a_search_looks_for_the_name_and_not_for_the_whole_question() -> None:
    assert (await read("tolong, siapa yang menghubungkan Jakarta dengan Nusantara?")).params == {"q": "nusantara"}
    assert (await read("berapa harga tiket ke Korea")).params == {"q": "harga tiket korea"}


QUESTIONS = st.one_of(
    st.text(max_size=MAX_LETTERS),
    st.lists(st.sampled_from(SPOKEN), max_size=12).map(" ".join),
    st.lists(st.sampled_from(sorted(grammar().known)), max_size=12).map(" ".join),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(question=QUESTIONS)
async def test_any_text_is_read_refused_or_searched_and_ends_resemble_the_question(question: str) -> None:
    try:
        asked = await read(question)
    except Unreadable:
        return
    assert asked.lang in ("id", "en")
    assert unquote(asked.path).startswith("/api/v1/")
    if asked.kind == "connect":
        assert asked.params["from"] != asked.params["to"]
        for reading in asked.readings:
            assert _resembles(reading.node, question), (question, reading.node.id)


def _resembles(node: Node, question: str) -> bool:
    """Return whether the question holds a node's id, or most three-letter windows of one of its names."""
    if node.id in question.casefold():
        return True
    spoken = trigrams(transliterate(question))
    return any(len(windows & spoken) >= 0.5 * len(windows) for windows in map(_windows, node.names))


def _windows(name: object) -> frozenset[str]:
    return trigrams(transliterate(getattr(name, "text", "")))


@pytest.mark.parametrize(
    "question",
    [
        "siapa yang menghubungkan Jakarta dengan Korea sejak 2025 di bidang film, termasuk rencana",
        "who connects " + "and ".join(["Jakarta "] * 12),
        " ".join(["dan"] * 70),
        "apa " * 70,
        " ".join(string.ascii_lowercase) * 5,
        "siapa yang menghubungkan " + "x" * 250,
        "- " * 140 + "a",
    ],
)
async def test_a_question_costs_milliseconds_even_a_hostile_one(question: str) -> None:
    prepare()
    async with curated_view() as view:
        await ask(view, question)
        fastest = min([await _seconds(view, question) for _ in range(5)])
    assert fastest < 0.1


async def _seconds(view: GraphReader, question: str) -> float:
    started = time.perf_counter()
    await ask(view, question)
    return time.perf_counter() - started
