"""Quotation marks, whatever their make, become stretches of quoted text.

A newsroom's `"`, a web page's curly pairs, a typewriter's double back-ticks, guillemets and single
marks all open and close here; the text is never changed, so every offset is one into the article. A
small machine walks each paragraph with a stack of open marks. A quote that a paragraph leaves open
runs on when the next paragraph opens one again, or closes one that it never opened. What does not
balance is kept, and marked as unsure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ..model import Span

Style: TypeAlias = Literal["double", "single", "guillemet"]
Side: TypeAlias = Literal["open", "close", "either"]
Nature: TypeAlias = Literal["speech", "fragment", "title", "nickname"]

MARK = re.compile(r"``|''|[\"“”„‟＂«»‹›‘’‚‛'`]")
OPENERS = "“„‟«‹‘‚‛`"
CLOSERS = "”»›’"
SINGLES = "‘’‚‛'`"
GUILLEMETS = "«»‹›"
BEFORE_OPENING = "([{—–-/…"
AFTER_CLOSING = ".,;:!?)]}—–-/…"
MAX_DEPTH = 8
"""Marks nested deeper than this are read as unbalanced, so that junk stays cheap."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark: where it is, its style, and which way it faces."""

    span: Span
    style: Style
    side: Side


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of quoted text within one paragraph.

    `span` includes the marks, `inner` leaves them out; `depth` is 0 for a
    quote and 1 for one inside it. `runs_on` says that the next paragraph
    carries the same quote on, `continues` that it carries on the one before.
    `sure` is false where a mark had to be guessed.
    """

    span: Span
    inner: Span
    style: Style
    depth: int
    runs_on: bool = False
    continues: bool = False
    sure: bool = True


def find_stretches(text: str, paragraphs: Sequence[Span]) -> tuple[Stretch, ...]:
    """The quoted stretches of these paragraphs (in text order), outer before inner.

    >>> [s.inner.of('He said "no".') for s in find_stretches('He said "no".', [Span(0, 13)])]
    ['no']
    """
    marks = [tuple(_marks(text, paragraph)) for paragraph in paragraphs]
    out: list[Stretch] = []
    carried: Style | None = None
    for place, paragraph in enumerate(paragraphs):
        follows = marks[place + 1] if place + 1 < len(paragraphs) else ()
        start = paragraphs[place + 1].start if place + 1 < len(paragraphs) else -1
        walk = _Walk(text, paragraph, marks[place], carried)
        carried = walk.run(_carries_on(follows, start))
        out.extend(walk.found)
    return tuple(sorted(out, key=lambda s: (s.span.start, -s.span.end, s.depth)))


def nature(text: str, stretch: Stretch) -> Nature:
    """What a stretch is by its look alone: speech, a fragment (or scare quote), a title or a nickname."""
    inner = stretch.inner.of(text).strip()
    words = re.findall(r"[^\W_][\w’'.&-]*", inner)
    if not words:
        return "fragment"
    before = text[max(0, stretch.span.start - 40) : stretch.span.start]
    after = text[stretch.span.end : stretch.span.end + 40]
    capital = [w for w in words if w[0].isupper() or w[0].isdigit()]
    if (
        len(words) <= 3
        and words[0][0].isupper()
        and re.search(r"[A-Z][\w.’'-]*\s$", before)
        and re.match(r"\s[A-Z]\w", after)
    ):
        return "nickname"
    alone = not before.rpartition("\n")[2].strip() and not after.partition("\n")[0].strip()
    if inner[-1] in ".!?…" and (len(words) > 2 or alone):
        return "speech"
    small = {"a", "an", "the", "of", "in", "on", "for", "and", "to", "or", "at", "by", "with", "from", "vs"}
    if len(words) <= 10 and len(capital) >= 2 and all(w in capital or w.lower() in small for w in words):
        return "title"
    if stretch.runs_on or stretch.continues:
        return "speech"
    return "speech" if len(words) >= 6 or (len(words) >= 3 and inner[-1] == ",") else "fragment"


def _marks(text: str, paragraph: Span) -> Iterator[Mark]:
    """The quotation marks of a paragraph; apostrophes, inches and feet are left out."""
    found = list(MARK.finditer(text, paragraph.start, paragraph.end))
    singles = [m.start() for m in found if m.group() in SINGLES and _faces(text, m.span(), paragraph)[1]]
    for match in found:
        glyph, (start, end) = match.group(), match.span()
        opens, closes = _faces(text, (start, end), paragraph)
        if glyph in SINGLES:
            mark = _single(text, glyph, Span(start, end), opens, closes, singles)
            if mark:
                yield mark
            continue
        if (
            glyph in '"＂'
            and text[start - 1 : start].isdigit()
            and re.search(r"['’]\s?\d+$", text[max(0, start - 6) : start])
        ):
            continue
        style: Style = "guillemet" if glyph in GUILLEMETS else "double"
        yield Mark(Span(start, end), style, _side(glyph, opens, closes))


def _faces(text: str, at: tuple[int, int], paragraph: Span) -> tuple[bool, bool]:
    """Whether a mark could open, and whether it could close, by the characters around it."""
    start, end = at
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    opens = (before.isspace() or before in BEFORE_OPENING or before in "\"“„«‹‘'`") and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in AFTER_CLOSING or after in "\"”»›’'")
    return opens, closes


def _side(glyph: str, opens: bool, closes: bool) -> Side:
    """Which way a double mark faces: as its glyph says, unless the place contradicts it."""
    if glyph[0] in OPENERS:
        return "close" if closes and not opens else "open"
    if glyph in CLOSERS:
        return "open" if opens and not closes else "close"
    if opens == closes:
        return "either"
    return "open" if opens else "close"


def _single(text: str, glyph: str, span: Span, opens: bool, closes: bool, closers: list[int]) -> Mark | None:
    """A single mark, if it is one and no apostrophe: an opening one needs a close further on."""
    after = text[span.end : span.end + 1]
    if opens and (glyph != "’" or not closes) and (after.isalnum() or after in '"“[$£€.…'):
        later = bisect_left(closers, span.end + 1)
        elided = after.isdigit() or text[span.end : span.end + 3].lower() in (
            "tis",
            "em ",
            "til",
            "cau",
            "bou",
        )
        if later < len(closers) and not (glyph in "'’" and elided):
            return Mark(span, "single", "open")
        return None
    return Mark(span, "single", "close") if closes and glyph not in "‘‚‛`" else None


def _carries_on(marks: tuple[Mark, ...], start: int) -> dict[Style, bool]:
    """For each style, whether a paragraph with these marks carries an open quote on.

    It does when it opens with such a mark, or closes one it never opened.
    """
    out: dict[Style, bool] = {}
    for mark in marks:
        if mark.style not in out:
            out[mark.style] = mark.span.start == start or mark.side == "close"
    return out


class _Walk:
    """The machine that reads one paragraph: a stack of open marks, and what they came to."""

    def __init__(self, text: str, paragraph: Span, marks: tuple[Mark, ...], carried: Style | None) -> None:
        self.text = text
        self.paragraph = paragraph
        self.marks = marks
        self.carried = carried
        self.found: list[Stretch] = []
        self.open: list[Mark] = []
        self.continued: Mark | None = None
        self.balance = self._balances()

    def run(self, next_carries_on: dict[Style, bool]) -> Style | None:
        """Read the paragraph; the style of the quote that it leaves open, if the next carries it on."""
        for place, mark in enumerate(self.marks):
            self._take(place, mark)
        left: Style | None = None
        outer = self.open[0] if self.open else None
        if outer is not None:
            runs_on = outer.style != "single" and next_carries_on.get(outer.style, False)
            self._emit(outer, self.paragraph.end, self.paragraph.end, 0, runs_on=runs_on, sure=runs_on)
            left = outer.style if runs_on else None
        return left

    def _balances(self) -> list[int]:
        """For each mark, closing minus opening marks of its style from there on."""
        out, left = [0] * len(self.marks), {"double": 0, "single": 0, "guillemet": 0}
        for place in range(len(self.marks) - 1, -1, -1):
            mark = self.marks[place]
            left[mark.style] += {"open": -1, "close": 1, "either": 0}[mark.side]
            out[place] = left[mark.style]
        return out

    def _take(self, place: int, mark: Mark) -> None:
        held = [m for m in self.open if m.style == mark.style]
        side = mark.side
        if side == "either":
            side = "close" if held else "open"
        if side == "open":
            self._opened(place, mark, held)
        elif held:
            if mark.style == "single" and self._is_possessive(place, mark):
                return
            self._closed(mark)
        elif mark.style != "single":
            self._closed_only(mark)

    def _opened(self, place: int, mark: Mark, held: list[Mark]) -> None:
        straight = self.text[mark.span.start] in "\"'＂" and mark.style == "double"
        nested = held and not straight and self.balance[place] >= len(held)
        if held and not nested:
            self._give_up(held[-1], mark.span.start)
        if len(self.open) < MAX_DEPTH:
            if not self.open and self.carried == mark.style and mark.span.start == self.paragraph.start:
                self.continued = mark
            self.open.append(mark)

    def _give_up(self, lost: Mark, before: int) -> None:
        """A quote was never closed: it ends, for all we know, at the last stop before the next one."""
        at = self.open.index(lost)
        stop = max(self.text.rfind(sign, lost.span.end, before) for sign in ".!?,")
        end = stop + 1 if stop > lost.span.end else before
        self._emit(lost, end, end, at, sure=False)
        del self.open[at:]

    def _closed(self, mark: Mark) -> None:
        at = max(i for i, m in enumerate(self.open) if m.style == mark.style)
        self._emit(self.open[at], mark.span.start, mark.span.end, at)
        del self.open[at:]

    def _closed_only(self, mark: Mark) -> None:
        """A mark closes what the paragraph never opened: a quote carried on, or a mark left out."""
        if self.found or self.open:
            return
        carried = self.carried == mark.style
        start = self.paragraph.start
        if Span(start, mark.span.start).of(self.text).strip():
            inner = Span(start, mark.span.start)
            self.found.append(
                Stretch(Span(start, mark.span.end), inner, mark.style, 0, continues=carried, sure=carried)
            )

    def _is_possessive(self, place: int, mark: Mark) -> bool:
        """Whether a single mark after a plural "s" is followed by a better place to close."""
        if self.text[mark.span.start - 1 : mark.span.start].lower() != "s":
            return False
        for later in self.marks[place + 1 : place + 4]:
            if later.style != "single":
                return False
            if later.side == "close":
                return True
        return False

    def _emit(
        self, mark: Mark, inner_end: int, end: int, depth: int, runs_on: bool = False, sure: bool = True
    ) -> None:
        if inner_end <= mark.span.end:
            return
        self.found.append(
            Stretch(
                span=Span(mark.span.start, end),
                inner=Span(mark.span.end, inner_end),
                style=mark.style,
                depth=depth,
                runs_on=runs_on,
                continues=mark is self.continued,
                sure=sure,
            )
        )
