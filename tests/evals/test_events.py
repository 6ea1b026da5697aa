"""The accuracy of PLOVER's types and of events' coreference, against their floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondsource.evaluate import coref, events

from .conftest import Sunk


@pytest.mark.corpus
def test_types_of_events_do_not_sink_below_their_floors(corpora: Path, sunk: Sunk) -> None:
    assert sunk(events.evaluate(corpora)) == {}


@pytest.mark.corpus
def test_coreference_of_events_does_not_sink_below_its_floors(corpora: Path, sunk: Sunk) -> None:
    assert sunk(coref.evaluate(corpora)) == {}
