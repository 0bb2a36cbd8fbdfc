"""The page in both languages: labelled, closed, safe, never empty; what it says is what the API says."""

import re
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from support.bad_inputs import TEXTS
from support.page import Page
from support.serving import serving

from app.allowed import allowed
from app.routes import api_routes
from app.web.words import words
from graph.stores import open_store

QUESTION = {"q": "siapa yang menghubungkan Jakarta dengan Korea"}
CASES: tuple[dict[str, str], ...] = (
    {},
    QUESTION,
    {"from": "jakarta", "to": "korea"},
    {"from": "iccn", "to": "korea"},
    {"from": "tidak ada", "to": "korea"},
    {"from": "jakarta"},
    {"q": "siapa yang mengunjungi Kemenekraf"},
    {"q": "sumber apa yang menyebut KOCCA"},
    {"q": "KOCCA"},
    {"q": "agency:kemenekraf"},
    {"q": "xyzzy"},
    {"q": "?!"},
    {"q": "x" * 300},
)


async def page_of(browser: httpx.AsyncClient, **params: str) -> Page:
    answer = await browser.get("/", params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)


def test_both_languages_have_the_same_words() -> None:
    one, two = words("id"), words("en")
    assert {room: list(held) for room, held in one.items()} == {room: list(held) for room, held in two.items()}
    for room, held in one.items():
        for key, text in held.items():
            assert text
            assert re.findall(r"{\w+}", text) == re.findall(r"{\w+}", two[room][key])


