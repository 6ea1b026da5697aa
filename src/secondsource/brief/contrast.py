"""Which words set one account's telling apart: the words that a differing point's cells mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'.,-][^\W_]+)*")
_COMMON: Final = frozenset(
    """
    a an the this that these those of to in on at by for from with as and or but which who whom whose he she
    it its they them their his her i we you our your is are was were be been being has have had do does did
    than then there into over after before
    """.split()
)
_FIGURES: Final = frozenset(
    """
    none no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
    billion dozen dozens hundreds thousands millions billions half once twice
    """.split()
)
_NEGATIONS: Final = frozenset("not no never none nobody nothing neither nor without hardly cannot".split())
_TURNS: Final = _NEGATIONS | frozenset(
    """
    unclear clear whether if unless until may might could would should must can expected expects likely
    unlikely possible possibly probably perhaps planned plans plan intends intended hopes hoped due set
    scheduled believed suspected alleged allegedly reportedly apparently denied denies deny rejected refused
    declined failed cancelled canceled abandoned
    """.split()
)
"""Words that make a thing so or not so, sure or unsure, planned or failed."""
_QUOTED: Final = re.compile("“([^”]+)”")
_TOO_MUCH: Final = 0.8
"""From this share on, marks say nothing: a cell has too little in common with the others."""
_ONE_SAYING: Final = 0.2
"""The same for wordings of one saying, where what is left out is no difference."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a cell's text, marked or not."""

    text: str
    marked: bool


def contrast(
    texts: Sequence[str], aspect: str | None = None, reason: str = ""
) -> tuple[tuple[Run, ...], ...]:
    """Each text in runs, those words marked that set it apart from the differently worded ones.

    What the reason quotes is marked where every text has some of it. Otherwise
    the words of the aspect are, wherever the texts do not all have the same ones:
    the figures of a value, what makes a thing sure or unsure, so or not so. The
    aspect "saying" is that of the wordings of one utterance.

    >>> [run.text for run in contrast(["to get a permit", "to obtain a permit"])[0] if run.marked]
    ['get']
    """
    tokens = [list(_WORD.finditer(text)) for text in texts]
    folded = [[_folded(m) for m in found] for found in tokens]
    marked = _marked(folded, aspect, reason)
    if aspect == "saying" and any(sum(row) > _ONE_SAYING * len(row) for row in marked):
        marked = [[False] * len(row) for row in marked]
    return tuple(
        _runs(text, [m for m, mark in zip(found, marks, strict=True) if mark])
        for text, found, marks in zip(texts, tokens, marked, strict=True)
    )


def _folded(word: re.Match[str]) -> str:
    """A word for comparing: capitals and the form of its apostrophe make no difference."""
    return word.group().casefold().replace("’", "'")


def _marked(folded: Sequence[Sequence[str]], aspect: str | None, reason: str) -> list[list[bool]]:
    pointed = _pointed(folded, reason)
    if all(any(row) for row in pointed):
        return pointed
    if aspect == "value":
        return _figures(folded)
    if aspect in {"certainty", "polarity", "outcome"}:
        turning = _NEGATIONS if aspect == "polarity" else _TURNS
        turns = [[word in turning or word.endswith("n't") for word in cell] for cell in folded]
        if len(set(map(tuple, _kept(folded, turns)))) > 1:
            return turns
    return _singular(folded)


def _kept(folded: Sequence[Sequence[str]], marks: Sequence[Sequence[bool]]) -> list[list[str]]:
    """The words that are marked."""
    return [
        [word for word, mark in zip(cell, row, strict=True) if mark]
        for cell, row in zip(folded, marks, strict=True)
    ]


def _pointed(folded: Sequence[Sequence[str]], reason: str) -> list[list[bool]]:
    """The words of what a reason quotes ("“nine” against “12”"), where a text has them in a row."""
    phrases = [[_folded(m) for m in _WORD.finditer(said)] for said in _QUOTED.findall(reason)]
    rows = []
    for cell in folded:
        row = [False] * len(cell)
        for phrase in phrases:
            for start in range(len(cell) - len(phrase) + 1):
                if phrase and list(cell[start : start + len(phrase)]) == phrase:
                    row[start : start + len(phrase)] = [True] * len(phrase)
        rows.append(row)
    return rows


def _figures(folded: Sequence[Sequence[str]]) -> list[list[bool]]:
    marks = [[any(c.isdigit() for c in word) or word in _FIGURES for word in cell] for cell in folded]
    return (
        marks if len(set(map(tuple, _kept(folded, marks)))) > 1 else [[False] * len(cell) for cell in folded]
    )


def _singular(folded: Sequence[Sequence[str]]) -> list[list[bool]]:
    rows = []
    for cell in folded:
        elsewhere = {word for other in folded if other != cell for word in other}
        row = [word not in _COMMON and word not in elsewhere for word in cell]
        telling = sum(word not in _COMMON for word in cell)
        if telling > 1 and sum(row) >= _TOO_MUCH * telling:
            return [[False] * len(cell) for cell in folded]
        rows.append(row)
    return rows


def _runs(text: str, marks: Sequence[re.Match[str]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    at = 0
    for match in marks:
        between = text[at : match.start()]
        if runs and runs[-1].marked and not between.strip():
            # Neighbouring marked words are one mark, space and all.
            runs[-1] = Run(runs[-1].text + between + match.group(), True)
        else:
            runs += [Run(between, False)] if between else []
            runs.append(Run(match.group(), True))
        at = match.end()
    return tuple([*runs, Run(text[at:], False)] if text[at:] else runs)
