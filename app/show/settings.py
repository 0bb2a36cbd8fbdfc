"""Every setting with its value, default, meaning and what is allowed."""

import msgspec

from app.settings import SETTINGS, Settings
from app.show.terminal import Terminal
from graph.vocabulary import Text


def value_of(settings: Settings, field: str) -> str:
    """Return the value of a setting as it would be written in the environment."""
    value = getattr(settings, field)
    return ",".join(value) if isinstance(value, tuple) else str(value)


def show_settings(terminal: Terminal, settings: Settings) -> None:
    """Print every setting."""
    for setting in SETTINGS:
        value = value_of(settings, setting.field)
        terminal.say(f"{setting.name}={value}", "bold" if value != setting.default else "")
        terminal.say(setting.meaning, indent="    ")
        default = setting.default or terminal.words(Text(id="kosong", en="empty"))
        allowed = Text(
            id=f"Bawaan: {default}. Yang boleh: {setting.allowed.id}.",
            en=f"Default: {default}. Allowed: {setting.allowed.en}.",
        )
        terminal.say(allowed, "dim", indent="    ")


def settings_json(settings: Settings) -> bytes:
    """Return every setting as JSON."""
    rows = [
        {
            "name": setting.name,
            "value": value_of(settings, setting.field),
            "default": setting.default,
            "meaning": setting.meaning,
            "allowed": setting.allowed,
        }
        for setting in SETTINGS
    ]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2) + b"\n"
