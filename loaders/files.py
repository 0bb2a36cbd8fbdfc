"""Finds the files of a load and decodes them; whatever is not clean UTF-8 text is refused with its position."""

import os
import re
import stat
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from graph.vocabulary import Text
from loaders.problem import At, Problems

MAX_BYTES: Final = 4 * 1024 * 1024
YAML_ENDINGS: Final = (".yaml", ".yml")
ENDINGS: Final = (*YAML_ENDINGS, ".jsonl")
_MARKS: Final = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
# What YAML 1.2 (section 5.1) calls not printable, tab, line feed and carriage return excepted.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


class Files(msgspec.Struct, frozen=True):
    """The files of a load in the order of their names, each once, and the folders that were given as a whole.

    left_out: files that were found there and are not to be read.
    """

    names: tuple[str, ...]
    folders: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    def covers(self, part: str) -> bool:
        """Whether the folder of that name (registry, articles) was given as a whole."""
        return any(Path(folder).name == part or is_folder(Path(folder) / part) for folder in self.folders)


def collect(paths: Sequence[str], found: Problems, without: Collection[str] = ()) -> Files:
    """Return the files that the given files and folders hold; problems: missing, nothing inside, unknown ending."""
    names: list[str] = []
    folders: list[str] = []
    for given in paths:
        path = Path(given)
        if is_folder(path):
            inside = sorted(_inside(path))
            folders.append(path.as_posix())
            if not inside:
                found.add("E118", At(path.as_posix()), allowed=ENDINGS)
            names += inside
        elif path.suffix not in ENDINGS and _exists(path):
            found.add("E119", At(path.as_posix()), allowed=ENDINGS, ending=path.suffix or path.name)
        else:
            names.append(path.as_posix())
    shown: dict[str, str] = {}
    for name in names:
        shown.setdefault(absolute(name).as_posix(), name)
    wanted = sorted(name for name in shown.values() if name not in without)
    return Files(tuple(wanted), tuple(folders), tuple(sorted(set(shown.values()) - set(wanted))))


def absolute(name: str) -> Path:
    """Return a path from the root without `..`, whether it exists or not."""
    return Path(os.path.normpath(Path(name).absolute()))


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; one that no system could open is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _inside(folder: Path) -> Iterator[str]:
    for parent, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in names:
            if name.endswith(ENDINGS) and not name.startswith("."):
                yield (Path(parent) / name).as_posix()


def read_text(file: str, found: Problems) -> str | None:
    """Return the text of a file, or None after noting why it cannot be one."""
    data = _read_bytes(file, found)
    if data is None:
        return None
    for mark, name in _MARKS:
        if data.startswith(mark):
            found.add("E105", At(file), encoding=name)
            return None
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        found.add("E103", _at_byte(file, data, error.start), byte=f"0x{data[error.start]:02X}")
        return None
    control = _CONTROL.search(text)
    if control is not None:
        found.add("E104", at_offset(file, text, control.start()), character=f"U+{ord(control.group()):04X}")
        return None
    return text


def _read_bytes(file: str, found: Problems) -> bytes | None:
    try:
        # A pipe or device would be waited for; O_NONBLOCK lets it be looked at instead.
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        found.add("E101", At(file), reason=_reason(error))
        return None
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            found.add("E101", At(file), reason=Text(id="bukan berkas biasa", en="not a regular file"))
            return None
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        found.add("E102", At(file), limit=f"{MAX_BYTES // 1024} KiB")
        return None
    return data


def _reason(error: Exception) -> Text:
    if isinstance(error, FileNotFoundError):
        return Text(id="tidak ada", en="it does not exist")
    if isinstance(error, PermissionError):
        return Text(id="tidak boleh dibaca", en="it may not be read")
    return Text(id="sistem menolaknya", en="the system refuses it")


def _at_byte(file: str, data: bytes, offset: int) -> At:
    return at_offset(file, data[:offset].decode() + "?", -1)


def at_offset(file: str, text: str, offset: int) -> At:
    """Return the position of a character of a text; -1 is the last one."""
    offset = len(text) - 1 if offset < 0 else offset
    before = text[:offset]
    return At(file, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
