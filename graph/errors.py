"""The error tree. Every error that may reach a user carries a code and a text in both languages.

JejaringError
├── NotFound              unknown id (404)
│   └── Gone              withdrawn or unsupported; carries the reason (410)
├── Moved                 a retired id; carries the id that replaced it (308)
├── Unreadable            a value that cannot be read; names the parameter (422)
├── Ambiguous             a name that means several nodes; carries them (300-style choice, 422)
├── BudgetExceeded        a question that is too large; says how to narrow it (422)
├── Stale                 the plan was made for another version of the graph (409)
├── UndoConflict          entities changed since the load to be undone; all of them listed (409)
├── StoreUnavailable      cannot be reached, opened or is locked by another writer (503)
│   ├── NoGraph           nothing has been loaded there yet (503)
│   └── StoreTimeout      no answer before the deadline (504)
├── StoreDamaged          the file is not a store, is damaged, or of an unknown schema version (500)
└── StoreFull             no space left (507)
"""

from graph.vocabulary import Text


class JejaringError(Exception):
    """Base of all expected errors. code is stable; text is shown to users."""

    code = "error"

    def __init__(self, text: Text) -> None:
        """Keep the text in both languages; str(error) is the English one."""
        super().__init__(text.en)
        self.text = text


class NotFound(JejaringError):
    """An id that the graph does not know."""

    code = "not_found"

    def __init__(self, what: str) -> None:
        """Name the kind of thing that was looked for (never echo the input)."""
        super().__init__(Text(id=f"{what}: tidak ditemukan.", en=f"{what}: not found."))


class Gone(NotFound):
    """An id that was withdrawn or lost its support; reason says why."""

    code = "gone"

    def __init__(self, what: str, reason: Text) -> None:
        """Keep the reason beside the kind of thing."""
        super().__init__(what)
        self.reason = reason
        self.text = Text(id=f"{what}: sudah ditarik. {reason.id}", en=f"{what}: withdrawn. {reason.en}")


class Moved(JejaringError):
    """A retired id; target is the id that now stands for it."""

    code = "moved"

    def __init__(self, target: str) -> None:
        """Keep the id to go to."""
        super().__init__(Text(id=f"Pindah ke {target}.", en=f"Moved to {target}."))
        self.target = target


class Unreadable(JejaringError):
    """A value that cannot be read: which parameter, what is allowed, and the ids of nodes that may be meant."""

    code = "unreadable"

    def __init__(self, parameter: str, text: Text, candidates: tuple[str, ...] = ()) -> None:
        """Keep the parameter's name, what is allowed in both languages, and what may be meant instead."""
        super().__init__(text)
        self.parameter = parameter
        self.candidates = candidates


class Ambiguous(JejaringError):
    """A name that means several nodes; candidates are their ids, best first."""

    code = "ambiguous"

    def __init__(self, parameter: str, candidates: tuple[str, ...]) -> None:
        """Keep the candidates so that a reader can choose."""
        super().__init__(
            Text(
                id=f"{parameter}: nama ini punya beberapa arti; pilih salah satu: {', '.join(candidates)}.",
                en=f"{parameter}: this name has several meanings; choose one: {', '.join(candidates)}.",
            )
        )
        self.parameter = parameter
        self.candidates = candidates


class BudgetExceeded(JejaringError):
    """A question that costs more than one question may."""

    code = "too_large"


class Stale(JejaringError):
    """The graph moved between planning and committing; load is what moved it."""

    code = "stale"


class UndoConflict(JejaringError):
    """What a load wrote was changed by later loads; conflicts lists (entity id, load id)."""

    code = "undo_conflict"

    def __init__(self, conflicts: tuple[tuple[str, str], ...]) -> None:
        """Keep all conflicts, not only the first."""
        listed = "; ".join(f"{entity} ({load})" for entity, load in conflicts)
        super().__init__(
            Text(
                id=f"Tidak dapat dibatalkan: sudah diubah oleh muatan lain: {listed}",
                en=f"Cannot undo: changed by later loads: {listed}",
            )
        )
        self.conflicts = conflicts


class StoreUnavailable(JejaringError):
    """The store cannot be reached or opened, or another writer holds it."""

    code = "store_unavailable"


class NoGraph(StoreUnavailable):
    """The store is there to be created: nothing has been loaded yet."""

    code = "no_graph"


class StoreTimeout(StoreUnavailable):
    """The store gave no answer before the deadline."""

    code = "store_timeout"


class StoreDamaged(JejaringError):
    """Not a store, a damaged one, or one of a schema version this program does not know."""

    code = "store_damaged"


class StoreFull(JejaringError):
    """No space left where the store lives. Nothing was written."""

    code = "store_full"
