"""One fact as a sentence in both languages, with numbered citations and its doubts in words."""

from collections.abc import Iterable, Mapping, Sequence

from graph.model import Doc, Fact, Node, Party, Source
from graph.newsdate import NewsDateError, read_news_date
from graph.project import acting
from graph.time import certainty, describe, weekday_name
from graph.vocabulary import FactType, Lang, Text, sentences, vocabulary

LANGS: tuple[Lang, Lang] = ("id", "en")


class Citation(Doc, frozen=True):
    """A numbered source with the places cited and its own doubts (copy, wrong weekday, unknown date)."""

    number: int
    source: Source
    locators: tuple[str, ...]
    doubts: tuple[Text, ...]


def say(group: str, key: str, **parts: Text | str) -> Text:
    """Fill one template in both languages; parts are texts in both languages or the same string for both."""
    template = sentences()[group][key]
    return Text(*(template.get(lang).format(**_in(parts, lang)) for lang in LANGS))


def _in(parts: Mapping[str, Text | str], lang: Lang) -> dict[str, str]:
    return {key: part if isinstance(part, str) else part.get(lang) for key, part in parts.items()}


def glue(*parts: Text | str) -> Text:
    """Concatenate texts."""
    return Text(*("".join(p if isinstance(p, str) else p.get(lang) for p in parts) for lang in LANGS))


def listed(items: Iterable[Text]) -> Text:
    """Join texts as a list: "a", "a dan b", "a, b, dan c" / "a and b", "a, b and c"."""
    texts = list(items)
    word = sentences()["word"]["and"]
    return Text(_joined([t.id for t in texts], word.id, ", "), _joined([t.en for t in texts], word.en, " "))


def _joined(words: Sequence[str], last: str, before_last: str) -> str:
    if len(words) < 3:
        return f" {last} ".join(words)
    return f"{', '.join(words[:-1])}{before_last}{last} {words[-1]}"


def number_word(n: int) -> Text:
    """Return a count as a word up to ten, then in digits."""
    words = sentences()["word"]["counts"]
    return Text(*(words.get(lang).split("|")[n] if n <= 10 else str(n) for lang in LANGS))


