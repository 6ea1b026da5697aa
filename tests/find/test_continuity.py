"""Continuity: a pronoun that speaks goes on with whoever spoke by name just before."""

from secondsource.find.continuity import carried_on
from secondsource.model import Article, Entity, Mention, Quote, Reading, Span, Speaker
from secondsource.read import read
from secondsource.settings import Settings

PLAIN = Settings(reader="rules")
TEXT = (
    "Hugh Hill said it rained. Mary Lee disagreed. He said it poured. She left. "
    "They wept. It ended. He agreed."
)


def at(words: str, occurrence: int = 0) -> Span:
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


HILL = Entity("e1", "Hugh Hill", "PERSON", (Mention(at("Hugh Hill"), "name"), Mention(at("He"), "pronoun")))
LEE = Entity("e2", "Mary Lee", "PERSON", (Mention(at("Mary Lee"), "name"), Mention(at("She"), "pronoun")))


def reading() -> Reading:
    (only,) = read([Article(text=TEXT)], settings=PLAIN)
    return Reading(only.article, only.doc, only.sentences, (HILL, LEE))


def quote(source: Span, content: Span, speaker: Speaker) -> Quote:
    return Quote("indirect", (content,), (Span(source.end, source.end + 1),), (source,), speaker)


NAMED = quote(at("Hugh Hill"), at("it rained"), Speaker("Hugh Hill", "named", "e1"))


def test_he_is_the_man_who_spoke_by_name_before() -> None:
    later = quote(at("He"), at("it poured"), Speaker("Mary Lee", "pronoun", "e2"))
    _, found = carried_on(reading(), [NAMED, later])
    assert found.speaker == Speaker("Hugh Hill", "pronoun", "e1")


def test_she_is_never_somebody_who_is_a_he_elsewhere() -> None:
    later = quote(at("She"), at("left"), Speaker("Mary Lee", "pronoun", "e2"))
    assert carried_on(reading(), [NAMED, later]) == (NAMED, later)


def test_a_name_further_back_leaves_the_pronoun_to_the_chains() -> None:
    later = quote(at("He", 1), at("agreed"), Speaker("Mary Lee", "pronoun", "e2"))
    assert carried_on(reading(), [NAMED, later]) == (NAMED, later)


def test_a_source_within_a_quote_neither_gives_nor_takes_a_speaker() -> None:
    outer = quote(
        at("Mary Lee"), Span(at("He").start, at("it poured").end), Speaker("Mary Lee", "named", "e2")
    )
    inner = quote(at("He"), at("it poured"), Speaker("Hugh Hill", "pronoun", "e1"))
    assert carried_on(reading(), [NAMED, outer, inner])[2] == inner
