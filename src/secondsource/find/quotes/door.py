"""The way from a reading to its quotes: network first, rules for the rest, then speaker and certainty."""

from __future__ import annotations

from collections.abc import Iterable

from ...model import Quote, Reading
from ..certainty import find_certainty
from ..continuity import carried_on
from ..speakers import find_speaker, index_of
from .clauses import clausal
from .nearby import quoted_speech
from .network import tagged
from .passage import Attribution, Passage, passage_of
from .patterns import shaped, spoken_lines
from .repair import bound, form_of, repair, settle
from .union import completed, left, united

VERBATIM = frozenset(("transcript", "from", "posted", "signed"))
"""Shapes whose content is verbatim whether or not it stands in quotation marks."""


def find_quotes(reading: Reading) -> tuple[Quote, ...]:
    """Every attributed passage of a reading, in text order.

    A quote whose speaker is only guessed keeps its source, and its speaker's
    `how` is `unknown`.
    """
    passage = passage_of(reading)
    if not passage.words:
        return ()
    found = attributions(reading, passage)
    index = index_of(reading)
    quotes = [
        Quote(
            form="direct" if one.rule in VERBATIM else form_of(passage, one.content),
            content=one.content,
            cue=one.cue,
            source=one.source,
            speaker=find_speaker(reading, one.source if one.sure else (), index),
            certainty=find_certainty(reading, one.cue, one.content),
        )
        for one in found
    ]
    return carried_on(reading, sorted(quotes, key=lambda q: (q.content, q.cue, q.source)))


def attributions(reading: Reading, passage: Passage) -> list[Attribution]:
    """Each attributed passage once: verbatim lines, the network's, shapes, quoted speech, the parse."""
    heard = [bound(passage, one) for one in _repaired(passage, tagged(reading.doc, passage))]
    speech = _repaired(passage, quoted_speech(passage))
    if heard:
        heard = settle(passage, completed(heard, speech))
        speech = left(speech, heard)
    clauses = [] if heard else clausal(passage)
    shapes = _repaired(passage, shaped(passage))
    return united([spoken_lines(passage), heard, shapes, speech, _repaired(passage, clauses)])


def _repaired(passage: Passage, found: Iterable[Attribution]) -> list[Attribution]:
    return [fixed for one in found if (fixed := repair(passage, one))]