def test_every_word_is_used_by_a_page() -> None:
    room = files("app.web")
    used = "".join(path.read_text(encoding="utf-8") for path in Path(str(room)).rglob("*.html"))
    used += "".join(path.read_text(encoding="utf-8") for path in Path(str(room)).glob("*.py"))
    bands = {"strong", "medium", "weak"}  # chosen by the band of a strength
    unused = [
        f"{name}.{key}"
        for name, held in words("id").items()
        for key in held
        if f"{name}.{key}" not in used and f'["{key}"]' not in used and key not in bands
    ]
    assert unused == []


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("asked", CASES, ids=lambda case: "-".join(case.values())[:30] or "start")
async def test_a_page_is_labelled_closed_and_says_something(
    browser: httpx.AsyncClient, asked: dict[str, str], lang: str
) -> None:
    page = await page_of(browser, **asked, lang=lang)
    assert page.one("html").attributes["lang"] == lang
    assert page.one("title").text.strip()
    assert len(page.one("h1").text.strip()) > 5
    labels = {label.attributes["for"] for label in page.all("label")}
    for field in page.all("input"):
        if field.attributes.get("type") != "hidden":
            assert field.attributes["id"] in labels
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for element in page.elements:
        named = f"{element.attributes.get('aria-labelledby', '')} {element.attributes.get('aria-describedby', '')}"
        assert set(named.split()) <= set(ids)
    levels = [int(element.tag[1]) for element in page.elements if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("asked", CASES, ids=lambda case: "-".join(case.values())[:30] or "start")
async def test_a_page_holds_no_script_no_style_of_its_own_and_no_foreign_address(
    browser: httpx.AsyncClient, asked: dict[str, str]
) -> None:
    page = await page_of(browser, **asked)
    assert not page.all("script")
    assert not page.all("style")
    for element in page.elements:
        assert not {name for name in element.attributes if name == "style" or name.startswith("on")}
        for name in ("href", "src", "action"):
            address = element.attributes.get(name, "/")
            if not address.startswith(("/", "#")):
                assert re.match(r"https?://", address)
                assert element.attributes["rel"] == "noopener noreferrer nofollow"


async def test_the_answer_cites_sources_that_are_on_the_page(browser: httpx.AsyncClient) -> None:
    page = await page_of(browser, **QUESTION)
    marks = {link.attributes["href"] for link in page.all("a") if link.attributes["href"].startswith("#s")}
    sources = {f"#{item.attributes['id']}" for item in page.all("li") if item.attributes.get("id", "").startswith("s")}
    assert marks == sources
    assert len(sources) >= 3


async def test_the_page_says_what_the_api_says(browser: httpx.AsyncClient) -> None:
    page = await page_of(browser, **QUESTION, lang="en")
    told = (await browser.get("/api/v1/connect?from=jakarta&to=korea")).json()
    assert page.one("h1").text == told["answer"]["headline"]["en"]
    rows = [row.text for row in page.all("th", scope="row")]
    labels = [told["nodes"][connector["actor"]]["label"]["en"] for connector in told["connectors"]]
    assert len(rows) == len(labels)
    assert all(label in row for label, row in zip(labels, rows, strict=True))
    article = re.sub(r"\s+", " ", page.one("article").text)
    for sentence in told["answer"]["sentences"]:
        bare = re.sub(r" ?\[\d+\]", "", sentence["text"]["en"])
        assert re.sub(r"\s+", " ", bare) in re.sub(r" ?\[\d+\]", "", article)


async def test_the_other_language_is_one_link_away_with_the_same_question(browser: httpx.AsyncClient) -> None:
    page = await page_of(browser, **QUESTION, lang="id")
    link = page.one("a", hreflang="en")
    assert dict(parse_qsl(urlsplit(link.attributes["href"]).query)) == {"lang": "en", **QUESTION}
    other = await browser.get(link.attributes["href"])
    assert Page(other.text).one("html").attributes["lang"] == "en"


@pytest.mark.parametrize(
    ("header", "lang"), [("en-US,en;q=0.8", "en"), ("id", "id"), ("ko", "id"), ("in;q=1,en;q=0.5", "id")]
)
async def test_the_browser_chooses_the_language(browser: httpx.AsyncClient, header: str, lang: str) -> None:
    answer = await browser.get("/", headers={"accept-language": header})
    assert Page(answer.text).one("html").attributes["lang"] == lang
    assert "Accept-Language" in answer.headers["vary"]


async def test_every_link_of_the_first_page_leads_somewhere(browser: httpx.AsyncClient) -> None:
    page = await page_of(browser)
    for element in page.elements:
        address = element.attributes.get("href", "#")
        if not address.startswith("#"):
            assert (await browser.get(address)).status_code == 200, address


async def test_what_a_reader_typed_stays_in_the_field_as_text(browser: httpx.AsyncClient) -> None:
    for text in TEXTS:
        answer = await browser.get("/", params={"q": text, "lang": "en"})
        page = Page(answer.text)
        assert not page.all("script")
        assert not page.all("img")
        if answer.status_code == 200:
            assert page.one("input", id="q").attributes["value"] == text.strip()
        else:
            assert (answer.status_code, page.one("h1").text != "") == (422, True)


async def test_a_text_that_is_too_long_is_refused_in_words(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/", params={"q": "x" * 400, "lang": "en"})
    said = Page(answer.text).one("main").text
    assert answer.status_code == 422
    assert "at most 300 characters" in said
    assert "None" not in said


async def test_every_source_leads_to_what_the_api_knows_of_it(browser: httpx.AsyncClient) -> None:
    page = await page_of(browser, **QUESTION)
    links = [link for link in page.all("a") if link.attributes["href"].startswith("/api/v1/sources/")]
    assert len(links) == len([item for item in page.all("li") if "value" in item.attributes])
    for link in links:
        assert (await browser.get(link.attributes["href"])).json()["source"]["id"] == link.text


@pytest.mark.parametrize(("path", "asked"), [("/", QUESTION), ("/api", {})])
async def test_every_cell_of_a_table_carries_its_heading_for_narrow_screens(
    browser: httpx.AsyncClient, path: str, asked: dict[str, str]
) -> None:
    page = Page((await browser.get(path, params=asked)).text)
    assert all(table.attributes["class"] == "stacked" for table in page.all("table"))
    headings = {heading.text for heading in page.all("th", scope="col")}
    cells = page.all("td")
    labels = [label.text.removesuffix(": ") for label in page.all("span", **{"class": "label"})]
    assert len(labels) == len(cells) > 0
    assert set(labels) < headings
    assert all(cell.text.startswith(label) for cell, label in zip(cells, labels, strict=True))


async def test_nodes_that_may_be_meant_are_links_that_ask_about_them(browser: httpx.AsyncClient) -> None:
    page = await page_of(browser, q="kemen", lang="en")
    links = [link for link in page.all("a") if "agency:" in link.attributes["href"]]
    assert links
    for link in links:
        asked = dict(parse_qsl(urlsplit(link.attributes["href"]).query))
        assert asked["q"] in link.text
        assert (await page_of(browser, **asked)).one("h1").text


async def test_an_end_that_is_unclear_is_named_by_its_label_with_links_that_ask_again(
    browser: httpx.AsyncClient,
) -> None:
    page = await page_of(browser, **{"from": "jakart", "to": "korea", "lang": "en"})
    said = page.one("section").text
    assert "From: this name is not in the graph" in said
    assert "from:" not in said
    links = [link.attributes["href"] for link in page.all("a") if "hreflang" not in link.attributes]
    asked = [dict(parse_qsl(urlsplit(link).query)) for link in links]
    assert {"lang": "en", "from": "region:id-jk", "to": "korea"} in asked


async def test_a_name_with_several_meanings_is_offered_as_links(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/", params={"from": "film", "to": "korea", "lang": "en"})
    assert Page(answer.text).one("h1").text


@pytest.mark.parametrize("path", ["/nope", "/id/aktor", "/favicon.ico"])
async def test_an_address_that_is_none_gets_a_page_in_words(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path, params={"lang": "en"})
    page = Page(answer.text)
    assert (answer.status_code, page.one("h1").text) == (404, "Not found")
    assert page.one("html").attributes["lang"] == "en"
    assert answer.headers["x-request-id"] in page.one("main").text


async def test_a_program_gets_an_error_it_can_read_even_from_a_page(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/nope", headers={"accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"


async def test_without_a_graph_the_page_says_what_to_do(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/missing.db")
    async with serving(store) as client:
        answer = await client.get("/", headers={"accept": "text/html"})
        assert answer.status_code == 503
        assert "jejaring load" in Page(answer.text).one("main").text
        assert (await client.get("/static/jejaring.css")).status_code == 200
    await store.close()


async def test_an_empty_graph_says_so(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/empty.db")
    await store.prepare()
    async with serving(store) as client:
        answer = await client.get("/", headers={"accept": "text/html"})
        assert words("id")["start"]["empty"] in Page(answer.text).one("main").text
    await store.close()


@pytest.mark.parametrize("path", ["/static/jejaring.css", "/static/jejaring.svg"])
async def test_static_files_are_kept_by_the_browser(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 200
    assert "max-age" in answer.headers["cache-control"]
    again = await browser.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_the_page_about_the_api_shows_every_route_and_parameter(browser: httpx.AsyncClient, lang: str) -> None:
    answer = await browser.get("/api", params={"lang": lang, "utm_source": "elsewhere"})
    assert answer.status_code == 200
    page = Page(answer.text)
    assert page.one("html").attributes["lang"] == lang
    titles = [heading.text for heading in page.all("h2")]
    assert titles == [f"GET {route.path}" for route in api_routes()]
    rows = [row.text for row in page.all("th", scope="row")]
    assert rows == [name for route in api_routes() for name in allowed(route.question)]
    for link in page.all("a"):
        if link.attributes["href"].startswith("/api/v1"):
            assert (await browser.get(link.attributes["href"])).status_code == 200, link.attributes["href"]
