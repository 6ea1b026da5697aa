"""Slots: the ages, clock times, days, streets and counts that an account tells, as values that compare.

Each slot is an interval with what it is of: an age of a person (name, noun,
sex), a clock time of its day, a house number or block of a street, a count of a
noun told by a predicate. Two slots meet when their intervals have a value in
common; a hedge ("about", "shortly after") widens them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

from ..model import Calendar, Reading, Span
from .happenings import class_of

if TYPE_CHECKING:
    from spacy.tokens import Token

SlotKind: TypeAlias = Literal["age", "clock", "day", "street", "count", "condition", "body"]
Sex: TypeAlias = Literal["male", "female"]

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
UNITS = {"year": 1.0, "month": 1 / 12, "week": 1 / 52, "day": 1 / 365}
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
HALF_DAY, DAY = 12 * 60, 24 * 60
ABOUT, BEYOND = 8, 25
"""Minutes that "about" and "shortly after" leave open."""

_NUMBER = r"(?:\d{1,3}|(?:" + "|".join([*TENS]) + r")(?:-\w+)?|" + "|".join(SMALL[1:]) + r")"
_AGED = re.compile(
    rf"\b(?:(?P<least>{_NUMBER})-? (?:or|to) )?(?P<n>{_NUMBER}) ?(?:-| )(?P<unit>year|month|week|day)s?"
    r"(?:-| )olds?\b",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"(?<=[A-Za-z.”’)]), (?P<n>\d{1,2})(?=[,;.)]|$| and\b| of\b| was\b| who\b| is\b)")
_AGE_WORD = re.compile(r"\baged? (?P<n>\d{1,3})\b", re.IGNORECASE)
_DECADE = re.compile(
    r"\bin (?:his|her|their)(?: (?P<part>early|mid|late))?(?:-| )?(?:to late )?"
    r"(?P<n>[2-9]0[’']?s|" + "|".join(w[:-1] + "ies" for w in TENS) + r")\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d:$.])(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b\.?"
    r"|\b(?P<word>noon|midnight)\b",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|[a-z]{3,9}\.? \d{1,2}\b|\b\d{1,2} [a-z]{3,9}", re.IGNORECASE
)
_MONEY = re.compile(
    r"[$€£](?P<n>\d[\d,]*(?:\.\d+)?)(?:[ -](?P<scale>thousand|million|billion|trillion))?", re.IGNORECASE
)
_LED = re.compile(r"(?P<words>(?:\b[A-Za-z]+\s+){0,2})$")
_BLOCK = re.compile(r"\b(?P<n>\d{1,5})(?:th|st|nd|rd)?(?:-| )blocks? (?:of|on) $", re.IGNORECASE)
_HOUSE = re.compile(r"\b(?P<n>\d{1,5}) $")


@dataclass(frozen=True, slots=True)
class Slot:
    """One value told: `low` to `high` (both included), of what `of` names.

    Ages are in years, clock times in minutes of the day, days as ordinals,
    streets as house or block numbers (none where only the street is told),
    counts in units. `names` are the words of a person's name, `sex` where a
    noun tells it, `key` the class of the predicate that a count is told by.
    """

    kind: SlotKind
    span: Span
    low: float | None
    high: float | None
    of: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    sex: Sex | None = None
    key: str | None = None

    def meets(self, other: Slot) -> bool:
        """Whether the two have a value in common; clock times meet across midnight, too."""
        if self.kind == "body":
            return _one_part(self.of, other.of)
        if self.kind == "street" and _thoroughfare(self).isdisjoint(_thoroughfare(other)):
            return False
        turns = (0, -DAY, DAY) if self.kind == "clock" else (0,)
        if self.kind == "day" and ((self.low or 0) - (other.low or 0)) % 7 == 0:
            # One weekday in two weeks is one day that one account was dated wrongly by.
            return True
        low, high = _bound(self.low, -1e308), _bound(self.high, 1e308)
        other_low, other_high = _bound(other.low, -1e308), _bound(other.high, 1e308)
        return any(low <= other_high + turn and other_low + turn <= high for turn in turns)


def _thoroughfare(slot: Slot) -> frozenset[str]:
    """The kind of a street, as road or avenue."""
    return frozenset(word for word in slot.of if word.startswith("kind:"))


def _bound(value: float | None, default: float) -> float:
    return default if value is None else value


@cache
def _lexicon() -> dict[str, dict[str, list[str]]]:
    raw: dict[str, dict[str, list[str]]] = tomllib.loads(
        files(__package__).joinpath("slots.toml").read_text(encoding="utf-8")
    )
    return raw


@cache
def sex_of(noun: str) -> Sex | None:
    """Whether a noun tells of a male or a female person."""
    people = _lexicon()["people"]
    if noun in people["male"]:
        return "male"
    return "female" if noun in people["female"] else None


def slots_of(reading: Reading, calendar: Calendar) -> tuple[Slot, ...]:
    """Every slot that a reading tells, in text order."""
    text = reading.article.text
    found = [*_ages(reading), *_clocks(text), *_streets(text), *_days(reading, calendar)]
    found += [*_conditions(text), *_money(text), *_parts(text)]
    taken = [slot.span for slot in found]
    found.extend(slot for slot in _counts(reading) if not any(slot.span.overlaps(span) for span in taken))
    return tuple(sorted(found, key=lambda slot: (slot.span, slot.kind)))


def _ages(reading: Reading) -> Iterator[Slot]:
    text = reading.article.text
    for pattern in (_AGED, _AFTER_NAME, _AGE_WORD, _DECADE):
        for match in pattern.finditer(text):
            span = _aged(match) if pattern is _AGED else Span(match.start("n"), match.end("n"))
            low, high = _years(match)
            of, names = _person(reading, match.end() if pattern is _AGED else match.start(), pattern is _AGED)
            if pattern is _AFTER_NAME and not (names or any(sex_of(noun) for noun in of)):
                continue
            sexes = {sex for noun in of if (sex := sex_of(noun))}
            yield Slot("age", span, low, high, of, names, sexes.pop() if len(sexes) == 1 else None)


def _aged(match: re.Match[str]) -> Span:
    """An age with its unit: "1- or 2-year"."""
    return Span(match.start("least") if match["least"] else match.start("n"), match.end("unit"))


def _years(match: re.Match[str]) -> tuple[float, float]:
    parts = match.groupdict()
    if "part" in parts:
        word = parts["n"].lower().replace("’", "").replace("'", "")
        start = float(word[:2]) if word[:2].isdigit() else float(TENS[word[:-3] + "y"])
        first, last = {"early": (0, 4), "mid": (3, 7), "late": (6, 9)}.get(
            (parts["part"] or "").lower(), (0, 9)
        )
        return start + first, start + last
    unit = UNITS[(parts.get("unit") or "year").lower()]
    value = _value(parts["n"].lower()) * unit
    least = _value(parts["least"].lower()) * unit if parts.get("least") else value
    return min(least, value), value + unit * 0.99


def _value(word: str) -> float:
    if word.isdigit():
        return float(word)
    tens, _, rest = word.partition("-")
    if tens in TENS:
        return float(TENS[tens] + (SMALL.index(rest) if rest in SMALL else 0))
    return float(SMALL.index(word))


def _person(reading: Reading, at: int, ahead: bool) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whose age stands at an offset: the nouns and the name of the phrase after (or before) it."""
    doc, text = reading.doc, reading.article.text
    while ahead and at < len(text) and text[at].isspace():
        # A blank is no token: nothing would be found at it.
        at += 1
    inside = at < len(text)
    span = doc.char_span(at, at + 1, alignment_mode="expand") if inside else None
    if span is None or not len(span):
        return frozenset(), ()
    index = span[0].i
    tokens = doc[index : index + 8] if ahead else reversed(doc[max(0, index - 8) : index])
    nouns: set[str] = set()
    name: list[str] = []
    for token in tokens:
        if token.text in '“”"' and not ahead:
            continue
        if (
            token.text in ",-"
            and (not ahead or not name)
            and (nouns or name or not ahead or token.text == "-")
        ):
            if nouns or name:
                if not ahead or name or token.text == "-":
                    break
                continue
            continue
        if token.pos_ == "PROPN" or (token.is_title and token.pos_ not in ("DET", "PRON", "ADP", "NUM")):
            name.append(token.text)
        elif token.pos_ == "NOUN" and (ahead or not name):
            # "A 20-year-old Oakland man": the name is where he is from.
            name.clear()
            nouns.add(token.lemma_.lower())
        elif name or not _goes_on(token):
            break
    words = tuple(word.lower().replace("’", "'") for word in (name if ahead else reversed(name)))
    return frozenset(nouns), words


