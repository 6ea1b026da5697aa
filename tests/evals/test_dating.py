"""The accuracy of dating, against its floors."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from secondsource.evaluate.dating import evaluate
from secondsource.settings import Settings

FLOORS = Path(__file__).resolve().parents[2] / "evals" / "floors.toml"


@pytest.mark.corpus
def test_dating_does_not_sink_below_its_floors(corpora: Path) -> None:
    floors = tomllib.loads(FLOORS.read_text("utf-8"))["dating"]
    found = {
        figure.name: figure.value for figure in evaluate(corpora, settings=Settings(reader="rules")).figures
    }
    assert {name: found[name] for name, floor in floors.items() if found[name] < floor} == {}
