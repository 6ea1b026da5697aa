"""The one door: what comes in, what is a failure, and that one bad input never stops the rest."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import random
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from secondsource import ingest
from secondsource.errors import Outcome
from secondsource.model import Article
from secondsource.settings import Settings

from ..server import Server

BRIDGE = (
    "The only bridge to the island was closed on Tuesday after divers found a crack in one of its piers.\n"
)
STRIKE = "Dockers went back to work on Thursday after nine days, and the union said that it had won a rise.\n"


def reasons(outcome: Outcome[tuple[Article, ...]]) -> list[str]:
    return [str(failure) for failure in outcome.failures]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        content = content.encode()
    path.write_bytes(content)
    return path


def test_text_file_keeps_its_text_but_for_newlines_and_byte_order_mark(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", codecs.BOM_UTF8 + b"One bridge is closed.\r\n\r\nOne is open.\r")
    (article,) = ingest.load(path).value
    assert article.text == "One bridge is closed.\n\nOne is open.\n"
    assert article.place == str(path)


def test_folder_is_read_to_its_depth_without_hidden_files(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "er" / "a.txt", BRIDGE)
    write(tmp_path / "b.md", STRIKE)
    write(tmp_path / ".hidden.txt", "Hidden.")
    write(tmp_path / ".git" / "c.txt", "Hidden, too.")
    write(tmp_path / "README.md", "About this folder.")
    write(tmp_path / "picture.png", b"\x89PNG....")
    outcome = ingest.load(tmp_path)
    assert [Path(article.place or "").name for article in outcome.value] == ["b.md", "a.txt"]
    assert not outcome.failures


def test_order_of_arguments_makes_no_difference(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.txt", BRIDGE), write(tmp_path / "b.txt", STRIKE)
    gone = tmp_path / "gone.txt"
    assert ingest.load(first, second, gone) == ingest.load(gone, second, first)


def test_missing_path_names_it_and_the_rest_is_loaded(tmp_path: Path) -> None:
    there = write(tmp_path / "a.txt", BRIDGE)
    outcome = ingest.load(there, tmp_path / "gone.txt")
    assert len(outcome.value) == 1
    assert reasons(outcome) == [f"{tmp_path / 'gone.txt'}: no such file or folder; check the spelling"]


def test_empty_and_blank_files_are_failures(tmp_path: Path) -> None:
    write(tmp_path / "empty.txt", b"")
    write(tmp_path / "blank.txt", b" \n\t\n")
    outcome = ingest.load(tmp_path)
    assert not outcome.value
    assert "nothing but white space" in reasons(outcome)[0]
    assert "empty file" in reasons(outcome)[1]


def test_folder_without_articles_says_which_files_are_read(tmp_path: Path) -> None:
    outcome = ingest.load(tmp_path)
    assert "no articles in this folder" in reasons(outcome)[0]
    assert ".jsonl" in reasons(outcome)[0]


@pytest.mark.parametrize(
    ("name", "content"),
    ids=["bytes", "program", "pdf"],
    argvalues=[
        ("a.txt", bytes(range(256)) * 40),
        ("b", b"\x7fELF\x02\x01\x01" + b"\x00" * 50),
        ("c.txt", b"%PDF-1.7\n%\xe2"),
    ],
)
def test_binary_file_is_said_to_look_like_one(tmp_path: Path, name: str, content: bytes) -> None:
    outcome = ingest.load(write(tmp_path / name, content))
    assert not outcome.value
    assert "looks like a binary file" in reasons(outcome)[0]


def test_same_file_twice_is_loaded_once_and_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", BRIDGE)
    outcome = ingest.load(path, path)
    assert len(outcome.value) == 1
    assert reasons(outcome) == [f"{path}: given twice; loaded once"]


def test_same_content_at_another_path_is_loaded_once_and_both_are_named(tmp_path: Path) -> None:
    first, copy = write(tmp_path / "a.txt", BRIDGE), write(tmp_path / "copy.txt", BRIDGE)
    outcome = ingest.load(copy, first)
    assert [article.place for article in outcome.value] == [str(first)]
    assert reasons(outcome) == [f"{copy}: the same article as {first}; loaded once"]


def test_other_articles_with_the_same_id_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", f'{{"id": 7, "text": "{BRIDGE.strip()}"}}')
    write(tmp_path / "b.jsonl", f'{{"id": 7, "text": "{STRIKE.strip()}"}}')
    outcome = ingest.load(tmp_path)
    assert len({article.id for article in outcome.value}) == 2
    assert all(article.id.startswith("7-") for article in outcome.value)
    assert not outcome.failures


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", BRIDGE)
    (tmp_path / "in" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "in" / "self").symlink_to(tmp_path / "in" / "self")
    outcome = ingest.load(tmp_path)
    assert len(outcome.value) == 1
    assert "can't be opened" in reasons(outcome)[0]


def test_link_that_leads_nowhere_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    assert "leads nowhere" in reasons(ingest.load(tmp_path / "a.txt"))[0]


def test_unreadable_file_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt", BRIDGE)
    other = write(tmp_path / "b.txt", STRIKE)
    true_open = Path.open

    def refuse(self: Path, mode: str = "r") -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return true_open(self, mode)

    monkeypatch.setattr(Path, "open", refuse)
    outcome = ingest.load(path, other)
    assert len(outcome.value) == 1
    assert "Permission denied" in reasons(outcome)[0]


def test_address_gives_the_article_of_its_page(server: Server, allowing: Settings) -> None:
    server.gives("/a", page("Café Aldo closes"), content_type="text/html; charset=windows-1252")
    (article,) = ingest.load(server.at("/a"), settings=allowing).value
    assert (article.title, article.url, article.place) == (
        "Café Aldo closes",
        server.at("/a"),
        server.at("/a"),
    )
    assert "The only bridge to the island" in article.text


def test_address_of_a_feed_gives_an_article_an_entry(server: Server, allowing: Settings) -> None:
    items = "".join(
        f"<item><link>/{n}</link><description>{BRIDGE} {n}</description></item>" for n in range(2)
    )
    server.gives("/feed", f"<rss><channel>{items}</channel></rss>".encode(), content_type="text/xml")
    outcome = ingest.load(server.at("/feed"), settings=allowing)
    assert [article.url for article in outcome.value] == [server.at("/0"), server.at("/1")]


def test_address_of_plain_text_gives_the_text(server: Server, allowing: Settings) -> None:
    server.gives("/a", BRIDGE.encode(), content_type="text/plain")
    (article,) = ingest.load(server.at("/a"), settings=allowing).value
    assert (article.text, article.url) == (BRIDGE, server.at("/a"))


def test_addresses_that_give_nothing_are_failures_and_the_rest_is_loaded(
    server: Server, allowing: Settings, tmp_path: Path
) -> None:
    there = write(tmp_path / "a.txt", BRIDGE)
    server.gives("/empty")
    server.gives("/picture", b"\x89PNG....", content_type="image/png")
    asked = [server.at(path) for path in ("/gone", "/empty", "/picture")]
    outcome = ingest.load(*asked, "http://169.254.169.254/", there, settings=allowing)
    assert len(outcome.value) == 1
    told = {failure.where: failure.reason for failure in outcome.failures}
    assert "HTTP 404" in told[asked[0]]
    assert "empty answer" in told[asked[1]]
    assert "a picture" in told[asked[2]]
    assert "link-local" in told["http://169.254.169.254/"]


def page(title: str) -> bytes:
    words = BRIDGE * 3
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><p>{words}</p></body></html>".encode(
            "cp1252"
        )
    )


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BRIDGE.encode())))
    (article,) = ingest.load("-").value
    assert (article.text, article.place) == (BRIDGE, "standard input")


def test_gzip_is_unpacked_whatever_the_name(tmp_path: Path) -> None:
    write(tmp_path / "a.txt.gz", gzip.compress(BRIDGE.encode()))
    write(tmp_path / "b.jsonl", gzip.compress(f'{{"text": "{STRIKE.strip()}"}}'.encode()))
    assert len(ingest.load(tmp_path).value) == 2


def test_gzip_cut_off_or_damaged_is_a_failure(tmp_path: Path) -> None:
    packed = gzip.compress(os.urandom(3000))
    write(tmp_path / "cut.txt.gz", packed[: len(packed) // 2])
    write(tmp_path / "bad.txt.gz", packed[:200] + b"\x00" * 400 + packed[600:])
    found = reasons(ingest.load(tmp_path))
    assert "damaged" in found[0]
    assert "cut off" in found[1]


def test_lines_before_the_cut_of_a_gzip_are_kept(tmp_path: Path) -> None:
    words = random.Random(1)
    lines = b"".join(
        b'{"text": "The crew of ship %d was told that it would leave at %d."}\n' % (n, words.getrandbits(900))
        for n in range(400)
    )
    packed = gzip.compress(lines)
    write(tmp_path / "cut.jsonl.gz", packed[: len(packed) * 3 // 4])
    outcome = ingest.load(tmp_path)
    assert 100 < len(outcome.value) < 400
    assert "cut off" in reasons(outcome)[-1]


def test_gzip_bomb_is_given_up(tmp_path: Path) -> None:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(squeeze.compress(b"0" * 1_000_000) for _ in range(30)) + squeeze.flush()
    outcome = ingest.load(write(tmp_path / "bomb.jsonl.gz", bomb))
    assert "swells more than" in reasons(outcome)[0]


def test_text_longer_than_the_limit_is_refused_and_one_below_is_loaded(tmp_path: Path) -> None:
    settings = Settings(max_characters=1000)
    long = write(tmp_path / "long.txt", BRIDGE * 11)
    wide = write(tmp_path / "wide.txt", "é" * 2001)
    fits = write(tmp_path / "fits.txt", BRIDGE * 9)
    outcome = ingest.load(long, wide, fits, settings=settings)
    assert [article.place for article in outcome.value] == [str(fits)]
    assert all("SECONDSOURCE_MAX_CHARACTERS" in reason for reason in reasons(outcome))


def test_text_of_many_megabytes_on_one_line_is_one_block(tmp_path: Path) -> None:
    path = write(tmp_path / "long.txt", b"The bridge was closed on Tuesday and the ferry ran. " * 40_000)
    (article,) = ingest.load(path).value
    assert len(article.blocks) == 1


def test_article_in_another_language_is_a_failure_that_names_it(tmp_path: Path) -> None:
    path = write(
        tmp_path / "fr.txt", "Le pont vers l'île a été fermé mardi, a annoncé la préfecture de la région."
    )
    outcome = ingest.load(path, write(tmp_path / "en.txt", BRIDGE))
    assert len(outcome.value) == 1
    assert reasons(outcome) == [f"{path}: in French, not in English; other languages are not supported yet"]


def test_progress_counts_the_files(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", BRIDGE)
    write(tmp_path / "b.txt", STRIKE)
    seen: list[tuple[str, int, int]] = []
    ingest.load(tmp_path, progress=lambda what, done, total: seen.append((what, done, total)))
    assert seen == [("loading", 0, 2), ("loading", 1, 2), ("loading", 2, 2)]


@given(
    st.binary(max_size=400),
    st.sampled_from(["txt", "html", "json", "jsonl", "csv", "xml", "warc", "gz", "x"]),
)
@hypothesis_settings(deadline=None, max_examples=150)
def test_no_bytes_whatever_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"a.{suffix}"
    path.write_bytes(data)
    outcome = ingest.load(path)
    assert outcome.value or outcome.failures
