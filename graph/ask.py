"""A question in words -> a question of the API. Wordings and words are data (vocabulary/questions.toml, asking.toml).

Names are read first, longest first, then limits are taken off, and one wording must cover all that is left; a second
look reads names with typing errors. Nothing is dropped silently: what cannot be read becomes a search.
"""

from graph.asking.about import Only, asked_for, list_about, list_events
from graph.asking.asked import Asked, Params, api_path
from graph.asking.build import Impossible, parameters
from graph.asking.grammar import OFFICE, Grammar, Kind, grammar
from graph.asking.lookup import Lookup
from graph.asking.periods import Period, take_period
from graph.asking.reading import Missed, Reader, Understood
from graph.asking.rows import rows
from graph.asking.sentence import Sentence, mark
from graph.asking.slots import keep
from graph.asking.tokens import BETWEEN, language, tokenise
from graph.asking.understanding import tell_missed, tell_understood
from graph.store import FactQuery, GraphReader
from graph.vocabulary import Lang, Text

__all__ = ["OFFICE", "Asked", "Only", "ask", "asked_for", "keep", "list_about", "list_events", "prepare"]

_LONGEST_SEARCH = 200  # letters


def prepare() -> None:
    """Read and compile all wordings, which takes part of a second; for a service, before the first question."""
    for wording in grammar().wordings:
        for phrase in wording.phrases:
            _ = phrase.found, phrase.guessed


async def ask(view: GraphReader, q: str, lang: Lang | None = None) -> Asked:
    """Return the question of the API that a question in Indonesian or English means; a search when none is clear.

    lang: the language that leads; without it the one most words belong to. Raises Unreadable when q is longer than
    300 characters or holds no letter or digit.
    """
    known = grammar()
    words = tokenise(q)
    leading = lang or language(words, known.language)
    lookup = Lookup(view)
    sentence = await mark(words, known, lookup)
    items, period = take_period(words, sentence.items)
    reader = Reader(sentence, known, lookup)
    read = await reader.read(rows(items, known))
    if read is None:
        return _search(_looked_for(sentence, known, reader.missed), tell_missed(reader.missed, known), leading)
    try:
        kind, params, whole = await _settled(view, read, period)
    except Impossible as reason:
        return _search(_looked_for(sentence, known, None), _impossible(read, reason, known), leading)
    return Asked(
        kind=kind,
        params=params,
        path=api_path(kind, params),
        understood=tell_understood(read, period, known, titled="title" in params),
        focus=read.focus if whole else "what",
        readings=(*read.readings.values(), *read.also),
        lang=leading,
    )


async def _settled(view: GraphReader, read: Understood, period: Period) -> tuple[Kind, Params, bool]:
    """Return the question of a reading; the node itself where the wording allows it and no such fact is known.

    A post that no such fact has is left out: the answer is then every post, and answers the question only in part
    (False), so that nobody is named as holding a post that is not theirs.
    """
    params = parameters(read, period)
    unheld = "title" in params and not await list_about(view, *asked_for(params), limit=1)
    if unheld:
        del params["title"]
    if read.wording.or_node and not read.row.limits and period == Period():
        node_id = read.readings["a"].node.id
        if not await view.list_facts(FactQuery(types=read.wording.types, about=(node_id,)), limit=1):
            return "node", {"id": node_id}, True
    return read.wording.kind, params, not unheld


def _impossible(read: Understood, reason: Impossible, known: Grammar) -> Text:
    node = next(iter(read.readings.values())).node if read.readings else None
    say = known.say[reason.code]
    return say if node is None else Text(id=say.id.format(x=node.label("id")), en=say.en.format(x=node.label("en")))


def _search(text: str, understood: Text, lang: Lang) -> Asked:
    params: Params = {"q": text}
    return Asked("search", params, api_path("search", params), understood, "what", (), lang)


def _looked_for(sentence: Sentence, known: Grammar, missed: Missed | None) -> str:
    """Return the name that could not be read, or else the names and the words that are not of a question."""
    words, items = sentence.words, [item for item in sentence.items if item.text != BETWEEN]
    content = [item for item in items if item.is_name or item.text not in known.known] or items
    everything = " ".join(words.name(item.first, item.last) for item in content)
    text = next(iter(missed.unread.values())) if missed else everything
    return text[:_LONGEST_SEARCH].strip()
