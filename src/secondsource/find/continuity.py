"""Continuity: "he said" goes on with whoever spoke just before by name, if that can be a he.

A reading's chains resolve pronouns by what stands around them. In a run of
attributions the speaker before is the better guess: the rule holds where that
source is a name, at most two sentences back, of a person whose other pronouns
do not gainsay it. Quotes within quotes are left to the chains.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ..model import Entity, Quote, Reading, Speaker

NEAR = 2
"""The name stands at most so many sentences before the pronoun."""
MALE = frozenset("he him his himself".split())
FEMALE = frozenset("she her hers herself".split())


def carried_on(reading: Reading, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes, in their order, those by "he" and "she" given to the named speaker before them."""
    text = reading.article.text
    starts = [sentence.span.start for sentence in reading.sentences]
    people = {entity.id: entity for entity in reading.entities}
    inside = _inside(quotes)
    out = {id(quote): quote for quote in quotes}
    before: Quote | None = None
    for quote in sorted((q for q in quotes if q.source), key=lambda q: (q.source[0], q.cue)):
        if id(quote) in inside:
            continue
        word = quote.source[0].of(text).lower()
        if word in ("he", "she"):
            if before is not None and _row(starts, quote) - _row(starts, before) <= NEAR:
                spoken = _one(people.get(before.speaker.entity or ""), word, text)
                out[id(quote)] = replace(quote, speaker=spoken) if spoken else quote
        elif not quote.source[0].of(text).islower():
            before = quote if quote.speaker.how == "named" else None
    return tuple(out[id(quote)] for quote in quotes)


def _row(starts: Sequence[int], quote: Quote) -> int:
    return bisect_right(starts, quote.source[0].start)


def _one(person: Entity | None, word: str, text: str) -> Speaker | None:
    """A person as the speaker behind a pronoun; None where the person's own pronouns speak against it."""
    if person is None or person.label != "PERSON":
        return None
    own = [m.span.of(text).lower() for m in person.mentions if m.form == "pronoun"]
    male, female = sum(w in MALE for w in own), sum(w in FEMALE for w in own)
    against = female > male if word == "he" else male > female
    return None if against else Speaker(person.name, "pronoun", person.id)


def _inside(quotes: Sequence[Quote]) -> set[int]:
    """The quotes (by identity) whose source lies in the content of another one."""
    spans = sorted((span, id(quote)) for quote in quotes for span in quote.content)
    firsts = [span.start for span, _ in spans]
    longest = max((len(span) for span, _ in spans), default=0)
    found: set[int] = set()
    for quote in quotes:
        if not quote.source:
            continue
        source = quote.source[0]
        at = bisect_right(firsts, source.start)
        while at > 0 and firsts[at - 1] >= source.start - longest:
            at -= 1
            if spans[at][1] != id(quote) and spans[at][0].contains(source):
                found.add(id(quote))
                break
    return found
