"""The report of a check or a plan, as the loaders write it, with colours where it is read by a person."""

from typing import Final, Literal

from app.show.terminal import Terminal
from loaders.checked import Checked
from loaders.report import render
from loaders.run import Planned

_STYLES: Final = {"+": "green", "-": "red", "~": "yellow"}


def show_report(
    terminal: Terminal, report: Checked | Planned, format: Literal["text", "json", "github"] = "text"
) -> None:
    """Print what was found and what would change."""
    text = render(report, terminal.lang, format)
    if format != "text":
        terminal.write(text.encode())
        return
    for line in text.splitlines():
        bare = line.lstrip()
        indent = line[: len(line) - len(bare)]
        terminal.say(bare, _STYLES.get(bare[:2].rstrip(), ""), indent=indent, hang=indent + "    ")
