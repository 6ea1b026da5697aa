"""Events: who did what to whom, how many, and how sure, from the parse."""

import pytest
import spacy

from secondsource.find.events import find_events
from secondsource.find.events.quantities import number
from secondsource.model import Article, Event, Reading, Sentence, Span

from ..parsed import reading

PASSIVE = """
At at ADP IN 2 advmod
least least ADJ JJS 3 advmod
five five NUM CD 4 nummod
sailors sailor NOUN NNS 6 nsubj:pass
were be AUX VBD 6 aux:pass
injured injure VERB VBN 0 root
by by ADP IN 9 case
the the DET DT 9 det
fire fire NOUN NN 6 obl:agent
"""
CONTROL = """
The the DET DT 2 det
council council NOUN NN 3 nsubj
plans plan VERB VBZ 0 root
to to PART TO 5 mark
close close VERB VB 3 xcomp
the the DET DT 7 det
bridge bridge NOUN NN 5 obj
"""
RELATIVE = """
The the DET DT 2 det
captain captain NOUN NN 6 nsubj
who who PRON WP 4 nsubj
resigned resign VERB VBD 2 acl:relcl
did do AUX VBD 6 aux
answer answer VERB VB 0 root
not not PART RB 6 advmod
"""
LIGHT = """
The the DET DT 2 det
board board NOUN NN 3 nsubj
took take VERB VBD 0 root
a a DET DT 5 det
decision decision NOUN NN 3 obj
and and CCONJ CC 7 cc
left leave VERB VBD 3 conj
"""


def told(source: Reading) -> dict[str, Event]:
    return {event.predicate: event for event in find_events(source)}


def filled(source: Reading, event: Event) -> set[tuple[str, str]]:
    return {(argument.role, argument.span.of(source.article.text)) for argument in event.arguments}


def test_a_passive_gives_its_subject_as_patient_and_its_agent_as_agent() -> None:
    source = reading(PASSIVE)
    event = told(source)["injure"]
    assert filled(source, event) == {("patient", "At least five sailors"), ("agent", "the fire")}
    assert event.recipients[0].head.of(source.article.text) == "sailors"


def test_at_least_five_is_five_or_more_of_what_is_counted() -> None:
    (quantity,) = told(reading(PASSIVE))["injure"].quantities
    assert (quantity.low, quantity.high, quantity.unit, quantity.role) == (5, None, "sailor", "patient")


def test_a_controlled_infinitive_takes_its_governors_subject_and_is_planned() -> None:
    source = reading(CONTROL)
    close = told(source)["close"]
    assert ("agent", "The council") in filled(source, close)
    assert ("patient", "the bridge") in filled(source, close)
    assert close.modality == "planned"


def test_a_relative_clause_takes_the_noun_it_describes_and_keeps_its_own_polarity() -> None:
    source = reading(RELATIVE)
    events = told(source)
    assert ("agent", "The captain") in filled(source, events["resign"])
    assert (events["resign"].negated, events["answer"].negated) == (False, True)
    assert (events["resign"].modality, events["answer"].modality) == ("happened", "negated")


def test_a_light_verb_is_told_by_its_noun_and_a_conjunct_shares_the_subject() -> None:
    source = reading(LIGHT)
    events = told(source)
    assert set(events) == {"decision", "leave"}
    assert ("agent", "The board") in filled(source, events["leave"])


def test_every_span_lies_in_the_text_and_every_clause_holds_its_trigger() -> None:
    source = reading(PASSIVE, CONTROL, RELATIVE, LIGHT)
    for event in find_events(source):
        assert all(event.clause.contains(span) for span in event.trigger)
        assert event.clause.of(source.article.text)


def test_a_reading_without_a_parse_has_no_events() -> None:
    article = Article(text="It rained in the hills.")
    bare = Reading(article, spacy.blank("en")(article.text), (Sentence(Span(0, 23), "body", 0),))
    assert find_events(bare) == ()


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (["260"], 260),
        (["1,250"], 1250),
        (["twenty", "-", "three"], 23),
        (["1.5", "million"], 1_500_000),
        (["three", "hundred", "and", "five"], 305),
        (["two", "dozen"], 24),
        (["€900m"], 900_000_000),
        (["several"], None),
        (["hundred"], None),
        ([], None),
    ],
)
def test_written_numbers_have_their_value(words: list[str], value: float | None) -> None:
    assert number(words) == value
