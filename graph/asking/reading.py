"""Which wording covers a whole question, and what its names mean."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from graph.asking.grammar import LIMITED_BY, OFFICE, TITLE, Focus, Grammar, Phrase, Wording
from graph.asking.lookup import Lookup, Several
from graph.asking.rows import Row
from graph.asking.sentence import Item, Sentence
from graph.asking.titles import Post, post_asked, post_named
from graph.asking.tokens import BETWEEN
from graph.connection import Reading
from graph.vocabulary import vocabulary


class Understood(NamedTuple):
    """A wording that covers the question, laid out as `row`, with its names ("a", "b") and those of limits read.

    post: the one whose holder is asked for.
    """

    wording: Wording
    row: Row
    readings: dict[str, Reading]
    also: tuple[Reading, ...]
    post: Post | None = None

    @property
    def focus(self) -> Focus:
        """Return what the answer leads with."""
        return self.row.focus or self.wording.focus


class Missed(NamedTuple):
    """The best wording whose names could not all be read.

    unread: the text of each name that was not; several: its choices; misfits: what it means, though not fit to stand
    there; words: how many words the wording itself covers.
    """

    wording: Wording
    words: int
    readings: dict[str, Reading]
    unread: dict[str, str]
    several: dict[str, Several]
    misfits: dict[str, Reading]

    @property
    def merit(self) -> tuple[int, int, int]:
        """Return how much was read."""
        return len(self.readings), len(self.several) + len(self.misfits), self.words


class Reader:
    """Reads one sentence."""

    def __init__(self, sentence: Sentence, grammar: Grammar, lookup: Lookup) -> None:
        """Keep what a reading needs; `missed` is the best reading that failed."""
        self._sentence = sentence
        self._grammar = grammar
        self._lookup = lookup
        self.missed: Missed | None = None

    async def read(self, rows: Sequence[Row]) -> Understood | None:
        """Return the first wording that covers a row and whose names can be read, found names before guessed ones."""
        for guessing in (False, True):
            for row in rows:
                understood = await self._read_row(row, guessing=guessing)
                if understood is not None:
                    return understood
        return None

    async def _read_row(self, row: Row, *, guessing: bool) -> Understood | None:
        text = row.text
        for wording, phrase in _phrases(self._grammar, row.focus):
            found = (phrase.guessed if guessing else phrase.found).fullmatch(text)
            if found is None:
                continue
            spans = {name: row.within(*found.span(name)) for name in wording.kinds if found[name]}
            if not all(self._may_be_name(span) for span in spans.values()):
                continue
            attempt = await self._names(wording, spans, len(row.items))
            also = await self._limiting(row.also)
            if attempt.unread:
                self._remember(attempt, spans)
            elif also is not None:
                return Understood(wording, row, attempt.readings, also, self._post(wording, row))
        return None

    def _post(self, wording: Wording, row: Row) -> Post | None:
        """Return the post that a question about offices asks for; None when it asks for none or for several."""
        if wording.types != (OFFICE,):
            return None
        words = self._sentence.words
        posts = {
            post_named(words.name(item.first, item.last)) if item.text == TITLE else post_asked(item.text)
            for item in row.items
        }
        named = [post for post in posts if post is not None]
        return named[0] if len(named) == 1 else None

    def _may_be_name(self, span: Sequence[Item]) -> bool:
        """Return whether items may be one name: no dash at its ends, no word that asks, few words of wordings."""
        if BETWEEN in (span[0].text, span[-1].text):
            return False
        texts = [item.text for item in span]
        usual = sum(text in self._grammar.known for text in texts)
        return usual <= len(texts) / 2 and self._grammar.never.isdisjoint(texts)

    async def _names(self, wording: Wording, spans: Mapping[str, Sequence[Item]], items: int) -> Missed:
        """Return what the names mean, and which of them mean nothing that fits."""
        attempt = Missed(wording, items - sum(map(len, spans.values())), {}, {}, {}, {})
        for name, span in spans.items():
            read = await self._name(span, wording.kinds[name])
            if isinstance(read, Reading):
                attempt.readings[name] = read
                continue
            attempt.unread[name] = self._text(span)
            misfit = await self._name(span, _everything()) if read is None else read
            if isinstance(misfit, Several):
                attempt.several[name] = misfit
            elif misfit is not None:
                attempt.misfits[name] = misfit
        return attempt

    async def _limiting(self, items: Sequence[Item]) -> tuple[Reading, ...] | None:
        kinds = tuple(kind for group in LIMITED_BY.values() for kind in group)
        read = [await self._name((item,), kinds) for item in items]
        return tuple(one for one in read if isinstance(one, Reading)) if all(read) else None

    async def _name(self, span: Sequence[Item], kinds: Sequence[str]) -> Reading | Several | None:
        inner = [item for item in span if item.text != TITLE]
        if len(inner) == 1 and inner[0].is_name:
            found = self._sentence.names[int(inner[0].text[1:])]
            return await self._lookup.read(found.text, kinds)
        return await self._lookup.guess(self._text(inner), kinds) if inner else None

    def _text(self, span: Sequence[Item]) -> str:
        inner = [item for item in span if item.text != TITLE] or list(span)
        return self._sentence.words.name(inner[0].first, inner[-1].last)

    def _remember(self, attempt: Missed, spans: Mapping[str, Sequence[Item]]) -> None:
        """Keep the attempt that read most, of equal ones the first.

        When nothing else was read, words of a question are not taken for an unknown name.
        """
        words = (item.text for name in attempt.unread for item in spans[name])
        if not attempt.readings and not attempt.several and any(word in self._grammar.known for word in words):
            return
        if self.missed is None or attempt.merit > self.missed.merit:
            self.missed = attempt


def _everything() -> tuple[str, ...]:
    return tuple(kind.name for kind in vocabulary().kinds.values() if kind.role != "source")


def _phrases(grammar: Grammar, focus: Focus | None) -> Iterator[tuple[Wording, Phrase]]:
    """Return the wordings in order; a connection has no date or place of its own to ask for."""
    for wording in grammar.wordings:
        if not (wording.kind == "connect" and focus in ("when", "where")):
            for phrase in wording.phrases:
                yield wording, phrase
