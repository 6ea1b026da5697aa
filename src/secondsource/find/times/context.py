"""Context: what the words of an expression leave open is settled by the text around it.

Which Friday is meant follows from tense and cue words; "that week" and "a year
earlier" lean on an earlier mention; "the day after ..." leans on an event;
and a bare "may", "1500" or "the year" counts as a time only where a neighbour
supports it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ...model import Operator, Span, TimeMention
from ...model.time import mention, move, on, published, shift, this, weekday, yearly
from .found import AUTO, Found
from .tense import Group, Tagged, Tense, groups, tense_at
from .words import Line


@dataclass(slots=True)
class Discourse:
    """What the text has spoken of so far: the mentions, and the financial period it is about."""

    mentions: list[TimeMention] = field(default_factory=list)
    grains: list[str | None] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    period: int | None = None


class Place:
    """A sentence: its number, its words, and, made when they are asked for, its tokens and verb groups."""

    def __init__(self, number: int, line: Line, tagged: Callable[[], Sequence[Tagged]]) -> None:
        self.number = number
        self.line = line
        self._tagged = tagged

    @cached_property
    def tokens(self) -> Sequence[Tagged]:
        """The reader's tokens, with tags."""
        return self._tagged()

    @cached_property
    def groups(self) -> Sequence[Group]:
        """The verbs with their auxiliaries, where there is no parse to find them by."""
        parsed = any(token.dep for token in self.tokens)
        return () if parsed else groups(self.tokens)


_FINE = {"weekday", "monthly", "nth", "holiday", "published"}
_FORMS = {4: "year", 3: "decade", 2: "century", 7: "month", 10: "day"}
_WRAPPED = {"early", "mid", "late", "about", "before", "after"}


def grain(operator: Operator, grains: Sequence[str | None] = ()) -> str | None:
    """The unit that a term tells, as far as it can be seen without grounding it."""
    name, arguments = operator.name, operator.arguments
    if name in _FINE:
        return "day"
    if name in {"on", "yearly"}:
        form = str(arguments[0])
        mark = form[5:6]
        return {"Q": "quarter", "H": "half", "W": "week", "S": "season", "F": "season"}.get(
            mark, _FORMS.get(len(form))
        )
    if name in {"this", "shift"}:
        return str(arguments[-2])
    if name == "part":
        return str(arguments[1])
    if name == "at":
        return "time"
    if name in _WRAPPED and isinstance(arguments[0], Operator):
        return grain(arguments[0], grains)
    if name in {"so-far", "remaining"} and isinstance(arguments[0], Operator):
        return grain(arguments[0], grains)
    if name == "move" and isinstance(arguments[-1], Operator):
        return grain(arguments[-1], grains)
    if name == "mention" and isinstance(arguments[0], int) and arguments[0] < len(grains):
        return grains[arguments[0]]
    return None


_AHEAD = frozenset("due effective payable expire expires expiring deadline scheduled slated".split())
_BEHIND = frozenset("since ended last ago dated past".split())


def settle(found: Found, start: int, where: Place, so_far: Discourse) -> TimeMention | None:
    """The mention that an expression is, its open parts settled; nothing if it is none after all."""
    line = where.line
    first = found.start if found.start is not None else start
    span = Span(line[first].start, line[found.end - 1].end)
    if found.weak and not _supported(found, first, line):
        return None
    if not _meant(found, first, line) or (_may_name(found, line) and _is_person(where, span)):
        return None
    tense = _tense(span, first, where) if _has_open_direction(found.operator) else "none"
    if found.rule.startswith("weekday") and line[found.end].lower in {"'s", "’s"}:
        tense = "past"
    if found.rule == "month-day" and line[first - 1].lower in _DETERMINERS:
        tense = "none"  # "the Oct. 23 letter" takes no tense from its clause
    event = _event_after(where, span) if _has(found.operator, "event") else None
    settled = _settle(found.operator, tense, line[first - 1].lower, where, so_far, event)
    type_ = found.type
    return TimeMention(span, type_, settled, found.rule, found.mod, event)


_DETERMINERS = frozenset("a an the his her its their this that our my 's ’s".split())


