"""Lemmas by part of speech and tag."""

from __future__ import annotations

import pytest

from secondsource.read.lemmas import lemmas


@pytest.mark.parametrize(
    ("word", "upos", "xpos", "lemma"),
    [
        ("Met", "VERB", "VBD", "meet"),
        ("talks", "NOUN", "NNS", "talk"),
        ("talks", "VERB", "VBZ", "talk"),
        ("n't", "PART", "RB", "not"),
        ("’s", "AUX", "VBZ", "be"),
        ("her", "PRON", "PRP", "she"),
        ("her", "PRON", "PRP$", "her"),
        ("worse", "ADJ", "JJR", "bad"),
        ("Republicans", "PROPN", "NNPS", "Republican"),
        ("Paris", "PROPN", "NNP", "Paris"),
        ("The", "DET", "DT", "the"),
        ("left", "ADJ", "JJ", "left"),
        ("left", "VERB", "VBD", "leave"),
    ],
)
def test_lemma(word: str, upos: str, xpos: str, lemma: str) -> None:
    assert lemmas().of(word, upos, xpos) == lemma
