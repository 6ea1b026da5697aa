"""Stories that are no ordinary stories, told from texts to brief: sensible, and silent where unsure."""

# Paragraphs of news are one line each, as ingest finds them.
# ruff: noqa: E501

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secondsource.api import group
from secondsource.brief import Brief, select, to_html, to_text
from secondsource.group import as_story
from secondsource.model import Article, Calendar, Collation, Origin, Story
from secondsource.pipeline import story_pipeline

from .stories import cite, point

REPORT = """Flood closes the old bridge at Tarnholm

TARNHOLM - The river Aster rose by two metres on Monday night and closed the old bridge at Tarnholm, the county council said. Eleven families left their homes in Mill Lane, and nobody was hurt.

"We had no more than an hour to get people out," said the fire chief, Ilse Marrow.

The bridge, built in 1871, will be inspected by engineers on Thursday. The council closed two schools and said that they would open again next week.
"""
OTHER = """Old bridge shut as Aster floods Tarnholm

The county council closed the old bridge at Tarnholm after the river Aster rose by two metres on Monday night.

Fire chief Ilse Marrow said: "We had no more than an hour to get people out." Eleven families had to leave Mill Lane.

Farmers upstream have asked for the weir at Kelmoor to be opened.
"""
AT_ODDS = """Bridge at Tarnholm open again after flood

The river Aster rose by five metres on Wednesday morning and did not close the old bridge at Tarnholm, the county council said. Forty families left their homes in Church Street, and nine people were hurt.

"We had a whole day to get people out," said the fire chief, Dag Oleander.

The bridge, built in 1902, will not be inspected. The council closed six schools.
"""
OPINION = """Nobody in Tarnholm should be surprised

For thirty years this county has treated its rivers as drains, and on Monday night one of them came to collect.

Who closed the old bridge? Not the river Aster. We did, every time we voted to save a penny on the banks. I have lived in Mill Lane all my life, and I am tired of being told that a flood is an act of God. It is an act of the council.

Perhaps eleven families will now be heard. Perhaps they won't. If the council had any shame, it would resign tonight, and if we had any sense, we would never have believed a word it said about the bridge.
"""
LIST = """Ten old bridges to see before they close

1. Tarnholm old bridge. Built in 1871 over the river Aster.
2. Kelmoor viaduct. Built in 1902, 44 metres high.
3. The footbridge at Selby Sands. Built in 1911 of oak.
4. Corran arch. Built in 1650, closed in 2019.
5. Little Calder bridge. Built in 1777 by two brothers.
6. The iron bridge at Port Calder. Built in 1859.
7. Harrow bridge. Built in 1923, painted red.
8. The drawbridge at Vessmouth. Built in 1934.
9. Marrow bridge. Built in 1688, the oldest still in use.
10. Dunmore crossing. Built in 1999.
"""


def live_blog() -> str:
    """A page of 100 timed entries, the newest first, of which some take back what earlier ones told."""
    entries = []
    for number in range(100, 0, -1):
        hour, minute = divmod(number * 7, 60)
        stay = "is closed" if number % 2 else "is open again"
        entries.append(
            f"{6 + hour:02d}:{minute:02d}\n\nThe old bridge at Tarnholm {stay}, the county council says. "
            f"The river Aster stands at {100 + number} centimetres. Reader {number} has sent us a picture."
        )
    return "Flood at Tarnholm: live\n\n" + "\n\n".join(entries)


def tell(*texts: str) -> Brief:
    """The brief of these texts told as one story, published day after day by outlets of their own."""
    articles = [
        Article(text=text, outlet=f"Outlet {n}", published=f"2031-03-{11 + n % 17:02d}", id=f"a{n}")
        for n, text in enumerate(texts, start=1)
    ]
    brief: Brief = story_pipeline().run(story=as_story(articles)).value["brief"]
    return brief


def kinds(brief: Brief) -> set[str]:
    return {point.kind for point in brief.points}


@pytest.fixture(scope="module")
def blog() -> Brief:
    return tell(live_blog(), REPORT)


def test_a_story_told_once_shares_nothing_and_parts_nowhere() -> None:
    brief = tell(REPORT)
    assert kinds(brief) <= {"only_here"}
    assert all(utterance.origins == 1 for utterance in brief.utterances)
    assert "Where they differ" not in to_text([brief])


def test_two_copies_are_one_origin_and_share_nothing() -> None:
    brief = tell(REPORT, REPORT)
    assert len(brief.story.origins) == 1
    assert kinds(brief) <= {"only_here"}
    assert all(utterance.origins == 1 for utterance in brief.utterances)
    assert "two accounts from one independent origin" in to_text([brief]).lower()


def test_a_copy_beside_two_reports_adds_no_origin_to_any_line() -> None:
    alone, copied = tell(REPORT, OTHER), tell(REPORT, OTHER, REPORT)
    assert "shared" in kinds(alone)
    assert len(copied.story.origins) == 2
    assert max(point.origins for point in copied.points) == 2
    for told in copied.points:
        cited = {citation.article for citation in told.accounts}
        assert told.kind != "shared" or "a2" in cited, "the report and its copy are no two witnesses"


