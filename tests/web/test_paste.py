"""Pasting and uploading: a brief at once, without a library; what can't be told is named."""

from __future__ import annotations

import io

import pytest
from lxml import html
from starlette.testclient import TestClient

from secondsource.store import Library
from secondsource.web.desk import MAX_ARTICLES, Pasted, load

from .conftest import told_page, waited

MORNING = (
    "The council of Tarn will close the old bridge from Monday, mayor Ada Brook said on Thursday. "
    "Engineers found cracks in two pillars last week. Repairs will cost 4.2 million crowns."
)
EVENING = (
    "Mayor Ada Brook said on Thursday that the old bridge at Tarn would be closed from Monday. "
    "Repairs will cost 5.1 million crowns, the council said. Engineers found cracks in two pillars."
)


def pasted(client: TestClient, **fields: object) -> html.HtmlElement:
    return html.fromstring(told_page(client, fields))


def test_two_accounts_become_one_brief_with_their_outlets(bare: TestClient) -> None:
    page = pasted(
        bare, text=[MORNING, EVENING], outlet=["Herald", "Courier"], title=["", ""], one_story="true"
    )
    assert sorted(b.text_content() for b in page.cssselect(".sources .who b")) == ["Courier", "Herald"]
    lines = page.cssselect("a.line")
    assert lines
    for line in lines:
        assert page.cssselect(line.get("href"))


def test_an_account_of_a_pasted_story_has_its_page(bare: TestClient) -> None:
    page = pasted(bare, text=[MORNING, EVENING], outlet=["Herald", "Courier"], one_story="true")
    links = [a.get("href") for a in page.cssselect(".full .link a")]
    assert len(links) == 2
    for link in links:
        article = html.fromstring(bare.get(link).text)
        shown = " ".join(" ".join(p.text_content() for p in article.cssselect(".layered p")).split())
        assert shown in {MORNING, EVENING}
        assert article.cssselect("a.m.l-name")
        part = bare.get(f"{link}?at={shown.index('Ada Brook')}", headers={"hx-request": "true"})
        assert "Ada Brook" in part.text


def test_the_source_of_a_page_is_read_as_a_page(bare: TestClient) -> None:
    source = (
        f"<html><head><title>Bridge</title></head><body><article><p>{MORNING}</p></article></body></html>"
    )
    page = pasted(bare, text=[source], outlet=["Herald"])
    (paragraph,) = [p for p in page.cssselect(".text p.body") if "cracks" in p.text_content()]
    assert "<" not in paragraph.text_content()


def test_files_are_told_like_pasted_text(bare: TestClient) -> None:
    files = [
        ("files", (f"{n}.txt", io.BytesIO(t.encode()), "text/plain"))
        for n, t in enumerate((MORNING, EVENING))
    ]
    page = html.fromstring(told_page(bare, {"one_story": "true"}, files))
    assert sorted(b.text_content() for b in page.cssselect(".sources .who b")) == ["0.txt", "1.txt"]


def test_articles_on_different_things_can_still_be_told_as_one(bare: TestClient) -> None:
    other = "A hen laid a blue egg in the village of Loss on Sunday. Nobody had seen one there before."
    page = pasted(bare, text=[MORNING, other])
    assert len(page.cssselect("article.brief")) == 2
    action = page.cssselect("form.inline")[0].get("action")
    one = html.fromstring(waited(bare, bare.post(action)))
    assert len(one.cssselect("article.brief")) == 1


def test_the_same_articles_again_are_the_same_page(bare: TestClient) -> None:
    places = [
        bare.post("/paste", data={"text": [MORNING, EVENING]}, follow_redirects=False).headers["location"]
        for _ in range(2)
    ]
    assert places[0] == places[1]


@pytest.mark.parametrize("fields", [{}, {"text": ["", "  \n"]}])
def test_nothing_pasted_is_explained(bare: TestClient, fields: dict[str, object]) -> None:
    answer = bare.post("/paste", data=fields)
    assert answer.status_code == 422
    assert "nothing to tell" in answer.text


def test_what_is_not_english_is_named_and_the_rest_told(bare: TestClient) -> None:
    german = (
        "Die alte Brücke wird ab Montag gesperrt, sagte die Bürgermeisterin am Donnerstag. Fachleute hatten "
        "in der "
        "vergangenen Woche Risse in zwei Pfeilern gefunden, und die Arbeiten dauern bis zum Ende des Sommers."
    )
    page = pasted(bare, text=[MORNING, german])
    assert len(page.cssselect("article.brief")) == 1
    assert "pasted-2" in page.cssselect(".failures")[0].text_content()


def test_a_place_names_no_folder_of_the_server() -> None:
    articles, failures = load(
        [Pasted("../../etc/saved.txt", MORNING.encode()), Pasted("empty.html", b"<html></html>")]
    )
    assert [article.place for article in articles] == ["../../etc/saved.txt"]
    assert [failure.where for failure in failures] == ["empty.html"]
    assert not any("secondsource-" in failure.reason for failure in failures)


def test_too_many_articles_are_named_as_left_out() -> None:
    many = b"\n".join(
        b'{"text": "Report number %d says that it rained in the hills."}' % n for n in range(60)
    )
    articles, failures = load([Pasted("many.jsonl", many)])
    assert len(articles) == MAX_ARTICLES
    assert len(failures) == 60 - MAX_ARTICLES


def test_what_is_no_longer_kept_is_not_found(bare: TestClient) -> None:
    assert bare.get("/pasted/nothing").status_code == 404
    assert bare.get("/pasted/nothing/articles/a").status_code == 404


def test_pasted_articles_can_be_kept_in_the_library(client: TestClient, library: Library) -> None:
    before = library.health().articles
    answer = client.post("/paste", data={"text": [MORNING], "outlet": ["Herald"], "keep": "true"})
    assert answer.status_code == 200
    assert library.health().articles == before + 1
    assert "/stories/" in str(answer.url)
