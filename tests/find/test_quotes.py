"""Quotes by the rules alone: marks, shapes and words, before any network has read the text."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from secondsource.find.quotes import find_quotes
from secondsource.model import Article, Quote, Reading
from secondsource.read import read
from secondsource.settings import Settings

SOUP = ["“", "”", '"', "'", "said", "Lee", ",", ".", "\n\n", "that", "he", "—", ":"]
PLAIN = Settings(reader="rules")


def reading(text: str) -> Reading:
    (only,) = read([Article(text=text)], settings=PLAIN)
    return only


def told(text: str) -> list[tuple[str | None, list[str]]]:
    """Speaker and content of each quote."""
    return [(q.speaker.name, [span.of(text) for span in q.content]) for q in quotes(text)]


def quotes(text: str) -> tuple[Quote, ...]:
    return find_quotes(reading(text))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"The bridge is safe," said Mary Lee.', "Mary Lee"),
        ('"The bridge is safe," Mary Lee said Tuesday.', "Mary Lee"),
        ('Mary Lee said: "The bridge is safe."', "Mary Lee"),
        ("''The bridge is safe,'' Mary Lee said.", "Mary Lee"),
        ('"The bridge," Mary Lee said, "is safe."', "Mary Lee"),
        ('"The bridge is safe," Hugh Hill, a doctor, said.', "Hugh Hill"),
        ('"The bridge is safe," said Hugh Hill, a doctor.', "Hugh Hill"),
        ('"The bridge is safe." –Mary Lee', "Mary Lee"),
        ('From Mary Lee: "The bridge is safe and sound."', "Mary Lee"),
        ('"The bridge is safe," said a police spokesman.', "a police spokesman"),
    ],
)
def test_a_quote_is_given_to_the_speaker_beside_it(text: str, speaker: str) -> None:
    assert [name for name, _ in told(text)] == [speaker]


def test_a_quote_runs_on_after_its_attribution() -> None:
    text = '"The bridge is safe," said Mary Lee. "We tested every bolt of it twice."'
    assert told(text) == [("Mary Lee", ['"The bridge is safe,"', '"We tested every bolt of it twice."'])]


def test_a_quote_over_paragraphs_is_one_with_the_speaker_named_at_its_end() -> None:
    text = '"The bridge was old.\n\n"It had to go.\n\n"Now it is safe," Mary Lee said.'
    assert told(text) == [("Mary Lee", ['"The bridge was old.', '"It had to go.', '"Now it is safe,"'])]


def test_a_phrase_in_quotes_within_indirect_speech_is_mixed() -> None:
    (only,) = quotes('Mary Lee said the bridge was "safe as houses."')
    assert only.form == "mixed"


def test_nicknames_titles_and_scare_quotes_are_no_quotes() -> None:
    assert told('Earvin "Magic" Lee, who sang "The Long Way Home", lives in a "smart" house.') == []


def test_according_to_attributes_what_stands_before_and_after_it() -> None:
    assert told("According to Mary Lee, the bridge is safe.") == [("Mary Lee", ["the bridge is safe"])]
    assert told("The bridge is safe, according to Mary Lee.") == [("Mary Lee", ["The bridge is safe"])]


def test_indirect_speech_after_that_is_found_without_a_parse() -> None:
    assert told("Mary Lee said that the bridge is safe.") == [("Mary Lee", ["that the bridge is safe"])]


def test_a_transcript_is_read_by_its_names() -> None:
    text = "LEE: The bridge is safe.\n\nHILL: It is not, and never was.\n\nLEE: We tested it twice."
    assert [span.of(text) for q in quotes(text) for span in q.source] == ["LEE", "HILL", "LEE"]


def test_questions_and_answers_are_kept() -> None:
    text = "Q: Is the bridge safe?\n\nA: It is.\n\nQ: Who tested it?\n\nA: We did, twice."
    assert len(quotes(text)) == 4


def test_a_headline_with_a_colon_is_a_quote() -> None:
    article = Article(text="Lee: Bridge is safe\n\nThe bridge was opened on Monday by the mayor of the town.")
    (only,) = read([article], settings=PLAIN)
    found = find_quotes(only)
    assert all(q.cue for q in found)


def test_a_quote_with_nobody_near_it_has_an_unknown_speaker() -> None:
    (only,) = quotes('"I never saw such rain in all my life, and neither did you."')
    assert only.speaker.how == "unknown"
    assert only.source == ()


def test_an_odd_number_of_marks_loses_no_quote_and_no_article() -> None:
    text = '"The bridge is safe," said Mary Lee. "It was tested, he added. "Twice in a week," said Hugh Hill.'
    found = told(text)
    assert ("Mary Lee", '"The bridge is safe,"') in [(name, spans[0]) for name, spans in found]
    assert any("Twice in a week" in span for _, spans in found for span in spans)


def test_a_quote_of_twenty_paragraphs_is_one_quote() -> None:
    paragraphs = [f'"This is sentence number {n} of it.' for n in range(19)]
    text = "\n\n".join([*paragraphs, '"It ends," said Mary Lee.'])
    ((speaker, content),) = told(text)
    assert speaker == "Mary Lee"
    assert len(content) == 20


def test_an_article_of_quotes_only_keeps_all_of_them() -> None:
    text = "\n\n".join(f'"Not one of us saw what happened on day {n}."' for n in range(30))
    assert sum(len(q.content) for q in quotes(text)) == 30


def test_a_list_of_tweets_is_given_to_those_who_signed_them() -> None:
    text = (
        "The bridge is safe and open to all.\n— Mary Lee (@marylee) May 1, 2016\n\n"
        "I will not cross it in my life.\n— Hugh Hill (@hill) May 2, 2016"
    )
    assert [name for name, _ in told(text)] == ["Mary Lee", "Hugh Hill"]


def test_every_span_lies_in_the_text_and_none_is_empty() -> None:
    text = 'He said "no. “Yes,” she said. ‘Never’ said he. "" said they. «Oui» " said X: Y: "Z"'
    for quote in quotes(text):
        for span in (*quote.content, *quote.cue, *quote.source):
            assert span.of(text).strip()


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SOUP), max_size=60))
def test_no_soup_of_marks_and_cues_raises(parts: list[str]) -> None:
    text = " ".join(parts)
    for quote in quotes(text):
        assert quote.content
        assert all(span.of(text) for span in quote.content)
