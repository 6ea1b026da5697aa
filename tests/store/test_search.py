"""A search is exact where few articles have the words, and bounded and honest about it where many have."""

from __future__ import annotations

from datetime import date

import pytest

from secondsource.errors import InputError
from secondsource.model import Article
from secondsource.store import Library, found, speech
from secondsource.store import search as module

SHIPS = ("schooner", "ketch", "lugger", "barque", "sloop", "brig")


@pytest.fixture
def harbour(library: Library) -> Library:
    """Six articles with the word harbour; the first tells of it most, and each is older by a day."""
    library.add(
        Article(
            text=f"The harbour took in a {ship}." + " The harbour, the harbour." * (n == 0),
            id=ship,
            published=f"2024-03-{20 - n:02}",
            outlet="The Quay" if n % 2 else "The Mole",
        )
        for n, ship in enumerate(SHIPS)
    )
    return library


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> int:
    """At most so many articles are ranked."""
    for place in (found, module, speech):
        monkeypatch.setattr(place, "RANKED", 4)
    return 4


def ids(page: object) -> list[str]:
    return [hit.article.id for hit in page]  # type: ignore[attr-defined]


def test_a_search_says_how_many_it_found_on_every_page(harbour: Library) -> None:
    first = harbour.search("harbour", limit=4)
    second = harbour.search("harbour", limit=4, after=first.next)
    beyond = harbour.search("harbour", limit=4, after="40")
    assert [(page.count, page.complete) for page in (first, second, beyond)] == [(6, True)] * 3
    assert sorted(ids(first) + ids(second)) == sorted(SHIPS)
    assert second.next is None
    assert ids(beyond) == []
    assert ids(first)[0] == "schooner"


def test_only_those_that_came_last_are_ranked_where_very_many_have_the_words(
    harbour: Library, bound: int
) -> None:
    page = harbour.search("harbour")
    assert sorted(ids(page)) == sorted(SHIPS[-bound:])
    assert (page.count, page.complete) == (bound, False)


def test_filters_come_before_the_bound(harbour: Library, bound: int) -> None:
    page = harbour.search("harbour", outlet="The Mole")
    assert sorted(ids(page)) == sorted(SHIPS[::2])
    assert (page.count, page.complete) == (3, True)
    day = date(2024, 3, 20)
    assert ids(harbour.search("harbour", published_from=day)) == ["schooner"]


def test_by_day_all_are_looked_at(harbour: Library, bound: int) -> None:
    for query in ("harbour", ""):
        page = harbour.search(query, order="newest")
        assert ids(page) == list(SHIPS)
        assert (page.count, page.complete) == (bound, False)


def test_by_day_gives_the_same_however_many_there_are(
    harbour: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FEW", 0)
    assert ids(harbour.search("harbour", order="newest", outlet="The Quay")) == list(SHIPS[1::2])


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "٣", "9" * 30])
def test_a_place_that_no_search_gave_is_refused(harbour: Library, after: str) -> None:
    with pytest.raises(InputError, match="go on from"):
        harbour.search("harbour", after=after)


def test_a_long_text_full_of_the_word_is_cut_where_it_is_densest(library: Library) -> None:
    text = "A ferry left. " + "Nothing stirred on the quay. " * 400 + "Ferry after ferry after ferry came. "
    library.add([Article(text=text + "A ferry sank. " * 2, id="a")])
    (hit,) = library.search("ferry")
    assert "Ferry after ferry after ferry" in hit.snippet
    assert hit.span.of(text + "A ferry sank. " * 2) == hit.snippet


def test_what_is_shown_without_words_asked_for_ends_between_words(library: Library) -> None:
    text = "Schooners anchored overnight. " * 20
    library.add([Article(text=text, id="long", outlet="The Quay")])
    (hit,) = library.search("", outlet="The Quay").items
    assert hit.span.start == 0
    assert not text[hit.span.end].isalnum()
    assert hit.snippet == hit.span.of(text)
