"""Found points are held against hand labels by kind, aspect and overlapping spans in two accounts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secondsource.errors import InputError
from secondsource.evaluate.points import LABELS, Labelled, Mark, answers, compare, mark_of, read_labels
from secondsource.model import Citation, Point, Span


def marked(kind: str, aspect: str | None = None, **accounts: tuple[int, int]) -> Mark:
    return Mark(kind, aspect, {id: (Span(*span),) for id, span in accounts.items()})


def test_shared_points_that_overlap_in_two_accounts_are_one() -> None:
    assert answers(marked("shared", a=(0, 40), b=(10, 50)), marked("shared", a=(30, 35), b=(49, 60)))


def test_overlap_in_one_account_alone_is_not_enough() -> None:
    assert not answers(marked("shared", a=(0, 40), b=(10, 50)), marked("shared", a=(30, 35), b=(50, 60)))
    assert not answers(marked("shared", a=(0, 40), b=(10, 50)), marked("shared", a=(30, 35), c=(10, 50)))


def test_two_of_three_accounts_suffice() -> None:
    label = marked("shared", a=(0, 5), b=(0, 5), c=(0, 5))
    assert answers(marked("shared", b=(2, 3), c=(2, 3)), label)


def test_a_shared_point_does_not_answer_a_differing_one() -> None:
    assert not answers(marked("shared", a=(0, 5), b=(0, 5)), marked("differing", "value", a=(0, 5), b=(0, 5)))


def test_differing_points_must_agree_in_their_aspect() -> None:
    label = marked("differing", "place", a=(0, 5), b=(0, 5))
    assert answers(marked("differing", "place", a=(0, 5), b=(0, 5)), label)
    assert not answers(marked("differing", "time", a=(0, 5), b=(0, 5)), label)


def test_two_found_points_may_be_right_by_one_label_which_is_hit_once() -> None:
    label = marked("shared", a=(0, 20), b=(0, 20))
    found = [marked("shared", a=(0, 5), b=(0, 5)), marked("shared", a=(6, 9), b=(6, 9))]
    tally = compare(found, Labelled("s", {"a": (Span(0, 50),), "b": (Span(0, 50),)}, (label,)))
    assert (len(tally.found), len(tally.right), len(tally.labels), len(tally.hit)) == (2, 2, 1, 1)


def test_points_beyond_the_labelled_part_are_outside_not_wrong() -> None:
    story = Labelled("s", {"a": (Span(0, 50),), "b": (Span(0, 50),)}, ())
    tally = compare([marked("shared", a=(0, 5), b=(60, 70)), marked("shared", a=(0, 5), b=(0, 5))], story)
    assert (len(tally.outside), len(tally.found), len(tally.right)) == (1, 1, 0)


def test_figures_give_the_share_right_and_hit_with_what_they_rest_on() -> None:
    label = marked("differing", "value", a=(0, 5), b=(0, 5))
    story = Labelled("s", {"a": (Span(0, 50),), "b": (Span(0, 50),)}, (label,))
    wrong = marked("differing", "time", a=(0, 5), b=(0, 5))
    figures = {f.name: (f.value, f.n) for f in compare([label, wrong], story).figures("", "differing")}
    assert figures == {
        "differing_precision": (0.5, 2),
        "differing_recall": (1.0, 1),
        "differing_outside": (0.0, 0),
    }


def test_the_citations_of_one_article_are_taken_together() -> None:
    point = Point(
        "shared",
        "",
        2,
        (
            Citation("a", (Span(0, 2),), "xx"),
            Citation("a", (Span(5, 7),), "xx"),
            Citation("b", (Span(1, 2),), "x"),
        ),
        aspect="time",
    )
    assert mark_of(point) == Mark("shared", None, {"a": (Span(0, 2), Span(5, 7)), "b": (Span(1, 2),)})


def test_an_update_is_labelled_as_a_differing_value(tmp_path: Path) -> None:
    place = tmp_path / "points.jsonl"
    accounts = [{"article": "a", "spans": [[0, 4]]}, {"article": "b", "spans": [[2, 6]]}]
    rows = [
        {"story": "s", "kind": "read", "aspect": None, "accounts": accounts},
        {"story": "s", "kind": "differing", "aspect": "update", "accounts": accounts},
    ]
    place.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (story,) = read_labels(place)
    assert story.marks == (Mark("differing", "value", {"a": (Span(0, 4),), "b": (Span(2, 6),)}),)


def test_missing_labels_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"points\.jsonl"):
        read_labels(tmp_path / "points.jsonl")


def test_every_label_lies_in_the_labelled_part_of_two_articles_or_more() -> None:
    stories = read_labels(LABELS)
    assert len(stories) == 52
    for story in stories:
        for mark in story.marks:
            assert len(mark.accounts) >= 2
            for id, spans in mark.accounts.items():
                (read,) = story.read[id]
                assert all(read.contains(span) and span for span in spans)