class Teller:
    """Tells facts in sentences, numbering each source at its first use. One teller per answer."""

    def __init__(
        self,
        nodes: Mapping[str, Node],
        sources: Mapping[str, Source],
        as_of: str | None = None,
        parents: Mapping[str, str] | None = None,
    ) -> None:
        """Tell with these nodes and sources; as_of makes dates not yet certain say so; parents: actor -> its body."""
        self._nodes = nodes
        self._sources = sources
        self._as_of = as_of
        self._parents = parents or {}
        self._cited: dict[str, dict[str, None]] = {}

    # ---- names ----

    def name(self, node_id: str) -> Text:
        """Return a node's customary short name, with the body it is part of ("ACFM/BIFF")."""
        node = self._nodes.get(node_id)
        if node is None:
            return glue(node_id)
        short = Text(node.short("id"), node.short("en"))
        if node.kind == "subsector":
            return Text(_uncapped(short.id), _uncapped(short.en))
        parent = self._nodes.get(self._parents.get(node_id, ""))
        return short if parent is None else glue(short, "/", Text(parent.short("id"), parent.short("en")))

    def label(self, node_id: str) -> Text:
        """Return a node's full name."""
        node = self._nodes.get(node_id)
        return glue(node_id) if node is None else Text(node.label("id"), node.label("en"))

    def party(self, party: Party) -> Text:
        """Name a party: the body with the person who acted for it, or why nobody is named."""
        if party.actor is None and party.person is None:
            reason = party.unknown
            return say("word", "unknown_because", reason=_inside(reason)) if reason else say("word", "unknown_party")
        note = sentences()["presence"].get(party.presence)
        if party.actor is None or party.person is None:
            name = self.name(party.actor or party.person or "")
            return name if note is None else glue(name, " (", note, ")")
        person = self.label(party.person)
        inside = person if note is None else glue(person, ", ", note)
        return glue(self.name(party.actor), " (", inside, ")")

    # ---- facts ----

    def fact(self, fact: Fact, first: str | None = None) -> Text:
        """Tell a fact without a full stop; `first` names the actor the sentence starts with, if it takes part."""
        core = glue(self._core(fact, first), self._context(fact))
        dated = glue(core, ", ", Text(*(describe(fact.when, lang) for lang in LANGS))) if fact.when else core
        doubts = self.doubts(fact)
        if doubts:
            dated = glue(dated, " (", Text("; ".join(d.id for d in doubts), "; ".join(d.en for d in doubts)), ")")
        return dated

    def others(self, fact: Fact, about: str | None) -> list[Text]:
        """Return the parties across from `about` (of the first side where it is on none); of a post, with its title."""
        kind = vocabulary().fact_types[fact.type]
        sides = self._by_side(fact, kind)
        named_sides = {side: [p for p in held if p.actor or p.person] for side, held in sides.items()}
        order = [side for side in sorted(named_sides) if named_sides[side]]
        own = next((side for side in order if about and acting(named_sides[side], about)), None)
        shown = order[:1] if own is None else [side for side in order if side != own]
        named = [self.party(party) for side in shown for party in named_sides[side]]
        if fact.title is not None:
            return [glue(name, " (", fact.title, ")") for name in named]
        return named

    def cite(self, facts: Iterable[Fact]) -> tuple[int, ...]:
        """Return the citation numbers of the evidence of these facts, numbering sources not cited before."""
        numbers: set[int] = set()
        for fact in facts:
            for evidence in fact.evidence:
                places = self._cited.setdefault(evidence.source, {})
                places.update(dict.fromkeys(evidence.locators))
                numbers.add(list(self._cited).index(evidence.source) + 1)
        return tuple(sorted(numbers))

    def citations(self) -> tuple[Citation, ...]:
        """Return every source cited so far, in the order of its number."""
        known = [(n, s, places) for n, (s, places) in enumerate(self._cited.items(), 1) if s in self._sources]
        return tuple(
            Citation(n, self._sources[s], tuple(sorted(places, key=_paragraph)), source_doubts(self._sources[s]))
            for n, s, places in known
        )

    def doubts(self, fact: Fact) -> tuple[Text, ...]:
        """Return what is doubtful about a fact, in words: its date, its stance, contradiction."""
        keys: list[str] = []
        if fact.when is not None and fact.when.basis != "stated":
            keys.append(fact.when.basis)
        if fact.when is not None and self._as_of and certainty(fact.when, self._as_of) == "possible":
            keys.append("possible")
        if all(evidence.stance == "headline_only" for evidence in fact.evidence):
            keys.append("headline_only")
        if fact.type == "agreement" and not any(party.person for party in fact.parties):
            keys.append("no_signatory")
        if fact.confidence == "contested":
            keys.append("contested")
        stated = dict.fromkeys(a.value for e in fact.evidence for a in e.as_stated if a.field == "count")
        others = [say("doubt", "also_stated", value=value) for value in stated if fact.count and value != fact.count]
        return (*(say("doubt", key) for key in keys), *others)

    def _context(self, fact: Fact) -> Text:
        slots = vocabulary().fact_types[fact.type].slots
        if fact.event and not any(slot.name == "event" for slot in slots):
            return say("word", "at_event", x=self.name(fact.event))
        if fact.place and not any(slot.name == "place" for slot in slots) and fact.type != "facilitation":
            return say("word", "in_place", x=self.name(fact.place))
        return Text("", "")

    def _core(self, fact: Fact, first: str | None) -> Text:
        kind = vocabulary().fact_types[fact.type]
        a, b, phrase = self._sides(fact, kind, first)
        templates = sentences().get(f"fact.{fact.type}", {})
        key = "counted" if fact.count and "counted" in templates else fact.modality
        template = templates.get(key) or templates.get("default")
        if template is not None:
            parts = self._parts(fact, kind) | {"a": a, "b": b}
            return Text(*(template.get(lang).format(**_in(parts, lang)) for lang in LANGS))
        modality = vocabulary().term("modality", fact.modality).sentence
        nominal = kind.nominal.ab if phrase == "ab" else kind.nominal.ba
        parts = {
            "a": a,
            "b": b,
            "done": kind.done.ab if phrase == "ab" else kind.done.ba,
            "nominal": Text(nominal.id.format(x=b.id), nominal.en.format(x=b.en)),
        }
        return Text(*(modality.get(lang).format(**_in(parts, lang)) for lang in LANGS)) if modality else a

    def _sides(self, fact: Fact, kind: FactType, first: str | None) -> tuple[Text, Text, str]:
        """Return the leading side, the others, and the reading direction."""
        sides = self._by_side(fact, kind)
        order = sorted(sides)
        lead = next((side for side in order if first and acting(sides[side], first)), order[0] if order else "")
        others = [party for side in order if side != lead for party in sides[side]]
        turned = not kind.symmetric and order and lead != order[0]
        return (
            listed(self.party(p) for p in sides.get(lead, ())),
            listed(self.party(p) for p in others),
            "ba" if turned else "ab",
        )

    def _by_side(self, fact: Fact, kind: FactType) -> dict[str, list[Party]]:
        sides: dict[str, list[Party]] = {}
        for party in fact.parties:
            slot = kind.slot(party.slot)
            if slot is not None and slot.side:
                sides.setdefault(party.side if slot.side == "*" else slot.side, []).append(party)
        return sides

    def _parts(self, fact: Fact, kind: FactType) -> dict[str, Text | str]:
        """Return what a template of this fact may name: each slot by name, and the fact's own attributes."""
        parts: dict[str, Text | str] = {}
        for slot in kind.slots:
            held = [p for p in fact.parties if p.slot == slot.name]
            parts[slot.name] = listed(self.party(p) for p in held) if held else ""
        words, terms = sentences()["word"], vocabulary()
        parts["title"] = fact.title or words["some_post"]
        parts["count"] = fact.count or ""
        parts["instrument"] = (
            terms.term("instrument", fact.instrument).label if fact.instrument else words["some_agreement"]
        )
        parts["capacity"] = say("word", "capacity", x=fact.capacity) if fact.capacity else ""
        for key in ("venue_at", "venue_to"):
            parts[key] = say("word", key, x=parts["venue"]) if parts.get("venue") else ""
        unnamed = any(p.slot == "inviter" and not (p.actor or p.person) for p in fact.parties)
        inviter = parts.get("inviter", "")
        parts["by_inviter"] = words["by_unknown"] if unnamed or not inviter else say("word", "by_known", x=inviter)
        return parts


