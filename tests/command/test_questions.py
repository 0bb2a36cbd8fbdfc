"""Asking at the terminal: words, sources, languages, and JSON that is the API's to the byte."""

import asyncio
import json
import re

import pytest
from support.command import JAKARTA_KOREA, child, jejaring
from support.serving import serving

from graph.stores import open_store


def from_api(store_url: str, *paths: str) -> list[bytes]:
    """What the API answers on this store."""

    async def get() -> list[bytes]:
        store = open_store(store_url)
        try:
            async with serving(store) as client:
                answers = [await client.get(path) for path in paths]
        finally:
            await store.close()
        assert [answer.status_code for answer in answers] == [200] * len(paths)
        return [answer.content for answer in answers]

    return asyncio.run(get())


def numbered_sources(text: str, title: str) -> list[int]:
    """The numbers in the list of sources."""
    listed = text.partition(f"\n{title}\n")[2]
    return [int(number) for number in re.findall(r"^ +\[(\d+)\]", listed, flags=re.MULTILINE)]


def test_an_answer_names_connectors_and_numbers_every_source(loaded: str) -> None:
    result = jejaring("ask", JAKARTA_KOREA, "--store", loaded)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Dua lembaga menghubungkan Jakarta dengan Korea Selatan.\n")
    told, _, listed = result.stdout.partition("\nSumber\n")
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", told)}
    assert numbered_sources(result.stdout, "Sumber") == sorted(cited) == [1, 2, 3, 4]
    assert "Sabtu, 27 Mei 2025" in listed  # a doubt stands beside its source
    assert result.stdout.endswith("Jawaban yang sama dari API: /api/v1/connect?from=jakarta&to=korea\n")


def test_both_languages_cite_the_same_numbers(loaded: str) -> None:
    indonesian = jejaring("ask", JAKARTA_KOREA, "--lang", "id", "--store", loaded).stdout
    english = jejaring("ask", JAKARTA_KOREA, "--lang", "en", "--store", loaded).stdout
    assert english.startswith("Two bodies connect Jakarta with South Korea.\n")
    assert re.findall(r"\[(\d+)\]", indonesian) == re.findall(r"\[(\d+)\]", english)


@pytest.mark.parametrize(
    ("question", "args", "env", "word"),
    [
        ("who connects Jakarta to Korea?", (), {}, "Sources"),
        ("who connects Jakarta to Korea?", ("--lang", "id"), {}, "Sumber"),
        ("who connects Jakarta to Korea?", (), {"JEJARING_LANG": "id"}, "Sumber"),
        ("who connects Jakarta to Korea?", (), {"LANG": "id_ID.UTF-8"}, "Sources"),
        (JAKARTA_KOREA, (), {"LANG": "en_US.UTF-8"}, "Sumber"),
        (JAKARTA_KOREA, (), {"JEJARING_LANG": "en"}, "Sources"),
        (JAKARTA_KOREA, ("--lang", "id"), {"JEJARING_LANG": "en"}, "Sumber"),
    ],
)
def test_the_question_sets_the_language_unless_one_was_asked_for(
    loaded: str, question: str, args: tuple[str, ...], env: dict[str, str], word: str
) -> None:
    result = jejaring("ask", question, *args, "--store", loaded, env=env)
    assert f"\n{word}\n" in result.stdout


def test_a_question_needs_no_quotes(loaded: str) -> None:
    quoted = jejaring("ask", JAKARTA_KOREA, "--store", loaded)
    assert jejaring("ask", *JAKARTA_KOREA.split(), "--store", loaded).stdout == quoted.stdout


@pytest.mark.parametrize(
    ("args", "path"),
    [
        (("ask", JAKARTA_KOREA), "/api/v1/connect?from=jakarta&to=korea"),
        (("ask", "who visited Kemenekraf?"), "/api/v1/facts?type=visit&about=agency:kemenekraf&slot=host"),
        (("ask", "qwertyuiop"), "/api/v1/search?q=qwertyuiop"),
        (("connect", "jakarta", "rusia"), "/api/v1/connect?from=jakarta&to=rusia"),
        (("connect", "jakarta", "rusia", "--lang", "en"), "/api/v1/connect?from=jakarta&to=rusia&lang=en"),
        (
            ("connect", "jakarta", "korea", "--max-hops", "2", "--since", "2025", "--include", "planned"),
            "/api/v1/connect?from=jakarta&to=korea&max_hops=2&since=2025&include=planned",
        ),
        (
            ("connect", "jakarta", "korea", "--types", "visit,meeting", "--subsector", "film", "--until", "2026"),
            "/api/v1/connect?from=jakarta&to=korea&types=visit,meeting&subsector=film&until=2026",
        ),
        (
            ("connect", "jakarta", "korea", "--as-of", "2025-12-31", "--known-as-of", "1", "--tiers", "1,2"),
            "/api/v1/connect?from=jakarta&to=korea&as_of=2025-12-31&known_as_of=1&tiers=1,2",
        ),
        (("connect", "jakarta", "korea", "--limit", "1"), "/api/v1/connect?from=jakarta&to=korea&limit=1"),
        (("search", "busan", "film", "--kind", "agency"), "/api/v1/search?q=busan%20film&kind=agency"),
        (("search", "busan", "--limit", "2"), "/api/v1/search?q=busan&limit=2"),
        (("node", "agency:ke-jkt"), "/api/v1/nodes/agency:ke-jkt"),
        (("fact", "fact:ke-jkt-asi-2025-10-15.moc"), "/api/v1/facts/fact:ke-jkt-asi-2025-10-15.moc"),
        (("show", "article:sinpo-2025-05-27"), "/api/v1/sources/article:sinpo-2025-05-27"),
    ],
)
def test_json_is_what_the_api_answers(loaded: str, args: tuple[str, ...], path: str) -> None:
    result = jejaring(*args, "--format", "json", "--store", loaded)
    assert result.exit_code == 0, result.output
    assert [result.stdout_bytes] == from_api(loaded, path)


