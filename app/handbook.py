"""The pages that say what the program says: docs/commands.md from the command line, docs/facts.md from the vocabulary.

`python -m app.handbook`, in the project's folder, writes them anew; the tests compare them.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import typer

from app.cli import cli
from app.commands.failures import EXIT_CODES
from app.commands.session import SHARED
from graph.vocabulary import ACTED_FOR, FactType, Text, vocabulary

PAGES: Final = Path("docs")
_COMMANDS: Final = """\
# Perintah · Commands

Halaman ini dibuat dari perintahnya sendiri; `jejaring PERINTAH --help` mengatakan hal yang sama.
This page is written from the commands themselves; `jejaring COMMAND --help` says the same.

    jejaring ask "siapa yang menghubungkan Jakarta dengan Korea?"
    jejaring ask "who visited Kemenekraf?" --format json
    jejaring connect jakarta korea --max-hops 2 --since 2025
    jejaring check data/articles/2026/
    jejaring plan data/ --out plan.json
    jejaring load --plan plan.json --yes
    jejaring undo last

Hasil ditulis ke keluaran baku, keterangan dan galat ke keluaran galat. `load` memeriksa, menunjukkan rencana, bertanya,
lalu menulis semuanya atau tidak sama sekali; tanpa orang yang dapat ditanya, `--yes` wajib.
Results go to standard output, notes and errors to standard error. `load` checks, shows the plan, asks, and writes
everything or nothing; where nobody can be asked, `--yes` is required.

Bahasa · Language: `--lang`, `JEJARING_LANG`, locale (`LC_ALL`, `LC_MESSAGES`, `LANG`), `id`. `ask` menjawab dalam
bahasa pertanyaannya bila bahasa tidak diminta · answers in the question's language when none was asked for.
"""
_FACTS: Final = """\
# Jenis fakta · Fact types

Halaman ini dibuat dari `graph/vocabulary/fact_types.toml`. Sebuah fakta adalah satu kejadian atau keadaan yang
diceritakan paling sedikit satu artikel. Jenisnya menentukan siapa yang boleh mengisi tempat mana, dan hubungan apa
yang mengikutinya.

This page is written from `graph/vocabulary/fact_types.toml`. A fact is one happening or state that at least one article
tells. Its type decides who may fill which slot, and which tie follows from it.

- **Tempat · slots**: `*` wajib · required; `+` boleh beberapa · may be several. Pihak di sisi a dan b saling terhubung,
  juga pihak pada `sides` yang berbeda · the parties of side a and b are tied, and so are those of different `sides`.
  *tanpa sisi · no side*: disebut, tetapi tidak terhubung karenanya · named, but not tied by it.
- **Ditelusuri · walked**: apakah jalur mengikuti hubungan ini · whether routes follow the tie.
- **Kekuatan · strength**: dasar kekuatan satu langkah, 0 sampai 1 · the base strength of one hop; **menua · ages**:
  memudar menurut umur fakta · fades with the age of the fact.
