"""A brief for the terminal: every section, every width, nothing cut and nothing obeyed."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from secondsource.brief import Brief, select, to_text
from secondsource.model import Article, Calendar, Collation, Origin, Story, Wording

from .stories import cite, point, said


def test_the_sections_come_in_the_order_of_a_reading(fire: Brief) -> None:
    text = to_text([fire])
    headings = [
        "Night fire guts",
        "Five accounts from four independent origins · published 12–14 March 2031",
        "What the accounts share",
        "Where they differ",
        "Only in A",
        "Only in E",
        "Who said what",
        "Timeline",
        "Who is named",
        "Where the accounts come from",
        "What this brief covers",
        "What could not be done",
    ]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)


def test_a_line_names_its_accounts_and_origins(fire: Brief) -> None:
    assert "No one was killed.  [B, C, D; two origins]" in to_text([fire])


def test_a_plan_on_the_timeline_names_who_told_of_it(fire: Brief) -> None:
    text = " ".join(to_text([fire], 100).split())
    assert "reopen on Monday. planned according to Bram Oleander" in text


def test_accounts_that_tell_it_in_the_same_words_share_a_cell(fire: Brief) -> None:
    assert re.search(r"B, C +… injuring 14 people", to_text([fire]))


def test_the_copied_share_stands_with_its_origin(fire: Brief) -> None:
    text = to_text([fire])
    assert "B, C  agency copy, Meridian Wire" in text
    assert "79% of C also stands in B" in text


@pytest.mark.parametrize("width", [24, 40, 72, 100, 200])
def test_no_line_is_wider_than_the_window_and_no_text_is_cut(fire: Brief, width: int) -> None:
    text = to_text([fire], width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    flowing = re.sub(r"\s+", "", text)
    for found in fire.points:
        assert re.sub(r"\s+", "", found.summary) in flowing


def test_plain_text_has_no_control_sequences_and_colour_has(fire: Brief) -> None:
    assert "\x1b" not in to_text([fire])
    assert "\x1b[" in to_text([fire], 100, color=True)


def test_nothing_is_printed_for_a_section_without_lines() -> None:
    article = Article(id="a", text="It rained.")
    story = Story("s", "Rain", (article,), (Origin("o", ("a",), "independent"),))
    text = to_text([select(Collation(story), Calendar(()))])
    for heading in ("share", "differ", "Only", "said", "Timeline", "named", "covers", "could not"):
        assert heading not in text
    assert "One account from one independent origin" in text


def test_several_briefs_begin_with_a_list_of_them(fire: Brief) -> None:
    text = to_text([fire, fire])
    assert text.startswith("Two stories\n")
    assert "\n1. Night fire" in text
    assert "\n2. Night fire" in text


def test_no_brief_is_no_text() -> None:
    assert to_text([]) == ""


def test_controls_in_an_article_do_not_reach_the_terminal() -> None:
    text = "It \x1b[31mrained\x1b[0m \u202ebackwards\u202c \x07today."
    article = Article(id="a", text=text, title="A \x1b]0;title\x07", outlet="Out\x9blet")
    story = Story("s", "Rain\x1b[2J", (article,), (Origin("o", ("a",), "independent"),))
    printed = to_text([select(Collation(story, (point("only_here", cite(article, text)),)), Calendar(()))])
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", printed)
    assert "rained" in printed


def test_brackets_in_an_article_are_text_not_markup() -> None:
    text = "The [bold]minister[/bold] resigned :smile: today."
    article = Article(id="a", text=text)
    story = Story("s", "[red]Title[/red]", (article,), (Origin("o", ("a",), "independent"),))
    printed = to_text([select(Collation(story, (point("only_here", cite(article, text)),)), Calendar(()))])
    assert text in printed
    assert "[red]Title[/red]" in printed


def test_two_hundred_accounts_have_two_hundred_letters() -> None:
    articles = tuple(Article(id=f"a{n:03}", text=f"It rained in town {n}.") for n in range(200))
    origins = tuple(Origin(f"o{a.id}", (a.id,), "independent") for a in articles)
    points = tuple(point("only_here", cite(a, a.text)) for a in articles)
    text = to_text([select(Collation(Story("s", "Rain", articles, origins), points), Calendar(()))])
    assert re.search(r"^ {2}Z +Account Z", text, re.MULTILINE)
    assert re.search(r"^ {2}AA +Account AA", text, re.MULTILINE)
    assert re.search(r"^ {2}GR +Account GR", text, re.MULTILINE)


def test_a_denial_is_printed_as_one() -> None:
    text = "The company denied that there had been any fault."
    article = Article(id="a", text=text)
    story = Story("s", "Fault", (article,), (Origin("o", ("a",), "independent"),))
    denial = Wording(cite(article, "that there had been any fault"), "indirect", None, "denied")
    collation = Collation(story, utterances=(said("The company", denial),))
    printed = to_text([select(collation, Calendar(()))])
    assert "denied: … that there had been any fault" in printed
