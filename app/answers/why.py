"""Why a connector stands where it stands: the parts of its strength, and its rank in one sentence."""

from collections.abc import Iterable, Sequence
from typing import Final

from app.answers.connection import StrengthPart
from graph.connection import Connector
from graph.model import Fact
from graph.project import UNKNOWN_HIGH, UNKNOWN_LOW
from graph.routes import Strength, strength
from graph.time import When, describe
from graph.vocabulary import Text

_DIGITS: Final = 4


def strength_parts(facts: Iterable[Fact], today: str | None) -> tuple[StrengthPart, ...]:
    """Return what each fact adds to a connector's strength; by noisy-or they make the whole."""
    return tuple(_part(fact, strength(fact, today or UNKNOWN_LOW)) for fact in facts)


def _part(fact: Fact, added: Strength) -> StrengthPart:
    return StrengthPart(
        fact=fact.id,
        base=added.base,
        age=round(added.age, _DIGITS),
        trust=round(added.trust, _DIGITS),
        modality=added.modality,
        strength=round(added.product, _DIGITS),
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
