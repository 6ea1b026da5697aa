"""Feeds, sitemaps and lists: what they announce, whatever their dialect, encoding or intent."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from secondsource.errors import InputError
from secondsource.ingest.entries import Entry, Feed, Part
from secondsource.ingest.feeds import read_feed
from secondsource.ingest.where import Where

BASE = "https://port-aldo.example/feeds/all.xml"
HERE = Where(BASE)
LONG = "Dockers in Port Aldo went back to work on Thursday after nine days of strike. " * 10


def read(text: str | bytes, charset: str | None = None) -> Feed:
    data = text.encode() if isinstance(text, str) else text
    return read_feed(data, HERE, BASE, charset)


def rss(*items: str, channel: str = "<title>Port Aldo Herald</title>") -> str:
    joined = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{channel}{joined}</channel></rss>'
    )


def entry(*items: str) -> Entry:
    (found,) = read(rss(*items)).entries
    return found


def test_an_rss_item_states_title_link_date_author_and_key() -> None:
    found = entry(
        "<title>Harbour &amp; strike</title><link>/strike</link><guid isPermaLink='false'>aldo-1</guid>"
        "<dc:creator>Mina Rau</dc:creator><pubDate>Thu, 06 Mar 2031 17:00:00 +0000</pubDate>"
        "<description>It ends.</description>"
    )
    assert found == Entry(
        key="aldo-1",
        link="https://port-aldo.example/strike",
        text="It ends.",
        markup="It ends.",
        title="Harbour & strike",
        outlet="Port Aldo Herald",
        published="Thu, 06 Mar 2031 17:00:00 +0000",
        authors=("Mina Rau",),
    )


def test_an_atom_entry_states_the_same() -> None:
    (found,) = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Port Aldo Herald</title><entry><id>tag:aldo,1</id>'
        '<title>Strike ends</title><link href="../strike"/><updated>2031-03-06T17:00:00Z</updated>'
        f'<author><name>Mina Rau</name></author><content type="html">&lt;p&gt;{LONG}&lt;/p&gt;</content>'
        "</entry></feed>"
    ).entries
    assert (found.key, found.link) == ("tag:aldo,1", "https://port-aldo.example/strike")
    assert (found.published, found.updated) == (None, "2031-03-06T17:00:00Z")
    assert found.full
    assert found.text == LONG.strip()


def test_a_json_feed_states_the_same() -> None:
    item = {
        "id": 7,
        "url": "/strike",
        "title": "Strike ends",
        "content_html": f"<p>{LONG}</p>",
        "date_published": "2031-03-06T17:00:00Z",
        "authors": [{"name": "Mina Rau"}],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Port Aldo Herald", "items": [item]}
    (found,) = read(json.dumps(feed)).entries
    assert (found.key, found.link, found.outlet) == (
        "7",
        "https://port-aldo.example/strike",
        "Port Aldo Herald",
    )
    assert (found.full, found.published, found.authors) == (True, "2031-03-06T17:00:00Z", ("Mina Rau",))


def test_plain_text_in_a_json_feed_keeps_its_paragraphs_and_signs() -> None:
    item = {"id": "1", "content_text": "If a < b & c,\nso be it."}
    (found,) = read(json.dumps({"items": [item]})).entries
    assert found.text == "If a < b & c,\n\nso be it."


def test_the_source_of_an_item_is_a_hint_at_its_origin() -> None:
    found = entry('<title>Strike</title><source url="https://fennel.example/rss">Fennel News</source>')
    assert (found.outlet, found.source) == ("Port Aldo Herald", "Fennel News")


def test_a_feed_that_names_itself_as_source_hints_at_nothing() -> None:
    assert entry("<title>Strike</title><source url='x'>Port Aldo Herald</source>").source is None


@pytest.mark.parametrize(
    ("item", "full"),
    [
        (f"<description>{LONG}</description>", False),
        (f"<description>{LONG * 2}</description>", True),
        (f"<content:encoded>{LONG}</content:encoded>", True),
        (f"<content:encoded>{LONG} […]</content:encoded>", False),
        (f"<content:encoded>{LONG}&lt;a href='/x'&gt;Continue reading&lt;/a&gt;</content:encoded>", False),
        (f"<content:encoded>{LONG} Read the full story »</content:encoded>", False),
        (f"<content:encoded>{LONG} They had read more than that.</content:encoded>", True),
        ("<description>It ends.</description>", False),
    ],
)
def test_only_the_whole_report_counts_as_full(item: str, full: bool) -> None:
    assert entry(item).full is full


def test_an_entry_without_guid_is_known_by_its_link_or_else_by_its_words() -> None:
    assert entry("<link>https://a.example/1</link>").key == "https://a.example/1"
    first, second = read(rss("<title>One</title>", "<title>Two</title>")).entries
    assert first.key != second.key


def test_of_two_entries_with_one_key_the_first_stands() -> None:
    (found,) = read(rss("<guid>1</guid><title>New</title>", "<guid>1</guid><title>Old</title>")).entries
    assert found.title == "New"


def test_markup_in_a_title_becomes_plain_text() -> None:
    assert entry("<title>&lt;b&gt;Strike&lt;/b&gt; ends&lt;script&gt;x()&lt;/script&gt;</title>").title == (
        "Strike ends"
    )


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("utf-8", None, None),
        ("utf-8", "iso-8859-1", None),
        ("utf-8", None, "iso-8859-1"),
        ("cp1252", "windows-1252", None),
        ("cp1252", None, "windows-1252"),
        ("cp1252", "windows-1252", "utf-8"),
        ("utf-16", None, None),
        ("cp1252", "utf-8", None),
        ("koi8-r", "koi8-r", "nonsense"),
    ],
)
def test_words_survive_every_encoding_and_wrong_statements_of_it(
    encoding: str, declared: str | None, charset: str | None
) -> None:
    words = "Забастовка" if encoding == "koi8-r" else "Café “Aldo” closes"
    text = rss(f"<title>{words}</title>").replace(
        '<?xml version="1.0"?>', f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    )
    (found,) = read(text.encode(encoding), charset).entries
    assert found.title == words


def test_bytes_that_can_not_be_decoded_are_told() -> None:
    feed = read(rss("<title>Caf\xe9 closes</title>").encode("latin-1"))
    assert "not valid UTF-8" in feed.failures[0].reason
    assert feed.entries[0].title == "Café closes"


def test_a_feed_that_is_no_xml_is_read_as_far_as_it_goes() -> None:
    feed = read(rss("<title>One & two</title><link>https://a.example/1</link>")[:-20])
    assert feed.entries[0].link == "https://a.example/1"


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!ENTITY l0 "ha">{BOMB}',
        f'<!ENTITY a "{"x" * 100_000}">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        "<!ENTITY a PUBLIC '-//x' 'http://169.254.169.254/'>",
        '<!ENTITY % a SYSTEM "http://127.0.0.1/x.dtd"> %a;',
        "<!entity a '&b;'>",
        "<!ENTITY",
    ],
)
@pytest.mark.parametrize("root", ["rss", "urlset", "opml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_read_files_or_grow_are_refused(declared: str, root: str, encoding: str) -> None:
    text = f"<!DOCTYPE x [{declared}]><{root}><channel><item><title>&a;&l9;</title></item></channel></{root}>"
    with pytest.raises(InputError, match="declares XML entities"):
        read(text.encode(encoding))


def test_a_bomb_behind_a_false_start_is_refused_too() -> None:
    with pytest.raises(InputError, match="declares XML entities"):
        read(f"<!-- <a -->\n<!DOCTYPE rss [<!ENTITY l0 'ha'>{BOMB}]><rss><channel/></rss>")


def test_entities_that_are_one_character_are_read() -> None:
    text = '<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>' + rss("<title>Strike&nbsp;ends</title>")[21:]
    assert read(text).entries[0].title == "Strike ends"


def test_a_feed_of_endless_elements_is_refused() -> None:
    with pytest.raises(InputError, match="more than 300,000 elements"):
        read(rss("<link/>" * 700_000))


def test_bytes_that_name_a_file_are_not_opened(tmp_path: Path) -> None:
    saved = tmp_path / "feed.xml"
    saved.write_text(rss("<title>Secret</title>"))
    with pytest.raises(InputError, match="no feed"):
        read(str(saved))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "no feed"),
        ("<invoice/>", "<invoice>"),
        ("Not Found", "no feed"),
        ('{"error": 1}', "without the 'items'"),
        ("{", "can't be read"),
        ("[" * 100_000, "can't be read"),
        ("%PDF-1.7", "a PDF"),
    ],
)
def test_what_is_no_feed_is_named(body: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read(body)


def test_a_page_in_place_of_a_feed_tells_the_feeds_that_it_offers() -> None:
    page = '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head>'
    with pytest.raises(InputError, match=r"a web page .* offers https://port-aldo\.example/rss"):
        read(page)


SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{}</urlset>'
)


def test_a_sitemap_lists_pages_the_newest_first_and_without_dates() -> None:
    feed = read(
        SITEMAP.format(
            "<url><loc>https://a.example/old</loc><lastmod>2031-03-01</lastmod></url>"
            "<url><loc> /new </loc><lastmod>2031-03-05T10:00:00Z</lastmod></url>"
            "<url><loc>https://a.example/none</loc></url><url><loc>https://a.example/old</loc></url>"
        )
    )
    assert [one.link for one in feed.entries] == [
        "https://port-aldo.example/new",
        "https://a.example/old",
        "https://a.example/none",
    ]
    assert not any(one.published or one.full for one in feed.entries)


def test_a_news_sitemap_states_title_outlet_and_date() -> None:
    (found,) = read(
        SITEMAP.format(
            "<url><loc>https://a.example/1</loc><news:news><news:publication><news:name>The Tarn Gazette"
            "</news:name><news:language>en</news:language></news:publication><news:publication_date>2031-03-05"
            "</news:publication_date><news:title>Strike &amp; rise</news:title></news:news></url>"
        )
    ).entries
    assert (found.title, found.outlet, found.published) == ("Strike & rise", "The Tarn Gazette", "2031-03-05")


def test_the_index_of_a_sitemap_names_others() -> None:
    feed = read(
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/s1.xml.gz</loc>'
        "<lastmod>2031-03-05</lastmod></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>"
    )
    assert feed.parts == (
        Part("https://port-aldo.example/s1.xml.gz"),
        Part("https://port-aldo.example/s2.xml"),
    )


def test_an_opml_list_names_feeds_at_any_depth_and_each_once() -> None:
    feed = read(
        '<opml version="2.0"><head><title>Ports</title></head><body><outline text="North">'
        '<outline type="rss" xmlUrl="https://a.example/rss"/><outline xmlURL="https://b.example/rss"/></outline>'
        '<outline xmlUrl="https://a.example/rss"/></body></opml>'
    )
    assert feed.title == "Ports"
    assert [part.url for part in feed.parts] == ["https://a.example/rss", "https://b.example/rss"]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://a.example/", "http://[/", "https://a/\x1b[2J"]
)
def test_what_is_no_address_of_the_web_is_no_link(link: str) -> None:
    (item,) = read(json.dumps({"items": [{"id": "1", "url": link, "title": "Strike"}]})).entries
    assert item.link is None
    listed = read(SITEMAP.format(f"<url><loc>{escape(link)}</loc></url>".replace("\x1b", "\x9f")))
    assert listed.entries == ()
    assert "1 addresses are none of the web" in listed.failures[0].reason
    assert listed.failures[0].reason.isprintable()


def test_an_opml_list_without_feeds_is_told() -> None:
    assert "no feed in this list" in read("<opml><body/></opml>").failures[0].reason


@hypothesis_settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"<rss>", b"<urlset>", b"<opml>", b'{"items":[', b"<feed>"]),
)
def test_any_bytes_give_a_feed_or_a_named_error(data: bytes, head: bytes) -> None:
    try:
        entries = read(head + data).entries
    except InputError:
        entries = ()
    assert all(one.key for one in entries)
