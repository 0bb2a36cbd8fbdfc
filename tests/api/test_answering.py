"""What the command line answers is what HTTP answers, byte for byte."""

import httpx
import pytest

from app.answering import answer_bytes
from app.asking import API
from app.reading import Refused
from app.routes import api_routes
from app.settings import Settings
from graph.errors import NotFound
from graph.store import Store


@pytest.mark.parametrize(
    "url",
    [
        "connect?from=Kota+Uji&to=Negara+Selatan",
        "connect?from=DFU&to=PFP&lang=en&types=visit,meeting",
        "paths?from=DFU&to=PFP",
        "nodes/agency:market/neighbourhood?limit=3",
        "nodes/agency:board",
        "nodes?kind=agency&limit=4",
        "facts/fact:one.meeting",
        "facts?about=Negara+Selatan&slot=guest",
        "sources/article:one",
        "sources",
        "search?q=pasar",
        "ask?q=siapa+yang+bertemu+PFP",
        "vocabulary",
        "limits",
    ],
)
async def test_the_bytes_are_those_of_http(client: httpx.AsyncClient, store: Store, url: str) -> None:
    answer = await client.get(f"{API}/{url}")
    assert answer.status_code == 200
    async with store.view() as view:
        assert await answer_bytes(view, f"{API}/{url}", Settings()) == answer.content


async def test_the_language_is_the_one_asked_for(client: httpx.AsyncClient, store: Store) -> None:
    url = f"{API}/connect?from=DFU&to=PFP"
    answer = await client.get(url, headers={"accept-language": "en"})
    async with store.view() as view:
        assert await answer_bytes(view, url, Settings(), "en") == answer.content


@pytest.mark.parametrize("path", ["/", "/api/v1", "/api/v1/nodes/", "/api/v1/nodes/a/b", "/api/v1/nope"])
async def test_an_address_that_is_none_is_not_found(store: Store, path: str) -> None:
    async with store.view() as view:
        with pytest.raises(NotFound):
            await answer_bytes(view, path, Settings())


async def test_a_question_that_cannot_be_read_is_refused(store: Store) -> None:
    async with store.view() as view:
        with pytest.raises(Refused):
            await answer_bytes(view, f"{API}/connect?from=a", Settings())


def test_no_two_routes_share_an_address() -> None:
    paths = [route.path for route in api_routes()]
    assert len(paths) == len(set(paths))
