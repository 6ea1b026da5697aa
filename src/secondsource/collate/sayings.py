"""A quote of one account laid out for comparison: plain words, which of them are quoted, who said them.

Words are compared in a plain form: case, hyphens and apostrophes dropped,
British and American spellings made one, contractions opened, small numbers as
digits. What an editor put into brackets is left out, and an ellipsis is kept
as a gap.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..model import Quote, Reading, Sentence, Span, Speaker
from ..model.finding import QuoteForm
from ..words import lemma, rarity

TOKEN = re.compile(r"…|\.\.\.+|\. \. \.|\[[^\]\n]{0,80}\]|\d+(?:[.,]\d+)*|[^\W_]+(?:[’'-][^\W_]+)*")
MARKED = re.compile(
    r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|``.*?(?:''|$)|''.*?(?:''|$)|\"[^\"]*(?:\"|$)"
    r"|(?<!\w)‘.+?’(?!\w)|(?<!\w)'[^'\n]+'(?!\w)",
    re.DOTALL,
)
"""Quoted text within a content span: its marks are whole, as the quotes were repaired to them."""
GAP = "…"
CONTRACTIONS = (
    ("won't", "will not"),
    ("can't", "can not"),
    ("cannot", "can not"),
    ("n't", " not"),
    ("'ve", " have"),
    ("'re", " are"),
    ("'ll", " will"),
    ("'m", " am"),
    ("'s", ""),
    ("'d", ""),
    ("gonna", "going to"),
    ("wanna", "want to"),
)
SPELLINGS = (
    (re.compile(r"isation(s?)$"), r"ization\1"),
    (re.compile(r"(?<=[a-z]{3})is(e|es|ed|ing)$"), r"iz\1"),
    (re.compile(r"yse(d|s)?$"), r"yze\1"),
    (re.compile(r"(?<=[a-z]{2})our(s|ed|ing|ite|ites|able|al|ful)?$"), r"or\1"),
    (re.compile(r"(?<=[a-z])ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile(r"tre(s)?$"), r"ter\1"),
    (re.compile(r"(?<=[a-z])fence(s)?$|(?<=[a-z])cence(s)?$"), r"fense\1"),
    (re.compile(r"ogue(s)?$"), r"og\1"),
    (re.compile(r"programme(s)?$"), r"program\1"),
    (re.compile(r"(?<=ward)s$"), ""),
)
NUMBERS = {
    word: str(n)
    for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
NUMBERS |= {"ii": "2", "iii": "3", "iv": "4"}
NEGATIONS = frozenset("not no never nor neither without nobody none nothing".split())
TITLE = 5
"""So many capitalised words in quotation marks are a name rather than a quote."""
CUE_WORD = 0.1
TELLING = 0.3
"""A word at least this rare carries content."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a saying: its plain form, where it stands, and whether it lies inside quotation marks."""

    plain: str
    span: Span
    quoted: bool

    @property
    def telling(self) -> bool:
        """Whether the word carries content."""
        return self.plain != GAP and rarity(self.plain) >= TELLING


@dataclass(frozen=True, slots=True)
class Saying:
    """A quote of one account: the words of its content and its speaker as the account resolves it.

    `around` holds the telling words of the sentences that it stands in, its own
    apart; `cue` the bare words of its cue.
    """

    article: str
    origin: str
    quote: Quote
    words: tuple[Word, ...]
    source: str | None
    around: frozenset[str] = frozenset()
    cue: frozenset[str] = frozenset()

    @property
    def speaker(self) -> Speaker:
        """Who the account says it is."""
        return self.quote.speaker

    @property
    def quoted(self) -> tuple[Word, ...]:
        """The words inside quotation marks."""
        return tuple(word for word in self.words if word.quoted)

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.quote.content[0].start


def sayings_of(reading: Reading, origin: str) -> Iterator[Saying]:
    """The quotes of a reading as sayings."""
    text = reading.article.text
    for quote in reading.quotes:
        words = tuple(words_of(text, quote.content, quote.form))
        if words:
            source = " ".join(" ".join(span.of(text).split()) for span in quote.source).strip(" ,") or None
            near, cue = _around(reading, quote, words), _cue(text, quote)
            yield Saying(reading.article.id, origin, quote, words, source, near, cue)


def _cue(text: str, quote: Quote) -> frozenset[str]:
    """The bare words of a cue, the commonest (auxiliaries, prepositions) left out."""
    words = (m.group().lower() for span in quote.cue for m in TOKEN.finditer(text, span.start, span.end))
    return frozenset(lemma(word) for word in words if rarity(word) >= CUE_WORD)


