"""What a load changed, for a terminal: additions, changes with before and after, withdrawals."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from app.show.terminal import Terminal
from graph.vocabulary import Text
from loaders.diff import KIND_WORDS, Action, Entry
from loaders.messages import in_words, shown

_ACTIONS: Final[dict[Action, tuple[Text, str, str]]] = {
    "add": (Text(id="Tambahan", en="Additions"), "+", "green"),
    "change": (Text(id="Perubahan", en="Changes"), "~", "yellow"),
    "withdraw": (Text(id="Penarikan", en="Withdrawals"), "-", "red"),
}


def show_entries(terminal: Terminal, entries: Sequence[Entry]) -> None:
    """Print every entity that a load changed, by what was done to it."""
    order = list(_ACTIONS)
    by_action = sorted(entries, key=lambda entry: order.index(entry.action))
    for action, group in groupby(by_action, key=lambda entry: entry.action):
        title, sign, style = _ACTIONS[action]
        found = list(group)
        terminal.say(f"{terminal.words(title)} ({len(found)})", "bold cyan")
        for entry in found:
            kind, label = terminal.words(KIND_WORDS[entry.kind]), in_words(entry.label, terminal.lang)
            terminal.say(f"{sign} {kind} {entry.id}: {label}", style, indent="  ", hang="      ")
            for field in entry.fields:
                before, after = shown(field.before) or "–", shown(field.after) or "–"
                terminal.say(f"{field.path}: {before} → {after}", indent="      ", hang="        ")
