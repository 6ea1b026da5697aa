"""Utterances: the same thing said, found in several accounts whatever each left out or spelt otherwise.

Two quotes are one utterance when they share words inside their quotation
marks: runs of words in any order, so that truncation, ellipsis, brackets and
moved clauses don't matter (greedy string tiling, Wise 1993). How long a run it
takes hangs on how surely the speakers are one. Indirect speech is held to more:
the same known speaker, most of the telling words, nothing in conflict. A name
in one account resolves a role in another. One account alone makes an utterance
too.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..model import Citation, Point, Reading, Speaker, Story, Utterance, Wording
from ..words import lemma, rarity
from .sayings import GAP, Saying, Word, certainly_same, compatible, excluded, sayings_of
from .splice import fullest
from .wordings import find_misquotes

MIN_TILE = 3
"""The shortest run of words that counts as shared."""
LONG_TILE = 6
"""A run of so many quoted words is of one utterance, where the speakers may be one."""
SURE_TILE = 5
"""The same where the speakers surely are."""
TOLD, TOLD_WHOLE, DOUBT = 0.9, 0.6, 1.5
"""How much shared words must tell (rarity, summed): a run, all of a quote; more if speakers may differ."""
WHOLE = 0.8
"""The share of the shorter quote that is the other's, where no run is long."""
PLENTY = 8
"""A run of so many quoted words outweighs a pronoun resolved to somebody else."""
AROUND = 0.8
"""How much the words around a short fragment must agree, in summed rarity."""
MOST_PIECES = 6
"""A quote in more pieces than this is compared as a whole only."""
LOOSE = 0.5
"""Evidence below this is of sense alone."""
AGAIN = 1.5
"""Evidence that one account quotes the same words twice."""
LIKE = 0.3
"""The weighted share of telling words at which two indirect quotes are one."""
WITHIN = 0.8
"""What the share of the shorter quote alone counts for."""
LIKE_WORDS = 3
"""The least number of telling words that they share."""
MAX_SHARING = 60
"""A run of words in more quotes of a story than this brings up no candidates."""
NEGATIONS = frozenset("not no never nor neither without nobody none nothing".split())
MIN_WORDS = 2
PLAIN_WORDS = 5
"""Indirect speech of fewer words than this tells too little to stand alone."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A run of words that two quotes share: where it begins in each, and its length."""

    left: int
    right: int
    length: int


def align_utterances(story: Story, readings: Mapping[str, Reading]) -> tuple[Utterance, ...]:
    """The utterances of a story, in the order of its articles and of their texts.

    `readings` are by article id, with quotes found.
    """
    sayings = [
        saying
        for article in sorted(story.articles, key=lambda a: a.id)
        if article.id in readings
        for saying in sayings_of(readings[article.id], story.origin_of(article.id).id)
        if worthwhile(saying)
    ]
    clusters = _clusters(sayings, _links(sayings, Rarity(sayings)))
    order = {article.id: place for place, article in enumerate(story.articles)}
    made = [_utterance(story, [sayings[i] for i in cluster], order) for cluster in clusters]
    return tuple(sorted(made, key=lambda u: _first(u, order)))


def misquotes(story: Story, utterances: Sequence[Utterance]) -> tuple[Point, ...]:
    """Differing points where two origins print other words inside their quotation marks, spelling apart."""
    return tuple(point for utterance in utterances for point in find_misquotes(story, utterance))


def worthwhile(saying: Saying) -> bool:
    """Whether a quote can stand as an utterance: it tells something that somebody or its marks hold."""
    telling = sum(word.telling for word in saying.words)
    if telling < 1 or len(saying.words) < MIN_WORDS:
        return False
    quoted = len(saying.quoted)
    if saying.speaker.how == "unknown" and saying.speaker.name is None and not saying.source:
        return quoted >= MIN_TILE and telling >= MIN_WORDS
    return quoted > 0 or (len(saying.words) >= PLAIN_WORDS and telling >= MIN_WORDS)


class Rarity:
    """How much a word tells in one story: rare in English, and rare among what is said in the story."""

    def __init__(self, sayings: Sequence[Saying]) -> None:
        seen = Counter(word for saying in sayings for word in {lemma(w.plain) for w in saying.words})
        top = math.log(1 + len(sayings))
        self._weights = {w: rarity(w) * math.log(1 + len(sayings) / n) / top for w, n in seen.items()}

    def of(self, word: str) -> float:
        """The weight of a lemma, 0 to 1."""
        return self._weights.get(word, rarity(word))