def note(made: TimeMention, where: Place, so_far: Discourse) -> None:
    """Take a mention into the discourse."""
    index = len(so_far.mentions)
    so_far.mentions.append(made)
    kind = grain(made.operator, so_far.grains) if made.type in {"DATE", "TIME"} else None
    so_far.grains.append(kind)
    so_far.sentences.append(where.number)
    if kind in {"quarter", "half"} and _is_reported(made.operator) and so_far.period is None:
        so_far.period = index
    elif made.rule in {"first-length", "the-length", "year-ended"}:
        so_far.period = None


def _is_reported(operator: Operator) -> bool:
    """Whether a quarter is one that figures can be told of: of this or a past year, and not to come."""
    return operator.name in {"shift", "this"} or (
        operator.name == "yearly" and operator.arguments[1] == "past"
    )


def _has_open_direction(operator: Operator) -> bool:
    return any(
        argument == AUTO or (isinstance(argument, Operator) and _has_open_direction(argument))
        for argument in operator.arguments
    )


def _has(operator: Operator, name: str) -> bool:
    return operator.name == name or any(isinstance(a, Operator) and _has(a, name) for a in operator.arguments)


def _tense(span: Span, first: int, where: Place) -> Tense:
    """The tense at an expression; a cue word right before it counts for more than the verb."""
    near = [where.line[k].lower for k in range(max(0, first - 3), first)]
    verb = tense_at(where.tokens, where.groups, span.start, span.end)
    if near and near[-1] in {"until", "till"} and first > 1:
        return "future"
    if near[-2:] == ["ahead", "of"]:
        return "future"
    if near[-2:] == ["as", "of"]:
        return "none"
    if near[-2:] in (["soon", "as"], ["early", "as"]):
        return "future"
    if near and near[-1] == "by" and verb != "past":
        return "future"
    if any(word in _AHEAD for word in near) and (verb != "past" or near[-1] in {"effective", "payable"}):
        return "future"
    if near and near[-1] in _BEHIND:
        return "past"
    return verb


def _settle(
    operator: Operator, tense: Tense, before: str, where: Place, so_far: Discourse, event: Span | None
) -> Operator:
    name = operator.name
    if name == "focus":
        return _focused(str(operator.arguments[0]), where, so_far)
    if name == "event" and event is None:
        return _focused("any", where, so_far)
    if name == "move" and operator.arguments[-1] == Operator("focus", ("period",)):
        return _year_back(operator, so_far)
    if name == "period-of":
        return _period_of(str(operator.arguments[0]), so_far)
    if name in {"first-of", "last-of"}:
        return _of_range(operator, _direction("weekday", "", tense, before))
    if name == "weekend":
        return this("weekend", weekday(6, _direction("weekday", "", tense, before), published()))
    arguments: list[str | int | Operator] = []
    for argument in operator.arguments:
        if isinstance(argument, Operator):
            arguments.append(_settle(argument, tense, before, where, so_far, event))
        elif argument == AUTO:
            arguments.append(_direction(name, str(operator.arguments[0]), tense, before))
        else:
            arguments.append(argument)
    return Operator(name, tuple(arguments))


def _direction(name: str, form: str, tense: Tense, before: str) -> str:
    """Which of what recurs is meant, seen from the publication."""
    if name in {"weekday", "monthly"}:
        return "future" if tense in {"future", "arranged"} else "past"
    if name == "holiday":
        return "future" if tense == "future" else "nearest"
    if "-Q" in form or "-H" in form:
        return "nearest" if tense == "future" else "past"
    if tense == "future" or (tense == "arranged" and len(form) == len("XXXX-MM-DD")):
        return "future"
    if tense == "past" and before in _BEHIND:
        return "past"
    if tense == "past" and before not in {"until", "till", "by", "to", "through", "for"}:
        return "recent" if len(form) == len("XXXX-MM-DD") else "past"
    if tense == "present" and before in {"from", "than"}:
        return "past"  # "unchanged from November"
    return "nearest"


def _of_range(operator: Operator, direction: str) -> Operator:
    """One end of "Monday to Wednesday": both days are over in the past, both to come in the future."""
    first, last = (int(str(day)) for day in operator.arguments[:2])
    if direction == "future":
        begin = weekday(first, "future", published())
        return begin if operator.name == "first-of" else weekday(last, "after", begin)
    end = weekday(last, "past", published())
    return end if operator.name == "last-of" else weekday(first, "before", end)


