"""Lines: the units of a text that furniture is told from, and their outward form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from ..model import Span

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_END = re.compile(r"""[.!?…:;,][)\]"'”’»]*$|[.!?]["'”’]*\s*\([^()]*\)$""")
_STOP = re.compile(r"""[.!?][)\]"'”’»*]*$|[.!?,]["'”’]+\s*\([^()]*\)$""")
_WRAP_SHORTEST, _WRAP_LONGEST, _WRAP_MIN_LINES = 45, 110, 6
_SMALL = frozenset(
    "a an and as at but by for from if in into nor of off on onto or over per so than that the to up v via vs"
    " with yet is be are".split()
)
LONG = 1_000
"""A line longer than this is a paragraph of the report, whatever its words."""


@dataclass(frozen=True)
class Line:
    """A line of a text, or several that were one paragraph before they were wrapped."""

    span: Span
    text: str

    @cached_property
    def words(self) -> list[str]:
        """The words of the line; of a long one, those of its beginning."""
        return _WORD.findall(self.text[:LONG])

    @cached_property
    def lower(self) -> str:
        """The line in lower case."""
        return self.text.lower()

    @cached_property
    def plain(self) -> str:
        """The line in lower case, its white space single, without marks at its ends: for comparison."""
        return " ".join(self.lower.replace("’", "'").split()).strip(" .:;,!?…*•·|>»«<-–—_\"'“”()[]")

    @property
    def long(self) -> bool:
        """Too long to be anything but a paragraph."""
        return len(self.text) > LONG

    @cached_property
    def stops(self) -> bool:
        """Whether the line ends as a sentence does."""
        return bool(_STOP.search(self.text[-80:]))

    @cached_property
    def open(self) -> bool:
        """Whether the line ends in no mark at all, as headlines, names and links do."""
        return not _END.search(self.text[-80:])

    @property
    def solid(self) -> bool:
        """A paragraph by its form: long enough, and it ends as a sentence does."""
        if self.long or (len(self.text) >= 200 and len(self.words) >= 30 and not self.titled):
            return True
        asks = self.text.endswith("?") and self.titled
        if self.text.endswith(":") and len(self.words) >= 20:
            return True
        return self.stops and len(self.words) >= 12 and len(self.text) >= 60 and not asks

    @cached_property
    def titled(self) -> bool:
        """Whether (nearly) all words that headlines capitalise are capitalised."""
        heavy = [word for word in self.words if word.lower() not in _SMALL and word[0].isalpha()]
        return bool(heavy) and sum(word[0].isupper() for word in heavy) >= 0.8 * len(heavy)

    @property
    def shouted(self) -> bool:
        """Whether all its letters are capitals."""
        return self.text.isupper()


def split_lines(text: str) -> list[Line]:
    """The lines of a text that hold anything, in order; hard-wrapped paragraphs are joined into one."""
    spans = [Span(m.start(), m.end()).strip(text) for m in _LINE.finditer(text)]
    spans = [span for span in spans if span]
    if _is_wrapped(text, spans):
        spans = _joined(text, spans)
    return [Line(span, span.of(text)) for span in spans]


def _is_wrapped(text: str, spans: list[Span]) -> bool:
    """Whether a text was wrapped at some width: most lines of like length end in mid-sentence."""
    if len(spans) < _WRAP_MIN_LINES:
        return False
    sizes = [len(span) for span in spans]
    if median(sizes) < _WRAP_SHORTEST or max(sizes) > _WRAP_LONGEST:
        return False
    broken = sum(_runs_on(text, left, right) for left, right in pairwise(spans))
    return broken > len(spans) / 3


def _runs_on(text: str, left: Span, right: Span) -> bool:
    """Whether the second line goes on in the first one's sentence."""
    return text.count("\n", left.end, right.start) == 1 and text[right.start].islower()


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """One span for each run of lines without an empty line between them."""
    out = [spans[0]]
    for span in spans[1:]:
        full = len(text[text.rfind("\n", 0, out[-1].end) + 1 : out[-1].end]) >= _WRAP_SHORTEST
        if full and text.count("\n", out[-1].end, span.start) == 1:
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return out