def _links(sayings: Sequence[Saying], rarity: Rarity) -> dict[tuple[int, int], float]:
    """Pairs that may be one utterance, with how surely they are."""
    found: dict[tuple[int, int], float] = {}
    for left, right in sorted(_candidates(sayings)):
        score = likeness(sayings[left], sayings[right], rarity)
        if score > 0:
            found[left, right] = score
    return found


def _candidates(sayings: Sequence[Saying]) -> set[tuple[int, int]]:
    """Pairs worth comparing: they share a run of words, or telling words and a speaker."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, saying in enumerate(sayings):
        for key in _keys(saying):
            holders[key].append(place)
    shared = [places for places in holders.values() if 2 <= len(places) <= MAX_SHARING]
    return {pair for places in shared for pair in combinations(places, 2)}


def _keys(saying: Saying) -> set[tuple[str, ...]]:
    plain = [word.plain for word in saying.words]
    runs = {tuple(plain[i : i + MIN_TILE]) for i in range(len(plain) - MIN_TILE + 1)}
    telling = {("", lemma(word.plain)) for word in saying.words if word.telling}
    return runs | telling


def likeness(one: Saying, other: Saying, rarity: Rarity) -> float:
    """How surely two quotes are one utterance: 0 where they are not held to be."""
    if excluded(one.speaker, other.speaker):
        return 0.0
    same = certainly_same(one.speaker, other.speaker)
    score = max(_by_marks(a, b, same) for a in _pieces(one) for b in _pieces(other))
    if not compatible(one.speaker, other.speaker):
        # A pronoun was taken for somebody else: only plenty of the same words outweigh it.
        return score if score >= AGAIN and _shared_run(one, other) >= PLENTY else 0.0
    if one.article == other.article:
        return score if score >= AGAIN else 0.0
    score = score or _fragment(one, other)
    if score or not same or one.quote.form == other.quote.form == "direct":
        return score
    verbatim = max(_by_marks(one.quoted, other.words, same), _by_marks(one.words, other.quoted, same))
    return 0.8 * verbatim or _by_sense(one, other, rarity)


def _pieces(saying: Saying) -> list[tuple[Word, ...]]:
    """The quoted words of a saying, whole and, where its attribution interrupts it, each piece alone."""
    spans = saying.quote.content
    pieces = [tuple(w for w in saying.quoted if span.contains(w.span)) for span in spans]
    return [saying.quoted, *pieces] if 1 < len(spans) <= MOST_PIECES else [saying.quoted]


def _by_marks(a: Sequence[Word], b: Sequence[Word], same: bool) -> float:
    """The evidence of words that stand in both word for word, one side of them at least quoted."""
    if not a or not b:
        return 0.0
    shared = tiles([w.plain for w in a], [w.plain for w in b])
    if not shared:
        return 0.0
    share = sum(t.length for t in shared) / min(len(a), len(b))
    weight, longest = max((_told(a, t), t.length) for t in shared)
    doubt = 1.0 if same else DOUBT
    if longest >= (SURE_TILE if same else LONG_TILE) and weight >= doubt * TOLD:
        return 1.0 + share
    whole = sum(_told(a, t) for t in shared)
    if share >= WHOLE and min(len(a), len(b)) >= MIN_TILE and whole >= doubt * TOLD_WHOLE:
        return 0.9 * share
    return 0.0


def _shared_run(one: Saying, other: Saying) -> int:
    """The longest run of quoted words that two quotes share."""
    found = tiles([w.plain for w in one.quoted], [w.plain for w in other.quoted])
    return max((t.length for t in found), default=0)


def _told(words: Sequence[Word], tile: Tile) -> float:
    """How much a run of words tells: their rarity in English, summed."""
    return sum(rarity(w.plain) for w in words[tile.left : tile.left + tile.length])


def _fragment(one: Saying, other: Saying) -> float:
    """The evidence of a few quoted words that are all in the other's, where what is around agrees too."""
    a, b = sorted((one.quoted, other.quoted), key=len)
    if not a or not {w.plain for w in a} <= {w.plain for w in b} or len(a) > SURE_TILE:
        return 0.0
    shared = tiles([w.plain for w in a], [w.plain for w in b])
    if sum(t.length for t in shared) < len(a) or not any(word.telling for word in a):
        return 0.0
    near = (one.around & other.around) | (_plain(one) & other.around) | (one.around & _plain(other))
    common = (_plain(one) & _plain(other)) - {w.plain for w in a}
    agreed = sum(rarity(word) for word in sorted(near | common))
    same = certainly_same(one.speaker, other.speaker)
    return 0.6 if agreed >= (AROUND if same else 2 * AROUND) else 0.0


def _plain(saying: Saying) -> frozenset[str]:
    return frozenset(word.plain for word in saying.words if word.telling)


