"""Dates are kept as precise as their source: never more, never less, never invented."""

from calendar import monthrange
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.time import (
    FIRST_DAY,
    LAST_DAY,
    EdtfError,
    When,
    certainty,
    describe,
    from_day,
    overlaps,
    parse_edtf,
    to_day,
    weekday_name,
)

DAYS = st.dates().map(date.isoformat)
PLAIN_DATES = st.builds(lambda day, length: day[:length], DAYS, st.sampled_from([4, 7, 10]))
DATES = st.builds(str.__add__, PLAIN_DATES, st.sampled_from(["", "~", "?", "%"]))
RANGES = st.builds(
    lambda a, b, length: "..".join(sorted((a[:length], b[:length]))), DAYS, DAYS, st.sampled_from([4, 7, 10])
).filter(lambda text: len(set(text.split(".."))) == 2)
SETS = st.one_of(
    st.lists(PLAIN_DATES | RANGES, min_size=2, max_size=4, unique=True).map(lambda parts: f"[{','.join(parts)}]"),
    RANGES.map("[{}]".format),
)
INTERVALS = st.one_of(
    st.tuples(DATES, DATES).map(sorted).map("/".join),
    st.tuples(DATES, st.sampled_from(["", ".."])).map("/".join),
    st.tuples(st.sampled_from(["", ".."]), DATES).map("/".join),
)
EDTF = st.one_of(DATES, INTERVALS, SETS)


def _attempt(text: str) -> When | EdtfError:
    try:
        return parse_edtf(text)
    except EdtfError as error:
        return error


@pytest.mark.parametrize(
    ("edtf", "low", "high", "precision"),
    [
        ("2026", "2026-01-01", "2026-12-31", "year"),
        ("2025-05", "2025-05-01", "2025-05-31", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2025-02", "2025-02-01", "2025-02-28", "month"),
        ("2026-01-20", "2026-01-20", "2026-01-20", "day"),
        ("2024-10-08/2024-10-09", "2024-10-08", "2024-10-09", "interval"),
        ("2024-10/2025", "2024-10-01", "2025-12-31", "interval"),
        ("2024-05/..", "2024-05-01", LAST_DAY, "interval"),
        ("2024-05/", "2024-05-01", LAST_DAY, "interval"),
        ("../2024-05", FIRST_DAY, "2024-05-31", "interval"),
        ("/2024-05", FIRST_DAY, "2024-05-31", "interval"),
        ("[2024,2026]", "2024-01-01", "2026-12-31", "one_of"),
        ("[2026-01-20,2015-01-20]", "2015-01-20", "2026-01-20", "one_of"),
        ("[2024-10-08..2024-10-12]", "2024-10-08", "2024-10-12", "one_of"),
        ("[2015..2020,2023-04]", "2015-01-01", "2023-04-30", "one_of"),
        ("0001-01-01", FIRST_DAY, FIRST_DAY, "day"),
        ("9999-12", "9999-12-01", LAST_DAY, "month"),
    ],
)
def test_a_date_has_the_first_and_last_day_it_can_mean(edtf: str, low: str, high: str, precision: str) -> None:
    when = parse_edtf(edtf)
    assert (when.low, when.high, when.precision) == (low, high, precision)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_edtf"),
        ("May 2025", "not_edtf"),
        ("2025-5", "not_edtf"),
        ("20250527", "not_edtf"),
        ("2025-05-27 ", "not_edtf"),
        ("2025-05-27\n", "not_edtf"),
        ("2025/05/27", "not_edtf"),
        ("２０２５", "not_edtf"),
        ("2025-05~?", "not_edtf"),
        ("[2024,2025]~", "not_edtf"),
        ("[2024, 2025]", "not_edtf"),
        ("[2024,]", "not_edtf"),
        ("[2024/2025]", "not_edtf"),
        ("[2024..2025..2026]", "not_edtf"),
        ("[2024", "not_edtf"),
        ("2024..", "not_edtf"),
        ("2025-05-27T10:00:00", "unsupported_edtf"),
        ("2025-21", "unsupported_edtf"),
        ("202X", "unsupported_edtf"),
        ("2025-XX", "unsupported_edtf"),
        ("~2025", "unsupported_edtf"),
        ("2025~-05", "unsupported_edtf"),
        ("{2024,2025}", "unsupported_edtf"),
        ("[2024~,2025]", "unsupported_edtf"),
        ("[..2025]", "unsupported_edtf"),
        ("[2025..]", "unsupported_edtf"),
        ("2025-02-30", "impossible_date"),
        ("2025-02-29", "impossible_date"),
        ("2025-13", "impossible_date"),
        ("2025-00", "impossible_date"),
        ("2025-05-00", "impossible_date"),
        ("2025-13-01/2026", "impossible_date"),
        ("0000", "year_out_of_range"),
        ("0000-05", "year_out_of_range"),
        ("-2025", "year_out_of_range"),
        ("10000", "year_out_of_range"),
        ("10000-05", "year_out_of_range"),
        ("Y12025", "year_out_of_range"),
        ("2025-10/2025-09", "end_before_start"),
        ("[2025-10..2025-09]", "end_before_start"),
        ("../..", "no_known_end"),
        ("/", "no_known_end"),
        ("[]", "set_too_small"),
        ("[2025]", "set_too_small"),
        ("[2025,2025]", "set_too_small"),
        ("[2025..2025]", "set_too_small"),
        ("[2025..2026-05]", "mixed_precision"),
    ],
)
def test_what_is_not_kept_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(EdtfError) as caught:
        parse_edtf(text)
    assert (caught.value.code, caught.value.text) == (code, text)
    assert caught.value.reason("id") != caught.value.reason("en")


