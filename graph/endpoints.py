"""From what a reader types to the actors that stand for it: readings, then sides with tiers."""

from collections.abc import Sequence

from graph.connection import ACTS_FOR, BRIDGE, ITSELF, NATIONAL, Reading, Side
from graph.errors import Ambiguous, NotFound, Unreadable
from graph.identity import parse_id
from graph.model import Filters, Hit, Node
from graph.store import GraphReader, NodeQuery
from graph.vocabulary import Text, vocabulary

ACTORS_PER_SIDE = 2000
_PAGE = 500
# A typing error may stand for a name only when the best candidate is close, and clearly closer than any other node
# (measured on names of the registry: one or two wrong letters score above 80, different bodies rarely reach 75).
FUZZY_FLOOR, FUZZY_MARGIN = 80.0, 6.0


async def read_node(view: GraphReader, text: str, parameter: str, kinds: Sequence[str] = ()) -> Reading:
    """Return the node a text means: id, then exact name, then a clear typing error of one name.

    Nested places of one name (the city and the province Jakarta) read as the widest, which contains the others.
    Raises Ambiguous when the text names several nodes, Unreadable (with suggestions) when it names none, Moved.
    """
    if parse_id(text) is not None:
        return await _by_id(view, text, parameter, kinds)
    hits = [hit for hit in await view.exact(text) if not kinds or hit.node.kind in kinds]
    if hits:
        return await _choose(view, text, parameter, hits)
    found = await view.find(text, kinds, limit=5)
    clear = _clear(found)
    if clear is not None:
        return Reading(text, clear.node, clear.match, tuple(h.node for h in found if h.node.id != clear.node.id))
    raise _unknown(parameter, found)


async def _by_id(view: GraphReader, text: str, parameter: str, kinds: Sequence[str]) -> Reading:
    try:
        node = await view.node(text)
    except NotFound:
        raise _unknown(parameter, ()) from None
    if kinds and node.kind not in kinds:
        raise _wrong_kind(parameter, node, kinds)
    return Reading(text, node, "id")


async def _choose(view: GraphReader, text: str, parameter: str, hits: Sequence[Hit]) -> Reading:
    nodes = [hit.node for hit in hits]
    if len(nodes) > 1:
        above = {node.id: await places_above(view, node) for node in nodes}
        widest = [n for n in nodes if all(n.id in above[other.id] for other in nodes if other.id != n.id)]
        if not widest:
            raise Ambiguous(parameter, tuple(node.id for node in nodes))
        nodes = widest
    return Reading(text, nodes[0], "exact", tuple(hit.node for hit in hits if hit.node.id != nodes[0].id))


def _clear(found: Sequence[Hit]) -> Hit | None:
    """Return the best hit when nothing else comes close."""
    fuzzy = [hit for hit in found if hit.match in ("word", "prefix", "fuzzy")]
    if not fuzzy or fuzzy[0].score < FUZZY_FLOOR:
        return None
    if len(fuzzy) > 1 and fuzzy[0].score - fuzzy[1].score < FUZZY_MARGIN:
        return None
    return fuzzy[0]


def _unknown(parameter: str, found: Sequence[Hit]) -> Unreadable:
    names = ", ".join(f"{hit.node.label('id')} ({hit.node.id})" for hit in found[:3])
    named = ", ".join(f"{hit.node.label('en')} ({hit.node.id})" for hit in found[:3])
    return Unreadable(
        parameter,
        Text(
            id=f"{parameter}: nama ini tidak ada di graf." + (f" Mungkin: {names}." if names else ""),
            en=f"{parameter}: this name is not in the graph." + (f" Perhaps: {named}." if named else ""),
        ),
        tuple(hit.node.id for hit in found[:3]),
    )


