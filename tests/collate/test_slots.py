"""Slots, spellings and speech: values that compare, names a letter apart, what stands between marks."""

from __future__ import annotations

import pytest

from secondsource.collate.names import edits
from secondsource.collate.pairs import comparable
from secondsource.collate.points import find_points
from secondsource.collate.slots import Slot, slots_of
from secondsource.collate.speech import quoted_spans
from secondsource.model import Calendar, Point

from ..parsed import accounts, plain, reading


def slots(text: str) -> dict[str, tuple[float | None, float | None]]:
    return {slot.kind: (slot.low, slot.high) for slot in slots_of(plain("a", text), Calendar(dates=()))}


def only(text: str) -> Slot:
    (slot,) = slots_of(plain("a", text), Calendar(dates=()))
    return slot


@pytest.mark.parametrize(
    ("text", "kind", "bounds"),
    [
        ("He left at 9:40 p.m. by boat.", "clock", (1300, 1300)),
        ("He left about 9:40 p.m. by boat.", "clock", (1292, 1308)),
        ("She is in critical but stable condition.", "condition", (2, 4)),
        ("They met in the 400 block of Alder Street.", "street", (400, 499)),
        ("It cost $1.5 million in the end.", "count", (1_500_000, 1_500_000)),
    ],
)
def test_a_value_is_read_as_an_interval(text: str, kind: str, bounds: tuple[float, float]) -> None:
    assert slots(text)[kind] == bounds


def test_a_house_lies_in_its_block() -> None:
    house, block = only("She lives at 439 Alder Street."), only("It was in the 400 block of Alder Street.")
    assert comparable(house, block)
    assert house.meets(block)


def test_clock_times_meet_across_midnight() -> None:
    assert only("It ended about midnight.").meets(only("It ended at 11:55 p.m. sharp."))


@pytest.mark.parametrize(("one", "two", "far"), [("vessmouth", "vesmouth", 1), ("harrow", "velez", 6)])
def test_letters_put_in_or_left_out_are_counted(one: str, two: str, far: int) -> None:
    assert edits(one, two) == far


def test_a_mark_left_open_quotes_the_rest_of_its_paragraph() -> None:
    reading = plain("a", "He said “no” and “never again.")
    assert [span.of(reading.article.text) for span in quoted_spans(reading)] == ["no", "never again."]


def told(one: str, two: str) -> tuple[Point, ...]:
    story, by_id = accounts(plain("a", one), plain("b", two))
    return find_points(story, by_id, Calendar(dates=()), ())


def test_a_name_spelt_otherwise_differs_in_wording() -> None:
    (point,) = [
        p
        for p in told("Police questioned Orla Tavenshaw on Monday.", "Police spoke to Orla Tavinshaw.")
        if p.kind == "differing"
    ]
    assert point.aspect == "wording"
    assert point.reason == "“tavenshaw” against “tavinshaw”"


def test_an_account_that_knows_both_spellings_has_two_people() -> None:
    points = told("Orla Tavenshaw met Orla Tavinshaw on Monday.", "Police spoke to Orla Tavinshaw.")
    assert [p for p in points if p.aspect == "wording"] == []


def test_every_citation_is_what_stands_at_its_spans() -> None:
    one = "The captain of the freighter, 44, was questioned for five hours by harbour police in Vessmouth."
    two = "Harbour police in Vessmouth questioned the freighter's captain, 44, for five hours."
    story, by_id = accounts(plain("a", one), plain("b", two))
    points = find_points(story, by_id, Calendar(dates=()), ())
    assert any(point.kind == "shared" for point in points)
    for point in points:
        assert point.summary in {citation.text for citation in point.accounts}
        for citation in point.accounts:
            text = story.article(citation.article).text
            assert citation.text == " ".join(span.of(text) for span in citation.spans)


def test_how_to_reach_somebody_is_no_point() -> None:
    line = "Anyone with information is asked to call the harbour police in Vessmouth at 555-210-4471."
    assert told(line, line.replace("is asked to", "should")) == ()


SELBY_MAN = """
A a DET DT 4 det
20-year-old 20-year-old ADJ JJ 4 amod
Selby Selby PROPN NNP 4 compound
man man NOUN NN 5 nsubj
slept sleep VERB VBD 0 root
"""


def test_the_age_before_a_noun_is_of_that_noun_and_the_place_between_is_no_name() -> None:
    (slot,) = slots_of(reading(SELBY_MAN), Calendar(dates=()))
    assert (slot.of, slot.names, slot.sex) == (frozenset({"man"}), (), "male")


def test_an_age_between_two_years_is_an_interval() -> None:
    slot = only("Her 1- or 2-year-old baby slept.")
    assert (slot.low, slot.high) == (1.0, 2.99)


@pytest.mark.parametrize(
    ("one", "two", "meet"),
    [
        ("He was hit in the jaw.", "He was hit in the head.", True),
        ("He was hit in the leg.", "He was hit in the hip.", False),
        ("He was hit behind her left ear.", "He was hit behind her right ear.", False),
    ],
    ids=["a part and its whole", "two parts", "two sides"],
)
def test_parts_of_the_body_meet_where_one_is_of_the_other(one: str, two: str, meet: bool) -> None:
    assert only(one).meets(only(two)) is meet


def test_a_road_and_an_avenue_of_one_name_are_two_streets() -> None:
    road, avenue = only("They met on Alder Road."), only("They met on Alder Avenue.")
    assert comparable(road, avenue)
    assert not road.meets(avenue)
