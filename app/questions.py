"""The questions of the API: one frozen model per route, with every parameter, default and limit.

A parameter has one name and one meaning in the whole API (`MEANINGS`). Unknown parameters are refused. Lists are sets:
their order does not matter. `from` and `to` are the names of a question's two ends on the wire.
"""

from types import MappingProxyType
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from app.parameters import (
    CursorText,
    FactId,
    FactType,
    FirstDay,
    Include,
    InOrder,
    Kind,
    Lang,
    LastDay,
    Many,
    Modality,
    Name,
    NodeId,
    Slot,
    SourceId,
    Subsector,
    Tier,
    Title,
    VersionNumber,
    Words,
)
from graph.vocabulary import Text


class Asked(BaseModel):
    """Base of all questions. lang: the language that leads; every text stands in both anyway."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    lang: Lang | None = None


class Bounds(Asked):
    """What a walk may follow: fact types, subsectors and three clocks."""

    types: Many[FactType] = ()
    subsector: Many[Subsector] = ()
    since: FirstDay | None = None
    until: LastDay | None = None
    as_of: LastDay | None = None
    known_as_of: VersionNumber | None = None


class ConnectQuestion(Bounds):
    """Who connects one end to the other."""

    source: Name = Field(alias="from")
    target: Name = Field(alias="to")
    max_hops: int = Field(3, ge=1, le=6)
    include: Many[Include] = ()
    tiers: Many[Tier] = ()
    limit: int = Field(10, ge=1, le=50)


class PathsQuestion(ConnectQuestion):
    """The best routes between two ends, shortest first."""

    limit: int = Field(5, ge=1, le=50)


class NeighbourhoodQuestion(Bounds):
    """What is around a node."""

    id: NodeId
    hops: int = Field(1, ge=1, le=3)
    modality: Many[Modality] = ()
    limit: int = Field(100, ge=1, le=500)
    cursor: CursorText | None = None


class NodeQuestion(Asked):
    """One node."""

    id: NodeId


class NodesQuestion(Asked):
    """Nodes by kind, place and subsector; events also by what they are about and by time."""

    kind: Many[Kind] = ()
    home: Many[Name] = ()
    seat: Many[Name] = ()
    part_of: Many[Name] = ()
    subsector: Subsector | None = None
    about: Many[Name] = ()
    since: FirstDay | None = None
    until: LastDay | None = None
    limit: int = Field(100, ge=1, le=500)
    cursor: CursorText | None = None


class FactQuestion(Asked):
    """One fact."""

    id: FactId


class FactsQuestion(Asked):
    """Facts by type, participant, period, modality and source."""

    type: Many[FactType] = ()
    about: InOrder[Name] = ()
    slot: Slot | None = None
    title: Title | None = None
    source: SourceId | None = None
    since: FirstDay | None = None
    until: LastDay | None = None
    modality: Many[Modality] = ()
    limit: int = Field(50, ge=1, le=200)
    cursor: CursorText | None = None


class SourceQuestion(Asked):
    """One source, with the facts it supports."""

    id: SourceId


class SourcesQuestion(Asked):
    """Sources: all, or those of the facts about nodes."""

    about: Many[Name] = ()
    limit: int = Field(100, ge=1, le=500)
    cursor: CursorText | None = None


class SearchQuestion(Asked):
    """Nodes by name."""

    q: Name
    kind: Many[Kind] = ()
    limit: int = Field(10, ge=1, le=50)


class AskQuestion(Asked):
    """A question in words."""

    q: Words


class ChangesQuestion(Asked):
    """What loads have changed since a version."""

    after: VersionNumber = 0
    limit: int = Field(10, ge=1, le=50)


class PlainQuestion(Asked):
    """A question without parameters of its own."""


MEANINGS: Final[MappingProxyType[str, Text]] = MappingProxyType(
    {
        "from": Text(id="Ujung asal: nama atau id.", en="Where the link starts: a name or an id."),
        "to": Text(id="Ujung tujuan: nama atau id.", en="Where the link ends: a name or an id."),
        "max_hops": Text(id="Langkah terbanyak pada satu jalur.", en="The most hops a route may have."),
        "types": Text(id="Hanya jenis fakta ini.", en="Only these types of fact."),
        "type": Text(id="Hanya jenis fakta ini.", en="Only these types of fact."),
        "subsector": Text(id="Hanya subsektor ini.", en="Only these subsectors."),
        "since": Text(
            id="Hanya yang dapat terjadi pada atau setelah tanggal ini.",
            en="Only what can have happened on or after this date.",
        ),
        "until": Text(
            id="Hanya yang dapat terjadi pada atau sebelum tanggal ini.",
            en="Only what can have happened on or before this date.",
        ),
        "as_of": Text(
            id="Keadaan dunia pada tanggal ini.",
            en="The world as it was on this date.",
        ),
        "known_as_of": Text(
            id="Graf setelah muatan bernomor ini.",
            en="The graph as it stood after the load of this number.",
        ),
        "include": Text(
            id="Ikutkan juga hubungan yang baru direncanakan, atau kehadiran di acara yang sama.",
            en="Also follow planned links, or having been at the same event.",
        ),
        "tiers": Text(
            id="Tingkat pelaku suatu tempat: 1 bertindak untuknya, 2 badan nasional yang berkantor di sana, "
            "3 pos pihak lain di sana.",
            en="Which actors stand for a place: 1 those that act for it, 2 national bodies seated there, "
            "3 posts of others there.",
        ),
        "limit": Text(id="Butir terbanyak dalam jawaban.", en="The most items in the answer."),
        "cursor": Text(
            id="Lanjutan: nilai `next` dari jawaban sebelumnya.",
            en="Where to go on: the `next` of the answer before.",
        ),
        "lang": Text(
            id="Bahasa yang didahulukan; tanpa ini dipakai Accept-Language.",
            en="The language that leads; without it, Accept-Language decides.",
        ),
        "id": Text(id="Id dari simpul, fakta, atau sumber.", en="The id of the node, fact or source."),
        "hops": Text(id="Jarak terjauh dari simpul itu.", en="How far to go from the node."),
        "kind": Text(id="Hanya jenis simpul ini.", en="Only these kinds of node."),
        "home": Text(
            id="Hanya pelaku yang bertindak untuk tempat ini atau bagiannya.",
            en="Only actors that act for this place or a part of it.",
        ),
        "seat": Text(
            id="Hanya pelaku yang berkantor di tempat ini atau bagiannya.",
            en="Only actors seated in this place or a part of it.",
        ),
        "part_of": Text(
            id="Hanya tempat yang langsung menjadi bagian dari tempat ini.",
            en="Only places that lie directly in this place.",
        ),
        "about": Text(
            id="Hanya fakta yang melibatkan semua simpul ini (nama atau id), beserta acara atau sumbernya; tempat juga "
            "berarti pelaku yang bertindak untuknya atau berkantor di sana.",
            en="Only facts in which all of these nodes take part (names or ids), their events or sources; a place also "
            "means the actors that act for it or sit there.",
        ),
        "slot": Text(
            id="Hanya fakta yang simpul pertama di about menempati peran ini, misalnya host.",
            en="Only facts in which the first node of about fills this slot, such as host.",
        ),
        "title": Text(
            id="Hanya jabatan (type=role) yang namanya memuat semua kata ini atau padanannya dalam salah satu bahasa: "
            "chair juga menemukan ketua; gubernur tidak menemukan wakil gubernur.",
            en="Only posts (type=role) whose title holds all these words, or words for the same post, in either "
            "language: chair also finds ketua; governor does not find a vice governor.",
        ),
        "source": Text(id="Hanya fakta dari sumber ini.", en="Only facts from this source."),
        "modality": Text(
            id="Hanya yang terjadi, disepakati, diumumkan, direncanakan, atau diharapkan.",
            en="Only what happened, was agreed, announced, planned or hoped for.",
        ),
        "q": Text(id="Yang ditanyakan atau dicari.", en="What is asked or looked for."),
        "after": Text(id="Nomor versi terakhir yang sudah dikenal.", en="The last version number already known."),
    }
)
