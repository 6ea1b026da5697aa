"""Events as records: JSON findings, PLOVER's record and rows."""

from dataclasses import replace
from datetime import date

from secondsource.find.events import find_events
from secondsource.find.events.records import (
    COLUMNS,
    days_of,
    finding,
    magnitude_of,
    modes_of,
    plover_record,
    row,
)
from secondsource.model import ArticleDate, Calendar, Event, Published, Reading

from ..parsed import reading

RAID = """
The the DET DT 2 det
rebels rebel NOUN NNS 3 nsubj
killed kill VERB VBD 0 root
at at ADP IN 6 advmod
least least ADJ JJS 4 fixed
nine nine NUM CD 7 nummod
soldiers soldier NOUN NNS 3 obj
and and CCONJ CC 9 cc
wounded wound VERB VBD 3 conj
four four NUM CD 11 nummod
others other NOUN NNS 9 obj
"""
COUNTED = """
The the DET DT 2 det
blast blast NOUN NN 3 nsubj
left leave VERB VBD 0 root
five five NUM CD 3 obj
injured injured ADJ JJ 3 xcomp
"""


def read_raid() -> tuple[Reading, Event, Calendar]:
    source = reading(RAID)
    source = replace(source, events=find_events(source))
    day = Published(date(2024, 5, 2), date(2024, 5, 2), "metadata")
    calendar = Calendar((ArticleDate(source.article.id, day),))
    return source, next(event for event in source.events if event.predicate == "kill"), calendar


def test_a_record_names_type_actor_and_offsets_that_hold_the_text() -> None:
    source, event, calendar = read_raid()
    record = plover_record(source, event, calendar)
    assert (record["type"], record["date"]) == ("ASSAULT", "2024-05-02")
    (actor,) = record["actor"]
    assert (actor["sector"], actor["country"]) == ("REB", None)
    (told,) = record["event_text"]
    assert source.article.text[told["start"] : told["end"]] == told["text"] == "killed"


def test_the_magnitude_counts_what_is_told_beside_the_event() -> None:
    source, event, _ = read_raid()
    assert magnitude_of(source, event) == {"dead": [9.0, None], "injured": [4.0, 4.0]}


def test_five_injured_are_counted_without_a_noun() -> None:
    source = reading(COUNTED)
    found = {event.predicate: event for event in find_events(source)}
    (quantity,) = found["injure"].quantities
    assert (quantity.low, quantity.high, quantity.unit) == (5.0, 5.0, "injured")


def test_a_denied_event_is_negated_and_a_possible_one_hypothetical() -> None:
    source, event, calendar = read_raid()
    assert modes_of(source, replace(event, modality="denied", negated=True), calendar)[-1] == "negation"
    assert modes_of(source, replace(event, modality="possible"), calendar)[-1] == "hypothetical"
    assert "future" not in modes_of(source, replace(event, type="AGREE", modality="planned"), calendar)


def test_an_event_without_times_has_the_days_of_its_article() -> None:
    source, event, calendar = read_raid()
    assert days_of(source, event, calendar) == (date(2024, 5, 2), date(2024, 5, 2))
    assert days_of(source, event, Calendar(())) == (None, None)


def test_a_row_has_every_column_and_joins_what_is_several() -> None:
    source, event, calendar = read_raid()
    made = row(source, event, calendar)
    assert tuple(made) == COLUMNS
    assert (made["dead"], made["injured"], made["arrested"]) == ("9..", "4", "")


def test_a_finding_keeps_spans_as_pairs_of_offsets() -> None:
    source, event, calendar = read_raid()
    made = finding(source, event, calendar)
    start, end = made["clause"]
    assert source.article.text[start:end] == made["text"]
    assert made["quantities"][0]["low"] == 9.0
