"""The accuracy of dating, against its floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondsource.evaluate.dating import evaluate
from secondsource.settings import Settings

from .conftest import Sunk


@pytest.mark.corpus
def test_dating_does_not_sink_below_its_floors(corpora: Path, sunk: Sunk) -> None:
    assert sunk(evaluate(corpora, settings=Settings(reader="rules"))) == {}
