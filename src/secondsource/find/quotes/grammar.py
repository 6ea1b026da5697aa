"""The grammar of attribution on words: which cue frames a quote, and which words are its source."""

from __future__ import annotations

from dataclasses import dataclass

from ..cues import lexicon
from .passage import Passage, lemma

PRONOUNS = frozenset("i you he she it we they who".split())
AUXILIARIES = frozenset(
    "has have had is are was were be been being will would can could may might must should do does did "
    "'s 've 'd 'll ’s ’ve ’d ’ll".split()
)
NEGATIONS = frozenset("not never n't n’t".split())
ADVERBS = frozenset(
    "also then later still again once often now just further only even recently previously first "
    "repeatedly already earlier instead thus always soon".split()
)
DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your one some many most several few both all "
    "no another other every each two three four five six".split()
)
CLOSERS = frozenset(
    "after in on at during when as while before to about with who which that if because since over against "
    "from into through via and but where outside inside under amid following until for".split()
)
SUBORDINATORS = frozenset("and but while as when because though although after before if so yet".split())
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight january "
    "february march april may june july august september october november december".split()
)
STOPS = frozenset((".", "!", "?", ";", "…"))
REACH = 16
"""A cue stands at most so many words from the quote it frames."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Word ranges of a cue and its source; the frame ends at `stop`, its content begins at `content`."""

    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    stop: int
    content: int | None = None


def is_cue(passage: Passage, at: int) -> bool:
    """Whether a word can be a verb that attributes, by its form, its neighbours and its tag if it has one."""
    word = passage.words[at]
    low = word.lower_
    if word.pos_ and word.pos_ not in ("VERB", "AUX"):
        return False
    if not low.isalpha() or low in PRONOUNS or lemma(word) not in lexicon().verbs:
        return False
    if word.pos_:
        return True
    before = passage.words[at - 1].lower_ if at else ""
    if before in (
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
        "of",
        "to",
        "this",
        "that",
        "no",
        "'s",
        "’s",
    ):
        return False
    return low != lemma(word) or before in PRONOUNS or not word.text[0].isupper()


def frame_after(passage: Passage, at: int, stop: int) -> Frame | None:
    """The frame that follows a quote ending before word `at`: `said Lee`, `Hugh Hill, a doctor, said`."""
    words = passage.words
    stop = min(stop, at + REACH, _paragraph_stop(passage, at - 1))
    while at < stop and words[at].text in (",", "-", "–", "—"):
        at += 1
    if at >= stop or not _may_follow(passage, at):
        return None
    for place in range(at, stop):
        text = words[place].text
        if text in STOPS or text == ":":
            return None
        if words[place].lower_ in ("that", "to"):
            return None
        if not is_cue(passage, place) or _in_relative(passage, at, place):
            continue
        head = _skip_back(passage, at, place)
        if head == at:
            source = source_right(passage, place + 1)
            end = source[1] if source else place + 1
            return Frame((place, place + 1), source, end) if source else None
        source = source_left(passage, at, head)
        return Frame((head, place + 1), source, place + 1) if source else None
    return None


def frame_before(passage: Passage, at: int, start: int) -> Frame | None:
    """The frame that leads up to a quote starting at word `at`: `Lee said:`, `he said that the`."""
    words = passage.words
    paragraph = passage.paragraphs[passage.paragraph_of[passage.of_word[at]]][0]
    start = max(start, paragraph, at - 2 * REACH)
    begin = at
    while begin > start and (words[begin - 1].text not in STOPS):
        begin -= 1
    for place in range(at - 1, begin - 1, -1):
        if not is_cue(passage, place):
            continue
        gap = [w.text for w in words[place + 1 : at]]
        if len(gap) > REACH or (len(gap) > 8 and gap[-1] not in (",", ":") and "that" not in gap):
            return None
        head = _skip_back(passage, begin, place)
        source = source_left(passage, begin, head)
        end = at if gap == [":"] else place + 1
        content = _clause_start(passage, place + 1, at)
        return Frame((head, end), source, at, content)
    return None


def _clause_start(passage: Passage, first: int, at: int) -> int | None:
    """Where the content of `said that the deal was "..."` begins, if words of it precede the quote."""
    words = passage.words
    if first >= at or words[at - 1].text in (",", ":"):
        return None
    for place in range(first, at):
        if words[place].lower_ in ("that", "whether", "if"):
            return place
    return first


def subject_before(passage: Passage, first: int, stop: int) -> tuple[int, int] | None:
    """The subject of a sentence of narration, guessed from its first words if there is no parse."""
    words = passage.words
    if passage.quoted(first) is not None:
        return None
    if passage.parsed:
        for place in range(first, stop):
            if (
                words[place].dep_ in ("nsubj", "nsubj:pass", "nsubjpass")
                and words[place].head.dep_.upper() == "ROOT"
            ):
                return phrase(passage, place)
    end = first
    while end < stop and (words[end].text[:1].isupper() or words[end].lower_ in ("of", "de", "von", "bin")):
        end += 1
    return (first, end) if end > first and words[end - 1].text[:1].isupper() else None


