"""Small graphs for tests: short builders of real domain objects, random graphs, and plans made against a store."""

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from graph.document import encode
from graph.model import Change, Evidence, Load, Name, Node, Party, Plan, Source, Statement
from graph.store import GraphReader, Store
from graph.stores.journal import Entity, kind_of
from graph.time import parse_edtf
from graph.vocabulary import vocabulary


def node(node_id: str, *names: str, **fields: Any) -> Node:  # noqa: ANN401 - whatever the field takes
    """A node with these official names (its id's slug when none is given)."""
    kind, _, slug = node_id.partition(":")
    return Node(node_id, kind, tuple(Name(name) for name in names or (slug.replace("-", " "),)), **fields)


def agency(slug: str, *names: str, **fields: Any) -> Node:  # noqa: ANN401 - whatever the field takes
    return node(f"agency:{slug}", *names, **fields)


def source(slug: str, publisher: str = "", published: str | None = None, **fields: Any) -> Source:  # noqa: ANN401 - whatever the field takes
    """An article; every slug is its own publisher unless one is named."""
    when = parse_edtf(published) if published else None
    return Source(f"article:{slug}", publisher or f"Harian {slug}", published=when, **fields)


def statement(key: str, kind: str, *sides: Sequence[str], **fields: Any) -> Statement:  # noqa: ANN401 - whatever the field takes
    """A statement `<article slug>.<key>` about one fact. Each side is a list of node ids; `person@body` acts for it.

    Sides fill the slots of the fact type with a side in their order (groups of the first slot for "*" types).
    fact, date (EDTF), locator and stance may be given as keywords; the rest goes to the statement.
    """
    slug = key.partition(".")[0]
    slots = [slot for slot in vocabulary().fact_types[kind].slots if slot.side]
    if slots[0].side != "*":
        slots = [next(slot for slot in slots if slot.side == side) for side in "ab"]
    grouped = slots[0].side == "*"
    parties = tuple(
        _party(slots[0].name if grouped else slots[place].name, "abcdefgh"[place] if grouped else "", who)
        for place, side in enumerate(sides)
        for who in side
    )
    date, fact = fields.pop("date", None), fields.pop("fact", f"fact:{key}")
    evidence = Evidence(f"article:{slug}", (fields.pop("locator", "p1"),), fields.pop("stance", "asserts"))
    when = parse_edtf(date) if date else None
    return Statement(f"statement:{key}", fact, kind, parties, evidence, when=when, **fields)


def _party(slot: str, side: str, who: str) -> Party:
    person, _, body = who.rpartition("@")
    return Party(slot, side, body, person or None)


def meeting(key: str, left: str, right: str, **fields: Any) -> Statement:  # noqa: ANN401 - whatever the field takes
    """A meeting of two nodes, in the article that the key begins with."""
    return statement(key, "meeting", [left], [right], **fields)


# ---- plans -----------------------------------------------------------------------------------------------------------


def adding(*entities: Entity, base: int = 0, message: str = "", editor: str = "") -> Plan:
    """A plan that adds these entities to a graph that has none of them."""
    changes = tuple(Change(kind_of(one), one.id, None, encode(one)) for one in entities)
    return Plan(base, changes, message, editor)


async def planning(view: GraphReader, entities: Iterable[Entity], remove: Iterable[Entity] = ()) -> Plan:
    """A plan that makes these entities so and takes others away, whatever they are now."""
    changes = []
    for one in entities:
        before = await view.document(kind_of(one), one.id)
        if before != encode(one):
            changes.append(Change(kind_of(one), one.id, before, encode(one)))
    changes += [Change(kind_of(one), one.id, await view.document(kind_of(one), one.id), None) for one in remove]
    return Plan((await view.version()).number, tuple(changes))


async def put(store: Store, *entities: Entity, remove: Iterable[Entity] = ()) -> Load:
    """Commit a plan that makes these entities so and takes others away."""
    async with store.view() as view:
        plan = await planning(view, entities, remove)
    return await store.commit(plan)


async def undo(store: Store, load: Load) -> Load:
    """Commit the undo of a load."""
    return await store.commit(await store.revert(load.id))


# ---- random graphs ---------------------------------------------------------------------------------------------------

_DATES = (
    None,
    "2024",
    "2024-05",
    "2024-05-17",
    "2025-01",
    "2025-01-20",
    "2025-01-20/2025-03-01",
    "../2025-06",
    "2026~",
)
_TYPES = ("meeting", "visit", "collaboration", "agreement", "membership", "role", "invitation")
_MODALITIES = ("happened", "happened", "agreed", "announced", "planned", "aspiration")
_SUBSECTORS = ("film", "music", "fashion")


def actors(n: int) -> list[Node]:
    """n nodes; every fourth is a person."""
    return [node(f"person:p{i:02d}" if i % 4 == 3 else f"agency:b{i:02d}") for i in range(n)]


def subsectors() -> list[Node]:
    """The subsector nodes that random statements name."""
    return [node(f"subsector:{key}") for key in _SUBSECTORS]


def random_statement(rng: Random, key: str, people: Sequence[Node]) -> Statement:
    """A statement between two or three of these nodes."""
    kind = rng.choice(_TYPES)
    first, second, third = (one.id for one in rng.sample(people, 3))
    sides = [[first], [second, third] if rng.random() < 0.2 else [second]]
    if rng.random() < 0.1:
        sides = [[f"{third}@{first}"], [second]]
    about = tuple(sorted(f"subsector:{key}" for key in rng.sample(_SUBSECTORS, rng.randrange(3))))
    return statement(key, kind, *sides, date=rng.choice(_DATES), modality=rng.choice(_MODALITIES), subsectors=about)


def random_graph(rng: Random, nodes: int, statements: int) -> list[Entity]:
    """A whole graph. Few nodes take part in most statements; every fifth statement retells an earlier fact."""
    people = actors(nodes)
    crowd = people + rng.choices(people[: max(3, nodes // 5)], k=nodes)
    articles = [source(f"s{i}", publisher=f"P{i % 3}", published=rng.choice(_DATES)) for i in range(4)]
    told: list[Statement] = []
    for i in range(statements):
        while len({*(pool := rng.choices(crowd, k=6))}) < 3:
            pass
        one = random_statement(rng, f"s{rng.randrange(4)}.k{i}", sorted(set(pool), key=lambda n: n.id))
        if told and rng.random() < 0.2:
            one = retelling(rng.choice(told), one.id.removeprefix("statement:"))
        told.append(one)
    return [*people, *subsectors(), *articles, *told]


def retelling(first: Statement, key: str) -> Statement:
    """The same happening, told by the article that the key begins with."""
    evidence = Evidence(f"article:{key.partition('.')[0]}", ("p9",))
    return Statement(
        f"statement:{key}",
        first.fact,
        first.type,
        first.parties,
        evidence,
        when=first.when,
        modality=first.modality,
        subsectors=first.subsectors,
    )
