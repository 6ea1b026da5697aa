"""Pages, feeds and archives: the report, and what the page states about itself."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

import pytest

from secondsource import ingest
from secondsource.model import Article

PAGES = Path(__file__).parent / "pages"


def one(name: str) -> Article:
    outcome = ingest.load(PAGES / name)
    assert not outcome.failures
    (article,) = outcome.value
    return article


def test_page_states_title_outlet_date_authors_and_agency_in_linked_data() -> None:
    page = one("linked.html")
    assert page.title == "Bridge to Orrel island closed after crack is found"
    assert page.outlet == "The Tarn Gazette"
    assert page.url == "https://tarn-gazette.example/2031/03/04/bridge-closed"
    assert page.published is not None
    assert page.published.value == "2031-03-04T18:20:00+01:00"
    assert page.authors == ("Ada Quist", "Ben Orlow")
    assert page.source == "Fennel News Agency"


def test_page_text_is_the_report_a_paragraph_a_line() -> None:
    page = one("linked.html")
    assert "Sport" not in page.text
    assert "All rights reserved" not in page.text
    assert page.text.splitlines()[-1] == "The bridge, built in 1974, was last inspected in 2027."
    (dateline,) = page.spans("dateline")
    assert dateline.of(page.text) == "ORREL (Fennel) -"


def test_page_in_a_declared_encoding_with_meta_tags_alone() -> None:
    page = one("meta.html")
    assert page.title == "Mayor of Sundby resigns over flood report"
    assert page.outlet == "Sundby Post"
    assert page.authors == ("Ines Falk",)
    assert page.published is not None
    assert page.published.value == "2031-05-09"
    assert "“I read the report twice, and twice it was my name”" in page.text
    assert "café" in page.text


def test_broken_page_gives_its_words() -> None:
    page = one("broken.html")
    assert "12,000 homes" in page.text
    assert "two villages were" in page.text
    assert page.published is None


def test_page_without_article_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><head><title>x</title></head><body><script>1</script></body></html>")
    (failure,) = ingest.load(path).failures
    assert "no article text" in failure.reason


def test_text_file_that_holds_a_page_is_read_as_a_page(tmp_path: Path) -> None:
    path = tmp_path / "saved.txt"
    path.write_bytes((PAGES / "linked.html").read_bytes())
    (article,) = ingest.load(path).value
    assert article.outlet == "The Tarn Gazette"


def test_feed_gives_an_article_an_entry() -> None:
    outcome = ingest.load(PAGES / "feed.xml")
    strike, market = outcome.value
    assert strike.text == (
        "Dockers in Port Aldo went back to work on Thursday after nine days.\n\n"
        "The union said it had won a rise of 4 percent."
    )
    assert (strike.title, strike.outlet, strike.id) == (
        "Harbour strike ends",
        "Port Aldo Herald",
        "port-aldo-1",
    )
    assert strike.authors == ("Mina Rau",)
    assert market.text.startswith("The fish market")
    assert market.published is not None
    assert market.published.earliest is not None
    assert market.published.earliest.isoformat() == "2031-03-05"


def test_agency_item_keeps_provider_guid_and_time() -> None:
    item = one("item.newsml.xml")
    assert (item.title, item.outlet) == ("Bridge to Orrel closed", "Fennel News Agency")
    assert item.id == "urn:newsml:fennel.example:20310304:1"
    assert item.text.endswith("Divers found a crack in a pier.")
    assert item.published is not None
    assert item.published.value == "2031-03-04T16:40:00Z"


def test_xml_of_another_kind_is_a_failure_that_names_its_root(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<?xml version='1.0'?><invoice><total>1</total></invoice>")
    (failure,) = ingest.load(path).failures
    assert "<invoice>" in failure.reason


def test_entities_of_xml_are_not_expanded_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    path = tmp_path / "a.xml"
    item = (PAGES / "item.newsml.xml").read_text()
    declared = f'<!DOCTYPE newsItem [<!ENTITY x SYSTEM "file://{secret}">]>\n<newsItem'
    path.write_text(item.replace("<newsItem", declared, 1).replace("Divers", "&x; Divers"))
    assert all("hidden words" not in article.text for article in ingest.load(path).value)


@pytest.mark.parametrize("packed", [False, True])
def test_web_archive_gives_its_pages(tmp_path: Path, packed: bool) -> None:
    page = (PAGES / "linked.html").read_bytes().replace(b'<link rel="canonical"', b'<link rel="x"')
    answers = [
        (b"https://tarn.example/a", b"200 OK", b"text/html; charset=utf-8", page),
        (b"https://tarn.example/b", b"404 Not Found", b"text/html", b"<html><p>Gone.</p></html>"),
        (b"https://tarn.example/c", b"200 OK", b"image/png", b"\x89PNG"),
    ]
    data = b"".join(record(*answer) for answer in answers)
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(gzip.compress(data) if packed else data)
    outcome = ingest.load(path)
    (article,) = outcome.value
    assert article.outlet == "The Tarn Gazette"
    assert article.url == "https://tarn.example/a"
    assert article.place == f"{path}#1"


def record(url: bytes, status: bytes, kind: bytes, body: bytes) -> bytes:
    """One response as a WARC record."""
    answer = b"HTTP/1.1 " + status + b"\r\nContent-Type: " + kind + b"\r\n\r\n" + body
    head = BytesIO()
    head.write(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2031-03-05T00:00:00Z\r\n")
    head.write(b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n")
    head.write(b"WARC-Target-URI: " + url + b"\r\nContent-Type: application/http; msgtype=response\r\n")
    head.write(b"Content-Length: %d\r\n\r\n" % len(answer))
    return head.getvalue() + answer + b"\r\n\r\n"
