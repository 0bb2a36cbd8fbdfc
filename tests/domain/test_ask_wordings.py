"""The data of questions in words: what a phrase may hold, and that each question can be asked."""

import re
import tomllib
from typing import Any

import pytest
from support.asking import curated_view, example_of
from support.repo import ROOT

from graph.ask import ask
from graph.asking.grammar import LIMITED_BY, Wording, grammar
from graph.asking.titles import titles
from graph.vocabulary import vocabulary

ASKING: dict[str, Any] = tomllib.loads((ROOT / "graph/vocabulary/asking.toml").read_text(encoding="utf-8"))
QUESTIONS: list[dict[str, Any]] = tomllib.loads((ROOT / "graph/vocabulary/questions.toml").read_text(encoding="utf-8"))[
    "question"
]
PHRASES = [phrase for entry in (*QUESTIONS, *ASKING["limit"]) for phrase in entry["phrases"]]
PLAIN = [
    *PHRASES,
    *ASKING["words"].values(),
    *(phrase for group in ASKING["focus"].values() for phrase in group),
]
POSTS = [key for title in ASKING["title"] for key in title["posts"]]
TITLES = [" ".join(words) for title in grammar().titles for words in title.words]


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", re.sub(r"<\w+>|\{\w\}|#t", " ", text))


def test_no_wording_holds_a_word_that_is_dropped_before_reading() -> None:
    fillers = set(ASKING["fillers"])
    assert [text for text in PLAIN if fillers & set(words_of(text))] == []


def test_wordings_are_written_as_questions_are_folded() -> None:
    assert [text for text in (*PLAIN, *TITLES) if text != text.casefold() or "  " in text] == []


def test_every_post_has_one_place_and_no_two_posts_a_title_in_common() -> None:
    known = titles()
    written = [form for post in known.posts.values() for form in post.forms]
    asking = [verb for post in known.posts.values() for verb in post.asks]
    assert sorted(POSTS) == sorted(set(known.posts) - {"wakil"})  # alone it is part of a title
    assert len(written) == len(set(written))
    assert len(asking) == len(set(asking))
    assert known.articles.isdisjoint(word for form in written for word in form)


def test_words_that_ask_for_a_post_are_words_of_a_question() -> None:
    assert [verb for verb in titles().by_verb if verb not in grammar().known] == []


def test_every_list_of_words_is_used_and_every_used_one_exists() -> None:
    used = {name for phrase in PHRASES for name in re.findall(r"<(\w+)>", phrase)}
    assert used == set(ASKING["words"])


def test_no_phrase_stands_twice_in_one_question() -> None:
    assert [
        entry["understood"]["en"] for entry in QUESTIONS if len(set(entry["phrases"])) < len(entry["phrases"])
    ] == []


@pytest.mark.parametrize("wording", grammar().wordings, ids=lambda wording: wording.understood.en)
def test_a_question_uses_the_words_of_the_domain(wording: Wording) -> None:
    known = vocabulary()
    assert set(wording.types) <= set(known.fact_types)
    assert set(wording.modality) <= set(known.terms["modality"])
    assert all(set(kinds) <= set(known.kinds) for kinds in wording.kinds.values())
    assert wording.slot is None or all(known.fact_types[name].slot(wording.slot) for name in wording.types)
    assert wording.slot is None or wording.types


@pytest.mark.parametrize("wording", grammar().wordings, ids=lambda wording: wording.understood.en)
def test_a_question_names_in_its_phrases_and_texts_what_it_declares(wording: Wording) -> None:
    names = {f"{{{name}}}" for name in wording.kinds}
    for phrase in wording.phrases:
        assert set(re.findall(r"\{\w\}", phrase.text)) == names
    for text in (wording.understood.id, wording.understood.en):
        assert set(re.findall(r"\{\w\}", text)) == names


@pytest.mark.parametrize("wording", grammar().wordings, ids=lambda wording: wording.understood.en)
async def test_every_question_can_be_asked(wording: Wording) -> None:
    questions = [example_of(wording, phrase, ASKING["words"]) for phrase in wording.phrases]
    async with curated_view() as view:
        answers = [await ask(view, question) for question in questions]
    reached = [asked for asked in answers if asked.kind == wording.kind and len(asked.readings) == len(wording.kinds)]
    assert any(
        asked.params.get("type", ()) == wording.types
        and (asked.params.get("slot") == wording.slot or not wording.kinds)
        for asked in reached
    )


def test_every_text_that_is_said_has_its_key() -> None:
    said = grammar().say
    limits = {limit for limit, _ in grammar().limits}
    assert {wording.focus for wording in grammar().wordings} <= set(said)
    assert {name for name, _ in grammar().focus} <= set(said)
    assert {limit for limit in limits if not limit.startswith("type:")} <= set(said)
    assert {limit.removeprefix("type:") for limit in limits if limit.startswith("type:")} <= set(
        vocabulary().fact_types
    )
    assert set(LIMITED_BY) <= limits


def test_no_word_that_asks_or_denies_is_dropped() -> None:
    assert grammar().never.isdisjoint(grammar().fillers)
    assert grammar().never.isdisjoint(grammar().orders)