def test_the_error_names_the_part_that_is_wrong() -> None:
    with pytest.raises(EdtfError, match=r"^'2025-02-30': the calendar has no such date$") as caught:
        parse_edtf("2025-01/2025-02-30")
    assert caught.value.text == "2025-01/2025-02-30"


@given(EDTF)
def test_bounds_are_ordered_calendar_days(edtf: str) -> None:
    when = parse_edtf(edtf)
    assert to_day(FIRST_DAY) <= to_day(when.low) <= to_day(when.high) <= to_day(LAST_DAY)
    assert when.low <= when.high


@given(EDTF, st.sampled_from(["stated", "inferred_year", "editor"]))
def test_reading_a_date_again_or_through_json_changes_nothing(edtf: str, basis: str) -> None:
    when = parse_edtf(edtf, basis=msgspec.convert(basis, When.__annotations__["basis"]), as_stated="as printed")
    assert parse_edtf(when.edtf, basis=when.basis, as_stated=when.as_stated) == when
    assert msgspec.json.decode(msgspec.json.encode(when), type=When) == when


def test_json_keeps_only_what_was_said() -> None:
    assert msgspec.json.encode(parse_edtf("2025")) == b'{"edtf":"2025","low":"2025-01-01","high":"2025-12-31"}'


@given(st.text(alphabet="0123456789-/.,[]{}~?%XYET ", max_size=24))
def test_any_text_is_either_read_or_refused_as_a_whole(text: str) -> None:
    read = _attempt(text)
    assert (read.text if isinstance(read, EdtfError) else read.edtf) == text


@given(st.dates())
def test_a_month_ends_on_its_real_last_day(day: date) -> None:
    when = parse_edtf(f"{day.year:04d}-{day.month:02d}")
    assert int(when.high[8:]) == monthrange(day.year, day.month)[1]
    assert when.low <= day.isoformat() <= when.high


@pytest.mark.parametrize(
    ("edtf", "qualifier"),
    [("2025", ""), ("2025~", "~"), ("2025-05?", "?"), ("2025-05-27%", "%"), ("2024?/2025~", "%"), ("2024~/..", "~")],
)
def test_a_qualifier_is_known_and_leaves_the_precision(edtf: str, qualifier: str) -> None:
    when = parse_edtf(edtf)
    assert when.qualifier == qualifier
    assert when.precision == parse_edtf(edtf.replace("%", "").replace("~", "").replace("?", "")).precision


@pytest.mark.parametrize(
    ("edtf", "as_of", "expected"),
    [
        ("2025-05", None, "certain"),
        ("2025~", None, "certain"),
        ("2025-05", "2025-04-30", "not_yet"),
        ("2025-05", "2025-05-01", "possible"),
        ("2025-05", "2025-05-30", "possible"),
        ("2025-05", "2025-05-31", "certain"),
        ("2025-05?", "2025-05-31", "possible"),
        ("2025~", "2030-01-01", "possible"),
        ("2025%", "2024-12-31", "not_yet"),
        ("/2024", "1950-01-01", "possible"),
        ("2024/..", "2026-01-01", "possible"),
        ("[2015-01-20,2026-01-20]", "2020-01-01", "possible"),
    ],
)
def test_a_fuzzy_date_has_come_certainly_possibly_or_not_yet(edtf: str, as_of: str | None, expected: str) -> None:
    assert certainty(parse_edtf(edtf), as_of) == expected


@given(EDTF, st.tuples(DAYS, DAYS).map(sorted))
def test_certainty_only_grows_with_time(edtf: str, days: list[str]) -> None:
    order = ["not_yet", "possible", "certain"]
    earlier, later = (order.index(certainty(parse_edtf(edtf), day)) for day in days)
    assert earlier <= later


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, True),
        ("2025-05-31", None, True),
        ("2025-06-01", None, False),
        (None, "2025-05-01", True),
        (None, "2025-04-30", False),
        ("2025-05-10", "2025-05-12", True),
        ("2025-01-01", "2025-12-31", True),
        ("2025-01-01", "2025-02-01", False),
    ],
)
def test_a_period_includes_both_its_days(since: str | None, until: str | None, expected: bool) -> None:
    assert overlaps(parse_edtf("2025-05"), since, until) is expected


