"""The pages and schemas that are written from the code say what the code does."""

import json
import re

import pytest
from support.repo import ROOT

from graph.vocabulary import vocabulary
from loaders.form_article import ARTICLE_RECORD, SOURCE_RECORD
from loaders.form_fact import fact_record
from loaders.form_other import DECISION_RECORD, QUESTIONS_RECORD
from loaders.form_registry import KINDS, REGISTRY_RECORD, node_record
from loaders.handbook import checks_page
from loaders.messages import messages
from loaders.schema import schemas

CURATION = ROOT / "docs" / "curation.md"
RENEW = "renew it: python -m loaders.handbook"


def test_the_page_of_checks_is_the_messages() -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert page == checks_page(), RENEW
    assert re.findall(r"^### ([EWI]\d{3})$", page, flags=re.MULTILINE) == list(messages())


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_what_the_loader_reads(name: str) -> None:
    kept = (ROOT / "docs" / "schema" / f"{name}.json").read_text(encoding="utf-8")
    assert kept == schemas()[name], RENEW
    schema = json.loads(kept)
    used = set(re.findall(r'"#/\$defs/([^"]+)"', kept))
    assert used == schema.get("$defs", {}).keys()
    assert schema["additionalProperties"] is False


def test_every_fact_type_and_node_kind_has_a_schema() -> None:
    article = json.loads(schemas()["article"])
    assert {f"fact-{name}" for name in vocabulary().fact_types} <= article["$defs"].keys()
    assert len(json.loads(schemas()["registry"])["properties"]["nodes"]["items"]["oneOf"]) == len(KINDS)


def test_every_key_of_every_file_is_explained() -> None:
    records = [ARTICLE_RECORD, SOURCE_RECORD, REGISTRY_RECORD, QUESTIONS_RECORD, DECISION_RECORD]
    records += [fact_record(name) for name in vocabulary().fact_types] + [node_record(kind) for kind in KINDS]
    text = CURATION.read_text(encoding="utf-8")
    missing = {key for record in records for key in record.fields if f"`{key}`" not in text}
    assert missing == set()


def test_every_fact_type_is_explained_with_its_slots() -> None:
    text = CURATION.read_text(encoding="utf-8")
    for name, fact_type in vocabulary().fact_types.items():
        keys = ["`sides`" if slot.side == "*" else f"`{slot.name}`" for slot in fact_type.slots]
        keys += [f"`{attribute}`" for attribute in fact_type.attributes]
        rows = [line for line in text.splitlines() if line.startswith(f"| `{name}` |")]
        assert any(all(key in row for key in keys) for row in rows), name
