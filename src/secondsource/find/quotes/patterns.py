"""Attribution by shapes that need no parse: according to, `X said that`, transcripts, headline colons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Span
from .grammar import CLOSERS, PRONOUNS, STOPS, Frame, frame_before, is_cue
from .grammar import source_left as left_of
from .grammar import source_right as right_of
from .passage import Attribution, Passage

SPEAKER_LINE = re.compile(
    r"\s*[\"“]?(?P<name>Q|A|[A-Z][\w.’'-]*(?:[ \t]+(?:[A-Z(][\w.’')-]*|of|de|van|von|bin|al)){0,6})"
    r"(?P<mark>\s?:)\s+(?=\S)"
)
SIGNATURE = re.compile(r"\s*(?P<mark>—|–|--|-)\s?(?P<name>[A-Z][^()\n]{1,60}?)\s*(?:\(@?\w+\)|,|$)")
POSTED = re.compile(r"\s*(?P<mark>—|–|--|-)\s?(?P<name>[^\s(—–][^(\n—–]{0,60}?)\s*\(@\w{1,40}\)")
"""The signature of a post shown within an article: a dash, a name, a handle."""
HANDLE_LINE = re.compile(r"\s*(?P<name>[^\s@:(][^@:(\n]{0,60}?)\s*\(@\w{1,40}\)(?P<mark>\s?:)\s+(?=\S)")
"""A post in a list of posts: a name, a handle, a colon."""
FROM_LINE = re.compile(r"\s*(?P<mark>From)\s+(?P<name>[^:\n]{2,80}):\s*")
FROM_NAME = re.compile(r"\s*(?P<mark>From)\s+(?P<name>(?:[A-Z][\w.’'-]*\s?){2,5}):\s*")
"""The same on a line of its own: it takes a name to know that the next paragraph is its bearer's."""
LABELS = frozenset(
    "note update read watch photo video image source sources related more see correction editor tags topics "
    "by from here there why how what where when who example result question answer warning tip".split()
)


def shaped(passage: Passage) -> list[Attribution]:
    """Attributions within sentences that are found by shape alone."""
    found = [*_according_to(passage), *_headline_colons(passage)]
    if not passage.parsed:
        found.extend(_that_clauses(passage))
    return found


def spoken_lines(passage: Passage) -> Iterator[Attribution]:
    """Transcripts (`NAME: ...`, `Q: ...`), `From X: ...`, and signatures on a line below what they sign."""
    spans = [passage.span(*words) for words in passage.paragraphs]
    lines = [SPEAKER_LINE.match(passage.text, span.start, span.end) for span in spans]
    spoken = [m for m in lines if m and m["name"].lower() not in LABELS]
    for number, (span, line) in enumerate(zip(spans, lines, strict=True)):
        text = span.of(passage.text)
        frm = FROM_LINE.match(passage.text, span.start, span.end)
        signed = SIGNATURE.match(passage.text, span.start, span.end)
        posted = POSTED.search(passage.text, span.start, span.end)
        if posted and posted.start() > span.start:
            yield _line(posted, Span(span.start, posted.start()), "posted")
        elif frm and frm.end() < span.end:
            yield _line(frm, Span(frm.end(), span.end), "from")
        elif (post := HANDLE_LINE.match(passage.text, span.start, span.end)) and post.end() < span.end:
            yield _line(post, Span(post.end(), span.end), "posted")
        elif (head := FROM_NAME.fullmatch(passage.text, span.start, span.end)) and number + 1 < len(spans):
            yield _line(head, spans[number + 1], "from")
        elif line and line in spoken and (len(spoken) >= 3 or text[line.end() - span.start] in "\"“'‘"):
            yield _line(line, Span(line.end(), span.end), "transcript")
        elif signed and number and len(text) < 120 and len(signed["name"].split()) <= 8:
            yield _line(signed, spans[number - 1], "signed")


def _line(match: re.Match[str], content: Span, rule: str) -> Attribution:
    return Attribution(
        content=(content,), cue=(Span(*match.span("mark")),), source=(Span(*match.span("name")),), rule=rule
    )


