"""The wordings that are read, from `vocabulary/questions.toml` and `vocabulary/asking.toml`, compiled once."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import msgspec

from graph.asking.titles import titles
from graph.vocabulary import Lang, Text, vocabulary

Kind = Literal["connect", "facts", "node", "sources", "events"]
Focus = Literal["what", "who", "when", "where", "source", "how_sure"]
Limit = str  # subsector, there, planned, co_attended, not_yet, or "type:" and a fact type
TITLE: Final = "#t"
OFFICE: Final = "role"  # the type of the facts that have a title
LIMITED_BY: Final = {  # the kinds of a limit's name
    "subsector": ("subsector",),
    "there": ("event", "city", "region", "country"),
}
PLACED: Final = "@"  # "@0" stands for the first name found
_ACTORS: Final = ("agency", "person")
_PIECE: Final = re.compile(r"<(?P<word>\w+)>|\{(?P<name>\w)\}|(?P<mark>[()\[\]|])|(?P<plain>[^\s()\[\]|<>{}]+)")
_MARKS: Final = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|"}
# One name: a name found before, or for a second look any run of words that may be one misspelt.
_FOUND: Final = r"@\d+ "
_GUESSED: Final = r"(?:\S+ ){1,12}?"


class Phrase(msgspec.Struct, frozen=True):
    """One wording as regular expressions: with names already found, and with names still to be guessed.

    They are compiled when a question first needs them: all at once they would take longer than any answer.
    """

    text: str
    find: str
    guess: str

    @property
    def found(self) -> re.Pattern[str]:
        """Return the one with names already found."""
        return _compiled(self.find)

    @property
    def guessed(self) -> re.Pattern[str]:
        """Return the one with names still to be guessed."""
        return _compiled(self.guess)


class Wording(msgspec.Struct, frozen=True):
    """One question of the API and its wordings; kinds: per name, the node kinds it may be."""

    kind: Kind
    phrases: tuple[Phrase, ...]
    kinds: dict[str, tuple[str, ...]]
    understood: Text
    focus: Focus
    types: tuple[str, ...] = ()
    slot: str | None = None
    modality: tuple[str, ...] = ()
    or_node: bool = False


class Title(msgspec.Struct, frozen=True):
    """Titles of office, each as its words without articles, and how bodies are named after what follows them."""

    words: tuple[tuple[str, ...], ...]
    bodies: tuple[str, ...]


class Grammar(msgspec.Struct, frozen=True):
    """All wordings and words. known: every word some wording uses, so none of them is a lone name."""

    wordings: tuple[Wording, ...]
    focus: tuple[tuple[Focus, re.Pattern[str]], ...]  # matches at the start or at the end of a question
    limits: tuple[tuple[Limit, re.Pattern[str]], ...]
    titles: tuple[Title, ...]
    fillers: frozenset[str]
    orders: frozenset[str]
    joints: frozenset[str]  # words no name starts or ends with
    never: frozenset[str]  # words no name holds
    known: frozenset[str]
    language: dict[Lang, frozenset[str]]
    say: dict[str, Text]


@cache
def grammar() -> Grammar:
    """Return the grammar, read once from the data files."""
    words, wordings = _read("asking.toml"), _read("questions.toml")["question"]
    macros: dict[str, str] = words["words"]
    compiled = tuple(_wording(entry, macros) for entry in wordings)
    focus = tuple((name, _edge(phrases, macros)) for name, phrases in words["focus"].items())
    limits = tuple(
        (entry["sets"], re.compile(rf"(?<!\S){_expression(phrase, macros, _FOUND)}"))
        for entry in words["limit"]
        for phrase in entry["phrases"]
    )
    return Grammar(
        wordings=compiled,
        focus=focus,
        limits=limits,
        titles=tuple(_title(entry) for entry in words["title"]),
        fillers=frozenset(words["fillers"]),
        orders=frozenset(words["orders"]),
        joints=frozenset(words["function_words"]) | frozenset(words["question_words"]),
        never=frozenset(words["question_words"]),
        known=frozenset(re.findall(r"[^\W\d_]+", " ".join(_plain_words(words, wordings)))),
        language={"id": frozenset(words["language"]["id"]), "en": frozenset(words["language"]["en"])},
        say={key: msgspec.convert(text, Text) for key, text in words["say"].items()},
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("graph.vocabulary").joinpath(name).read_text(encoding="utf-8"))


def _wording(entry: dict[str, Any], macros: dict[str, str]) -> Wording:
    return Wording(
        kind=entry["kind"],
        phrases=tuple(_phrase(phrase, macros) for phrase in entry["phrases"]),
        kinds={name: _kinds(entry[name]) for name in ("a", "b") if name in entry},
        understood=msgspec.convert(entry["understood"], Text),
        focus=entry["focus"],
        types=tuple(entry.get("types", ())),
        slot=entry.get("slot"),
        modality=tuple(entry.get("modality", ())),
        or_node=entry.get("or_node", False),
    )


def _phrase(phrase: str, macros: dict[str, str]) -> Phrase:
    return Phrase(phrase, _expression(phrase, macros, _FOUND), _expression(phrase, macros, _GUESSED))


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _kinds(roles: str | list[str]) -> tuple[str, ...]:
    """Return the node kinds of roles (actor, place, any) and of kinds named themselves."""
    known = vocabulary()
    groups = {
        "any": tuple(kind.name for kind in known.kinds.values() if kind.role != "source"),
        "actor": known.kinds_with_role("actor"),
        "place": known.kinds_with_role("place"),
    }
    listed = [roles] if isinstance(roles, str) else roles
    return tuple(kind for role in listed for kind in groups.get(role, (role,)))


def _expression(phrase: str, macros: dict[str, str], name: str) -> str:
    """Return a regular expression over words that each end in one space."""
    return "".join(_piece(piece, macros, name) for piece in _PIECE.finditer(phrase))


def _piece(piece: re.Match[str], macros: dict[str, str], name: str) -> str:
    if piece["word"]:
        return "(?:" + "|".join(_spaced(words) for words in macros[piece["word"]].split("|")) + ")"
    if piece["name"]:
        return f"(?P<{piece['name']}>{name})"
    if piece["mark"]:
        return _MARKS[piece["mark"]]
    return _spaced(piece["plain"])


def _spaced(words: str) -> str:
    return "".join(re.escape(word) + " " for word in words.split())


def _edge(phrases: list[str], macros: dict[str, str]) -> re.Pattern[str]:
    either = "|".join(_expression(phrase, macros, _FOUND) for phrase in phrases)
    return re.compile(rf"^(?:{either})|(?<!\S)(?:{either})$")


def _title(entry: dict[str, Any]) -> Title:
    forms = [form for key in entry["posts"] for form in titles().posts[key].forms]
    forms += [tuple(title.split()) for title in entry.get("words", ())]
    return Title(tuple(sorted(forms, key=len, reverse=True)), tuple(entry["bodies"]))


def _plain_words(words: dict[str, Any], wordings: list[dict[str, Any]]) -> list[str]:
    """Return all wordings without macros and names."""
    phrases = [phrase for entry in (*wordings, *words["limit"]) for phrase in entry["phrases"]]
    phrases += [phrase for group in words["focus"].values() for phrase in group]
    plain = [re.sub(r"<\w+>|\{\w\}", " ", phrase) for phrase in phrases]
    return [
        *plain,
        *words["words"].values(),
        *words["fillers"],
        *words["orders"],
        *words["function_words"],
        *words["question_words"],
    ]
