"""Percentiles, tables and bars say what they should."""

import msgspec
import pytest

from benchmarks.httplevel import HttpLevel, Row
from benchmarks.measure import machine, memory_mb, time_each, timing
from benchmarks.report import Results, markdown


def test_percentiles_are_measured_values() -> None:
    taken = timing([value * 1_000_000 for value in range(1, 101)])
    assert (taken.p50, taken.p95, taken.asked) == (50.0, 95.0, 100)


def test_nothing_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        timing([])


def test_each_question_is_asked_once_in_order() -> None:
    asked: list[int] = []
    assert time_each(asked.append, [3, 1, 2]).asked == 3
    assert asked == [3, 1, 2]


def test_memory_is_that_of_a_python_process() -> None:
    now, highest = memory_mb()
    assert 5 < now <= highest


@pytest.mark.parametrize(("share", "word"), [(0.61, "met"), (0.59, "MISSED")])
def test_a_bar_is_met_or_missed(share: float, word: str) -> None:
    row = Row("neighbourhood", "warm", 1.0, 1.0, share, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.5)
    results = Results("2026-11-22", "0", machine(), {}, http=(HttpLevel("tiny", [row], 1.0),))
    assert f"| >= 0.6 | {word} |" in markdown(results)
    assert msgspec.json.decode(msgspec.json.encode(results), type=Results) == results