def test_json_of_a_child_process_is_what_the_api_answers(loaded: str) -> None:
    result = child("ask", JAKARTA_KOREA, "--format", "json", "--store", loaded)
    assert (result.returncode, result.stderr) == (0, b"")
    assert [result.stdout] == from_api(loaded, "/api/v1/connect?from=jakarta&to=korea")


def test_the_shown_path_gives_the_same_answer(loaded: str) -> None:
    for question in (JAKARTA_KOREA, "siapa yang memimpin ICCN?", "kapan KOCCA mengunjungi Kemenekraf?"):
        path = jejaring("ask", question, "--store", loaded).stdout.rpartition(": ")[2].strip()
        assert from_api(loaded, path) == [jejaring("ask", question, "--format", "json", "--store", loaded).stdout_bytes]


def test_markdown_has_a_heading_sentences_and_a_numbered_list_of_sources(loaded: str) -> None:
    lines = jejaring("ask", JAKARTA_KOREA, "--format", "markdown", "--store", loaded).stdout.splitlines()
    assert lines[0] == "# Dua lembaga menghubungkan Jakarta dengan Korea Selatan."
    assert "## Sumber" in lines
    assert [line.split(".")[0] for line in lines if re.match(r"\d+\. ", line)] == ["1", "2", "3", "4"]
    assert lines[-1] == "Jawaban yang sama dari API: `GET /api/v1/connect?from=jakarta&to=korea`"


def test_nothing_known_is_said_honestly(loaded: str) -> None:
    result = jejaring("connect", "iccn", "korea", "--lang", "en", "--store", loaded)
    assert result.exit_code == 0
    assert result.stdout.startswith("No sourced link")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("connect", "jakarta", "qqqqqqqq"), "to: this name is not in the graph."),
        (("node", "agency:no-such-body"), "not found."),
        (("fact", "fact:no-such.fact"), "not found."),
        (("show", "article:no-such-article"), "not found."),
    ],
)
def test_what_is_not_known_ends_with_code_1(loaded: str, args: tuple[str, ...], words: str) -> None:
    result = jejaring(*args, "--lang", "en", "--store", loaded)
    assert (result.exit_code, result.stdout) == (1, "")
    assert words in result.stderr


@pytest.mark.parametrize("option", ["--max-hops=9", "--since=27/05/2025", "--tiers=4", "--types=wedding", "--limit=x"])
def test_a_filter_that_cannot_be_used_says_what_is_allowed(loaded: str, option: str) -> None:
    result = jejaring("connect", "jakarta", "korea", option, "--lang", "en", "--store", loaded)
    assert (result.exit_code, result.stdout) == (2, "")
    name = option.removeprefix("--").partition("=")[0].replace("-", "_")
    assert result.stderr.startswith(f"Error: {name}: not usable; ")


def test_one_fact_is_told_with_its_source(loaded: str) -> None:
    result = jejaring("fact", "fact:ke-jkt-asi-2025-10-15.moc", "--lang", "en", "--store", loaded)
    assert "KE JKT signed a memorandum of cooperation (MoC) with ASI" in result.stdout
    assert numbered_sources(result.stdout, "Sources") == [1]


def test_search_forgives_a_typing_error(loaded: str) -> None:
    assert "city:busan" in jejaring("search", "busann", "--store", loaded).stdout


def test_pipes_get_whole_lines_without_colours(loaded: str) -> None:
    result = child("ask", JAKARTA_KOREA, "--store", loaded, env={"COLUMNS": "40"})
    assert b"\x1b" not in result.stdout
    assert max(len(line) for line in result.stdout.splitlines()) > 100


def test_without_a_graph_asking_says_how_to_load_one(empty: str) -> None:
    result = jejaring("ask", JAKARTA_KOREA, "--store", empty)
    assert (result.exit_code, result.stdout) == (5, "")
    assert "jejaring load" in result.stderr


def test_json_is_one_document(loaded: str) -> None:
    answer = json.loads(jejaring("ask", JAKARTA_KOREA, "--format", "json", "--store", loaded).stdout)
    assert answer["status"] == "connected"


def test_a_node_may_be_asked_for_by_its_name(loaded: str) -> None:
    result = jejaring("node", "kemenekraf", "--lang", "en", "--store", loaded)
    assert result.exit_code == 0, result.output
    assert "Read as: Ministry of Creative Economy/Creative Economy Agency (agency:kemenekraf)" in result.stdout
    assert jejaring("node", "nobody at all", "--store", loaded).exit_code == 1
