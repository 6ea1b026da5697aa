"""Naming: where an account names somebody or something, in which words, and whom one chain must not join.

A chain of a reading tells who is meant, but it may join two people of one last
name, or an office with the town it is in. So a chain is taken apart again
where its own names speak against it: full names with other first names,
bodies whose names have no words in common, places within bodies.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from ..model import Entity, Mention, Reading, Span
from ..model.reading import EntityLabel
from ..words import all_titles

Kind: TypeAlias = Literal["person", "government", "group", "thing"]
"""Governments are those called by their capital; places and bodies are things until names tell more."""

PLACES = frozenset({"GPE", "LOC", "FAC"})
LONGEST = 8
"""A name of more words is a sentence's part taken for a name."""
LONGEST_TITLE = 6
"""So many words before a person's name are a title or a role."""
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_EDGES = " \t\r\n,;:.!?()[]–—-“”\"‘’'«»…/"
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_NO_NAME = re.compile(r"[/@#“”«»]|https?:|\bwww\.|^[A-Z]{2,5}\.[A-Z]{1,2}$")
"""Addresses, marks, and the codes that agencies put after a company's name."""
_RUN_TOGETHER = re.compile(r"[^\W\d_]{3}[a-z][A-Z]")
"""A page's furniture glued to a name ("MarrowRead")."""
_NUMBER = re.compile(r" \d{1,2}\b(?!\S)")
"""What belongs to a name, though the reader marks it seldom: "Channel 4"."""
_SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv"})
_ROLES = frozenset({"body", "headline"})


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where a name stands: its words for comparing, the name as written, and with its title."""

    span: Span
    words: tuple[str, ...]
    label: str
    written: str
    titled: Span
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that one account names: in which ways, and how often it is meant."""

    article: str
    kind: Kind
    label: EntityLabel
    namings: tuple[Naming, ...]
    mentions: int

    @property
    def name(self) -> tuple[str, ...]:
        """The fullest of its names, in comparable words."""
        return max((n.words for n in self.namings), key=lambda words: (len(words), words))


def named_in(reading: Reading) -> tuple[Named, ...]:
    """All that an account names in its body and headline, chains taken apart where their names conflict."""
    marks = _Marks(reading)
    found: list[Named] = []
    for entity in reading.entities:
        namings = [n for m in entity.mentions if m.form == "name" for n in marks.naming(m, entity)]
        found += _apart(reading.article.id, entity, namings)
    return tuple(found)