def tiles(left: Sequence[str], right: Sequence[str]) -> list[Tile]:
    """The longest runs that two word sequences share, none overlapping, in any order.

    >>> [t.length for t in tiles("a b c d e".split(), "c d e a b".split())]
    [3]
    """
    found: list[Tile] = []
    used_left, used_right = [False] * len(left), [False] * len(right)
    for tile in sorted(_runs(left, right), key=lambda t: (-t.length, t.left, t.right)):
        tile = _free(tile, used_left, used_right)
        if tile.length < min(MIN_TILE, len(left), len(right)):
            continue
        for i in range(tile.length):
            used_left[tile.left + i] = used_right[tile.right + i] = True
        found.append(tile)
    return found


def _runs(left: Sequence[str], right: Sequence[str]) -> Iterator[Tile]:
    """Maximal common runs; gaps (ellipses) match nothing."""
    places: dict[str, list[int]] = defaultdict(list)
    for j, word in enumerate(right):
        if word != GAP:
            places[word].append(j)
    before: dict[int, int] = {}
    for i, word in enumerate([*left, GAP]):
        here = {j: before.get(j - 1, 0) + 1 for j in places.get(word, ())}
        for j, length in before.items():
            if j + 1 not in here:
                yield Tile(i - length, j - length + 1, length)
        before = here


def _free(tile: Tile, used_left: Sequence[bool], used_right: Sequence[bool]) -> Tile:
    """The longest part of a tile whose words are still free."""
    best, start = Tile(tile.left, tile.right, 0), 0
    for i in range(tile.length + 1):
        if i == tile.length or used_left[tile.left + i] or used_right[tile.right + i]:
            if i - start > best.length:
                best = Tile(tile.left + start, tile.right + start, i - start)
            start = i + 1
    return best


def _by_sense(one: Saying, other: Saying, rarity: Rarity) -> float:
    """The evidence of the telling words that two quotes share, whatever is quoted.

    Their share of both (Ochiai), or of the shorter one alone where it has enough of them.
    """
    a, b = ({lemma(w.plain): rarity.of(lemma(w.plain)) for w in s.words if w.telling} for s in (one, other))
    common = a.keys() & b.keys()
    if len(common) < LIKE_WORDS or _conflict(one, other):
        return 0.0
    weight = sum(a[word] for word in sorted(common))
    left, right = sum(a.values()), sum(b.values())
    score = weight / (left * right) ** 0.5
    if len(common) > LIKE_WORDS:
        score = max(score, WITHIN * weight / min(left, right))
    return LOOSE * min(score, 1.0) if score >= LIKE else 0.0


def _conflict(one: Saying, other: Saying) -> bool:
    """Whether numbers or negation speak against two quotes being one."""
    left, right = ({w.plain for w in s.words} for s in (one, other))
    numbers = [{w for w in side if w[0].isdigit()} for side in (left, right)]
    if numbers[0] - numbers[1] and numbers[1] - numbers[0]:
        return True
    return bool(left & NEGATIONS) != bool(right & NEGATIONS)


def _clusters(sayings: Sequence[Saying], links: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Sayings joined by links, the surest first, while no two speakers in a cluster exclude each other.

    Words in common chain; likeness in sense does not: every two accounts must then be alike.
    """
    home = {place: [place] for place in range(len(sayings))}
    for (left, right), score in sorted(links.items(), key=lambda link: (-link[1], link[0])):
        one, two = home[left], home[right]
        across = [(min(i, j), max(i, j)) for i in one for j in two]
        if one is two or any(excluded(sayings[i].speaker, sayings[j].speaker) for i, j in across):
            continue
        if score < LOOSE and not all(p in links or _in_one(sayings, p) for p in across):
            continue
        joined = sorted(one + two)
        for place in joined:
            home[place] = joined
    return [list(c) for c in sorted({tuple(cluster) for cluster in home.values()})]


def _in_one(sayings: Sequence[Saying], pair: tuple[int, int]) -> bool:
    return sayings[pair[0]].article == sayings[pair[1]].article


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
        wordings=tuple(_wording(s, texts[s.article]) for s in kept),
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


def _wording(saying: Saying, text: str) -> Wording:
    spans = saying.quote.content
    citation = Citation(saying.article, spans, " ".join(span.of(text) for span in spans))
    return Wording(citation, saying.quote.form, saying.source, saying.quote.certainty)


def _first(utterance: Utterance, order: Mapping[str, int]) -> tuple[int, int, str]:
    places = [(order[w.citation.article], w.citation.spans[0].start) for w in utterance.wordings]
    return (*min(places), utterance.text)
