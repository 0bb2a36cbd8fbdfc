"""Drafts -> nodes, sources and statements, with every name resolved. What cannot be built is left out and noted."""

from collections.abc import Iterable
from typing import Any, cast

import msgspec

from graph.model import (
    Anchor,
    AsStated,
    Evidence,
    Modality,
    Name,
    Node,
    Party,
    Point,
    Rights,
    Scope,
    Source,
    Stance,
    Statement,
)
from graph.time import When
from graph.vocabulary import vocabulary
from loaders import form_article as article
from loaders import form_fact as fact
from loaders import form_registry as registry
from loaders.party import PartyDraft
from loaders.resolve import Context, Resolver
from loaders.scalars import same
from loaders.shape import Values


class BuiltFact(msgspec.Struct, frozen=True):
    """A fact as written and the statement it makes."""

    draft: fact.FactDraft
    statement: Statement

    @property
    def when(self) -> When | None:
        """When it happened, as far as the article says."""
        return self.statement.when


class BuiltArticle(msgspec.Struct, frozen=True):
    """An article file as written, and its source and statements."""

    draft: article.ArticleDraft
    source: Source
    facts: tuple[BuiltFact, ...]
    dateline: str | None = None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What the article says."""
        return tuple(built.statement for built in self.facts)


class BuiltNode(msgspec.Struct, frozen=True):
    """A node as written and the node it makes."""

    draft: registry.NodeDraft
    node: Node


# ---- nodes -----------------------------------------------------------------------------------------------------------


def bare_node(draft: registry.NodeDraft) -> Node:
    """Return a node with its names only, so that others can name it; without a readable name it bears its id."""
    names = draft.values.get(registry.NAMES) or (Name(draft.id),)
    subkind = draft.values.table.text("subkind") or ""
    redirects = draft.values.get(registry.REDIRECTS) or ()
    return Node(draft.id, draft.kind, names, same(subkind), redirects=tuple(sorted(set(redirects))))


def build_node(draft: registry.NodeDraft, bare: Node, resolver: Resolver) -> Node:
    """Return the whole node, its places and predecessors resolved."""
    values = draft.values
    where = Context(about=draft.id)
    point = values.get(registry.POINT)
    predecessors = (resolver.resolve(each, where) for each in values.get(registry.PREDECESSORS) or ())
    rest: dict[str, Any] = {
        "status": values.get(registry.STATUS) or "active",
        "home": _anchor(values.get(registry.HOME), where, resolver),
        "seat": _anchor(values.get(registry.SEAT), where, resolver),
        "part_of": resolver.resolve(values.get(registry.PART_OF), where),
        "predecessors": tuple(each for each in predecessors if each is not None),
        "description": values.get(registry.DESCRIPTION),
        "iso_3166": values.get(registry.ISO),
        "point": None if point is None else _point(point),
        "when": values.get(registry.WHEN),
        "place": resolver.resolve(values.get(registry.EVENT_PLACE), where),
        "mode": values.get(registry.MODE),
        "wikidata": values.get(registry.WIKIDATA),
        "geonames": values.get(registry.GEONAMES),
    }
    return msgspec.structs.replace(bare, **rest)


def _anchor(values: Values | None, where: Context, resolver: Resolver) -> Anchor | None:
    if values is None:
        return None
    place = resolver.resolve(values.get(registry.ANCHOR_PLACE), where)
    if place is None:
        return None
    return Anchor(
        place,
        values.get(registry.ANCHOR_SOURCE),
        values.get(registry.ANCHOR_LOCATOR),
        values.get(registry.ANCHOR_REASON),
    )


def _point(values: Values) -> Point | None:
    fields = (registry.LATITUDE, registry.LONGITUDE, registry.POINT_SOURCE)
    if not values.is_whole(fields):
        return None
    return Point(values.need(fields[0]), values.need(fields[1]), values.need(fields[2]))


def subsector_nodes() -> tuple[Node, ...]:
    """Return the nodes of the vocabulary's subsectors; they are no registry data, so that words exist once."""
    made = []
    for subsector in vocabulary().subsectors.values():
        names = [Name(subsector.name.id, "id"), Name(subsector.name.en, "en")]
        if subsector.short is not None:
            names += [Name(subsector.short.id, "id", "short"), Name(subsector.short.en, "en", "short")]
        names += [Name(text, lang, "colloquial") for lang, texts in subsector.aliases.items() for text in texts]
        broader = f"subsector:{subsector.broader}" if subsector.broader else None
        made.append(Node(subsector.id, "subsector", tuple(names), broader=broader))
    return tuple(made)


