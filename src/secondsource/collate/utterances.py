"""Utterances: the same thing said, found in several accounts whatever each left out or spelt otherwise.

Two quotes are one utterance when they share words inside their quotation marks
(`marks`). Where the words are each outlet's own, or one quotes and the other
reports, a model of their sense decides (`sense`), and each saying has one
partner at most in another account. A name in one account resolves a role in
another. One account alone makes an utterance too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from ..model import Citation, Point, Reading, Speaker, Story, Utterance, Wording
from ..words import lemma
from .marks import likeness, marked
from .sayings import Saying, excluded, sayings_of
from .sense import Rarity, Sense, Vectors, chance, sense_of, stem, vectors_of
from .splice import fullest
from .tiling import MIN_TILE
from .wordings import find_misquotes, own_words

CHANCE = 0.9
"""Sayings at least so likely to be one by their sense are taken for one."""
LOOSE = 0.5
"""Evidence below this is of sense alone."""
LIKE = 0.12
"""Sayings that share less of their telling words than this (weighted) are not compared further."""
MAX_SHARING = 60
"""A run of words in more quotes of a story than this brings up no candidates."""
MIN_WORDS = 2
PLAIN_WORDS = 5
"""Indirect speech of fewer words than this tells too little to stand alone."""


def align_utterances(story: Story, readings: Mapping[str, Reading]) -> tuple[Utterance, ...]:
    """The utterances of a story, in the order of its articles and of their texts.

    `readings` are by article id, with quotes found.
    """
    sayings = [
        saying
        for article in sorted(story.articles, key=lambda a: a.id)
        if article.id in readings
        for saying in sayings_of(readings[article.id], story.origin_of(article.id).id)
        if comparable(saying)
    ]
    clusters = [
        cluster
        for cluster in _clusters(sayings, _links(sayings, readings))
        if len(cluster) > 1 or worthwhile(sayings[cluster[0]])
    ]
    order = {article.id: place for place, article in enumerate(story.articles)}
    made = [_utterance(story, [sayings[i] for i in cluster], order) for cluster in clusters]
    return tuple(sorted(made, key=lambda u: _first(u, order)))


def misquotes(story: Story, utterances: Sequence[Utterance]) -> tuple[Point, ...]:
    """Differing points where two origins print other words inside their quotation marks, spelling apart."""
    return tuple(point for utterance in utterances for point in find_misquotes(story, utterance))


def comparable(saying: Saying) -> bool:
    """Whether a quote tells enough to be known again in another account."""
    telling = sum(word.telling for word in saying.words)
    return len(saying.words) >= MIN_WORDS and telling >= (1 if saying.quoted else MIN_WORDS)


def worthwhile(saying: Saying) -> bool:
    """Whether a quote can stand alone as an utterance: it tells something that somebody or its marks hold."""
    telling = sum(word.telling for word in saying.words)
    if telling < 1 or len(saying.words) < MIN_WORDS:
        return False
    quoted = len(saying.quoted)
    if saying.speaker.how == "unknown" and saying.speaker.name is None and not saying.source:
        return quoted >= MIN_TILE and telling >= MIN_WORDS
    return quoted > 0 or (len(saying.words) >= PLAIN_WORDS and telling >= MIN_WORDS)


def _links(sayings: Sequence[Saying], readings: Mapping[str, Reading]) -> dict[tuple[int, int], float]:
    """Pairs that may be one utterance, with how surely they are: above `LOOSE` by their words."""
    senses = senses_of(sayings, readings)
    marks = [marked(saying) for saying in sayings]
    found: dict[tuple[int, int], float] = {}
    for left, right in sorted(candidates(sayings)):
        one, other = (sayings[left], senses[left]), (sayings[right], senses[right])
        score = likeness(marks[left], marks[right]) or LOOSE * _by_sense(one, other)
        if score > 0:
            found[left, right] = score
    return found


def senses_of(sayings: Sequence[Saying], readings: Mapping[str, Reading]) -> list[Sense]:
    """Each saying of a story laid out for comparison by its sense."""
    weigh = Rarity(sayings)
    vectors: dict[str, Vectors | None] = {id: vectors_of(readings[id]) for id in {s.article for s in sayings}}
    return [sense_of(saying, weigh, vectors[saying.article]) for saying in sayings]


def may_agree(one: tuple[Saying, Sense], other: tuple[Saying, Sense]) -> bool:
    """Whether a pair is left to the model: of two accounts, not both verbatim, telling words in common.

    Numbers that all differ speak for two utterances, or for a report that was
    brought up to date; so does a negation that only one of them has.
    """
    (left, a), (right, b) = one, other
    if left.article == right.article or excluded(left, right):
        return False
    if left.quote.form == right.quote.form == "direct":
        return False
    if a.negated != b.negated or (a.numbers and b.numbers and a.numbers.isdisjoint(b.numbers)):
        return False
    common = sum(min(a.stems[s], b.stems[s]) for s in a.stems.keys() & b.stems.keys())
    return common >= LIKE * min(a.weight, b.weight) and common > 0


def _by_sense(one: tuple[Saying, Sense], other: tuple[Saying, Sense]) -> float:
    """The chance that two sayings are one, where it is worth acting on; else 0."""
    likely = chance(one, other) if may_agree(one, other) else 0.0
    return likely if likely >= CHANCE else 0.0


def candidates(sayings: Sequence[Saying]) -> set[tuple[int, int]]:
    """Pairs worth comparing: they share a run of words, or telling words."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, saying in enumerate(sayings):
        for key in _keys(saying):
            holders[key].append(place)
    shared = [places for places in holders.values() if 2 <= len(places) <= MAX_SHARING]
    return {pair for places in shared for pair in combinations(places, 2)}


