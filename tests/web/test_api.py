"""The HTTP API: what it says is what its description says; its pages join up; its news come in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from secondsource import Article
from secondsource.store import Library
from secondsource.web import create_app

RAIN = "Heavy rain closed the bridge at Tarn on Monday. {0} of water ran over the road, the council said."


def get(client: TestClient, path: str, **query: object) -> dict[str, object]:
    answer = client.get(f"/api/v1{path}", params=query)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_a_brief_is_the_json_of_the_command_line(client: TestClient, library: Library) -> None:
    for story in library.stories():
        assert get(client, f"/stories/{story.id}/brief") == json.loads(
            json.dumps(library.brief(story.id).to_dict())
        )


def test_stories_come_in_pages_that_join_up(client: TestClient, library: Library) -> None:
    whole = [story.id for story in library.stories()]
    first = get(client, "/stories", limit=1)
    second = get(client, "/stories", limit=1, after=first["next"])
    assert [s["id"] for s in (*first["items"], *second["items"])] == whole  # type: ignore[misc]
    assert second["next"] is None


def test_the_text_of_an_article_is_given_only_where_it_is_asked_for(
    client: TestClient, library: Library
) -> None:
    row = next(iter(library.articles()))
    article = library.article(row.id)
    assert get(client, f"/articles/{row.id}")["text"] is None
    assert get(client, f"/articles/{row.id}", full_text=True)["text"] == article.text
    found = get(client, f"/articles/{row.id}", findings=True)["findings"]
    assert [q["content"] for q in found["quotes"]] == [  # type: ignore[index]
        [[s.start, s.end] for s in quote.content] for quote in library.reading(row.id).quotes
    ]


def test_spans_of_hits_and_quotes_lie_in_the_text(client: TestClient, library: Library) -> None:
    for hit in get(client, "/search", q="ferry")["items"]:  # type: ignore[attr-defined]
        start, end = hit["span"]
        assert library.article(hit["article"]["id"]).text[start:end] == hit["snippet"]
    for said in get(client, "/quotes")["items"]:  # type: ignore[attr-defined]
        text = library.article(said["article"]["id"]).text
        assert " … ".join(text[s:e] for s, e in said["content"]) == said["text"]


def test_articles_can_be_sent_once(client: TestClient, library: Library) -> None:
    sent = {"articles": [{"text": RAIN.format("A metre"), "title": "Rain", "outlet": "Herald"}]}
    first = client.post("/api/v1/articles", json=sent).json()
    again = client.post("/api/v1/articles", json=sent).json()
    assert first["new"] == again["known"]
    assert not again["new"]
    assert library.story_of(first["new"][0]) == first["stories"][0]


def test_articles_that_are_sent_can_be_told_at_once(bare: TestClient) -> None:
    texts = (RAIN.format("A metre"), RAIN.format("Two metres"))
    sent = {"articles": [{"text": text} for text in texts], "one_story": True}
    told = bare.post("/api/v1/brief", json=sent).json()
    assert told["schema"] == "secondsource/briefs/1"
    (brief,) = told["briefs"]
    assert brief["schema"] == "secondsource/brief/1"
    assert len(brief["story"]["articles"]) == 2


def test_news_come_as_events_and_go_on_where_one_was_cut_off(client: TestClient, library: Library) -> None:
    at = library.position()
    library.add([Article(text=RAIN.format("A metre"), title="Rain")])
    for headers, after in (({}, at), ({"last-event-id": str(at)}, 0)):
        answer = client.get("/api/v1/events", params={"after": after, "follow": False}, headers=headers)
        assert answer.headers["content-type"].startswith("text/event-stream")
        fields = dict(line.split(": ", 1) for line in answer.text.strip().splitlines())
        assert fields["event"] == "born"
        assert int(fields["id"]) > at
        assert json.loads(fields["data"])["story"] == library.changes(at)[0].story


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/stories/nothing", 404),
        ("/stories/nothing/brief", 404),
        ("/articles/nothing", 404),
        ("/stories?after=nowhere", 400),
        ("/search?q=-ferry", 400),
        ("/search?from=yesterday", 422),
        ("/stories?limit=0", 422),
        ("/nowhere", 404),
    ],
)
def test_what_cannot_be_answered_says_why(client: TestClient, path: str, status: int) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == status
    assert answer.json()["detail"]


@pytest.fixture(scope="module")
def described(told: Path, tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    """The description of the API over a library of its own."""
    path = tmp_path_factory.mktemp("api") / "news.db"
    path.write_bytes(told.read_bytes())
    app = create_app(Library(path), hosts=frozenset({"testserver"}))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


ENDLESS = "/api/v1/events"
"""The stream of news has no end; it is tested above."""


def test_every_answer_is_as_described(described: schemathesis.BaseSchema) -> None:
    tried = set()
    for found in described.get_all_operations():
        operation = found.ok()
        if operation.path == ENDLESS:
            continue
        tried.add(operation.label)

        @given(case=operation.as_strategy())
        @settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def check(case: schemathesis.Case) -> None:
            # A place to go on from and the words of a search may be refused (400, as described): no schema
            # says which strings they are.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        check()
    assert len(tried) == 14
