"""Stories of a stream: they are born, grow, merge and split, and the order of arrival does not show."""

from __future__ import annotations

import random
from collections.abc import Iterable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.group import group
from secondsource.group.likeness import Sight, look
from secondsource.group.online import Change, Grouper
from secondsource.group.rarity import Rarity
from secondsource.group.tokens import Forms, tokens_of
from secondsource.group.window import CANDIDATES, Window
from secondsource.model import Article

from .prose import BUDGET, OWN, TOUCHED_UP, WIRE, article


def stream(*articles: Article) -> tuple[Grouper, list[Change]]:
    """Articles one by one, and what that changed."""
    grouper = Grouper()
    return grouper, [change for one in articles for change in grouper.add([one]).changes]


def sight(article: Article, rarity: Rarity) -> Sight:
    return look(article, tokens_of(article, Forms()), rarity, 0)


def kinds(changes: Iterable[Change]) -> list[str]:
    return [change.what for change in changes]


def partition(grouper: Grouper) -> set[frozenset[str]]:
    return {frozenset(ids) for ids in grouper.stories().values()}


def test_accounts_of_one_day_are_born_as_one_story() -> None:
    grouper = Grouper()
    step = grouper.add(
        [
            article(WIRE, "wire", published="2024-03-05"),
            article(OWN, "own", published="2024-03-05"),
            article(BUDGET, "budget", published="2024-03-05"),
        ]
    )
    assert sorted(kinds(step.changes)) == ["born", "born"]
    assert grouper.story_of("wire") == grouper.story_of("own") != grouper.story_of("budget")


def test_a_story_grows_and_keeps_its_id() -> None:
    grouper, changes = stream(
        article(WIRE, "wire", published="2024-03-05"), article(TOUCHED_UP, "later", published="2024-03-07")
    )
    assert kinds(changes) == ["born", "grew"]
    assert changes[1] == Change("grew", changes[0].story, ("later",))
    assert grouper.story_of("later") == changes[0].story


def test_the_same_report_a_month_later_is_another_story() -> None:
    grouper, changes = stream(
        article(WIRE, "wire", published="2024-03-05"), article(WIRE, "late", published="2024-04-05")
    )
    assert kinds(changes) == ["born", "born"]
    assert grouper.story_of("wire") != grouper.story_of("late")


def test_what_is_let_go_takes_no_room_and_its_story_stays_whole() -> None:
    grouper, _ = stream(
        article(WIRE, "wire", published="2024-03-05"),
        article(TOUCHED_UP, "next", published="2024-03-08"),
        article(BUDGET, "budget", published="2024-03-05"),
    )
    story = grouper.story_of("wire")
    grouper.keep(lambda sight: sight.id == "next")
    assert len(grouper.window) == 1
    assert (grouper.story_of("wire"), grouper.story_of("next")) == (None, story)
    (change,) = grouper.add([article(WIRE, "new", published="2024-03-09")]).changes
    assert change == Change("grew", story or "", ("new",))


def test_an_article_that_comes_twice_counts_once() -> None:
    grouper, changes = stream(article(WIRE, "a", published="2024-03-05"))
    assert grouper.add([article(WIRE, "a", published="2024-03-05")]).changes == ()
    assert kinds(changes) == ["born"]


def test_an_article_without_a_date_joins_the_story_it_is_most_like() -> None:
    grouper, _ = stream(
        article(WIRE, "wire", published="2024-03-05"),
        article(BUDGET, "budget", published="2024-03-25"),
        article(OWN, "undated"),
    )
    assert grouper.story_of("undated") == grouper.story_of("wire")
    assert grouper.window["undated"].day == grouper.window["wire"].day


def test_a_late_article_joins_its_story() -> None:
    grouper, _ = stream(
        article(WIRE, "wire", published="2024-03-05"), article(BUDGET, "next", published="2024-03-07")
    )
    (change,) = grouper.add([article(OWN, "late", published="2024-03-06")]).changes
    assert (change.what, change.articles) == ("grew", ("late",))


def test_nothing_changes_when_nothing_comes() -> None:
    assert Grouper().add([]).changes == ()


def bridged(*ids: str) -> list[Article]:
    """Two accounts of different things, and some that tell both."""
    texts = {"wire": WIRE, "budget": BUDGET, "both": WIRE + "\n" + BUDGET, "also": BUDGET + "\n" + WIRE}
    return [article(texts[id], id, published="2024-03-05") for id in ids]