def _goes_on(token: Token) -> bool:
    """Whether a phrase on somebody goes on over a word that is no noun and no name."""
    return token.pos_ in ("ADJ", "DET", "NUM", "PART") or (token.pos_ == "PUNCT" and token.text in "-'\"“”")


def _clocks(text: str) -> Iterator[Slot]:
    hedges = _lexicon()["hedges"]
    for match in _CLOCK.finditer(text):
        if match["word"]:
            minute = float(HALF_DAY if match["word"].lower() == "noon" else 0)
        else:
            hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
            minute = float(hour * 60 + int(match["minute"] or 0))
        led = _LED.search(text, max(0, match.start() - 40), match.start())
        words = set(led["words"].lower().split()) if led else set()
        low = high = minute
        if words & set(hedges["about"]):
            low, high = minute - ABOUT, minute + ABOUT
        elif words & set(hedges["before"]):
            low, high = minute - BEYOND, minute + ABOUT
        elif words & set(hedges["after"]):
            low, high = minute - ABOUT, minute + BEYOND
        yield Slot("clock", Span(match.start(), match.end()), low, high)


@cache
def _street() -> re.Pattern[str]:
    kinds = "|".join(word for words in _lexicon()["thoroughfares"].values() for word in words)
    ways = "|".join(_lexicon()["directions"]["words"])
    return re.compile(
        rf"\b(?P<name>(?:(?i:{ways})\.? )?(?:(?:[A-Z][\w’'.-]*|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}})"
        rf"(?P<kind>(?i:{kinds}))\b(?!\w)"
    )


