"""Repair: spans of an attribution pulled to the quotation marks and away from loose punctuation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ...model import Span, merge
from ...model.finding import QuoteForm
from ..quotemarks import Stretch
from .clauses import source_of, subtree
from .passage import Attribution, Passage

WORD = re.compile(r"[^\W_]{2}|\d")
MOSTLY = 0.5
"""A span that covers this much of a quoted stretch takes all of it."""
STRAY = frozenset("a an and as at but by for from in of on or that the to with".split())
"""A span of one such word beside others is a slip."""
LEAST = 12
"""A shorter piece (in characters) at an edge of a quoted stretch is a slip, and is cut off."""


def repair(passage: Passage, found: Attribution) -> Attribution | None:
    """The attribution with whole quoted stretches and clean edges; None if nothing of its content is left.

    Half of a compound ("so-called") is no cue.
    """
    if any(_in_a_compound(passage.text, span) for span in found.cue):
        return None
    content = merge(piece for span in found.content for piece in _to_marks(passage, span))
    content = tuple(piece for span in content for piece in _in_paragraph(passage, found, span))
    content = _spoken(passage, found, content)
    content = tuple(s for span in content if (s := _clean(passage.text, span)))
    if not any(WORD.search(span.of(passage.text)) for span in content):
        return None
    return replace(found, content=content)


def _in_a_compound(text: str, cue: Span) -> bool:
    before = text[max(0, cue.start - 2) : cue.start]
    return len(before) == 2 and before[0].isalpha() and before[1] == "-" and cue.of(text)[:1].islower()


def _in_paragraph(passage: Passage, found: Attribution, span: Span) -> Iterator[Span]:
    """A span without what it has of other paragraphs than its cue's, quoted stretches apart.

    What nobody quotes does not run on over a paragraph's end.
    """
    bounds = [piece for p in _paragraphs(passage, span) if (piece := _cut(span, p))]
    if len(bounds) < 2 or not found.cue:
        yield span
        return
    home = [piece for piece in bounds if _same_paragraph(passage, found, piece)]
    kept = [p for p in bounds if p in home or any(_touched(passage, p))]
    yield from kept or bounds[:1]


def _spoken(passage: Passage, found: Attribution, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The content without unquoted sentences beside those of a quote that the cue frames."""
    if len(content) < 2 or not found.cue:
        return content
    here = _sentence(passage, found.cue[0])
    near = [span for span in content if here.overlaps(span)]
    if not near or not all(_is_quoted(passage, span) for span in near):
        return content
    return tuple(span for span in content if span in near or any(_touched(passage, span)))


def _sentence(passage: Passage, span: Span) -> Span:
    word = min(passage.word_at(span.start), len(passage.words) - 1)
    return passage.span(*passage.sentences[passage.of_word[word]])


def _is_quoted(passage: Passage, span: Span) -> bool:
    return form_of(passage, (span,)) == "direct"


def _paragraphs(passage: Passage, span: Span) -> Iterator[Span]:
    """The paragraphs that a span touches."""
    first, stop = passage.range_of(span)
    if first >= stop:
        return
    here, last = (passage.paragraph_of[passage.of_word[word]] for word in (first, stop - 1))
    for number in range(here, last + 1):
        yield passage.span(*passage.paragraphs[number])


def _cut(span: Span, other: Span) -> Span | None:
    start, end = max(span.start, other.start), min(span.end, other.end)
    return Span(start, end) if start < end else None


def bound(passage: Passage, found: Attribution) -> Attribution:
    """The attribution with cue and source bounded as annotators do it.

    A colon after a cue is part of it; the comma that closes an apposition is part
    of the source, another one is not. A verb without a source takes its subject.
    A word that tells nothing is left out where it stands alone.
    """
    text = passage.text
    cue = tuple(Span(s.start, s.end + 1) if text[s.end : s.end + 1] == ":" else s for s in found.cue)
    source = found.source or _subject(passage, found)
    source = tuple(_with_comma(text, span) for span in _told(text, source))
    return replace(found, cue=cue, source=source, content=_told(text, found.content))


