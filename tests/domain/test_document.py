"""Equal domain objects have equal documents, whichever way their texts came into being."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from graph.document import canonical, encode
from graph.model import Evidence, Fact, Name, Node, Party, Statement
from graph.time import parse_edtf

KINDS = st.sampled_from(["official", "acronym", "former"])
LANGS = st.sampled_from(["id", "en", "mul", ""])


def copied(text: str) -> str:
    """An equal text that is another object."""
    return "".join([*text])


@given(st.text(max_size=20), LANGS, KINDS, st.sampled_from(["", "ministry"]))
def test_texts_equal_to_a_default_are_left_out_at_any_depth(text: str, lang: str, kind: str, subkind: str) -> None:
    written = {"text": text, "lang": copied(lang), "kind": copied(kind)}
    node = Node("agency:a", "agency", (msgspec.convert(written, Name),), copied(subkind), copied("active"))  # type: ignore[arg-type]
    plain = msgspec.json.decode(encode(node), type=Node)
    assert plain == node
    assert encode(plain) == encode(node) == encode(msgspec.json.decode(msgspec.json.encode(node), type=Node))
    assert ('"lang"' in encode(node)) == (lang != "id")
    assert "active" not in encode(node)


def test_a_text_that_looks_like_a_default_is_kept() -> None:
    name = Name('"kind":"official"', "en")
    assert msgspec.json.decode(encode(name), type=Name) == name


def test_a_statement_read_with_its_defaults_written_out_has_the_short_document() -> None:
    party = Party("guest", "", "agency:a")
    when = parse_edtf("2026-01-20", basis=copied("stated"))  # type: ignore[arg-type]
    told = Statement("statement:a.b", "fact:a.b", "visit", (party,), Evidence("article:a"), when)
    long = msgspec.to_builtins(told)
    long["modality"] = "happened"
    long["evidence"]["stance"] = "asserts"
    long["parties"][0]["presence"] = "stated"
    read = msgspec.json.decode(msgspec.json.encode(long), type=Statement)
    assert read == told
    assert encode(read) == encode(told)
    assert canonical(read) == told


def test_facts_decode_to_what_was_encoded() -> None:
    fact = Fact("fact:a.b", "visit", (Party("guest", "", "agency:a"),), (Evidence("article:a"),), "low", 1)
    assert msgspec.json.decode(encode(fact), type=Fact) == fact