def source_doubts(source: Source) -> tuple[Text, ...]:
    """Return what is doubtful about a source: a copy, a weekday that does not fit its date, an unknown date."""
    found: list[Text] = []
    if source.origin_publisher and source.origin_publisher != source.publisher:
        found.append(say("doubt", "source_copy", origin=source.origin_publisher))
    if source.published is None:
        found.append(say("doubt", "source_undated"))
    elif source.published.basis == "inferred_year":
        found.append(say("doubt", "source_year_inferred"))
    return (*found, *_weekday_doubt(source))


def _weekday_doubt(source: Source) -> tuple[Text, ...]:
    if not source.published_text:
        return ()
    try:
        read = read_news_date(source.published_text)
    except NewsDateError:
        return ()
    if read.matches is not False or read.when is None:
        return ()
    actual = Text(*(weekday_name(read.when.low, lang) for lang in LANGS))
    return (say("doubt", "source_weekday", printed=f"“{source.published_text}”", actual=actual),)


def _inside(text: Text) -> Text:
    """Return a sentence as part of another one: no full stop, no capital unless it starts an acronym."""
    return Text(*(_uncapped(text.get(lang).rstrip(".")) for lang in LANGS))


def _uncapped(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _paragraph(locator: str) -> tuple[int, str]:
    digits = "".join(letter for letter in locator if letter.isdigit())
    return (int(digits) if digits else 0, locator)
