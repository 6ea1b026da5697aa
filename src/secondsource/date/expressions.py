"""Time expressions as dating sees them: a term on the publication day, and the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from ..model import Operator, Reading, Span, TimeMention
from ..model.time import anchors_of, published
from ..words import lemma, rarity
from .stamps import stamps
from .terms import Term, comes_to, term_of

Way: TypeAlias = Literal["past", "future", "open"]
"""Whether an expression speaks of what was or of what is to come; `open` where it may be either."""

REACH = 160
"""Characters on either side, within the sentence, whose words tell what an expression is of."""

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_FUTURE = re.compile(
    r"\b(?:will|would|shall|scheduled|slated|due|expected|expires?|plan(?:s|ned)?|until|till|through"
    r"|by|set for|set to|coming|hearing|upcoming|effective|maturing|beginning|starting|deadline|before"
    r"|no later than|(?:is|are)\s+\w+ing|(?:trial|court|due|target)\s+date"
    r"|to\s+(?:appear|begin|go|return|stand|start))\b"
    r"|[’']ll\b",
    re.IGNORECASE,
)
_NO_DAYS = frozenset({"ref", "during", "duration", "every", "focus", "event"})
_OF_CLOCK = frozenset({"about", "before", "after"})
_OF_DAY_BEFORE = frozenset({"clock", "that-daypart", "the-daypart", "overnight"})
"""Rules that read an hour whose day was told before, or was not: which day it is of is a guess."""
COUNTED = frozenset({"ago", "earlier", "year-ago", "year-earlier", "from-now"})
"""The rules that read expressions such as "two months ago": roughly so long, not a month of the calendar."""
_SAMPLES = tuple(date(year, month, day).toordinal() for year, month, day in ((2001, 3, 14), (2010, 9, 1)))


class Name(NamedTuple):
    """What an expression tells by name: a weekday (1 to 7), a month, a day of the month."""

    weekday: int | None = None
    month: int | None = None
    day: int | None = None

    def agrees(self, other: Name) -> bool:
        """Whether both may name one day."""
        return all(a is None or b is None or a == b for a, b in zip(self, other, strict=True))

    def fits(self, day: int) -> bool:
        """Whether a day (its number) is of this name."""
        found = date.fromordinal(day)
        return self.agrees(Name(found.isoweekday(), found.month, found.day))

    def apart(self, other: Name) -> bool:
        """Whether one tells a weekday alone and the other a day of a month alone.

        >>> Name(weekday=7).apart(Name(month=3, day=23)), Name(7, 3, 23).apart(Name(month=3, day=23))
        (True, False)
        """
        here, there = (bool(n.weekday) - bool(n.month) for n in (self, other))
        return here * there < 0

    def checks(self, other: Name) -> bool:
        """Whether they tell the same thing in so many words: a weekday, or a day of a month."""
        same = [a is not None and a == b for a, b in zip(self, other, strict=True)]
        return self.agrees(other) and (same[0] or (same[1] and same[2]))


@dataclass(frozen=True, slots=True)
class Expression:
    """One time mention: its term with only the publication day left open, and its surroundings.

    `name` is the weekday, month or day that it tells by name, whatever the year
    (nothing for "last week"), `grain` how many days it comes to, `depth` how many characters of the
    body stand before it; `words` maps the bare words around it to how much
    each tells; `leaning` is whether its day is that of an expression before it.
    """

    article: str
    index: int
    span: Span
    term: Term
    way: Way
    grain: int
    sentence: int
    depth: int
    words: dict[str, float]
    name: Name | None = None
    leaning: bool = False

    @property
    def absolute(self) -> bool:
        """Whether it comes to the same days whenever it was written."""
        return not anchors_of(self.term.operator)


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _named(term: Operator, told: str) -> Name | None:
    """What an expression tells by name, with the weekday that stands before a date ("Friday, May 3")."""
    name = _name(term)
    head = told[:3].lower()
    if name and name.day and not name.weekday and head in _WEEKDAYS:
        return name._replace(weekday=_WEEKDAYS.index(head) + 1)
    return name


_WRAPPED = frozenset({"at", "early", "mid", "late"})


def _name(term: Operator) -> Name | None:
    inner = [a for a in term.arguments if isinstance(a, Operator)]
    if term.name in _WRAPPED and inner:
        return _name(inner[-1])
    told = str(term.arguments[0]) if term.arguments else ""
    if term.name == "weekday":
        return Name(weekday=int(told))
    if term.name in {"yearly", "on"} and re.fullmatch(r"[\dX]{4}-\d\d(?:-\d\d)?", told):
        month, day = int(told[5:7]), int(told[8:]) if len(told) == 10 else None
        run = comes_to(term, _SAMPLES[0]) if term.name == "on" and day else None
        return Name((run[0] - 1) % 7 + 1 if run else None, month, day)
    return None


def expressions(reading: Reading) -> tuple[Expression, ...]:
    """The time mentions of a reading that lie on the calendar, in text order."""
    starts = [sentence.span.start for sentence in reading.sentences]
    top = next((s.span.start for s in reading.sentences if s.role == "body"), 0)
    own = [stamp.span for stamp in stamps(reading.article)]
    stamped = frozenset(i for i, m in enumerate(reading.times) if any(m.span.overlaps(s) for s in own))
    found: list[Expression] = []
    for index, mention in enumerate(reading.times):
        term = whole_term(reading, mention.operator, stamped)
        held = bisect_right(starts, mention.span.start) - 1
        if term is None or mention.type in {"DURATION", "SET"} or held < 0 or _rough(mention):
            continue
        if index in stamped:
            continue
        grain = _grain(term)
        sentence = reading.sentences[held].span
        future = speaks_of_future(reading.article.text, mention.span, sentence)
        term = _towards(term, "future" if future else "past")
        text = reading.article.text
        if grain is None or _clock_only(text, term, mention.span) or _number(text, term, mention.span):
            continue
        if anchors_of(term) and grain <= 2 and not _name(term) and _quoted(text, mention.span):
            continue  # "today" in a quotation is the speaker's
        found.append(
            Expression(
                reading.article.id,
                index,
                mention.span,
                term_of(term),
                _way(term, future=future),
                grain,
                held,
                mention.span.start - top,
                _words(text, mention.span, sentence),
                _named(term, mention.span.of(text)),
                mention.rule in _OF_DAY_BEFORE,
            )
        )
    return tuple(found)


_TODAY = re.compile(r"\b(?:today|tonight|this)\b", re.IGNORECASE)


def _clock_only(text: str, term: Operator, span: Span) -> bool:
    """Whether an expression tells a time of day ("2 p.m.", "that night") and not of which day."""
    return term.name == "at" and term.arguments[-1] == published() and not _TODAY.search(span.of(text))


_YEAR_AFTER = re.compile(
    r"\b(?:in|since|from|of|to|until|till|during|by|before|after|between|and|early|late|mid|year|the"
    r"|spring|summer|fall|autumn|winter|january|february|march|april|may|june|july|august|september"
    r"|october|november|december)[\s,(-]*$|\($",
    re.IGNORECASE,
)


def _rough(mention: TimeMention) -> bool:
    """Whether an expression only counts off units ("two months ago", "more than a week")."""
    counted = mention.rule in COUNTED and "day" not in mention.operator.arguments
    return counted or (mention.mod not in {None, "START", "MID", "END"} and mention.type != "TIME")


def _number(text: str, term: Operator, span: Span) -> bool:
    """Whether what looks like a bare year may be a number of a house or a telephone."""
    if not re.fullmatch(r"\d{3,4}", span.of(text)):
        return False
    if not 1900 <= int(span.of(text)) <= 2100:
        return True
    return not _YEAR_AFTER.search(text, max(0, span.start - 14), span.start)


def _quoted(text: str, span: Span) -> bool:
    """Whether an expression stands in quotation marks, its paragraph counted from its start."""
    begin = text.rfind("\n", 0, span.start) + 1
    before = text[begin : span.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def whole_term(reading: Reading, operator: Operator, barred: Collection[int] = ()) -> Operator | None:
    """The term with earlier mentions put in their places; nothing where an event or a length is left.

    Nothing, too, where it leans on a mention that is `barred`.
    """
    if operator.name in _OF_CLOCK and isinstance(operator.arguments[0], Operator):
        clock = operator.arguments[0]  # "around 11 p.m. Saturday" is rough about the hour, not the day
        return whole_term(reading, clock, barred) if clock.name == "at" else None
    if operator.name in _NO_DAYS:
        return None
    if operator.name == "mention":
        index = operator.arguments[0]
        if not isinstance(index, int) or index in barred:
            return None
        return whole_term(reading, reading.times[index].operator, barred)
    arguments: list[str | int | Operator] = []
    for argument in operator.arguments:
        if isinstance(argument, Operator):
            inner = whole_term(reading, argument, barred)
            if inner is None:
                return None
            arguments.append(inner)
        else:
            arguments.append(argument)
    return Operator(operator.name, tuple(arguments))


def _towards(term: Operator, direction: str) -> Operator:
    """The term with "nearest" and "recent" made definite: without a year, as a rule of the year gone by."""
    arguments = tuple(_towards(a, direction) if isinstance(a, Operator) else a for a in term.arguments)
    if term.name in {"yearly", "holiday", "monthly", "weekday"} and arguments[1] in {"nearest", "recent"}:
        arguments = (arguments[0], direction, *arguments[2:])
    return Operator(term.name, arguments)


def _grain(term: Operator) -> int | None:
    """The most days that a term comes to; nothing where the calendar has no such days."""
    runs = [term_of(term).on(day) for day in _SAMPLES]
    lengths = [run[1] - run[0] + 1 for run in runs if run is not None]
    return max(lengths) if lengths else None


def directions(term: Operator) -> Sequence[str]:
    """The directions that a term and its anchors look in, outermost first."""
    own = [str(a) for a in term.arguments[1:2] if term.name in {"weekday", "yearly", "holiday", "monthly"}]
    own += [
        "future" if int(a) > 0 else "past"
        for a in term.arguments[:1]
        if term.name in {"shift", "move"} and isinstance(a, int)
    ]
    own += {"so-far": ["past"], "remaining": ["future"]}.get(term.name, [])
    for argument in term.arguments:
        if isinstance(argument, Operator):
            own += directions(argument)
    return own


_BACK = frozenset({"past", "before", "previous"})


def _way(term: Operator, *, future: bool) -> Way:
    ways = {"past" if d in _BACK else "future" for d in directions(term) if d != "same"}
    if len(ways) == 1:
        return ways.pop()  # type: ignore[return-value]
    if ways:
        return "open"
    return "future" if future else "past"


def speaks_of_future(text: str, span: Span, sentence: Span) -> bool:
    """Whether the words before an expression, in its sentence, announce something."""
    before = text[max(sentence.start, span.start - 90) : span.start]
    return bool(_FUTURE.search(before))


def _words(text: str, span: Span, sentence: Span) -> dict[str, float]:
    """The bare words around an expression, in its sentence: how rare each is, less with distance."""
    left = [m[0] for m in WORD.finditer(text, max(sentence.start, span.start - REACH), span.start)]
    right = [m[0] for m in WORD.finditer(text, span.end, min(sentence.end, span.end + REACH))]
    weights: dict[str, float] = {}
    for side in (reversed(left), right):
        for distance, word in enumerate(side):
            bare = lemma(word.removesuffix("'s").removesuffix("’s"))
            told = rarity(bare)
            if told >= COMMON:
                weights[bare] = max(weights.get(bare, 0.0), told * FADE**distance)
    return weights


COMMON = 0.25
"""Words less rare than this tell nothing about what a sentence is of."""
FADE = 0.8
"""How much less each further word from an expression tells of what it dates."""
