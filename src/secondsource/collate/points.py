"""Points: the facts that several independent accounts tell, where they conflict, and what only one has.

Clauses of different accounts are paired (`pairs`) and clustered by average link
(Sokal and Michener 1958) with vetoes, at most one clause an account: transitive
closure would chain unlike clauses. A pair whose values, certainty or negation
conflict is no shared point; where its accounts conflict is for `differ`. The
middle band, alike but not surely the same, prints nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import numpy as np

from ..model import Calendar, Citation, Point, Reading, Span, Story, Utterance, covered
from .align import Likeness, Line, lines_of
from .clauses import Clause, bridge, clauses_of
from .differ import find_differing
from .happenings import Telling, pairs_of, participants_conflict, tellings_of, times_conflict
from .pairs import KINDS, Pair, Pairing, apart_of, floor, meet_of

LINK = 0.8
"""How much of the floor the average link of two clusters must reach."""
TOLD_SHARE = 0.35
"""A line of which more than this share is told as an utterance is no point of its own."""
COPIED_RUN = 14
"""So many words in a row that stand in two accounts were copied."""
COPIED_SHARE = 0.5
"""A clause of which more than this share stands in the other article, too, was copied."""
NEAR_COSINE = 0.66
"""Cosine of the reader's sentence vectors from which two lines may tell the same in other words."""
NEAR_SCORE = 0.3
"""Share of a line's words in another account's line up to which nothing there comes near it."""
COPY_SHARE = 0.7
"""Share of telling words in common from which two lines of one origin are copies."""
ONLY_HERE_WORDS = 6
"""A line with fewer content words says too little to stand alone."""
DOUBTS = frozenset({"no", "unclear"})
"""Steps of certainty that a sure account is in conflict with."""
APPEAL = re.compile(
    r"(?:\(?\b\d{3}\)?[-. ]{1,2}|\b)\d{3}[-.](?:\d{4}|[A-Z]{4,5})\b|\S@\S+\.\w|https?://|\bwww\."
)
"""How to reach somebody: a telephone number or an address, which is no fact of the story."""


def find_points(
    story: Story,
    readings: Mapping[str, Reading],
    calendar: Calendar,
    utterances: Sequence[Utterance],
    likeness: Likeness | None = None,
) -> tuple[Point, ...]:
    """The shared, differing and only-here points, each kind in the order of the accounts' lines.

    What several accounts quote is an utterance and no shared point: two
    reporters who quote one speaker are one witness, not two. `likeness` is that of
    the story's lines, where it is known already.
    """
    likeness = likeness or Likeness(lines_of(story, readings))
    lines = likeness.lines
    told = _quoted(utterances)
    clauses = clauses_of(story, readings, lines, calendar)
    pairing = Pairing(clauses, likeness)
    pairs = pairing.pairs()
    tellings = tellings_of(story, readings, lines, calendar)
    differing = find_differing(story, pairing, pairs, lines, tellings, calendar, told)
    apart = {_places(point.accounts) for point in differing}
    shared = [
        pair
        for pair in pairs
        if pair.score >= floor("shared")
        and _fit(story, pairing, pair, told)
        and _places([_cite(story, clauses[i]) for i in (pair.left, pair.right)]) not in apart
    ]
    points = [_shared(story, clauses, cluster, shared) for cluster in _clusters(clauses, shared)]
    nearest = _nearest(likeness, _events_in_common(tellings))
    for pair in pairs:
        if pair.alike >= floor("near"):
            nearest[clauses[pair.left].at] = nearest[clauses[pair.right].at] = 1.0
    return (*points, *differing, *_only_here(story, lines, nearest, told))


def _places(citations: Iterable[Citation]) -> frozenset[tuple[str, tuple[Span, ...]]]:
    return frozenset((citation.article, citation.spans) for citation in citations)


def _quoted(utterances: Sequence[Utterance]) -> dict[str, list[Span]]:
    """The spans, by article, of what is quoted word for word."""
    found: dict[str, list[Span]] = defaultdict(list)
    for utterance in utterances:
        for wording in utterance.wordings:
            if wording.form == "direct":
                found[wording.citation.article].extend(wording.citation.spans)
    return found


