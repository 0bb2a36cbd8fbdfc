"""A loader to be killed: forks a child per round, so that a round costs no start-up, and says what each one did.

Run as `python killable.py <url>`. Each line "<mode> <seed>" on its input starts one child. The output is, in lines of
words: "ready <pid>" when a child begins to write, "load <id> <content>" after a commit returned, "end <exit code>" when
the child is gone.
"""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from support.graphs import actors, put, random_graph, random_statement, source, subsectors  # noqa: E402

from graph.errors import UndoConflict, Unreadable  # noqa: E402
from graph.store import Store  # noqa: E402
from graph.stores import open_store  # noqa: E402
from graph.stores.journal import Entity  # noqa: E402
from graph.vocabulary import Text, vocabulary  # noqa: E402

SLUGS = ("s0", "s1", "s2", "s3")


def say(line: str) -> None:
    """One write, so that a kill never leaves half a line."""
    os.write(1, f"{line}\n".encode())


async def commit_for_ever(store: Store, rng: Random) -> None:
    """Loads, edits, withdrawals and undos, one after another."""
    with suppress(Unreadable):  # a round before this one wrote them
        await put(store, *actors(10), *subsectors(), *(source(slug) for slug in SLUGS))
    while True:
        async with store.view() as view:
            last = await view.loads(limit=4)
        try:
            if rng.random() < 0.3:
                load = await store.commit(await store.revert(rng.choice(last).id))
            else:
                load = await put(store, *some_entities(rng))
        except (UndoConflict, Unreadable):
            continue
        say(f"load {load.id} {load.content}")


def some_entities(rng: Random) -> list[Entity]:
    """Statements, renamed actors and a withdrawal now and then."""
    slug = rng.choice(SLUGS)
    entities: list[Entity] = [
        random_statement(rng, f"{slug}.k{rng.randrange(8)}", actors(10)) for _ in range(rng.randrange(1, 12))
    ]
    if rng.random() < 0.3:
        entities.append(source(slug, withdrawn=Text(id="keliru", en="wrong") if rng.random() < 0.5 else None))
    return list({one.id: one for one in entities}.values())


async def work(url: str, mode: str, rng: Random) -> None:
    """What one child does until it is killed."""
    store = open_store(url)
    await store.prepare()
    say(f"ready {os.getpid()}")
    if mode == "commit":
        await commit_for_ever(store, rng)
    load = await store.fill(random_graph(rng, nodes=300, statements=6000))
    say(f"load {load.id} {load.content}")


def main() -> None:
    """Fork a child per line of input and wait for it. What every child needs is read before."""
    vocabulary()
    open_store(sys.argv[1])
    for line in sys.stdin:
        mode, seed = line.split()
        child = os.fork()
        if child == 0:
            asyncio.run(work(sys.argv[1], mode, Random(int(seed))))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        say(f"end {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
