"""The domain's words: complete in both languages, consistent with each other and with the model's closed lists."""

from typing import get_args

import pytest

from graph import model
from graph.vocabulary import Text, sentences, vocabulary

WORDS = vocabulary()


def texts(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    if isinstance(value, tuple | list):
        return [text for item in value for text in texts(item)]
    fields = getattr(value, "__struct_fields__", ())
    return [text for field in fields for text in texts(getattr(value, field))]


def test_every_word_exists_in_both_languages() -> None:
    found = texts(WORDS)
    assert len(found) > 150
    assert all(text.id.strip() and text.en.strip() for text in found)


@pytest.mark.parametrize(
    ("group", "closed"),
    [
        ("modality", model.Modality),
        ("presence", model.Presence),
        ("stance", model.Stance),
        ("confidence", model.Confidence),
        ("name_kind", model.NameKind),
    ],
)
def test_closed_lists_of_the_model_are_those_of_the_vocabulary(group: str, closed: object) -> None:
    assert set(WORDS.terms[group]) == set(get_args(closed))


def test_stable_codes_and_bits_are_used_once() -> None:
    codes = [tie.code for tie in WORDS.tie_types.values()]
    bits = [subsector.bit for subsector in WORDS.subsectors.values()]
    modalities = [term.code for term in WORDS.terms["modality"].values()]
    assert all(len(set(numbers)) == len(numbers) for numbers in (codes, bits, modalities))
    assert min(codes) > 0
    assert max(bits) < 62


def test_there_are_seventeen_official_subsectors() -> None:
    assert sum(subsector.official for subsector in WORDS.subsectors.values()) == 17


def test_slots_name_known_kinds_and_ties_have_two_sides() -> None:
    for kind in WORDS.fact_types.values():
        assert {k for slot in kind.slots for k in slot.kinds} <= WORDS.kinds.keys()
        sides = {slot.side for slot in kind.slots if slot.side}
        assert sides in ({"*"}, {"a", "b"})
        assert kind.symmetric == (sides == {"*"})


def test_what_is_walked_without_being_asked_joins_actors_only() -> None:
    actors = set(WORDS.kinds_with_role("actor"))
    for kind in WORDS.fact_types.values():
        if kind.walk in ("walkable", "planned"):
            assert {k for slot in kind.slots if slot.side for k in slot.kinds} <= actors


def test_a_subsector_includes_its_narrower_ones_and_no_others() -> None:
    assert WORDS.with_narrower(["film"]) == ("subsector:animation", "subsector:film")
    assert WORDS.with_narrower(["subsector:animation"]) == ("subsector:animation",)
    assert WORDS.with_narrower([]) == ()
    for subsector in WORDS.subsectors.values():
        assert subsector.broader is None or subsector.broader in WORDS.subsectors
        assert subsector.key in {key.removeprefix("subsector:") for key in WORDS.with_narrower([subsector.key])}


def test_sentence_templates_name_the_same_parts_in_both_languages() -> None:
    for group, templates in sentences().items():
        for key, text in templates.items():
            parts = [sorted(set(_fields(t))) for t in (text.id, text.en)]
            assert parts[0] == parts[1] or (group, key) == ("headline", "connected"), (group, key)
            assert text.id.count("|") == text.en.count("|")


def test_fact_templates_belong_to_a_fact_type_and_a_modality() -> None:
    allowed = {*WORDS.terms["modality"], "default", "counted"}
    for group, templates in sentences().items():
        if group.startswith("fact."):
            assert group.removeprefix("fact.") in WORDS.fact_types
            assert templates.keys() <= allowed


def _fields(template: str) -> list[str]:
    return [part.partition("}")[0] for part in template.split("{")[1:]]
