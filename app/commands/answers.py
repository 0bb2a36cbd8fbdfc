"""One question of the API, asked without HTTP: the same bytes as JSON, and the same answer in words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, unquote, urlencode

import msgspec

from app.answers.connecting import in_words
from app.answers.connection import InWords
from app.answers.shared import SourceSummary, source_summaries
from app.asking import API, Asking
from app.commands.failures import USAGE, Stopped
from app.reading import Refused, Undecodable
from app.routes.ask import answered
from app.settings import Settings
from graph.ask import Asked as Meant
from graph.asking.asked import api_path
from graph.endpoints import read_node
from graph.errors import Ambiguous, Moved, NotFound, Unreadable
from graph.gather import Gathered
from graph.identity import parse_id
from graph.store import GraphReader
from graph.tell import tell_facts
from graph.vocabulary import Lang, Text

_NOT_UTF8 = Text(id="Teks ini bukan UTF-8.", en="This text is not UTF-8.")


class Told(msgspec.Struct, frozen=True):
    """An answer in words and the sources that it cites, by id."""

    words: InWords
    sources: Mapping[str, SourceSummary]


def path_of(name: str, values: Mapping[str, object]) -> str:
    """Return the path and query of a question of the API; empty values are left out, lists joined by commas."""
    path = f"{API}/{name}".replace("{id}", quote(str(values.get("id")), safe=":"))
    given = {key: value for key, value in values.items() if value not in (None, (), [], "") and key != "id"}
    query = {key: ",".join(map(str, v)) if isinstance(v, list | tuple) else v for key, v in given.items()}
    return path + ("?" + urlencode(query, quote_via=quote, safe=":,") if query else "")


async def current(view: GraphReader, text: str) -> str:
    """Return the id that replaced a retired one; any other text stays as it is."""
    if parse_id(text) is None:
        return text
    try:
        await view.node(text)
    except Moved as moved:
        return moved.target
    except NotFound:
        return text
    return text


async def read_id(view: GraphReader, text: str) -> tuple[str, Text | None]:
    """Return the id of the node that an id or a name means; of a name also how it was read.

    Raises Ambiguous when a name means several nodes, Unreadable when it means none.
    """
    if parse_id(text) is not None:
        return await current(view, text), None
    node = (await read_node(view, text, "id")).node
    return node.id, Text(id=f"{node.label('id')} ({node.id})", en=f"{node.label('en')} ({node.id})")


async def path_by_name(view: GraphReader, meant: Meant) -> str:
    """Return the path of a question in words; ends of "who connects" by the names that a person would ask with."""
    if meant.kind != "connect":
        return meant.path
    names = {reading.node.id: reading.asked.casefold() for reading in meant.readings}
    ends = {}
    for end in ("from", "to"):
        node_id = str(meant.params[end])
        ends[end] = names[node_id] if await _means(view, names.get(node_id, ""), node_id) else node_id
    return api_path(meant.kind, {**meant.params, **ends})


async def _means(view: GraphReader, name: str, node_id: str) -> bool:
    try:
        return bool(name) and (await read_node(view, name, "from")).node.id == node_id
    except (Unreadable, Ambiguous):
        return False


async def json_of(view: GraphReader, path: str, settings: Settings) -> bytes:
    """Return what GET of this path answers. Raises Stopped for a value that cannot be used, and the graph's errors."""
    from app.answering import answer_bytes

    with _readable():
        return await answer_bytes(view, path, settings)


async def words_of(view: GraphReader, path: str, settings: Settings, lang: Lang, focus: str = "what") -> Told:
    """Return the answer to this path in words; focus: what its headline answers. Raises as `json_of` does."""
    one_fact = path.removeprefix(f"{API}/facts/")
    if one_fact != path:
        return await _fact(view, unquote(one_fact), lang)
    with _readable():
        found, words = await answered(Asking(view, await view.version(), lang, settings), path, focus)
    sources: dict[str, SourceSummary] = {}
    for answer in found.values():
        sources |= _sources_in(answer)
    return Told(words, sources)


async def _fact(view: GraphReader, fact_id: str, lang: Lang) -> Told:
    known = await view.fact(fact_id)
    told = Gathered(view)
    told.add_facts((known,))
    await told.finish(())
    telling = tell_facts((known,), told.nodes, told.sources)
    return Told(in_words(telling, lang), source_summaries(told.sources.values()))


def _sources_in(answer: Any) -> dict[str, SourceSummary]:  # noqa: ANN401 - any answer of the API
    known: dict[str, SourceSummary] = dict(getattr(answer, "sources", {}))
    items = getattr(answer, "items", ())
    return known | {item.id: item for item in items if isinstance(item, SourceSummary)}


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except Refused as error:
        raise _stopped(error) from None
    except Undecodable:
        raise Stopped(USAGE, _NOT_UTF8) from None


def _stopped(refused: Refused) -> Stopped:
    texts = [refusal.text for refusal in refused.refusals]
    return Stopped(USAGE, Text(" ".join(text.id for text in texts), " ".join(text.en for text in texts)))
