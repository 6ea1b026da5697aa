"""Numbers: how many, in digits, in words, or vaguely; ordinals; years as they are spoken."""

from __future__ import annotations

import re
from typing import NamedTuple

from .words import Line


class Quantity(NamedTuple):
    """How many: `value` is nothing where it is not told; `article` if it is a mere "a"; ends before `end`."""

    end: int
    value: float | None
    article: bool = False


_FRACTION = {"1/2": 0.5, "½": 0.5, "1/4": 0.25, "¼": 0.25, "3/4": 0.75, "¾": 0.75}


def quantity(line: Line, i: int) -> Quantity | None:
    """A number or range of numbers at `i`: "12 to 18", "two and a half", "a few", "a"."""
    one = _single(line, i)
    if one is None:
        return None
    j = line.hyphen(one.end)
    link = line[j].lower
    if link in {"to", "or", "-", "–"} and not one.article:
        other = _single(line, line.hyphen(j + 1))
        if other and not other.article and other.value is not None and one.value is not None:
            return Quantity(other.end, None)
    return one


def _single(line: Line, i: int) -> Quantity | None:
    word = line[i]
    if word.number is not None:
        return _digits(line, i)
    if word.lower in {"a", "an"}:
        return _article(line, i)
    if word.lower == "half":
        j = i + 2 if line[i + 1].lower in {"a", "an"} else line.hyphen(i + 1)
        return Quantity(j, 0.5)
    if "vague" in word.senses:
        return _vague(line, i)
    return _spelled(line, i)


def _digits(line: Line, i: int) -> Quantity | None:
    value = line[i].number
    if value is None or (line[i + 1].lower in {"st", "nd", "rd", "th"} and line[i + 1].glued):
        return None
    j = i + 1
    if line[j].lower in {"hundred", "thousand", "million"}:
        value *= line[j].whole("scale") or 1
        j += 1
    k = line.hyphen(j)
    for width in (1, 3):
        text = "".join(w.text for w in line.words[k : k + width])
        if text in _FRACTION:
            return Quantity(k + width, value + _FRACTION[text])
    if line[j].lower == "and" and line[j + 1].lower == "a" and line[j + 2].lower == "half":
        return Quantity(j + 3, value + 0.5)
    return Quantity(j, value)


def _article(line: Line, i: int) -> Quantity | None:
    after = line[i + 1]
    if "vague" in after.senses and after.lower in {"few", "couple"}:
        return _vague(line, i + 1)
    if after.lower == "dozen":
        return Quantity(i + 2, 12)
    if after.lower in {"hundred", "thousand"}:
        return Quantity(i + 2, float(after.whole("scale") or 1))
    if after.lower == "half":
        return Quantity(line.hyphen(i + 2), 0.5)
    if after.lower in {"single", "full", "whole", "mere"}:
        return Quantity(i + 2, 1, article=True)
    return Quantity(i + 1, 1, article=True)


def _vague(line: Line, i: int) -> Quantity | None:
    j = i + 1
    if line[i].lower in {"dozens", "hundreds", "thousands"} and line[j].lower != "of":
        return None
    if line[j].lower == "of" and line[i].lower in {"couple", "dozens", "hundreds", "thousands"}:
        j += 1
    if line[j].lower in {"dozen", "hundred", "thousand"}:
        j += 1
    return Quantity(j, 2 if line[i].lower == "couple" else None)


def _spelled(line: Line, i: int) -> Quantity | None:
    """A number written out: "twenty-six", "two hundred and ten", "two and a half"."""
    if "number" not in line[i].senses and line[i].lower != "dozen":
        return None
    if line[i].lower == "dozen":
        return Quantity(i + 1, 12)
    total, current, j = 0.0, 0.0, i
    while True:
        word = line[j]
        if (value := word.whole("number")) is not None and (
            current % 100 == 0 or (value < 10 and current % 10 == 0 and current % 100 >= 20)
        ):
            current += value
        elif (scale := word.whole("scale")) is not None and current:
            current *= scale
            if scale > 100:
                total, current = total + current, 0.0
        else:
            break
        j += 1
        after = line.hyphen(j)
        if "number" in line[after].senses or "scale" in line[after].senses:
            j = after
        elif line[j].lower == "and" and "number" in line[j + 1].senses and word.whole("scale"):
            j += 1
    k = line.hyphen(j)
    if line[k].lower == "and":
        k = line.hyphen(k + 1)
        if line[k].lower == "a" and line[line.hyphen(k + 1)].lower == "half":
            return Quantity(line.hyphen(k + 1) + 1, total + current + 0.5)
    return Quantity(j, total + current)


class Ordinal(NamedTuple):
    """Which one; ends before `end`."""

    end: int
    value: int


def ordinal(line: Line, i: int) -> Ordinal | None:
    """An ordinal at `i`: "third", "21st", "twenty-first", "last"."""
    word = line[i]
    if word.digits and line[i + 1].glued and line[i + 1].lower in {"st", "nd", "rd", "th"}:
        return Ordinal(i + 2, int(word.text)) if len(word.text) < 4 else None
    found = word.whole("ordinal")
    if found is not None:
        return Ordinal(i + 1, found)
    tens = word.whole("number")
    if tens is not None and tens >= 20:
        j = line.hyphen(i + 1)
        ones = line[j].whole("ordinal")
        if ones is not None and 0 < ones < 10:
            return Ordinal(j + 1, tens + ones)
    return None


_YEAR = re.compile(r"1[0-9]\d\d|20\d\d")


def year(line: Line, i: int) -> tuple[int, int] | None:
    """A year at `i`, in digits or as spoken ("nineteen ninety-six"): past it, and the year."""
    word = line[i]
    if word.digits and _YEAR.fullmatch(word.text):
        return i + 1, int(word.text)
    hundreds = word.whole("number")
    if hundreds is None:
        return None
    if hundreds == 2 and line[i + 1].lower == "thousand":
        return _spoken_thousand(line, i)
    if not 10 <= hundreds <= 20:
        return None
    j = line.hyphen(i + 1)
    tens = line[j].whole("number")
    if tens is None or not 10 <= tens <= 90:
        return None
    j += 1
    k = line.hyphen(j)
    ones = line[k].whole("number")
    if ones is not None and 0 < ones < 10 and tens >= 20:
        return k + 1, hundreds * 100 + tens + ones
    return j, hundreds * 100 + tens


def _spoken_thousand(line: Line, i: int) -> tuple[int, int]:
    j = i + 2
    if line[j].lower == "and":
        j += 1
    rest = _spelled(line, j)
    if rest and rest.value is not None and rest.value < 100:
        return rest.end, 2000 + int(rest.value)
    return i + 2, 2000
