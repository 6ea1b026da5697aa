"""Speech: the stretches of an account that stand between quotation marks.

Accounts that quote one speaker are one witness. What is quoted is read off the
marks alone, paragraph by paragraph, so that it does not hang on whether the
speech was attributed: an opening mark that its paragraph leaves open quotes the
rest of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Reading, Span, merge

_MARK = re.compile(r"[\"“”„]|``|''")
_OPENS = re.compile(r"(?:^|[\s(\[—–-])$")


def quoted_spans(reading: Reading) -> tuple[Span, ...]:
    """What stands between double quotation marks in the sentences of a reading, in text order.

    Raises nothing; marks that do not balance quote to the end of their paragraph.
    """
    text = reading.article.text
    paragraphs: dict[int, Span] = {}
    for sentence in reading.sentences:
        known = paragraphs.get(sentence.paragraph, sentence.span)
        paragraphs[sentence.paragraph] = Span(
            min(known.start, sentence.span.start), max(known.end, sentence.span.end)
        )
    return merge(span for paragraph in paragraphs.values() for span in _within(text, paragraph))


def _within(text: str, paragraph: Span) -> Iterator[Span]:
    start: int | None = None
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        mark = match.group()
        opens = mark in "“„``" or (mark in '"' and start is None)
        if mark == '"' and start is not None:
            # A straight mark after a blank opens again where the last one was never closed.
            opens = bool(_OPENS.search(text[max(0, match.start() - 1) : match.start()])) and not _ends(
                text, match.end()
            )
        if start is not None:
            if not opens:
                yield Span(start, match.start())
                start = None
            elif mark == '"':
                start = match.end()
        elif opens:
            start = match.end()
    if start is not None and start < paragraph.end:
        yield Span(start, paragraph.end)


def _ends(text: str, at: int) -> bool:
    """Whether nothing that could be quoted follows."""
    return at >= len(text) or text[at] in " \n\t.,;:!?)"