def _keys(saying: Saying) -> set[tuple[str, ...]]:
    plain = [word.plain for word in saying.words]
    runs = {tuple(plain[i : i + MIN_TILE]) for i in range(len(plain) - MIN_TILE + 1)}
    telling = {("", stem(lemma(word.plain))) for word in saying.words if word.telling}
    return runs | telling


def _clusters(sayings: Sequence[Saying], links: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Sayings joined by links, the surest first, while no two speakers in a cluster exclude each other.

    Words in common chain. Likeness in sense does not: every two accounts must
    then be alike, and neither may have a partner in the other's account.
    """
    home = {place: [place] for place in range(len(sayings))}
    for (left, right), score in sorted(links.items(), key=lambda link: (-link[1], link[0])):
        one, two = home[left], home[right]
        across = [(min(i, j), max(i, j)) for i in one for j in two]
        if one is two or any(excluded(sayings[i], sayings[j]) for i, j in across):
            continue
        if score < LOOSE and not _agree(sayings, links, one, two):
            continue
        joined = sorted(one + two)
        for place in joined:
            home[place] = joined
    return [list(c) for c in sorted({tuple(cluster) for cluster in home.values()})]


def _agree(
    sayings: Sequence[Saying], links: Mapping[tuple[int, int], float], one: Sequence[int], two: Sequence[int]
) -> bool:
    """Whether two clusters may be joined by sense: each pair across is linked, or of a passage that is.

    Within one article only what tells of the same passage, or prints the same
    words again, belongs together.
    """
    linked = {(i, j) for i in one for j in two if (min(i, j), max(i, j)) in links}

    def once(i: int, j: int) -> bool:
        again = (min(i, j), max(i, j)) in links and sayings[i].article == sayings[j].article
        return i == j or again or _same_passage(sayings[i], sayings[j])

    return all(
        once(i, j)
        if sayings[i].article == sayings[j].article
        else any(once(i, a) and once(j, b) for a, b in linked)
        for i in one
        for j in two
    )


def _same_passage(one: Saying, other: Saying) -> bool:
    if one.article != other.article:
        return False
    return any(a.overlaps(b) for a in one.quote.content for b in other.quote.content)


def _utterance(story: Story, members: Sequence[Saying], order: Mapping[str, int]) -> Utterance:
    inside = sorted(members, key=lambda s: (order[s.article], s.quote.content, s.quote.cue))
    kept = _without_repeats(inside)
    speaker = _speaker(kept)
    texts = {article.id: article.text for article in story.articles}
    return Utterance(
        speaker=speaker.name,
        how=speaker.how,
        text=fullest(kept, texts),
        origins=story.count_origins(tuple(s.article for s in kept)),
        wordings=tuple(_wording(s, kept, texts[s.article]) for s in kept),
    )


def _without_repeats(sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings without those that lie within another one of the same article."""
    out: list[Saying] = []
    for one in sayings:
        inside = any(
            other is not one
            and other.article == one.article
            and all(any(b.contains(a) for b in other.quote.content) for a in one.quote.content)
            and (other.quote.content != one.quote.content or other in out)
            for other in sayings
        )
        if not inside:
            out.append(one)
    return out or [sayings[0]]


def _speaker(sayings: Sequence[Saying]) -> Speaker:
    """Who said it: the fullest name that an account has, else the best description."""
    rank = ("named", "pronoun", "collective", "role", "document", "anonymous", "utterance", "unknown")
    known = [s.speaker for s in sayings if s.speaker.name]
    if not known:
        return Speaker(None, "unknown")
    best = min(known, key=lambda k: (rank.index(k.how), -len((k.name or "").split()), k.name or ""))
    return Speaker(best.name, "named" if best.how == "pronoun" else best.how)


def _wording(saying: Saying, all_of_them: Sequence[Saying], text: str) -> Wording:
    spans = saying.quote.content
    citation = Citation(saying.article, spans, " ".join(span.of(text) for span in spans))
    own = own_words(saying, all_of_them, text)
    return Wording(citation, saying.quote.form, saying.source, saying.quote.certainty, own)


def _first(utterance: Utterance, order: Mapping[str, int]) -> tuple[int, int, str]:
    places = [(order[w.citation.article], w.citation.spans[0].start) for w in utterance.wordings]
    return (*min(places), utterance.text)
