"""JSON Schemas of the curation files, so that an editor's tool completes keys and marks mistakes while typing.

Generated from the very shapes that the loader reads with; draft 2020-12 (https://json-schema.org/draft/2020-12).
"""

import json
from typing import Any

from loaders import form_article, form_other, form_registry
from loaders.shape import Record

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return the schema of each form of file, as it is kept in docs/schema/<name>.json."""
    records = {
        "article": (form_article.FORMAT, form_article.ARTICLE_RECORD),
        "registry": (form_registry.FORMAT, form_registry.REGISTRY_RECORD),
        "questions": (form_other.QUESTIONS_FORMAT, form_other.QUESTIONS_RECORD),
        "decision": ("", form_other.DECISION_RECORD),
    }
    return {name: _written(name, format_name, record) for name, (format_name, record) in records.items()}


def _written(name: str, format_name: str, record: Record) -> str:
    shared: dict[str, Any] = {}
    schema: dict[str, Any] = {"$schema": _DIALECT, "title": f"Jejaring {name}", **_hoisted(record.schema(), shared)}
    if format_name:
        schema["properties"] = schema["properties"] | {"format": {"const": format_name}}
    if shared:
        schema["$defs"] = dict(sorted(shared.items()))
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _hoisted(schema: Any, shared: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
    """Return a schema whose titled parts are written once, under $defs."""
    if isinstance(schema, list):
        return [_hoisted(each, shared) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _hoisted(each, shared) for key, each in schema.items()}
    title = inner.get("title")
    if not isinstance(title, str):
        return inner
    shared[title] = inner
    return {"$ref": f"#/$defs/{title}"}
