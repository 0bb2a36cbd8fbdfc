"""Why a connector stands where it stands: the parts of its strength, and its rank in one sentence."""

from collections.abc import Iterable, Sequence
from typing import Final

from app.answers.connection import StrengthPart
from graph.connection import Connector
from graph.model import Fact
from graph.project import UNKNOWN_HIGH
from graph.routes import HALF_LIFE_DAYS, SINGLE_VOICE_DOUBT
from graph.time import When, describe, to_day
from graph.vocabulary import Text, vocabulary

_DIGITS: Final = 4


def strength_parts(facts: Iterable[Fact], today: str | None) -> tuple[StrengthPart, ...]:
    """Return what each fact adds to a connector's strength; the formula is that of `graph.routes.fact_strength`."""
    return tuple(_part(fact, today) for fact in facts)


def _part(fact: Fact, today: str | None) -> StrengthPart:
    words = vocabulary()
    kind = words.fact_types[fact.type]
    weight = words.term("modality", fact.modality).weight
    age = 1.0
    if kind.ages and fact.when is not None and fact.when.high != UNKNOWN_HIGH and today is not None:
        days = max(0, to_day(today) - to_day(fact.when.high))
        age = 0.5 + 0.5 * 2.0 ** (-days / HALF_LIFE_DAYS)
    trust = 1.0 - SINGLE_VOICE_DOUBT**fact.voices
    return StrengthPart(
        fact=fact.id,
        base=kind.strength,
        age=round(age, _DIGITS),
        trust=round(trust, _DIGITS),
        modality=weight,
        strength=round(kind.strength * age * trust * weight, _DIGITS),
    )


def latest(facts: Iterable[Fact]) -> When | None:
    """Return the date of the newest of these facts, as precise as it is known."""
    known = [fact.when for fact in facts if fact.when is not None and fact.when.high != UNKNOWN_HIGH]
    return max(known, key=lambda when: (when.high, when.low), default=None)


def why(found: Connector, facts: Sequence[Fact]) -> Text:
    """Return a connector's rank in a sentence: reach, facts, publishers, latest date, and what is lost without it."""
    parts = {"n": len(found.reaches), "of": found.of, "facts": len(found.facts), "voices": found.voices}
    told = _REACH if found.reaches else _ANNOUNCED
    newest = latest(facts)
    dated = Text("", "")
    if newest is not None:
        dated = Text(f", yang terbaru {describe(newest, 'id')}", f", the newest {describe(newest, 'en')}")
    lost = Text("", "")
    if found.indispensable:
        share = round(100 * found.indispensable)
        lost = Text(_LOST.id.format(share=share), _LOST.en.format(share=share))
    return Text(
        id=f"{told.id.format(**parts)}{dated.id}.{lost.id}",
        en=f"{told.en.format(**parts)}{dated.en}.{lost.en}",
    )


_REACH: Final = Text(
    id="Menjangkau {n} dari {of} pihak tujuan; fakta: {facts}, penerbit: {voices}",
    en="Reaches {n} of {of} parties of the far side; facts: {facts}, publishers: {voices}",
)
_ANNOUNCED: Final = Text(
    id="Baru diumumkan atau direncanakan menjangkau pihak tujuan; fakta: {facts}, penerbit: {voices}",
    en="Only announced or planned to reach parties of the far side; facts: {facts}, publishers: {voices}",
)
_LOST: Final = Text(
    id=" Tanpa dia, {share} % pihak yang terjangkau tidak terjangkau lagi.",
    en=" Without it, {share} % of the parties reached are out of reach.",
)
