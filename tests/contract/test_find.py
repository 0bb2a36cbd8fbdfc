"""Finding nodes by name: groups, order, typing errors, word order, and the same key for different spellings."""

import pytest
from support.graphs import agency, node, put

from graph.model import Name, Node
from graph.store import GraphReader, Store

KBRI = Node(
    "agency:kbri-seoul",
    "agency",
    (
        Name("Kedutaan Besar Republik Indonesia di Seoul"),
        Name("KBRI Seoul", kind="short"),
        Name("Embassy of Indonesia in Seoul", "en", "translation"),
    ),
)
REGISTRY = (
    KBRI,
    agency("kemenekraf", "Kementerian Ekonomi Kreatif"),
    agency("kemenkeu", "Kementerian Keuangan"),
    agency("ke-jkt", "KE JKT", "Komite Ekonomi Kreatif Jakarta"),
    agency("pemprov-dki-jakarta", "Pemerintah Provinsi DKI Jakarta"),
    node("city:jakarta", "Jakarta"),
    node("city:seoul", "Seoul", "서울"),
    node("person:lee-won-jung", "Lee Won Jung", "이원정"),
)


async def found(view: GraphReader, text: str, kinds: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Ids with how they matched."""
    return [(hit.node.id, hit.match) for hit in await view.find(text, kinds)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("agency:ke-jkt", ("agency:ke-jkt", "id")),
        ("ke jkt", ("agency:ke-jkt", "exact")),
        ("  Ke-JKT! ", ("agency:ke-jkt", "exact")),
        ("Komite Ekonomi", ("agency:ke-jkt", "prefix")),
        ("Seoul KBRI", ("agency:kbri-seoul", "word")),
        ("hubungan Seoul KBRI", ("agency:kbri-seoul", "word")),
        ("besar indonesia", ("agency:kbri-seoul", "word")),
        ("keuang", ("agency:kemenkeu", "word")),
        ("Kementrian Keuangn", ("agency:kemenkeu", "fuzzy")),
        ("jakrta", ("city:jakarta", "fuzzy")),
        ("이원정", ("person:lee-won-jung", "exact")),
        ("서울", ("city:seoul", "exact")),
        ("iwonjeong", ("person:lee-won-jung", "exact")),
    ],
)
async def test_what_is_typed_finds_what_is_meant(store: Store, text: str, first: tuple[str, str]) -> None:
    await put(store, *REGISTRY)
    async with store.view() as view:
        assert (await found(view, text))[0] == first


async def test_groups_come_in_order_and_inside_one_the_better_score_then_the_id(store: Store) -> None:
    await put(store, *REGISTRY, agency("zz-jakarta", "Jakarta"), agency("jakarta-film", "Jakarta Film"))
    async with store.view() as view:
        hits = await view.find("jakarta", limit=100)
    assert [(hit.node.id, hit.match) for hit in hits] == [
        ("agency:zz-jakarta", "exact"),
        ("city:jakarta", "exact"),
        ("agency:jakarta-film", "prefix"),
        ("agency:ke-jkt", "word"),
        ("agency:pemprov-dki-jakarta", "word"),
    ]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


async def test_the_limit_is_exact_and_a_node_is_told_once(store: Store) -> None:
    crowd = [agency(f"n{i:03d}", f"Rumah Film {i}", f"Rumah Musik {i}") for i in range(60)]
    await put(store, *crowd)
    async with store.view() as view:
        for limit in (0, 1, 7, 60, 100):
            hits = await view.find("rumah", limit=limit)
            assert len(hits) == min(limit, 60)
            assert len({hit.node.id for hit in hits}) == len(hits)


async def test_kinds_narrow_the_search_before_the_limit(store: Store) -> None:
    await put(store, *(agency(f"n{i:03d}", f"Jakarta {i}") for i in range(60)), node("city:jakarta", "Kota Jakarta"))
    async with store.view() as view:
        assert await found(view, "jakarta", ("city",)) == [("city:jakarta", "word")]
        assert await found(view, "agency:n001", ("city",)) == []


ODD = ("", "   ", "...", "\0", "%", "_", "'", '"', "*", "a" * 3000, "😀", "\u202e", "ſ", "x y " * 400)


@pytest.mark.parametrize("text", ODD)
async def test_any_text_can_be_asked_for(store: Store, text: str) -> None:
    await put(store, *REGISTRY)
    async with store.view() as view:
        assert isinstance(await view.find(text), tuple)
        assert isinstance(await view.exact(text), tuple)


async def test_exact_finds_every_node_with_that_key_or_id_by_id(store: Store) -> None:
    await put(store, *REGISTRY, agency("b", "SEOUL"), agency("a", "Séoul"))
    async with store.view() as view:
        assert [hit.node.id for hit in await view.exact("seoul")] == ["agency:a", "agency:b", "city:seoul"]
        assert [(hit.node.id, hit.match) for hit in await view.exact("city:seoul")] == [("city:seoul", "id")]
        assert await view.exact("Seou") == ()


async def test_a_renamed_node_is_found_by_its_new_name_only(store: Store) -> None:
    await put(store, agency("a", "Nama Lama"), agency("b", "Nama Tetap"))
    await put(store, agency("a", "Sebutan Baru"))
    async with store.view() as view:
        assert await found(view, "sebutan") == [("agency:a", "prefix")]
        assert await found(view, "nama") == [("agency:b", "prefix")]
        assert await found(view, "lama") == []
    await put(store, remove=[agency("a")])
    async with store.view() as view:
        assert await found(view, "sebutan baru") == []


async def test_an_official_name_wins_over_a_longer_one_of_the_same_node(store: Store) -> None:
    await put(store, KBRI)
    async with store.view() as view:
        (hit,) = await view.find("kbri")
    assert (hit.name, hit.match, hit.score) == ("KBRI Seoul", "prefix", 40.0)
