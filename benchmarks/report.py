"""Results as tables to read (Markdown) and as data to keep (JSON)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from benchmarks.httplevel import HttpLevel, Row
from benchmarks.measure import Machine, Timing
from benchmarks.questions import HOPS, LIMIT, SET_SIZE
from benchmarks.storelevel import StoreLevel

_MISSING: Final = "-"
QUESTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "node": "node by id",
        "around_1": "neighbourhood, 1 hop",
        "around_2": f"neighbourhood, 2 hops (limit {LIMIT})",
        "between_first": f"between {SET_SIZE} x {SET_SIZE}, {HOPS} hops, the first 10 of a process",
        "between": f"between {SET_SIZE} x {SET_SIZE}, {HOPS} hops, default budget",
        "between_wide": f"between {SET_SIZE} x {SET_SIZE}, {HOPS} hops, no budget",
        "connect": "connect, city to city",
        "connect_capitals": "connect, among the largest cities",
        "search_exact": "search, exact name",
        "search_prefix": "search, beginning of a name",
        "search_typo": "search, one wrong letter",
        "view": "open and close a view",
        "commit": "commit one article",
        "undo": "undo one article",
    }
)
# Milliseconds (median) at 1,000,000 nodes and 5,000,000 ties; shares of the no-op's requests per second when warm.
BARS: Final[Mapping[str, float]] = MappingProxyType({"node": 0.05, "around_1": 0.2, "around_2": 1.0, "between": 10.0})
BAR_OPEN_MS: Final = 50.0
BAR_MEMORY_MB: Final = 300.0
BARRED_SIZE: Final = "large"
SHARES: Final[Mapping[str, float]] = MappingProxyType({"neighbourhood": 0.6, "paths": 0.4, "connect": 0.25})
SHARE_UNCHANGED: Final = 0.8
_PEERS: Final = ("networkx", "rustworkx")


class Results(msgspec.Struct, frozen=True):
    """Everything one run measured. libraries: versions by name; commit: the checkout's, with a + when changed since."""

    day: str
    commit: str
    machine: Machine
    libraries: dict[str, str]
    store: StoreLevel | None = None
    http: tuple[HttpLevel, ...] = ()


def markdown(results: Results) -> str:
    """Return all results as Markdown."""
    machine = results.machine
    versions = ", ".join(f"{name} {version}" for name, version in results.libraries.items())
    on = f"{machine.processor}, {machine.cores} cores, {machine.memory_gb} GB, {machine.system}"
    lines = [f"{results.day}, commit {results.commit}; {on}; {machine.python}; {versions}.", ""]
    if results.store is not None:
        lines += _store(results.store)
    if results.http:
        lines += _http(results.http)
    return "\n".join(lines)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    head = list(head)
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return [*(f"| {' | '.join(cells)} |" for cells in lines), ""]


def _number(value: float | None) -> str:
    """Return a number with three significant digits."""
    if value is None:
        return _MISSING
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 0.001 else f"{value:.4f}"


def _met(value: float, bar: float | None, *, most: bool = True) -> list[str]:
    """Return a bar and whether it is met. most: the bar is the highest value allowed, else the lowest."""
    if bar is None:
        return [_MISSING, _MISSING]
    return [f"{'<=' if most else '>='} {bar:g}", "met" if (value <= bar if most else value >= bar) else "MISSED"]


def _store(level: StoreLevel) -> list[str]:
    build = level.build
    barred = level.size.name == BARRED_SIZE
    agree = ", ".join(f"{QUESTIONS[kind]}: {equal} of {count}" for kind, (equal, count) in level.agree.items() if count)
    return [
        f"### Store, {build.nodes:,} nodes and {build.ties:,} ties",
        "",
        "Milliseconds, median / 95th percentile; how many times the store's median each peer needs.",
        "",
        *_table(
            ["question", "store", "networkx", "rustworkx", "networkx : store", "rustworkx : store", "bar", ""],
            [_question(level, name, barred) for name in QUESTIONS if name in level.reports["store"].times],
        ),
        *_table(
            ["", "store", "networkx", "rustworkx", "bar", ""],
            _costs(level, barred),
        ),
        *([f"Answers equal to the store's: {agree}.", ""] if agree else []),
        *_names(level),
        *_extent(level.reports["store"].notes),
    ]


