"""Record what a name means: one line more in the decisions of the data folder, which every later load replays."""

import hashlib
from pathlib import Path

import msgspec

from graph.identity import fold


class NameDecision(msgspec.Struct, frozen=True):
    """A name means a node. at: the ISO day it was decided; article None: in every article."""

    name: str
    means: str
    at: str
    editor: str
    reason: str
    article: str | None = None

    @property
    def id(self) -> str:
        """Its id: the same decision on the same day is one decision."""
        digest = hashlib.blake2b("\n".join((fold(self.name), self.means, self.article or "")).encode(), digest_size=4)
        return f"{self.at}-{digest.hexdigest()}"


def record(data: Path, made: NameDecision) -> Path:
    """Append a decision to the file of its month, unless it stands there already. Raises OSError."""
    path = data / "decisions" / f"{made.at[:7]}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    if f'"{made.id}"' in old:
        return path
    line = msgspec.json.encode(_line(made)).decode()
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(("" if not old or old.endswith("\n") else "\n") + line + "\n")
    return path


def _line(made: NameDecision) -> dict[str, str]:
    said = {"name": made.name, "means": made.means, "article": made.article or "", "reason": made.reason}
    known = {"id": made.id, "at": made.at, "editor": made.editor, "decide": "name", **said}
    return {key: value for key, value in known.items() if value}
