"""A library on either database: what is added is there, once, in its story, and can be found."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import secondsource as ss
from secondsource.errors import InputError, StoreError, UnknownError
from secondsource.group import group
from secondsource.model import Article
from secondsource.store import FeedState, Library, Received

RAIN = "Heavy rain closed the coast road between Arden and Selby on Monday, the county council said."
BRIDGE = "Engineers reopened the bridge at Selby on Friday after a week of repairs to its iron span."


def rain(**fields: str) -> Article:
    return Article(text=RAIN, published="2024-03-04", outlet="The Arden Post", **fields)


def partition(library: Library) -> set[frozenset[str]]:
    return {frozenset(a.id for a in library.story(row.id).articles) for row in library.stories(limit=500)}


def test_what_was_added_comes_back_as_it_was(library: Library) -> None:
    (id,) = library.add([rain(title="Rain", url="http://post.example/rain")]).new
    found = library.article(id)
    assert (found.text, found.title, found.outlet) == (RAIN, "Rain", "The Arden Post")
    assert found.published is not None
    assert found.published.day == date(2024, 3, 4)
    assert found.blocks


def test_the_same_content_is_kept_once(library: Library) -> None:
    first = library.add([rain(), rain()])
    again = library.add([rain(id="other")])
    assert len(first.new) == 1
    assert (again.new, again.known, again.position) == ((), first.new, first.position)


def test_an_id_that_stands_for_other_content_is_told_apart(library: Library) -> None:
    library.add([rain(id="a")])
    (new,) = library.add([Article(text=BRIDGE, id="a")]).new
    assert new.startswith("a-")
    assert (library.article("a").text, library.article(new).text) == (RAIN, BRIDGE)


def test_an_article_is_kept_as_it_came_in(library: Library) -> None:
    page = Received(b"<p>Heavy rain</p>\xff\x00", "text/html", "http://post.example/rain")
    library.add([rain(id="a")], received={"a": page})
    assert library.received("a") == page
    assert library.received("b") is None


@pytest.mark.parametrize("text", [RAIN + "\0", RAIN + "\ud800"])
def test_what_can_not_be_kept_is_a_failure_and_the_rest_is_kept(library: Library, text: str) -> None:
    added = library.add([Article(text=text, id="bad"), rain(id="good")])
    assert added.new == ("good",)
    assert [failure.where for failure in added.failures] == ["bad"]


def test_articles_in_any_order_and_portions_give_the_stories_of_the_batch(place: str, examples: Path) -> None:
    articles = [article for article in ss.load(examples, failures=[]) if article.published]
    expected = {frozenset(a.id for a in story.articles) for story in group(articles).value}
    random.Random(4).shuffle(articles)
    while articles:
        # A library that was closed goes on as if it had not been.
        with Library(place) as library:
            library.add(articles[:3])
        articles = articles[3:]
    with Library(place) as library:
        assert partition(library) == expected


def test_two_libraries_on_one_place_see_each_other(place: str) -> None:
    with Library(place) as one, Library(place) as other:
        one.add([rain(id="a")])
        other.add([rain(id="b", title="Rain closes the coast road")])
        one.add([rain(id="c", title="Coast road closed by rain")])
        assert partition(one) == partition(other) == {frozenset("abc")}


def test_the_log_tells_what_is_new_since_a_cursor(library: Library) -> None:
    library.add([rain(id="a")])
    library.keep_cursor("me", library.position())
    assert library.stories(since=library.cursor("me")).items == ()
    library.add([Article(text=BRIDGE, id="b", published="2024-03-08")])
    assert [row.articles for row in library.stories(since=library.cursor("me"))] == [1]
    assert [change.what for change in library.changes()] == ["born", "born"]


def test_pages_go_on_where_they_ended(library: Library) -> None:
    texts = ("wheat", "copper", "ferries", "schools", "glaciers")
    library.add(
        Article(text=f"The ministry of {t} met. {t} {t}", published=f"20{n + 10}-01-01")
        for n, t in enumerate(texts)
    )
    seen, after = [], None
    while True:
        page = library.stories(limit=2, after=after, order="newest")
        seen += [row.id for row in page]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 5
    with pytest.raises(InputError):
        library.stories(after="nonsense")


def test_a_search_finds_words_phrases_beginnings_and_leaves_out(library: Library) -> None:
    library.add([rain(id="rain"), Article(text=BRIDGE, id="bridge", published="2024-03-08")])

    def found(query: str, **filters: date | str) -> set[str]:
        return {hit.article.id for hit in library.search(query, **filters)}  # type: ignore[arg-type]

    assert found("selby") == {"rain", "bridge"}
    assert found('"coast road"') == {"rain"}
    assert found('"road coast"') == set()
    assert found("engin*") == {"bridge"}
    assert found("selby -rain") == {"bridge"}
    assert found("selby", outlet="The Arden Post") == {"rain"}
    assert found("selby", published_from=date(2024, 3, 5)) == {"bridge"}
    assert found("", published_to=date(2024, 3, 5)) == {"rain"}
    assert found('selby NEAR ( " *') == set()


def test_a_hit_shows_the_text_verbatim_with_its_marks(library: Library) -> None:
    library.add([rain(id="rain")])
    (hit,) = library.search("closed road")
    assert hit.span.of(RAIN) == hit.snippet
    assert [mark.of(RAIN) for mark in hit.marks] == ["closed", "road"]


def test_what_is_quoted_is_found_by_its_speaker(library: Library) -> None:
    text = '"The road stays closed," said Ada Lorne, the county engineer. Nobody was hurt in the flood.'
    library.add([Article(text=text, id="a", published="2024-03-04")])
    assert library.quotes().items == ()
    assert library.read() == 1
    (quote,) = library.quotes(speaker="lorne")
    assert "The road stays closed" in quote.text
    assert [person.name for person in library.people()] == ["Ada Lorne"]
    assert [hit.article.id for hit in library.search("", speaker="Ada Lorne")] == ["a"]
    assert library.read() == 0


def test_a_brief_is_told_once_for_each_state_of_its_story(library: Library) -> None:
    library.add([rain(id="a")])
    (row,) = library.stories()
    first = library.brief(row.id)
    assert library.brief(row.id) == first
    library.add([rain(id="b", title="Rain closes the coast road")])
    assert len(library.brief(row.id).story.articles) == 2


def test_feeds_and_failures_are_remembered(library: Library) -> None:
    now = datetime(2024, 3, 4, 12, tzinfo=UTC)
    state = FeedState("http://post.example/feed", etag="x", due=now, failed=1, reason="time-out")
    bad = ss.Failure("fetch", "http://post.example/a", "500")
    library.add([rain()], feed=state, failures=[bad], source=state.url)
    library.record([bad], source=state.url)
    assert library.due_feeds(now) == library.feeds() == (state,)
    assert [(row.failure, row.times) for row in library.failures()] == [(bad, 2)]
    health = library.health()
    assert (health.articles, health.stories, health.unread, health.feeds_failing) == (1, 1, 1, 1)


def test_what_is_not_there_is_said(library: Library) -> None:
    with pytest.raises(UnknownError, match="no article"):
        library.article("nowhere")
    with pytest.raises(UnknownError, match="no story"):
        library.brief("nowhere")


def test_an_error_in_the_midst_leaves_the_library_as_it_was(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([rain(id="a")])
    with monkeypatch.context() as patched:
        patched.setattr("secondsource.store.ledger.close", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            library.add([Article(text=BRIDGE, id="b", published="2024-05-01")])
    assert library.health().articles == 1
    library.add([Article(text=BRIDGE, id="b", published="2024-05-01")])
    assert len(partition(library)) == 2


@pytest.mark.parametrize("wrong", ["", "mysql://host/name", "postgresql"])
def test_a_place_that_is_none_is_refused(wrong: str, tmp_path: Path) -> None:
    with pytest.raises((InputError, StoreError)):
        Library(wrong if wrong != "postgresql" else str(tmp_path / "no" / "folder" / "news.db"))
