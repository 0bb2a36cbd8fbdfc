"""What the project promises about itself: its licence, its locks and its log of changes."""

import re
import tomllib
from importlib.metadata import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from support.repo import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^ ]+)(?: ; [^\\\n]+)? \\\n"
    r"(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+",
    flags=re.MULTILINE,
)


def lock_text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, set[Version]]:
    found: dict[str, set[Version]] = {}
    for match in PIN.finditer(lock_text(name)):
        found.setdefault(canonicalize_name(match["name"]), set()).add(Version(match["version"]))
    return found


def declared(group: str) -> list[Requirement]:
    listed = PROJECT["dependency-groups"][group] if group else PROJECT["project"]["dependencies"]
    return [Requirement(item) for item in listed if isinstance(item, str)]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(lock: str) -> None:
    assert PIN.sub("", lock_text(lock)).strip() == ""
    assert len(pins(lock)) > len(declared(""))


@pytest.mark.parametrize(
    ("lock", "group"), [(LOCKS[0], ""), (LOCKS[0], "build"), (LOCKS[1], ""), (LOCKS[1], "build"), (LOCKS[1], "dev")]
)
def test_every_declared_library_is_pinned_at_an_allowed_version(lock: str, group: str) -> None:
    pinned = pins(lock)
    for requirement in declared(group):
        versions = pinned.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement} is missing in {lock}: run make lock"
        assert all(version in requirement.specifier for version in versions), f"{requirement} {versions}"


def test_tests_run_on_the_very_versions_that_users_get() -> None:
    runtime, dev = (pins(lock) for lock in LOCKS)
    assert runtime == {name: dev[name] for name in runtime}


def test_the_project_is_apache_licensed_and_never_published() -> None:
    project = PROJECT["project"]
    assert project["license"] == "Apache-2.0"
    assert "Private :: Do Not Upload" in project["classifiers"]
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence
    assert "Version 2.0, January 2004" in licence
    assert len(licence.splitlines()) > 200


def test_every_declared_runtime_library_may_be_used_beside_our_licence() -> None:
    for requirement in declared(""):
        if requirement.marker and not requirement.marker.evaluate():
            continue
        about = metadata(requirement.name)
        said = [line for key in ("License-Expression", "License") for line in about.get_all(key, [])]
        words = " ".join(said + [line for line in about.get_all("Classifier", []) if line.startswith("License ::")])
        assert words.strip(), f"{requirement.name} names no licence"
        assert "GPL" not in words, f"{requirement.name}: {words}"


def test_every_runtime_library_is_justified() -> None:
    decision = (ROOT / "docs/decisions/0001-runtime-libraries.md").read_text(encoding="utf-8")
    assert [item.name for item in declared("") if f"| {item.name} |" not in decision] == []


def test_the_changelog_has_room_for_what_comes_next() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[(.+?)\]", changelog, flags=re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert len(headings) == len(set(headings))
