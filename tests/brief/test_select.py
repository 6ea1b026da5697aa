"""Selection: what is printed, in what order, how much of it, and what is refused."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.brief import Brief, select, words
from secondsource.brief.select import (
    MAX_CAST,
    MAX_DIFFERING,
    MAX_ONLY_HERE,
    MAX_ONLY_HERE_IN_ALL,
    MAX_SHARED,
    MAX_TIMELINE,
    MAX_UTTERANCES,
)
from secondsource.model import (
    Article,
    Calendar,
    Citation,
    Collation,
    Coverage,
    Origin,
    Point,
    Span,
    Story,
)

from . import stories
from .stories import cite, point


def two(first: str, second: str, **collated: object) -> Collation:
    """Two accounts of two origins."""
    articles = (Article(id="a", text=first), Article(id="b", text=second))
    origins = tuple(Origin(f"o-{a.id}", (a.id,), "independent") for a in articles)
    return Collation(Story("s", "A story", articles, origins), **collated)  # type: ignore[arg-type]


def told(collation: Collation) -> Brief:
    return select(collation, Calendar(()))


def test_points_are_ordered_shared_then_differing_then_only_here(fire: Brief) -> None:
    kinds = [p.kind for p in fire.points]
    assert kinds == sorted(kinds, key=["shared", "differing", "only_here"].index)


def test_what_more_origins_tell_comes_first(fire: Brief) -> None:
    shared = [p.origins for p in fire.points if p.kind == "shared"]
    assert shared[0] == 4
    assert shared == sorted(shared, reverse=True)


def test_the_lead_comes_before_the_end_of_the_article() -> None:
    first, last = "The dam broke at dawn.", "Old maps show another dam."
    text = f"{first} {'More was said of it all. ' * 20}{last}"
    collation = two(text, text)
    a, b = collation.story.articles
    points = (point("shared", cite(a, last), cite(b, last)), point("shared", cite(a, first), cite(b, first)))
    assert [p.summary for p in told(replace(collation, points=points)).points] == [first, last]


def test_what_only_one_account_tells_is_in_the_order_of_its_telling(fire: Brief) -> None:
    herald = [p.accounts[0].spans[0] for p in fire.points if p.accounts[0].article == "herald"]
    only = [p for p in fire.points if p.kind == "only_here" and p.accounts[0].article == "herald"]
    assert herald
    assert [p.summary.split()[1] for p in only] == ["store", "owner,"]


def test_what_is_left_out_for_length_is_counted() -> None:
    sentences = [f"Witness number {n} saw the boat." for n in range(100, 160)]
    text = " ".join(sentences)
    collation = two(text, text)
    a, b = collation.story.articles
    shared = tuple(point("shared", cite(a, s), cite(b, s)) for s in sentences[:20])
    differing = tuple(
        point("differing", cite(a, s), cite(b, t), aspect="value")
        for s, t in zip(sentences[:20], sentences[20:40], strict=True)
    )
    only = tuple(point("only_here", cite(a, s)) for s in sentences[40:])
    brief = told(replace(collation, points=shared + differing + only))
    kinds = [p.kind for p in brief.points]
    assert kinds.count("shared") == MAX_SHARED
    assert kinds.count("differing") == MAX_DIFFERING
    assert kinds.count("only_here") == MAX_ONLY_HERE
    assert brief.omitted == 60 - len(kinds)


def test_the_limits_are_those_of_the_documentation() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "brief.md").read_text(encoding="utf-8")
    (limits,) = re.findall(r"A brief prints at most ([^;]*);", page)
    assert [int(number) for number in re.findall(r"\d+", limits)] == [
        MAX_SHARED,
        MAX_DIFFERING,
        MAX_ONLY_HERE,
        MAX_ONLY_HERE_IN_ALL,
        MAX_UTTERANCES,
        MAX_TIMELINE,
        MAX_CAST,
    ]


def test_a_line_is_not_printed_twice() -> None:
    collation = two("It rained. It rained hard.", "It rained. It rained hard.")
    a, b = collation.story.articles
    same = point("shared", cite(a, "It rained."), cite(b, "It rained."))
    assert len(told(replace(collation, points=(same, replace(same, score=0.5)))).points) == 1


def test_the_order_of_a_collation_does_not_matter(fire: Brief) -> None:
    whole = stories.fire()
    for seed in range(5):
        mixed = random.Random(seed)
        shuffled = replace(
            whole,
            **{
                name: tuple(mixed.sample(getattr(whole, name), len(getattr(whole, name))))
                for name in ("points", "utterances", "timeline", "cast", "coverage")
            },
        )
        assert select(shuffled, stories.fire_calendar(), stories.FAILURES) == fire


@pytest.mark.parametrize(
    "citation",
    [
        Citation("a", (Span(0, 5),), "It snowed."),
        Citation("a", (Span(0, 9_999),), "It rained."),
        Citation("nobody", (Span(0, 10),), "It rained."),
        Citation("a", (), "It rained."),
    ],
    ids=["other words", "outside the text", "unknown article", "no span"],
)
def test_a_point_whose_citation_does_not_hold_is_a_failure_not_a_line(citation: Citation) -> None:
    collation = two("It rained.", "It rained.")
    wrong = Point("only_here", "It snowed.", 1, (citation,))
    brief = told(replace(collation, points=(wrong,)))
    assert brief.points == ()
    assert [f.stage for f in brief.failures] == ["brief"]
    assert "not printed" in brief.failures[0].reason


def test_a_shared_point_left_with_one_account_is_dropped() -> None:
    collation = two("It rained.", "It was dry.")
    a, _ = collation.story.articles
    half = point("shared", cite(a, "It rained."), Citation("b", (Span(0, 6),), "It rained."))
    brief = told(replace(collation, points=(half,)))
    assert brief.points == ()
    assert len(brief.failures) == 1


def summary_of(text: str, summary: str) -> str:
    collation = two(text, "Nothing.")
    a, _ = collation.story.articles
    claimed = replace(point("only_here", cite(a, text)), summary=summary)
    return told(replace(collation, points=(claimed,))).points[0].summary


def test_a_clause_may_stand_for_its_sentence() -> None:
    text = "The mayor, a former teacher, resigned."
    assert summary_of(text, "The mayor resigned.") == "The mayor resigned."


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("The mayor has not resigned.", "The mayor has resigned."),
        ("The mayor may resign.", "The mayor resign."),
        ("The mayor resigned, aides said.", "The mayor resigned."),
        ("Some 400 people marched.", "people marched."),
        ("The mayor hasn't left.", "The mayor left."),
        ("The mayor resigned.", "The mayor was sacked."),
        ("Dogs bite men.", "men bite Dogs."),
    ],
    ids=["negation", "modal", "attribution", "quantity", "n't", "other words", "other order"],
)
def test_a_summary_that_says_something_else_gives_way_to_the_source(text: str, summary: str) -> None:
    assert summary_of(text, summary) == text


def test_a_speaker_nobody_names_is_not_printed() -> None:
    collation = stories.fire()
    invented = replace(collation.utterances[0], speaker="Oona Invented")
    brief = select(replace(collation, utterances=(invented,)), stories.fire_calendar())
    assert brief.utterances[0].speaker is None
    assert brief.utterances[0].how == "unknown"


def test_names_that_stand_in_no_account_are_not_printed() -> None:
    collation = stories.fire()
    member = replace(collation.cast[0], name="Chief Marrow-Invented", names=("Ilse Marrow", "I. Marrow"))
    brief = select(replace(collation, cast=(member,)), stories.fire_calendar())
    assert brief.cast[0].name == "Ilse Marrow"
    assert brief.cast[0].names == ("Ilse Marrow",)


def test_origins_are_counted_anew_from_the_story() -> None:
    collation = two("It rained.", "It rained.")
    a, b = collation.story.articles
    together = Story("s", "Rain", (a, b), (Origin("o", ("a", "b"), "copies"),))
    point_of_one = point("shared", cite(a, "It rained."), cite(b, "It rained."), origins=7)
    brief = told(Collation(together, (point_of_one,)))
    assert brief.points[0].origins == 1


def test_coverage_counts_only_what_is_printed(fire: Brief) -> None:
    rows = {row.article: row for row in fire.coverage}
    assert [row.article for row in fire.coverage] == [a.id for a in fire.story.articles]
    assert all(0 < row.cited <= row.body for row in rows.values())
    without = select(replace(stories.fire(), points=(), utterances=()), stories.fire_calendar())
    assert {row.cited for row in without.coverage} == {0}


def test_a_story_of_one_account_has_room_for_more_than_five_lines() -> None:
    sentences = [f"Line {n} of the only report." for n in range(20)]
    article = Article(id="a", text=" ".join(sentences))
    story = Story("s", "Alone", (article,), (Origin("o", ("a",), "independent"),))
    points = tuple(point("only_here", cite(article, s)) for s in sentences)
    brief = told(Collation(story, points, coverage=(Coverage("a", 0, len(article.text)),)))
    assert len(brief.points) == MAX_SHARED


def test_an_empty_collation_is_an_empty_brief() -> None:
    brief = told(two("It rained.", "It rained."))
    assert (brief.points, brief.utterances, brief.timeline, brief.cast) == ((), (), (), ())
    assert brief.omitted == 0
    assert brief.failures == ()


@given(st.text(), st.integers(0, 60), st.integers(0, 60), st.text(max_size=20))
def test_whatever_is_claimed_only_the_source_is_printed(text: str, start: int, end: int, said: str) -> None:
    start, end = sorted((start, end))
    collation = two(text, "Nothing.")
    claimed = Point("only_here", said, 1, (Citation("a", (Span(start, end),), said),))
    for kept in told(replace(collation, points=(claimed,))).points:
        held = words.clean(kept.accounts[0].spans[0].of(text))
        assert kept.summary in {held, words.clean(said)}
        assert words.words(kept.summary) == words.words(held)
