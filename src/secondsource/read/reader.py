"""Reading articles: from text to a `Reading`, in batches, by any spaCy pipeline."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from ..errors import Failure, ModelError
from ..model import Article, Reading, Sentence, Span
from ..progress import Progress, silent
from ..settings import Settings
from ..settings import settings as default_settings
from .coref import entities, keep_chains, resolve
from .layout import Paragraph, paragraphs
from .network import weights_folder
from .plan import Plan, plan_text
from .sentences import split
from .tokens import make_doc

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Layout: TypeAlias = Sequence[Paragraph]

OURS: Final = "secondsource"
"""The setting `reader` for our own trained reader."""

RULES: Final = "rules"
"""The setting `reader` for sentences by fixed rules and nothing else: no tags, trees or names."""


def read(
    articles: Iterable[Article], settings: Settings | None = None, progress: Progress = silent
) -> Iterator[Reading]:
    """Read each article, in order; articles are read ahead of the readings that are taken.

    Only the first `settings.max_read_characters` of a text are read: see `unread`.

    Raises:
        ModelError: when the pipeline named by `settings.reader` is not installed, or the weights are
            missing or do not fit.
    """
    settings = settings or default_settings()
    queue = tuple(articles)
    nlp = pipeline(settings.reader, settings.weights, settings.threads)
    read_docs = _read_with_ours if settings.reader == OURS else _read_with_another
    ahead: deque[Layout] = deque()
    docs = read_docs(nlp, queue, ahead, settings.max_read_characters)
    for done, (article, doc) in enumerate(zip(queue, docs, strict=True)):
        progress("read", done, len(queue))
        layout = ahead.popleft()
        chains = resolve(doc)
        keep_chains(doc, chains)
        yield Reading(article, doc, sentences(doc, layout), entities(doc, chains))
    progress("read", len(queue), len(queue))


def unread(article: Article, settings: Settings | None = None) -> Failure | None:
    """What of an article is too long to be read, as a failure; `None` when all of it is read."""
    most = (settings or default_settings()).max_read_characters
    if len(article.text) <= most:
        return None
    reason = f"only the first {most:,} of {len(article.text):,} characters are read"
    return Failure(stage="read", where=article.name, reason=reason)


@lru_cache(maxsize=4)
def pipeline(name: str, weights: Path | None = None, threads: int = 2) -> Language:
    """The spaCy pipeline of this name, loaded once a process.

    Raises:
        ModelError: when it is not installed.
    """
    import spacy

    if name == RULES:
        return spacy.blank("en")
    if name == OURS:
        nlp = spacy.blank("en")
        config = {"weights": str(weights_folder(weights)), "threads": threads}
        nlp.add_pipe("secondsource_reader", config=config)
        return nlp
    try:
        return spacy.load(name)
    except OSError as error:
        reason = f"no spaCy pipeline {name!r} is installed; install it or set reader={OURS!r}"
        raise ModelError(reason) from error


def _read_with_ours(
    nlp: Language, articles: Iterable[Article], layouts: deque[Layout], most: int
) -> Iterator[Doc]:
    """The articles' Docs in order; the layout of each article read ahead is appended to `layouts`."""
    from .component import Reader

    (_, component), *_ = nlp.pipeline
    assert isinstance(component, Reader)
    pieces = component.network.pieces

    def plans() -> Iterator[Plan]:
        for article in articles:
            layouts.append(paragraphs(article, most))
            yield plan_text(make_doc(nlp, article.text[:most]), layouts[-1], pieces)

    return component.read(plans())


def _read_with_another(
    nlp: Language, articles: Iterable[Article], layouts: deque[Layout], most: int
) -> Iterator[Doc]:
    """The same, by a pipeline that is not ours."""
    for article in articles:
        layouts.append(layout := paragraphs(article, most))
        doc = make_doc(nlp, article.text[:most])
        preset_bounds(doc, layout)
        nlp.max_length = max(nlp.max_length, len(doc.text) + 1)
        doc = nlp(doc) if nlp.pipe_names else doc
        if not doc.has_annotation("SENT_START", require_complete=True):
            split_by_rules(doc, layout)
        yield doc


def preset_bounds(doc: Doc, layout: Iterable[Paragraph]) -> None:
    """Mark the first word of each paragraph as the first of a sentence; the other tokens stay open."""
    starts = [paragraph.span.start for paragraph in layout]
    for index in _tokens_at(doc, starts):
        doc[index].is_sent_start = True


def split_by_rules(doc: Doc, layout: Iterable[Paragraph]) -> None:
    """Mark every token as the first of a sentence or not, by the fixed rules."""
    text = doc.text
    starts: list[int] = []
    for paragraph in layout:
        bounds = split(text, paragraph.span) if paragraph.read else (paragraph.span,)
        starts += [bound.start for bound in bounds]
    opens = set(_tokens_at(doc, starts))
    for token in doc:
        token.is_sent_start = token.i in opens or token.i == 0


def sentences(doc: Doc, layout: Iterable[Paragraph]) -> tuple[Sentence, ...]:
    """The sentences of the paragraphs that are read, each cut at its paragraph's edges."""
    # A text without words (emoji alone, numbers alone) may have no bounds at all.
    found_any = doc.has_annotation("SENT_START")
    bounds = [(sent.start_char, sent.end_char) for sent in doc.sents] if found_any else []
    text = doc.text
    found: list[Sentence] = []
    at = 0
    for paragraph in layout:
        if not paragraph.read:
            continue
        while at < len(bounds) and bounds[at][1] <= paragraph.span.start:
            at += 1
        look = at
        while look < len(bounds) and bounds[look][0] < paragraph.span.end:
            start, end = bounds[look]
            span = Span(max(start, paragraph.span.start), min(end, paragraph.span.end)).strip(text)
            if span:
                found.append(Sentence(span, paragraph.role, paragraph.number))
            look += 1
    return tuple(found)


def _tokens_at(doc: Doc, offsets: Iterable[int]) -> Iterator[int]:
    """For each ascending offset, the first token that begins there or later and is no white space.

    Where nothing but white space comes before it, the text's first token stands for it.
    """
    index = 0
    words_before = False
    for offset in offsets:
        while index < len(doc) and (doc[index].idx < offset or doc[index].is_space):
            words_before |= not doc[index].is_space
            index += 1
        if index == len(doc):
            return
        if words_before:
            yield index
