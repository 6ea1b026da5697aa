"""TimeML: a document whose text is the article's and whose expressions have values and anchors."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from secondsource.date.ground import ground_reading
from secondsource.date.timeml import timeml
from secondsource.evaluate.times import documents, timexes
from secondsource.find.times import find_times
from secondsource.model import Article, ArticleDate, Calendar, Interval
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


ATTRIBUTES = {
    "tid": r"t\d+",
    "type": "DATE|TIME|DURATION|SET",
    "value": r"[A-Z0-9X:+-]+|(?:PAST|PRESENT|FUTURE)_REF",
    "mod": "BEFORE|AFTER|ON_OR_BEFORE|ON_OR_AFTER|LESS_THAN|MORE_THAN|EQUAL_OR_LESS|EQUAL_OR_MORE"
    "|START|MID|END|APPROX",
    "anchorTimeID": r"t\d+",
    "temporalFunction": "true|false",
    "functionInDocument": "CREATION_TIME|NONE",
}
"""The attributes of TIMEX3 in TimeML 1.2.1 that are written, each with the values it may have."""
NEEDED = {"tid", "type", "value"}


def faults(root: ET.Element) -> list[str]:
    """What in a document is not as TimeML 1.2.1 has it, as far as times go."""
    timexes = list(root.iter("TIMEX3"))
    ids = [t.get("tid") for t in timexes]
    wrong = [f"missing {name}" for t in timexes for name in NEEDED - set(t.keys())]
    wrong += [
        f"{name}={value}"
        for t in timexes
        for name, value in t.items()
        if name not in ATTRIBUTES or not re.fullmatch(ATTRIBUTES[name], value)
    ]
    wrong += [f"tid {i} twice" for i in ids if ids.count(i) > 1]
    wrong += [f"no {t.get('anchorTimeID')}" for t in timexes if t.get("anchorTimeID") not in {None, *ids}]
    wrong += ["nested" for t in timexes if len(t)]
    created = root.findall("DCT/TIMEX3[@functionInDocument='CREATION_TIME']")
    parts = [child.tag for child in root if child.tag != "TITLE"]
    return wrong + ([] if len(created) == 1 and parts == ["DOCID", "DCT", "TEXT"] else [f"parts {parts}"])


ALL_KINDS = (
    "He left on May 3, 2009, more than two years ago, around 7:15 p.m. on Friday. They meet twice a week, "
    "in early June, and the day after the vote, said two people. It is now the 1990s; soon the 20th century "
    "was over."
)


@pytest.mark.parametrize("published", ["2019-04-30", "2019-04", None])
def test_export_keeps_to_the_schema_of_timeml(published: str | None) -> None:
    root = document(ALL_KINDS, published)
    assert len(root.findall("TEXT/TIMEX3")) > 8
    assert faults(root) == []


def test_gold_documents_have_the_structure_of_the_export(corpora: Path) -> None:
    ours = document(ALL_KINDS, "2019-04-30")
    for place in sorted((corpora / "time" / "timebank").glob("*.tml"))[:20]:
        gold = ET.parse(place).getroot()
        assert gold.tag == ours.tag
        assert {child.tag for child in ours} <= {child.tag for child in gold} | {"TITLE"}
        created = gold.find("DCT/TIMEX3")
        assert created is not None
        assert created.get("functionInDocument") == "CREATION_TIME"


def test_an_exported_document_is_read_as_a_gold_one_is(tmp_path: Path) -> None:
    reading = next(read([Article(text=ALL_KINDS, published="2019-04-30", id="a1")], Settings(reader="rules")))
    reading = replace(reading, times=find_times(reading))
    stated = reading.article.published
    assert stated is not None
    calendar = Calendar((ArticleDate("a1", stated),), ground_reading(reading, stated.earliest))
    (tmp_path / "a1.tml").write_text(timeml(reading.article, reading, calendar), "utf-8")
    (document_read,) = documents(tmp_path)
    assert document_read.article.text == ALL_KINDS
    assert document_read.gold == timexes(reading, Interval(stated.earliest, stated.latest))
