"""Certainty: what a cue and its content make of the thing said."""

import pytest

from secondsource.find.certainty import find_certainty
from secondsource.model import Article, Span
from secondsource.read import read
from secondsource.settings import Settings

PLAIN = Settings(reader="rules")


def certainty(cue: str, content: str) -> str:
    text = f"Lee {cue} {content}."
    (reading,) = read([Article(text=text)], settings=PLAIN)
    start = text.index(content)
    return find_certainty(reading, (Span(4, 4 + len(cue)),), (Span(start, start + len(content)),))


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("said", "that the bridge is safe", "asserted"),
        ("denied", "that the bridge is safe", "denied"),
        ("alleged", "that the bridge is safe", "alleged"),
        ("vowed", "to build the bridge", "planned"),
        ("expects", "the bridge to open in May", "expected"),
        ("feared", "that the bridge was broken", "possible"),
        ("believes", "that the bridge is safe", "believed"),
        ("called for", "a new bridge", "asked"),
        ("urged", "the town to build a bridge", "asked"),
        ("said", "that the bridge may be safe", "possible"),
        ("said", "that the town will build a bridge", "planned"),
        ("did not say", "whether the bridge is safe", "unknown"),
        ("asked", "whether the bridge is safe", "asked"),
        ("does not believe", "that the bridge is safe", "denied"),
        ("reportedly said", "that the bridge is safe", "asserted"),
    ],
)
def test_the_cue_and_the_content_decide_together(cue: str, content: str, expected: str) -> None:
    assert certainty(cue, content) == expected


def test_a_quote_without_a_cue_is_asserted() -> None:
    text = '"The bridge is safe."'
    (reading,) = read([Article(text=text)], settings=PLAIN)
    assert find_certainty(reading, (), (Span(0, len(text)),)) == "asserted"
