"""What the reader's tests share: the trained pipeline, where its weights are at hand."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from secondsource.read.network import weights_folder
from secondsource.settings import settings


@pytest.fixture(scope="session")
def trained() -> Language:
    """A blank English pipeline with our component; skips where there are no weights."""
    folder = weights_folder(settings().weights)
    if not folder.is_dir():
        pytest.skip(f"{folder}: no weights; make them with training/ or take a released package")
    nlp = spacy.blank("en")
    nlp.add_pipe("secondsource_reader", config={"weights": str(folder), "keep_bounds": True})
    return nlp
