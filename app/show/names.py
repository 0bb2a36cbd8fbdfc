"""What a name means, for a terminal."""

from collections.abc import Mapping, Sequence

from app.show.terminal import Terminal
from graph.model import Hit, Node
from graph.vocabulary import Text, vocabulary


def show_candidates(terminal: Terminal, exact: Sequence[Hit], near: Sequence[Hit], nodes: Mapping[str, Node]) -> None:
    """Print the nodes a name means exactly, or else the nearest ones. nodes: the places they belong to."""
    if len(exact) == 1:
        title = Text(id="Nama ini berarti:", en="This name means:")
    elif exact:
        title = Text(id="Nama ini punya beberapa arti; pakai id:", en="This name has several meanings; use an id:")
    elif near:
        title = Text(id="Nama ini tidak dikenal. Yang paling dekat:", en="This name is not known. The nearest:")
    else:
        title = Text(
            id="Nama ini tidak dikenal, dan tidak ada yang mirip.", en="This name is not known; nothing is like it."
        )
    terminal.say(title, "bold")
    for hit in exact or near:
        terminal.say(f"• {_line(hit.node, terminal, nodes)}", indent="  ", hang="    ")


def place_of(node: Node) -> str | None:
    """Return the place that tells a node from others of its name."""
    return node.home.place if node.home is not None else node.part_of or node.place


def _line(node: Node, terminal: Terminal, nodes: Mapping[str, Node]) -> str:
    lang = terminal.lang
    place = nodes.get(place_of(node) or "")
    parts = [vocabulary().kinds[node.kind].label.get(lang), *([place.label(lang)] if place is not None else [])]
    names = "; ".join(dict.fromkeys(name.text for name in node.names if name.text != node.label(lang)))
    return f"{node.id}: {node.label(lang)} ({', '.join(parts)})" + (f": {names}" if names else "")
