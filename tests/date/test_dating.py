"""Dating a story: what its articles state, what they tell alone, and what they tell together."""

from __future__ import annotations

import calendar as months
import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
import spacy
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.date import date_alone, date_story
from secondsource.date.constraints import Domains, Within
from secondsource.date.days import Days
from secondsource.errors import Failure
from secondsource.find.times import find_times
from secondsource.ingest import furnish, load
from secondsource.model import (
    Article,
    ArticleDate,
    Calendar,
    CopyLink,
    Interval,
    Published,
    Reading,
    Sentence,
    Span,
    Story,
)
from secondsource.read import read
from secondsource.settings import Settings

RULES = Settings(reader="rules")
EXAMPLES = Path(__file__).parents[2] / "examples"


def read_all(articles: Sequence[Article]) -> tuple[Story, dict[str, Reading]]:
    """A story of these articles, and its readings with times."""
    furnished = furnish(tuple(articles))
    readings = {r.article.id: replace(r, times=find_times(r)) for r in read(furnished, RULES)}
    return Story(id="s", title="", articles=tuple(furnished), origins=()), readings


def dated(*articles: Article) -> tuple[Calendar, tuple[Failure, ...]]:
    outcome = date_story(*read_all(articles))
    return outcome.value, outcome.failures


def days(published: Published) -> str:
    """ "2019-07-02/2019-07-03", an open end as "..", nothing known as "unknown"."""
    if published.how == "unknown":
        return "unknown"
    return f"{published.earliest or '..'}/{published.latest or '..'}"


def of(calendar: Calendar, article: str) -> ArticleDate:
    return next(d for d in calendar.dates if d.article == article)


STRIKE = Article(
    id="strike",
    published="2019-06-28",
    text="Dock workers in Port Olwen walked out on Thursday over a plan to automate the Eastern Quay, "
    "the Olwen dockers' union said.\n\nThe quay handled 40,000 containers last month.",
)
WALKOUT = Article(
    id="walkout",
    text="Port Olwen's dock workers walked out on Thursday, the Olwen dockers' union said, and the Eastern "
    "Quay stood still.",
)
BRIDGE = (
    Article(
        id="early",
        text="The suspension bridge at Karlow will reopen to lorries next week, the highways office "
        "of Karlow said.\n\nA cable of the bridge snapped in a gale earlier this month.",
    ),
    Article(
        id="late",
        text="From next week lorries may use the suspension bridge at Karlow again, where only cars have "
        "been let through.\n\nEngineers in yellow jackets have replaced the cable of the bridge that snapped "
        "in a gale last month.",
    ),
)


def test_a_stated_date_stays_as_it_is() -> None:
    calendar, failures = dated(STRIKE)
    assert calendar.date("strike") == STRIKE.published
    assert of(calendar, "strike").confidence == 1.0
    assert failures == ()


def test_an_article_that_tells_no_date_has_none() -> None:
    calendar, _ = dated(Article(id="a", text="The mayor of Karlow opened a library. Many came to see it."))
    assert days(calendar.date("a")) == "unknown"


def test_a_full_date_of_what_has_happened_is_a_lower_bound() -> None:
    calendar, _ = dated(Article(id="a", text="The library of Karlow burned down on March 3, 2018."))
    assert days(calendar.date("a")) == "2018-03-03/.."


def test_a_full_date_of_what_is_to_come_is_no_lower_bound() -> None:
    calendar, _ = dated(Article(id="a", text="The library of Karlow will be opened on March 3, 2018."))
    assert days(calendar.date("a")) == "unknown"


def test_a_full_date_in_a_later_update_is_no_lower_bound() -> None:
    text = "Update, March 9, 2018: a man was held.\n\nThe library of Karlow burned down on March 3, 2018."
    calendar, _ = dated(Article(id="a", text=text))
    published = calendar.date("a")
    assert published.earliest == date(2018, 3, 3)


