"""The accuracy of PLOVER's types and of events' coreference, against their floors."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from secondsource.evaluate import coref, events
from secondsource.evaluate.report import Report

FLOORS = Path(__file__).resolve().parents[2] / "evals" / "floors.toml"


def sunk(report: Report) -> dict[str, float]:
    floors = tomllib.loads(FLOORS.read_text("utf-8"))[report.task]
    found = {figure.name: figure.value for figure in report.figures}
    return {name: found[name] for name, floor in floors.items() if found[name] < floor}


@pytest.mark.corpus
def test_types_of_events_do_not_sink_below_their_floors(corpora: Path) -> None:
    assert sunk(events.evaluate(corpora)) == {}


@pytest.mark.corpus
def test_coreference_of_events_does_not_sink_below_its_floors(corpora: Path) -> None:
    assert sunk(coref.evaluate(corpora)) == {}
