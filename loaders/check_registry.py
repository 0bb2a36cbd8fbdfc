"""Whether nodes of a registry fit together: places nest, ids are never reused, missions sit abroad, sources exist."""

from collections.abc import Collection, Sequence
from itertools import combinations

from graph.identity import name_keys
from graph.model import Anchor, Node
from loaders import form_registry as registry
from loaders.build import BuiltNode
from loaders.names import Names
from loaders.problem import Problems

_FOREVER = ("0001-01-01", "9999-12-31")


def check_registry(built: Sequence[BuiltNode], names: Names, sources: Collection[str] | None, found: Problems) -> None:
    """Note what is wrong between the nodes of a load.

    sources: the articles the graph knows or will know; None when that cannot be told.
    """
    for each in built:
        _check_id(each, names, found)
        if sources is not None:
            _check_anchors(each, sources, found)
        _check_cycle(each, names, found)
        if each.node.subkind == "mission":
            _check_mission(each, names, found)
    _check_namesakes(built, found)


def _check_id(built: BuiltNode, names: Names, found: Problems) -> None:
    target = names.moved(built.node.id)
    if target is not None:
        found.add("E404", built.draft.at, id=built.node.id, nearest=(target,))


def _check_anchors(built: BuiltNode, known: Collection[str], found: Problems) -> None:
    for field in (registry.HOME, registry.SEAT):
        values = built.draft.values.get(field)
        source = None if values is None else values.get(registry.ANCHOR_SOURCE)
        if values is not None and source is not None and source not in known:
            found.add("E410", values.at(registry.ANCHOR_SOURCE), id=source)


def _above(node: Node, names: Names) -> list[str]:
    """Return the places above a place, nearest first, until the top or the first repetition."""
    seen: list[str] = []
    current: Node | None = node
    while current is not None and current.part_of is not None and current.part_of not in seen:
        seen.append(current.part_of)
        current = names.node(current.part_of)
    return seen


def _check_cycle(built: BuiltNode, names: Names, found: Problems) -> None:
    above = _above(built.node, names)
    if built.node.id in above and built.node.id == min(above):  # every place of a cycle sees it; one says so
        found.add("E411", built.draft.values.at(registry.PART_OF), id=built.node.id)


def _country(anchor: Anchor | None, names: Names) -> str | None:
    place = None if anchor is None else names.node(anchor.place)
    if place is None:
        return None
    return (_above(place, names) or [place.id])[-1]


def _check_mission(built: BuiltNode, names: Names, found: Problems) -> None:
    home, seat = _country(built.node.home, names), _country(built.node.seat, names)
    if home is not None and home == seat:
        found.add("W405", built.draft.values.at(registry.HOME), about=built.node.id, id=built.node.id, place=home)


def _check_namesakes(built: Sequence[BuiltNode], found: Problems) -> None:
    """Note nodes of one kind that bear one name in one period: a mention of it will always have to be decided."""
    bearers: dict[tuple[str, str], dict[str, BuiltNode]] = {}
    for each in built:
        for key in {key for name in each.node.names for key in name_keys(name.text)}:
            bearers.setdefault((each.node.kind, key), {})[each.node.id] = each
    for (_, key), nodes in sorted(bearers.items()):
        for left, right in combinations(nodes.values(), 2):
            if _period_shared(left.node, right.node, key):
                found.add("I401", right.draft.at, about=right.node.id, name=key, ids=f"{left.node.id}, {right.node.id}")


def _period_shared(left: Node, right: Node, key: str) -> bool:
    spans = [
        [(n.since or _FOREVER[0], n.until or _FOREVER[1]) for n in node.names if key in name_keys(n.text)]
        for node in (left, right)
    ]
    return any(a[0] <= b[1] and b[0] <= a[1] for a in spans[0] for b in spans[1])