_SAME_TOPIC = 3
"""How many sentences back a day may lie that "at 6 a.m." or "that week" leans on."""


def _focused(kind: str, where: Place, so_far: Discourse) -> Operator:
    """The time the text speaks of; the publication where it has spoken of none."""
    if kind in {"period", "quarter"}:
        if so_far.period is not None:
            return mention(so_far.period)
        return shift(-1, "quarter", published())
    for index in range(len(so_far.mentions) - 1, -1, -1):
        if where.number - so_far.sentences[index] > _SAME_TOPIC:
            break
        found = so_far.grains[index]
        if found is None:
            continue
        if kind == "any" or (kind == "day" and found in {"day", "time"}):
            return mention(index)
        if kind in {"week", "month", "year"} and found in _WITHIN[kind]:
            return mention(index)
    return published()


_WITHIN = {
    "week": {"day", "time", "week", "weekend"},
    "month": {"day", "time", "week", "weekend", "month"},
    "year": {"day", "time", "week", "weekend", "month", "quarter", "half", "season", "year"},
}


def _year_back(operator: Operator, so_far: Discourse) -> Operator:
    """As in "a year earlier": than the quarter the text is about, else than this year."""
    n = operator.arguments[0]
    if so_far.period is not None and isinstance(n, int):
        return move(n, "year", mention(so_far.period))
    return shift(int(str(n)), "year", published())


def _period_of(year: str, so_far: Discourse) -> Operator:
    """ "the 1988 period": the quarter that the text is about, in that year; else the year."""
    if so_far.period is not None:
        term = so_far.mentions[so_far.period].operator
        if term.name == "yearly":
            return yearly(str(term.arguments[0]), "same", on(year))
    return on(year)


def _event_after(where: Place, span: Span) -> Span | None:
    """The trigger of the event that an expression is told from: what "after" or "before" belongs to.

    Without a parse, the next verb, or else the next noun.
    """
    after = [t for t in where.tokens if t.start >= span.end]
    if after and after[0].dep in {"mark", "case"} and after[0].head >= 0:
        head = where.tokens[after[0].head]
        happens = head.tag[:1] in {"V", "N"} and head.start > after[0].start
        return Span(head.start, head.end) if happens else None
    for position, token in enumerate(after[:12]):
        if token.lower in {",", ";", ".", ":"} and position > 1:
            break
        if token.tag in {"VBD", "VBZ", "VBP", "VBN", "VBG"} and token.lower not in {"following", "preceding"}:
            return Span(token.start, token.end)
    nouns = [
        t for t in after[1:6] if t.lower.isalpha() and t.lower not in {"the", "a", "an", "his", "her", "its"}
    ]
    return Span(nouns[0].start, nouns[0].end) if nouns else None


_MONTH_CUES = frozenset(
    "in last next this since until till by from to of early late mid through during and or before after for "
    "between - –".split()
)
_DAY_CUES = frozenset("on until till by last next this since from through".split())
_SEASON_CUES = frozenset(
    "in during by of until till for through over since into late early before after from last".split()
)


def _supported(found: Found, first: int, line: Line) -> bool:
    """Whether a neighbour supports an expression that is weak by itself."""
    before, after = line[first - 1].lower, line[found.end].lower
    if found.rule == "month":
        if "short" in line[first].senses and line[found.end].titled and line[first + 1].text != ".":
            return False  # "Jan Kavan" is a person
        return before in _MONTH_CUES or (
            before == "the" and after.isalpha() and after not in _MONTH_CUES | {"on"}
        )
    if found.rule == "weekday":
        return before in _DAY_CUES and not (line[found.end].titled and line[found.end].text.isalpha())
    if found.rule == "season":
        return before in _SEASON_CUES
    if found.rule == "the-year":
        return before in {"for", "in", "during", "throughout"}
    if found.rule == "year":
        return not (line[found.end - 1].text.endswith("00") and after.isalpha() and after.endswith("s"))
    return True


