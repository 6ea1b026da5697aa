"""A reading as the quote rules see it: words in sentences in paragraphs, with the quoted stretches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ... import words as english
from ...model import Reading, Sentence, Span
from ..quotemarks import Stretch, find_stretches

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with its source and content before a speaker is known; spans in text order.

    `rule` names what found it; `sure` is false where the source is a guess.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    rule: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Passage:
    """The words and stretches of a reading; `starts[i]` is where word `i` starts.

    `sentences` and `paragraphs` hold half-open ranges of words; `of_word`
    gives the number of a word's sentence, `paragraph_of` that of a sentence's
    paragraph.
    """

    text: str
    words: tuple[Token, ...]
    starts: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    roles: tuple[str, ...]
    paragraphs: tuple[tuple[int, int], ...]
    paragraph_of: tuple[int, ...]
    of_word: tuple[int, ...]
    stretches: tuple[Stretch, ...]
    outer: tuple[Stretch, ...]
    parsed: bool

    def span(self, first: int, stop: int) -> Span:
        """The characters of the words `first` up to `stop`."""
        last = self.words[stop - 1]
        return Span(self.words[first].idx, last.idx + len(last.text))

    def word_at(self, offset: int) -> int:
        """The first word that starts at or after this offset."""
        return bisect_left(self.starts, offset)

    def range_of(self, span: Span) -> tuple[int, int]:
        """The words that a span touches, as a half-open range."""
        first = bisect_right(self.starts, span.start) - 1
        if first < 0 or self.starts[first] + len(self.words[first].text) <= span.start:
            first += 1
        return first, max(first, bisect_left(self.starts, span.end))

    def quoted(self, word: int) -> Stretch | None:
        """The outermost stretch that a word lies in."""
        at = bisect_right(self.outer, self.starts[word], key=lambda s: s.span.start) - 1
        return self.outer[at] if at >= 0 and self.starts[word] < self.outer[at].span.end else None


def lemma(token: Token) -> str:
    """The bare form of a word: the reader's, or the word table's where the reader gives none."""
    return token.lemma_.lower() or english.lemma(token.text)


def passage_of(reading: Reading) -> Passage:
    """Lay out a reading for the rules."""
    words: list[Token] = []
    bounds: list[tuple[int, int]] = []
    kept: list[Sentence] = []
    tokens = [token for token in reading.doc if not token.is_space]
    at = [token.idx for token in tokens]
    for sentence in reading.sentences:
        first, stop = bisect_left(at, sentence.span.start), bisect_left(at, sentence.span.end)
        if stop > first:
            bounds.append((len(words), len(words) + stop - first))
            words.extend(tokens[first:stop])
            kept.append(sentence)
    paragraphs, paragraph_of = _paragraphs(bounds, kept)
    text = reading.article.text
    spans = [Span(words[a].idx, words[b - 1].idx + len(words[b - 1].text)) for a, b in paragraphs]
    stretches = find_stretches(text, spans)
    return Passage(
        text=text,
        words=tuple(words),
        starts=tuple(token.idx for token in words),
        sentences=tuple(bounds),
        roles=tuple(sentence.role for sentence in kept),
        paragraphs=tuple(paragraphs),
        paragraph_of=tuple(paragraph_of),
        of_word=tuple(number for number, (a, b) in enumerate(bounds) for _ in range(a, b)),
        stretches=stretches,
        outer=tuple(s for s in stretches if s.depth == 0),
        parsed=bool(reading.doc.has_annotation("DEP")),
    )


def _paragraphs(
    bounds: list[tuple[int, int]], sentences: list[Sentence]
) -> tuple[list[tuple[int, int]], list[int]]:
    """Word ranges of the paragraphs, and each sentence's paragraph."""
    ranges: list[tuple[int, int]] = []
    of: list[int] = []
    last: tuple[int, str] | None = None
    for (first, stop), sentence in zip(bounds, sentences, strict=True):
        here = (sentence.paragraph, sentence.role)
        if here == last:
            ranges[-1] = (ranges[-1][0], stop)
        else:
            ranges.append((first, stop))
        of.append(len(ranges) - 1)
        last = here
    return ranges, of
