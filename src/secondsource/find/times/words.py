"""Words: a sentence cut into the pieces that time expressions are made of.

The pieces are finer than a parser's tokens ("third-quarter" is three,
"10-year" is three, "p.m." is one), so the grammar does not hang on which
tokeniser made the reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .lexicon import NONE, Senses, senses, telling


class Word(NamedTuple):
    """A piece of text: `glued` if no white space stands before it, `number` where it is written in digits."""

    text: str
    lower: str
    start: int
    end: int
    glued: bool
    senses: Senses
    number: float | None = None

    def whole(self, sense: str) -> int | None:
        """What the word stands for in a class of numbers."""
        found = self.senses.get(sense)
        return found if isinstance(found, int) else None

    def name(self, sense: str) -> str | None:
        """What the word stands for in a class of names."""
        found = self.senses.get(sense)
        return found if isinstance(found, str) else None

    @property
    def titled(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()

    @property
    def digits(self) -> bool:
        """Whether it is a whole number in plain digits."""
        return self.text.isdigit() and self.text.isascii()


_PIECE = re.compile(
    r"[AaPp]\.[Mm]\b\.?"  # a.m.
    r"|\d{1,2}:\d{2}(?::\d{2})?(?!\d)"  # 17:30
    r"|\d+(?:,\d{3})*(?:\.\d+)?"  # 1,000.5
    r"|(?:[A-Za-z]\.){2,}"  # U.S.
    r"|['’][A-Za-z]+"  # 's
    r"|[^\W\d_]+"  # a word
    r"|\S"
)
END = Word("", "", 0, 0, False, NONE)


def scan(text: str, start: int, end: int) -> list[Word]:
    """The pieces of a stretch of text; offsets are into the text."""
    table = senses()
    words: list[Word] = []
    last = start
    for match in _PIECE.finditer(text, start, end):
        at, stop = match.span()
        piece = text[at:stop]
        lower = piece.lower()
        number = _number(piece) if "0" <= piece[0] <= "9" else None
        words.append(Word(piece, lower, at, stop, at == last, table.get(lower, NONE), number))
        last = stop
    return words


def _number(piece: str) -> float | None:
    if ":" in piece or len(piece) > 12:
        return None
    try:
        return float(piece.replace(",", ""))
    except ValueError:
        return None


_PADDING = [END] * 16
_REACH = 7


class Line(list[Word]):
    """The words of one sentence, with empty ones after the last, so that looking past either end is safe."""

    __slots__ = ("size", "words")

    def __init__(self, words: Sequence[Word]) -> None:
        super().__init__(words)
        self.extend(_PADDING)
        self.words = words
        self.size = len(words)

    def starts(self) -> list[bool]:
        """For each word, whether a word that tells a time is near enough after it to be in one expression."""
        near = [False] * self.size
        left = 0
        for i in range(self.size - 1, -1, -1):
            left = _REACH if _tells(self[i], self[i + 1]) else left - 1
            near[i] = left > 0
        return near

    def hyphen(self, i: int) -> int:
        """Past a hyphen (glued on both sides) if one stands here."""
        if self[i].text in {"-", "‑", "–"} and self[i].glued and self[i + 1].glued:
            return i + 1
        return i

    def stop(self, i: int) -> int:
        """Past an abbreviation's full stop if the word before is one and more follows."""
        if self[i].text == "." and self[i].glued and "short" in self[i - 1].senses and self[i + 1].text:
            return i + 1
        return i

    def comma(self, i: int) -> int:
        """Past a comma if one stands here."""
        return i + 1 if self[i].text == "," else i


_AFTER_DIGITS = frozenset("/ - . st nd rd th".split())


def _tells(word: Word, after: Word) -> bool:
    """Whether a word can make a time expression: a unit, a month, a clock time, a year, digits with marks."""
    if word.senses:
        return word.lower in telling()
    if word.text[:1].isdigit():
        return len(word.text) >= 4 or (after.glued and after.lower in _AFTER_DIGITS)
    return word.text in {"'", "’"}
