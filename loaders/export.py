"""The whole graph as JSON lines: one live entity a line, in an order that depends on nothing but the content."""

from typing import Protocol

from graph.store import GraphReader
from loaders.plan import KIND_ORDER, documents


class TextStream(Protocol):
    """Something text can be written to."""

    def write(self, text: str, /) -> object:
        """Take one piece of text."""


async def export_jsonl(view: GraphReader, stream: TextStream) -> int:
    """Write every live entity as {"kind": ..., "entity": ...}, nodes before articles before facts, each by id.

    Entities are the store's canonical documents, so equal graphs give equal bytes. Returns the number of lines.
    """
    count = 0
    for kind in KIND_ORDER:
        async for _, doc in documents(view, kind):
            stream.write(f'{{"kind":"{kind}","entity":{doc}}}\n')
            count += 1
    return count
