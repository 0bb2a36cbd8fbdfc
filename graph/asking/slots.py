"""Which facts a question about one slot of a fact keeps: who visited X is not whom X visited."""

from collections.abc import Collection

from graph.model import Fact, Party
from graph.vocabulary import FactType, vocabulary


def keep(fact: Fact, node: str | Collection[str], slot: str) -> bool:
    """Return whether a node (or one of several) fills a slot of a fact, as the actor or as the person who acted.

    Slots on one fixed side of a type stand for each other: whoever accompanied a guest is on the guest's side. A type
    without a slot of this name keeps nothing.
    """
    kind = vocabulary().fact_types[fact.type]
    names = _same_side(kind, slot)
    nodes = {node} if isinstance(node, str) else node
    return any(party.slot in names and _is_one_of(party, nodes) for party in fact.parties)


def _same_side(kind: FactType, name: str) -> frozenset[str]:
    wanted = kind.slot(name)
    if wanted is None:
        return frozenset()
    fixed = wanted.side in ("a", "b")
    return frozenset(slot.name for slot in kind.slots if slot.name == name or (fixed and slot.side == wanted.side))


def _is_one_of(party: Party, nodes: Collection[str]) -> bool:
    return party.actor in nodes or party.person in nodes