def _streets(text: str) -> Iterator[Slot]:
    kinds = {word: kind for kind, words in _lexicon()["thoroughfares"].items() for word in words}
    ways = set(_lexicon()["directions"]["words"])
    for match in _street().finditer(text):
        words = [word.lower().strip(".'’") for word in match["name"].split()]
        telling = [word for word in words if word not in ways]
        if not telling or not match["kind"][0].isupper():
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        number = _BLOCK.search(before) or _HOUSE.search(before)
        start = match.start() - (len(before) - number.start() if number else 0)
        value = float(number["n"]) if number else None
        block = 99.0 if value is not None and value % 100 == 0 and _BLOCK.search(before) else 0.0
        of = frozenset([*telling, f"kind:{kinds[match['kind'].lower()]}"])
        last = None if value is None else value + block
        yield Slot("street", Span(start, match.end()), value, last, of)


def _days(reading: Reading, calendar: Calendar) -> Iterator[Slot]:
    """The time mentions that come to one day."""
    for grounding in calendar.groundings:
        first, last = grounding.interval.earliest, grounding.interval.latest
        if grounding.article == reading.article.id and first and last and first == last:
            mention = reading.times[grounding.mention]
            named = _NAMED_DAY.search(mention.span.of(reading.article.text))
            if named and mention.type in ("DATE", "TIME") and not grounding.value.endswith("_REF"):
                yield Slot("day", mention.span, float(first.toordinal()), float(last.toordinal()))


@cache
def _condition() -> re.Pattern[str]:
    grades = "|".join(word for words in _lexicon()["conditions"].values() for word in words)
    return re.compile(
        rf"\b(?P<grade>{grades})(?P<stable>,? (?:but|and) stable)?"
        r"[ -](?P<of>condition|injury|injuries|wounds?)\b|\bin(?: a)? (?P<alone>stable|critical) condition\b",
        re.IGNORECASE,
    )


def _conditions(text: str) -> Iterator[Slot]:
    """How somebody hurt is: the grade, from 1 (slight) to 4 (dying), of them or of their wounds."""
    grades = {word: int(grade[-1]) for grade, words in _lexicon()["conditions"].items() for word in words}
    for match in _condition().finditer(text):
        grade = float(grades[" ".join((match["grade"] or match["alone"]).lower().split())])
        low = 2.0 if match["stable"] else grade
        of = "condition" if (match["of"] or "condition").lower() == "condition" else "injury"
        yield Slot("condition", Span(match.start(), match.end()), low, grade, frozenset({of}))


@cache
def _part() -> re.Pattern[str]:
    parts = "|".join(word for words in _lexicon()["body"].values() for word in words)
    return re.compile(
        r"\b(?:in|through|to|behind|into) (?:the|his|her|its|their|each)(?: (?:upper|lower))?"
        rf"(?: (?P<side>left|right))? (?P<part>{parts})\b",
        re.IGNORECASE,
    )


def _parts(text: str) -> Iterator[Slot]:
    """Where in the body somebody was hit: the part, what it is a part of, and which side."""
    wholes = {word: whole.split() for whole, words in _lexicon()["body"].items() for word in words}
    for match in _part().finditer(text):
        side = [f"side:{match['side'].lower()}"] if match["side"] else []
        of = frozenset([*wholes[match["part"].lower()], *side])
        start = match.start("side") if side else match.start("part")
        yield Slot("body", Span(start, match.end()), None, None, of)


def _one_part(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two parts of the body can be one: the smaller is of the larger, and on no other side."""
    sides = {word for word in one ^ two if word.startswith("side:")}
    mine, theirs = (frozenset(word for word in of if not word.startswith("side:")) for of in (one, two))
    return len(sides) < 2 and (mine <= theirs or theirs <= mine)


def _money(text: str) -> Iterator[Slot]:
    for match in _MONEY.finditer(text):
        value = float(match["n"].replace(",", "")) * SCALES.get((match["scale"] or "").lower(), 1.0)
        yield Slot("count", Span(match.start(), match.end()), value, value, frozenset({"$"}))


def _counts(reading: Reading) -> Iterator[Slot]:
    seen: set[Span] = set()
    for event in reading.events:
        for quantity in event.quantities:
            if quantity.span not in seen:
                seen.add(quantity.span)
                key = class_of(event.predicate)
                yield Slot(
                    "count", quantity.span, quantity.low, quantity.high, frozenset({quantity.unit}), key=key
                )


def worded(slot: Slot, text: str) -> str:
    """A slot in the account's own words, and its day where it is one."""
    words = " ".join(slot.span.of(text).split())
    if slot.kind == "day" and slot.low:
        return f"“{words}” ({date.fromordinal(int(slot.low)).isoformat()})"
    if slot.kind == "age" and words.isdigit():
        return f"“{words}” years"
    unit = next(iter(sorted(slot.of)), "") if slot.kind == "count" and slot.of != frozenset({"$"}) else ""
    return f"“{words}” {unit}".rstrip()