def _according_to(passage: Passage) -> Iterator[Attribution]:
    """`According to X, ...` and `..., according to X`."""
    words = passage.words
    for first, stop in passage.sentences:
        for at in range(first, stop - 2):
            if words[at].lower_ != "according" or words[at + 1].lower_ != "to":
                continue
            source = right_of(passage, at + 2)
            if source is None:
                continue
            content = _rest_of_sentence(passage, first, at, source[1], stop)
            if content:
                yield Attribution(
                    content, (passage.span(at, at + 2),), (passage.span(*source),), "according to"
                )


def _rest_of_sentence(passage: Passage, first: int, at: int, after: int, stop: int) -> tuple[Span, ...]:
    """What a sentence says around `according to X`: what stands before it, or else after."""
    words = passage.words
    end = at
    while end > first and words[end - 1].text in (",", "-", "–", "—"):
        end -= 1
    if end - first >= 3:
        return (passage.span(first, end),)
    while after < stop and words[after].text in (",", ":"):
        after += 1
    end = _without_stop(passage, after, stop)
    return (passage.span(after, end),) if end > after else ()


def _without_stop(passage: Passage, first: int, stop: int) -> int:
    while stop > first and passage.words[stop - 1].text in STOPS:
        stop -= 1
    return stop


def _headline_colons(passage: Passage) -> Iterator[Attribution]:
    """`Lee: Bridge must close` in a headline: a short name before the colon, and no verb in it."""
    for number, (first, stop) in enumerate(passage.sentences):
        opens = number == 0 and passage.words[stop - 1].text not in STOPS
        if passage.roles[number] != "headline" and not opens:
            continue
        colon = next((i for i in range(first, min(stop, first + 6)) if passage.words[i].text == ":"), None)
        if colon is None or colon == first or stop - colon < 3:
            continue
        if any(is_cue(passage, i) or passage.words[i].like_num for i in range(first, colon)):
            continue
        if passage.words[first].lower_ in LABELS:
            continue
        yield Attribution(
            content=(passage.span(colon + 1, _without_stop(passage, colon + 1, stop)),),
            cue=(passage.span(colon, colon + 1),),
            source=(passage.span(first, colon),),
            rule="headline",
        )


def _that_clauses(passage: Passage) -> Iterator[Attribution]:
    """`X said that ...` and `X said Y would ...` without a parse: the clause runs to the sentence's end."""
    for first, stop in passage.sentences:
        for at in range(first + 1, stop - 2):
            if (
                passage.quoted(at) is None
                and is_cue(passage, at)
                and (found := _clause(passage, first, at, stop))
            ):
                yield found
                break
        else:
            yield from _trailing(passage, first, stop)


def _clause(passage: Passage, first: int, at: int, stop: int) -> Attribution | None:
    words = passage.words
    start = at + 1
    while start < stop and words[start].lower_ in _TIMES_AND_ADVERBS:
        start += 1
    if start >= stop - 1:
        return None
    that = words[start].lower_ == "that"
    likely = words[at].lower_ in _SAYING and (
        words[start].lower_ in PRONOUNS | _ARTICLES or words[start].text[:1].isupper()
    )
    if not (that or likely):
        return None
    frame: Frame | None = frame_before(passage, start, first)
    if frame is None or frame.source is None or frame.cue is None:
        return None
    source = left_of(passage, first, frame.cue[0])
    end = _without_stop(passage, start, stop)
    if source is None or end - start < 2:
        return None
    return Attribution(
        (passage.span(start, end),), (passage.span(*frame.cue),), (passage.span(*source),), "that"
    )


def _trailing(passage: Passage, first: int, stop: int) -> Iterator[Attribution]:
    """`..., Lee said.` where nothing is quoted."""
    words = passage.words
    end = _without_stop(passage, first, stop)
    if passage.quoted(first) is not None:
        return
    for comma in range(max(first + 3, end - 12), end - 1):
        if words[comma].text != "," or passage.quoted(comma) or words[comma + 1].lower_ in CLOSERS:
            continue
        if words[end - 1].lower_ in _SAYING and is_cue(passage, end - 1):
            source = left_of(passage, comma + 1, end - 1)
            if source and source[0] == comma + 1:
                yield Attribution(
                    (passage.span(first, comma),),
                    (passage.span(end - 1, end),),
                    (passage.span(*source),),
                    "trail",
                )
        return


_SAYING = frozenset(
    "said says say saying added adds believes believe thinks think told claims claimed".split()
)
_ARTICLES = frozenset("the a an this these those his her its their there some many no".split())
_TIMES_AND_ADVERBS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday later also earlier on".split()
)
