"""Who holds one post: which titles are meant, and what is answered when nobody on record has one."""

import pytest
from support.asking import curated_view, facts_of, path_of, read

from graph.ask import Only, ask, list_about
from graph.asking.about import fits
from graph.asking.titles import holds, post_named
from graph.model import Evidence, Fact, Party
from graph.store import FactQuery
from graph.vocabulary import Text

ICCN = "facts?type=role&about=agency:iccn&slot=body"
JAKARTA = "facts?type=role&about=agency:pemprov-dki-jakarta&slot=body"
CHAIR, STEERING = "fact:tribunnews-2024-iccn.fiki-satari", "fact:tribunnews-2024-iccn.wishnutama-iccn"

HELD = [
    (Text("Ketua Umum", "Chair"), ["ketua", "chair", "Chairman", "head", "ketum", "KETUA UMUM", "umum"]),
    (Text("Wakil Gubernur", "Vice Governor"), ["wagub", "deputy governor", "the vice governor", "wakil", "vice"]),
    (Text("Wakil Kepala Perwakilan", "Deputy Chief of Mission"), ["DCM", "deputy chief of mission", "wakil"]),
    (Text("Direktur Operasional (COO)", "Chief Operating Officer (COO)"), ["coo", "direktur", "director"]),
    (Text("Direktur Regional untuk Korea", "Regional Director for Korea"), ["director korea", "regional", "direktur"]),
    (Text("Direktur Utama", "President Director"), ["dirut", "presiden direktur", "direktur"]),
    (Text("Direktur Jenderal Informasi", "Director General of Information"), ["dirjen", "director general"]),
    (Text("Deputi Bidang Kebijakan", "Deputy for Policy"), ["deputi", "deputy", "deputi kebijakan", "deputi bidang"]),
    (Text("Mantan Wakil Ketua", "Former Vice Chair"), ["mantan wakil ketua", "former vice chair", "mantan"]),
    (Text("Ketua Dewan Pengarah", "Chair of the Steering Board"), ["steering", "chair steering", "dewan"]),
    (Text("Juru Masak", "Cook"), ["juru masak", "cook"]),
]
NOT_HELD = [
    (Text("Wakil Gubernur", "Vice Governor"), ["gubernur", "governor", "wakil ketua"]),
    (Text("Wakil Kepala Perwakilan", "Deputy Chief of Mission"), ["kepala", "ketua", "chief of mission", "dubes"]),
    (Text("Direktur Utama", "President Director"), ["presiden", "president", "direktur regional", "komisaris utama"]),
    (Text("Mantan Wakil Ketua", "Former Vice Chair"), ["ketua", "wakil ketua", "vice chair"]),
    (Text("Wakil Sekretaris", "Deputy Secretary"), ["sekretaris", "secretary"]),
    (Text("Juru Masak", "Cook"), ["juru cook", "masa", "the", "ketua"]),
]


@pytest.mark.parametrize(("title", "words"), HELD)
def test_a_title_holds_its_words_and_those_of_the_same_post(title: Text, words: list[str]) -> None:
    assert [text for text in words if not holds(title, text)] == []


@pytest.mark.parametrize(("title", "words"), NOT_HELD)
def test_a_title_holds_no_other_post_and_no_deputy_is_the_chief(title: Text, words: list[str]) -> None:
    assert [text for text in words if holds(title, text)] == []


async def test_every_title_on_record_holds_itself_in_both_languages() -> None:
    async with curated_view() as view:
        facts = await list_about(view, FactQuery(types=("role",)))
    titles = [fact.title for fact in facts if fact.title is not None]
    assert len(titles) == len(facts) > 10
    assert [title for title in titles if not (holds(title, title.id) and holds(title, title.en))] == []


def test_a_fact_without_a_title_has_no_post() -> None:
    fact = Fact("fact:x.y", "visit", (Party("guest", actor="agency:a"),), (Evidence("article:x"),), "low", 1)
    assert fits(fact, ())
    assert not fits(fact, (), Only(title="ketua"))


