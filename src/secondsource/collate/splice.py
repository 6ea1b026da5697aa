"""The fullest text of an utterance that its wordings support: one wording carried on by another.

The wording with the most quoted words leads. Where another wording begins
before it, or goes on after it, and the two share the words between, the rest
is spliced on. No word is printed that no account prints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .sayings import GAP, Saying, Word

OVERLAP = 4
"""Wordings are spliced where they share at least so many words in a row."""


def fullest(sayings: Sequence[Saying], texts: Mapping[str, str]) -> str:
    """The text of the utterance: of quoted words where there are some, else of the longest wording."""
    quoted = [s for s in sayings if len(s.quoted) >= OVERLAP] or list(sayings)
    lead = max(quoted, key=lambda s: (len(s.quoted), len(s.words), s.article, -s.start))
    if len(lead.quoted) < OVERLAP or lead.quote.form != "direct":
        return " ".join(" ".join(span.of(texts[lead.article]).split()) for span in lead.quote.content)
    others = [s for s in quoted if s is not lead]
    before, taken = max(
        (_before(lead, s, texts) for s in others), key=lambda found: len(found[0]), default=("", 0)
    )
    after = max((_after(lead, s, texts) for s in others), key=len, default="")
    return _joined([before, _said(lead.quoted[taken:], texts[lead.article]), after])


def _joined(parts: Sequence[str]) -> str:
    """Pieces as one text: a comma that led to the narration gives way to a stop before a new sentence."""
    text = ""
    for part in parts:
        if text and part:
            ends = text.endswith((".", "!", "?", "…"))
            text = text if ends or not part[0].isupper() else text.rstrip(" ,") + "."
            text += " "
        text += part
    return text.strip(" ,")


def _said(words: Sequence[Word], text: str) -> str:
    """The text of consecutive quoted words, the narration between two stretches left out."""
    if not words:
        return ""
    pieces: list[list[int]] = [[words[0].span.start, words[0].span.end]]
    for word in words[1:]:
        between = text[pieces[-1][1] : word.span.start]
        if any(c.isalnum() for c in between.split("[")[0]) or "\n" in between:
            pieces[-1][1] = _stop(text, pieces[-1][1])
            pieces.append([word.span.start, word.span.end])
        else:
            pieces[-1][1] = max(pieces[-1][1], word.span.end)
    pieces[-1][1] = _stop(text, pieces[-1][1])
    return _joined([" ".join(text[a:b].split()) for a, b in pieces])


def _stop(text: str, end: int) -> int:
    """An end with the stop or comma that follows it inside the marks."""
    return end + 1 if text[end : end + 1] in (".", "!", "?", ",", "…") else end


def _before(lead: Saying, other: Saying, texts: Mapping[str, str]) -> tuple[str, int]:
    """Another wording that begins before the lead, and how many of the lead's words it has."""
    mine, theirs = [w.plain for w in lead.quoted], [w.plain for w in other.quoted]
    for place in range(1, len(theirs) - OVERLAP + 1):
        if theirs[place : place + OVERLAP] == mine[:OVERLAP] and _agree(theirs[place:], mine):
            shared = min(len(theirs) - place, len(mine))
            start = max((i + 1 for i in range(place) if theirs[i] == GAP), default=0)
            return _said(other.quoted[start : place + shared], texts[other.article]), shared
    return "", 0


def _after(lead: Saying, other: Saying, texts: Mapping[str, str]) -> str:
    """What another wording has after the words that the lead ends with."""
    mine, theirs = [w.plain for w in lead.quoted], [w.plain for w in other.quoted]
    tail = mine[-OVERLAP:]
    for place in range(len(theirs) - OVERLAP):
        if theirs[place : place + OVERLAP] == tail and _agree(theirs[: place + OVERLAP][::-1], mine[::-1]):
            rest = other.quoted[place + OVERLAP :]
            stop = next((i for i, w in enumerate(rest) if w.plain == GAP), len(rest))
            return _said(rest[:stop], texts[other.article])
    return ""


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two word sequences are the same as far as both go."""
    return all(a == b for a, b in zip(one, other, strict=False))
