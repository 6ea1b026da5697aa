"""The accuracy of story grouping, against its floors."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from secondsource.evaluate.stories import evaluate

FLOORS = Path(__file__).resolve().parents[2] / "evals" / "floors.toml"


@pytest.mark.corpus
def test_stories_do_not_sink_below_their_floors(corpora: Path) -> None:
    floors = tomllib.loads(FLOORS.read_text("utf-8"))["stories"]
    found = {figure.name: figure.value for figure in evaluate(corpora).figures}
    assert {name: found[name] for name, floor in floors.items() if found[name] < floor} == {}
