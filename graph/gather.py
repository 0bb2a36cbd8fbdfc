"""Collect what an answer refers to: facts by id, then the nodes and sources those facts name, each fetched once."""

from collections.abc import Iterable

from graph.model import Fact, Filters, Node, Source
from graph.project import participants
from graph.store import GraphReader

_PART_OF = Filters(types=("PART_OF",), modalities=("happened",))
_PARENTS_READ = 20


class Gathered:
    """Facts, nodes and sources of one answer. Lives as long as the answer is made; the view must stay open."""

    def __init__(self, view: GraphReader, known_as_of: int | None = None) -> None:
        """Collect from this view; facts as known after `known_as_of` if given."""
        self._view = view
        self._known_as_of = known_as_of
        self.facts: dict[str, Fact] = {}
        self.nodes: dict[str, Node] = {}
        self.sources: dict[str, Source] = {}
        self.parents: dict[str, str] = {}

    async def read_facts(self, ids: Iterable[str]) -> list[Fact]:
        """Return the facts with these ids in this order, fetching those not seen before, with their sources."""
        wanted = tuple(dict.fromkeys(ids))
        missing = [fact for fact in wanted if fact not in self.facts]
        if missing:
            self.add_facts(await self._view.facts(missing, self._known_as_of))
            cited = {e.source for fact in missing if fact in self.facts for e in self.facts[fact].evidence}
            await self._read_sources(cited)
        return [self.facts[fact] for fact in wanted if fact in self.facts]

    def add_facts(self, facts: Iterable[Fact]) -> None:
        """Keep facts that were fetched by another question."""
        self.facts |= {fact.id: fact for fact in facts}

    async def read_nodes(self, ids: Iterable[str]) -> list[Node]:
        """Return the nodes with these ids in this order, fetching those not seen before; unknown ones are left out."""
        wanted = tuple(dict.fromkeys(ids))
        missing = sorted(set(wanted) - self.nodes.keys())
        if missing:
            self.nodes |= {node.id: node for node in await self._view.nodes(missing)}
        return [self.nodes[node] for node in wanted if node in self.nodes]

    async def read_parents(self, actors: Iterable[str]) -> None:
        """Note which body each of these actors is part of, as far as a source says so ("ACFM/BIFF")."""
        for actor in dict.fromkeys(actors):
            around = await self._view.neighbourhood(actor, 1, _PART_OF, limit=_PARENTS_READ)
            above = sorted(tie.v for tie in around.ties if tie.u == actor)
            if above:
                self.parents[actor] = above[0]
        await self.read_nodes(self.parents.values())

    async def finish(self, ids: Iterable[str]) -> None:
        """Fetch these nodes, every node any gathered fact names, what those belong to, and every source cited."""
        named = {node for fact in self.facts.values() for node in participants(fact)}
        said_by = {e.attributed_to for fact in self.facts.values() for e in fact.evidence if e.attributed_to}
        wanted = sorted(named | said_by | set(ids))
        around = {place for node in await self.read_nodes(wanted) for place in _belongs_to(node)}
        await self.read_nodes(sorted(around))
        await self._read_sources({e.source for fact in self.facts.values() for e in fact.evidence})

    async def _read_sources(self, ids: set[str]) -> None:
        missing = sorted(ids - self.sources.keys())
        if missing:
            self.sources |= {source.id: source for source in await self._view.sources(missing)}


def _belongs_to(node: Node) -> set[str]:
    """Return the places a node acts for or sits in, and what it is part of."""
    anchors = {anchor.place for anchor in (node.home, node.seat) if anchor}
    return anchors | {above for above in (node.part_of, node.place) if above}