def test_stories_that_turn_out_to_be_one_are_merged_under_one_of_their_ids() -> None:
    grouper, before = stream(*bridged("wire", "budget"))
    assert kinds(before) == ["born", "born"]
    changes = grouper.add(bridged("both", "also")).changes
    names = {change.story for change in before}
    assert len(partition(grouper)) == 1
    assert "merged" in kinds(changes)
    assert set(grouper.stories()) < names


def test_a_story_that_turns_out_to_be_two_is_split_and_its_larger_part_keeps_the_id() -> None:
    grouper = Grouper()
    grouper.add(bridged("wire"))
    (story,) = grouper.stories()
    # Put there by hand: what a story was before is no reason to stay one.
    budget = sight(bridged("budget")[0], grouper.rarity)
    grouper.restore([budget], [], {"budget": story})
    changes = grouper.add([article(TOUCHED_UP, "again", published="2024-03-05")]).changes
    assert Change("split", grouper.story_of("budget") or "", ("budget",), story) in changes
    assert grouper.story_of("wire") == grouper.story_of("again") == story


def test_a_new_story_never_takes_an_id_that_is_in_use() -> None:
    _, (change,) = stream(article(WIRE, "a", published="2024-03-05"))
    taken = Grouper(taken=lambda story: story == change.story)
    (other,) = taken.add([article(WIRE, "a", published="2024-03-05")]).changes
    assert other.story != change.story


def news() -> list[Article]:
    """Accounts of two happenings over four days, one of them told word for word by several."""
    texts = (WIRE, OWN, TOUCHED_UP, BUDGET)
    return [
        article(text, f"{n}-{day}", published=f"2024-03-0{day}")
        for day in (4, 5, 7)
        for n, text in enumerate(texts)
    ]


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_any_order_and_any_portions_give_the_stories_of_the_batch(shuffler: random.Random) -> None:
    articles = news()
    expected = {frozenset(a.id for a in story.articles) for story in group(articles).value}
    shuffler.shuffle(articles)
    grouper = Grouper()
    while articles:
        size = shuffler.randint(1, len(articles))
        grouper.add(articles[:size])
        articles = articles[size:]
    assert partition(grouper) == expected


def test_what_was_kept_goes_on_as_if_it_had_never_stopped() -> None:
    articles = news()
    whole, first, second = Grouper(), Grouper(), Grouper()
    whole.add(articles)
    step = first.add(articles[:7])
    story_of = {sight.id: first.story_of(sight.id) or "" for sight in step.sights}
    second.restore(step.sights, step.pairs, story_of)
    second.add(articles[7:])
    assert partition(second) == partition(whole)


def test_rarity_comes_back_as_it_was_put_down() -> None:
    rarity = Rarity()
    rarity.take([np.array([5, 17], dtype=np.int32), np.array([5], dtype=np.int32)])
    back = Rarity.unpack(rarity.pack())
    assert back.documents == rarity.documents
    assert np.array_equal(back.of, rarity.of)


def test_a_word_that_many_documents_have_is_no_longer_rare() -> None:
    rarity = Rarity()
    before = float(rarity.of[17])
    rarity.take([np.array([17], dtype=np.int32)] * 50)
    assert rarity.of[17] < before / 2


def test_the_window_finds_no_more_than_its_candidates_and_the_best_of_them() -> None:
    rarity, window = Rarity(), Window()
    same = [article(WIRE, f"{n:03}", published="2024-03-05") for n in range(CANDIDATES + 20)]
    window.extend([sight(one, rarity) for one in (*same, article(OWN, "own", published="2024-03-05"))])
    found = list(window.near(["000"], bar=0.0))
    assert len(found) == CANDIDATES
    assert all("own" not in (pair.left, pair.right) for pair in found)


def test_scores_are_the_same_whether_computed_at_once_or_one_after_the_other() -> None:
    rarity, one, other = Rarity(), Window(), Window()
    sights = [sight(each, rarity) for each in news()]
    ids = [each.id for each in sights]
    one.extend(sights)
    for n, each in enumerate(sights):
        other.extend([each])
        other.square(ids[: n + 1])
    assert np.array_equal(one.square(ids).scores, other.square(ids).scores)
