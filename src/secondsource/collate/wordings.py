"""What sets the wordings of an utterance apart: the words of one account alone, and misquotes.

A misquote is a difference inside the quotation marks by more than spelling. It
counts where words on both sides of it are the same in both accounts, where
neither account marks that it left words out, and where a telling word or a
negation is at stake.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from ..model import Citation, Point, Span, Story, Utterance, Wording
from .sayings import GAP, Saying, Word, words_of

FLANK = 3
"""So many words before and after a difference are the same."""
MOST = 4
"""A difference of more words than this is rather another sentence."""
NEGATIONS = frozenset("not no never nor without cannot".split())


def find_misquotes(story: Story, utterance: Utterance) -> Iterator[Point]:
    """A differing point of aspect wording for each pair of origins that quote other words."""
    told: set[tuple[str, str]] = set()
    for one, other in combinations(utterance.wordings, 2):
        pair = (story.origin_of(one.citation.article).id, story.origin_of(other.citation.article).id)
        if pair[0] == pair[1] or "indirect" in (one.form, other.form):
            continue
        for difference in _differences(_words(story, one), _words(story, other)):
            if difference in told:
                continue
            told.add(difference)
            citations = (one.citation, other.citation)
            yield Point(
                kind="differing",
                summary=_summary(citations),
                origins=2,
                accounts=citations,
                aspect="wording",
                score=0.8,
                reason=f"inside the quotation marks one account has {_said(difference[0])}, "
                f"the other {_said(difference[1])}",
            )


def own_words(saying: Saying, others: Sequence[Saying], text: str) -> tuple[Span, ...]:
    """The words of a saying that none of the others has in its order, consecutive ones as one span.

    Compared are the wordings of other accounts; there are none where no other account has it.
    """
    across = [other for other in others if other.article != saying.article]
    if not across:
        return ()
    plain = [word.plain for word in saying.words]
    shared: set[int] = set()
    for other in across:
        codes = SequenceMatcher(None, plain, [w.plain for w in other.words], autojunk=False)
        for block in codes.get_matching_blocks():
            shared.update(range(block.a, block.a + block.size))
    own = [w.span for at, w in enumerate(saying.words) if at not in shared and w.plain != GAP]
    kept = {w.span for at, w in enumerate(saying.words) if at in shared}
    out: list[Span] = []
    for span in own:
        if span in kept or (out and out[-1].contains(span)):
            continue
        if out and not any(c.isalnum() for c in text[out[-1].end : span.start]):
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


def _summary(citations: Sequence[Citation]) -> str:
    return min((c.text for c in citations), key=lambda text: (len(text), text))


def _said(words: str) -> str:
    return f"“{words}”" if words else "nothing there"


def _words(story: Story, wording: Wording) -> list[Word]:
    """The quoted words, with a gap wherever the account interrupts the quote."""
    text = story.article(wording.citation.article).text
    out: list[Word] = []
    for word in words_of(text, wording.citation.spans, wording.form):
        if not word.quoted:
            continue
        if out and any(c.isalnum() or c in '"“”' for c in text[out[-1].span.end : word.span.start]):
            out.append(Word(GAP, word.span, quoted=True))
        out.append(word)
    return out


def _differences(left: Sequence[Word], right: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """The words that differ between equal runs, as (here, there) in plain form."""
    a, b = [w.plain for w in left], [w.plain for w in right]
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    for place, (kind, i, j, k, m) in enumerate(codes):
        if kind == "equal" or not 0 < place < len(codes) - 1:
            continue
        before, after = codes[place - 1], codes[place + 1]
        if min(before[2] - before[1], after[2] - after[1]) < FLANK or max(j - i, m - k) > MOST:
            continue
        here, there = left[i:j], right[k:m]
        if any(w.plain == GAP for w in (*here, *there)) or "".join(a[i:j]) == "".join(b[k:m]):
            continue
        if any(w.plain in NEGATIONS for w in (*here, *there)) or all(
            any(w.telling for w in side) for side in (here, there)
        ):
            yield " ".join(a[i:j]), " ".join(b[k:m])
