"""Agencies and houses: read from the forms in which papers credit them."""

from __future__ import annotations

import pytest

from secondsource.group.agencies import publisher, registrable, source_of
from secondsource.model import Article, Block, Span

from .prose import BUDGET, OWN


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"LONDON (Reuters) - {OWN}", "Reuters"),
        (f"PARIS, March 5 (AFP) – {OWN}", "Agence France-Presse"),
        (f"By Jo March and Al Lee HARN (Reuters) - {OWN}", "Reuters"),
        (f"HARN, Norway (AP) -- {OWN}", "Associated Press"),
        (f"A night on a train\n\nBy The Associated Press\n\n{OWN}", "Associated Press"),
        (f"A night on a train\n\nBy JO MARCH, Associated Press\n\n{OWN}", "Associated Press"),
        (f"A night on a train\n\nBy JO MARCH AP Transport Writer\n\n{OWN}", "Associated Press"),
        (f"Posted 3:57 pm, March 5, 2024, by Associated Press\n\n{OWN}", "Associated Press"),
        (f"The Associated Press | Tuesday, March 5, 2024, 7:24 a.m.\n\n{OWN}", "Associated Press"),
        (f"Reuters•\n\n{OWN}", "Reuters"),
        (f"{OWN}\n\n© 2024 Agence France-Presse", "Agence France-Presse"),
        (f"{OWN}\n\nCopyright 2024 The Associated Press. All rights reserved.", "Associated Press"),
        (f"A night on a train\n\nBy JO MARCH, CNN, AP\n\n{OWN}", "CNN"),
        (f"BRISK (Corvus News) — {OWN}", "Corvus News"),
    ],
)
def test_an_agency_is_read_from_dateline_byline_or_copyright(text: str, agency: str) -> None:
    assert source_of(Article(text=text)).agencies == (agency,)


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        f"{OWN}\n\nThe Associated Press contributed to this report.",
        f"{OWN}\n\nAdditional reporting by Reuters",
        f"Trains stand still near Brisk. (AP Photo/Jo March)\n\n{OWN}",
        f"Jo March / Reuters\n\n{OWN}",
        f"Trains stand still near Brisk. (Al Lee/AFP via Getty Images)\n\n{OWN}",
        f"Jo March, AP\n\n{OWN}",
        f"A spokesman told Reuters on Monday that the line was safe.\n\n{OWN}",
        f"The company (founded in 1921) - {OWN}",
    ],
)
def test_what_credits_a_picture_or_a_part_does_not_credit_the_text(text: str) -> None:
    assert source_of(Article(text=text)).agencies == ()


def test_a_contribution_is_a_weak_credit() -> None:
    (credit,) = source_of(Article(text=f"{OWN}\n\nThe Associated Press contributed to this report.")).credits
    assert (credit.agency, credit.strong) == ("Associated Press", False)


@pytest.mark.parametrize(
    "article",
    [
        Article(text=OWN, source="Reuters"),
        Article(text=OWN, outlet="Reuters"),
        Article(text=OWN, authors=("Jo March", "Reuters")),
    ],
)
def test_an_agency_named_by_the_feed_is_believed(article: Article) -> None:
    assert source_of(article).agencies == ("Reuters",)


def test_a_line_below_a_picture_is_not_read() -> None:
    text = f"Associated Press\n\n{OWN}"
    blocks = (Block(Span(0, 16), "caption"), Block(Span(18, len(text)), "body"))
    assert source_of(Article(text=text, blocks=blocks)).agencies == ()


def test_a_long_line_of_odd_signs_is_read_in_no_time() -> None:
    text = "By " + "a-" * 100 + "\n\n" + "By A, " * 30 + "\n\n" + OWN
    assert source_of(Article(text=text)).agencies == ()


@pytest.mark.parametrize(
    ("outlet", "house"),
    [
        ("The New York Times", "New York Times"),
        ("nytimes.com", "New York Times"),
        ("Harn Herald", "harn herald"),
        ("https://www.harnherald.example/news/1", "harnherald.example"),
        ("news.google.com", None),
        ("Yahoo! News", None),
        (None, None),
    ],
)
def test_a_house_is_known_by_its_names_and_domains(outlet: str | None, house: str | None) -> None:
    assert publisher(Article(text=BUDGET, outlet=outlet)) == house


def test_an_address_without_an_outlet_tells_the_house() -> None:
    assert publisher(Article(text=BUDGET, url="http://www.harnherald.co.uk/a/b?c")) == "harnherald.co.uk"


def test_a_registrable_domain_has_one_label_before_the_public_ones() -> None:
    assert registrable("www.news.example.com.au") == "example.com.au"
    assert registrable("Not a host") is None
