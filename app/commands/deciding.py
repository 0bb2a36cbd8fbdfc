"""Keep an editor's decision about a name, once it is whole and names a node of the graph."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from app.commands.failures import INVALID, USAGE, Stopped
from app.commands.session import Session
from graph.vocabulary import Text
from loaders.decide import NameDecision, record


async def decide(session: Session, name: str, means: str, given: Mapping[str, str]) -> None:
    """Record that a name means a node. given: article, editor, reason. Raises Stopped, NotFound, Moved."""
    missing = [f"--{option}" for option in ("editor", "reason") if not given[option]]
    if missing:
        listed = ", ".join(missing)
        raise Stopped(USAGE, Text(id=f"Sebutkan juga: {listed}.", en=f"Name these too: {listed}."))
    async with session.view() as view:
        await view.node(means)
    made = NameDecision(
        name=name,
        means=means,
        at=datetime.now(UTC).date().isoformat(),
        editor=given["editor"],
        reason=given["reason"],
        article=given["article"] or None,
    )
    path = _kept(session.settings.data, made)
    session.terminal.say(Text(id=f"Keputusan {made.id} disimpan di {path}.", en=f"Decision {made.id} kept in {path}."))


def _kept(data: Path, made: NameDecision) -> Path:
    try:
        return record(data, made)
    except OSError as error:
        reason = error.strerror
        text = Text(id=f"{data} tidak dapat ditulis: {reason}.", en=f"{data} cannot be written: {reason}.")
        raise Stopped(INVALID, text) from None
