"""How an evaluation is held against its floors."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from secondsource.evaluate.report import Report

FLOORS = Path(__file__).resolve().parents[2] / "evals" / "floors.toml"
Sunk = Callable[[Report], dict[str, float]]


@pytest.fixture
def sunk() -> Sunk:
    """The figures of a report that fell below their floors; errors (`_mae`) that rose above theirs."""

    def held(report: Report) -> dict[str, float]:
        floors = tomllib.loads(FLOORS.read_text("utf-8"))[report.task]
        found = {figure.name: figure.value for figure in report.figures}
        return {
            name: found[name]
            for name, floor in floors.items()
            if (found[name] > floor if name.endswith("_mae") else found[name] < floor)
        }

    return held
