"""TimeML: a document whose text is the article's and whose expressions have values and anchors."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from secondsource.date.ground import ground_reading
from secondsource.date.timeml import timeml
from secondsource.find.times import find_times
from secondsource.model import Article, ArticleDate, Calendar
from secondsource.read import read
from secondsource.settings import Settings

TEXT = (
    'Profit & loss <b>rose</b> in the first quarter. Sales were flat from a year earlier, "the end of 2010".'
)


def document(text: str, published: str | None) -> ET.Element:
    reading = next(read([Article(text=text, published=published, id="a1")], Settings(reader="rules")))
    reading = replace(reading, times=find_times(reading))
    stated = reading.article.published
    dates = (ArticleDate("a1", stated),) if stated else ()
    calendar = Calendar(dates, ground_reading(reading, stated.earliest if stated else None))
    return ET.fromstring(timeml(reading.article, reading, calendar))


def test_text_is_the_articles_to_the_letter() -> None:
    body = document(TEXT, "2019-04-30").find("TEXT")
    assert body is not None
    assert "".join(body.itertext()) == TEXT


def test_expressions_have_value_type_and_anchor() -> None:
    found = document(TEXT, "2019-04-30").findall("TEXT/TIMEX3")
    assert [(t.text, t.get("type"), t.get("value"), t.get("anchorTimeID"), t.get("mod")) for t in found] == [
        ("the first quarter", "DATE", "2019-Q1", "t0", None),
        ("a year earlier", "DATE", "2018-Q1", "t1", None),
        ("the end of 2010", "DATE", "2010", None, "END"),
    ]


def test_ids_count_from_the_creation_time() -> None:
    root = document(TEXT, "2019-04-30")
    created = root.find("DCT/TIMEX3")
    assert created is not None
    assert (created.get("tid"), created.get("value"), root.findtext("DOCID")) == ("t0", "2019-04-30", "a1")
    assert [t.get("tid") for t in root.findall("TEXT/TIMEX3")] == ["t1", "t2", "t3"]


def test_article_without_a_date_has_a_blank_creation_time() -> None:
    created = document("It fell last week.", None).find("DCT/TIMEX3")
    assert created is not None
    assert created.get("value") == "XXXX-XX-XX"


def test_what_xml_cannot_hold_is_left_out() -> None:
    body = document("It fell\x00 last \ud800week.", "2019-04-30").find("TEXT")
    assert body is not None
    assert "".join(body.itertext()) == "It fell last week."
