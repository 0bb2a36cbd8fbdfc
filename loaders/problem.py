"""What is wrong and where: collected, sorted and rendered later, never thrown at the first mistake."""

from collections.abc import Iterable

import msgspec

from graph.time import LAST_DAY
from graph.vocabulary import Text

Value = str | Text


class At(msgspec.Struct, frozen=True, order=True):
    """A position in a file; line and column count from 1, columns in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(msgspec.Struct, frozen=True):
    """One finding. code: E error, W warning, I information; its words are in messages.toml.

    values fill the words; nearest: the right values that come closest; allowed: what may stand there.
    about: local key of the fact or id of the node it concerns, which an acknowledgement may name.
    """

    code: str
    at: At
    values: dict[str, Value] = {}
    nearest: tuple[Value, ...] = ()
    allowed: tuple[str, ...] = ()
    about: str = ""

    @property
    def is_error(self) -> bool:
        """Whether nothing may be written because of it."""
        return self.code.startswith("E")


class Problems:
    """Collects what is found wrong in one run. today: the ISO day by which dates are judged."""

    def __init__(self, today: str = LAST_DAY) -> None:
        """Start with nothing found."""
        self.today = today
        self._found: list[Problem] = []

    def add(
        self,
        code: str,
        at: At,
        *,
        nearest: Iterable[Value] = (),
        allowed: Iterable[str] = (),
        about: str = "",
        **values: Value,
    ) -> None:
        """Note one finding; values are the words its message asks for."""
        self._found.append(Problem(code, at, values, tuple(nearest), tuple(allowed), about))

    def note(self, problem: Problem) -> None:
        """Note a finding made elsewhere."""
        self._found.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take over findings of another collection."""
        self._found.extend(problems)

    def __len__(self) -> int:
        return len(self._found)

    def sorted(self) -> tuple[Problem, ...]:
        """Return the findings by file, line, column and code, each one once."""
        unique: dict[str, Problem] = {repr(problem): problem for problem in self._found}
        return tuple(sorted(unique.values(), key=lambda p: (p.at, p.code)))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything found forbids writing."""
    return any(problem.is_error for problem in problems)
