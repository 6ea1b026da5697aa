"""What is let in: known hosts, our own pages' forms, the token; and what every answer carries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from secondsource.web import create_app

TOKEN = "a token of some length"
FORM = {"text": "It rained in the hills all night."}


@pytest.fixture
def guarded() -> Iterator[TestClient]:
    with TestClient(create_app(token=TOKEN), base_url="http://localhost") as opened:
        yield opened


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "192.0.2.7"])
def test_addresses_and_localhost_are_answered(bare: TestClient, host: str) -> None:
    assert bare.get("/paste", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "elsewhere.example:8000", "localhost.elsewhere.example", "", "["]
)
def test_a_name_that_somebody_points_at_us_is_refused(bare: TestClient, host: str) -> None:
    assert bare.get("/paste", headers={"host": host}).status_code == 421


def test_a_name_that_is_allowed_is_answered() -> None:
    app = create_app(hosts=frozenset({"desk.example"}))
    with TestClient(app, base_url="http://desk.example") as client:
        assert client.get("/paste").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9"},
    ],
)
def test_a_form_on_another_site_changes_nothing(bare: TestClient, headers: dict[str, str]) -> None:
    assert bare.post("/paste", data=FORM, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://localhost"}, {}])
def test_our_own_forms_are_taken(bare: TestClient, headers: dict[str, str]) -> None:
    answer = bare.post("/paste", data=FORM, headers=headers, follow_redirects=False)
    assert answer.status_code == 303


def test_without_the_token_nothing_is_shown(guarded: TestClient) -> None:
    assert guarded.get("/paste").status_code == 401
    assert guarded.get("/api/v1/openapi.json").status_code == 401
    assert guarded.get("/enter").status_code == 200


@pytest.mark.parametrize("given", ["Bearer another token", "Basic " + TOKEN, "Bearer", ""])
def test_a_wrong_token_is_refused(guarded: TestClient, given: str) -> None:
    assert guarded.get("/paste", headers={"authorization": given}).status_code == 401


def test_the_token_is_taken_from_a_header(guarded: TestClient) -> None:
    assert guarded.get("/paste", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_browser_that_showed_the_token_is_let_in_by_a_cookie_that_is_not_the_token(
    guarded: TestClient,
) -> None:
    assert guarded.post("/enter", data={"token": "wrong"}).status_code == 401
    entered = guarded.post("/enter", data={"token": TOKEN}, follow_redirects=False)
    assert entered.status_code == 303
    cookie = entered.headers["set-cookie"]
    assert TOKEN not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert guarded.get("/paste").status_code == 200


def test_a_body_that_is_too_large_is_refused(bare: TestClient) -> None:
    assert bare.post("/paste", content=b"x", headers={"content-length": "99999999"}).status_code == 413
    chunks = (b"x" * 1_000_000 for _ in range(30))
    declared = {"content-type": "application/x-www-form-urlencoded"}
    assert bare.post("/paste", content=chunks, headers=declared).status_code == 413


@pytest.mark.parametrize("path", ["/", "/paste", "/nowhere", "/static/web.css", "/api/v1/openapi.json"])
def test_every_answer_carries_the_policy(bare: TestClient, path: str) -> None:
    headers = bare.get(path, follow_redirects=False).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "htmx.LICENSE", "nothing.css", ""])
def test_only_named_files_are_served(bare: TestClient, name: str) -> None:
    assert bare.get(f"/static/{name}").status_code == 404
