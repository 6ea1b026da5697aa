"""The small parts of a brief: letters, dates, marks, the axis, paragraphs, colours."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.brief import words
from secondsource.brief.axis import axis
from secondsource.brief.contrast import contrast
from secondsource.brief.passages import number_at, paragraphs
from secondsource.model import Article, Block, Published, Span

DAY = date(2031, 3, 12)


def test_letters_go_on_after_z() -> None:
    letters = [words.letter(n) for n in range(1_000)]
    assert letters[:3] == ["A", "B", "C"]
    assert letters[24:29] == ["Y", "Z", "AA", "AB", "AC"]
    assert len(set(letters)) == 1_000


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (DAY, DAY, "12 March 2031"),
        (DAY, date(2031, 3, 14), "12–14 March 2031"),
        (DAY, date(2031, 4, 2), "12 March – 2 April 2031"),
        (date(2030, 12, 30), date(2031, 1, 2), "30 December 2030 – 2 January 2031"),
        (date(2031, 2, 1), date(2031, 2, 28), "February 2031"),
        (date(2031, 2, 1), date(2031, 3, 31), "February–March 2031"),
        (date(2030, 11, 1), date(2031, 1, 31), "November 2030 – January 2031"),
        (date(2031, 1, 1), date(2031, 12, 31), "2031"),
        (date(2030, 1, 1), date(2031, 12, 31), "2030–2031"),
        (None, DAY, "by 12 March 2031"),
        (DAY, None, "from 12 March 2031 on"),
        (None, None, "date unknown"),
        (date(9999, 12, 1), date.max, "December 9999"),
    ],
)
def test_an_interval_is_said_as_shortly_as_it_can_be(
    first: date | None, last: date | None, said: str
) -> None:
    assert words.interval(first, last) == said


def test_an_inferred_date_is_called_so() -> None:
    assert words.published(Published(DAY, DAY, None, "inferred")) == "12 March 2031, inferred"
    assert words.published(Published()) == "date unknown"


def test_a_share_that_is_not_nothing_is_not_printed_as_nothing() -> None:
    assert [words.percent(x) for x in (0, 0.001, 0.5, 0.999, 1)] == [
        "0%",
        "under 1%",
        "50%",
        "over 99%",
        "100%",
    ]


def test_spans_that_do_not_touch_are_parted_by_an_ellipsis() -> None:
    article = Article(text="The mayor, a former teacher,\nresigned today.")
    assert words.quoted(article, (Span(0, 9), Span(28, 37))) == "The mayor … resigned"
    assert words.quoted(article, (Span(28, 37), Span(38, 44))) == "resigned today."


def marked(*texts: str, figures: bool = False) -> list[list[str]]:
    return [
        [run.text for run in cell if run.marked] for cell in contrast(texts, "value" if figures else None)
    ]


def test_words_that_only_one_cell_has_are_marked() -> None:
    assert marked(
        "She went there to get a new licence",
        "She went there to obtain a new licence which she never collected",
    ) == [["get"], ["obtain", "never collected"]]


def test_figures_are_marked_where_they_are_not_the_same() -> None:
    assert marked("injuring 14 people", "12 people hurt", figures=True) == [["14"], ["12"]]
    assert marked("injuring 14 people", "14 people hurt", figures=True) == [[], []]


def test_cells_with_nothing_in_common_are_not_marked() -> None:
    assert marked("Police suspect arson", "There was no sign of a crime") == [[], []]


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4), st.booleans())
def test_marks_lose_no_character(texts: list[str], figures: bool) -> None:
    assert [
        "".join(run.text for run in cell) for cell in contrast(texts, "value" if figures else None)
    ] == texts


def test_a_short_axis_is_to_scale_and_a_long_one_is_not() -> None:
    short = axis([(date(2031, 3, 1), date(2031, 3, 10)), (date(2031, 3, 11), date(2031, 3, 20))])
    assert short is not None
    assert short.scaled
    bar = short.bar((date(2031, 3, 11), date(2031, 3, 20)))
    assert bar is not None
    assert (bar.left, bar.right) == (50.0, 100.0)
    long = axis([(date(2001, 1, 1), date(2001, 1, 1)), (date(2031, 3, 12), date(2031, 3, 12))])
    assert long is not None
    assert not long.scaled


def test_an_axis_without_dates_is_none() -> None:
    assert axis([(None, None)]) is None


days = st.one_of(st.none(), st.dates())


@given(st.lists(st.tuples(days, days), min_size=1, max_size=8))
def test_bars_lie_on_the_axis_in_the_order_of_time(pairs: list[tuple[date | None, date | None]]) -> None:
    ordered = [(a, b) if a is None or b is None or a <= b else (b, a) for a, b in pairs]
    line = axis(ordered)
    if line is None:
        assert all(pair == (None, None) for pair in ordered)
        return
    for first, last in ordered:
        bar = line.bar((first, last))
        if bar is not None:
            assert 0 <= bar.left <= bar.right <= 100
    places = [tick.at for tick in line.ticks()]
    assert places == sorted(places)


@given(st.text(alphabet=st.characters(codec=None), max_size=80), st.data())
def test_paragraphs_hold_all_the_text_at_its_place(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    article = Article(text=text, blocks=(Block(Span(cut // 2, cut), "caption"),))
    found = paragraphs(article)
    assert "".join("".join(p.span.of(text).split()) for p in found) == "".join(text.split())
    for number, paragraph in enumerate(found, start=1):
        assert paragraph.number == number
        assert len(paragraph.text) == len(paragraph.span)
        assert number_at(found, paragraph.span.start) == number


def colours() -> dict[str, list[str]]:
    """The colours of the accounts and the paper, by theme, as the style sheet has them."""
    css = (resources.files("secondsource.brief") / "templates" / "brief.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")[:2]
    return {
        name: re.findall(r"--(?:paper|on|c\d): (#\w{6})", part)[:10]
        for name, part in (("light", light), ("dark", dark))
    }


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def ratio(one: str, two: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""
    first, second = sorted(
        (sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, two)),
        reverse=True,
    )
    return (first + 0.05) / (second + 0.05)


# How people without one kind of cone see linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
SIGHT = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no M": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "no L": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no S": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIE L*a*b* of linear RGB."""
    r, g, b = (min(1.0, max(0.0, c)) for c in rgb)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_can_be_read_on_its_ground(theme: str) -> None:
    paper, on, *accounts = colours()[theme]
    assert len(accounts) == 8
    assert min(ratio(c, paper) for c in accounts) >= 4.5
    assert min(ratio(c, on) for c in accounts) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_colours_stay_apart_for_every_eye(theme: str, sight: str) -> None:
    seen = {
        colour: lab([sum(m * c for m, c in zip(row, linear(colour), strict=True)) for row in SIGHT[sight]])
        for colour in colours()[theme][2:]
    }
    apart = {
        (a, b): sum((x - y) ** 2 for x, y in zip(seen[a], seen[b], strict=True)) ** 0.5
        for a, b in combinations(seen, 2)
    }
    assert min(apart.values()) >= 12, min(apart, key=apart.__getitem__)
