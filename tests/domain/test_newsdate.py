"""News prints dates in many ways; each is read as printed, checked against the calendar, never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.datewords import MONTH_NAMES, WEEKDAY_NAMES, Lang
from graph.newsdate import LOOK_BACK, MONTHS, WEEKDAYS, NewsDate, NewsDateError, read_news_date, recent_years
from graph.time import EdtfError, describe, parse_edtf

DAYS = st.dates(min_value=date(1000, 1, 1))
RECENT_DAYS = st.dates(min_value=date(2001, 1, 1), max_value=date(2099, 12, 31))
LANGS: st.SearchStrategy[Lang] = st.sampled_from(["id", "en"])
DAY_FORMS = (
    "{day} {month} {year}",
    "{day:02d} {MONTH} {year}",
    "{weekday}, {day} {month} {year}",
    "{weekday} ({day}/{number}/{year})",
    "{weekday} ({day:02d}/{number:02d}/{year})",
    "{weekday}, {day}-{number}-{year}",
    "{day}.{number}.{year}",
    "{month} {day}, {year}",
    "hari {weekday}, tanggal {day} {month} {year}.",
    "On {weekday}, {month} {day}, {year}",
    "{weekday}, {day} {month} {year} | 09:05 WIB",
    "{weekday}, {day} {month} {year} pukul 23.59 WITA",
    "{year}-{number:02d}-{day:02d}",
)
RANGE_FORMS = (
    "{first} {month} {year}-{last} {month_2} {year_2}",
    "{first} {month} {year} – {last} {month_2} {year_2}",
    "{first}/{number}/{year} s.d. {last}/{number_2}/{year_2}",
    "{first} {month} {year} hingga {last} {month_2} {year_2}",
    "{month} {first}, {year} to {month_2} {last}, {year_2}",
)


def _print_day(form: str, day: date, lang: Lang) -> str:
    month = MONTH_NAMES[lang][day.month - 1]
    return form.format(
        day=day.day,
        month=month,
        MONTH=month.upper(),
        number=day.month,
        year=day.year,
        weekday=WEEKDAY_NAMES[lang][day.weekday()],
    )


def _edtf(read: NewsDate) -> str | None:
    return read.when.edtf if read.when else None


@given(DAYS, LANGS, st.sampled_from(DAY_FORMS))
def test_every_day_reads_back_from_every_printed_form(day: date, lang: Lang, form: str) -> None:
    text = _print_day(form, day, lang)
    read = read_news_date(text)
    assert read.when == parse_edtf(day.isoformat(), as_stated=text)
    assert read.matches is (True if "weekday" in form else None)


@given(st.tuples(DAYS, DAYS).map(sorted), LANGS, st.sampled_from(RANGE_FORMS))
def test_every_range_reads_back_from_every_printed_form(days: list[date], lang: Lang, form: str) -> None:
    first, last = days
    months = MONTH_NAMES[lang]
    text = form.format(
        first=first.day,
        last=last.day,
        month=months[first.month - 1],
        month_2=months[last.month - 1],
        number=first.month,
        number_2=last.month,
        year=first.year,
        year_2=last.year,
    )
    assert _edtf(read_news_date(text)) == f"{first}/{last}"


@given(DAYS, LANGS, st.sampled_from([4, 7, 10]))
def test_our_own_words_for_a_date_read_back(day: date, lang: Lang, length: int) -> None:
    when = parse_edtf(day.isoformat()[:length])
    assert _edtf(read_news_date(describe(when, lang).split(",")[0])) == when.edtf


@given(RECENT_DAYS, st.integers(0, 30), LANGS)
def test_a_day_without_a_year_is_found_from_the_day_of_publication(day: date, delay: int, lang: Lang) -> None:
    text = _print_day("{weekday} ({day}/{number})", day, lang)
    read = read_news_date(text, reference=(day + timedelta(days=delay)).isoformat())
    assert read == NewsDate(
        when=parse_edtf(day.isoformat(), basis="inferred_year", as_stated=text),
        weekday_stated=day.isoweekday(),
        weekday_actual=day.isoweekday(),
        matches=True,
        candidates=(),
    )


@given(RECENT_DAYS, RECENT_DAYS)
def test_a_year_is_never_inferred_past_the_publication(day: date, published: date) -> None:
    read = read_news_date(_print_day("{weekday} ({day}/{number})", day, "id"), reference=published.isoformat())
    assert read.when is None or (read.when.high <= published.isoformat() and read.matches)


@given(RECENT_DAYS, st.integers(1, 40))
def test_without_publication_every_fitting_year_is_a_candidate_or_the_answer(day: date, span: int) -> None:
    years = range(day.year - span, day.year + span)
    read = read_news_date(_print_day("{weekday} ({day}/{number})", day, "id"), years=years)
    fitting = [str(day.replace(year=year)) for year in years if _same_weekday(day, year)]
    assert (read.candidates or (_edtf(read),)) == tuple(fitting)
    assert (read.when is None) is (len(fitting) > 1)


def _same_weekday(day: date, year: int) -> bool:
    leap_day_missing = (day.month, day.day) == (2, 29) and (year % 4 != 0 or (year % 100 == 0 and year % 400 != 0))
    return not leap_day_missing and day.replace(year=year).weekday() == day.weekday()


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("8-9 Oktober 2024", "2024-10-08/2024-10-09"),
        ("8–9 Oktober 2024", "2024-10-08/2024-10-09"),
        ("8 s/d 9 Oktober 2024", "2024-10-08/2024-10-09"),
        ("8 sampai dengan 9 Oktober 2024", "2024-10-08/2024-10-09"),
        ("(8-9/10/2024)", "2024-10-08/2024-10-09"),
        ("October 8-9, 2024", "2024-10-08/2024-10-09"),
        ("30 September-2 Oktober 2024", "2024-09-30/2024-10-02"),
        ("30/9-2/10/2024", "2024-09-30/2024-10-02"),
        ("30 Desember-2 Januari 2025", "2024-12-30/2025-01-02"),
        ("Oktober-November 2024", "2024-10/2024-11"),
        ("2024-2025", "2024/2025"),
        ("3 Nopember 2024", "2024-11-03"),
        ("7 Pebruari 2025", "2025-02-07"),
        ("17 Agt. 2025", "2025-08-17"),
        ("20th of January 2026", "2026-01-20"),
        ("20/1/26", "2026-01-20"),
        ("3/4/2025", "2025-04-03"),
        ("Mei 2025", "2025-05"),
        ("bulan Mei tahun 2025", "2025-05"),
        ("2025-05", "2025-05"),
        ("2026", "2026"),
    ],
)
def test_a_printed_year_is_taken_as_stated(text: str, edtf: str) -> None:
    read = read_news_date(text, reference="2019-03", years=range(1990, 2000))
    assert read == NewsDate(parse_edtf(edtf, as_stated=text), None, None, None, ())


@pytest.mark.parametrize(
    ("text", "stated", "actual"),
    [
        ("Sabtu, 27 Mei 2025", 6, 2),
        ("Saptu, 27 Mei 2025", 6, 2),
        ("Selasa, 27 Mei 2025", 2, 2),
        ("Kamis, 3/4/2025", 4, 4),
        ("Tuesday, 20 January 2026", 2, 2),
        ("Jum'at, 23 Januari 2026", 5, 5),
        ("Jum’at (23/1/2026)", 5, 5),
        ("Ahad, 25 Januari 2026", 7, 7),
        ("Selasa (8-9/10/2024)", 2, 2),
        ("Selasa-Rabu (8-9/10/2024)", 2, 2),
        ("Selasa-Kamis (8-9/10/2024)", 4, 3),
    ],
)
def test_a_printed_weekday_is_compared_and_the_date_kept(text: str, stated: int, actual: int) -> None:
    read = read_news_date(text)
    assert read.when is not None
    assert (read.weekday_stated, read.weekday_actual, read.matches) == (stated, actual, stated == actual)


@pytest.mark.parametrize(
    ("text", "reference", "edtf"),
    [
        ("Rabu (8/10)", "2025-10-15", "2025-10-08"),
        ("Rabu (8/10)", "2026", "2025-10-08"),
        ("Selasa (20/1)", "2026", "2026-01-20"),
        ("Kamis (29/2)", "2026-05", "2024-02-29"),
        ("8 Oktober", "2025-10-15", "2025-10-08"),
        ("8 Oktober", "2025-10-07", "2024-10-08"),
        ("8-9 Oktober", "2024-10-09", "2024-10-08/2024-10-09"),
        ("30 Desember-2 Januari", "2025-01-05", "2024-12-30/2025-01-02"),
        ("Agustus", "2025-06-01", "2024-08"),
    ],
)
def test_the_latest_year_that_fits_the_publication_is_inferred(text: str, reference: str, edtf: str) -> None:
    read = read_news_date(text, reference=reference)
    assert read.when == parse_edtf(edtf, basis="inferred_year", as_stated=text)


def test_the_only_recent_year_whose_weekday_fits_is_inferred() -> None:
    read = read_news_date("Selasa (20/1)", years=recent_years("2026-11-22"))
    assert (_edtf(read), read.candidates, read.when and read.when.basis) == ("2026-01-20", (), "inferred_year")


def test_two_fitting_years_are_both_named_and_neither_taken() -> None:
    read = read_news_date("Selasa (20/1)", years=range(2010, 2027))
    assert read == NewsDate(None, 2, None, True, ("2015-01-20", "2026-01-20"))


def test_without_publication_and_years_nothing_is_taken() -> None:
    assert read_news_date("Selasa (20/1)") == NewsDate(None, 2, None, None, ())


def test_an_open_publication_date_bounds_nothing() -> None:
    assert read_news_date("Selasa (20/1)", reference="2020/..").when is None


def test_a_weekday_that_fits_no_year_is_reported() -> None:
    read = read_news_date("Rabu (8/10)", years=range(2021, 2025))
    assert read == NewsDate(None, 3, None, False, ())


def test_years_that_were_asked_for_are_the_only_ones_searched() -> None:
    assert read_news_date("Rabu (8/10)", reference="2026", years=range(2010, 2020)).when == parse_edtf(
        "2014-10-08", basis="inferred_year", as_stated="Rabu (8/10)"
    )
    assert _edtf(read_news_date("8 Oktober", reference="2026", years=range(2012, 2009, -1))) == "2012-10-08"
    assert read_news_date("8 Oktober", reference="2026", years=range(0)).when is None


@pytest.mark.parametrize(("text", "weekday"), [("Jumat", 5), ("Jum'at", 5), ("JUMAT,", 5), ("Friday", 5), ("Sen.", 1)])
def test_a_weekday_alone_is_no_date(text: str, weekday: int) -> None:
    assert read_news_date(text, reference="2026-01-23") == NewsDate(None, weekday, None, None, ())


def test_a_weekday_beside_a_month_is_kept_but_not_compared() -> None:
    assert read_news_date("Selasa, Mei 2025") == NewsDate(
        parse_edtf("2025-05", as_stated="Selasa, Mei 2025"), 2, None, None, ()
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unreadable"),
        ("besok", "unreadable"),
        ("Jakarta, 20 Januari 2026", "unreadable"),
        ("20 Januari 2026 dan 21 Januari 2026", "unreadable"),
        ("8, 9 Oktober 2024", "unreadable"),
        ("Selasa-Rabu", "unreadable"),
        ("Selasa-Rabu (8/10/2024)", "unreadable"),
        ("20 Januari 20266", "unreadable"),
        ("120 Januari 2026", "unreadable"),
        ("20", "unreadable"),
        ("14:35 WIB", "unreadable"),
        ("20 Januari 2026!", "unreadable"),
        ("tahun " * 20 + "2026", "unreadable"),
        ("30 Februari 2025", "impossible_date"),
        ("29 Februari 2025", "impossible_date"),
        ("Senin (30/2)", "impossible_date"),
        ("31 April", "impossible_date"),
        ("0 Mei 2025", "impossible_date"),
        ("5/27/2025", "impossible_date"),
        ("2024-25", "impossible_date"),
        ("9-8 Oktober 2024", "end_before_start"),
        ("9-8 Oktober", "end_before_start"),
        ("20 Januari 0000", "year_out_of_range"),
        ("30 Desember-2 Januari 0000", "year_out_of_range"),
    ],
)
def test_what_cannot_be_a_date_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(NewsDateError) as caught:
        read_news_date(text, reference="2026-01-25")
    assert (caught.value.code, caught.value.text) == (code, text.strip())
    assert caught.value.reason("id") != caught.value.reason("en")


def test_a_publication_date_that_is_none_is_an_error_of_its_own() -> None:
    with pytest.raises(EdtfError):
        read_news_date("Selasa (20/1)", reference="Januari 2026")


@given(
    st.text(max_size=30) | st.lists(st.sampled_from([*WEEKDAYS, *MONTHS, *"-/.,( )", "8", "31", "2024"])).map("".join)
)
def test_any_text_is_read_or_refused_and_nothing_else_goes_wrong(text: str) -> None:
    read = _attempt(text)
    if isinstance(read, NewsDateError):
        assert read.code in {"unreadable", "impossible_date", "end_before_start", "year_out_of_range"}
    else:
        assert read.when is None or read.when == parse_edtf(read.when.edtf, as_stated=text.strip())


def _attempt(text: str) -> NewsDate | NewsDateError:
    try:
        return read_news_date(text)
    except NewsDateError as error:
        return error


def test_recent_years_end_with_the_day_they_are_asked_on() -> None:
    assert recent_years("2026-11-22") == range(2026 - LOOK_BACK, 2027)
    assert recent_years("0002-01-01") == range(1, 3)
    with pytest.raises(EdtfError):
        recent_years("2026")


def test_the_words_of_both_languages_and_old_spellings_are_known() -> None:
    assert [WEEKDAYS[word] for word in ("senin", "monday", "minggu", "ahad", "jumat")] == [1, 1, 7, 7, 5]
    assert [MONTHS[word] for word in ("mei", "may", "pebruari", "nopember", "agustus", "aug")] == [5, 5, 2, 11, 8, 8]
    assert (set(WEEKDAYS.values()), set(MONTHS.values())) == (set(range(1, 8)), set(range(1, 13)))
