"""A mention -> one node id, or the reason why not. One exact meaning is taken, everything else is asked back.

Order: id or redirect; decision for this article; decision for all; node kind; name in use at the fact's date.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from graph.identity import fold, parse_id
from graph.model import Node
from graph.time import When
from loaders.form_other import Decision
from loaders.names import Names, in_use, matching
from loaders.party import Mention
from loaders.problem import Problems

Reason = Literal["unknown", "wrong_kind", "ambiguous"]


class Context(msgspec.Struct, frozen=True):
    """Where a mention stands: in which article, about which fact or node, at which date."""

    article: str = ""
    about: str = ""
    when: When | None = None


class Failure(msgspec.Struct, frozen=True):
    """A mention that means no single node of the right kind; nodes are what it could mean."""

    mention: Mention
    reason: Reason
    nodes: tuple[Node, ...] = ()


class Resolver:
    """Resolves mentions against the known names and keeps those that failed, so that they are explained together."""

    def __init__(self, names: Names, decisions: Mapping[tuple[str, str | None], Decision], found: Problems) -> None:
        """Keep what decides."""
        self.names = names
        self.decisions = decisions
        self.found = found
        self.failures: list[Failure] = []

    def resolve(self, mention: Mention | None, where: Context) -> str | None:
        """Return the id of the node a mention means; None when there is no mention or it failed."""
        if mention is None:
            return None
        nodes = self._by_id(mention, where) or self._decided(mention, where) or self._named(mention, where)
        if len(nodes) == 1 and nodes[0].kind in mention.accepted:
            return nodes[0].id
        reason: Reason = "unknown" if not nodes else "ambiguous" if len(nodes) > 1 else "wrong_kind"
        if len(nodes) > 1 and not any(node.kind in mention.accepted for node in nodes):
            reason = "wrong_kind"
        self.failures.append(Failure(mention, reason, nodes))
        return None

    def _by_id(self, mention: Mention, where: Context) -> tuple[Node, ...]:
        nodes = []
        for wanted in candidate_ids(mention):
            node = self.names.node(wanted)
            if node is None and (target := self.names.moved(wanted)) is not None:
                node = self.names.node(target)
                self.found.add("W402", mention.at, about=where.about, id=wanted, nearest=(target,))
            nodes += [node] if node is not None else []
        return tuple(nodes)

    def _decided(self, mention: Mention, where: Context) -> tuple[Node, ...]:
        key = fold(mention.text)
        for article in (where.article, None):
            decision = self.decisions.get((key, article))
            node = None if decision is None else self.names.node(decision.means)
            if node is not None and node.kind in mention.accepted:
                return (node,)
        return ()

    def _named(self, mention: Mention, where: Context) -> tuple[Node, ...]:
        if parse_id(mention.text) is not None:
            return ()
        bearers = self.names.bearing(mention.text)
        fitting = tuple(node for node in bearers if node.kind in mention.kinds)
        if not fitting:
            return bearers
        valid = tuple(node for node in fitting if in_use(matching(node, mention.text), where.when))
        if len(fitting) == 1 and not valid:
            self._out_of_period(mention, fitting[0], where)
        return valid or fitting

    def _out_of_period(self, mention: Mention, node: Node, where: Context) -> None:
        periods = ", ".join(f"{name.since or ''}/{name.until or ''}" for name in matching(node, mention.text))
        date = where.when.edtf if where.when else ""
        self.found.add("W401", mention.at, about=where.about, name=mention.text, id=node.id, periods=periods, date=date)


def candidate_ids(mention: Mention) -> tuple[str, ...]:
    """Return the ids that a mention may be: itself, or its slug under each kind."""
    if parse_id(mention.text) is not None:
        return (mention.text,)
    ids = (f"{kind}:{mention.text}" for kind in mention.kinds)
    return tuple(wanted for wanted in ids if parse_id(wanted) is not None)