def _around(reading: Reading, quote: Quote, words: Sequence[Word]) -> frozenset[str]:
    text, own = reading.article.text, {word.plain for word in words}
    ends = (quote.content[0], quote.content[-1])
    near = {s.span for end in ends for s in _touching(reading.sentences, end)}
    found = {plain for span in near for m in TOKEN.finditer(text, span.start, span.end)
             for plain in plain_forms(m.group()) if m.group()[0] not in "[….”"}  # fmt: skip
    return frozenset(plain for plain in found - own if rarity(plain) >= TELLING)


def _touching(sentences: Sequence[Sentence], span: Span) -> Sequence[Sentence]:
    """The sentences, in text order, that a span shares a character with."""
    first = bisect_right(sentences, span.start, key=lambda sentence: sentence.span.end)
    last = bisect_left(sentences, span.end, key=lambda sentence: sentence.span.start)
    return sentences[first:last]


def words_of(text: str, content: Sequence[Span], form: QuoteForm) -> Iterator[Word]:
    """The plain words of a content, with whether each is quoted."""
    for span in content:
        marked = list(_marked(text, span)) if form == "mixed" else []
        for match in TOKEN.finditer(text, span.start, span.end):
            here = Span(*match.span())
            quoted = form == "direct" or any(a <= here.start and here.end <= b for a, b in marked)
            token = match.group()
            if token[0] == "[":
                continue
            if token[0] in "….":
                yield Word(GAP, here, quoted)
                continue
            for plain in plain_forms(token):
                yield Word(plain, here, quoted)


def _marked(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The quoted pieces of a content, without short ones that look like a name or a title."""
    for match in MARKED.finditer(text, span.start, span.end):
        words = [m.group() for m in TOKEN.finditer(match.group())]
        if len(words) > TITLE or not all(word[0].isupper() for word in words) or len(words) == 1:
            yield match.span()


@lru_cache(maxsize=50_000)
def plain_forms(token: str) -> tuple[str, ...]:
    """The plain words that a token comes to.

    >>> plain_forms("G-20"), plain_forms("We’ve"), plain_forms("organised")
    (('g20',), ('we', 'have'), ('organized',))
    """
    low = token.lower().replace("’", "'")
    for short, long in CONTRACTIONS:
        low = low.removesuffix(short) + long if low.endswith(short) and low != short else low
    return tuple(_plain(word) for word in low.split()) or (low,)


def _plain(word: str) -> str:
    word = word.replace("-", "").replace("'", "").replace(",", "")
    for pattern, form in SPELLINGS:
        word = pattern.sub(form, word)
    return NUMBERS.get(word, word)


def compatible(one: Speaker, other: Speaker) -> bool:
    """Whether two speakers may be one: only two different names exclude each other."""
    if one.name is None or other.name is None:
        return True
    if one.how in ("named", "pronoun") and other.how in ("named", "pronoun"):
        return same_name(one.name, other.name)
    return True


def excluded(one: Saying, other: Saying) -> bool:
    """Whether two sayings can't be one whatever they say: both accounts name their speaker there and then."""
    return _by_name(one) and _by_name(other) and not compatible(one.speaker, other.speaker)


def _by_name(saying: Saying) -> bool:
    """Whether the source itself is a name: not a pronoun or a description that was resolved to one."""
    if saying.speaker.how != "named" or not saying.speaker.name or not saying.source:
        return False
    return saying.speaker.name.split()[-1].lower() in saying.source.lower()


@lru_cache(maxsize=50_000)
def same_name(one: str, other: str) -> bool:
    """Whether two names of persons can be of one person: one's words are the other's, or last names agree.

    >>> same_name("Mary Lee", "Lee"), same_name("Mary Lee", "Anna Lee")
    (True, False)
    """
    a, b = (re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", name.lower()) for name in (one, other))
    if not a or not b:
        return False
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    if a[-1] != b[-1] and not (a[0] == b[0] and _one_letter_apart(a[-1], b[-1])):
        return False
    return a[0][0] == b[0][0] and (min(len(a[0]), len(b[0])) == 1 or a[0][:3] == b[0][:3])


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether two long words differ in one letter, as a name written in another script does."""
    if len(one) != len(other) or len(one) < 5:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def certainly_same(one: Speaker, other: Speaker) -> bool:
    """Whether two speakers are surely one: both known by name, and the names agree."""
    known = ("named", "pronoun", "collective", "utterance")
    if one.name is None or other.name is None or one.how not in known or other.how not in known:
        return False
    return same_name(one.name, other.name)
