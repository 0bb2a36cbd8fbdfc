"""Which facts, events and sources answer a question about a slot, a place or a period."""

import pytest
from support.asking import curated_view, facts_of

from graph.ask import keep, list_about, list_events
from graph.asking.periods import Period
from graph.errors import NotFound
from graph.model import Evidence, Fact, Party
from graph.store import FactQuery

KBRI_VISIT, KOCCA_VISIT = "fact:patadaily-2026-01-20.visit", "fact:antara-2026-kocca.visit"
MOC = "fact:ke-jkt-asi-2025-10-15.moc"
INVITATION, BUSAN = "fact:sinpo-2025-05-27.invitation", "fact:sinpo-2025-05-27.busan"
ACFM, HONG_KONG = "fact:sinpo-2025-05-27.acfm", "fact:sinpo-2025-05-27.hong-kong"


def fact(kind: str, *parties: Party) -> Fact:
    return Fact("fact:x.y", kind, parties, (Evidence("article:x"),), "low", 1)


VISIT = fact(
    "visit",
    Party("guest", actor="agency:a", person="person:p"),
    Party("accompanying", actor="agency:b"),
    Party("host", actor="agency:c"),
)


@pytest.mark.parametrize(
    ("node", "slot", "kept"),
    [
        ("agency:a", "guest", True),
        ("person:p", "guest", True),
        ("agency:b", "guest", True),  # whoever came along is on the guest's side
        ("agency:c", "guest", False),
        ("agency:c", "host", True),
        ("agency:a", "host", False),
        ("agency:d", "host", False),
        ("agency:a", "signatory", False),  # a visit has no such slot
    ],
)
def test_a_slot_is_filled_by_its_side(node: str, slot: str, *, kept: bool) -> None:
    assert keep(VISIT, node, slot) is kept


def test_one_of_several_nodes_may_fill_a_slot() -> None:
    assert keep(VISIT, {"agency:x", "agency:c"}, "host")
    assert not keep(VISIT, ("agency:x",), "host")


def test_a_witness_is_no_signatory() -> None:
    signed = fact("agreement", Party("signatory", "a", "agency:a"), Party("witness", actor="agency:w"))
    assert keep(signed, "agency:a", "signatory")
    assert not keep(signed, "agency:w", "signatory")


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("siapa yang mengunjungi Kemenekraf", {KBRI_VISIT, KOCCA_VISIT}),
        ("siapa yang dikunjungi Kemenekraf", set()),
        ("siapa yang dikunjungi KOCCA", {KOCCA_VISIT}),
        ("whom did RUNUP visit", {KOCCA_VISIT}),
        ("when did Kemenekraf visit KOCCA", set()),
        ("kapan KOCCA mengunjungi Kemenekraf", {KOCCA_VISIT}),
        ("who visited Jakarta", {KBRI_VISIT, KOCCA_VISIT}),
        ("who visited Korea", set()),
        ("kapan KOCCA datang ke Jakarta", {KOCCA_VISIT}),
        ("siapa yang mengunjungi Kemenekraf sebelum 2026", set()),
        ("perjanjian antara Jakarta dan Rusia", {MOC}),
        ("perjanjian antara Jakarta dan Korea", set()),
        ("who signed with Russia", {MOC}),
        ("apa yang direncanakan dengan Busan", {INVITATION, BUSAN}),
        ("siapa yang ditemui Rano Karno", {ACFM, HONG_KONG}),
        ("siapa yang ditemui Rano Karno di Cannes", {ACFM}),
        ("who met Hong Kong", {HONG_KONG}),
        ("kerja sama Jakarta dengan Busan", {BUSAN}),
    ],
)
async def test_the_facts_that_answer_are_those_of_the_question(question: str, facts: set[str]) -> None:
    assert await facts_of(question) == facts


async def test_pages_of_facts_about_a_place_join_without_gap_or_double() -> None:
    where = FactQuery(about=("country:id", "country:kr"))
    async with curated_view() as view:
        whole = await list_about(view, where)
        paged: list[Fact] = []
        while page := await list_about(view, where, after=paged[-1].id if paged else "", limit=1):
            paged += page
    assert tuple(paged) == whole
    assert len(whole) > 3


async def test_an_unknown_node_is_not_found() -> None:
    async with curated_view() as view:
        with pytest.raises(NotFound):
            await list_about(view, FactQuery(about=("agency:nowhere",)))


@pytest.mark.parametrize(
    ("about", "period", "events"),
    [
        ((), Period(), 3),
        ((), Period("2025-01-01", "2025-12-31"), 2),
        ((), Period("2023-01-01", "2023-12-31"), 0),
        (("city:cannes",), Period(), 1),
        (("country:fr",), Period(), 1),
        (("person:rano-karno",), Period(), 1),
        (("person:wishnutama-kusubandio",), Period(), 1),
        (("agency:kocca",), Period(), 0),
    ],
)
async def test_events_are_those_named_with_or_held_there(about: tuple[str, ...], period: Period, events: int) -> None:
    async with curated_view() as view:
        assert len(await list_events(view, about, period)) == events
