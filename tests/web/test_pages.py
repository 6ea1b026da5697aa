"""The pages over a library: each shows what it is for, and brings no script or style of its own."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from lxml import html
from starlette.testclient import TestClient

from secondsource import Article, Failure
from secondsource.store import FeedState, Library

RAIN = "Heavy rain closed the bridge at Tarn on Monday. {0} of water ran over the road, the council said."


def tree(client: TestClient, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def text(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def ids(library: Library) -> list[str]:
    return [story.id for story in library.stories()]


def test_today_lists_stories_with_outlets_and_origins(client: TestClient, library: Library) -> None:
    page = tree(client, "/")
    for story in library.stories():
        (item,) = [li for li in page.cssselect(".stories > li") if story.title in li.text_content()]
        assert f"{len(story.outlets)} outlets, {story.origins} origins" in text(item)
        assert item.cssselect("svg.spark[role=img]")[0].get("aria-label")


def test_a_differing_badge_counts_the_points_of_the_present_brief(
    client: TestClient, library: Library
) -> None:
    page = tree(client, "/")
    for story in library.stories():
        (item,) = [li for li in page.cssselect(".stories > li") if story.title in li.text_content()]
        badges = [text(badge) for badge in item.cssselect(".badge")]
        expected = {0: [], 1: ["1 point differs"]}
        assert badges == expected.get(story.differing or 0, [f"{story.differing} points differ"])


def test_nothing_is_new_on_the_first_visit_and_what_came_since_is_on_the_next(
    client: TestClient, library: Library
) -> None:
    assert not tree(client, "/").cssselect(".fresh")
    assert not tree(client, "/").cssselect(".fresh")
    library.add(
        [Article(text=RAIN.format("A metre"), title="Rain closes the bridge at Tarn", outlet="Herald")]
    )
    fresh = tree(client, "/").cssselect(".fresh .item")
    assert [text(item) for item in fresh] == ["Rain closes the bridge at Tarn"]
    client.post("/seen")
    assert not tree(client, "/").cssselect(".fresh")


def test_a_story_that_grew_says_what_is_new_in_it(client: TestClient, library: Library) -> None:
    first = library.add(
        [Article(text=RAIN.format("A metre"), title="Rain closes the bridge", outlet="Herald")]
    )
    tree(client, "/")
    more = Article(text=RAIN.format("Two metres"), title="Rain closes the bridge", outlet="Courier")
    second = library.add([more])
    assert first.stories == second.stories
    page = tree(client, f"/stories/{first.stories[0]}")
    assert "One more account: Courier" in text(page.cssselect(".changes")[0])


def test_the_page_of_a_story_is_its_brief(client: TestClient, library: Library) -> None:
    for id in ids(library):
        page = tree(client, f"/stories/{id}")
        letters = [text(chip) for chip in page.cssselect(".sources .chip")]
        assert letters == [chr(ord("A") + n) for n in range(len(letters))]
        assert page.cssselect("a.line[data-key]")
        assert page.cssselect("script.lines[type='application/json']")
        links = [a.get("href") for a in page.cssselect(".full .link a")]
        assert links[0].startswith("/articles/")


def test_a_merged_story_leads_on_and_an_unknown_one_is_not_found(client: TestClient) -> None:
    answer = client.get("/stories/nothing")
    assert answer.status_code == 404
    assert "no story" in answer.text


def test_an_article_shows_its_layers_and_keeps_its_text(client: TestClient, library: Library) -> None:
    for row in library.articles():
        article = library.article(row.id)
        page = tree(client, f"/articles/{row.id}")
        shown = " ".join(" ".join(p.text_content() for p in page.cssselect(".layered p")).split())
        assert shown == " ".join(article.text.split())
        assert {box.get("data-layer") for box in page.cssselect("input[data-layer]")} == {
            "point",
            "quote",
            "name",
            "time",
            "event",
        }
        for place in page.cssselect("a.m[data-at]"):
            at = int(place.get("data-at"))
            assert article.text.startswith(place.text_content(), at)


def test_a_place_leads_to_the_same_point_in_the_other_accounts(client: TestClient, library: Library) -> None:
    followed = 0
    for row in library.articles():
        page = tree(client, f"/articles/{row.id}")
        for place in page.cssselect("a.m.l-point"):
            part = client.get(place.get("href").replace("#here", ""), headers={"hx-request": "true"})
            assert "<html" not in part.text
            for link in html.fromstring(f"<div>{part.text}</div>").cssselect("a.alike"):
                target = tree(client, link.get("href"))
                assert target.cssselect("#here"), link.get("href")
                followed += 1
    assert followed > 0


def test_an_article_that_was_not_read_is_shown_without_layers_and_not_read_now(
    client: TestClient, library: Library
) -> None:
    before = library.health().unread
    (id,) = library.add([Article(text=RAIN.format("A metre"), title="Rain")]).new
    page = tree(client, f"/articles/{id}")
    assert not page.cssselect("a.m")
    assert "waits to be read" in text(page.cssselect("#place")[0])
    assert library.health().unread >= before


def test_people_lists_who_is_quoted_and_leads_to_what_they_said(client: TestClient, library: Library) -> None:
    person = next(iter(library.people()))
    page = tree(client, "/people")
    (link,) = [a for a in page.cssselect("a.item") if text(a) == person.name]
    quotes = tree(client, link.get("href")).cssselect(".spoken .item")
    assert len(quotes) >= person.quotes
    for quote in quotes[:5]:
        assert tree(client, quote.get("href")).cssselect("#here")


def test_a_search_marks_its_words_and_leads_to_the_place(client: TestClient) -> None:
    page = tree(client, "/search?q=ferry")
    marks = [text(mark).lower() for mark in page.cssselect(".snippet mark")]
    assert marks
    assert all(mark.startswith("ferr") for mark in marks)
    assert tree(client, page.cssselect(".results a.item")[0].get("href")).cssselect(".reader")


@pytest.mark.parametrize(
    "query", ["outlet=Northern+Lantern", "from=2024-10-16&to=2024-10-16", "speaker=Ekdahl"]
)
def test_a_search_can_be_by_outlet_day_or_speaker_alone(client: TestClient, query: str) -> None:
    assert tree(client, f"/search?{query}").cssselect(".results > li")


@pytest.mark.parametrize("query", ["q=-ferry", "from=yesterday", "q=ferry&after=zzz"])
def test_a_question_that_cannot_be_asked_is_explained(client: TestClient, query: str) -> None:
    page = tree(client, f"/search?{query}")
    assert page.cssselect(".alert")
    assert not page.cssselect(".results")


def test_health_names_feeds_and_failures_with_reasons(client: TestClient, library: Library) -> None:
    checked = datetime(2024, 5, 1, 12, 30, tzinfo=UTC)
    library.keep_feed(
        FeedState("https://feeds.example/a", "A feed", checked=checked, failed=3, reason="timed out")
    )
    library.record([Failure("ingest", "page.html", "no article text", 4)])
    said = text(tree(client, "/health").cssselect("main")[0])
    assert "failed three times: timed out" in said
    assert "page.html:4no article text" in said


@pytest.mark.parametrize(
    "path", ["/", "/people", "/search?q=ferry", "/health", "/paste", "/enter", "/nowhere"]
)
def test_a_page_has_no_script_or_style_of_its_own(client: TestClient, path: str) -> None:
    assert_no_inline(client.get(path).text)


def assert_no_inline(page: str) -> None:
    found = html.fromstring(page)
    for script in found.cssselect("script"):
        assert script.get("src") or script.get("type") == "application/json"
    assert not found.cssselect("style, [style], base, iframe, object, embed")
    for node in found.iter():
        if isinstance(node.tag, str):
            assert not [name for name in node.attrib if name.lower().startswith("on")]
    assert not re.search(r"https?://[^\"' ]*\.(js|css|woff2?)", page)


def test_stories_and_articles_have_no_script_or_style_of_their_own(
    client: TestClient, library: Library
) -> None:
    for id in ids(library):
        assert_no_inline(client.get(f"/stories/{id}").text)
    for row in library.articles():
        assert_no_inline(client.get(f"/articles/{row.id}").text)


def test_more_stories_come_as_a_part_of_the_page(client: TestClient, library: Library) -> None:
    many = [
        Article(text=f"Report {n} on the {word} of {word} number {n} that was {word}.", title=f"{word} {n}")
        for n, word in enumerate(f"w{chr(97 + a)}{chr(97 + b)}q" for a in range(8) for b in range(8))
    ]
    library.add(many)
    page = tree(client, "/")
    (more,) = page.cssselect("a.more")
    part = client.get(more.get("hx-get"), headers={"hx-request": "true"})
    assert "<html" not in part.text
    first = {a.get("href") for a in page.cssselect("a.item")}
    then = {a.get("href") for a in html.fromstring(part.text).cssselect("a.item")}
    assert then
    assert not first & then


def test_a_search_says_how_many_it_found_and_whether_all_were_ranked(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = client.get("/api/v1/search?q=ferry").json()
    assert found["count"] == len(found["items"]) > 2
    assert found["complete"] is True
    assert f"{found['count']} articles</p>" in client.get("/search?q=ferry").text
    for place in ("found", "search"):
        monkeypatch.setattr(f"secondsource.store.{place}.RANKED", 2)
    assert "2 articles or more; ranked among the 2 that came in last" in client.get("/search?q=ferry").text
    assert "2 articles or more</p>" in client.get("/search?q=ferry&order=newest").text
    bounded = client.get("/api/v1/search?q=ferry").json()
    assert (bounded["count"], bounded["complete"]) == (2, False)


def test_a_person_has_their_stories_counted(client: TestClient) -> None:
    people = client.get("/api/v1/people").json()["items"]
    assert people
    assert all(1 <= person["stories"] <= person["articles"] for person in people)
    assert '<th scope="col" class="num optional">Stories</th>' in client.get("/people").text


def test_a_library_that_can_not_be_used_is_said_without_its_place(
    client: TestClient, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    with library._database.engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE voices")
        connection.commit()
    for path in ("/people", "/api/v1/people"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "the library can" in answer.text
        assert "voices" not in answer.text
    assert "no such table: voices" in caplog.text
