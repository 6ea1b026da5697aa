"""What the reader's tests share: the trained pipeline."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language


@pytest.fixture(scope="session")
def trained() -> Language:
    """A blank English pipeline with our component, which keeps sentence starts that are given."""
    nlp = spacy.blank("en")
    nlp.add_pipe("secondsource_reader", config={"keep_bounds": True})
    return nlp