def test_accounts_at_odds_on_everything_share_no_figure_no_negated_fact_and_no_quote() -> None:
    brief = tell(REPORT, AT_ODDS)
    assert len(brief.story.origins) == 2
    for told in brief.points:
        if told.kind == "shared":
            one, two = (citation.text for citation in told.accounts)
            assert {w for w in one.split() if w.isdigit()} == {w for w in two.split() if w.isdigit()}
            assert ("not" in one.split()) == ("not" in two.split())
    assert {"time", "value", "polarity"} <= {point.aspect for point in brief.points}
    assert all(len({w.citation.article for w in u.wordings}) == 1 for u in brief.utterances)


@pytest.mark.parametrize(
    "line",
    [
        "Who closed the old bridge?",
        "I saw them close the old bridge.",
        "They closed the bridge in my street.",
    ],
)
def test_what_asks_or_speaks_for_itself_is_no_shared_fact(line: str) -> None:
    told = Article(text="The council closed the old bridge.", id="a")
    other = Article(text=line, id="b")
    origins = (Origin("o1", ("a",), "independent"), Origin("o2", ("b",), "independent"))
    shared = point("shared", cite(told, "closed the old bridge"), cite(other, line.rstrip("?.")), origins=2)
    story = Story("s", "A bridge", (told, other), origins)
    assert select(Collation(story, (shared,)), Calendar(())).points == ()


def test_a_real_report_and_its_copy_are_one_origin(corpora: Path) -> None:
    with (corpora / "stories" / "roundups.jsonl").open(encoding="utf-8") as lines:
        text = json.loads(next(lines))["text"]
    brief = tell(text, text)
    assert len(brief.story.origins) == 1
    assert kinds(brief) <= {"only_here"}


def test_the_rhetoric_of_an_opinion_is_neither_shared_nor_at_odds() -> None:
    brief = tell(REPORT, OPINION)
    for told in brief.points:
        if told.kind == "only_here":
            continue
        texts = [c.text for c in told.accounts if c.article == "a2"]
        assert not any(word in text for text in texts for word in ("Who closed", "Perhaps", "If the council"))
        assert not any({"I", "my", "we", "We"} & set(text.split()) for text in texts), texts


def test_a_live_blog_of_a_hundred_entries_is_not_at_odds_with_itself(blog: Brief) -> None:
    for told in blog.points:
        if told.kind != "only_here":
            assert len({citation.article for citation in told.accounts}) == 2
    assert len([p for p in blog.points if p.kind == "only_here"]) <= 10


def test_a_live_blog_does_not_flood_the_brief(blog: Brief) -> None:
    assert len(blog.timeline) <= 30
    assert len(blog.points) <= 40
    assert blog.omitted > 0
    assert all(word not in {m.name for m in blog.cast} for word in ("Reader", "LIVE"))


def test_the_items_of_a_list_are_no_facts_of_the_story() -> None:
    brief = tell(REPORT, LIST)
    for told in brief.points:
        if told.kind != "only_here":
            listed = [c.text for c in told.accounts if c.article == "a2"]
            assert all("Tarnholm" in text or "1871" in text for text in listed), listed
    assert kinds(brief) <= {"only_here", "shared"}


def test_accounts_of_other_things_share_nothing() -> None:
    recipe = "Boil the barley for an hour. Add two onions and a spoon of salt. Serve it hot to eleven guests."
    assert "shared" not in kinds(tell(REPORT, recipe))
    assert "differing" not in kinds(tell(REPORT, recipe))


def test_two_hundred_accounts_keep_a_brief_a_person_can_read() -> None:
    towns = [f"{first}{last}" for first in ("Tarn", "Kel", "Sel", "Dun", "Cor") for last in ("holm", "moor")]
    texts = [
        f"Flood closes bridge, {towns[n % 10]} hears\n\nThe river Aster rose by two metres on Monday night and closed "
        f"the old bridge at Tarnholm. Eleven families left Mill Lane. In {towns[n % 10]}, {n + 20} people came to "
        f"a meeting about it, and baker number {n} gave away {n + 7} loaves."
        for n in range(200)
    ]
    brief = tell(*texts)
    assert len(brief.story.articles) == 200
    assert len(brief.points) <= 70
    origins = [point.origins for point in brief.points if point.kind == "shared"]
    assert all(count >= 2 for count in origins)
    page = to_html([brief])
    assert page.count("<details") == 200


def test_the_same_accounts_in_another_order_give_the_same_points() -> None:
    articles = [
        Article(text=text, outlet=outlet, published="2031-03-11")
        for text, outlet in ((REPORT, "A"), (OTHER, "B"), (AT_ODDS, "C"))
    ]
    there = [story_pipeline().run(story=story).value["brief"] for story in group(articles)]
    back = [story_pipeline().run(story=story).value["brief"] for story in group(articles[::-1])]
    assert [brief.points for brief in there] == [brief.points for brief in back]
