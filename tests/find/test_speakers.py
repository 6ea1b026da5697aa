"""Speakers: a source is a name, a role, a document, many people, somebody unnamed, or unknown."""

import pytest

from secondsource.find.speakers import find_speaker, head_part
from secondsource.model import Article, Entity, Mention, Reading, Span, Speaker
from secondsource.read import read
from secondsource.settings import Settings

PLAIN = Settings(reader="rules")


def reading(text: str, *entities: Entity) -> Reading:
    (only,) = read([Article(text=text)], settings=PLAIN)
    return Reading(only.article, only.doc, only.sentences, entities)


def at(text: str, words: str, occurrence: int = 0) -> Span:
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def speaker(text: str, source: str, *entities: Entity) -> Speaker:
    return find_speaker(reading(text, *entities), [at(text, source)])


@pytest.mark.parametrize(
    ("source", "how"),
    [
        ("a police spokesman", "role"),
        ("the defence minister", "role"),
        ("a report released on Monday", "document"),
        ("the statement", "document"),
        ("officials", "collective"),
        ("several lawmakers", "collective"),
        ("the government", "collective"),
        ("a homeless man", "anonymous"),
        ("an official who asked not to be named", "anonymous"),
    ],
)
def test_a_source_without_a_name_is_told_by_its_head(source: str, how: str) -> None:
    text = f"It rained, {source} said."
    assert speaker(text, source).how == how


def test_a_surname_is_given_its_full_name_from_elsewhere_in_the_text() -> None:
    text = "Mary Lee arrived on Monday. Lee said it rained."
    assert find_speaker(reading(text), [at(text, "Lee", 1)]) == Speaker("Mary Lee", "named")


def test_a_pronoun_takes_the_name_of_its_chain() -> None:
    text = "Mary Lee arrived. It rained, she said."
    mentions = (Mention(at(text, "Mary Lee"), "name"), Mention(at(text, "she"), "pronoun"))
    chain = Entity("e1", "Mary Lee", "PERSON", mentions)
    assert speaker(text, "she", chain) == Speaker("Mary Lee", "pronoun", "e1")


def test_a_pronoun_of_a_chain_without_a_name_is_a_role() -> None:
    text = "The mayor arrived. It rained, she said."
    mentions = (Mention(at(text, "The mayor"), "nominal"), Mention(at(text, "she"), "pronoun"))
    chain = Entity("e1", "The mayor", "PERSON", mentions)
    assert speaker(text, "she", chain) == Speaker("The mayor", "role", "e1")


def test_a_role_is_resolved_by_its_chain_to_a_name() -> None:
    text = "Mary Lee, the mayor, arrived. It rained, the mayor said."
    mentions = (Mention(at(text, "Mary Lee"), "name"), Mention(at(text, "the mayor", 1), "nominal"))
    chain = Entity("e1", "Mary Lee", "PERSON", mentions)
    assert find_speaker(reading(text, chain), [at(text, "the mayor", 1)]).name == "Mary Lee"


def test_an_institution_by_name_is_a_collective() -> None:
    text = "The Pentagon said it rained."
    chain = Entity("e1", "The Pentagon", "ORG", (Mention(at(text, "The Pentagon"), "name"),))
    assert speaker(text, "The Pentagon", chain) == Speaker("The Pentagon", "collective", "e1")


def test_nothing_is_known_of_a_quote_without_a_source() -> None:
    assert find_speaker(reading("It rained."), []) == Speaker(None, "unknown")


def test_appositions_are_no_part_of_a_name() -> None:
    text = "Hugh Hill, a doctor, said it rained."
    assert head_part(text, at(text, "Hugh Hill, a doctor,")).of(text) == "Hugh Hill"


def test_who_writes_and_who_is_written_to_is_no_speaker() -> None:
    text = "Mary Lee arrived. The best way that I know of is to wait."
    mentions = (Mention(at(text, "Mary Lee"), "name"), Mention(at(text, "I"), "pronoun"))
    assert speaker(text, "I", Entity("e1", "Mary Lee", "PERSON", mentions)) == Speaker(None, "unknown")


def test_two_names_are_several_speakers_and_neither_of_them() -> None:
    text = "Lee and Hill said it rained."
    chain = Entity("e1", "Hill", "PERSON", (Mention(at(text, "Hill"), "name"),))
    assert speaker(text, "Lee and Hill", chain) == Speaker("Lee and Hill", "collective")


def test_a_name_that_a_role_hangs_on_is_not_the_speaker() -> None:
    text = "The son of Mary Lee said it rained."
    chain = Entity("e1", "Mary Lee", "PERSON", (Mention(at(text, "Mary Lee"), "name"),))
    assert speaker(text, "The son of Mary Lee", chain).how == "role"


def test_a_title_taken_for_a_name_names_nobody() -> None:
    entity = Entity("e1", "President", "PERSON", (Mention(Span(4, 13), "name"),))
    assert find_speaker(reading("The President said so.", entity), [Span(0, 13)]).how == "role"


def test_a_name_after_titles_finds_the_person_of_that_last_name() -> None:
    text = "Mary Lee spoke. Acting Harbour Chief Lee said so."
    person = Entity("e1", "Mary Lee", "PERSON", (Mention(Span(0, 8), "name"),))
    speaker = find_speaker(reading(text, person), [Span(16, 40)])
    assert (speaker.name, speaker.how) == ("Mary Lee", "named")


def test_a_name_that_a_source_hangs_on_is_not_the_speaker() -> None:
    text = "Mary Lee left. The uncle of Mary Lee said so."
    person = Entity("e1", "Mary Lee", "PERSON", (Mention(Span(0, 8), "name"),))
    assert find_speaker(reading(text, person), [Span(15, 36)]).how == "role"


def test_of_several_spans_the_one_with_a_name_speaks() -> None:
    text = "More than a year old. Mary Lee said so."
    person = Entity("e1", "Mary Lee", "PERSON", (Mention(Span(22, 30), "name"),))
    assert find_speaker(reading(text, person), [Span(0, 20), Span(22, 30)]).name == "Mary Lee"
