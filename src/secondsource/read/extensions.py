"""Extensions: what the reader adds to spaCy's Doc and Token under `._.`; views of `doc.user_data`.

doc._.chains              coreference chains: tuples of (start, end, head) token numbers
doc._.sentence_vectors    a unit vector per sentence that was read, [sentences, 384]
doc._.text_vector         the mean of the sentence vectors, of unit length
doc._.attributions(bias)  who is said to say what: cue, sources, contents
doc._.cue_scores(bias)    the cues of each window with every word's role scores
token._.certainty         -3 (certainly not so) to 3 (certainly so); None if no predicate
token._.event             whether the token is the predicate of an event
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .attributions import find_attributions, score_cues
from .keys import PREFIX

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Floats: TypeAlias = npt.NDArray[np.float32]


def register() -> None:
    """Register the extensions, unless that is done."""
    from spacy.tokens import Doc, Token

    for name, getter in (
        ("chains", chains),
        ("sentence_vectors", sentence_vectors),
        ("text_vector", text_vector),
    ):
        if not Doc.has_extension(name):
            Doc.set_extension(name, getter=getter)
    for name, method in (("attributions", find_attributions), ("cue_scores", score_cues)):
        if not Doc.has_extension(name):
            Doc.set_extension(name, method=method)
    for name, of_token in (("certainty", certainty), ("event", is_event)):
        if not Token.has_extension(name):
            Token.set_extension(name, getter=of_token)


def chains(doc: Doc) -> tuple[tuple[tuple[int, int, int], ...], ...]:
    """The coreference chains of a Doc, as (start, end, head) tokens."""
    stored = doc.user_data.get(PREFIX + "chains", ())
    return tuple(tuple((int(a), int(b), int(c)) for a, b, c in chain) for chain in stored)


def sentence_vectors(doc: Doc) -> Floats:
    """A unit vector for each sentence that was read."""
    found = doc.user_data.get(PREFIX + "sentence_vectors")
    return np.zeros((0, 384), np.float32) if found is None else found


def text_vector(doc: Doc) -> Floats:
    """The direction of the mean of the sentence vectors; zeros where nothing was read."""
    vectors = sentence_vectors(doc)
    mean = vectors.mean(axis=0) if len(vectors) else np.zeros(384, np.float32)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def certainty(token: Token) -> float | None:
    """How certain the author is that the event of this predicate happened; None if it is none."""
    return float(_of(token, "certainty")) if is_event(token) else None


def is_event(token: Token) -> bool:
    """Whether the token is the predicate of an event."""
    value = _of(token, "event")
    return value is not None and bool(value > 0)


def _of(token: Token, name: str) -> Any:
    kept = token.doc.user_data
    values, word_of = kept.get(PREFIX + name), kept.get(PREFIX + "word_of")
    if values is None or word_of is None or word_of[token.i] < 0:
        return None
    return values[word_of[token.i]]