def _is_quoted(place: Clause | Line, quoted: Mapping[str, Sequence[Span]], share: float) -> bool:
    """Whether more than a share of a clause or line stands in one of these spans."""
    span = place.own if isinstance(place, Clause) else place.sentence.span
    return covered(span, quoted.get(place.article, ())) > share * len(span)


def one_witness(story: Story, pairing: Pairing, left: int, right: int) -> bool:
    """Whether two clauses come from one mouth or one text: quoted in both, or copied, or of one origin."""
    one, two = pairing.clauses[left], pairing.clauses[right]
    if one.origin == two.origin or pairing.one_mouth(left, right):
        return True
    return any(
        _is_quoted(one, {one.article: [p.left for p in link.passages]}, COPIED_SHARE)
        if link.left == one.article
        else _is_quoted(one, {one.article: [p.right for p in link.passages]}, COPIED_SHARE)
        for link in story.links
        if {link.left, link.right} == {one.article, two.article}
    )


def _fit(story: Story, pairing: Pairing, pair: Pair, told: Mapping[str, Sequence[Span]]) -> bool:
    """Whether nothing forbids a pair to be a shared point: one witness, an appeal, a conflict."""
    one, two = pairing.clauses[pair.left], pairing.clauses[pair.right]
    if one_witness(story, pairing, pair.left, pair.right):
        return False
    if _is_quoted(one, told, COPIED_SHARE) and _is_quoted(two, told, COPIED_SHARE):
        return False
    if _copied(one, two) or not (_tells(one) and _tells(two)):
        return False
    if any(APPEAL.search(_cite(story, clause).text) for clause in (one, two)):
        return False
    return not conflicting(one, two)


def _tells(clause: Clause) -> bool:
    """Whether a clause says something of something; without a parse nobody knows, and all may."""
    return bool(clause.events) or not clause.parsed


def conflicting(one: Clause, two: Clause) -> bool:
    """Whether two clauses can't be one fact told twice: a value, a negation, how sure they are."""
    if any(apart_of(one, two, kind) for kind in KINDS) or _numbers_apart(one, two):
        return True
    if one.line.negated != two.line.negated:
        return True
    if not (one.events and two.events):
        return one.line.hedged != two.line.hedged
    return bool((one.steps & DOUBTS) and not (two.steps & DOUBTS)) or bool(
        (two.steps & DOUBTS) and not (one.steps & DOUBTS)
    )


def _numbers_apart(one: Clause, two: Clause) -> bool:
    """Whether both count or number something, and no number of one is a number of the other."""
    mine, theirs = _numbers(one), _numbers(two)
    if not mine or not theirs or not one.line.numbers.isdisjoint(two.line.numbers):
        return False
    return not meet_of(one, two, "count")


def _numbers(clause: Clause) -> frozenset[str]:
    """The numbers of a clause that are no age, time or place: those it counts by, those outside of slots."""
    counted = {f"{slot.low:g}" for slot in clause.slots if slot.kind == "count" and slot.low is not None}
    return clause.loose | counted


def _copied(one: Clause, two: Clause) -> bool:
    """Whether a long run of words stands in both: one of them, or both, copied it."""
    return longest_run(one.words, two.words) >= COPIED_RUN


def longest_run(one: Sequence[str], two: Sequence[str]) -> int:
    """The length of the longest run of words that stands in both.

    >>> longest_run("the old ferry sank at noon".split(), "an old ferry sank".split())
    3
    """
    best, last = 0, [0] * (len(two) + 1)
    for word in one:
        row = [0] * (len(two) + 1)
        for j, other in enumerate(two, start=1):
            if word == other:
                row[j] = last[j - 1] + 1
        best, last = max(best, *row), row
    return best