def _wrong_kind(parameter: str, node: Node, kinds: Sequence[str]) -> Unreadable:
    known = vocabulary().kinds
    allowed_id = ", ".join(known[kind].label.id for kind in kinds)
    allowed_en = ", ".join(known[kind].label.en for kind in kinds)
    label = known[node.kind].label
    return Unreadable(
        parameter,
        Text(
            id=f"{parameter}: {node.id} adalah {label.id}; yang boleh: {allowed_id}.",
            en=f"{parameter}: {node.id} is of kind {label.en}; allowed: {allowed_en}.",
        ),
    )


async def places_above(view: GraphReader, node: Node) -> tuple[str, ...]:
    """Return the places a place lies in, nearest first."""
    found: list[str] = []
    parent = node.part_of
    while parent is not None and parent not in found:
        found.append(parent)
        above = await view.nodes((parent,))
        parent = above[0].part_of if above else None
    return tuple(found)


async def places_below(view: GraphReader, place: str) -> frozenset[str]:
    """Return the place and every place inside it."""
    places: set[str] = {place}
    level: tuple[str, ...] = (place,)
    kinds = vocabulary().kinds_with_role("place")
    while level:
        inside = await _all_nodes(view, NodeQuery(kinds=kinds, part_of=level))
        level = tuple(node.id for node in inside if node.id not in places)
        places.update(level)
    return frozenset(places)


async def _all_nodes(view: GraphReader, where: NodeQuery, most: int = 20_000) -> list[Node]:
    found: list[Node] = []
    after = ""
    while len(found) < most:
        page = await view.list_nodes(where, after, _PAGE)
        found.extend(page)
        if len(page) < _PAGE:
            break
        after = page[-1].id
    return found


async def expand(view: GraphReader, reading: Reading, parameter: str, *, planned: bool = False) -> Side:
    """Return the actors that stand for what was read. A place expands downward only; see `Side` for the tiers.

    An agency stands for itself; a person for itself and the bodies it holds a role at or acted for. Bodies that are
    only planned stand for a place only when planned links are asked for. Raises Unreadable for anything else.
    """
    node = reading.node
    role = vocabulary().kinds[node.kind].role
    if role == "place":
        return await _expand_place(view, reading, planned=planned)
    if role != "actor":
        raise _wrong_kind(parameter, node, (*_actor_kinds(), *vocabulary().kinds_with_role("place")))
    members = {node.id: ITSELF}
    if node.kind == "person":
        bodies = Filters(types=("HOLDS_ROLE_AT", "ACTED_FOR"), modalities=("happened", "agreed", "announced"))
        around = await view.neighbourhood(node.id, 1, bodies, limit=50)
        members |= {tie.v: ITSELF for tie in around.ties if tie.u == node.id}
    return Side(reading, members)


def _actor_kinds() -> tuple[str, ...]:
    return vocabulary().kinds_with_role("actor")


async def _expand_place(view: GraphReader, reading: Reading, *, planned: bool) -> Side:
    place = reading.node
    places = await places_below(view, place.id)
    above = await places_above(view, place)
    ordered = tuple(sorted(places))
    acting = await _all_nodes(view, NodeQuery(kinds=_actor_kinds(), home=ordered), ACTORS_PER_SIDE + 1)
    seated = await _all_nodes(view, NodeQuery(kinds=_actor_kinds(), seat=ordered), ACTORS_PER_SIDE + 1)
    members: dict[str, int] = {}
    for actor in (*acting, *seated):
        tier = _tier(actor, places, above)
        if tier and (planned or actor.status != "planned"):
            members.setdefault(actor.id, tier)
    kept = dict(sorted(members.items(), key=lambda item: (item[1], item[0]))[:ACTORS_PER_SIDE])
    return Side(reading, kept, places, above, truncated=len(kept) < len(members))


def _tier(actor: Node, places: frozenset[str], above: Sequence[str]) -> int | None:
    """Return 1, 2 or 3, or None: acts for the place; of a place above and seated here; of elsewhere and seated here."""
    if actor.home is None:
        return None
    if actor.home.place in places:
        return ACTS_FOR
    return NATIONAL if actor.home.place in above else BRIDGE
