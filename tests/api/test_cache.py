"""Ready answers are kept within their bytes, and equal questions are computed once."""

import asyncio
from typing import Any

import pytest
from starlette.requests import Request
from support.small_graph import node, plan

from app.asking import Asking, Route
from app.desk import Desk
from app.questions import PlainQuestion
from app.replies import JSON, OVERHEAD, Key, Replies, Reply
from app.settings import Settings
from graph.errors import StoreTimeout
from graph.store import Store
from graph.vocabulary import Text


def reply(size: int) -> Reply:
    return Reply(b"x" * size, b'"e"', JSON)


def key(name: str) -> Key:
    return (name, "", "", "", 0)


def test_the_least_recently_used_leaves_first() -> None:
    replies = Replies(3 * (OVERHEAD + 100))
    for name in "abc":
        replies.put(key(name), reply(100))
    assert replies.get(key("a")) is not None
    replies.put(key("d"), reply(100))
    assert [name for name in "abcd" if replies.get(key(name))] == ["a", "c", "d"]


def test_the_bytes_held_never_exceed_the_most() -> None:
    replies = Replies(10_000)
    for number in range(100):
        replies.put(key(str(number)), reply(number * 37))
        assert replies.held <= replies.most
    assert replies.held == sum(found.size for n in range(100) if (found := replies.get(key(str(n)))))


def test_an_answer_larger_than_all_of_it_is_not_kept() -> None:
    replies = Replies(5_000)
    replies.put(key("a"), reply(100))
    replies.put(key("big"), reply(6_000))
    assert replies.get(key("big")) is None
    assert replies.get(key("a")) is not None


def test_keeping_nothing_is_possible() -> None:
    replies = Replies(0)
    replies.put(key("a"), reply(0))
    assert (len(replies), replies.held) == (0, 0)


def test_an_answer_compressed_later_counts_with_its_second_form() -> None:
    replies = Replies(100_000)
    made = Reply(bytes(range(256)) * 100, b'"e"', JSON)
    replies.put(key("a"), made)
    before = replies.held
    made.zipped()
    replies.get(key("a"))
    assert replies.held == made.size > before


class Counting:
    """A route that counts how often it is computed, and waits until it is let go."""

    def __init__(self) -> None:
        self.computed = 0
        self.go = asyncio.Event()

    async def build(self, asking: Asking, question: PlainQuestion) -> dict[str, int]:
        del asking, question
        self.computed += 1
        await self.go.wait()
        return {"computed": self.computed}

    def route(self) -> Route:
        return Route("/counting", "counting", Text("", ""), PlainQuestion, dict, self.build)


def request() -> Request:
    scope: dict[str, Any] = {"type": "http", "path": "/counting", "query_string": b"", "headers": [], "path_params": {}}
    return Request(scope)


async def test_five_hundred_equal_cold_questions_are_one_computation(store: Store) -> None:
    desk, counting = Desk(Settings(), store), Counting()
    route = counting.route()
    waiting = [asyncio.create_task(desk.answer(request(), route)) for _ in range(500)]
    await asyncio.sleep(0.05)
    counting.go.set()
    assert {answer.body for answer in await asyncio.gather(*waiting)} == {b'{"computed":1}'}
    await desk.answer(request(), route)
    assert counting.computed == 1


async def test_a_client_that_leaves_does_not_take_the_answer_from_the_others(store: Store) -> None:
    desk, counting = Desk(Settings(), store), Counting()
    route = counting.route()
    first, second = (asyncio.create_task(desk.answer(request(), route)) for _ in range(2))
    await asyncio.sleep(0.05)
    first.cancel()
    counting.go.set()
    assert (await second).body == b'{"computed":1}'


async def test_an_answer_that_takes_too_long_ends_at_the_deadline(store: Store) -> None:
    desk, counting = Desk(Settings(deadline_ms=100), store), Counting()
    started = asyncio.get_running_loop().time()
    with pytest.raises(StoreTimeout, match="narrow the question"):
        await desk.answer(request(), counting.route())
    assert asyncio.get_running_loop().time() - started < 1
    await asyncio.sleep(0.05)
    assert not desk._flights


async def test_closing_stops_what_nobody_waits_for(store: Store) -> None:
    desk, counting = Desk(Settings(), store), Counting()
    waiting = asyncio.create_task(desk.answer(request(), counting.route()))
    await asyncio.sleep(0.05)
    waiting.cancel()
    await desk.close()
    assert not desk._flights


async def test_a_new_version_is_computed_anew(store: Store) -> None:
    desk, counting = Desk(Settings(), store), Counting()
    counting.go.set()
    route = counting.route()
    await desk.answer(request(), route)
    await store.commit(plan([node("agency:new", "Lembaga Baru")], 2))
    assert (await desk.answer(request(), route)).body == b'{"computed":2}'
