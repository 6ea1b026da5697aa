"""The accuracy of quotes, utterances and certainty, against their floors."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from secondsource.evaluate import certainty, quotes, utterances
from secondsource.evaluate.report import Report

FLOORS = Path(__file__).resolve().parents[2] / "evals" / "floors.toml"


def sunk(report: Report) -> dict[str, float]:
    floors = tomllib.loads(FLOORS.read_text("utf-8"))[report.task]
    found = {figure.name: figure.value for figure in report.figures}
    return {name: found[name] for name, floor in floors.items() if found[name] < floor}


@pytest.mark.corpus
def test_quotes_do_not_sink_below_their_floors(corpora: Path) -> None:
    assert sunk(quotes.evaluate(corpora)) == {}


@pytest.mark.corpus
def test_utterances_do_not_sink_below_their_floors(corpora: Path) -> None:
    assert sunk(utterances.evaluate(corpora)) == {}


@pytest.mark.corpus
def test_the_error_of_certainty_does_not_rise_above_its_ceiling(corpora: Path) -> None:
    ceilings = tomllib.loads(FLOORS.read_text("utf-8"))["certainty"]
    found = {figure.name: figure.value for figure in certainty.evaluate(corpora).figures}
    assert {name: found[name] for name, ceiling in ceilings.items() if found[name] > ceiling} == {}
