"""Whether the dates of an article agree: printed words, weekday, publication, event, modality."""

from collections.abc import Iterator
from typing import Final

from graph.datewords import WEEKDAY_NAMES
from graph.newsdate import NewsDate
from graph.time import When
from graph.vocabulary import Text
from loaders import form_article as article
from loaders import form_fact as fact
from loaders.build import BuiltArticle, BuiltFact
from loaders.dates import printed
from loaders.names import Names
from loaders.problem import At, Problem, Problems

DONE: Final = ("happened", "agreed")


def check_dates(built: BuiltArticle, names: Names, found: Problems) -> None:
    """Note what is doubtful or impossible about the dates of an article and its facts."""
    _check_published(built, found)
    for each in built.facts:
        if each.when is not None:
            _check_fact(each, each.when, built, found)
            _check_event(each, each.when, names, found)


def _check_published(built: BuiltArticle, found: Problems) -> None:
    values, published = built.draft.source, built.source.published
    if published is not None and published.low > found.today:
        found.add("E308", values.at(article.PUBLISHED), value=published.edtf, today=found.today)
    text = built.source.published_text
    if text is None and published is not None:
        text = published.as_stated
    if text is None:
        return
    at = values.at(article.PUBLISHED_TEXT if built.source.published_text else article.PUBLISHED)
    _Printed(text, at, "", found).compare(published, None)


def _check_fact(built: BuiltFact, when: When, article_of: BuiltArticle, found: Problems) -> None:
    at, about = built.draft.values.at(fact.DATE), built.draft.key
    published = article_of.source.published
    statement = built.statement
    if when.as_stated is not None:
        _Printed(when.as_stated, at, about, found).compare(when, published)
    if statement.modality in DONE and when.low > found.today:
        found.add("E306", at, value=when.edtf, today=found.today, allowed=("planned", "announced", "aspiration"))
    elif statement.modality in DONE and published is not None and when.low > published.high:
        found.add("W305", at, about=about, value=when.edtf, published=published.edtf)
    if statement.modality == "planned" and when.high < found.today:
        found.add("W307", at, about=about, value=when.edtf, today=found.today)
    if statement.modality in DONE and _is_the_day_it_was_told(when, published):
        found.add("W306", at, about=about, value=when.edtf)


def _is_the_day_it_was_told(when: When, published: When | None) -> bool:
    """Whether a fact bears the very day of its article without the article's own words for it."""
    same_day = published is not None and when.precision == "day" and when.edtf == published.edtf
    return same_day and when.basis == "stated" and when.as_stated is None


def _check_event(built: BuiltFact, when: When, names: Names, found: Problems) -> None:
    at, about = built.draft.values.at(fact.DATE), built.draft.key
    event_id = next(_events(built), None)
    event = None if event_id is None else names.node(event_id)
    if when.basis == "bounded_by_event" and event_id is None:
        found.add("W309", at, about=about)
    if event is not None and event.when is not None and not _touch(when, event.when):
        found.add("W308", at, about=about, value=when.edtf, event=event.id, date=event.when.edtf)


def _events(built: BuiltFact) -> Iterator[str]:
    if built.statement.event:
        yield built.statement.event
    for party in built.statement.parties:
        if party.slot == "event" and party.actor:
            yield party.actor


def _touch(left: When, right: When) -> bool:
    return left.low <= right.high and right.low <= left.high


class _Printed:
    """A date as the source prints it, compared with the EDTF an editor made of it."""

    def __init__(self, text: str, at: At, about: str, found: Problems) -> None:
        self.text = text
        self.at = at
        self.about = about
        self.found = found

    def compare(self, when: When | None, published: When | None) -> None:
        """Note a wrong weekday, a year that is not printed, and a date that says other or more than the words."""
        read = printed(self.text, published.edtf if published else None, self.found.today)
        if read is None:
            self.found.add("I301", self.at, about=self.about, text=self.text)
            return
        if read.matches is False and read.weekday_actual is not None:
            self._weekday(read)
        if when is None:
            return
        yearless = read.when is None or read.when.basis == "inferred_year"
        if yearless and when.basis == "stated":
            self._note("W302", value=when.edtf)
        elif read.when is not None:
            self._agree(when, read.when)
        elif read.candidates and when.edtf not in read.candidates:
            self._note("W303", value=when.edtf, says=", ".join(read.candidates))

    def _agree(self, when: When, said: When) -> None:
        if not _touch(when, said):
            self._note("W303", value=when.edtf, says=said.edtf)
        elif said.low < when.low or when.high < said.high:
            self._note("W304", value=when.edtf, says=said.edtf)

    def _weekday(self, read: NewsDate) -> None:
        self._note("W301", stated=_weekday(read.weekday_stated), actual=_weekday(read.weekday_actual))

    def _note(self, code: str, **values: str | Text) -> None:
        self.found.note(Problem(code, self.at, {"text": self.text, **values}, about=self.about))


def _weekday(number: int | None) -> Text:
    """Return a weekday (1 Monday to 7 Sunday) in words."""
    index = (number or 1) - 1
    return Text(id=WEEKDAY_NAMES["id"][index], en=WEEKDAY_NAMES["en"][index])