def test_a_house_number_is_no_year() -> None:
    calendar, _ = dated(Article(id="a", text="Police were called to the bakery at 2006 South Karlow Avenue."))
    assert days(calendar.date("a")) == "unknown"


def test_a_line_that_says_when_it_was_posted_dates_the_page() -> None:
    text = "Posted: Friday, March 2, 2018 4:00 PM\n\nThe library of Karlow burned down on Thursday."
    calendar, _ = dated(Article(id="a", text=text))
    assert days(calendar.date("a")) == "2018-03-02/2018-03-02"


def test_an_archives_address_is_an_upper_bound() -> None:
    url = "https://web.archive.org/web/20180309120000/http://news.example/library"
    calendar, _ = dated(Article(id="a", url=url, text="The library of Karlow burned down on March 3, 2018."))
    assert days(calendar.date("a")) == "2018-03-03/2018-03-09"


def test_a_date_with_its_weekday_is_of_few_years() -> None:
    calendar, _ = dated(Article(id="a", text="The library of Karlow burned down on Saturday, March 3."))
    years = {c.interval.earliest.year for c in of(calendar, "a").candidates if c.kept and c.interval.earliest}
    assert 2018 in years
    assert all(date(year, 3, 3).isoweekday() == 6 for year in years)


def test_a_bare_weekday_is_of_the_week_after_the_day_that_dated_accounts_tell_of() -> None:
    undated = Article(
        id="other",
        text="Hundreds of dock workers walked out on Thursday at the Eastern Quay of Port Olwen, "
        "where the union fears for jobs.",
    )
    calendar, _ = dated(STRIKE, undated)
    assert days(calendar.date("other")) == "2019-06-27/2019-07-03"


def test_a_copy_of_a_dated_article_is_of_the_same_days() -> None:
    copy = Article(id="copy", text="The mayor of Karlow opened a library. Many came to see it.")
    story, readings = read_all([STRIKE, copy])
    link = CopyLink("strike", "copy", (), 0.4, 0.9)
    found = date_story(replace(story, links=(link,)), readings).value.date("copy")
    assert days(found) == "2019-06-25/2019-07-01"


def test_this_month_and_last_month_of_one_thing_put_a_months_end_between() -> None:
    calendar, _ = dated(replace(BRIDGE[0], published=Published.parse("2019-07-31")), BRIDGE[1])
    assert days(calendar.date("late")) == "2019-08-01/2019-08-04"


def test_metadata_that_the_text_contradicts_stays_and_is_reported() -> None:
    text = "The library of Karlow burned down on March 3, 2018."
    calendar, failures = dated(Article(id="a", published="2017-05-01", text=text))
    assert days(calendar.date("a")) == "2017-05-01/2017-05-01"
    assert [f.stage for f in failures] == ["date"]
    assert "2017-05-01" in failures[0].reason
    assert "March 3, 2018" in failures[0].reason


def test_every_kept_and_dropped_candidate_gives_its_reasons() -> None:
    calendar, _ = dated(*BRIDGE, STRIKE)
    for found in calendar.dates:
        assert all(candidate.evidence for candidate in found.candidates)


def test_the_order_of_articles_does_not_matter() -> None:
    told = {
        tuple(sorted((d.article, days(d.published)) for d in dated(*order)[0].dates))
        for order in permutations((STRIKE, *BRIDGE))
    }
    assert len(told) == 1


@pytest.mark.parametrize(
    "article",
    [
        Article(id="a", text="The library burned down.", url="https://news.example/2018/03/02/library-fire"),
        Article(id="a", text="The library burned down.", place="saved/karlow_20180302.txt"),
        Article(id="KAR20180302.0117", text="The library burned down."),
    ],
    ids=["address", "file name", "id"],
)
def test_a_date_in_an_address_or_a_name_dates_the_article(article: Article) -> None:
    calendar, _ = dated(article)
    assert calendar.date(article.id).earliest == date(2018, 3, 2)


