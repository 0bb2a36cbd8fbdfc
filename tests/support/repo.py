"""What the tests of the house itself share: where it stands, which files it has, and what is wrong with them.

Every finder takes text, so that a test can show that it finds something.
"""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = ("app", "graph", "loaders")
MAX_FILE: Final = 400
MAX_FUNCTION: Final = 60

Function = ast.FunctionDef | ast.AsyncFunctionDef

# Written so that no pattern matches its own text.
ADDRESSES: Final = re.compile(
    r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|repo1?[.]maven|static[.]crates|proxy[.]golang|deb[.]debian"
    r"|--(?:(?:extra-)?index-url|find-links|trusted-host)"
)
MACHINE_PATHS: Final = re.compile(
    r"(?<![\w.$})-])/(?:root|home/\w|Users/\w|work|tmp/\w|var/folders)[\w/]|\b[A-Z]:\\Users\\\w"
)


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control, as paths relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(path for name in listed.split("\0") if name and (ROOT / (path := Path(name))).is_file())


def python_files(*rooms: str) -> list[Path]:
    """The Python files of the named top-level folders."""
    return [path for path in files() if path.suffix == ".py" and path.parts[0] in rooms]


def text_of(path: Path) -> str | None:
    """The text of a file of the repository; None when it is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def source(path: Path) -> str:
    """The text of a Python file of the repository."""
    return (ROOT / path).read_text(encoding="utf-8")


def too_long(text: str) -> list[str]:
    """Name the file when it has too many lines, and every function that has."""
    lines = text.count("\n")
    found = [f"file: {lines} lines"] if lines > MAX_FILE else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            found += [f"{node.lineno} {node.name}: {length} lines"] if length > MAX_FUNCTION else []
    return found


def environment_reads(text: str) -> list[int]:
    """The lines that touch the process environment."""
    names = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in names and isinstance(node.value, ast.Name):
            found += [node.lineno] if node.value.id == "os" else []
        elif isinstance(node, ast.ImportFrom) and node.module == "os":
            found += [node.lineno for alias in node.names if alias.name in names]
    return sorted(found)


def imported(text: str) -> set[str]:
    """The top-level packages that a file imports, wherever in the file it does so."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def undocumented(text: str) -> list[str]:
    """The public names of a file that say nothing about themselves; the file itself is `module`."""
    tree = ast.parse(text)
    found = [] if ast.get_docstring(tree) else ["module"]
    return found + [name for name, node in _public(tree.body) if not ast.get_docstring(node)]


def _public(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, Function | ast.ClassDef]]:
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_") and not _exempt(node):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body, f"{prefix}{node.name}.")


def _exempt(node: Function | ast.ClassDef) -> bool:
    # The documented name is the one that is overridden, overloaded or read.
    said = {ast.unparse(decorator).split(".")[-1] for decorator in node.decorator_list}
    return bool(said & {"override", "overload", "setter", "deleter"})


def addresses(text: str) -> list[str]:
    """What in a text ties it to one package index or one machine."""
    return [match.group() for pattern in (ADDRESSES, MACHINE_PATHS) for match in pattern.finditer(text)]
