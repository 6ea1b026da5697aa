"""The labelled speakers: where they stand, and when a resolved one is right."""

from pathlib import Path

import pytest

from secondsource.evaluate import speakers
from secondsource.evaluate.quotes import labelled
from secondsource.evaluate.speakers import labels, speaker_figure
from secondsource.model import Article, Entity, Mention, Quote, Reading, Span, Speaker
from secondsource.read import read
from secondsource.settings import Settings, settings

TEXT = "Mary Lee opened the bridge. She said it was safe. A driver said so, too."
PLAIN = Settings(reader="rules")


def reading(mention: str) -> Reading:
    (only,) = read([Article(text=TEXT, id="d")], settings=PLAIN)
    at = TEXT.index(mention)
    forms = (Mention(Span(0, 8), "name"), Mention(Span(at, at + len(mention)), "pronoun"))
    return Reading(only.article, only.doc, only.sentences, (Entity("e1", "Mary Lee", "PERSON", forms),))


def share(of: Reading, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> float:
    place = tmp_path / "speakers.jsonl"
    place.write_text(
        '{"document":"d","cue":[32,36],"name":[0,8]}\n{"document":"d","cue":[59,63],"name":null}\n'
    )
    rows = tuple(labels(place))
    monkeypatch.setattr(speakers, "labels", lambda: iter(rows))
    gold = [
        Quote("indirect", content, (cue,), (source,), Speaker(None, "unknown"))
        for source, cue, content in (
            (Span(28, 31), Span(32, 36), (Span(37, 48),)),
            (Span(50, 58), Span(59, 63), (Span(64, 66),)),
        )
    ]
    return speaker_figure([(of, gold)]).value


def test_a_name_counts_where_the_label_has_it_and_a_role_where_it_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert share(reading("She"), monkeypatch, tmp_path) == 1.0


def test_a_pronoun_left_open_is_wrong_where_the_label_has_a_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert share(reading("it"), monkeypatch, tmp_path) == 0.5


def test_every_label_is_a_gold_attribution_of_the_development_part() -> None:
    place = settings().data / "quotes" / "polnear-dev.jsonl"
    if not place.is_file():
        pytest.skip(f"{place} is not there")
    cues = {(article.id, one.cue[0]) for article, gold in labelled(place) for one in gold}
    found = [(label.document, label.cue) for label in labels()]
    assert len(set(found)) == 200
    assert set(found) <= cues