@pytest.mark.parametrize("id", ["a20180302bc41f99", "story20189901x", "7720180302"])
def test_digits_that_are_no_date_are_none(id: str) -> None:
    calendar, _ = dated(Article(id=id, text="The library burned down."))
    assert days(calendar.date(id)) == "unknown"


def test_the_day_after_an_event_dates_the_event() -> None:
    text = (
        "The harbour master of Karlow said on Tuesday he would resign.\n\n"
        "His decision came the day after the council voted to close the quay."
    )
    calendar, _ = dated(Article(id="a", published="2018-03-06", text=text))
    found = {g.value for g in calendar.groundings if g.anchor == "event"}
    assert found == {"2018-03-06"}


def test_an_article_alone_is_dated_by_the_earliest_day_it_can_be_of() -> None:
    _, readings = read_all([Article(id="a", text="The library of Karlow burned down on March 3, 2018.")])
    assert date_alone(readings["a"]) == Interval(date(2018, 3, 3), date(2018, 3, 3))
    _, readings = read_all([Article(id="a", text="The library of Karlow burned down.")])
    assert date_alone(readings["a"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It burned down on February 31, 2018.",
        "In the year 0 and on 31 December 9999 the library burned down.",
        "On 24/25/26 the library burned down.",
        "Posted: February 31, 2018\n\nThe library burned down on Tuesday, the 45th of May.",
    ],
)
def test_dates_that_do_not_exist_are_no_evidence(text: str) -> None:
    calendar, failures = dated(Article(id="a", text=text), BRIDGE[0])
    assert days(calendar.date("a")) in {"unknown", "9999-12-31/.."}
    assert failures == ()


def test_an_article_of_many_expressions_is_dated() -> None:
    text = "\n\n".join(f"On Tuesday, {n} boats left the quay of Karlow for the bank." for n in range(400))
    calendar, _ = dated(Article(id="many", text=text), STRIKE)
    assert calendar.date("many").how in {"inferred", "unknown"}


def test_ten_thousand_expressions_are_laid_on_without_a_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    narrow = Within.narrow

    def counted(self: Within, domains: Domains) -> dict[str, Days]:
        looks.append(1)
        return narrow(self, domains)

    monkeypatch.setattr(Within, "narrow", counted)
    line = "On Friday, as in May 2009, boats left the quay of Karlow. "
    article = Article(id="many", text=line * 5000)
    sentences = tuple(Sentence(Span(k * len(line), (k + 1) * len(line) - 1), "body", 0) for k in range(5000))
    reading = Reading(article, spacy.blank("en")(article.text), sentences)
    story, readings = read_all([STRIKE])
    held = readings | {"many": replace(reading, times=find_times(reading))}
    calendar = date_story(replace(story, articles=(*story.articles, article)), held).value
    assert len(calendar.groundings) > 10_000
    assert len(looks) < 20_000


def test_no_date_depends_on_the_clock() -> None:
    told = []
    for year in (1991, 2061):
        with time_machine.travel(datetime(year, 5, 17)):
            assert date.today().year == year
            told.append(dated(*BRIDGE, STRIKE))
    assert told[0] == told[1]


@given(st.integers(-4000, 4000))
@settings(max_examples=15, deadline=None)
def test_stated_dates_that_move_by_weeks_move_what_is_inferred(weeks: int) -> None:
    moved = timedelta(weeks=weeks)
    here, _ = dated(STRIKE, WALKOUT)
    day = date(2019, 6, 28) + moved
    there, _ = dated(replace(STRIKE, published=Published.parse(day.isoformat())), WALKOUT)
    first, other = here.date("walkout"), there.date("walkout")
    assert first.earliest is not None
    assert first.latest is not None
    assert (other.earliest, other.latest) == (first.earliest + moved, first.latest + moved)


