"""What every error must look like."""

import httpx

from app.problems import TITLES


def problem(answer: httpx.Response, status: int, code: str | None = None) -> dict[str, object]:
    """The body of an error, after everything that holds for all of them has been checked."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    told: dict[str, object] = answer.json()
    assert set(told) == {
        "type",
        "title",
        "status",
        "code",
        "detail",
        "texts",
        "parameter",
        "allowed",
        "errors",
        "request_id",
    }
    assert told["status"] == status
    assert told["type"] == f"urn:jejaring:problem:{told['code']}"
    assert told["request_id"] == answer.headers["x-request-id"]
    texts = told["texts"]
    assert isinstance(texts, dict)
    assert set(texts) == {"id", "en"}
    assert all(texts.values())
    assert told["detail"] in texts.values()
    assert told["title"] in (TITLES[status].id, TITLES[status].en)
    assert code is None or told["code"] == code
    return told
