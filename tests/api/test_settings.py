"""Settings are read once, all wrong ones are named, and the page about them is true."""

from pathlib import Path

import pytest
from support.repo import ROOT

from app.settings import SETTINGS, Settings, SettingsError, load_settings
from graph.model import Budget


def test_without_any_variable_the_defaults_hold() -> None:
    assert load_settings({}) == Settings()
    assert Settings().budget == Budget()


def test_every_field_is_a_setting_with_words_in_both_languages() -> None:
    assert [setting.field for setting in SETTINGS] == list(Settings.__struct_fields__)
    for setting in SETTINGS:
        assert all((setting.meaning.id, setting.meaning.en, setting.allowed.id, setting.allowed.en))


def test_every_default_written_as_text_reads_as_itself() -> None:
    for setting in SETTINGS:
        assert setting.read(setting.default) == getattr(Settings(), setting.field)


def test_values_are_read_into_their_types() -> None:
    given = {
        "JEJARING_STORE": "sqlite:////srv/graph.db",
        "JEJARING_DATA": "elsewhere",
        "JEJARING_LANG": "en",
        "JEJARING_PORT": " 9000 ",
        "JEJARING_ORIGINS": "https://a.example, https://b.example:8443,https://a.example",
        "JEJARING_BUDGET_READS": "1000",
        "PATH": "/bin",
    }
    read = load_settings(given)
    assert (read.store, read.data, read.lang, read.port) == ("sqlite:////srv/graph.db", Path("elsewhere"), "en", 9000)
    assert read.origins == ("https://a.example", "https://b.example:8443")
    assert read.budget.reads == 1000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "x"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "8_0"),
        ("PORT", ""),
        ("LANG", "fr"),
        ("HOST", "a b"),
        ("DATA", ""),
        ("ORIGINS", "*"),
        ("ORIGINS", "https://a.example/path"),
        ("ORIGINS", "ftp://a.example"),
        ("STORE", "graph.db"),
        ("STORE", "sqlite://graph.db"),
        ("STORE", "sqlite:///"),
        ("STORE", "bolt://host"),
        ("STORE", "neo4j://"),
        ("CACHE_MB", "1e3"),
        ("DEADLINE_MS", "0"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(name: str, value: str) -> None:
    setting = next(setting for setting in SETTINGS if setting.name == f"JEJARING_{name}")
    with pytest.raises(SettingsError) as caught:
        load_settings({setting.name: value})
    for told, allowed in ((caught.value.text.id, setting.allowed.id), (caught.value.text.en, setting.allowed.en)):
        assert told.startswith(f"{setting.name}: ")
        assert allowed in told


def test_all_wrong_settings_are_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"JEJARING_PORT": "x", "JEJARING_LANG": "y", "JEJARING_PROT": "8000"})
    assert [line.partition(":")[0] for line in caught.value.text.en.splitlines()] == [
        "JEJARING_PROT",
        "JEJARING_LANG",
        "JEJARING_PORT",
    ]


def test_a_password_in_the_address_of_a_store_is_refused_and_not_shown() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"JEJARING_STORE": "neo4j://neo4j:hunter2@db:7687"})
    assert "hunter2" not in caught.value.text.en + caught.value.text.id


def test_the_switches_of_the_test_run_are_no_settings() -> None:
    assert load_settings({"JEJARING_TEST_NOSKIP": "1"}) == Settings()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Settings().port = 1  # type: ignore[misc]


def test_the_page_about_settings_tells_each_one_as_it_is() -> None:
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `JEJARING_")]
    assert len(rows) == len(SETTINGS)
    for row, setting in zip(rows, SETTINGS, strict=True):
        default = f"`{setting.default}`" if setting.default else "-"
        meaning = f"{setting.meaning.en} *{setting.meaning.id}*"
        assert row == f"| `{setting.name}` | {default} | {meaning} | {setting.allowed.en} |"