# ---- articles --------------------------------------------------------------------------------------------------------


def build_article(draft: article.ArticleDraft, resolver: Resolver) -> BuiltArticle:
    """Return the source and the statements of an article file."""
    source = build_source(draft)
    slug = draft.id.partition(":")[2]
    facts = tuple(BuiltFact(each, _statement(each, slug, resolver)) for each in draft.facts)
    dateline = resolver.resolve(draft.source.get(article.DATELINE), Context(draft.id))
    return BuiltArticle(draft, source, facts, dateline)


def build_source(draft: article.ArticleDraft) -> Source:
    """Return the source that an article file describes."""
    values = draft.source
    rights = values.get(article.RIGHTS)
    return Source(
        id=draft.id,
        publisher=values.get(article.PUBLISHER) or "",
        language=values.get(article.LANGUAGE_OF) or "id",
        origin_publisher=values.get(article.ORIGIN),
        official=values.get(article.OFFICIAL) or False,
        title=values.get(article.TITLE),
        url=values.get(article.URL),
        published=values.get(article.PUBLISHED),
        published_text=values.get(article.PUBLISHED_TEXT),
        accessed=values.get(article.ACCESSED),
        rights=Rights() if rights is None else _rights(rights),
        note=values.get(article.NOTE),
        withdrawn=values.get(article.WITHDRAWN),
    )


def _rights(values: Values) -> Rights:
    tdm = cast("Any", values.get(article.TDM) or "unknown")
    licence, usual = values.get(article.LICENCE), Rights().licence
    return Rights(usual if licence in (None, usual) else licence, tdm, values.get(article.NOTICE))


def _statement(draft: fact.FactDraft, slug: str, resolver: Resolver) -> Statement:
    values = draft.values
    when = values.get(fact.DATE)
    where = Context(f"article:{slug}", draft.key, when)
    subsectors = (resolver.resolve(each, where) for each in values.get(fact.SUBSECTORS) or ())
    return Statement(
        id=f"statement:{slug}.{draft.key}",
        fact=values.get(fact.SAME) or f"fact:{slug}.{draft.key}",
        type=draft.type.name,
        parties=_parties(draft.parties, where, resolver),
        evidence=_evidence(draft, where, resolver),
        when=when,
        modality=_modality(values, "happened"),
        event=resolver.resolve(fact.context(draft, fact.EVENT), where),
        place=resolver.resolve(fact.context(draft, fact.PLACE), where),
        subsectors=tuple(sorted({each for each in subsectors if each is not None})),
        quoted=_parties(values.get(fact.QUOTED) or (), where, resolver),
        title=values.get(fact.ROLE_TITLE),
        capacity=values.get(fact.CAPACITY),
        instrument=values.get(fact.INSTRUMENT),
        stage=values.get(fact.STAGE),
        count=values.get(fact.COUNT),
        scope=_scope(values),
        note=values.get(fact.NOTE),
    )


def _parties(drafts: Iterable[PartyDraft], where: Context, resolver: Resolver) -> tuple[Party, ...]:
    return tuple(
        Party(
            slot=draft.slot,
            side=draft.side,
            actor=resolver.resolve(draft.actor, where),
            person=resolver.resolve(draft.person, where),
            presence=draft.presence,
            unknown=draft.unknown,
        )
        for draft in drafts
    )


def _evidence(draft: fact.FactDraft, where: Context, resolver: Resolver) -> Evidence:
    values = draft.values
    rows = [row for row in values.get(fact.AS_STATED) or () if row.is_whole(_STATED)]
    return Evidence(
        source=where.article,
        locators=tuple(dict.fromkeys(values.get(fact.LOCATORS) or ())),
        stance=cast("Stance", values.get(fact.STANCE) or "asserts"),
        attributed_to=resolver.resolve(values.get(fact.ATTRIBUTED), where),
        as_stated=tuple(AsStated(*(row.need(field) for field in _STATED)) for row in rows),
    )


_STATED = (fact.STATED_FIELD, fact.STATED_VALUE, fact.STATED_LOCATOR)


def _scope(values: Values) -> tuple[Scope, ...]:
    rows = values.get(fact.SCOPE) or ()
    kept = ((row.get(fact.SCOPE_TEXT), _modality(row, "agreed")) for row in rows)
    return tuple(Scope(text, modality) for text, modality in kept if text is not None)


def _modality(values: Values, default: Modality) -> Modality:
    return cast("Modality", values.get(fact.MODALITY) or default)