STORIES = tomllib.loads((EXAMPLES / "expected.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("story", sorted(STORIES))
@pytest.mark.parametrize("hidden", [False, True], ids=["as stated", "all dates hidden"])
def test_the_examples_are_dated_rightly_or_not_at_all(story: str, hidden: bool) -> None:
    told = STORIES[story]
    articles = {key: example(story, ref) for key, ref in told["articles"].items()}
    shown = [replace(a, published=None) for a in articles.values()] if hidden else list(articles.values())
    calendar, failures = dated(*shown)
    assert failures == ()
    for key, (first, last) in (told["written"] | {k: [d, d] for k, d in told["published"].items()}).items():
        found = calendar.date(articles[key].id)
        assert found.earliest is None or found.earliest <= date.fromisoformat(last)
        assert found.latest is None or found.latest >= date.fromisoformat(first)


def test_an_example_without_a_date_is_dated_to_the_weekend_by_the_month_and_the_week() -> None:
    told = STORIES["rate-decision"]["articles"]
    articles = {key: example("rate-decision", ref) for key, ref in told.items()}
    calendar, _ = dated(*articles.values())
    assert days(calendar.date(articles["observer"].id)) == "2025-02-01/2025-02-02"


def example(story: str, ref: str) -> Article:
    file, _, line = ref.partition("#")
    return load(EXAMPLES / story / file).value[int(line) - 1 if line else 0]


def test_the_seeds_are_dated_to_the_day_and_the_week(seeds: list[Path]) -> None:
    plain = (seeds[0].parent / "expected.md").read_text(encoding="utf-8")
    expected = re.findall(r"\*\*B ([\d-]+); A ([\d-]+) to ([\d-]+)\*\*", plain)
    [(later, first, last)] = expected
    texts = [path.read_text(encoding="utf-8") for path in seeds]
    calendar, failures = dated(*(Article(id=str(n), text=text) for n, text in enumerate(texts)))
    assert failures == ()
    assert days(calendar.date("0")) == f"{first}/{last}"
    assert days(calendar.date("1")) == f"{later}/{later}"


def test_a_later_caption_moves_the_seeds_to_the_next_week_that_holds_a_months_end(seeds: list[Path]) -> None:
    texts, caption = seeds_and_caption(seeds)
    month = (caption.month + 2) % 12 + 1
    moved = texts[0].replace(
        months.month_name[caption.month] + f" {caption.day}", f"{months.month_name[month]} {caption.day}"
    )
    assert moved != texts[0]
    calendar, _ = dated(Article(id="0", text=moved), Article(id="1", text=texts[1]))
    after = date(caption.year, month, caption.day)
    tuesdays = [after + timedelta(days=n) for n in range(90) if (after + timedelta(days=n)).isoweekday() == 2]
    expected = next(day for day in tuesdays if (day + timedelta(days=5)).month != day.month)
    assert days(calendar.date("1")) == f"{expected}/{expected}"


def test_without_the_caption_the_seeds_keep_all_candidates(seeds: list[Path]) -> None:
    texts, caption = seeds_and_caption(seeds)
    cut = "\n".join(line for line in texts[0].splitlines() if f"{caption.day}, {caption.year}" not in line)
    calendar, _ = dated(Article(id="0", text=cut), Article(id="1", text=texts[1]))
    found = of(calendar, "1")
    weeks = {
        c.interval.earliest.isocalendar()[:2] for c in found.candidates if c.kept and c.interval.earliest
    }
    assert len(weeks) > 4
    assert found.published.earliest != found.published.latest


def seeds_and_caption(seeds: list[Path]) -> tuple[list[str], date]:
    """The texts of the seeds, and the day of the caption in the first."""
    texts = [path.read_text(encoding="utf-8") for path in seeds]
    name, day, year = re.findall(r"([A-Z][a-z]+) (\d+), (\d{4})", texts[0])[0]
    return texts, date(int(year), list(months.month_name).index(name), int(day))