@lru_cache(maxsize=50_000)
def comparable(name: str, person: bool = False) -> tuple[str, ...]:
    """A name's words for comparing: small letters, no accents or periods; a person's without its title.

    >>> comparable("Sen. Óscar al-Renn Jr.", person=True), comparable("the U.N. Council")
    (('oscar', 'renn'), ('un', 'council'))
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    raw = (word.strip(_EDGES) for word in _ARTICLE.sub("", plain).split())
    words = [word for word in (re.sub(r"[.’']", "", word.lower()).strip("-") for word in raw) if word]
    if not person:
        return tuple(words)
    words = [word[3:] if word[:3] in ("al-", "el-") and len(word) > 5 else word for word in words]
    while len(words) > 1 and words[0] in all_titles():
        words.pop(0)
    while len(words) > 1 and words[-1] in _SUFFIX:
        words.pop()
    return tuple(words)


class _Marks:
    """What the names of one reading are looked up in: its marked names, its sentences, its titles."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.article.text
        self.ents = [(e.start_char, e.end_char, e.label_, e.root.pos_) for e in reading.doc.ents]
        self.starts = [start for start, *_ in self.ents]
        self.sentences = [s.span.start for s in reading.sentences]
        people = [e for e in reading.entities if e.label == "PERSON"]
        self.people = sorted(m.span for e in people for m in e.mentions if m.form == "name")

    def naming(self, mention: Mention, entity: Entity) -> Iterator[Naming]:
        """The name within a mention, unless what stands there is no name or not in the report."""
        place = bisect_right(self.sentences, mention.span.start) - 1
        if place < 0 or self.reading.sentences[place].role not in _ROLES:
            return
        marked = self._marked(mention, entity)
        if marked is None:
            return
        start, end, label, pos = marked
        span = _trimmed(self.text, Span(start, end))
        written = " ".join(span.of(self.text).split())
        words = comparable(written, entity.label == "PERSON")
        if not _is_name(written, words) or (label == "NORP" and (pos == "ADJ" or "-" in written)):
            return
        titled = self._titled(mention, span) if entity.label == "PERSON" else span
        yield Naming(span, words, label, written, titled, entity.label != "PERSON" and self._in_title(span))

    def _in_title(self, span: Span) -> bool:
        """Whether a name stands before a person's name, as where they come from or whom they work for."""
        for place in range(bisect_right(self.people, Span(span.start, len(self.text))) - 1, -1, -1):
            person = self.people[place]
            if person.contains(span) and person.end > span.end:
                return True
            if person.end <= span.start:
                return False
        return False

    def _marked(self, mention: Mention, entity: Entity) -> tuple[int, int, str, str] | None:
        """The marked name that a mention is about: the one of its label, or the one its head is in.

        Where a reader marks names at all, what holds none of them is a description in capitals.
        """
        first = bisect_right(self.starts, mention.span.start - 1)
        inside = []
        for ent in self.ents[first:]:
            if ent[0] >= mention.span.end:
                break
            inside.append(ent)
        if not inside:
            written = mention.span.of(self.text).split()
            plain = len(written) <= 3 and all(word[0].isupper() for word in written)
            fit = plain or not self.ents
            return (mention.span.start, mention.span.end, entity.label, "") if fit else None
        phrase = self.reading.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
        head = phrase.root.idx if phrase is not None else mention.span.start
        at_head = [ent for ent in inside if ent[0] <= head < ent[1]]
        alike = [ent for ent in inside if ent[2] == entity.label]
        start, end, label, pos = ([e for e in at_head if e in alike] or alike or at_head or inside)[0]
        number = _NUMBER.match(self.text, end, mention.span.end) if label != "PERSON" else None
        return start, number.end() if number else end, label, pos

    def _titled(self, mention: Mention, span: Span) -> Span:
        """The name with the title or role before it, if what is before it can be one."""
        before = self.text[mention.span.start : span.start]
        said = before.split()
        fit = said and len(said) <= LONGEST_TITLE and not _ARTICLE.match(before) and said[-1] not in _SMALL
        if not fit or any(c.isdigit() or c in ',;:()[]“”"' for c in before):
            return span
        return Span(mention.span.start, span.end)


