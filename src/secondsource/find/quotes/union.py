"""What several finders attribute, put together: each passage once, an earlier finder's word first.

Attributions are compared only with those near them, so that the time stays in
proportion to the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...model import Span, covered, merge
from .passage import Attribution

SAME = 0.5
"""Two attributions whose contents share this much of the shorter one are the same passage."""
CELL = 1000


class Neighbours:
    """Attributions by the stretches of text that their cues and contents touch."""

    def __init__(self, found: Iterable[Attribution] = ()) -> None:
        self._cells: dict[int, list[Attribution]] = {}
        for one in found:
            self.add(one)

    def add(self, one: Attribution) -> None:
        """Take in one more."""
        for cell in _cells(one):
            self._cells.setdefault(cell, []).append(one)

    def of(self, one: Attribution) -> list[Attribution]:
        """Those that touch the same stretches of text, in the order they came in."""
        near = {id(other): other for cell in _cells(one) for other in self._cells.get(cell, ())}
        return list(near.values())


def _cells(one: Attribution) -> list[int]:
    touched = {
        cell
        for span in (*one.cue, *one.content)
        for cell in range(span.start // CELL, (span.end - 1) // CELL + 1)
    }
    return sorted(touched)


def completed(heard: Sequence[Attribution], speech: Iterable[Attribution]) -> list[Attribution]:
    """The network's attributions with the stretches that rules link to their cues and no other claims.

    A quote that is re-opened paragraph by paragraph, which the rules can't link
    to a cue, goes to whoever has its beginning.
    """
    rules = Neighbours(one for one in speech if one.sure or (not one.cue and len(one.content) > 1))
    rivals = Neighbours(heard)
    return [_completed(one, rules, rivals) for one in heard]


def _completed(one: Attribution, rules: Neighbours, rivals: Neighbours) -> Attribution:
    same = next((other for other in rules.of(one) if _one_cue(one, other) or _begins(one, other)), None)
    if same is None:
        return one
    claimed = [span for rival in rivals.of(same) if rival is not one for span in rival.content]
    free = [span for span in same.content if not any(span.overlaps(c) for c in claimed)]
    return replace(one, content=merge([*one.content, *free]))


def _begins(one: Attribution, speech: Attribution) -> bool:
    """Whether an attribution has the beginning of a quote that the rules link to nobody."""
    return not speech.cue and any(span.contains(speech.content[0]) for span in one.content)


def left(speech: Iterable[Attribution], heard: Sequence[Attribution]) -> list[Attribution]:
    """The quoted passages that the network left to the rules: it attributes nothing of them."""
    known = Neighbours(heard)
    return [one for one in speech if not any(_touches(one, other) for other in known.of(one))]


def _touches(one: Attribution, other: Attribution) -> bool:
    return any(a.overlaps(b) for a in one.content for b in (*other.content, *other.cue))


def united(sources: Sequence[Iterable[Attribution]]) -> list[Attribution]:
    """The attributions of several finders without repeats; an earlier finder's stays."""
    out: list[Attribution] = []
    known = Neighbours()
    for attributed in sources:
        new = [one for one in attributed if not any(_same(one, other) for other in known.of(one))]
        for one in new:
            known.add(one)
        out.extend(new)
    return out


def _one_cue(one: Attribution, other: Attribution) -> bool:
    return any(a.overlaps(b) for a in one.cue for b in other.cue)


def _same(one: Attribution, other: Attribution) -> bool:
    """Whether two attributions are of one cue, or of one passage and neither within the other."""
    if _one_cue(one, other):
        return True
    common = sum(covered(span, other.content) for span in one.content)
    shorter = min(_length(one.content), _length(other.content))
    nested = bool(one.cue and other.cue) and (_holds(one, other) or _holds(other, one))
    return not nested and common >= SAME * shorter and common > 0


def _holds(one: Attribution, other: Attribution) -> bool:
    """Whether the cue of one lies within the content of the other."""
    return any(c.contains(k) for c in other.content for k in one.cue)


def _length(spans: Sequence[Span]) -> int:
    return sum(len(span) for span in spans)