def test_a_post_is_named_by_its_whole_title_only() -> None:
    chair = post_named("The Chair")
    assert chair is not None
    assert chair.key == "ketua"
    assert post_named("pimpinan") is None
    assert post_named("chair of fruit") is None


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("who chairs ICCN", f"{ICCN}&title=ketua"),
        ("siapa yang mengetuai ICCN", f"{ICCN}&title=ketua"),
        ("ICCN diketuai siapa", f"{ICCN}&title=ketua"),
        ("ketuanya ICCN siapa", f"{ICCN}&title=ketua"),
        ("who is the head of ICCN", f"{ICCN}&title=ketua"),
        ("ketum ICCN", f"{ICCN}&title=ketua%20umum"),
        ("siapa Ketua Dewan Pengarah ICCN", f"{ICCN}&title=ketua%20dewan%20pengarah"),
        ("Who is the chair of the steering board of ICCN?", f"{ICCN}&title=ketua%20dewan%20pengarah"),
        ("siapa direktur regional KOCCA", "facts?type=role&about=agency:kocca&slot=body&title=direktur%20regional"),
        (
            "who is the regional director of KOCCA",
            "facts?type=role&about=agency:kocca&slot=body&title=direktur%20regional",
        ),
        ("who is the vice governor of Jakarta", f"{JAKARTA}&title=wakil%20gubernur"),
        ("wagub DKI", f"{JAKARTA}&title=wakil%20gubernur"),
        ("wamen ekraf siapa", "facts?type=role&about=agency:kemenekraf&slot=body&title=wakil%20menteri"),
        ("dirut SMESCO", "facts?type=role&about=agency:smesco&slot=body&title=direktur%20utama"),
        ("Who is the COO of RUNUP", "facts?type=role&about=agency:runup&slot=body&title=coo"),
        (
            "siapa direktur operasional RUNUP",
            "facts?type=role&about=agency:runup&slot=body&title=direktur%20operasional",
        ),
        ("siapa komisaris utama Telkomsel", "facts?type=role&about=agency:telkomsel&slot=body&title=komisaris%20utama"),
        (
            "is Fiki Satari the chair of ICCN?",
            "facts?type=role&about=person:fiki-satari,agency:iccn&slot=holder&title=ketua",
        ),
        ("ketua ICCN sejak 2024", "facts?type=role&about=agency:iccn&since=2024-01-01&slot=body&title=ketua"),
        ("who leads ICCN", ICCN),
        ("siapa pimpinan ICCN", ICCN),
        ("jabatan di ICCN", ICCN),
    ],
)
async def test_a_question_for_one_post_asks_for_that_post(question: str, path: str) -> None:
    assert await path_of(question) == path


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("siapa ketua ICCN", {CHAIR, STEERING}),
        ("siapa ketua umum ICCN", {CHAIR}),
        ("who is the chair of the steering board of ICCN", {STEERING}),
        ("siapa anggota komite eksekutif ICCN", {"fact:tribunnews-2024-iccn.dwinita-larasati"}),
    ],
)
async def test_the_facts_that_answer_are_those_of_the_post(question: str, facts: set[str]) -> None:
    assert await facts_of(question) == facts


@pytest.mark.parametrize(
    ("question", "path", "post"),
    [
        ("siapa gubernur Jakarta", JAKARTA, "governor"),
        ("who is the treasurer of ICCN", ICCN, "treasurer"),
        (
            "siapa ketum ICCN sebelum 2020",
            "facts?type=role&about=agency:iccn&until=2019-12-31&slot=body",
            "general chair",
        ),
        (
            "apakah Dwinita Larasati ketua ICCN",
            "facts?type=role&about=person:dwinita-larasati,agency:iccn&slot=holder",
            "chair or head",
        ),
    ],
)
async def test_a_post_that_is_not_on_record_gives_way_to_every_post_and_says_so(
    question: str, path: str, post: str
) -> None:
    asked = await read(question)
    assert asked.path == f"/api/v1/{path}"
    assert (
        f"The post of {post} is not on record for this question; all posts on record are shown." in asked.understood.en
    )
    assert "tidak tercatat untuk pertanyaan ini; semua jabatan yang tercatat ditunjukkan." in asked.understood.id


async def test_the_post_that_was_read_is_said_in_both_languages() -> None:
    understood = (await read("who is the vice governor of Jakarta")).understood
    assert "Who holds office at Jakarta Provincial Government, only the post of vice governor." in understood.en
    assert "Yang menjabat di Pemprov DKI Jakarta, hanya jabatan wakil gubernur." in understood.id
    assert "post" not in (await read("who leads ICCN")).understood.en


@pytest.mark.parametrize("question", ["siapa gubernur Jakarta", "who is the governor of Jakarta"])
async def test_a_post_that_nobody_on_record_holds_names_nobody_in_the_headline(question: str) -> None:
    async with curated_view() as view:
        assert (await ask(view, question)).focus == "what"
        assert (
            await ask(view, question.replace("gubernur", "wagub").replace("governor", "vice governor"))
        ).focus == "who"