def _trimmed(text: str, span: Span) -> Span:
    """The span without article, possessive ending and punctuation around the name."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    article = _ARTICLE.match(text[start:end])
    start += article.end() if article else 0
    name = text[start:end]
    possessive = _POSSESSIVE.search(name.rstrip())
    if possessive:
        name = name[: possessive.start()]
    kept = name.rstrip(_EDGES)
    if name[len(kept) :].startswith(".") and ("." in kept or len(kept.split()[-1:] or [""]) == 1):
        kept += "." if re.search(r"(?:^|[\s.])\w{1,4}$", kept) else ""
    return Span(start, start + len(kept))


def _is_name(written: str, words: Sequence[str]) -> bool:
    if not words or len(words) > LONGEST or sum(map(len, words)) < 2:
        return False
    if _NO_NAME.search(written) or _RUN_TOGETHER.search(written):
        return False
    return any(c.isupper() for c in written) and any(c.isalpha() for c in words[0] + words[-1])


def _apart(article: str, entity: Entity, namings: Sequence[Naming]) -> list[Named]:
    """A chain as those whom it names: usually one; the first of the most-named takes the pronouns."""
    classes: list[list[Naming]] = []
    for naming in sorted(namings, key=lambda n: (-len(n.words), n.span)):
        home = next((c for c in classes if all(_one(naming, n, entity) for n in c)), None)
        if home is not None:
            home.append(naming)
        elif not (entity.label == "PERSON" and len(naming.words) == 1 and classes):
            classes.append([naming])
    classes.sort(key=lambda c: (-len(c), min(n.span for n in c)))
    silent = len(entity.mentions) - sum(m.form == "name" for m in entity.mentions)
    return [
        _named(article, entity, sorted(one, key=lambda n: n.span), silent if place == 0 else 0)
        for place, one in enumerate(classes)
    ]


def _named(article: str, entity: Entity, namings: Sequence[Naming], silent: int) -> Named:
    labels = Counter(n.label for n in namings)
    label = max(labels, key=lambda name: (labels[name], name))
    if entity.label == "PERSON":
        kind: Kind = "person"
    elif entity.label == "ORG" and all(n.label in PLACES and not n.written.isupper() for n in namings):
        kind = "government"
    else:
        kind = "group" if label == "NORP" else "thing"
    own: EntityLabel = entity.label
    if kind == "thing" and own == "ORG" and label in ("GPE", "LOC", "FAC"):
        own = label  # type: ignore[assignment]
    return Named(article, kind, own, tuple(namings), len(namings) + silent)


def _one(naming: Naming, other: Naming, entity: Entity) -> bool:
    """Whether two names of one chain can be one's."""
    if naming.words == other.words:
        return True
    if entity.label == "PERSON":
        return one_person(naming.words, other.words)
    if (naming.label in PLACES) != (other.label in PLACES):
        return False
    short, long = sorted((naming.words, other.words), key=len)
    if naming.label in PLACES:
        return True
    return (len(short) == 1 and short[0] in acronyms_of(long)) or within(short, long)


def one_person(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether two names can be one person's: no first name or middle name speaks against it.

    >>> one_person(("ilse", "marrow"), ("ilse", "t", "marrow"))
    True
    >>> one_person(("ilse", "marrow"), ("tor", "marrow"))
    False
    """
    short, long = sorted((tuple(one), tuple(two)), key=len)
    if len(short) == 1:
        return short[0] in (long[0], long[-1])
    if short[-1] != long[-1] or not _first(short[0], long[0]):
        return False
    rest = iter(long[1:-1])
    return all(any(_initial(middle, word) for word in rest) for middle in short[1:-1])


def _first(one: str, two: str) -> bool:
    """Whether first names agree: the same, an initial, or a short form that begins the other ("tim")."""
    short, long = sorted((one, two), key=len)
    if short == long or (len(short) == 1 and long.startswith(short)):
        return True
    return len(short) >= 3 and len(long) >= len(short) + 3 and long.startswith(short)


def _initial(one: str, two: str) -> bool:
    return one == two or (one[0] == two[0] and min(len(one), len(two)) == 1)


def within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether a name is a longer one without some of its words, in order."""
    rest = iter(long)
    return all(word in rest for word in short)


def acronyms_of(name: Sequence[str]) -> tuple[str, ...]:
    """The words of two to six letters that can stand for a name: its first letters, with small words or not.

    >>> acronyms_of(("council", "of", "deep", "sound"))
    ('cds', 'cods')
    """
    words = [word for part in name for word in part.split("-") if word]
    found = {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)}
    return tuple(sorted(letters for letters in found if len(name) > 1 and 2 <= len(letters) <= 6))


_SMALL = frozenset("of the and for in on at to by with as from de la du von van &".split())


def labels_of(named: Iterable[Named]) -> Counter[EntityLabel]:
    """How often each label is given, over mentions."""
    found: Counter[EntityLabel] = Counter()
    for one in named:
        found[one.label] += one.mentions
    return found
