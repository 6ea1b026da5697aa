"""What every stage must keep: same input same output, articles untouched, odd input survived."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from secondsource.api import group
from secondsource.brief import to_dict, to_html, to_text
from secondsource.model import Article, Reading, Story
from secondsource.model.codec import decode, encode
from secondsource.pipeline import story_pipeline

FERRY = (
    'VESSMOUTH (Pelorus) - A ferry with 164 people on board hit a freighter on Tuesday, killing nine, the '
    'coast guard said. "We had less than two minutes," said its commander, Tomas Ekdahl.\n\n'
    "Six people were still missing in the evening. Divers will resume the search next week."
)  # fmt: skip
OTHER = (
    "Nine people died when a ferry and a freighter collided in fog on Tuesday. Commander Tomas Ekdahl told "
    'reporters: "We had less than two minutes." A report was expected in November.'
)
ODD = {
    "one word": "Rain",
    "emoji only": "😀😀 🎉🎉 👩‍👩‍👧",
    "numbers only": "1 2 3 4,000 5.5 -6 7/8/9 24/25/26 10:99",
    "one long word": "a" * 5_000,
    "controls": "Bell\x07 and\x00 null \u202e reversed \ufeff mark said he.",
    "mixed languages": "The mayor said: Добрый день. Il pleut. 雨が降っています。 And it rained.",
    "quotes only": '"""""\'\'\'“”‘’«»„“',
    "blank lines": "\n\n\n It rained. \n\n\n\t\n It stopped.\n\n",
    "no sentence end": "weather traffic sport " * 400,
    "combining": "e\u0301" * 300 + " said the mayor.",
}


def told(story: Story) -> dict[str, Any]:
    return story_pipeline().run(story=story).value


def as_json(value: Any) -> str:
    if isinstance(value, dict):
        return json.dumps({key: encode(inner) for key, inner in sorted(value.items())})
    if isinstance(value, tuple):
        return json.dumps([encode(inner) for inner in value])
    return json.dumps(to_dict(value) if type(value).__name__ == "Brief" else encode(value))


@pytest.fixture(scope="module")
def story() -> Story:
    (found, *_) = group([Article(text=FERRY, outlet="A"), Article(text=OTHER, outlet="B")])
    return found


STAGES = [stage.gives for stage in story_pipeline().stages]


@pytest.mark.parametrize("value", STAGES)
def test_the_same_story_gives_the_same_value_twice(story: Story, value: str) -> None:
    assert as_json(told(story)[value]) == as_json(told(story)[value])


@pytest.mark.parametrize("value", [name for name in STAGES if name != "brief"])
def test_what_a_stage_gives_comes_back_through_the_codec(story: Story, value: str) -> None:
    made = told(story)[value]
    for one in made.values() if isinstance(made, dict) else [made]:
        assert decode(json.loads(json.dumps(encode(one)))) == one


def test_no_stage_changes_an_article(story: Story) -> None:
    before = [encode(article) for article in story.articles]
    told(story)
    assert [encode(article) for article in story.articles] == before


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_text_goes_through_every_stage_with_its_offsets_exact(text: str) -> None:
    (story,) = group([Article(text=text, id="odd")])
    values = told(story)
    reading: Reading = values["findings"]["odd"]
    assert reading.doc.text == text
    for token in reading.doc:
        assert text[token.idx : token.idx + len(token)] == token.text
    assert_citations_hold(values["brief"])


def assert_citations_hold(brief: Any) -> None:
    texts = {article.id: article.text for article in brief.story.articles}
    citations = [c for p in brief.points for c in p.accounts]
    citations += [w.citation for u in brief.utterances for w in u.wordings]
    citations += [c for entry in brief.timeline for c in entry.citations]
    citations += [c for member in brief.cast for c in member.citations]
    for citation in citations:
        parts = [span.of(texts[citation.article]) for span in citation.spans]
        assert citation.text in (" ".join(parts), "".join(parts), " … ".join(parts), " [...] ".join(parts))


def test_every_citation_of_the_story_round_trips(story: Story) -> None:
    assert_citations_hold(told(story)["brief"])


@pytest.mark.parametrize(
    "render", [lambda b: to_text([b]), lambda b: to_html([b]), lambda b: str(to_dict(b))]
)
def test_renderers_give_the_same_text_twice(story: Story, render: Callable[[Any], str]) -> None:
    brief = told(story)["brief"]
    assert render(brief) == render(brief)


def test_two_identical_accounts_are_one_origin() -> None:
    (story,) = group([Article(text=FERRY, outlet="A"), Article(text=FERRY, outlet="B")])
    brief = told(story)["brief"]
    assert len(story.origins) == 1
    assert [point for point in brief.points if point.kind != "only_here"] == []


def test_nothing_gives_nothing() -> None:
    assert group([]) == []
