"""The HTML of a brief: self-contained, safe with hostile input, every line cited, no section empty."""

from __future__ import annotations

import base64
import hashlib
import html as escapes
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from secondsource.brief import Brief, select, to_html
from secondsource.model import (
    Article,
    ArticleDate,
    Calendar,
    Collation,
    Origin,
    Published,
    Story,
    Wording,
)

from .stories import cite, point, said

VOID = {"meta", "br", "link", "input", "img", "hr"}


class Page(HTMLParser):
    """The page as elements: tag, attributes, text, and whether everything that opens is closed."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[int] = []
        self.unbalanced: list[str] = []
        self.feed(page)
        self.close()
        self.unbalanced += [self.found[i][0] for i in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {k: v or "" for k, v in attrs}, []))
        if tag not in VOID:
            self._open.append(len(self.found) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {k: v or "" for k, v in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self.found[self._open[-1]][0] == tag:
            self._open.pop()
        else:
            self.unbalanced.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        for index in self._open:
            self.found[index][2].append(data)

    def all(self, tag: str, cls: str = "") -> list[tuple[dict[str, str], str]]:
        return [
            (attrs, "".join(text))
            for name, attrs, text in self.found
            if name == tag and (not cls or cls in attrs.get("class", "").split())
        ]

    def books(self) -> list[dict[str, Any]]:
        return [json.loads(text) for attrs, text in self.all("script", "lines")]


def alone(text: str, **about: Any) -> Brief:
    """A story of one account of which all is told."""
    article = Article(id="a", text=text, **about)
    story = Story("s", about.get("title") or "A story", (article,), (Origin("o", ("a",), "independent"),))
    return select(Collation(story, (point("only_here", cite(article, text)),)), Calendar(()))


def test_the_page_is_well_formed_and_has_no_id_twice(fire: Brief) -> None:
    page = Page(to_html([fire, fire]))
    assert page.unbalanced == []
    ids = [attrs["id"] for _, attrs, _ in page.found if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_every_link_within_the_page_has_its_end(fire: Brief) -> None:
    page = Page(to_html([fire]))
    ids = {attrs["id"] for _, attrs, _ in page.found if "id" in attrs}
    hrefs = [attrs["href"] for attrs, _ in page.all("a")]
    assert {href[1:] for href in hrefs if href.startswith("#")} <= ids


def test_the_page_loads_nothing(fire: Brief) -> None:
    text = to_html([fire])
    page = Page(text)
    assert not {"link", "img", "iframe", "object", "embed", "form", "base"} & {
        tag for tag, _, _ in page.found
    }
    assert not any("src" in attrs or "style" in attrs for _, attrs, _ in page.found)
    assert not any(name.startswith("on") for _, attrs, _ in page.found for name in attrs)
    assert "url(" not in text
    assert "@import" not in text
    assert "http" not in "".join(content for _, content in page.all("script") + page.all("style"))


def test_the_content_policy_names_just_the_script_and_style_inside(fire: Brief) -> None:
    page = Page(to_html([fire]))
    (policy,) = [
        attrs["content"]
        for attrs, _ in page.all("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    (style,) = [text for _, text in page.all("style")]
    (script,) = [text for attrs, text in page.all("script") if "type" not in attrs]
    for kind, text in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_each_account_stands_in_the_page_once_in_full(fire: Brief) -> None:
    page = Page(to_html([fire]))
    paragraphs = [(int(a["data-at"]), text) for a, text in page.all("p") if "data-at" in a]
    expected = [
        (article.text.index(line), line)
        for article in fire.story.articles
        for line in article.text.split("\n\n")
    ]
    assert paragraphs == expected


def test_furniture_is_told_from_the_report(fire: Brief) -> None:
    page = Page(to_html([fire]))
    roles = {a["data-role"] for a, _ in page.all("p", "furniture")}
    assert roles == {"headline", "byline", "navigation", "caption", "related"}


def test_every_line_says_only_what_it_cites(fire: Brief) -> None:
    page = Page(to_html([fire]))
    (book,) = page.books()
    articles = fire.story.articles
    lines = [(a, text) for a, text in page.all("a", "line")]
    assert len(lines) > 30
    told = [text for _, text in page.all("bdi", "said")]
    for attrs, _ in lines:
        cites = book[attrs["data-key"]]["cites"]
        held = " ".join(articles[place].text[s:e] for place, spans in cites for s, e in spans)
        (line,) = [said_in(page, attrs["id"])]
        assert line in told
        for word in re.findall(r"\w*[A-Z\d]\w*", line):
            assert word in held, f"{word} is printed in {line!r} but not cited"


def said_in(page: Page, line: str) -> str:
    """The source text of a line: what stands in its `said` element."""
    at = next(i for i, (_, attrs, _) in enumerate(page.found) if attrs.get("id") == line)
    return next(
        "".join(text) for _, attrs, text in page.found[at:] if "said" in attrs.get("class", "").split()
    )


def test_offsets_in_the_page_count_code_points(fire: Brief) -> None:
    (book,) = Page(to_html([fire])).books()
    northern = fire.story.articles[3]
    cited = [
        northern.text[s:e]
        for line in book.values()
        for place, spans in line["cites"]
        if place == 3
        for s, e in spans
    ]
    assert "Fourteen people were injured, two of them seriously" in cited


def test_the_timeline_names_holders_and_the_words_that_date(fire: Brief) -> None:
    page = to_html([fire])
    assert "according to Bram Oleander" in page
    assert 'title="dated by “Monday”"' in page


def test_figures_that_differ_are_marked(fire: Brief) -> None:
    marked = [text for _, text in Page(to_html([fire])).all("mark", "apart")]
    assert {"12", "14", "Fourteen"} <= set(marked)


def test_a_section_without_lines_is_not_there() -> None:
    article = Article(id="a", text="It rained.")
    story = Story("s", "Rain", (article,), (Origin("o", ("a",), "independent"),))
    page = Page(to_html([select(Collation(story), Calendar(()))]))
    headings = [text for tag in ("h2", "h3") for _, text in page.all(tag)]
    assert headings == ["Where the accounts come from", "The accounts in full", "Keys"]
    assert page.all("table") == []


def test_several_briefs_begin_with_their_contents(fire: Brief) -> None:
    other = alone("It rained.", title="Rain")
    page = Page(to_html([fire, other]))
    (contents,) = page.all("nav", "contents")
    assert "Night fire guts grain store" in contents[1]
    assert "Rain" in contents[1]
    assert [text for _, text in page.all("h1")] == ["Two stories"]
    assert page.unbalanced == []


def test_no_brief_is_a_page_that_says_so() -> None:
    assert "No stories" in to_html([])


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>' onmouseover='alert(1)",
    "{{ 7*7 }}{% raw %}",
    "<!-- --><![CDATA[ ]]>&lt;script&gt;",
    "\u202eabc\u202d \u2066x",
    "שלום עולם, أهلا بالعالم",
    "x" * 5_000,
    "a\x00b\x08c\x1b[31m\x85d\ud800e",
    "one\r\ntwo\rthree\u2028four\x0cfive",
    "👩‍👩‍👧‍👦 🇫🇮 e\u0301",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_only_ever_text(text: str) -> None:
    brief = alone(text, title=text, outlet=text, url=f"javascript:{text}")
    speaking = said(text, Wording(cite(brief.story.articles[0], text), "direct", text))
    whole = replace(brief, utterances=(speaking,), points=brief.points)
    out = to_html([whole])
    out.encode("utf-8")
    page = Page(out)
    assert page.unbalanced == []
    assert len(page.all("script")) == 2
    assert not {"img", "iframe"} & {tag for tag, _, _ in page.found}
    assert not any(href.startswith("javascript") for href in (a.get("href", "") for a, _ in page.all("a")))
    assert not any(name.startswith("on") for _, attrs, _ in page.found for name in attrs)
    shown = "\n".join(t for a, t in page.all("p") if "data-at" in a)
    for character in "\x00\x08\x1b\ud800":
        assert character not in out
    if not any(c in text for c in "\x00\r\x0c"):
        assert shown == text.strip()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_paragraphs_keep_their_offsets_whatever_is_in_them(text: str) -> None:
    page = Page(to_html([alone(text)]))
    for attrs, shown in page.all("p"):
        if "data-at" in attrs:
            start = int(attrs["data-at"])
            held = text[start : start + len(shown)]
            assert len(held) == len(shown)
            assert all(a == b or b == "\N{REPLACEMENT CHARACTER}" for a, b in zip(held, shown, strict=True))


def test_only_web_addresses_become_links() -> None:
    for url, linked in (
        ("https://paper.example/a?b=1&c=<2>", True),
        ("http://paper.example/", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//paper.example/", False),
        ("https://[broken", False),
    ):
        out = to_html([alone("It rained.", url=url)])
        assert (f'href="{escapes.escape(url)}"' in out) is linked


def test_two_hundred_accounts_are_laid_out() -> None:
    articles = tuple(Article(id=f"a{n:03}", text=f"It rained in town {n}. All saw it.") for n in range(200))
    origins = tuple(Origin(f"o{a.id}", (a.id,), "independent") for a in articles)
    together = point("shared", *(cite(a, "All saw it.") for a in articles))
    points = (together, *(point("only_here", cite(a, a.text[:-12])) for a in articles))
    calendar = Calendar(tuple(ArticleDate(a.id, Published.parse("2031-01-01")) for a in articles))
    page = Page(to_html([select(Collation(Story("s", "Rain", articles, origins), points), calendar)]))
    chips = [text for attrs, text in page.all("span", "chip")]
    assert {"A", "Z", "AA", "GR"} <= set(chips)
    assert "again" in next(a for a, text in page.all("span", "chip") if text == "I")["class"]
    assert page.unbalanced == []


def test_the_same_brief_gives_the_same_page(fire: Brief) -> None:
    assert to_html([fire]) == to_html([fire])


def test_a_denial_is_printed_as_one() -> None:
    text = "The company denied that there had been any fault."
    brief = alone(text)
    denial = Wording(
        cite(brief.story.articles[0], "that there had been any fault"), "indirect", None, "denied"
    )
    page = Page(to_html([replace(brief, utterances=(said("The company", denial),))]))
    (line,) = [told for _, told in page.all("a", "quote")]
    assert line == "A denied that there had been any fault"


def test_what_one_account_denies_and_another_asserts_stays_apart() -> None:
    articles = tuple(Article(id=i, text="The mill, she says, is closed.") for i in "ab")
    origins = tuple(Origin(a.id, (a.id,), "independent") for a in articles)
    wordings = (
        Wording(cite(articles[0], "is closed"), "indirect"),
        Wording(cite(articles[1], "is closed"), "indirect", None, "denied"),
    )
    story = Story("s", "The mill", articles, origins)
    page = Page(to_html([select(Collation(story, utterances=(said(None, *wordings),)), Calendar(()))]))
    first, second = [told for _, told in page.all("a", "quote")]
    assert first.startswith("A is closed")
    assert second == "B denied is closed"
