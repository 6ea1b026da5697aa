"""The corpora come out as articles with their ids and labels, when they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondsource.errors import InputError
from secondsource.evaluate import corpora
from secondsource.settings import settings


def test_missing_corpus_says_which_setting_to_give(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="SECONDSOURCE_DATA"):
        corpora.roundups(tmp_path)


def test_helsinki_paragraph_marks_become_paragraphs_and_scrape_times_are_not_dates(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "helsinki.csv").write_text(
        "id,publisher,scrape_time,text\n7,example.org,2018-07-15T07:54:28-04:00,One. ### Two.\n",
        encoding="utf-8",
    )
    (article,) = corpora.helsinki(tmp_path).articles
    assert (article.id, article.outlet, article.text) == ("7", "example.org", "One.\n\nTwo.")
    assert article.published is None


@pytest.mark.corpus
def test_roundups_label_every_article_with_its_story() -> None:
    if not (settings().data / "stories").is_dir():
        pytest.skip("no evaluation corpora at SECONDSOURCE_DATA")
    corpus = corpora.roundups(settings().data)
    assert {article.id for article in corpus.articles} == set(corpus.labels)