def _meant(found: Found, first: int, line: Line) -> bool:
    """Whether an expression is a time at all and not a name, a rate, a score or a common phrase."""
    before, after = line[first - 1], line[found.end]
    if found.rule == "a-length":
        return _not_rate(found, first, line)
    if found.rule == "reference":
        return _refers(first, line)
    if _is_name(found, first, line) or before.lower == "high":
        return False
    if found.rule.startswith("weekday") and before.titled and before.lower in _NAMED_DAYS:
        return False
    if found.rule == "year" and _is_number(first, line):
        return False
    if found.rule == "year" and any(line[found.end + k].lower in _STREETS for k in range(1, 4)):
        return not after.titled
    if line[first].lower == "many" and before.lower == "as":
        return False
    if found.type == "DURATION" and after.lower in {"a", "per"} and "unit" in line[found.end + 1].senses:
        return False  # "24 hours a day"
    return not (after.text == "/" and after.glued) and not (before.text == "/" and line[first].glued)


_NAMED_DAYS = frozenset("super fat giving bloody shrove holy casual meatless throwback".split())
"""What makes a weekday the name of some other thing: "Super Tuesday"."""
_STREETS = frozenset("avenue ave street st road rd drive dr boulevard blvd lane ln highway hwy court".split())


_NUMBERED = frozenset(
    """flight room route highway bus gate apartment apt suite unit channel section article chapter page no
    number lot box bill resolution model train squadron paragraph order rule case""".split()
)


def _is_number(first: int, line: Line) -> bool:
    """Whether digits that look like a year number a thing: "Flight 1979", "Room 2010", "555-2011"."""
    word, before = line[first], line[first - 1]
    if before.text in {"-", "–"} and word.glued and before.glued and line[first - 2].digits:
        return len(line[first - 2].text) == 3
    return before.lower in _NUMBERED or (before.text == "." and line[first - 2].lower in {"no", "apt"})


def _refers(first: int, line: Line) -> bool:
    """Whether a word such as "soon" tells a time: not in "as soon as", "soon after"."""
    word, before, after = line[first].lower, line[first - 1].lower, line[first + 1].lower
    if word == "soon":
        return before not in {"as", "too", "how"} and after not in {"after", "before"}
    return (word, after) != ("recently", "as")


def _may_name(found: Found, line: Line) -> bool:
    """Whether an expression is one word that people are called by: a month, a season, a weekday."""
    return found.rule in {"month", "weekday", "season", "holiday"} and line[found.end - 1].titled


def _is_person(where: Place, span: Span) -> bool:
    """Whether the reader took a word ("May", "August") for somebody's name, or for the start of a body's."""
    held = [k for k, t in enumerate(where.tokens) if t.start < span.end and span.start < t.end]
    after = where.tokens[held[-1] + 1 : held[-1] + 2] if held else ()
    labels = {where.tokens[k].entity for k in held}
    return "PERSON" in labels or ("ORG" in labels and any(t.entity == "ORG" for t in after))


def _is_name(found: Found, first: int, line: Line) -> bool:
    """Whether capitals make a common phrase a name: "This Week", "Saturday Night Live"."""
    words = line.words[first : found.end]
    within = len(words) > 1 or line[first - 1].text[-1:].isalnum()
    if first and within and words[-1].titled and not words[-1].text.isupper() and found.rule in _NEVER_TITLED:
        return True  # "60 Minutes", "Entertainment Today"; but a quotation may begin with "Today"
    if len(words) != 2 or not all(w.titled for w in words):
        return False
    if "weekday" in words[0].senses and "daypart" in words[1].senses:
        return line[found.end].titled
    return "relative" in words[0].senses and "unit" in words[1].senses


_NEVER_TITLED = frozenset("length bare-length today tomorrow tonight reference often".split())
"""Rules whose expressions have a capital only where a sentence begins, or in a name."""


def _not_rate(found: Found, first: int, line: Line) -> bool:
    """As in "a share price of $3 a year": a rate, unless a preposition takes the length."""
    before = line[first - 1].lower
    return before in _LENGTH_CUES or found.end - first > 2


_LENGTH_CUES = frozenset(
    "for in within after over of than nearly almost about last lasted lasting take takes took as least by "
    "once barely just only around through during him her them it spend spent up before wait waited until "
    "is".split()
)
