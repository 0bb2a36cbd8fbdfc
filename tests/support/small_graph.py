"""A small made-up graph in a real store: two places, who stands for them, one bridge, and long lists for paging.

Nothing in it is true. One node was renamed (`agency:old-board` is now `agency:board`), one article was withdrawn.
"""

from collections.abc import Iterable
from typing import Final

from graph.document import encode
from graph.model import Anchor, Change, Evidence, Name, Node, Party, Plan, Source, Statement
from graph.store import Store
from graph.stores.journal import Entity, kind_of
from graph.time import parse_edtf
from graph.vocabulary import Text

STUDIOS: Final = 60
GONE_SOURCE: Final = "article:gone"
GONE_FACT: Final = "fact:gone.rumour"


def node(id: str, name: str, *short: str, home: str = "", seat: str = "", part_of: str | None = None) -> Node:
    kind = id.partition(":")[0]
    names = (Name(name, "id"), Name(f"{name} (en)", "en", "translation"), *(Name(s, "mul", "acronym") for s in short))
    reason = Text(id="contoh", en="example")
    return Node(
        id,
        kind,
        names,
        subkind="company" if kind == "agency" else "",
        home=Anchor(home, reason=reason) if home else None,
        seat=Anchor(seat, reason=reason) if seat else None,
        part_of=part_of,
    )


def _nodes() -> list[Node]:
    board = node("agency:board", "Dewan Film Uji", "DFU", home="city:uji")
    studios = [node(f"agency:studio-{n:02}", f"Studio {n:02}", home="city:pelabuhan") for n in range(STUDIOS)]
    return [
        node("country:utara", "Negara Utara"),
        node("country:selatan", "Negara Selatan"),
        node("city:uji", "Kota Uji", part_of="country:utara"),
        node("city:pelabuhan", "Kota Pelabuhan", part_of="country:selatan"),
        Node("subsector:film", "subsector", (Name("Film", "id"), Name("Film", "en"))),
        Node(board.id, board.kind, board.names, "company", home=board.home, redirects=("agency:old-board",)),
        node("agency:ministry", "Kementerian Utara", "KU", home="country:utara", seat="city:uji"),
        node("agency:embassy", "Kedutaan Utara", home="country:utara", seat="city:pelabuhan"),
        node("agency:market", "Pasar Film Pelabuhan", "PFP", home="city:pelabuhan"),
        node("agency:island", "Lembaga Sendiri", home="city:uji"),
        node("person:ani", "Ani Percobaan"),
        node("person:budi", "Budi Percobaan"),
        node("event:expo", "Pameran Uji"),
        *studios,
    ]


def _sources() -> list[Source]:
    return [
        Source("article:one", "Harian Uji", published=parse_edtf("2025-06-01"), url="https://example.org/one"),
        Source("article:two", "Kabar Uji", published=parse_edtf("2026-02-01")),
        Source(GONE_SOURCE, "Desas-desus", withdrawn=Text(id="Diralat penerbit.", en="Corrected by its publisher.")),
    ]


def _statement(source: str, key: str, type: str, parties: Iterable[Party], when: str = "", **rest: object) -> Statement:
    return Statement(
        f"statement:{source}.{key}",
        f"fact:{source}.{key}",
        type,
        tuple(parties),
        Evidence(f"article:{source}", ("p1",)),
        when=parse_edtf(when) if when else None,
        **rest,  # type: ignore[arg-type]
    )


def _sides(slot: str, a: Party | str, b: Party | str) -> tuple[Party, ...]:
    def party(side: str, given: Party | str) -> Party:
        actor, person = (given, None) if isinstance(given, str) else (given.actor, given.person)
        return Party(slot, side, actor, person)

    return party("a", a), party("b", b)


def _statements() -> list[Statement]:
    ani = Party("", actor="agency:board", person="person:ani")
    budi = Party("", actor="agency:market", person="person:budi")
    visit = (Party("guest", "a", "agency:market"), Party("host", "b", "agency:ministry"))
    post = (Party("guest", "a", "agency:embassy"), Party("host", "b", "agency:ministry"))
    joined = (
        _statement(
            "two",
            f"member-{n:02}",
            "membership",
            (Party("member", "a", f"agency:studio-{n:02}"), Party("body", "b", "agency:market")),
        )
        for n in range(STUDIOS)
    )
    return [
        _statement("one", "meeting", "meeting", _sides("participant", ani, budi), "2025-05", event="event:expo"),
        _statement("one", "deal", "agreement", _sides("signatory", "agency:board", "agency:market"), "2025-06-01"),
        _statement("two", "visit", "visit", visit, "2026-01-20", subsectors=("subsector:film",)),
        _statement("two", "post", "visit", post, "2026-01-21"),
        _statement(
            "two",
            "plan",
            "collaboration",
            _sides("partner", "agency:ministry", "agency:market"),
            "2027",
            modality="planned",
        ),
        _statement("gone", "rumour", "meeting", _sides("participant", "agency:island", "agency:market"), "2025"),
        *joined,
    ]


def plan(entities: Iterable[Entity], base: int = 0, message: str = "") -> Plan:
    """A plan that adds these entities."""
    changes = tuple(Change(kind_of(entity), entity.id, None, encode(entity)) for entity in entities)
    return Plan(base, changes, message, "penguji")


async def fill(store: Store) -> None:
    """Load the small graph in two loads: the nodes, then what is said about them."""
    await store.prepare()
    first = await store.commit(plan(_nodes(), 0, "simpul"))
    await store.commit(plan([*_sources(), *_statements()], first.version, "fakta"))
