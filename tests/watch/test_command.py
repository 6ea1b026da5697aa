"""`secondsource watch` as a user meets it: a fresh process, and one that is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from secondsource.store import Library

from ..server import Server
from .prose import report


def feed(count: int) -> bytes:
    entries = "".join(f"<entry><id>{n}</id><content>{report(n)}</content></entry>" for n in range(count))
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title>'
    return f"{head}{entries}</feed>".encode()


def command(server: Server, *args: str | Path) -> tuple[list[str], dict[str, str]]:
    allow = {"SECONDSOURCE_FETCH_ALLOW": server.host, "SECONDSOURCE_FETCH_DELAY": "0"}
    return [sys.executable, "-m", "secondsource", "watch", *map(str, args)], {**os.environ, **allow}


def run(server: Server, *args: str | Path) -> subprocess.CompletedProcess[str]:
    line, env = command(server, *args)
    return subprocess.run(line, env=env, capture_output=True, text=True, check=False, timeout=120)


def count(path: Path) -> int:
    with Library(path) as library:
        return library.health().articles


def test_one_round_keeps_what_is_new_and_names_what_failed(server: Server, tmp_path: Path) -> None:
    server.gives("/a", feed(2))
    listed = tmp_path / "feeds.opml"
    outlines = "".join(f'<outline xmlUrl="{server.at(path)}"/>' for path in ("/a", "/gone"))
    listed.write_text(f"<opml><body>{outlines}</body></opml>")
    done = run(server, listed, "--once", "--library", tmp_path / "news.db")
    assert done.returncode == 1
    assert f"{server.at('/gone')}: HTTP 404 Not Found" in done.stderr
    assert "2 new articles, 1 feed read, 1 failed" in done.stderr
    assert count(tmp_path / "news.db") == 2


def test_without_feeds_those_that_the_library_knows_are_asked(server: Server, tmp_path: Path) -> None:
    server.gives("/a", feed(1))
    run(server, server.at("/a"), "--once", "--library", tmp_path / "news.db")
    server.gives("/a", feed(2))
    done = run(server, "--once", "--library", tmp_path / "news.db")
    assert done.returncode == 0
    assert "1 new article, 1 feed read" in done.stderr


def test_what_is_no_interval_or_no_library_is_told(server: Server, tmp_path: Path) -> None:
    for args in (["--every", "soon"], ["--once", "--library", "mysql://a/b"]):
        done = run(server, server.at("/a"), *args)
        assert done.returncode == 2
        assert done.stderr.startswith("secondsource: ")
        assert "Traceback" not in done.stderr


def test_a_round_that_is_killed_goes_on_where_it_was(server: Server, tmp_path: Path) -> None:
    server.gives("/a", feed(200))
    path = tmp_path / "news.db"
    line, env = command(server, server.at("/a"), "--once", "--library", path)
    with subprocess.Popen(line, env=env, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not (path.exists() and count(path)):
            time.sleep(0.05)
        process.kill()
    assert 0 < count(path) < 200
    done = run(server, server.at("/a"), "--once", "--library", path)
    assert done.returncode == 0, done.stderr
    assert count(path) == 200
