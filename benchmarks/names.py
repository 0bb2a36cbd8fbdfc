"""Made-up names with the shape of real ones: a few very common words, many rare ones. They name nobody.

Every name is a pure function of a number, so any node can be named without keeping a list.
"""

from typing import Final

_CONSONANTS: Final = "bcdfghjklmnprstvwyzq"
_VOWELS: Final = "aeiou"
_ENDINGS: Final = ("", "n", "r", "", "s", "k", "ng")
_COMMON_WORDS: Final = 120_000  # different words in names of bodies; low numbers are drawn far more often
_FIRST_NAMES: Final = 4_000
_LAST_NAMES: Final = 60_000
_PLACES_FROM: Final = 900_000

# Sub-kind, first words in Indonesian, last words in English.
BODIES: Final[tuple[tuple[str, str, str], ...]] = (
    ("company", "Studio", "Studio"),
    ("association", "Asosiasi", "Association"),
    ("network", "Jejaring Kreatif", "Creative Network"),
    ("festival", "Festival", "Festival"),
    ("committee", "Komite Ekonomi Kreatif", "Creative Economy Committee"),
    ("film_commission", "Komisi Film", "Film Commission"),
    ("venue", "Gedung Seni", "Arts Centre"),
    ("council", "Dewan Kesenian", "Arts Council"),
    ("market", "Pasar Konten", "Content Market"),
    ("agency", "Badan Promosi", "Promotion Agency"),
    ("local_government", "Pemerintah Kota", "City Government"),
    ("ministry", "Kementerian", "Ministry"),
)


def scatter(number: int, salt: int = 0) -> int:
    """Return 32 bits that look random but depend on the number and the salt alone (a multiply-xor-shift hash)."""
    bits = (number * 0x9E3779B1 + salt * 0x85EBCA77 + 0x165667B1) & 0xFFFFFFFF
    bits = ((bits ^ (bits >> 15)) * 0x2C1B3C6D) & 0xFFFFFFFF
    bits = ((bits ^ (bits >> 12)) * 0x297A2D39) & 0xFFFFFFFF
    return bits ^ (bits >> 15)


def word(number: int) -> str:
    """Return the made-up word of a number below 1,000,000; different numbers give different words."""
    spread = (number * 7_919 + 271_828) % 1_000_000
    syllables = (spread // 10_000, spread // 100 % 100, spread % 100)
    letters = "".join(_CONSONANTS[s % 20] + _VOWELS[s // 20] for s in syllables)
    return (letters + _ENDINGS[number % len(_ENDINGS)]).capitalize()


def place(number: int) -> str:
    """Return the name of a city or country."""
    return word(_PLACES_FROM + number)


def person(number: int) -> str:
    """Return a person's name."""
    first, last = scatter(number, 11) % _FIRST_NAMES, scatter(number, 12) % _LAST_NAMES
    return f"{word(first)} {word(10_000 + last)}"


def body(number: int, kind: int) -> tuple[str, str]:
    """Return a body's name in Indonesian and in English. kind: an index of `BODIES`."""
    _, in_indonesian, in_english = BODIES[kind]
    own = f"{_word_of_a_body(number, 21)} {_word_of_a_body(number, 22)}"
    return f"{in_indonesian} {own}", f"{own} {in_english}"


def acronym(number: int) -> str:
    """Return an acronym of four or five letters; several bodies may share one."""
    bits = scatter(number, 31)
    letters = "".join(chr(ord("A") + (bits >> shift) % 26) for shift in (0, 5, 10, 15))
    return letters if bits % 3 else letters + chr(ord("A") + (bits >> 20) % 26)


def _word_of_a_body(number: int, salt: int) -> str:
    share = scatter(number, salt) / 2**32
    return word(100_000 + int(_COMMON_WORDS * share**3))
