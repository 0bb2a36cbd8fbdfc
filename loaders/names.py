"""Which nodes bear a name: exact folded keys only. Similarity orders suggestions and decides nothing."""

from collections.abc import Iterable, Iterator

from graph.identity import fold, name_keys
from graph.model import Name, Node
from graph.time import When
from graph.vocabulary import Text, vocabulary

Bearers = tuple[Node, ...]


class Names:
    """The nodes that a load may name: its own registry first, then what the graph adds."""

    def __init__(self) -> None:
        """Start without any node."""
        self._nodes: dict[str, Node] = {}
        self._moved: dict[str, str] = {}
        self._keys: dict[str, dict[str, None]] = {}

    def add(self, node: Node) -> None:
        """Make a node known, unless its id already is."""
        if node.id in self._nodes:
            return
        self._nodes[node.id] = node
        for old in node.redirects:
            self._moved.setdefault(old, node.id)
        for name in node.names:
            for key in name_keys(name.text):
                self._keys.setdefault(key, {})[node.id] = None

    def replace(self, node: Node) -> None:
        """Complete a node whose names are already known."""
        self._nodes[node.id] = node

    def move(self, old: str, new: str) -> None:
        """Make a retired id known."""
        self._moved.setdefault(old, new)

    def node(self, node_id: str) -> Node | None:
        """Return the node with this id."""
        return self._nodes.get(node_id)

    def moved(self, node_id: str) -> str | None:
        """Return the id that replaced a retired one."""
        return self._moved.get(node_id)

    def bearing(self, text: str) -> Bearers:
        """Return the nodes that bear this very name, by id."""
        found = {node_id: None for key in name_keys(text) for node_id in self._keys.get(key, ())}
        return tuple(self._nodes[node_id] for node_id in sorted(found))

    def __iter__(self) -> Iterator[Node]:
        return iter(self._nodes.values())


def matching(node: Node, text: str) -> tuple[Name, ...]:
    """Return the names of a node that are this text."""
    keys = set(name_keys(text))
    return tuple(name for name in node.names if keys & set(name_keys(name.text)))


def in_use(names: Iterable[Name], when: When | None) -> bool:
    """Whether one of these names was used at a date; without a date every name was."""
    if when is None:
        return True
    return any((not n.since or n.since <= when.high) and (not n.until or n.until >= when.low) for n in names)


def describe(node: Node) -> Text:
    """Return an id with its name, as suggestions show it."""
    return Text(id=f"{node.id} ({node.label('id')})", en=f"{node.id} ({node.label('en')})")


def distinguish(node: Node, text: str) -> Text:
    """Return an id with what tells it from its namesakes: kind, place, period of the name."""
    anchor = node.home or node.seat
    place = anchor.place if anchor else node.part_of or node.place
    periods = {f"{n.since or ''}/{n.until or ''}" for n in matching(node, text) if n.since or n.until}
    rest = (*((place,) if place else ()), *sorted(periods))
    what = kind_of(node)
    return Text(
        id=f"{node.id} ({'; '.join((node.label('id'), what.id, *rest))})",
        en=f"{node.id} ({'; '.join((node.label('en'), what.en, *rest))})",
    )


def kind_of(node: Node) -> Text:
    """Return the sub-kind of a node in words, else its kind."""
    kind = vocabulary().kinds[node.kind]
    label = kind.subkinds.get(node.subkind, kind.label)
    return Text(id=label.id.lower(), en=label.en.lower())


def kind_words(kinds: Iterable[str]) -> Text:
    """Return node kinds in words: "lembaga atau orang" / "agency or person"."""
    labels = [vocabulary().kinds[kind].label for kind in kinds]
    return Text(id=" atau ".join(t.id.lower() for t in labels), en=" or ".join(t.en.lower() for t in labels))


def search_keys(node: Node) -> set[str]:
    """Return what a misspelt name is compared with: the node's names and its slug, folded."""
    return {fold(name.text) for name in node.names} | {fold(node.id.partition(":")[2])}