def _told(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans without those of one article, preposition or conjunction; they stay where there are no others."""
    return tuple(span for span in spans if span.of(text).lower() not in STRAY) or spans


def _with_comma(text: str, span: Span) -> Span:
    said = span.of(text).rstrip(", \n")
    end = span.start + len(said)
    closed = "," in said and text[end : end + 1] == ","
    return Span(span.start, end + 1 if closed else end) if said else span


def _subject(passage: Passage, found: Attribution) -> tuple[Span, ...]:
    """The subject of a cue verb by the parse, where the network names no source."""
    if not passage.parsed or not found.cue:
        return ()
    words = [passage.words[at] for at in range(*passage.range_of(found.cue[0]))]
    verb = next((word for word in reversed(words) if word.pos_ == "VERB"), None)
    subject = source_of(verb) if verb is not None else None
    if subject is None:
        return ()
    span = subtree(passage, subject)
    inside = any(span.overlaps(other) for other in (*found.content, *found.cue))
    return () if inside else (span,)


def settle(passage: Passage, found: Sequence[Attribution]) -> list[Attribution]:
    """Each quoted stretch that several claim goes to the attribution whose cue is nearest to it.

    An attribution inside the stretch, or around it in its own sentence, is no
    rival: those are nested.
    """
    claims: dict[Span, list[int]] = {}
    for number, one in enumerate(found):
        for span in one.content:
            for stretch in _touched(passage, span):
                claims.setdefault(stretch.span, []).append(number)
    lost: dict[int, list[Span]] = {}
    for stretch_span, numbers in claims.items():
        rivals = [n for n in dict.fromkeys(numbers) if not _nested(found[n], stretch_span)]
        if len(rivals) < 2:
            continue
        nearest = min(rivals, key=lambda n: (_distance(found[n], stretch_span), n))
        for number in rivals:
            if number != nearest and not _same_paragraph(passage, found[number], stretch_span):
                lost.setdefault(number, []).append(stretch_span)
    out = []
    for number, one in enumerate(found):
        content = tuple(s for s in one.content if not any(span.contains(s) for span in lost.get(number, ())))
        if content:
            out.append(replace(one, content=content))
    return out


def _touched(passage: Passage, span: Span) -> Iterator[Stretch]:
    at = bisect_right(passage.outer, span.start, key=lambda s: s.span.start) - 1
    for stretch in passage.outer[max(0, at) :]:
        if stretch.span.start >= span.end:
            return
        if stretch.span.end > span.start:
            yield stretch


def _nested(one: Attribution, stretch: Span) -> bool:
    return not one.cue or stretch.contains(one.cue[0])


def _distance(one: Attribution, stretch: Span) -> int:
    cue = one.cue[0]
    return max(stretch.start - cue.end, cue.start - stretch.end, 0)


def _same_paragraph(passage: Passage, one: Attribution, stretch: Span) -> bool:
    cue = one.cue[0]
    return "\n" not in passage.text[min(cue.end, stretch.end) : max(cue.start, stretch.start)]


def form_of(passage: Passage, content: Iterable[Span]) -> QuoteForm:
    """Direct where all of the content is quoted, mixed where some of it is, else indirect."""
    quoted = total = 0
    for span in content:
        total += _solid(passage.text, span)
        for stretch in _touched(passage, span):
            common = Span(max(span.start, stretch.span.start), min(span.end, stretch.span.end))
            quoted += _solid(passage.text, common)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= total - 3 else "mixed"


def _solid(text: str, span: Span) -> int:
    """How many characters of a span are no white space."""
    return sum(not c.isspace() for c in span.of(text))


def _to_marks(passage: Passage, span: Span) -> Iterable[Span]:
    """A span with its edges moved out to, or away from, the quoted stretches that they cut."""
    start, end = span.start, span.end
    for stretch in _touched(passage, span):
        whole = stretch.span
        if whole.end <= start or whole.start >= end:
            continue
        if whole.start <= start and end <= whole.end:
            if _takes(stretch, Span(start, end)):
                start, end = whole.start, whole.end
            continue
        takes = _takes(stretch, Span(max(start, whole.start), min(end, whole.end)))
        if whole.start < start:
            start = whole.start if takes else whole.end
        elif whole.end > end:
            end = whole.end if takes else whole.start
    return (Span(start, end),) if start < end else ()


def _takes(stretch: Stretch, part: Span) -> bool:
    """Whether a part of a quoted stretch stands for all of it: its beginning, its end or most of it does."""
    share = len(part) / len(stretch.span)
    if share >= MOSTLY:
        return True
    if len(part) < LEAST or not stretch.sure:
        return False
    return part.start <= stretch.inner.start + 1 or part.end >= stretch.inner.end - 1


def _clean(text: str, span: Span) -> Span:
    span = span.strip(text)
    start, end = span.start, span.end
    while start < end and text[start] in ",;:":
        start += 1
    while end > start and text[end - 1] in ",;:":
        end -= 1
    return Span(start, end).strip(text)
