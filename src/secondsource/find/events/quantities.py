"""Quantities: the numbers in an event's arguments, as intervals with what they count.

"At least 5 injured" is 5 or more, "fewer than 10" up to 9, "two to three" from
2 to 3, "about 200" 200 with a tenth either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...model import Argument, Quantity, Span
from .layout import Layout, Word
from .predicates import is_counted_state

WORDS = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "seventy": 70.0,
    "eighty": 80.0,
    "ninety": 90.0,
    "dozen": 12.0,
}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
}
FIGURE = re.compile(r"^[$€£]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(m|bn|k)?$", re.IGNORECASE)
AT_LEAST = ("at least", "no fewer than", "no less than", "not less than", "a minimum of")
MORE_THAN = ("more than", "over", "upwards of", "above")
LESS_THAN = ("fewer than", "less than", "under", "below")
UP_TO = ("up to", "as many as", "at most", "no more than", "a maximum of")
ABOUT = (
    "about",
    "around",
    "nearly",
    "almost",
    "roughly",
    "some",
    "approximately",
    "an estimated",
    "close to",
)


OLDEST = 120
"""No age is higher, in years."""


def number(words: Sequence[str]) -> float | None:
    """The value of a written number: figures, words, or figures with a scale.

    >>> number(["twenty", "-", "three"]), number(["1.5", "million"]), number(["several"])
    (23.0, 1500000.0, None)
    """
    total, current, seen = 0.0, 0.0, False
    for word in words:
        low = word.lower().strip("-")
        figure = FIGURE.match(low)
        if figure:
            current += float(figure[1].replace(",", "") + (figure[2] or ""))
            current *= {"m": 1e6, "bn": 1e9, "k": 1e3}.get((figure[3] or "").lower(), 1)
        elif low in WORDS:
            current = current + WORDS[low] if low != "dozen" else max(current, 1) * 12
        elif low in SCALES and seen:
            current *= SCALES[low]
            if SCALES[low] >= 1e3:
                total, current = total + current, 0.0
        elif low in ("", "and"):
            continue
        else:
            return None
        seen = True
    return total + current if seen else None


def quantities_of(layout: Layout, text: str, arguments: Sequence[Argument]) -> tuple[Quantity, ...]:
    """The quantities in a predicate's arguments, in text order; `text` is what was laid out."""
    found: dict[Span, Quantity] = {}
    for argument in arguments:
        for quantity in _in_phrase(layout.at(argument.head.start), argument, text):
            found.setdefault(quantity.span, quantity)
    return tuple(found[span] for span in sorted(found))


def _in_phrase(head: Word, argument: Argument, text: str) -> Iterator[Quantity]:
    numerals = [child for child in head.children if child.dep_ == "nummod"]
    if head.pos_ == "NUM" or (not numerals and number([head.text]) is not None):
        numerals = [head]
    for numeral in numerals:
        parts = sorted(
            [
                numeral,
                *(
                    t
                    for t in numeral.subtree
                    if t.dep_ in ("compound", "nummod", "punct", "fixed") and t.head.i == numeral.i
                ),
            ],
            key=lambda t: t.i,
        )
        value = number([t.text for t in parts if t.dep_ != "fixed"])
        if value is None:
            continue
        span = Span(parts[0].idx, parts[-1].idx + len(parts[-1]))
        low, high = _bounds(value, text[max(0, span.start - 24) : span.start].lower().rstrip())
        unit = head.lemma_.lower() if numeral is not head else _state_after(numeral) or "it"
        yield Quantity(span=span, low=low, high=high, unit=unit, role=argument.role)
    yield from _ages(head, argument)


def _state_after(numeral: Word) -> str | None:
    """What became of those that a numeral alone counts: "injured" of "at least 5 injured"."""
    after = numeral.nbor(1) if numeral.i + 1 < numeral.sent.end else None
    return after.lower_ if after is not None and is_counted_state(after) else None


def _ages(head: Word, argument: Argument) -> Iterator[Quantity]:
    """Ages: of "Doe, 45," and of "a 45-year-old man", in years or what they are counted in."""
    for child in head.children:
        if child.lower_ == "old":
            for unit in child.children:
                figure = next((c for c in unit.children if c.dep_ == "nummod"), None)
                value = number([figure.text]) if figure is not None else None
                if figure is not None and value is not None:
                    yield _exactly(figure, value, f"{unit.lemma_.lower()} old", argument)
        elif child.pos_ == "NUM" and head.pos_ == "PROPN" and child.i > head.i and _is_between_commas(child):
            value = number([child.text])
            if value is not None and value <= OLDEST:
                yield _exactly(child, value, "year old", argument)


def _is_between_commas(token: Word) -> bool:
    after = token.i + 1 >= token.sent.end or token.nbor(1).text in (",", ".", ";", ")")
    return token.i > token.sent.start and token.nbor(-1).text == "," and after


def _exactly(figure: Word, value: float, unit: str, argument: Argument) -> Quantity:
    span = Span(figure.idx, figure.idx + len(figure))
    return Quantity(span=span, low=value, high=value, unit=unit, role=argument.role)


def _bounds(value: float, before: str) -> tuple[float | None, float | None]:
    """Inclusive bounds of a number, by the words before it."""
    for phrases, bounds in (
        (AT_LEAST, (value, None)),
        (UP_TO, (None, value)),
        (MORE_THAN, (value, None)),
        (LESS_THAN, (None, value)),
        (ABOUT, (value * 0.9, value * 1.1)),
    ):
        if any(before.endswith(phrase) for phrase in phrases):
            return bounds
    return value, value
