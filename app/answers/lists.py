"""Answers of lists and of single things: nodes, facts, sources, search."""

from collections.abc import Sequence

import msgspec

from app.answers.shared import (
    Dated,
    FactSummary,
    NodeSummary,
    Place,
    SourceSummary,
    TieSummary,
    dated,
    node_summary,
    place,
)
from graph.model import Hit, Name, Node, Point
from graph.vocabulary import Text


class NodeDetail(msgspec.Struct, frozen=True):
    """Everything known about a node itself. broader: the subsector above a subsector; part_of: the thing above."""

    id: str
    kind: str
    subkind: str
    label: Text
    short: Text
    names: tuple[Name, ...]
    status: str
    home: Place | None
    seat: Place | None
    part_of: str | None
    predecessors: tuple[str, ...]
    description: Text | None
    iso_3166: str | None
    point: Point | None
    when: Dated | None
    place: str | None
    mode: str | None
    broader: str | None
    wikidata: str | None
    geonames: str | None
    former_ids: tuple[str, ...]


class NodeAnswer(msgspec.Struct, frozen=True):
    """One node; ties counts its ties by type."""

    version: str
    node: NodeDetail
    ties: dict[str, int]
    nodes: dict[str, NodeSummary]
    sources: dict[str, SourceSummary]


class NodesAnswer(msgspec.Struct, frozen=True):
    """Nodes by id ascending. next: the cursor of the following page, null on the last one."""

    version: str
    items: tuple[NodeSummary, ...]
    next: str | None


class FactAnswer(msgspec.Struct, frozen=True):
    """One fact with the ties it makes."""

    version: str
    fact: FactSummary
    ties: tuple[TieSummary, ...]
    nodes: dict[str, NodeSummary]
    sources: dict[str, SourceSummary]


class FactsAnswer(msgspec.Struct, frozen=True):
    """Facts by id ascending. next: the cursor of the following page, null on the last one."""

    version: str
    items: tuple[FactSummary, ...]
    next: str | None
    nodes: dict[str, NodeSummary]
    sources: dict[str, SourceSummary]


class SourceAnswer(msgspec.Struct, frozen=True):
    """One source with the facts it supports. more: there are further ones (see /facts?source=)."""

    version: str
    source: SourceSummary
    items: tuple[FactSummary, ...]
    more: bool
    nodes: dict[str, NodeSummary]
    sources: dict[str, SourceSummary]


class SourcesAnswer(msgspec.Struct, frozen=True):
    """Sources by id ascending. next: the cursor of the following page, null on the last one."""

    version: str
    items: tuple[SourceSummary, ...]
    next: str | None


class Found(msgspec.Struct, frozen=True):
    """A node found by name: which name matched, how, how well (0..100), and the place it belongs to."""

    node: str
    name: str
    match: str
    score: float
    place: str | None


class SearchAnswer(msgspec.Struct, frozen=True):
    """Nodes by name, best first."""

    version: str
    hits: tuple[Found, ...]
    nodes: dict[str, NodeSummary]


def node_detail(node: Node) -> NodeDetail:
    """Return everything about a node."""
    summary = node_summary(node)
    return NodeDetail(
        id=node.id,
        kind=node.kind,
        subkind=node.subkind,
        label=summary.label,
        short=summary.short,
        names=node.names,
        status=node.status,
        home=place(node.home),
        seat=place(node.seat),
        part_of=node.part_of,
        predecessors=node.predecessors,
        description=node.description,
        iso_3166=node.iso_3166,
        point=node.point,
        when=dated(node.when),
        place=node.place,
        mode=node.mode,
        broader=node.broader,
        wikidata=node.wikidata,
        geonames=node.geonames,
        former_ids=node.redirects,
    )


def nodes_beside(node: Node) -> tuple[str, ...]:
    """Return the ids of the nodes that a node's own record names."""
    anchors = [anchor.place for anchor in (node.home, node.seat) if anchor is not None]
    single = [other for other in (node.part_of, node.place, node.broader) if other is not None]
    return tuple(sorted({*anchors, *single, *node.predecessors}))


def sources_beside(node: Node) -> tuple[str, ...]:
    """Return the ids of the sources that a node's own record names."""
    named = {anchor.source for anchor in (node.home, node.seat) if anchor is not None}
    return tuple(sorted(source for source in named if source is not None))


def place_of(node: Node) -> str | None:
    """Return the place a node belongs to: what it acts for, lies in or takes place in."""
    return node.home.place if node.home is not None else node.part_of or node.place


def found(hits: Sequence[Hit]) -> tuple[Found, ...]:
    """Return hits as answers show them."""
    return tuple(Found(h.node.id, h.name, h.match, round(h.score, 2), place_of(h.node)) for h in hits)