@pytest.mark.parametrize("day", ["2025", "2025-05", "20250527", "2025-W22-2", "2025-02-30", "0000-01-01", "tomorrow"])
def test_only_whole_days_bound_a_question(day: str) -> None:
    when = parse_edtf("2025")
    for ask in (lambda: certainty(when, day), lambda: overlaps(when, day, None), lambda: overlaps(when, None, day)):
        with pytest.raises(EdtfError) as caught:
            ask()
        assert caught.value.code == "not_a_day"


@pytest.mark.parametrize(
    ("edtf", "indonesian", "english"),
    [
        ("2026-01-20", "20 Januari 2026", "20 January 2026"),
        ("2025-05", "Mei 2025", "May 2025"),
        ("2026", "2026, hari tidak diketahui", "2026, day unknown"),
        ("2025-05~", "sekitar Mei 2025", "around May 2025"),
        ("2025-05-27?", "mungkin 27 Mei 2025", "possibly 27 May 2025"),
        ("2025%", "mungkin sekitar 2025, hari tidak diketahui", "possibly around 2025, day unknown"),
        ("2024-10-08/2024-10-09", "8–9 Oktober 2024", "8–9 October 2024"),
        ("2024-09-30/2024-10-02", "30 September – 2 Oktober 2024", "30 September – 2 October 2024"),
        ("2024-12-30/2025-01-02", "30 Desember 2024 – 2 Januari 2025", "30 December 2024 – 2 January 2025"),
        ("2025-05/2025-06", "Mei–Juni 2025", "May–June 2025"),
        ("2024/2026", "2024–2026", "2024–2026"),
        ("2024-10-08/2024-11", "8 Oktober 2024 – November 2024", "8 October 2024 – November 2024"),
        ("2024~/2025?", "sekitar 2024 – mungkin 2025", "around 2024 – possibly 2025"),
        ("2025-05/2025-05", "Mei 2025", "May 2025"),
        ("2024-05/..", "sejak Mei 2024", "since May 2024"),
        ("2024-05/", "mulai Mei 2024, akhir tidak diketahui", "from May 2024, end unknown"),
        ("../2024-05", "hingga Mei 2024", "until May 2024"),
        ("/2024-05", "awal tidak diketahui, hingga Mei 2024", "start unknown, until May 2024"),
        ("[2024,2025]", "2024 atau 2025", "2024 or 2025"),
        ("[2024,2025,2026-01]", "2024, 2025 atau Januari 2026", "2024, 2025 or January 2026"),
        ("[2024-10-08..2024-10-12]", "salah satu hari dari 8–12 Oktober 2024", "one day of 8–12 October 2024"),
        ("[2025-05..2025-07]", "salah satu bulan dari Mei–Juli 2025", "one month of May–July 2025"),
        ("[2015..2020]", "salah satu tahun dari 2015–2020", "one year of 2015–2020"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(edtf: str, indonesian: str, english: str) -> None:
    when = parse_edtf(edtf)
    assert (describe(when, "id"), describe(when, "en")) == (indonesian, english)


def test_an_unknown_date_is_said_to_be_unknown() -> None:
    assert (describe(None, "id"), describe(None, "en")) == ("tanggal tidak diketahui", "date unknown")


@given(EDTF)
def test_every_date_can_be_said(edtf: str) -> None:
    for words in (describe(parse_edtf(edtf), "id"), describe(parse_edtf(edtf), "en")):
        assert words
        assert "{" not in words


@given(st.dates())
def test_words_for_a_day_never_name_another_one(day: date) -> None:
    words = describe(parse_edtf(day.isoformat()), "en").split()
    assert (int(words[0]), int(words[2])) == (day.day, day.year)


def test_day_numbers_start_with_the_calendar() -> None:
    assert (to_day(FIRST_DAY), from_day(1)) == (1, FIRST_DAY)


@given(st.dates(), st.dates())
def test_day_numbers_keep_order_and_distance(first: date, second: date) -> None:
    numbers = to_day(first.isoformat()), to_day(second.isoformat())
    assert numbers[1] - numbers[0] == (second - first).days
    assert from_day(numbers[0]) == first.isoformat()


@pytest.mark.parametrize("number", [0, -1, 3_652_060, 10**30])
def test_a_number_outside_the_calendar_is_no_day(number: int) -> None:
    with pytest.raises(EdtfError):
        from_day(number)


def test_a_weekday_is_named_in_both_languages() -> None:
    assert (weekday_name("2025-05-27", "id"), weekday_name("2025-05-27", "en")) == ("Selasa", "Tuesday")
    assert (weekday_name("2026-01-23", "id"), weekday_name("2026-01-25", "en")) == ("Jumat", "Sunday")
