"""A query string becomes a question strictly, and equal questions have one form."""

import pytest

from app.desk import normalised
from app.questions import Asked, ConnectQuestion, FactsQuestion, NodesQuestion
from app.reading import MAX_FIELDS, Refused, Undecodable, read_question


def codes(model: type[Asked], query: bytes) -> list[tuple[str | None, str]]:
    with pytest.raises(Refused) as caught:
        read_question(model, {}, query)
    return [(refusal.parameter, refusal.code) for refusal in caught.value.refusals]


def test_lists_are_sets_written_with_commas_or_by_repeating() -> None:
    a = read_question(ConnectQuestion, {}, b"from=a&to=b&types=visit,meeting&types=visit")
    b = read_question(ConnectQuestion, {}, b"to=b&types=meeting&from=+a+&types=visit&max_hops=3&lang=en")
    assert a.types == ("meeting", "visit")
    assert normalised(a) == normalised(b)


def test_the_order_of_about_is_kept_because_its_first_value_is_special() -> None:
    assert read_question(FactsQuestion, {}, b"about=b,a,b").about == ("b", "a")


def test_text_is_decoded_from_utf8_with_plus_for_a_space() -> None:
    asked = read_question(ConnectQuestion, {}, b"from=Jakarta+Raya&to=%EC%9D%B4%EC%9B%90%EC%A0%95")
    assert (asked.source, asked.target) == ("Jakarta Raya", "이원정")


@pytest.mark.parametrize(
    ("given", "since", "until"), [(b"2025", "2025-01-01", "2025-12-31"), (b"2024-02", "2024-02-01", "2024-02-29")]
)
def test_a_date_less_precise_than_a_day_means_its_first_or_last_day(given: bytes, since: str, until: str) -> None:
    asked = read_question(FactsQuestion, {}, b"since=" + given + b"&until=" + given)
    assert (asked.since, asked.until) == (since, until)


def test_a_subsector_may_be_given_as_key_or_as_id() -> None:
    assert read_question(NodesQuestion, {}, b"subsector=subsector:film").subsector == "film"
    assert read_question(ConnectQuestion, {}, b"from=a&to=b&subsector=music,subsector:film").subsector == (
        "film",
        "music",
    )


def test_all_faults_are_told_at_once_in_the_order_of_the_parameters() -> None:
    assert codes(ConnectQuestion, b"limit=0&max_hops=x&types=nothing&to=%00") == [
        ("from", "missing"),
        ("to", "invalid"),
        ("types", "invalid"),
        ("max_hops", "invalid"),
        ("limit", "invalid"),
    ]


def test_an_unknown_parameter_is_refused_without_its_name() -> None:
    with pytest.raises(Refused) as caught:
        read_question(ConnectQuestion, {}, b"from=a&to=b&secret_name=1")
    refusal = caught.value.refusals[0]
    assert (refusal.parameter, refusal.code) == (None, "unknown_parameter")
    assert "secret_name" not in refusal.text.id + refusal.text.en
    assert refusal.allowed is not None
    assert "max_hops" in refusal.allowed.values


def test_a_single_value_may_be_given_once_only() -> None:
    assert codes(ConnectQuestion, b"from=a&from=a&to=b") == [("from", "repeated")]


def test_a_path_parameter_cannot_be_given_in_the_query() -> None:
    assert codes(NodesQuestion, b"id=agency:a") == [(None, "unknown_parameter")]


def test_too_many_parameters_are_refused() -> None:
    assert codes(NodesQuestion, b"&".join([b"kind=agency"] * (MAX_FIELDS + 1))) == [(None, "too_many_parameters")]


@pytest.mark.parametrize("raw", [b"from=%ED%A0%80", b"from=%FF", b"%C3%28=a"])
def test_bytes_that_are_no_utf8_are_refused(raw: bytes) -> None:
    with pytest.raises(Undecodable):
        read_question(ConnectQuestion, {}, raw)


@pytest.mark.parametrize("value", ["NaN", "1e3", "1.5", "", "9" * 400, "-1", "７"])
def test_a_limit_is_a_whole_number_within_its_bounds(value: str) -> None:
    assert codes(NodesQuestion, f"limit={value}".encode()) == [("limit", "invalid")]
