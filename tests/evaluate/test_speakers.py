"""The labelled speakers: where they stand, and when a resolved one is right."""

from pathlib import Path

import pytest

from secondsource.evaluate.quotes import labelled
from secondsource.evaluate.speakers import SAMPLES, labels, speaker_figures
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


SECOND = '{"document":"d","cue":[59,63],"name":null}\n'


def shares(of: Reading, folder: Path) -> list[tuple[str, float, int]]:
    first, second = folder / "first.jsonl", folder / "second.jsonl"
    first.write_text('{"document":"d","cue":[32,36],"name":[0,8]}\n' + SECOND)
    second.write_text(SECOND)
    gold = [
        Quote("indirect", content, (cue,), (source,), Speaker(None, "unknown"))
        for source, cue, content in (
            (Span(28, 31), Span(32, 36), (Span(37, 48),)),
            (Span(50, 58), Span(59, 63), (Span(64, 66),)),
        )
    ]
    figures = speaker_figures([(of, gold)], {"first": first, "second": second})
    return [(one.name, one.value, one.n) for one in figures]


def test_a_name_counts_where_the_label_has_it_and_a_role_where_it_has_none(tmp_path: Path) -> None:
    assert shares(reading("She"), tmp_path)[0] == ("first", 1.0, 2)


def test_a_pronoun_left_open_is_wrong_where_the_label_has_a_name(tmp_path: Path) -> None:
    assert shares(reading("it"), tmp_path)[0] == ("first", 0.5, 2)


def test_each_sample_is_a_figure_of_its_own(tmp_path: Path) -> None:
    assert shares(reading("it"), tmp_path)[1] == ("second", 1.0, 1)


def test_every_label_is_a_gold_attribution_of_the_development_part() -> None:
    place = settings().data / "quotes" / "polnear-dev.jsonl"
    if not place.is_file():
        pytest.skip(f"{place} is not there")
    cues = {(article.id, one.cue[0]) for article, gold in labelled(place) for one in gold}
    found = {name: {(one.document, one.cue) for one in labels(sample)} for name, sample in SAMPLES.items()}
    assert {name: len(sample) for name, sample in found.items()} == {"speaker": 200, "speaker_second": 100}
    assert found["speaker"] | found["speaker_second"] <= cues
    assert not found["speaker"] & found["speaker_second"]
