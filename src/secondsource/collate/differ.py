"""Differing points: where accounts of one happening conflict, by aspect.

Two ways lead to one. *Values*: two clauses that tell of one thing but for a
value, or one named person with two ages; what conflicts is an age, a count, a
condition (`value`), a clock time or a day (`time`), a street (`place`), the
spelling of a name (`wording`). A value that the other account tells somewhere,
too, is no conflict. *Events* (`happenings`): one account expects what another
calls unclear (`certainty`), tells what another negates (`polarity`), plans what
another says failed (`outcome`). Where the later report changes a value, the
reason says so: it may be an update.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model import Aspect, Calendar, Citation, Point, Span, Story, covered
from .align import Line
from .clauses import Clause
from .happenings import Telling, pairs_of, participants_conflict, standing
from .kin import nearest_kin
from .names import Spelling, misspelt, put_elsewhere
from .pairs import Pair, Pairing, apart_of, comparable, floor
from .slots import Slot, SlotKind, worded
from .values import Clash, Values, at_once, clashes, says

NEAR = 0.12
"""The least likeness of two sentences whose events are compared for certainty or outcome."""
DEATH = "die"
"""The class of predicates that tell of death."""
SERIOUS = 2
"""The grade of a condition from which somebody may yet die."""
BIRTHDAY = 30
"""Days between two reports from which a year's difference in age may be a birthday."""
CLOSE_AGES = 5
"""Years that two ages of one person may be apart where no name says that it is one person."""
WHEN_AND_WHERE: tuple[SlotKind, ...] = ("clock", "day", "street")
MOST_APART = 1
"""Two clauses that conflict in more of these than one tell of two events."""
ALSO = frozenset({"also"})
FURTHER = frozenset({"another", "other", "others", "second", "third", "additional"})
"""Words by which a count goes on after "one"."""
WHETHER = re.compile(r"\b(?:whether|if|that)\b", re.IGNORECASE)
OPEN = re.compile(r"\b(?:whether|either|if)\b", re.IGNORECASE)
ALONE = 0.8
"""How sure a conflict is of values that no paired clauses tell, but each account once."""
NAMED_AGES = 12
"""Years that two ages of one name may be apart: a father and a son may share it."""
QUOTED = 0.5
"""A line of which more than this share is quoted is speech: who says otherwise is another speaker."""
ASPECTS: Mapping[SlotKind, Aspect] = {
    "age": "value", "count": "value", "condition": "value", "clock": "time", "day": "time", "street": "place",
    "body": "place",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Conflict:
    """Two slots (or events) of two clauses that can't both be exact."""

    aspect: Aspect
    left: tuple[str, tuple[Span, ...]]
    right: tuple[str, tuple[Span, ...]]
    score: float
    reason: str


def find_differing(
    story: Story,
    pairing: Pairing,
    pairs: Sequence[Pair],
    lines: Sequence[Line],
    tellings: Sequence[Telling],
    calendar: Calendar,
    told: Mapping[str, Sequence[Span]],
) -> tuple[Point, ...]:
    """The differing points of a story, in the order of the accounts.

    `told` are the spans that utterances tell already.
    """
    found = [
        *_value_conflicts(story, pairing, pairs, calendar),
        *_spellings(story, pairing.clauses),
        *_places_apart(story, pairing.clauses),
        *_event_conflicts(story, pairing, lines, tellings, told),
    ]
    places = {article.id: place for place, article in enumerate(story.articles)}
    points = [_point(story, group, calendar, places) for group in _grouped(found)]
    return tuple(
        sorted(points, key=lambda p: ([(places[c.article], c.spans) for c in p.accounts], p.aspect or ""))
    )


def _grouped(conflicts: Sequence[_Conflict]) -> list[list[_Conflict]]:
    """Conflicts of one aspect that share a clause are one point, which then lists all accounts."""
    groups: list[list[_Conflict]] = []
    home: dict[tuple[Aspect, tuple[str, tuple[Span, ...]]], list[_Conflict]] = {}
    for conflict in sorted(conflicts, key=lambda c: (-c.score, c.left, c.right, c.aspect, c.reason)):
        ends = [(conflict.aspect, conflict.left), (conflict.aspect, conflict.right)]
        group = next((home[end] for end in ends if end in home), None)
        if group is None:
            groups.append(group := [])
        elif {c[0] for c in (conflict.left, conflict.right)} <= {
            a for g in group for a, _ in (g.left, g.right)
        }:
            # Both accounts stand in it already: another telling of the same.
            continue
        group.append(conflict)
        for end in ends:
            home.setdefault(end, group)
    return groups


def _value_conflicts(
    story: Story, pairing: Pairing, pairs: Sequence[Pair], calendar: Calendar
) -> Iterator[_Conflict]:
    """Clauses that tell of one thing with two values, each kind of slot once a pair."""
    values = Values(pairing.clauses)
    floors = {kind: floor(f"differing_{kind}") for kind in ASPECTS}
    deniable = floor("differing_polarity")
    lowest = min(deniable, *floors.values())
    for pair in pairs:
        if pair.alike < lowest or pairing.one_mouth(pair.left, pair.right):
            continue
        one, two = pairing.clauses[pair.left], pairing.clauses[pair.right]
        for kind, least in floors.items():
            if pair.alike >= least:
                yield from _between(story, values, one, two, kind, pair.alike, calendar)
        if pair.alike >= deniable:
            yield from _denied(one, two, pair.alike)
    yield from _ages_of_people(story, values, pairing.clauses, calendar)
    yield from _turned_worse(story, values, pairing.clauses, calendar)
    for clash in clashes(story, values):
        if not (
            clash.left.kind == "age"
            and _birthday(clash.left, clash.right, clash.one.article, clash.two.article, calendar)
        ):
            yield _of_clash(story, clash, ALONE)


def _of_clash(story: Story, clash: Clash, score: float) -> _Conflict:
    """Two values in conflict, in the accounts' own words."""
    one, two = clash.one, clash.two
    words = [worded(s, story.article(c.article).text) for c, s in ((one, clash.left), (two, clash.right))]
    reason = f"{words[0]} against {words[1]}"
    return _Conflict(
        ASPECTS[clash.left.kind], (one.article, one.cited), (two.article, two.cited), score, reason
    )


def _denied(one: Clause, two: Clause, score: float) -> Iterator[_Conflict]:
    """What one clause tells and the other negates: one predicate, the same participants."""
    steps = {one.steps, two.steps}
    same = one.heads & two.heads and one.others & two.others and not (one.quoted or two.quoted)
    if same and steps == {frozenset({"no"}), frozenset({"sure"})} and one.line.negated != two.line.negated:
        reason = "one account tells what another negates"
        yield _Conflict("polarity", (one.article, one.cited), (two.article, two.cited), score, reason)


def _between(
    story: Story, values: Values, one: Clause, two: Clause, kind: SlotKind, score: float, calendar: Calendar
) -> Iterator[_Conflict]:
    """The conflict of two aligned clauses in one kind of slot, if each tells one such value."""
    mine = [slot for slot in one.slots if slot.kind == kind]
    theirs = [slot for slot in two.slots if slot.kind == kind]
    pairs = [(a, b) for a in mine for b in theirs if comparable(a, b)]
    if len(pairs) != 1 or (kind != "count" and (len(mine) != 1 or len(theirs) != 1)):
        return
    a, b = pairs[0]
    if kind == "condition" and (one.line.negated or two.line.negated):
        return
    if kind == "clock" and apart_of(one, two, "day"):
        return
    if kind in ("clock", "day") and not at_once(one, two):
        return
    if sum(apart_of(one, two, other) for other in WHEN_AND_WHERE) > MOST_APART:
        return
    if a.meets(b) or values.tells(two.article, a) or values.tells(one.article, b):
        return
    if kind == "age" and _birthday(a, b, one.article, two.article, calendar):
        return
    if kind == "count" and not _countable(values, one, two, a, b):
        return
    yield _of_clash(story, Clash(one, two, a, b), score)


def _countable(values: Values, one: Clause, two: Clause, a: Slot, b: Slot) -> bool:
    """Whether two numbers count one thing: told by one predicate, and each the account's only such number.

    "One woman ... and a second woman" counts further; so its one is not all.
    """
    if "$" in a.of:
        return True
    if a.key != b.key or not a.key or "it" in a.of:
        return False
    alone = 1 in (a.low, b.low)
    if any(says(clause, ALSO) or (alone and says(clause, FURTHER)) for clause in (one, two)):
        return False
    if one.line.names and two.line.names and one.line.names.isdisjoint(two.line.names):
        return False
    return all(
        len({s.low for _, s in values.of(clause.article, "count") if s.key == slot.key and s.of == slot.of})
        == 1
        for clause, slot in ((one, a), (two, b))
    )


def _ages_of_people(
    story: Story, values: Values, clauses: Sequence[Clause], calendar: Calendar
) -> Iterator[_Conflict]:
    """One person with two ages: by name, or the only age of each account that the other does not tell."""
    articles = [article.id for article in story.articles]
    for place, left in enumerate(articles):
        for right in articles[place + 1 :]:
            mine = [(c, s) for c, s in values.of(left, "age") if not values.tells(right, s)]
            theirs = [(c, s) for c, s in values.of(right, "age") if not values.tells(left, s)]
            alone = len({s.low for _, s in mine}) == len({s.low for _, s in theirs}) == 1
            for one, a in mine:
                for two, b in theirs:
                    if not comparable(a, b) or _birthday(a, b, left, right, calendar):
                        continue
                    named = _one_person(a, b, values, left, right)
                    apart = _years_apart(a, b)
                    if (named and apart <= NAMED_AGES) or (
                        alone and apart <= CLOSE_AGES and _alike(one, a, two, b)
                    ):
                        yield _of_clash(story, Clash(one, two, a, b), 0.95 if named else ALONE)


def _alike(one: Clause, a: Slot, two: Clause, b: Slot) -> bool:
    """Whether two ages may be of one person: a noun or part of a name in common, or the same came to both."""
    return bool(a.of & b.of) or bool(set(a.names) & set(b.names)) or nearest_kin(one.keys, two.keys) > 0


def _years_apart(one: Slot, two: Slot) -> float:
    """How far two ages are apart; nothing a decade ("in her 20s") leaves open counts."""
    low, high = (one, two) if (one.low or 0) <= (two.low or 0) else (two, one)
    return (high.low or 0) - (low.high or 0)


def _one_person(one: Slot, two: Slot, values: Values, left: str, right: str) -> bool:
    """Whether two ages are of one name: last names agree, and so do first names, or only one can be meant."""
    if not one.names or not two.names:
        return False
    last = _last(one.names)
    if last != _last(two.names):
        return False
    if len(one.names) > 1 and len(two.names) > 1:
        return one.names[0] == two.names[0]
    firsts = {
        slot.names[0]
        for article in (left, right)
        for _, slot in values.of(article, "age")
        if len(slot.names) > 1 and _last(slot.names) == last
    }
    return len(firsts) <= 1


def _last(names: tuple[str, ...]) -> str:
    kept = [name for name in names if name.strip(".") not in ("jr", "sr", "ii", "iii", "iv")]
    return (kept or list(names))[-1]


def _birthday(one: Slot, two: Slot, left: str, right: str, calendar: Calendar) -> bool:
    """Whether a year's difference fits the days between two reports."""
    first, second = calendar.date(left), calendar.date(right)
    if not (first.earliest and second.earliest and one.low and two.low):
        return False
    days = (second.earliest - first.earliest).days
    years = two.low - one.low
    return abs(days) >= BIRTHDAY and 0 < years * (1 if days > 0 else -1) <= abs(days) / 365 + 1


def _turned_worse(
    story: Story, values: Values, clauses: Sequence[Clause], calendar: Calendar
) -> Iterator[_Conflict]:
    """Somebody hurt in an earlier report who is dead in a later one."""
    dead: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        if DEATH in clause.heads and clause.steps == frozenset({"sure"}):
            dead[clause.article].append(clause)
    for article in story.articles:
        for hurt, slot in values.of(article.id, "condition"):
            if (slot.low or 0) < SERIOUS or _mentions(hurt, dead.get(article.id, ())):
                continue
            for other in story.articles:
                if _comes_after(other.id, article.id, calendar):
                    told = next((c for c in dead.get(other.id, ()) if _same_people(hurt, c)), None)
                    if told is not None:
                        reason = f"{worded(slot, article.text)} against dead"
                        yield _Conflict(
                            "value", (article.id, hurt.cited), (other.id, told.cited), 0.8, reason
                        )


def _people(clause: Clause) -> tuple[frozenset[str], frozenset[float]]:
    """Last names and ages in a clause."""
    ages = frozenset(slot.low for slot in clause.slots if slot.kind == "age" and slot.low is not None)
    return clause.line.names & (clause.agents | clause.others), ages


def _same_people(one: Clause, two: Clause) -> bool:
    (names, ages), (others, years) = _people(one), _people(two)
    return bool(names & others or ages & years)


def _mentions(clause: Clause, others: Sequence[Clause]) -> bool:
    """Whether one of the others is on the same people, or might be: it names none."""
    return any(_same_people(clause, other) or not any(_people(other)) for other in others)


def _comes_after(later: str, earlier: str, calendar: Calendar) -> bool:
    """Whether an account was surely published after another, or at least not before it."""
    one, two = calendar.date(later), calendar.date(earlier)
    return bool(one.earliest and two.latest and one.earliest >= two.latest)


def _spellings(story: Story, clauses: Sequence[Clause]) -> Iterator[_Conflict]:
    """Names that two accounts spell otherwise."""
    texts = {article.id: article.text for article in story.articles}
    homes: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        homes[clause.article].append(clause)
    for spelling in misspelt(texts, homes):
        yield _spelling(spelling, homes)


def _spelling(spelling: Spelling, homes: Mapping[str, Sequence[Clause]]) -> _Conflict:
    places = []
    for article, span in (spelling.left, spelling.right):
        clause = next((c for c in homes[article] if any(s.contains(span) for s in c.cited)), None)
        places.append((article, clause.cited if clause else (span,)))
    reason = f"“{spelling.words[0]}” against “{spelling.words[1]}”"
    return _Conflict("wording", places[0], places[1], 0.9, reason)


def _places_apart(story: Story, clauses: Sequence[Clause]) -> Iterator[_Conflict]:
    """A named place that two accounts put in two towns."""
    texts = {article.id: article.text for article in story.articles}
    for left, right, words in put_elsewhere(texts, clauses):
        reason = f"“{words[0]}” against “{words[1]}”"
        yield _Conflict("place", (left.article, left.cited), (right.article, right.cited), 0.8, reason)


def _event_conflicts(
    story: Story,
    pairing: Pairing,
    lines: Sequence[Line],
    tellings: Sequence[Telling],
    told: Mapping[str, Sequence[Span]],
) -> Iterator[_Conflict]:
    """Conflicts of certainty and outcome between tellings of one happening."""
    negated: dict[int, list[Telling]] = defaultdict(list)
    for telling in tellings:
        if standing(telling) == "no":
            negated[telling.line].append(telling)
    for left, right in pairs_of(tellings):
        speech = [
            covered(s := lines[t.line].sentence.span, told.get(t.article, ())) > QUOTED * len(s)
            for t in (left, right)
        ]
        if participants_conflict(left, right) or any(speech):
            continue
        score = pairing.line_score(left.line, right.line)
        for aspect, reason in _conflicts(left, right, score, negated):
            if aspect == "certainty" and not _in_doubt(story, lines, left, right):
                continue
            one, two = (left, right) if left.line < right.line else (right, left)
            spans = [(t.article, (lines[t.line].sentence.span,)) for t in (one, two)]
            yield _Conflict(aspect, spans[0], spans[1], score, reason)


def _in_doubt(story: Story, lines: Sequence[Line], left: Telling, right: Telling) -> bool:
    """Whether what is unclear is whether it happens, not how; and the other account leaves nothing open."""
    unclear, sure = (left, right) if standing(left) == "unclear" else (right, left)
    texts = [lines[t.line].sentence.span.of(story.article(t.article).text) for t in (unclear, sure)]
    return bool(WHETHER.search(texts[0])) and not OPEN.search(texts[1])


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


def _point(story: Story, group: Sequence[_Conflict], calendar: Calendar, places: Mapping[str, int]) -> Point:
    ends = {end[0]: end for conflict in reversed(group) for end in (conflict.right, conflict.left)}
    ordered = sorted(ends.values(), key=lambda end: places[end[0]])
    reason = group[0].reason
    dated = [end[0] for end in (group[0].left, group[0].right)]
    if group[0].aspect == "value" and _later(dated[0], dated[1], calendar):
        reason += "; the later report may be an update"
    citations = tuple(_cite(story, article, spans) for article, spans in ordered)
    return Point(
        kind="differing",
        aspect=group[0].aspect,
        summary=citations[0].text,
        origins=story.count_origins(tuple(c.article for c in citations)),
        accounts=citations,
        score=round(max(conflict.score for conflict in group), 4),
        reason=reason,
    )


def _cite(story: Story, article: str, spans: tuple[Span, ...]) -> Citation:
    text = story.article(article).text
    return Citation(article, spans, " ".join(span.of(text) for span in spans))


def _later(left: str, right: str, calendar: Calendar) -> bool:
    """Whether one of two accounts was surely published on a later day than the other."""
    one, two = calendar.date(left), calendar.date(right)
    return bool(
        (one.earliest and two.latest and one.earliest > two.latest)
        or (two.earliest and one.latest and two.earliest > one.latest)
    )
