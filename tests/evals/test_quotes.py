"""The accuracy of quotes, utterances and certainty, against their floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondsource.evaluate import certainty, quotes, utterances

from .conftest import Sunk


@pytest.mark.corpus
def test_quotes_do_not_sink_below_their_floors(corpora: Path, sunk: Sunk) -> None:
    assert sunk(quotes.evaluate(corpora)) == {}


@pytest.mark.corpus
def test_utterances_do_not_sink_below_their_floors(corpora: Path, sunk: Sunk) -> None:
    assert sunk(utterances.evaluate(corpora)) == {}


@pytest.mark.corpus
def test_the_error_of_certainty_does_not_rise_above_its_ceiling(corpora: Path, sunk: Sunk) -> None:
    assert sunk(certainty.evaluate(corpora)) == {}
