"""The accuracy of time expressions, against its floors; read by fixed rules, which need no weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondsource.evaluate.times import Timex, compare, evaluate, match, part_of
from secondsource.model import Span
from secondsource.settings import Settings

from .conftest import Sunk


@pytest.mark.corpus
def test_times_do_not_sink_below_their_floors(corpora: Path, sunk: Sunk) -> None:
    assert sunk(evaluate(corpora, settings=Settings(reader="rules"))) == {}


def timex(start: int, end: int, value: str = "2019") -> Timex:
    return Timex(Span(start, end), "DATE", value)


def test_equal_spans_are_matched_before_those_that_overlap() -> None:
    wide, exact, gold = timex(0, 9), timex(4, 9), timex(4, 9)
    assert match([wide, exact], [gold]) == [(exact, gold), (wide, None)]


def test_one_found_expression_matches_one_gold_one() -> None:
    counts = compare([timex(0, 20)], [timex(0, 5), timex(10, 20)])
    assert (counts.found, counts.gold, counts.relaxed, counts.strict) == (1, 2, 1, 0)


def test_value_f1_is_relaxed_f1_times_the_accuracy_of_values() -> None:
    counts = compare([timex(0, 5), timex(6, 9, "1999")], [timex(0, 5), timex(6, 9)])
    found = {figure.name: figure.value for figure in counts.figures("x")}
    assert found == {"x_relaxed": 1.0, "x_strict": 1.0, "x_value": 0.5, "x_type": 1.0}


def test_part_of_a_document_hangs_on_its_name_alone() -> None:
    parts = [part_of(f"document{n}.tml") for n in range(300)]
    assert parts == [part_of(f"document{n}.tml") for n in range(300)]
    assert 170 < parts.count("dev") < 230
