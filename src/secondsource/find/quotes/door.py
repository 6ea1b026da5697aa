"""The way from a reading to its quotes: network first, rules for the rest, then speaker and certainty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...model import Quote, Reading, Span, covered, merge
from ..certainty import find_certainty
from ..speakers import find_speaker, index_of
from .clauses import clausal
from .nearby import quoted_speech
from .network import tagged
from .passage import Attribution, Passage, passage_of
from .patterns import shaped, spoken_lines
from .repair import bound, form_of, repair, settle

VERBATIM = frozenset(("transcript", "from", "posted", "signed"))
"""Shapes whose content is verbatim whether or not it stands in quotation marks."""
SAME = 0.5
"""Two attributions whose contents share this much of the shorter one are the same passage."""


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
    return tuple(sorted(quotes, key=lambda q: (q.content, q.cue, q.source)))


def attributions(reading: Reading, passage: Passage) -> list[Attribution]:
    """Each attributed passage once: verbatim lines, the network's, shapes, quoted speech, the parse."""
    heard = [bound(passage, one) for one in _repaired(passage, tagged(reading.doc, passage))]
    speech = _repaired(passage, quoted_speech(passage))
    if heard:
        heard = settle(passage, [_completed(one, heard, speech) for one in heard])
    clauses = [] if heard else clausal(passage)
    if heard:
        speech = [one for one in speech if _is_left(one, heard)]
    shapes = _repaired(passage, shaped(passage))
    return _united([spoken_lines(passage), heard, shapes, speech, _repaired(passage, clauses)])


def _is_left(one: Attribution, heard: Sequence[Attribution]) -> bool:
    """Whether the network left a quoted passage to the rules: it attributes nothing of it."""
    return not any(
        a.overlaps(b) for other in heard for a in one.content for b in (*other.content, *other.cue)
    )


def _repaired(passage: Passage, found: Iterable[Attribution]) -> list[Attribution]:
    return [fixed for one in found if (fixed := repair(passage, one))]


def _completed(one: Attribution, heard: Sequence[Attribution], speech: Sequence[Attribution]) -> Attribution:
    """A network's attribution with the stretches that rules link to its cue, unless another claims them."""
    for other in speech:
        if other.sure and any(a.overlaps(b) for a in one.cue for b in other.cue):
            claimed = [span for rival in heard if rival is not one for span in rival.content]
            free = [s for s in other.content if not any(s.overlaps(c) for c in claimed)]
            return replace(one, content=merge([*one.content, *free]))
    return one


def _united(sources: Sequence[Iterable[Attribution]]) -> list[Attribution]:
    """The attributions of several finders without repeats; an earlier finder's stays."""
    out: list[Attribution] = []
    for attributed in sources:
        before = list(out)
        out.extend(one for one in attributed if not any(_same(one, other) for other in before))
    return out


def _same(one: Attribution, other: Attribution) -> bool:
    """Whether two attributions are of one cue, or of one passage where one of them has no cue."""
    if one.cue and other.cue and any(a.overlaps(b) for a in one.cue for b in other.cue):
        return True
    common = sum(covered(span, other.content) for span in one.content)
    shorter = min(_length(one.content), _length(other.content))
    nested = bool(one.cue and other.cue) and _inside(one, other)
    return not nested and common >= SAME * shorter and common > 0


def _inside(one: Attribution, other: Attribution) -> bool:
    """Whether the cue of either lies within the content of the other: then it is an attribution within it."""
    return any(c.contains(k) for c in other.content for k in one.cue) or any(
        c.contains(k) for c in one.content for k in other.cue
    )


def _length(spans: Sequence[Span]) -> int:
    return sum(len(span) for span in spans)
