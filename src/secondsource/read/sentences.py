"""Sentence bounds by fixed rules: where a period, a quote and a capital part two sentences.

The rules cut the network's windows, and are all there is when a foreign
pipeline finds no sentences itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ..model import Span

_CLOSERS = "\"'”’»)]}″"
_OPENERS = "\"'“‘«([{`—–-•*#@$£€"
_CANDIDATE = re.compile(r"(?P<stop>[.!?…]+|[。！？])(?P<close>[\"'”’»)\]}″]*)(?P<gap>\s+|(?=[A-Z\"“][a-z]))")
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’«»()\[\]{}—–/]+$")
_WORD_AFTER = re.compile(r"[\"'“‘«(\[{`—–•*\-\s]*([^\s]+)")
_INITIAL = re.compile(r"[A-Z]$")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]$")
_HOUR = re.compile(r"[ap]\.?m$", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})$")
_SHORT_WORD = re.compile(r"[^\W\d_]{3,}$")


@dataclass(frozen=True, slots=True)
class Words:
    """The words the rules look up, all in lower case."""

    before_name: frozenset[str]
    before_number: frozenset[str]
    months: frozenset[str]
    may_end: frozenset[str]
    after_hour: frozenset[str]
    openers: frozenset[str]
    says: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> Words:
    table = tomllib.loads((files(__package__) / "words" / "sentences.toml").read_text(encoding="utf-8"))
    return Words(**{name: frozenset(listed.split()) for name, listed in table.items()})


def split(text: str, span: Span) -> Iterator[Span]:
    """The sentences of one paragraph of `text`, without the white space between them.

    >>> text = 'Sen. Ada Smith of the U.S. Senate left at 5 p.m. Tuesday. "It rained." She ran.'
    >>> [s.of(text) for s in split(text, Span(0, len(text)))]
    ['Sen. Ada Smith of the U.S. Senate left at 5 p.m. Tuesday.', '"It rained."', 'She ran.']
    """
    start = span.start
    for found in _CANDIDATE.finditer(text, span.start, span.end):
        if found.end() < span.end and _ends(text, start, found, span.end):
            yield Span(start, found.end("close")).strip(text)
            start = found.end("gap")
    last = Span(start, span.end).strip(text)
    if last:
        yield last


def _ends(text: str, start: int, found: re.Match[str], limit: int) -> bool:
    """Whether the sentence begun at `start` ends at this stop."""
    words = _words()
    follows = _WORD_AFTER.match(text, found.end(), min(limit, found.end() + 80))
    if follows is None:
        return True
    after = follows.group(1)
    bare = after.strip(_CLOSERS + _OPENERS + ".,;:!?…").lower()
    if found["gap"] == "":
        return _ends_without_gap(text, start, found, bare)
    if after[0].islower() and not (len(after) > 1 and after[1].isupper()):
        return False
    if found["stop"] != ".":
        return not (found["close"] and _goes_on_saying(text, found.end(), limit))
    before = _WORD_BEFORE.search(text, max(start, found.start() - 40), found.start())
    if before is None or found["close"].strip(")]}"):
        return True
    return _ends_after_word(text, start, before, after, bare, words)


def _ends_after_word(
    text: str, start: int, before: re.Match[str], after: str, bare: str, words: Words
) -> bool:
    """Whether a period after this word ends the sentence, given the word that follows."""
    word = before.group()
    lower = word.lower().lstrip(".")
    opens = bare in words.openers and after[:1] != "("
    if not text[start : before.start()].strip(_OPENERS + " ") and _LIST_NUMBER.match(word):
        return False
    if _HOUR.search(word) and "." in word:
        return bare not in words.after_hour and not bare.isdigit()
    if lower in words.months and word[0].isupper():
        return not after[0].isdigit()
    if lower in words.before_number and after[0].isdigit():
        return False
    if lower in words.before_name:
        return word.islower() and lower not in ("vs", "v", "e.g", "i.e", "eg", "ie", "cf", "approx") and opens
    if lower in words.may_end or _ACRONYM.match(word):
        return opens or after[0] in '"“'
    if _INITIAL.match(word):
        return opens and bare not in ("a", "i")
    return True


def _ends_without_gap(text: str, start: int, found: re.Match[str], bare: str) -> bool:
    """Whether a stop with no white space behind it ("there.Then") was meant to end the sentence."""
    before = _WORD_BEFORE.search(text, max(start, found.start() - 40), found.start())
    if before is None or not _SHORT_WORD.match(before.group()):
        return False
    return before.group().islower() and bare.isalpha() and bare in _words().openers | _words().says


def _goes_on_saying(text: str, at: int, limit: int) -> bool:
    """Whether what follows a quote's "?" is its attribution: 'Smith asked', 'one of them said'."""
    follows = re.match(r"[^.!?\"“”]{0,60}", text[at:limit])
    heads = re.findall(r"[^\s,]+", follows.group() if follows else "")[:5]
    return any(word.lower() in _words().says for word in heads[:4])
