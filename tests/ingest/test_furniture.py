"""Furniture: what is the report and what the page around it, told by form, repetition and place."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from secondsource import ingest
from secondsource.model import Article, Role

LEAD = "The only bridge to the island was closed on Tuesday after divers found a crack, an official said."
SECOND = "A ferry will run every hour from Wednesday, and the shops said that they had bread for three days."
THIRD = "The bridge, which was built in 1974 and last inspected in 2027, carries some 900 cars a day."


def roles(*lines: str, title: str | None = None) -> list[tuple[Role, str]]:
    (article,) = ingest.furnish([Article(text="\n\n".join(lines), title=title)])
    return [(block.role, block.span.of(article.text)) for block in article.blocks]


def role_of(line: str, *, after: int = 2) -> Role:
    """The role of a line between or, with `after` 3, behind the paragraphs of a report."""
    paragraphs = [LEAD, SECOND, THIRD]
    paragraphs.insert(after, line)
    return {text: role for role, text in roles(*paragraphs)}[line]


def test_plain_report_is_all_body() -> None:
    assert [role for role, _ in roles(LEAD, SECOND, THIRD)] == ["body", "body", "body"]


def test_head_of_a_saved_page_is_navigation_headline_byline_stamp_and_caption() -> None:
    assert roles(
        "Help for readers",
        "World Report",
        "Bridge to island closed after crack found in pier",
        "By Ada Quist and Ben Orlow, Tarn Gazette",
        "March 4, 2031 6:20 PM",
        "Engineer Mirja Tolk (R) stands beside a diver (L) on the bridge in Orrel, March 3, 2031.",
        LEAD,
        SECOND,
    ) == [
        ("navigation", "Help for readers"),
        ("navigation", "World Report"),
        ("headline", "Bridge to island closed after crack found in pier"),
        ("byline", "By Ada Quist and Ben Orlow, Tarn Gazette"),
        ("dateline", "March 4, 2031 6:20 PM"),
        (
            "caption",
            "Engineer Mirja Tolk (R) stands beside a diver (L) on the bridge in Orrel, March 3, 2031.",
        ),
        ("body", LEAD),
        ("body", SECOND),
    ]


def test_title_of_the_metadata_is_the_headline_where_it_stands_in_the_text() -> None:
    found = roles("Local", "Bridge closed", LEAD, SECOND, title="Bridge Closed")
    assert found[:2] == [("navigation", "Local"), ("headline", "Bridge closed")]


@pytest.mark.parametrize(
    "dateline",
    [
        "ORREL (Fennel) -",
        "ORREL, Norland (FN) —",
        "Orrel (Fennel News)",
        "ORREL —",
        "(Fennel) -",
        "ST. ORREL, N.L. --",
    ],
)
def test_dateline_is_a_block_before_the_body_of_its_paragraph(dateline: str) -> None:
    assert roles(f"{dateline} {LEAD}", SECOND)[:2] == [("dateline", dateline), ("body", LEAD)]


@pytest.mark.parametrize(
    "credit",
    [
        "(Reporting by Ada Quist; editing by Ben Orlow)",
        "(Reporting by Ada Quist in Orrel, writing by Bo Chu) (([email protected]; 555))",
        "Fennel writer Ada Quist in Orrel contributed to this report.",
    ],
)
def test_credit_behind_a_paragraph_is_a_block_of_its_own(credit: str) -> None:
    assert roles(LEAD, SECOND, f"{THIRD} {credit}")[-2:] == [("body", THIRD), ("credit", credit)]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Advertisement", "navigation"),
        ("Story continues below", "navigation"),
        ("Sign up for our daily newsletter.", "navigation"),
        ("READ MORE: Ferry company doubles its fares", "related"),
        ("Related stories", "related"),
        ("Ada Quist/Fennel Photo", "credit"),
        ("Photo: Ada Quist", "credit"),
        ("Ada Quist | Fennel Agency | Fennel Images", "credit"),
        ("Fennel, with reporting by the newsroom of the Gazette", "credit"),
        ("Home | Politics | Letters", "navigation"),
        ("Divers look at the pier in Orrel. (Ada Quist/Fennel)", "caption"),
        ("In this March 3, 2031 file photo, divers stand on the pier.", "caption"),
        ("FILE PHOTO: Divers stand on the pier in Orrel.", "caption"),
        ("Updated 10:15 a.m. ET, March 4, 2031", "dateline"),
        ("https://tarn.example/a", "navigation"),
        ("* * *", "navigation"),
        ("What the Divers Saw", "headline"),
        ("WHAT NEXT?", "headline"),
    ],
)
def test_line_within_a_report_is_told_by_its_form(line: str, role: Role) -> None:
    assert role_of(line) == role


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Copyright 2031 Fennel News. All rights reserved. This material may not be rewritten.", "credit"),
        ("© 2031 Tarn Gazette", "credit"),
        ("-- Tarn Gazette Wire", "credit"),
        ("Ada Quist is a reporter for the Tarn Gazette. Follow her on Twitter.", "boilerplate"),
        ("Ada Quist is a staff writer at the Tarn Gazette who covers islands.", "boilerplate"),
        ("ada@tarn.example", "boilerplate"),
    ],
)
def test_line_behind_a_report_is_told_by_its_form(line: str, role: Role) -> None:
    assert role_of(line, after=3) == role


@pytest.mark.parametrize(
    "line",
    [
        "“We would rather be late than sorry,” she said.",
        "Nobody was hurt.",
        "She signed up for the course on Facebook, she said.",
        "The photo was taken on Monday, and the police said it shows the crack.",
        "Sen. Bo Chu (R) said on March 3, 2031, that he would not vote for the bridge.",
        "By Tuesday, the crack had grown by an inch.",
        "Will the bridge be open by June? Nobody at the roads office could say.",
        "Anyone who saw the accident is asked to contact the police at 555-0100.",
        "Bo Chu, a professor of engineering who follows the case, said that the pier was never safe.",
        "The picture is seen as proof by the islanders.",
        "Rust, he said, contributed to the closing of three bridges in 2027.",
    ],
)
def test_sentence_of_a_report_is_never_furniture(line: str) -> None:
    assert role_of(line) == "body"


def test_list_below_a_colon_is_body() -> None:
    found = roles(
        LEAD, "The office named three faults:", "A crack in the pier", "Rust", "Loose bolts", SECOND
    )
    assert {role for role, _ in found} == {"body"}


def test_headlines_below_a_heading_of_links_are_related() -> None:
    found = roles(LEAD, SECOND, "Related stories", "Ferry doubles its fares", "Island school to close", THIRD)
    assert [role for role, _ in found] == ["body", "body", "related", "related", "related", "body"]


def test_run_of_open_lines_behind_the_report_is_a_list_of_links() -> None:
    found = roles(
        LEAD, SECOND, THIRD, "Ferry doubles its fares", "School on the island to close", "Rain on Friday"
    )
    assert [role for role, _ in found[3:]] == ["related"] * 3


def test_wrapped_paragraph_is_one_block() -> None:
    text = """The only bridge to the island was closed on Tuesday after divers
