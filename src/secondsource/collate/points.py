"""Points: the facts that several independent accounts tell, where they conflict, and what only one has.

Lines are clustered by average link (Sokal and Michener 1958) with vetoes, at
most one line an account: transitive closure would chain unlike sentences. The
middle band, alike but not surely the same, prints nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from ..model import Calendar, Citation, Point, Reading, Span, Story, Utterance, covered
from .align import Likeness, Line, conflict, lines_of
from .differ import find_differing
from .happenings import (
    Telling,
    pairs_of,
    participants_conflict,
    quantity_conflicts,
    standing,
    tellings_of,
    times_conflict,
)

SHARED_SCORE = 0.5
"""Likeness from which two lines are the same fact told twice."""
EVENT_SCORE = 0.27
"""Likeness that is enough where both lines also tell one event."""
MEANT_COSINE = 0.75
"""Cosine of the reader's sentence vectors from which two lines mean nearly the same."""
MEANT_SCORE = 0.3
"""Likeness that is enough for such lines."""
MEANT_WEIGHT = 0.8
"""The least weight of shared words for such lines."""
SHARED_WEIGHT = 1.1
"""The least weight of shared words: short sentences are alike by chance."""
SHARED_PLAIN = 0.5
"""The least weight of shared words outside names: who is named alone tells nothing of what happened."""
QUOTED_SHARE = 0.5
"""A line of which more than this share is quoted tells what somebody said."""
TOLD_SHARE = 0.35
"""A line of which more than this share is told as an utterance is no point of its own."""
NEAR_COSINE = 0.66
"""Cosine of the reader's sentence vectors from which two lines may tell the same in other words."""
NEAR_SCORE = 0.3
"""Share of a line's words in another account's line up to which nothing there comes near it."""
COPY_SHARE = 0.7
"""Share of telling words in common from which two lines of one origin are copies."""
ONLY_HERE_WORDS = 6
"""A line with fewer content words says too little to stand alone."""


def find_points(
    story: Story, readings: Mapping[str, Reading], calendar: Calendar, utterances: Sequence[Utterance]
) -> tuple[Point, ...]:
    """The shared, differing and only-here points, each kind in the order of the accounts' lines.

    What several accounts quote is an utterance and no shared point: two
    reporters who quote one speaker are one witness, not two.
    """
    lines = lines_of(story, readings)
    told, copied = _quoted(utterances), _copied(story)
    likeness = Likeness(lines)
    tellings = tellings_of(story, readings, lines, calendar)
    events = _events_in_common(tellings)
    differing = find_differing(
        story, lines, likeness, tellings, calendar, lambda i: _is_quoted(lines[i], told)
    )
    apart = {frozenset((c.article, c.spans) for c in point.accounts) for point in differing}
    scores: dict[tuple[int, int], float] = {}
    nearest = _nearest(lines, likeness, events)
    for left, right in likeness.candidates():
        pair = frozenset((line.article, (line.sentence.span,)) for line in (lines[left], lines[right]))
        score = _evidence(lines, likeness, left, right, events.get((left, right), []))
        if score and pair not in apart and not _one_witness(lines, left, right, told, copied):
            scores[left, right] = score
    clusters = _clusters(lines, scores)
    points = [_shared(story, lines, cluster, scores) for cluster in clusters]
    return (*points, *differing, *_only_here(story, lines, nearest, told))


def _quoted(utterances: Sequence[Utterance]) -> dict[str, list[Span]]:
    """The spans, by article, of what is quoted word for word."""
    found: dict[str, list[Span]] = defaultdict(list)
    for utterance in utterances:
        for wording in utterance.wordings:
            if wording.form == "direct":
                found[wording.citation.article].extend(wording.citation.spans)
    return found


def _copied(story: Story) -> dict[tuple[str, str], list[Span]]:
    """For each pair of articles, either way round, the spans of the first that the second has too."""
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for link in story.links:
        found[link.left, link.right].extend(passage.left for passage in link.passages)
        found[link.right, link.left].extend(passage.right for passage in link.passages)
    return found


def _one_witness(
    lines: Sequence[Line],
    left: int,
    right: int,
    told: Mapping[str, Sequence[Span]],
    copied: Mapping[tuple[str, str], Sequence[Span]],
) -> bool:
    """Whether two lines come from one mouth or one text: both quoted, or one copied from the other."""
    one, two = lines[left], lines[right]
    if _is_quoted(one, told) and _is_quoted(two, told):
        return True
    here, there = (one.article, two.article), (two.article, one.article)
    return _is_quoted(one, {one.article: copied.get(here, ())}) or _is_quoted(
        two, {two.article: copied.get(there, ())}
    )


def _is_quoted(line: Line, quoted: Mapping[str, Sequence[Span]], share: float = QUOTED_SHARE) -> bool:
    """Whether more than a share of a line stands in one of these utterances."""
    span = line.sentence.span
    return covered(span, quoted.get(line.article, ())) > share * len(span)


def _events_in_common(tellings: Sequence[Telling]) -> dict[tuple[int, int], list[tuple[Telling, Telling]]]:
    """The happenings that pairs of lines both tell."""
    found: dict[tuple[int, int], list[tuple[Telling, Telling]]] = defaultdict(list)
    for left, right in pairs_of(tellings):
        if not participants_conflict(left, right) and not times_conflict(left, right):
            one, two = (left, right) if left.line < right.line else (right, left)
            found[one.line, two.line].append((one, two))
    return found


