"""Differing points: where independent accounts of one happening conflict, by aspect.

Every rule wants one happening told twice (`happenings`) and a conflict in one
slot. `certainty`: one account expects what another calls unclear. `polarity`:
one tells what another negates. `value`: quantities of one thing with no number
in common. `outcome`: a plan in one whose failure the other tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ..model import Aspect, Calendar, Citation, Point, Story
from .align import Likeness, Line
from .happenings import (
    Telling,
    pairs_of,
    participants_conflict,
    quantity_conflicts,
    standing,
    times_conflict,
)

NEAR = 0.12
"""The least likeness of two sentences whose events are compared for certainty or outcome."""
CLOSE = 0.25
"""The least likeness for a conflict of value or polarity."""


def find_differing(
    story: Story,
    lines: Sequence[Line],
    likeness: Likeness,
    tellings: Sequence[Telling],
    calendar: Calendar,
    quoted: Callable[[int], bool],
) -> tuple[Point, ...]:
    """The differing points of a story, in the order of the accounts' lines; one an aspect and line pair.

    `quoted` says of a line whether it is speech: who says otherwise is another
    speaker, and how accounts quote one is for `utterances` to compare.
    """
    negated = _negated_by_line(tellings)
    found: dict[tuple[int, int, Aspect], Point] = {}
    for left, right in pairs_of(tellings):
        if participants_conflict(left, right) or quoted(left.line) or quoted(right.line):
            continue
        score = likeness.score(left.line, right.line)
        for aspect, reason in _conflicts(left, right, score, negated):
            key = (min(left.line, right.line), max(left.line, right.line), aspect)
            if key not in found:
                found[key] = _point(story, lines, key, score, reason, calendar)
    return tuple(found[key] for key in sorted(found))


def _negated_by_line(tellings: Sequence[Telling]) -> Mapping[int, list[Telling]]:
    found: dict[int, list[Telling]] = {}
    for telling in tellings:
        if standing(telling) == "no":
            found.setdefault(telling.line, []).append(telling)
    return found


def _conflicts(
    left: Telling, right: Telling, score: float, negated: Mapping[int, list[Telling]]
) -> Iterator[tuple[Aspect, str]]:
    """The aspects in which two tellings of one happening conflict, with the reason in words."""
    steps = {standing(left), standing(right)}
    if score >= NEAR or (left.others & right.others):
        if "unclear" in steps and steps & {"sure", "ahead", "expected"}:
            yield "certainty", "one account tells as sure or expected what another calls unclear"
            return
        yield from _outcome(left, right, negated)
        yield from _outcome(right, left, negated)
    if score < CLOSE or times_conflict(left, right):
        return
    if (
        steps == {"no", "sure"}
        and left.event.predicate == right.event.predicate
        and left.others & right.others
    ):
        yield "polarity", "one account tells what another negates"
    for one, two in quantity_conflicts(left, right):
        yield "value", f"{_bounds(one.low, one.high)} against {_bounds(two.low, two.high)} {one.unit}"


def _outcome(
    plan: Telling, other: Telling, negated: Mapping[int, list[Telling]]
) -> Iterator[tuple[Aspect, str]]:
    """A plan in one account; in the other the same plan, and what became of it."""
    if standing(plan) not in ("ahead", "expected") or negated.get(plan.line):
        return
    for failed in negated.get(other.line, ()):
        if failed.event is not other.event and failed.others & plan.others & other.others:
            yield "outcome", "one account tells the plan, another that it came to nothing"
            return


def _bounds(low: float | None, high: float | None) -> str:
    if low is not None and high is not None and low == high:
        return f"{low:g}"
    if high is None:
        return f"{low:g} or more"
    return f"up to {high:g}" if low is None else f"{low:g} to {high:g}"


def _point(
    story: Story,
    lines: Sequence[Line],
    key: tuple[int, int, Aspect],
    score: float,
    reason: str,
    calendar: Calendar,
) -> Point:
    pair = [lines[key[0]], lines[key[1]]]
    if key[2] == "value" and _one_is_later(pair, calendar):
        reason += "; the later report may be an update"
    citations = tuple(
        Citation(line.article, (line.sentence.span,), line.sentence.span.of(story.article(line.article).text))
        for line in pair
    )
    return Point(
        kind="differing",
        aspect=key[2],
        summary=citations[0].text,
        origins=story.count_origins(tuple(c.article for c in citations)),
        accounts=citations,
        score=round(score, 4),
        reason=reason,
    )


def _one_is_later(pair: Sequence[Line], calendar: Calendar) -> bool:
    """Whether one of two accounts was surely published on a later day than the other."""
    one, two = (calendar.date(line.article) for line in pair)
    return bool(
        (one.earliest and two.latest and one.earliest > two.latest)
        or (two.earliest and one.latest and two.earliest > one.latest)
    )
