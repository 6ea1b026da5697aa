"""What is watched."""

from __future__ import annotations

from pathlib import Path

from secondsource.watch import feed_addresses

OPML = '<opml><body><outline xmlUrl="https://a.example/rss"/><outline xmlUrl="rss.xml"/></body></opml>'


def test_addresses_and_lists_of_them_are_watched_each_once(tmp_path: Path) -> None:
    listed = tmp_path / "feeds.opml"
    listed.write_text(OPML)
    outcome = feed_addresses(["https://b.example/", str(listed), "https://a.example/rss"])
    assert outcome.value == ("https://b.example/", "https://a.example/rss")
    assert ["none of the web: 'rss.xml'" in failure.reason for failure in outcome.failures] == [True]


def test_what_is_no_list_of_feeds_is_named(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text("<rss><channel><item><title>Strike</title></item></channel></rss>")
    text = tmp_path / "a.txt"
    text.write_text("It rained.")
    outcome = feed_addresses([str(feed), str(text), str(tmp_path / "gone.opml"), str(tmp_path)])
    assert outcome.value == ()
    told = [failure.reason for failure in outcome.failures]
    assert "a feed, not a list" in told[0]
    assert "no feed" in told[1]
    assert "No such file" in told[2]
    assert "directory" in told[3]