"""
_WALKS: Final[dict[str, Text]] = {
    "walkable": Text(id="ya", en="yes"),
    "planned": Text(id="hanya bila `include=planned`", en="only with `include=planned`"),
    "co_attended": Text(id="hanya bila `include=co_attended`", en="only with `include=co_attended`"),
    "structural": Text(
        id="orang berdiri bersama lembaganya, tanpa langkah", en="a person stands with the body, no hop"
    ),
    "filter": Text(id="tidak; menyaring menurut subsektor", en="no; filters by subsector"),
    "containment": Text(id="tidak; menempatkan pelaku", en="no; places an actor"),
    "none": Text(id="tidak; hanya ditampilkan", en="no; shown only"),
}


def commands_page() -> str:
    """Return docs/commands.md."""
    lines = [_COMMANDS, "## Kode akhir · Exit codes", "", "| kode · code | arti · meaning |", "|---|---|"]
    lines += [f"| {code} | {_both(text)} |" for code, text in EXIT_CODES.items()]
    line: Any = typer.main.get_command(cli)
    lines += ["", "## Pilihan bersama · Shared options", "", *_options(p for p in line.params if _is_shared(p)), ""]
    panel = ""
    for name, command in line.commands.items():
        if command.rich_help_panel != panel:
            panel = command.rich_help_panel
            lines += [f"## {panel.replace(' / ', ' · ')}", ""]
        lines += [*_command(name, command), ""]
    return "\n".join(lines)


def facts_page() -> str:
    """Return docs/facts.md."""
    lines = [_FACTS, "| jenis · type | tempat · slots | hubungan · tie | ditelusuri · walked | kekuatan · strength |"]
    lines.append("|---|---|---|---|---|")
    lines += [_fact_row(name, kind) for name, kind in vocabulary().fact_types.items()]
    acted = f"`{ACTED_FOR.name}`"
    lines += [
        "",
        f"Bila orang dan lembaga disebut bersama dalam satu pihak, orang itu bertindak untuk lembaganya ({acted}).",
        f"A person named together with a body in one party acted for that body ({acted}).",
        "",
        "## Bunyinya · How they read",
        "",
        "| jenis · type | Indonesia | English |",
        "|---|---|---|",
    ]
    for name, kind in vocabulary().fact_types.items():
        ways = (kind.done.ab,) if kind.symmetric else (kind.done.ab, kind.done.ba)
        told = (" / ".join(way.id for way in ways), " / ".join(way.en for way in ways))
        lines.append(f"| `{name}` | {told[0]} | {told[1]} |")
    return "\n".join([*lines, ""])


def main() -> None:
    """Write the pages."""
    for name, text in (("commands", commands_page()), ("facts", facts_page())):
        (PAGES / f"{name}.md").write_text(text, encoding="utf-8")


# ---- commands --------------------------------------------------------------------------------------------------------


def _command(name: str, command: Any) -> Iterator[str]:  # noqa: ANN401 - typer's own classes
    english, _, indonesian = command.help.partition("\n\n")
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    usage = " ".join([f"jejaring {name}", *(_placeholder(param) for param in arguments)])
    yield f"### `{usage}`"
    yield ""
    yield " ".join(english.split())
    yield f"*{' '.join(indonesian.split())}*"
    own = [param for param in command.params if not _is_shared(param)]
    if own:
        yield ""
        yield from _options(own)


def _options(params: Iterable[Any]) -> Iterator[str]:
    yield "| | |"
    yield "|---|---|"
    for param in params:
        if param.param_type_name == "argument":
            yield f"| `{_placeholder(param)}` | {_help(param)} |"
            continue
        written = [*param.opts, *param.secondary_opts]
        value = "" if param.is_flag else f" {_value(param)}"
        names = ", ".join(f"`{option}{value}`" for option in written)
        default = f" (`{param.default}`)" if param.default and not param.is_flag else ""
        yield f"| {names} | {_help(param)}{default} |"


def _help(param: Any) -> str:  # noqa: ANN401
    return str(param.help or "").replace(" / ", " *", 1) + ("*" if " / " in (param.help or "") else "")


def _value(param: Any) -> str:  # noqa: ANN401
    choices = param.type_descriptor.choices
    shown = "\\|".join(choices) if choices else param.metavar or param.name.upper()
    return str(shown)


def _placeholder(param: Any) -> str:  # noqa: ANN401
    name = (param.metavar or param.name.upper()).strip("[]")
    several = "..." if param.nargs == -1 else ""
    return f"{name}{several}" if param.required else f"[{name}{several}]"


def _is_shared(param: Any) -> bool:  # noqa: ANN401
    return getattr(param, "rich_help_panel", None) == SHARED


# ---- facts -----------------------------------------------------------------------------------------------------------


def _fact_row(name: str, kind: FactType) -> str:
    tie = f"`{kind.tie}`{' ↔' if kind.symmetric else ' →'}" if kind.tie else "–"
    ages = f"; {_both(Text(id='menua', en='ages'))}" if kind.ages else ""
    strength = f"{kind.strength:g}{ages}" if kind.strength else "–"
    cells = (f"`{name}` {_both(kind.label)}", "; ".join(_slots(kind)), tie, _both(_WALKS[kind.walk]), strength)
    return f"| {' | '.join(cells)} |"


def _slots(kind: FactType) -> Iterator[str]:
    kinds = vocabulary().kinds
    sides = {"*": "`sides`", "a": "a", "b": "b", "": _both(Text(id="tanpa sisi", en="no side"))}
    for slot in kind.slots:
        marks = ("\\*" if slot.required else "") + ("+" if slot.many else "")
        who = ", ".join(_both(kinds[each].label) for each in slot.kinds)
        yield f"`{slot.name}`{marks} ({sides[slot.side]}) {_both(slot.label)}: {who}"
    if kind.attributes:
        yield ", ".join(f"`{attribute}`" for attribute in kind.attributes)


def _both(text: Text) -> str:
    return text.id if text.id == text.en else f"{text.id} · {text.en}"


if __name__ == "__main__":
    main()