def _nearest(lines: Sequence[Line], likeness: Likeness, events: Iterable[tuple[int, int]]) -> list[float]:
    """For each line how near the other origins come to it: 1 means that one may tell the same."""
    nearest = [0.0] * len(lines)
    for left, right in likeness.candidates():
        for index in (left, right):
            nearest[index] = max(nearest[index], likeness.near(left, right))
    for left, right in events:
        nearest[left] = nearest[right] = 1.0
    for index, line in enumerate(lines):
        if nearest[index] <= NEAR_SCORE and likeness.nearest_vector(index, line.origin) >= NEAR_COSINE:
            nearest[index] = 1.0
    return nearest


def _evidence(
    lines: Sequence[Line],
    likeness: Likeness,
    left: int,
    right: int,
    events: Sequence[tuple[Telling, Telling]],
) -> float:
    """How surely two lines tell one fact, from 0 (nothing says so) to 1.

    Their words count, and so does every event that both tell; an event that
    one is sure of and the other is not takes the pair out.
    """
    score = likeness.score(left, right)
    meaning = likeness.cosine(left, right)
    weight = likeness.shared(left, right)
    if score < EVENT_SCORE or weight < (MEANT_WEIGHT if meaning >= MEANT_COSINE else SHARED_WEIGHT):
        return 0.0
    against = conflict(lines[left], lines[right])
    if against in ("numbers", "weekday") or any(standing(a) != standing(b) for a, b in events):
        return 0.0
    if not events:
        plain = likeness.shared(left, right, names=False) >= SHARED_PLAIN
        enough = score >= SHARED_SCORE or (score >= MEANT_SCORE and meaning >= MEANT_COSINE)
        return max(score, SHARED_SCORE) if enough and plain and against is None else 0.0
    if any(True for a, b in events for _ in quantity_conflicts(a, b)):
        return 0.0
    return min(1.0, score + 1 - EVENT_SCORE / SHARED_SCORE)


def _clusters(lines: Sequence[Line], scores: Mapping[tuple[int, int], float]) -> list[tuple[int, ...]]:
    """Average-link clusters of lines, the best pair first; each with at least two origins."""
    home: dict[int, list[int]] = {}
    for left, right in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        one, two = home.get(left, [left]), home.get(right, [right])
        if one is two or {lines[i].article for i in one} & {lines[i].article for i in two}:
            continue
        across = [scores.get((min(i, j), max(i, j)), 0.0) for i, j in product(one, two)]
        if sum(across) / len(across) < SHARED_SCORE * 0.8:
            continue
        merged = sorted(one + two)
        for index in merged:
            home[index] = merged
    unique = {tuple(cluster) for cluster in home.values()}
    return sorted(unique)


def _shared(
    story: Story, lines: Sequence[Line], cluster: tuple[int, ...], scores: Mapping[tuple[int, int], float]
) -> Point:
    members = [lines[i] for i in cluster]
    inside = [scores[i, j] for i in cluster for j in cluster if (i, j) in scores]
    citations = tuple(_cite(story, line) for line in members)
    origins = story.count_origins(tuple(line.article for line in members))
    common = set.intersection(*(set(line.words) for line in members))
    return Point(
        kind="shared",
        summary=min(citations, key=lambda c: (len(c.text), c.article)).text,
        origins=origins,
        accounts=citations,
        score=round(sum(inside) / len(inside), 4),
        reason=f"the accounts share {len(common)} telling words and nothing conflicts",
    )


def _only_here(
    story: Story, lines: Sequence[Line], nearest: Sequence[float], told: Mapping[str, Sequence[Span]]
) -> list[Point]:
    """Lines that nothing in the other origins comes near; none while there is one origin only.

    Copies of a line within its origin are cited with it. What an utterance
    tells already is left to it.
    """
    if len({line.origin for line in lines}) < 2:
        return []
    groups: dict[str, list[list[int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        if (
            nearest[index] > NEAR_SCORE
            or len(line.words) < ONLY_HERE_WORDS
            or _is_quoted(line, told, TOLD_SHARE)
        ):
            continue
        for group in groups[line.origin]:
            if _same_words(lines[group[0]], line):
                group.append(index)
                break
        else:
            groups[line.origin].append([index])
    return [_only_here_point(story, lines, group, nearest) for same in groups.values() for group in same]


def _same_words(left: Line, right: Line) -> bool:
    """Whether two lines of one origin are copies: most of their telling words are the same."""
    both = len(left.words.keys() & right.words.keys())
    return both >= COPY_SHARE * len(left.words.keys() | right.words.keys())


def _only_here_point(
    story: Story, lines: Sequence[Line], group: Sequence[int], nearest: Sequence[float]
) -> Point:
    first = {lines[i].article: i for i in reversed(group)}
    citations = tuple(_cite(story, lines[i]) for i in sorted(first.values()))
    return Point(
        kind="only_here",
        summary=citations[0].text,
        origins=1,
        accounts=citations,
        score=round(1 - max(nearest[i] for i in group), 4),
        reason="nothing in the other accounts comes near it",
    )


def _cite(story: Story, line: Line) -> Citation:
    span = line.sentence.span
    return Citation(line.article, (span,), span.of(story.article(line.article).text))