def _question(level: StoreLevel, name: str, barred: bool) -> list[str]:
    ours = level.reports["store"].times[name]
    peers = [level.reports[peer].times.get(name) if peer in level.reports else None for peer in _PEERS]
    ratios = [_MISSING if peer is None else _number(peer.p50 / ours.p50) for peer in peers]
    cells = [_timing(one) for one in (ours, *peers)]
    return [QUESTIONS[name], *cells, *ratios, *_met(ours.p50, BARS.get(name) if barred else None)]


def _timing(timing: Timing | None) -> str:
    return _MISSING if timing is None else f"{_number(timing.p50)} / {_number(timing.p95)}"


def _costs(level: StoreLevel, barred: bool) -> list[list[str]]:
    ours = level.reports["store"]
    peers = [level.reports.get(peer) for peer in _PEERS]
    builds = [_number(peer.build_seconds) if peer else _MISSING for peer in peers]
    memory = [_number(peer.memory_mb) if peer else _MISSING for peer in peers]
    nothing = [_MISSING] * 2
    open_ms, start_ms = ours.open_ms or 0.0, ours.start_ms or 0.0
    return [
        ["build, s", _number(level.build.seconds), *builds, *nothing],
        ["open in a fresh process, ms", _number(open_ms), *nothing, *_met(open_ms, BAR_OPEN_MS if barred else None)],
        ["start of Python to first answer, ms", _number(start_ms), *nothing, *nothing],
        [
            "memory after all questions, MiB",
            _number(ours.memory_mb),
            *memory,
            *_met(ours.memory_mb, BAR_MEMORY_MB if barred else None),
        ],
        ["highest memory while building, MiB", _number(level.build.highest_mb), *nothing, *nothing],
        ["disk, MiB", _number(level.build.disk_mb), *nothing, *nothing],
    ]


def _names(level: StoreLevel) -> list[str]:
    if "names" not in level.reports:
        return []
    times = level.reports["names"].times
    listed = ", ".join(f"{QUESTIONS[name]} {_timing(timing)} ms" for name, timing in times.items())
    return [f"Search among all names held in memory (dictionary, sorted list, RapidFuzz): {listed}.", ""]


def _extent(notes: Mapping[str, float]) -> list[str]:
    """Say how large the answers were."""
    said = {name: _number(value) for name, value in notes.items()}
    walked = f"The default budget lets a question between two sets walk {said['between_hops']} hops"
    returned = f"and return {said['between_ties']} ties on average"
    wide = f"without one {said['between_wide_reads']} ties are read and {said['between_wide_ties']} returned"
    return [f"{walked} {returned}; {wide}. Of the pairs of cities {notes['connect_found']:.0%} connect.", ""]


def _http(levels: Iterable[HttpLevel]) -> list[str]:
    head = ["graph, route", "state", "requests/s", "no-op/s", "share", "bar", ""]
    head += ["CPU us", "share by CPU", "p50 / p95 ms", "KiB", "too late", "client busy"]
    return [
        "### HTTP, one worker",
        "",
        *_table(head, [_http_row(level, row) for level in levels for row in level.rows]),
        "Server memory afterwards: "
        + ", ".join(f"{level.graph} {_number(level.memory_mb)} MiB" for level in levels)
        + ".",
        "",
    ]


def _http_row(level: HttpLevel, row: Row) -> list[str]:
    bar = {"304": SHARE_UNCHANGED, "warm": SHARES.get(row.route), "cold": None}[row.kind]
    return [
        f"{level.graph}, /{row.route}",
        row.kind,
        _number(row.rps),
        _number(row.noop_rps),
        f"{row.share:.2f}",
        *_met(row.share, bar, most=False),
        _number(row.cpu_us),
        f"{row.cpu_share:.2f}",
        f"{_number(row.p50)} / {_number(row.p95)}",
        _number(row.body / 1024),
        f"{row.late:.0%}" if row.late else _MISSING,
        f"{row.client_busy:.0%}",
    ]
