"""`python -m benchmarks [store|http|all] [--size small|medium|large] [--out FILE] [--cache FOLDER] [--no-peers]`."""

import argparse
import asyncio
import subprocess
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import apsw
import msgspec

from benchmarks import httplevel, storelevel
from benchmarks.builds import cache_folder
from benchmarks.httplevel import Pace
from benchmarks.measure import machine
from benchmarks.report import Results, markdown
from benchmarks.world import SIZES, Size
from loaders.run import rebuild

_LIBRARIES: Final = ("networkx", "rustworkx", "rapidfuzz", "fastapi", "uvicorn", "pydantic", "msgspec")
_DATA: Final = Path(__file__).resolve().parents[1] / "data"
_PACES: Final = {"small": Pace(3, 0.3), "medium": Pace(5, 1.5), "large": Pace(5, 1.5)}


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("level", nargs="?", choices=("store", "http", "all"), default="all", help="what to measure")
    parser.add_argument("--size", choices=SIZES, default="small", help="which generated graph (default: small)")
    parser.add_argument("--out", type=Path, help="write Markdown here, and JSON beside it")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="where built graphs are kept")
    parser.add_argument("--no-peers", action="store_true", help="leave the graphs in memory out")
    return parser.parse_args()


def main() -> None:
    """Measure, print, and keep."""
    options = parsed()
    size = SIZES[options.size]
    cache = options.cache.resolve()
    store = http = None
    if options.level in ("store", "all"):
        store = storelevel.run(cache, size, peers=not options.no_peers)
    if options.level in ("http", "all"):
        http = _over_http(cache, size)
    results = Results(
        day=datetime.now(UTC).date().isoformat(),
        commit=_commit(),
        machine=machine(),
        libraries={"SQLite": apsw.sqlite_lib_version()} | {name: version(name) for name in _LIBRARIES},
        store=store,
        http=http or (),
    )
    text = markdown(results)
    print(text)
    if options.out is not None:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(text, encoding="utf-8")
        data = msgspec.json.format(msgspec.json.encode(results), indent=1)
        options.out.with_suffix(".json").write_bytes(data + b"\n")


def _over_http(cache: Path, size: Size) -> tuple[httplevel.HttpLevel, ...]:
    pace = _PACES[size.name]
    graph = storelevel.ready(cache, size)
    with tempfile.TemporaryDirectory(prefix="jejaring-") as folder:
        articles = f"sqlite:///{folder}/articles.db"
        asyncio.run(rebuild(articles, str(_DATA)))
        return (
            httplevel.run("the five articles", articles, pace),
            httplevel.run(f"{graph.nodes:,} / {graph.ties:,}", graph.url, pace),
        )


def _commit() -> str:
    """Return the checkout's commit, with a + when something in it was changed since."""
    command = ("git", "describe", "--always", "--dirty=+", "--abbrev=10", "--exclude=*")
    try:
        done = subprocess.run(command, cwd=_DATA.parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()


if __name__ == "__main__":
    main()
