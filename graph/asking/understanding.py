"""How a question was read, told in both languages with names of the graph only, never in the reader's own words."""

from collections.abc import Iterable

from graph.asking.grammar import LIMITED_BY, Grammar
from graph.asking.periods import Period
from graph.asking.reading import Missed, Understood
from graph.connection import Reading
from graph.identity import fold
from graph.model import Node
from graph.time import describe, parse_edtf
from graph.vocabulary import Lang, Text, vocabulary

_CHOICES = 5


def tell_understood(read: Understood, period: Period, grammar: Grammar, *, titled: bool) -> Text:
    """Return the question as it was read: what is asked, its limits, and names that were written otherwise.

    titled: the post that is asked for is on record; else every post is shown instead.
    """
    return Text(
        id=_understood(read, period, grammar, "id", titled=titled),
        en=_understood(read, period, grammar, "en", titled=titled),
    )


def _understood(read: Understood, period: Period, grammar: Grammar, lang: Lang, *, titled: bool) -> str:
    labels = {name: reading.node.short(lang) for name, reading in read.readings.items()}
    asked = read.wording.understood.get(lang).format(**labels)
    limits = [_limit(limit, grammar, lang) for limit in sorted(read.row.limits - {*LIMITED_BY})]
    also = [_also(one.node, grammar, lang) for one in read.also]
    dates = [describe_period(period, lang)] if period != Period() else []
    post = _post(read, "titled", grammar, lang) if titled else []
    sentences = [", ".join([asked[:1].upper() + asked[1:], *post, *dates, *also, *limits])]
    sentences += [] if titled else _post(read, "untitled", grammar, lang)
    sentences += _notes((*read.readings.values(), *read.also), grammar, lang)
    sentences += _expanded(read, grammar, lang)
    return f"{grammar.say[read.focus].get(lang)} {'. '.join(sentences)}."


def _post(read: Understood, key: str, grammar: Grammar, lang: Lang) -> list[str]:
    return [grammar.say[key].get(lang).format(x=read.post.called.get(lang))] if read.post else []


def _also(node: Node, grammar: Grammar, lang: Lang) -> str:
    limit = next(limit for limit, kinds in LIMITED_BY.items() if node.kind in kinds)
    return grammar.say[limit].get(lang).format(x=node.label(lang))


def _limit(limit: str, grammar: Grammar, lang: Lang) -> str:
    fact_type = vocabulary().fact_types.get(limit.removeprefix("type:"))
    if fact_type is None:
        return grammar.say[limit].get(lang)
    return grammar.say["through"].get(lang).format(x=fact_type.label.get(lang).lower())


def describe_period(period: Period, lang: Lang) -> str:
    """Say a period with at least one known side."""
    return describe(parse_edtf(f"{period.since or '..'}/{period.until or '..'}"), lang)


def _notes(readings: Iterable[Reading], grammar: Grammar, lang: Lang) -> list[str]:
    """Say names that mean something else than a reader may expect: other words, a typing error, other readings."""
    notes = []
    for reading in readings:
        label, shown = reading.node.label(lang), reading.node.short(lang)
        others = ", ".join(node.label(lang) for node in reading.others[:_CHOICES])
        if reading.match not in ("id", "exact"):
            notes.append(grammar.say["read_near"].get(lang).format(y=label))
        elif reading.match == "exact" and (others or fold(reading.asked) not in (fold(label), fold(shown))):
            notes.append(grammar.say["read_as"].get(lang).format(x=reading.asked, y=label))
        if others:
            notes.append(grammar.say["could_be"].get(lang).format(x=others))
    return list(dict.fromkeys(note[:1].upper() + note[1:] for note in notes))


def _expanded(read: Understood, grammar: Grammar, lang: Lang) -> list[str]:
    """Say what a place stands for among facts."""
    if read.wording.kind not in ("facts", "sources"):
        return []
    nodes = [reading.node for reading in read.readings.values()]
    places = [node.short(lang) for node in nodes if vocabulary().kinds[node.kind].role == "place"]
    return [grammar.say["expanded"].get(lang).format(x=", ".join(places))] if places else []


def tell_missed(missed: Missed | None, grammar: Grammar) -> Text:
    """Say why a question becomes a search: a name unknown, of several meanings or of the wrong kind, or no reading."""
    return Text(id=_missed(missed, grammar, "id"), en=_missed(missed, grammar, "en"))


def _missed(missed: Missed | None, grammar: Grammar, lang: Lang) -> str:
    if missed is None or missed.merit < (0, 0, 1):
        return grammar.say["unread"].get(lang)
    parts = [grammar.say["several"].get(lang).format(x=_listed(s.nodes, lang)) for s in missed.several.values()]
    parts += [
        grammar.say["misfit"].get(lang).format(x=misfit.node.label(lang), y=_kind(misfit.node, lang))
        for misfit in missed.misfits.values()
    ]
    unknown = len(missed.unread) - len(missed.several) - len(missed.misfits)
    if unknown:
        parts.append(grammar.say["unknown" if unknown == 1 else "unknown_all"].get(lang))
    if missed.readings:
        labels = _listed([reading.node for reading in missed.readings.values()], lang)
        parts.append(grammar.say["read_only"].get(lang).format(x=labels))
    return " ".join([*parts, grammar.say["searched"].get(lang)])


def _listed(nodes: Iterable[Node], lang: Lang) -> str:
    return "; ".join([f"{node.label(lang)} ({node.id})" for node in nodes][:_CHOICES])


def _kind(node: Node, lang: Lang) -> str:
    return vocabulary().kinds[node.kind].label.get(lang).lower()
