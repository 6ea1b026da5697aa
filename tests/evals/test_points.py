"""The accuracy of points, against its floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondsource.evaluate.points import evaluate

from .conftest import Sunk


@pytest.mark.corpus
def test_points_do_not_sink_below_their_floors(corpora: Path, sunk: Sunk) -> None:
    assert sunk(evaluate(corpora)) == {}