def phrase(passage: Passage, head: int) -> tuple[int, int]:
    """The words of a noun phrase, by the subtree of its head."""
    token = passage.words[head]
    first, stop = head, head + 1
    low, high = token.left_edge.idx, token.right_edge.idx
    while first > 0 and passage.starts[first - 1] >= low:
        first -= 1
    while stop < len(passage.words) and passage.starts[stop] <= high:
        stop += 1
    while stop - first > 1 and passage.words[stop - 1].text in (".", ":", ";"):
        stop -= 1
    return first, stop


def _paragraph_stop(passage: Passage, word: int) -> int:
    return passage.paragraphs[passage.paragraph_of[passage.of_word[word]]][1]


def _may_follow(passage: Passage, at: int) -> bool:
    """Whether the words after a closing mark can belong to the quote's sentence."""
    last = passage.text[max(0, passage.starts[at] - 8) : passage.starts[at]].rstrip()[-4:].rstrip("\"”»’'")
    if last.endswith((",", "?", "!", "-", "–", "—", "…")):
        return True
    return passage.words[at].text[:1].islower() and not last.endswith(".")


def _in_relative(passage: Passage, first: int, place: int) -> bool:
    """Whether a verb belongs to `, who said ...` rather than to the sentence."""
    low = [w.lower_ for w in passage.words[first:place]]
    for back, word in enumerate(reversed(low)):
        if word in ("who", "which"):
            return True
        if word == "," and back > 0:
            return False
    return False


def _skip_back(passage: Passage, start: int, place: int) -> int:
    """Take auxiliaries, negations and adverbs before a verb into the cue."""
    words = passage.words
    head = place
    while head > start:
        low = words[head - 1].lower_
        if low in AUXILIARIES or low in NEGATIONS or low in ADVERBS or (low.endswith("ly") and len(low) > 4):
            head -= 1
        else:
            break
    return head


def source_left(passage: Passage, start: int, stop: int) -> tuple[int, int] | None:
    """The source between a boundary and its cue: the subject by the parse, or the nearest noun phrase."""
    words = passage.words
    if passage.parsed:
        for place in range(start, stop):
            if words[place].dep_ in ("nsubj", "nsubj:pass", "nsubjpass") and passage.starts[stop] <= (
                words[place].head.idx + 40
            ):
                first, end = phrase(passage, place)
                if start <= first and end <= stop:
                    return first, end
    while stop > start and words[stop - 1].lower_ in TIMES | {"on"}:
        stop -= 1
    if stop <= start:
        return None
    if words[stop - 1].lower_ in PRONOUNS:
        return stop - 1, stop
    first = start
    commas = [i for i in range(start, stop - 1) if words[i].text == ","]
    if words[stop - 1].text == "," and commas and _is_apposition(passage, commas[-1] + 1):
        opening = commas[:-1]
        first = opening[-1] + 1 if opening else start
    elif commas:
        first = commas[-1] + 1
    while first < stop and words[first].lower_ in SUBORDINATORS:
        first += 1
    if first >= stop or not _is_nominal(passage, first):
        return None
    return first, stop


def _is_apposition(passage: Passage, at: int) -> bool:
    word = passage.words[at]
    return (
        word.lower_ in DETERMINERS
        or word.lower_ in ("who", "whose")
        or word.text[:1].islower()
        or word.like_num
    )


def _is_nominal(passage: Passage, at: int) -> bool:
    word = passage.words[at]
    if word.lower_ in TIMES:
        return False
    low = word.lower_
    if low in PRONOUNS or low in DETERMINERS or word.text[:1].isupper() or word.text[:1] in "@":
        return True
    return word.text[:1].islower() and low not in CLOSERS and low not in AUXILIARIES and word.is_alpha


def source_right(passage: Passage, start: int) -> tuple[int, int] | None:
    """The source after an inverted cue, with its appositions: `said Kevin Madden, a strategist.`"""
    words = passage.words
    limit = min(_paragraph_stop(passage, start - 1), start + 30)
    if start >= limit or not _is_nominal(passage, start):
        return None
    if words[start].lower_ in PRONOUNS:
        return start, start + 1
    stop = start
    while stop < limit:
        word = words[stop]
        if word.text in STOPS or word.text in (":", "(", "-", "–", "—") or passage.quoted(stop):
            break
        if stop > start and word.lower_ in CLOSERS | TIMES and words[stop - 1].lower_ != "of":
            break
        if word.text == ",":
            end = _apposition_end(passage, stop + 1, limit)
            if end is None:
                break
            stop = end
            continue
        stop += 1
    while stop > start and words[stop - 1].text == "," and (stop >= limit or words[stop].text in STOPS):
        stop -= 1
    return (start, stop) if stop > start else None


def _apposition_end(passage: Passage, at: int, limit: int) -> int | None:
    """Where an apposition after a comma ends (its closing comma included), or None if it is none."""
    words = passage.words
    if at >= limit or not (_is_apposition(passage, at) or words[at].text[:1].isupper()):
        return None
    if words[at].lower_ in CLOSERS and words[at].lower_ not in ("who", "whose"):
        return None
    if words[at].lower_.endswith("ing") or words[at].lower_ in ADVERBS:
        return None
    for place in range(at, limit):
        if words[place].lower_ in AUXILIARIES:
            return None
        if words[place].text in STOPS or passage.quoted(place):
            return place
        if words[place].text == ",":
            return place + 1
    return None
