"""What an article file may say: its source, its facts, and the warnings an editor has acknowledged."""

from collections.abc import Sequence
from typing import Final

import msgspec

from graph.vocabulary import Text
from loaders.dates import Dated, Day
from loaders.form_fact import KEY, LOCAL, FactDraft, FactShape, fact_mentions
from loaders.party import PLACES, Mention, MentionShape
from loaders.problem import At, Problems
from loaders.scalars import Address, Both, Choice, Flag, Ident, Pattern, Words
from loaders.shape import Field, Many, Record, Values
from loaders.tree import Item, Table

FORMAT: Final = "jejaring-article/1"
LANGUAGE: Final = Pattern(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", Text(id="kode bahasa", en="a language code"), "id")

# ---- source ----------------------------------------------------------------------------------------------------------

ID: Final = Field("id", Ident(("article",)), required=True)
PUBLISHER: Final = Field("publisher", Words(), required=True)
ORIGIN: Final = Field("origin_publisher", Words())
TITLE: Final = Field("title", Words(300))
URL: Final = Field("url", Address())
PUBLISHED: Final = Field("published", Dated())
PUBLISHED_TEXT: Final = Field("published_text", Words(100))
ACCESSED: Final = Field("accessed", Day())
DATELINE: Final = Field("dateline", MentionShape(*PLACES))
LANGUAGE_OF: Final = Field("language", LANGUAGE)
OFFICIAL: Final = Field("official", Flag())
LICENCE: Final = Field("licence", Words(100))
TDM: Final = Field("tdm", Choice("reserved", "not_reserved", "unknown"))
NOTICE: Final = Field("notice", Both())
RIGHTS: Final = Field("rights", Record("rights", LICENCE, TDM, NOTICE))
NOTE: Final = Field("note", Both())
WITHDRAWN: Final = Field("withdrawn", Both())
SOURCE_RECORD: Final = Record(
    "source",
    ID,
    PUBLISHER,
    ORIGIN,
    TITLE,
    URL,
    PUBLISHED,
    PUBLISHED_TEXT,
    ACCESSED,
    DATELINE,
    LANGUAGE_OF,
    OFFICIAL,
    RIGHTS,
    NOTE,
    WITHDRAWN,
)

# ---- the file --------------------------------------------------------------------------------------------------------

CODE: Final = Field(
    "code", Pattern(r"W[0-9]{3}", Text(id="kode peringatan", en="a warning code"), "W301"), required=True
)
ABOUT: Final = Field("fact", KEY)
REASON: Final = Field("reason", Words(280), required=True)
FORMAT_KEY: Final = Field("format", Words(40), required=True)
SOURCE: Final = Field("source", SOURCE_RECORD, required=True)
CURATOR: Final = Field("curator", Words(80), required=True)
FACTS: Final = Field("facts", Many(FactShape(), empty=True))
ACKNOWLEDGED: Final = Field("acknowledged", Many(Record("acknowledged", CODE, ABOUT, REASON)))
ARTICLE_RECORD: Final = Record("article", FORMAT_KEY, SOURCE, CURATOR, FACTS, ACKNOWLEDGED)


class ArticleDraft(msgspec.Struct, frozen=True):
    """An article file as far as it could be read; id is empty when that could not."""

    file: str
    at: At
    id: str
    source: Values
    facts: tuple[FactDraft, ...]
    acknowledged: tuple[Values, ...]
    curator: str


def read_article(item: Item, file: str, found: Problems) -> ArticleDraft | None:
    """Return an article file as far as it can be read, so that every mistake in it is found at once."""
    values = ARTICLE_RECORD.read(item, found)
    if values is None:
        return None
    source = values.get(SOURCE) or Values(Table({}, values.table.at), {})
    facts = values.get(FACTS) or ()
    if not values.has(FACTS) and not source.has(WITHDRAWN):
        found.add("E201", values.table.at, key=FACTS.key)
    _refuse_doubles(facts, found)
    return ArticleDraft(
        file=file,
        at=source.at(ID),
        id=source.get(ID) or "",
        source=source,
        facts=facts,
        acknowledged=values.get(ACKNOWLEDGED) or (),
        curator=values.get(CURATOR) or "",
    )


def _refuse_doubles(facts: Sequence[FactDraft], found: Problems) -> None:
    first: dict[str, At] = {}
    for fact in facts:
        at = fact.values.at(LOCAL)
        if fact.key and fact.key in first:
            found.add("E405", at, key=fact.key, first=str(first[fact.key]))
        first.setdefault(fact.key, at)


def mentions_of(draft: ArticleDraft) -> list[Mention]:
    """Return every name that an article file uses."""
    dateline = draft.source.get(DATELINE)
    named = [] if dateline is None else [dateline]
    return named + [mention for fact in draft.facts for mention in fact_mentions(fact)]