found a crack in one of its piers, the roads office said, cutting off
some 3,000 people from the mainland and from their work.

A ferry will run every hour from Wednesday. The shops of the island
said that they had bread and milk for three days, and the school is
closed until the end of the week.
"""
    (article,) = ingest.furnish([Article(text=text)])
    assert [block.role for block in article.blocks] == ["body", "body"]


def report(number: int, *, outlet: str | None, extra: tuple[str, ...]) -> Article:
    body = f"In town number {number}, people said that bridge {number * 7} was closed for {number + 2} days."
    more = f"The mayor of the {number}th town said that nobody had told her of the {number * 3} cracks."
    return Article(text="\n".join((body, *extra, more)), outlet=outlet, id=str(number))


SLOGAN = "We bring the islands to you, from the first boat in the morning to the last one at night."


def test_line_on_three_pages_of_an_outlet_is_boilerplate() -> None:
    articles = ingest.furnish([report(n, outlet="Tarn Gazette", extra=(SLOGAN,)) for n in range(3)])
    for article in articles:
        assert [span.of(article.text) for span in article.spans("boilerplate")] == [SLOGAN]


def test_line_on_pages_of_different_outlets_is_not() -> None:
    articles = ingest.furnish([report(n, outlet=f"Outlet {n}", extra=(SLOGAN,)) for n in range(3)])
    assert not any(article.spans("boilerplate") for article in articles)


def test_report_that_an_outlet_prints_three_times_stays_body() -> None:
    text = "\n".join((LEAD, SECOND, THIRD))
    copies = [Article(text=f"{text}\nEdition {n} of today.", outlet="Tarn Gazette") for n in range(4)]
    assert all(not article.spans("boilerplate") for article in ingest.furnish(copies))


def test_short_sentence_said_in_three_reports_stays_body() -> None:
    articles = ingest.furnish(
        [report(n, outlet="Tarn Gazette", extra=("Nobody was hurt.",)) for n in range(3)]
    )
    assert not any(article.spans("boilerplate") for article in articles)


def test_order_of_articles_makes_no_difference() -> None:
    articles = [report(n, outlet="Tarn Gazette", extra=(SLOGAN,)) for n in range(4)]
    there, back = ingest.furnish(articles), ingest.furnish(articles[::-1])
    assert there == back[::-1]


def test_article_that_has_blocks_is_left_as_it_is() -> None:
    (article,) = ingest.furnish([Article(text=f"Menu\n{LEAD}")])
    assert ingest.furnish([article]) == (article,)


LINE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            LEAD,
            SECOND,
            "Advertisement",
            "By Ada Quist",
            "ORREL (Fennel) - " + LEAD,
            "Related",
            "Ada/Fennel",
            "A | B",
        ]
    ),
    st.text(alphabet='Aa./()-,’ "“1@', max_size=80),
)


@given(
    st.lists(LINE, max_size=12), st.sampled_from(["\n", "\n\n", "\r", "\u2028"]), st.one_of(st.none(), LINE)
)
@hypothesis_settings(deadline=None)
def test_blocks_are_sorted_and_disjoint_and_cover_all_that_is_not_blank(
    lines: list[str], between: str, title: str | None
) -> None:
    text = between.join(lines)
    (article,) = ingest.furnish([Article(text=text, title=title)])
    assert article.text == text
    assert list(article.blocks) == sorted(article.blocks)
    assert all(left.span.end <= right.span.start for left, right in pairwise(article.blocks))
    covered = "".join(block.span.of(text) for block in article.blocks)
    assert "".join(covered.split()) == "".join(text.split())


def test_seed_pages_show_their_furniture(seeds: list[Path]) -> None:
    pages = ingest.load(*seeds).value
    first, second = pages
    opening = [(block.role, len(block.span)) for block in first.blocks[:4]]
    assert [role for role, _ in opening] == ["navigation", "navigation", "headline", "caption"]
    assert {block.role for block in first.blocks[4:]} == {"body"}
    assert {block.role for block in second.blocks} == {"body"}


@pytest.mark.corpus
def test_a_report_is_never_lost_whole(corpora: Path) -> None:
    from secondsource.evaluate.corpora import incidents

    articles = ingest.furnish(incidents(corpora).articles[:400])
    share = [
        sum(map(len, article.body)) / len(article.text.strip())
        for article in articles
        if len(article.text) > 600
    ]
    assert sum(part < 0.5 for part in share) <= 0.03 * len(share)
