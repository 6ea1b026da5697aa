"""Verbatim or nothing: what a brief prints is checked against the text it cites before it is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ..errors import SpanError
from ..model.article import Article
from ..model.collation import Citation
from . import words

# A clause may stand for its sentence, but not if one of these (or a number)
# is lost on the way: negations, modals, attributions, certainty, quantities.
_GUARDED: Final = frozenset(
    """
    not no never none nor neither nobody nothing without hardly barely scarcely cannot deny denied denies
    denying refuse refused refuses fail failed fails may might could would should will shall must can
    said say says saying told tells according reported reportedly reports alleged allegedly alleges claimed
    claims claim insisted believed believes expected expects planned plans possible possibly probably likely
    unlikely apparently suspected asked if whether unless until
    some about around nearly almost only least most more fewer less over under half dozen dozens hundred
    hundreds thousand thousands million millions billion billions several one two three four five six seven
    eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety
    """.split()
)


def stands(citation: Citation, articles: Mapping[str, Article]) -> bool:
    """Whether the citation's spans lie in its article and hold just the words it gives."""
    article = articles.get(citation.article)
    if article is None or not citation.spans:
        return False
    try:
        held = " ".join(span.of(article.text) for span in sorted(citation.spans))
    except SpanError:
        return False
    said = words.words(held)
    return bool(said) and said == words.words(citation.text)


def line(summary: str, citations: Sequence[Citation], articles: Mapping[str, Article]) -> str:
    """The summary if it is a sentence or clause of a citation; else the first citation itself, in full."""
    for citation in citations:
        if _clause_of(summary, citation.text):
            return words.clean(summary)
    first = citations[0]
    return words.quoted(articles[first.article], first.spans)


def _clause_of(summary: str, text: str) -> bool:
    """Whether the summary is the text with nothing left out but what may be left out."""
    kept, whole = words.words(summary), words.words(text)
    rest = iter(whole)
    if not kept or not all(word in rest for word in kept):
        return False
    dropped = Counter(whole) - Counter(kept)
    return not any(_guarded(word) for word in dropped)


def _guarded(word: str) -> bool:
    """Whether leaving the word out could turn or widen what is said."""
    bare = word.replace("’", "'")
    return bare in _GUARDED or bare.endswith(("n't", "'ll", "'d")) or any(c.isdigit() for c in bare)


def named(name: str | None, texts: Iterable[str]) -> bool:
    """Whether the name stands letter for letter in one of the texts, whose white space is single blanks."""
    wanted = " ".join((name or "").split())
    return bool(wanted) and any(wanted in text for text in texts)
