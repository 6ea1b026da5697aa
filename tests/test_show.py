"""The page of a reading shows every sentence with what was found, and no text of an article as markup."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

import secondsource as ss
from secondsource.cli import app
from secondsource.show import reading_page


def test_names_quotes_times_and_events_are_labelled() -> None:
    article = ss.Article(text='Mary Lee left Boston on Monday. "It rained," she said.', title="Rain")
    page = reading_page([ss.read(article)])
    for label in ("PERSON", "GPE", "TIME", "EVENT", "CUE", "CONTENT", "SOURCE"):
        assert label in page
    assert page.count("<svg") == len(ss.read(article).sentences)


def test_markup_in_an_article_is_text() -> None:
    article = ss.Article(text="The sign read <script>alert(1)</script> to Mary Lee.", title="<b>Sign</b>")
    page = reading_page([ss.read(article)], title="<i>t</i>")
    assert "<script" not in page
    assert "<b>Sign" not in page
    assert "<i>t" not in page


def test_an_article_without_words_gives_a_page() -> None:
    assert "<h2>" in reading_page([ss.read(ss.Article(text="🙂🙂", title="Faces"))])


def test_read_writes_one_page_where_asked(examples: Path, tmp_path: Path) -> None:
    page = tmp_path / "reading.html"
    source = examples / "lisbon-visit" / "coast-letter.txt"
    result = CliRunner().invoke(app, ["read", str(source), "--html", str(page), "--quiet"])
    assert result.exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
