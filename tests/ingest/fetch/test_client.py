"""One address fetched: redirects, limits, conditions, robots.txt, and what is refused."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler

import pytest

from secondsource.errors import FetchError
from secondsource.ingest.fetch import Fetcher, Validators
from secondsource.ingest.fetch.client import retry_after
from secondsource.settings import Settings

from ...server import Server, send


@pytest.fixture
def fetcher(allowing: Settings) -> Iterator[Fetcher]:
    with Fetcher(allowing) as made:
        yield made


def failing(fetcher: Fetcher, address: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.get(address)
    return caught.value


def test_a_page_comes_with_its_kind_encoding_and_validators(server: Server, fetcher: Fetcher) -> None:
    server.gives("/a", b"It rained.", ETag='"1"', content_type="Text/HTML; Charset=latin-1")
    got = fetcher.get(server.at("/a"))
    assert (got.body, got.kind, got.charset) == (b"It rained.", "text/html", "latin-1")
    assert got.validators == Validators(etag='"1"')
    assert got.url == server.at("/a")


def test_packed_bodies_are_unpacked(server: Server, fetcher: Fetcher) -> None:
    server.gives("/a", gzip.compress(b"It rained."), content_encoding="gzip")
    assert fetcher.get(server.at("/a")).body == b"It rained."


def test_what_has_not_changed_is_not_sent_again(server: Server, fetcher: Fetcher) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        send(handler, 304 if handler.headers["If-None-Match"] == '"1"' else 200, b"")

    server.answers["/a"] = answer
    known = Validators('"1"', "Wed, 05 Mar 2031 08:00:00 GMT")
    assert fetcher.get(server.at("/a"), known).body is None
    assert server.asked[-1][1]["if-modified-since"] == known.modified


def test_redirects_are_followed_to_the_end(server: Server, fetcher: Fetcher) -> None:
    server.gives("/a", b"", 301, Location="/b")
    server.gives("/b", b"", 307, Location=server.at("/c"))
    server.gives("/c", b"It rained.")
    got = fetcher.get(server.at("/a"))
    assert (got.url, got.body) == (server.at("/c"), b"It rained.")


def test_redirects_in_a_circle_are_named(server: Server, fetcher: Fetcher) -> None:
    server.gives("/a", b"", 302, Location="/b")
    server.gives("/b", b"", 302, Location="/a")
    assert "in a circle" in str(failing(fetcher, server.at("/a")))


def test_redirects_without_end_are_named(server: Server, fetcher: Fetcher) -> None:
    for number in range(10):
        server.gives(f"/{number}", b"", 302, Location=f"/{number + 1}")
    assert "more than 5 redirects" in str(failing(fetcher, server.at("/0")))
    assert "/7" not in server.paths()


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("http://10.0.0.1/", "private"),
        ("http://[::1]:8080/", "loopback"),
        ("http://[::ffff:127.0.0.1]/", "in the guise of IPv6"),
        ("http://[64:ff9b::a9fe:a9fe]/", "behind a translator"),
        ("http://2130706433/", "loopback"),
        ("http://0x7f.1/", "loopback"),
        ("http://0/", "unspecified"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/", "only http and https"),
        ("gopher://example.org/", "only http and https"),
        ("data:text/html,It rained.", "can't be fetched|only http and https"),
        ("http://someone:secret@example.org/", "password"),
        ("http://127.0.0.1:22/", "another service's"),
    ],
)
def test_redirects_to_where_nobody_may_go_are_refused(
    server: Server, fetcher: Fetcher, location: str, reason: str
) -> None:
    server.gives("/a", b"", 302, Location=location)
    error = failing(fetcher, server.at("/a"))
    assert any(part in str(error) for part in reason.split("|")), error
    assert error.lasting


def test_the_allowed_port_of_a_host_allows_no_other_port(server: Server, fetcher: Fetcher) -> None:
    other = Server()
    other.gives("/secret", b"It is a secret.")
    server.gives("/a", b"", 302, Location=other.at("/secret"))
    assert "loopback" in str(failing(fetcher, server.at("/a")))
    assert other.asked == []
    other.close()


def test_nothing_on_this_machine_is_fetched_unless_allowed(server: Server) -> None:
    server.gives("/a", b"It is a secret.")
    with Fetcher(Settings(fetch_delay=0)) as fetcher:
        for address in (server.at("/a"), f"http://localhost:{server.port}/a"):
            assert "loopback" in str(failing(fetcher, address))
    assert server.asked == []


def test_a_name_that_answers_otherwise_the_second_time_is_asked_once(server: Server) -> None:
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    settings = Settings(fetch_delay=0, fetch_timeout=0.3)
    with Fetcher(settings, rebinding) as fetcher, pytest.raises(FetchError):
        fetcher.get(f"http://rebind.example:{server.port}/a", robots=False)
    assert asked == ["rebind.example"]
    assert server.asked == []


def test_of_a_names_addresses_only_public_ones_are_tried(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def connect(address: tuple[str, int], *rest: object, **named: object) -> socket.socket:
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    fetcher = Fetcher(Settings(), lambda host, port: ["127.0.0.1", "93.184.215.14"])
    with fetcher, pytest.raises(FetchError, match="no connection"):
        fetcher.get("http://both.example/", robots=False)
    assert tried == ["93.184.215.14"]


def test_the_address_that_the_socket_reached_is_checked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda address, *rest, **named: real(("127.0.0.1", server.port))
    )
    fetcher = Fetcher(Settings(), lambda host, port: ["93.184.215.14"])
    with fetcher, pytest.raises(FetchError, match=r"leads to 127\.0\.0\.1, a loopback address"):
        fetcher.get("http://routed.example/", robots=False)
    assert server.asked == []


def test_a_name_that_nobody_knows_is_named(allowing: Settings) -> None:
    def none(host: str, port: int) -> list[str]:
        raise socket.gaierror("unknown")

    with (
        Fetcher(allowing, none) as fetcher,
        pytest.raises(FetchError, match=r"no host named 'gone\.example'"),
    ):
        fetcher.get("http://gone.example/", robots=False)


@pytest.mark.parametrize("address", ["", "x", "http://", "http://[::1/", "http://a\x00b/"])
def test_what_is_no_address_is_named(fetcher: Fetcher, address: str) -> None:
    assert failing(fetcher, address).lasting


def test_a_long_body_is_left_where_its_length_is_stated(server: Server, fetcher: Fetcher) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000000")
        handler.end_headers()

    server.answers["/a"] = answer
    assert "100,000,000 bytes" in str(failing(fetcher, server.at("/a")))


def test_an_endless_body_is_left_at_the_limit(server: Server, fetcher: Fetcher) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 10_000)

    server.answers["/a"] = answer
    assert "longer than 200,000 bytes" in str(failing(fetcher, server.at("/a")))


@pytest.mark.parametrize(
    "drip", [b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 100, b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 99]
)
def test_a_server_that_drips_is_left_at_the_deadline(server: Server, drip: bytes) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        for byte in drip:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(0.05)

    server.answers["/a"] = answer
    settings = Settings(fetch_allow=server.host, fetch_delay=0, fetch_timeout=0.4)
    with Fetcher(settings) as fetcher:
        assert "timed out after 0.4 s" in str(failing(fetcher, server.at("/a")))


def test_a_body_that_is_cut_off_is_named(server: Server, fetcher: Fetcher) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"It rai")
        handler.close_connection = True

    server.answers["/a"] = answer
    assert "cut off" in str(failing(fetcher, server.at("/a")))


def test_what_is_no_http_is_named(server: Server, fetcher: Fetcher) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"220 mail.example ESMTP\r\n")
        handler.close_connection = True

    server.answers["/a"] = answer
    assert "no HTTP" in str(failing(fetcher, server.at("/a")))


def test_endless_headers_are_left(server: Server, fetcher: Fetcher) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            handler.wfile.write(b"X: " + b"x" * 10_000 + b"\r\n")

    server.answers["/a"] = answer
    assert failing(fetcher, server.at("/a"))


@pytest.mark.parametrize(
    ("status", "lasting"), [(500, False), (503, False), (429, False), (404, True), (410, True)]
)
def test_an_error_tells_its_status_and_whether_it_lasts(
    server: Server, fetcher: Fetcher, status: int, lasting: bool
) -> None:
    server.gives("/a", b"", status, Retry_After="120")
    error = failing(fetcher, server.at("/a"))
    assert f"HTTP {status}" in str(error)
    assert (error.status, error.lasting, error.retry_after) == (status, lasting, 120.0)


def test_retry_after_may_be_a_date() -> None:
    now = datetime(2031, 3, 5, 8, 0, tzinfo=UTC)
    assert retry_after("Wed, 05 Mar 2031 08:02:00 GMT", now) == 120.0
    assert retry_after("Wed, 05 Mar 2031 07:00:00 GMT", now) == 0.0
    assert retry_after("soon", now) is None
    assert retry_after(None, now) is None


def test_cookies_are_not_kept(server: Server, fetcher: Fetcher) -> None:
    server.gives("/a", b"It rained.", Set_Cookie="id=1")
    fetcher.get(server.at("/a"))
    fetcher.get(server.at("/a"))
    assert "cookie" not in server.asked[-1][1]


def test_no_proxy_is_used(server: Server, monkeypatch: pytest.MonkeyPatch, allowing: Settings) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.gives("/a", b"It rained.")
    with Fetcher(allowing) as fetcher:
        assert fetcher.get(server.at("/a")).body == b"It rained."


def test_robots_txt_is_asked_once_and_obeyed(server: Server, fetcher: Fetcher) -> None:
    server.gives("/robots.txt", b"User-agent: secondsource\nDisallow: /private/\n")
    server.gives("/private/a", b"It is a secret.")
    server.gives("/a", b"It rained.")
    error = failing(fetcher, server.at("/private/a"))
    assert "robots.txt does not allow it" in str(error)
    assert error.lasting
    assert fetcher.get(server.at("/a")).body == b"It rained."
    assert server.paths() == ["/robots.txt", "/a"]


def test_robots_txt_is_obeyed_behind_a_redirect(server: Server, fetcher: Fetcher) -> None:
    server.gives("/robots.txt", b"User-agent: *\nDisallow: /private/\n")
    server.gives("/private/a", b"It is a secret.")
    server.gives("/a", b"", 302, Location="/private/a")
    assert "robots.txt" in str(failing(fetcher, server.at("/a")))
    assert "/private/a" not in server.paths()


def test_a_host_without_robots_txt_may_be_fetched_from(server: Server, fetcher: Fetcher) -> None:
    server.gives("/a", b"It rained.")
    assert fetcher.get(server.at("/a")).body == b"It rained."


def test_nothing_is_fetched_while_robots_txt_can_not_be_had(server: Server, fetcher: Fetcher) -> None:
    server.gives("/robots.txt", b"", 503)
    server.gives("/a", b"It rained.")
    error = failing(fetcher, server.at("/a"))
    assert "robots.txt can't be had (HTTP 503" in str(error)
    assert not error.lasting


def test_robots_txt_that_leads_to_a_private_address_is_not_followed(server: Server, fetcher: Fetcher) -> None:
    server.gives("/robots.txt", b"", 302, Location="http://169.254.169.254/")
    assert "link-local" in str(failing(fetcher, server.at("/a")))


def test_a_page_that_a_person_names_is_fetched_without_asking_robots_txt(
    server: Server, fetcher: Fetcher
) -> None:
    server.gives("/a", b"It rained.")
    fetcher.get(server.at("/a"), robots=False)
    assert server.paths() == ["/a"]


def test_requests_to_a_host_are_spaced(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("secondsource.ingest.fetch.gate.time.sleep", waits.append)
    server.gives("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    server.gives("/a", b"It rained.")
    settings = Settings(fetch_allow=server.host, fetch_delay=2)
    with Fetcher(settings) as fetcher:
        fetcher.get(server.at("/a"))
        fetcher.get(server.at("/a"))
    assert [round(wait) for wait in waits] == [2, 9]