def _clusters(clauses: Sequence[Clause], pairs: Sequence[Pair]) -> list[tuple[int, ...]]:
    """Average-link clusters of clauses, the best pair first; those of the same sentences are one."""
    scores = {(pair.left, pair.right): pair.score for pair in pairs}
    home: dict[int, list[int]] = {}
    for left, right in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        one, two = home.get(left, [left]), home.get(right, [right])
        if one is two or {clauses[i].article for i in one} & {clauses[i].article for i in two}:
            continue
        across = [scores.get((min(i, j), max(i, j)), 0.0) for i, j in product(one, two)]
        if sum(across) / len(across) < floor("shared") * LINK:
            continue
        merged = sorted(one + two)
        for index in merged:
            home[index] = merged
    by_line: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for cluster in {tuple(cluster) for cluster in home.values()}:
        by_line[tuple(clauses[i].at for i in cluster)].update(cluster)
    return sorted(tuple(sorted(cluster)) for cluster in by_line.values())


def _shared(story: Story, clauses: Sequence[Clause], cluster: Sequence[int], pairs: Sequence[Pair]) -> Point:
    members = [clauses[i] for i in cluster]
    inside = [pair.score for pair in pairs if pair.left in cluster and pair.right in cluster]
    citations = _joined(story, members)
    return Point(
        kind="shared",
        summary=min(citations, key=lambda c: (len(c.spans), len(c.text), c.article)).text,
        origins=story.count_origins(tuple(citation.article for citation in citations)),
        accounts=citations,
        score=round(sum(inside) / len(inside), 4),
        reason=_why(members),
    )


def _joined(story: Story, members: Sequence[Clause]) -> tuple[Citation, ...]:
    """One citation an account, in the order of the story's articles."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for clause in members:
        spans[clause.article].extend(clause.cited)
    return tuple(_citation(story, article, bridge(some)) for article, some in spans.items())


def _why(members: Sequence[Clause]) -> str:
    """Why clauses are one fact, in words."""
    common = frozenset.intersection(*(frozenset(clause.line.words) for clause in members))
    keys = frozenset.intersection(*(clause.keys for clause in members))
    met = sorted(
        {
            slot.kind
            for slot in members[0].slots
            if all(
                any(slot.kind == other.kind and slot.meets(other) for other in c.slots) for c in members[1:]
            )
        }
    )
    parts = [
        f"the accounts share {len(common)} telling words" if common else "the accounts tell it in other words"
    ]
    if keys:
        parts.append(f"tell of one kind of event ({', '.join(sorted(keys)[:2])})")
    if met:
        parts.append(f"agree on {' and '.join(met)}")
    return ", ".join(parts) + "; nothing conflicts"


def _cite(story: Story, clause: Clause) -> Citation:
    return _citation(story, clause.article, clause.cited)


def _citation(story: Story, article: str, spans: tuple[Span, ...]) -> Citation:
    text = story.article(article).text
    return Citation(article, spans, " ".join(span.of(text) for span in spans))


def _events_in_common(tellings: Sequence[Telling]) -> set[tuple[int, int]]:
    """The pairs of lines that both tell one happening."""
    return {
        (min(left.line, right.line), max(left.line, right.line))
        for left, right in pairs_of(tellings)
        if not participants_conflict(left, right) and not times_conflict(left, right)
    }


def _nearest(likeness: Likeness, events: Iterable[tuple[int, int]]) -> list[float]:
    """For each line how near the other origins come to it: 1 means that one may tell the same."""
    left, right = likeness.candidates()
    near = likeness.compare(left, right).near
    nearest = np.zeros(len(likeness.lines))
    for side in (left, right):
        np.maximum.at(nearest, side, near)
    for places in events:
        nearest[list(places)] = 1.0
    nearest[(nearest <= NEAR_SCORE) & (likeness.nearest_vectors() >= NEAR_COSINE)] = 1.0
    return [float(value) for value in nearest]


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
            or APPEAL.search(line.sentence.span.of(story.article(line.article).text))
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
    citations = tuple(
        _citation(story, lines[i].article, (lines[i].sentence.span,)) for i in sorted(first.values())
    )
    return Point(
        kind="only_here",
        summary=citations[0].text,
        origins=1,
        accounts=citations,
        score=round(1 - max(nearest[i] for i in group), 4),
        reason="nothing in the other accounts comes near it",
    )
