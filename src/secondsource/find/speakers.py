"""Speakers: what a quote's source comes to; a name, a role, a document, many people, or nobody known.

A source is looked up in the reading's coreference chains by its head word.
Where there are no chains, names are linked by their last word. Nothing is
forced to a person: what can't be resolved stays a role, or unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model import Entity, Mention, Reading, Span, Speaker
from ..model.finding import SpeakerHow
from ..words import lemma, rarity
from .cues import lexicon

if TYPE_CHECKING:
    pass

NAME_WORD = re.compile(r"[A-Z][\w’'.-]*|[A-Z]\.")
WORD = re.compile(r"[^\W_][\w’'.-]*")
PART_ENDS = re.compile(
    r",\s(?!(?:Jr|Sr|Inc|III|II)\b)|\s(?:who|which|that|whose)\s|\s\(|;|\s[–—-]\s"
    r"|(?:^|\s)(?P<common>[a-z-]+)"
    r"(?=\s(?:for|on|in|at|from|by|with|to|familiar|close|released|published|issued)\s)"
)
"""Where the head of a source ends: at an apposition, a relative clause, or what hangs on a common noun."""
HANGS_ON = re.compile(r"\b[a-z][a-z-]*(?:['’]s)?\s(?:of|for|to|with|in|at|by|from|on)\s|['’]s?\s")
"""A common noun and a preposition, or a possessive: a name after it is what the source hangs on."""
LINKS = frozenset("of for to with in at by from on and including or but as than".split())
"""A name behind one of these is not the source itself: "the uncle of Mary Lee"."""
PARTICLES = frozenset("de del van von der bin ibn al el la le da di du dos of and & the".split())
TITLES = frozenset(
    "mr mrs ms miss dr sen rep gov gen col lt sgt prof president secretary senator representative governor "
    "minister chancellor king queen prince princess pope judge justice mayor chief general colonel captain "
    "spokesman spokeswoman spokesperson sir lady lord rev reverend congressman congresswoman attorney "
    "director chairman chairwoman chair officer sheriff detective ambassador professor former acting "
    "vice deputy prime foreign u.s us speaker leader candidate republican democrat democratic".split()
)
COMMON = 0.2
"""A capitalised word less rare than this begins a sentence rather than a name."""
PRONOUNS = frozenset(
    "he she it they him her them his hers its their theirs himself herself itself themselves who whom whose "
    "which that this these those i we you".split()
)
SEVERAL = re.compile(r"[A-Z][\w’'.-]*,? and (?:the )?(?:[A-Z][\w’'.-]*\s?)+$")
NOUN_PARTS = frozenset("det amod compound nummod nmod:poss poss flat nn".split())
RELATIVES = frozenset("who whom which that".split())
SPEECH_ROLES = frozenset("i you we me us".split())
"""Pronouns that stand for whoever writes or is written to: no speaker outside a quote."""
SUFFIXES = frozenset("Jr Jr. Sr Sr. II III IV".split())
MOST_SPANS = 4
INDEFINITE = frozenset("a an one another some someone somebody".split())


@dataclass(frozen=True, slots=True)
class Index:
    """Who is mentioned where: the mentions in text order with their entities, and full names by last word.

    `by_last` is for readings without coreference chains.
    """

    starts: tuple[int, ...]
    mentions: tuple[tuple[Mention, Entity], ...]
    by_last: dict[str, str]

    def within(self, first: int, last: int) -> Sequence[tuple[Mention, Entity]]:
        """The mentions that start at these offsets or between them."""
        return self.mentions[bisect_left(self.starts, first) : bisect_right(self.starts, last)]


def index_of(reading: Reading) -> Index:
    """The index of a reading, made once for all its quotes."""
    found = [(m, e) for e in reading.entities for m in e.mentions]
    found.sort(key=lambda pair: pair[0])
    names = {} if reading.entities else names_of(reading.article.text)
    return Index(tuple(m.span.start for m, _ in found), tuple(found), names)


def find_speaker(reading: Reading, source: Sequence[Span], index: Index | None = None) -> Speaker:
    """Who the source of a quote is; `how` says by what it is known.

    Without a source the speaker is unknown; of several spans the first that is a name counts.
    """
    if not source:
        return Speaker(name=None, how="unknown")
    index = index or index_of(reading)
    first = _speaker_of(reading, source[0], index)
    others = (_speaker_of(reading, span, index) for span in source[1:MOST_SPANS])
    if first.how in ("named", "pronoun", "collective"):
        return first
    return next((other for other in others if other.how == "named"), first)


def _speaker_of(reading: Reading, source: Span, index: Index) -> Speaker:
    """Who one span of a source is."""
    text = reading.article.text
    span = head_part(text, source)
    words = WORD.findall(span.of(text))
    if not words:
        return Speaker(name=None, how="unknown")
    if len(words) == 1 and words[0].lower() in RELATIVES:
        antecedent = _antecedent(reading, source)
        return find_speaker(reading, [antecedent], index) if antecedent else Speaker(None, "unknown")
    if len(words) == 1 and words[0].lower() in PRONOUNS:
        return _pronoun(text, source, index)
    if _several(reading, span, index):
        return Speaker(" ".join(span.of(text).split()), "collective")
    entity = _entity(text, span, index)
    apposed = _apposed_name(text, source, span, index)
    if apposed is not None and (entity is None or not _names(entity, span)):
        entity = apposed
    if entity is not None and _has_name(entity):
        return Speaker(entity.name, _how_named(entity), entity.id)
    name = _closing_name(span.of(text))
    if name and not reading.entities:
        return Speaker(index.by_last.get(name.split()[-1], name), "named")
    if name and (person := _person(name, index)) is not None:
        return Speaker(person.name, "named", person.id)
    phrase = " ".join(span.of(text).split()).strip(" ,;:")
    how = _how_described(text, source, words)
    return Speaker(phrase, how, entity.id if entity else None)


def head_part(text: str, source: Span) -> Span:
    """A source without its appositions and relative clauses: up to the first comma or "who".

    >>> head_part("Hugh Hill, a doctor,", Span(0, 20)).of("Hugh Hill, a doctor,")
    'Hugh Hill'
    """
    found = PART_ENDS.search(source.of(text))
    cut = (found.end() if found["common"] else found.start()) if found else 0
    end = source.start + cut if cut else source.end
    span = Span(source.start, end).strip(text)
    return span if span else source


def names_of(text: str) -> dict[str, str]:
    """The longest capitalised name for each last word in a text."""
    found: dict[str, str] = {}
    for match in re.finditer(
        r"(?:[A-Z][\w’'-]+|[A-Z]\.)(?:[ ](?:[A-Z][\w’'-]+|[A-Z]\.|de|van|von|bin|al))+", text
    ):
        words = [w.removesuffix("'s").removesuffix("’s") for w in match.group().split()]
        after_of = text[max(0, match.start() - 4) : match.start()].endswith(" of ")
        if len(words) > 2 and rarity(words[0]) < COMMON:
            words.pop(0)
        while len(words) > 1 and (words[0].lower().rstrip(".") in TITLES or (after_of and len(words) > 2)):
            words.pop(0)
            after_of = False
        if 2 <= len(words) <= 4 and len(" ".join(words)) > len(found.get(words[-1], "")):
            found.setdefault(words[-1], " ".join(words))
    return found


def _pronoun(text: str, source: Span, index: Index) -> Speaker:
    if source.of(text).lower() in SPEECH_ROLES:
        return Speaker(None, "unknown")
    entity = _entity(text, source, index)
    if entity is not None and _has_name(entity):
        return Speaker(entity.name, "pronoun", entity.id)
    if entity is not None and any(m.form == "nominal" for m in entity.mentions):
        return Speaker(entity.name, "role", entity.id)
    return Speaker(None, "unknown")


def _antecedent(reading: Reading, source: Span) -> Span | None:
    """What a relative pronoun stands for, by the parse: the noun that its clause hangs on."""
    piece = reading.doc.char_span(source.start, source.end, alignment_mode="expand")
    if piece is None or not reading.doc.has_annotation("DEP"):
        return None
    node = piece.root
    while node.head.i != node.i and node.dep_ not in ("acl:relcl", "relcl"):
        node = node.head
    noun = node.head
    if noun.i == node.i or noun.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    own = [t for t in noun.children if t.i < noun.i and t.dep_ in NOUN_PARTS]
    start = min((t.left_edge.idx for t in own), default=noun.idx)
    return Span(start, noun.idx + len(noun.text))


def _several(reading: Reading, span: Span, index: Index) -> bool:
    """Whether a source names several: two names joined by "and"."""
    if not SEVERAL.search(span.of(reading.article.text)):
        return False
    return not any(
        entity.label != "PERSON" and len(mention.span) >= len(span) - 4
        for mention, entity in index.within(span.start - 4, span.start)
    )


def _entity(text: str, span: Span, index: Index) -> Entity | None:
    """The entity whose mention is this span: the one that shares most of it, ends nearest to its end."""
    best: tuple[tuple[float, int], Entity] | None = None
    for mention, entity in index.within(span.start - 2, span.end):
        share = _share(text, mention, span)
        key = (share, -abs(mention.span.end - span.end))
        if share and (best is None or key > best[0]):
            best = (key, entity)
    return best[1] if best else None


def _share(text: str, mention: Mention, span: Span) -> float:
    """How well a mention fits a source: 0 unless most of one is the other and their ends are near."""
    common = mention.span.overlap(span)
    if mention.form == "name" and mention.span.contains(span) and mention.span.start >= span.start - 2:
        return common / max(len(span), min(len(mention.span), 2 * len(span)))
    if not common or not span.end - 2 <= mention.span.end <= span.end + 60:
        return 0.0
    if mention.form == "pronoun" and len(mention.span) < len(span):
        return 0.0
    if mention.span.start > span.start and HANGS_ON.search(text, span.start, mention.span.start):
        return 0.0
    return common / max(len(span), len(mention.span))


def _apposed_name(text: str, source: Span, head: Span, index: Index) -> Entity | None:
    """The person named right after a described head: `her lawyer, Mary Lee`."""
    if not text[head.end : source.end].startswith(", "):
        return None
    at = head.end + 2
    for mention, entity in index.within(at, at + 30):
        between = text[at : mention.span.start]
        if entity.label == "PERSON" and mention.form == "name" and mention.span.end <= source.end:
            return None if "," in between or between.islower() else entity
    return None


def _names(entity: Entity, span: Span) -> bool:
    """Whether a source is a name of the entity, not a description of it."""
    return any(m.form == "name" and m.span.overlaps(span) for m in entity.mentions)


def _has_name(entity: Entity) -> bool:
    """Whether a chain has a name: more than a title ("President") that was taken for one."""
    return any(mention.form == "name" for mention in entity.mentions) and not _is_title(entity.name)


def _is_title(name: str) -> bool:
    return all(word.lower().rstrip(".") in TITLES | {"the"} for word in name.split())


def _closing_name(phrase: str) -> str | None:
    """The name that a source ends with after titles or an employer: "Sen. Mary Lee"."""
    if any(word.lower() in LINKS for word in phrase.split()):
        return None
    return _name_in(phrase)


def _person(name: str, index: Index) -> Entity | None:
    """The one person of the reading whose last name ends this name."""
    words = [word for word in name.split() if word not in SUFFIXES]
    if not words:
        return None
    last = words[-1]
    found = {
        entity.id: entity
        for _, entity in index.mentions
        if entity.label == "PERSON" and _has_name(entity) and last in entity.name.split()[-2:]
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _how_named(entity: Entity) -> SpeakerHow:
    return "named" if entity.label in ("PERSON", "MISC", "EVENT") else "collective"


def _how_described(text: str, source: Span, words: list[str]) -> SpeakerHow:
    """What kind of source a phrase without a name is, by its head and its determiner."""
    known = lexicon()
    whole = source.of(text).lower()
    if any(phrase in whole for phrase in known.anonymous_phrases):
        return "anonymous"
    head = _head_word(words)
    bare = lemma(head)
    first = words[0].lower()
    if bare in known.documents or head.lower() in known.documents:
        return "document"
    if bare in known.anonymous and (first in INDEFINITE or first.isdigit()):
        return "anonymous"
    if head.lower() != bare and head.lower().endswith("s"):
        return "collective"
    if bare in known.collectives and first not in INDEFINITE:
        return "collective"
    return "role"


def _head_word(words: list[str]) -> str:
    """The head of a noun phrase: the last word before a preposition."""
    for place, word in enumerate(words):
        if place and word.lower() in (
            "of",
            "for",
            "in",
            "at",
            "from",
            "with",
            "on",
            "to",
            "by",
            "close",
            "familiar",
        ):
            return words[place - 1]
    return words[-1]


def _name_in(phrase: str) -> str | None:
    """The proper name that ends a phrase ("spokesman Patrick Lee" gives "Patrick Lee"), if one does."""
    words = phrase.replace("’s", "").replace("'s", "").split()
    run: list[str] = []
    for word in reversed(words):
        if NAME_WORD.fullmatch(word.strip(',()"“”')) or (
            run and word in PARTICLES and word not in ("the", "and")
        ):
            run.insert(0, word.strip(',()"“”'))
        else:
            break
    if "of" in run and len(run) - run.index("of") > 3:
        run = run[run.index("of") + 2 :]
    while run and (run[0].lower().rstrip(".") in TITLES or run[0] in PARTICLES or run[0] in ("The", "A")):
        run.pop(0)
    return " ".join(run) or None
