"""The pages cannot lie: what the program has stands in them, and what they show works."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from support.repo import PROGRAM, ROOT, files

from app.cli import cli
from app.handbook import commands_page, facts_page
from app.main import create_app
from app.routes import api_routes
from app.settings import SETTINGS, Settings
from graph.vocabulary import vocabulary
from loaders.messages import messages

RENEW = "renew it: python -m app.handbook"
LINE: Any = typer.main.get_command(cli)


def page(name: str) -> str:
    """One page of docs/."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def pages() -> list[Path]:
    """Every page for people, decisions too."""
    return [path for path in files() if path.suffix == ".md"]


def code_in(text: str) -> Iterator[str]:
    """Every piece of code in a page: code blocks line by line, indented ones, and code within a line."""
    fenced = False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            yield line.strip()
        else:
            yield from re.findall(r"`([^`]+)`", line)


def commands_in(text: str) -> Iterator[list[str]]:
    """The words of every `jejaring` command that a page shows."""
    for code in code_in(text):
        command = re.match(r"(?:\$ )?(?:\.venv[/\\](?:bin|Scripts)[/\\])?jejaring\s+(.+)", code)
        if command:
            yield shlex.split(command.group(1), comments=True)


def wrong(words: list[str]) -> str | None:
    """Why these words are no command, or None. A name alone only mentions a command; capitals stand for any."""
    name, *rest = words
    if name.isupper() or name in {"--help", "--version"}:
        return None
    if name not in LINE.commands:
        return f"there is no command {name}"
    if not rest or any(word.isupper() for word in rest):
        return None
    try:
        with LINE.make_context("jejaring", [name]) as context:
            LINE.commands[name].make_context(name, list(rest), parent=context)
    except typer.TyperException as error:
        return error.format_message()
    except typer.Exit:
        return None
    return None


def links_in(text: str) -> list[str]:
    """The files that a page points to, without those of other sites."""
    found = re.findall(r"\]\(([^)#\s]+)", text)
    return [link for link in found if not re.match(r"[a-z]+:", link)]


# ---- what the program has stands in the pages ------------------------------------------------------------------------


def test_the_page_of_commands_is_the_commands() -> None:
    assert page("commands.md") == commands_page(), RENEW
    shown = re.findall(r"^### `jejaring ([a-z]+)", page("commands.md"), flags=re.MULTILINE)
    assert sorted(shown) == sorted(LINE.commands)


def test_every_option_of_every_command_stands_in_the_page() -> None:
    sections = re.split(r"^### `jejaring ", page("commands.md"), flags=re.MULTILINE)
    shared = {option for param in LINE.params for option in param.opts}
    for section in sections[1:]:
        name = re.split(r"[ `]", section)[0]
        for param in LINE.commands[name].params:
            missing = [o for o in param.opts if o.startswith("-") and o not in shared and f"`{o}" not in section]
            assert missing == [], f"{name}: {RENEW}"


def test_the_page_of_fact_types_is_the_vocabulary() -> None:
    assert page("facts.md") == facts_page(), RENEW
    for name, kind in vocabulary().fact_types.items():
        (row,) = [line for line in page("facts.md").splitlines() if line.startswith(f"| `{name}` {kind.label.id}")]
        told = [kind.label.en, kind.tie, *(f"`{slot.name}`" for slot in kind.slots), *kind.attributes]
        assert [each for each in told if each not in row] == []


def test_every_setting_stands_in_the_page_of_settings() -> None:
    for setting in SETTINGS:
        rows = [line for line in page("settings.md").splitlines() if line.startswith(f"| `{setting.name}` |")]
        assert len(rows) == 1, setting.name
        assert setting.default in rows[0]
        assert setting.meaning.en in rows[0]
        assert setting.meaning.id in rows[0]


def test_every_path_of_the_api_stands_in_the_page_of_the_api() -> None:
    described = {route.path for route in api_routes()}
    with_own_page = {path for path in create_app(Settings()).openapi()["paths"] if path.startswith("/api/v1/")}
    assert described
    for path in described | with_own_page:
        assert f"`GET {path.removeprefix('/api/v1')}`" in page("api.md") or path in page("api.md"), path


def test_every_check_stands_in_the_page_of_checks() -> None:
    assert [code for code in messages() if f"### {code}\n" not in page("checks.md")] == []


# ---- what the pages show works ---------------------------------------------------------------------------------------


def test_every_command_in_every_page_can_be_run() -> None:
    shown = {str(path): list(commands_in((ROOT / path).read_text(encoding="utf-8"))) for path in pages()}
    assert sum(len(commands) for commands in shown.values()) > 20
    assert [(path, words, why) for path, found in shown.items() for words in found if (why := wrong(words))] == []


@pytest.mark.parametrize(
    "words", [["asks", "x"], ["ask"], ["ask", "x", "--fromat", "json"], ["log", "--limit", "many"], ["show", "1", "2"]]
)
def test_a_command_that_cannot_be_run_would_be_found(words: list[str]) -> None:
    assert wrong(words) or words == ["ask"]


def test_commands_are_found_in_every_kind_of_code() -> None:
    text = (
        "Run `jejaring log`:\n\n    jejaring show 1   # one\n\n```\n$ .venv/bin/jejaring ask 'a b'\n```\njejaring x\n"
    )
    assert list(commands_in(text)) == [["log"], ["show", "1"], ["ask", "a b"]]


def test_every_make_target_in_every_page_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    for path in pages():
        for code in code_in((ROOT / path).read_text(encoding="utf-8")):
            named = re.match(r"make ([a-z]+)\b", code)
            assert named is None or named.group(1) in targets, f"{path}: {code}"


def test_every_link_between_pages_leads_somewhere() -> None:
    missing = [
        (str(path), link)
        for path in pages()
        for link in links_in((ROOT / path).read_text(encoding="utf-8"))
        if not (ROOT / path.parent / link).exists()
    ]
    assert missing == []


def test_a_link_that_leads_nowhere_would_be_found() -> None:
    assert links_in("[a](docs/none.md) [b](https://example.org) [c](x.md#part)") == ["docs/none.md", "x.md"]


@pytest.mark.parametrize("name", ["README.md", "docs/README.md"])
def test_the_front_pages_lead_to_every_page(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    known = set(links_in(text)) | {Path(link).name for link in links_in(text)}
    if name == "docs/README.md":
        assert {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"} <= known
    assert "docs/editors.md" in known or "editors.md" in known


def test_messages_point_to_pages_that_exist() -> None:
    program = [path for path in files() if path.parts[0] in PROGRAM and path.suffix in (".toml", ".py", ".yaml")]
    texts = [(ROOT / path).read_text(encoding="utf-8") for path in program]
    named = {found for text in texts for found in re.findall(r"docs/[a-z0-9/-]+\.md", text)}
    assert len(named) > 3
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
