"""A reading as a page: every sentence with its names, quotes, times and events, and its tree, by displaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from .model import Reading, Sentence, Span

COLOURS: Final = {
    "PERSON": "#9ecae1",
    "ORG": "#a1d99b",
    "GPE": "#fdd0a2",
    "LOC": "#fdd0a2",
    "FAC": "#fdd0a2",
    "NORP": "#dadaeb",
    "SOURCE": "#c7e9c0",
    "CUE": "#fcbba1",
    "CONTENT": "#d9d9d9",
    "TIME": "#bcbddc",
    "EVENT": "#fc9272",
}
_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif;
  color: #1c1c1e; background: #fff; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.entities { line-height: 2.6; } .kind { color: #5f5f66; font-size: .85rem; }
summary { cursor: pointer; color: #5f5f66; font-size: .85rem; } .tree { overflow-x: auto; }
</style>
</head>
<body>
<h1>{{ title }}</h1>
{% for article in articles %}
<section>
<h2>{{ article.name }}</h2>
{% for sentence in article.sentences %}
{% if sentence.role != "body" %}<p class="kind">{{ sentence.role }}</p>{% endif %}
{{ sentence.spans | safe }}
<details><summary>Tree</summary><div class="tree">{{ sentence.tree | safe }}</div></details>
{% endfor %}
</section>
{% endfor %}
</body>
</html>
"""


def reading_page(readings: Iterable[Reading], title: str = "Readings") -> str:
    """One HTML page that shows readings, sentence by sentence; all text is escaped.

    The spans are those of displaCy's span view; a sentence's tree opens on demand.

    >>> import secondsource as ss
    >>> page = reading_page([ss.read(ss.Article(text='"It rained," said Mary Lee.'))])
    >>> "PERSON" in page and "CUE" in page
    True
    """
    from jinja2 import Environment

    page = Environment(autoescape=True, trim_blocks=True).from_string(_PAGE)
    articles = [
        {"name": reading.article.headline or reading.article.name, "sentences": list(_shown(reading))}
        for reading in readings
    ]
    return page.render(title=title, articles=articles)


def _shown(reading: Reading) -> Iterator[dict[str, str]]:
    from spacy.displacy.render import DependencyRenderer, SpanRenderer

    spans = SpanRenderer({"colors": COLOURS})
    trees = DependencyRenderer({"compact": True, "distance": 110})
    labelled = sorted(_labelled(reading))
    for sentence in reading.sentences:
        tokens = _tokens(reading, sentence)
        if not tokens:
            continue
        texts = [reading.doc[i].text for i in tokens]
        yield {
            "role": sentence.role,
            "spans": spans.render([{"tokens": texts, "spans": _within(reading, tokens, labelled)}]),
            "tree": trees.render([_tree(reading, tokens)]),
        }


def _labelled(reading: Reading) -> Iterator[tuple[Span, str]]:
    """Every span to be shown, with its label."""
    for ent in reading.doc.ents:
        yield Span(ent.start_char, ent.end_char), ent.label_
    for quote in reading.quotes:
        for label, spans in (("CONTENT", quote.content), ("CUE", quote.cue), ("SOURCE", quote.source)):
            for span in spans:
                yield span, label
    for time in reading.times:
        yield time.span, "TIME"
    for event in reading.events:
        for span in event.trigger:
            yield span, "EVENT"


def _tokens(reading: Reading, sentence: Sentence) -> list[int]:
    """The numbers of a sentence's tokens, white space left out."""
    found = reading.doc.char_span(sentence.span.start, sentence.span.end, alignment_mode="expand")
    return [token.i for token in found if not token.is_space] if found is not None else []


def _within(
    reading: Reading, tokens: list[int], labelled: Iterable[tuple[Span, str]]
) -> list[dict[str, Any]]:
    """The labelled spans in a sentence, as displaCy takes them."""
    edges = [(reading.doc[i].idx, reading.doc[i].idx + len(reading.doc[i])) for i in tokens]
    found = []
    for span, label in labelled:
        inside = [n for n, (start, end) in enumerate(edges) if start < span.end and end > span.start]
        if inside:
            found.append({"start_token": inside[0], "end_token": inside[-1] + 1, "label": label})
    return found


def _tree(reading: Reading, tokens: list[int]) -> dict[str, Any]:
    """A sentence's tree, as displaCy takes it."""
    place = {token: n for n, token in enumerate(tokens)}
    words = [{"text": reading.doc[i].text, "tag": reading.doc[i].pos_} for i in tokens]
    arcs = []
    for i in tokens:
        head = reading.doc[i].head.i
        if head != i and head in place:
            a, b = sorted((place[i], place[head]))
            way = "left" if place[i] < place[head] else "right"
            arcs.append({"start": a, "end": b, "label": reading.doc[i].dep_, "dir": way})
    return {"words": words, "arcs": arcs, "settings": {}}
