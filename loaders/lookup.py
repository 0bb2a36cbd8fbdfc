"""What the graph knows about the names of a load, and suggestions for those that mean nothing."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from graph.errors import Moved, NotFound
from graph.identity import fold
from graph.model import Node
from graph.store import GraphReader, NodeQuery
from loaders.names import Names, describe, distinguish, kind_words, search_keys
from loaders.party import Mention
from loaders.problem import Problems
from loaders.resolve import Failure, candidate_ids

SUGGESTIONS = 3
LIKENESS_FLOOR = 55.0
_FIRST = {"local_government": 0, "ministry": 1}


async def fetch(view: GraphReader, names: Names, mentions: Iterable[Mention]) -> None:
    """Add to the names what the graph knows of these mentions; what is already known is not asked for."""
    wanted = {(mention.text, mention.kinds): mention for mention in mentions}
    ids = {each for mention in wanted.values() for each in candidate_ids(mention)}
    for node in await view.nodes(sorted(each for each in ids if names.node(each) is None)):
        names.add(node)
    for mention in wanted.values():
        candidates = candidate_ids(mention)
        if not any(names.node(each) for each in candidates):
            await _fetch_named(view, names, mention.text, candidates)


async def _fetch_named(view: GraphReader, names: Names, text: str, candidates: Sequence[str]) -> None:
    for wanted in candidates:
        try:
            names.add(await view.node(wanted))
        except Moved as moved:
            names.move(wanted, moved.target)
            for node in await view.nodes((moved.target,)):
                names.add(node)
        except NotFound:
            continue
    for hit in await view.exact(text):
        names.add(hit.node)


async def fetch_ids(view: GraphReader, names: Names, ids: Iterable[str]) -> None:
    """Add the nodes with these ids as far as the graph has them."""
    for node in await view.nodes(sorted({each for each in ids if names.node(each) is None})):
        names.add(node)


async def explain(view: GraphReader | None, names: Names, failures: Iterable[Failure], found: Problems) -> None:
    """Note for each failed mention what is wrong, what comes nearest and what is allowed there."""
    for failure in failures:
        mention = failure.mention
        allowed = kind_words(mention.accepted)
        if failure.reason == "ambiguous":
            choices = [distinguish(node, mention.text) for node in failure.nodes]
            found.add("E403", mention.at, name=mention.text, nearest=choices, allowed_kinds=allowed)
        elif failure.reason == "wrong_kind":
            actors = await _standing_for(view, names, failure)
            nearest = [describe(node) for node in actors or await _alike(view, names, mention)]
            what = kind_words(dict.fromkeys(node.kind for node in failure.nodes))
            ids = ", ".join(node.id for node in failure.nodes)
            found.add("E402", mention.at, name=mention.text, what=what, ids=ids, allowed_kinds=allowed, nearest=nearest)
        else:
            nearest = [describe(node) for node in await _alike(view, names, mention)]
            found.add("E401", mention.at, name=mention.text, allowed_kinds=allowed, nearest=nearest)


async def _standing_for(view: GraphReader | None, names: Names, failure: Failure) -> list[Node]:
    """Return the bodies that act for a place which was named where an actor is wanted; its government first."""
    if "agency" not in failure.mention.accepted:
        return []
    places = tuple(node.id for node in failure.nodes if node.kind in ("city", "region", "country"))
    bodies = {node.id: node for node in names if node.home is not None and node.home.place in places}
    if view is not None and places:
        query = NodeQuery(kinds=("agency",), home=places)
        bodies |= {node.id: names.node(node.id) or node for node in await view.list_nodes(query, limit=50)}
    ordered = sorted(bodies.values(), key=lambda node: (_FIRST.get(node.subkind, 2), node.id))
    return ordered[:SUGGESTIONS]


async def _alike(view: GraphReader | None, names: Names, mention: Mention) -> list[Node]:
    """Return the three nodes of the right kinds whose names or slugs are spelt most like a mention."""
    text = fold(mention.text.partition(":")[2] or mention.text)
    pool = {node.id: node for node in names if node.kind in mention.accepted}
    if view is not None:
        hits = await view.find(text, mention.accepted, limit=2 * SUGGESTIONS)
        pool |= {hit.node.id: hit.node for hit in hits if hit.node.kind in mention.accepted}
    scored = [(max(fuzz.WRatio(text, key) for key in search_keys(node)), node.id) for node in pool.values()]
    best = sorted((pair for pair in scored if pair[0] >= LIKENESS_FLOOR), key=lambda pair: (-pair[0], pair[1]))
    return [pool[node_id] for _, node_id in best[:SUGGESTIONS]]
