"""Quoted stretches get the cue and the source beside them: after, before, between, or further back.

Works on words alone, better with a parse. A stretch that carries on over
paragraphs is one chain and has one attribution; a stretch without a cue of its
own runs on from the attribution before it in its paragraph; failing that its
source is a guess, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...model import Span
from ..quotemarks import Stretch, nature
from .grammar import Frame, frame_after, frame_before, subject_before
from .passage import Attribution, Passage

SIGNED = "-–—―"
FAR = 3
"""A guessed source stands at most so many sentences before its quote."""


@dataclass(slots=True)
class Chain:
    """One quote: its stretches over one or more paragraphs, and what attributes it."""

    stretches: list[Stretch]
    ranges: list[tuple[int, int]]
    frame: Frame | None = None
    rule: str = ""
    joined: Chain | None = None
    more: list[Chain] = field(default_factory=list)


def quoted_speech(passage: Passage) -> list[Attribution]:
    """The attributions of the outer quoted stretches that are speech by their look or their frame."""
    chains = _chains(passage)
    for number, chain in enumerate(chains):
        before = chains[number - 1] if number else None
        after = chains[number + 1] if number + 1 < len(chains) else None
        _find_frame(passage, chain, before, after)
    _run_on(passage, chains)
    return [found for chain in chains if chain.joined is None and (found := _attribution(passage, chain))]


def _chains(passage: Passage) -> list[Chain]:
    chains: list[Chain] = []
    for stretch in passage.outer:
        words = passage.range_of(stretch.span)
        if words[0] >= words[1]:
            continue
        if stretch.continues and chains and chains[-1].stretches[-1].runs_on:
            chains[-1].stretches.append(stretch)
            chains[-1].ranges.append(words)
        else:
            chains.append(Chain([stretch], [words]))
    return chains


def _find_frame(passage: Passage, chain: Chain, before: Chain | None, after: Chain | None) -> None:
    """The frame after the quote, before it, or a signature below it."""
    if any(nature(passage.text, s) in ("title", "nickname") for s in chain.stretches):
        return
    stop = after.ranges[0][0] if after else len(passage.words)
    start = before.ranges[-1][1] if before else 0
    used = before.frame.stop if before and before.frame and before.rule == "after" else 0
    chain.frame = frame_after(passage, chain.ranges[-1][1], stop)
    chain.rule = "after"
    if chain.frame is None:
        chain.frame = frame_before(passage, chain.ranges[0][0], max(start, used))
        chain.rule = "before"
    if chain.frame is None:
        chain.frame = _signature(passage, chain.ranges[-1][1])
        chain.rule = "signed"


def _signature(passage: Passage, at: int) -> Frame | None:
    """A dash and a name after the closing mark: `"..." - Name`."""
    words = passage.words
    if at + 1 >= len(words) or words[at].text not in (*SIGNED, "--") or not words[at + 1].text[:1].isupper():
        return None
    stop = at + 1
    while stop < len(words) and stop - at < 12 and _same_line(passage, at, stop):
        if words[stop].text in (".", "(") or "@" in words[stop].text:
            break
        stop += 1
    return Frame(cue=(at, at + 1), source=(at + 1, stop), stop=stop) if stop > at + 1 else None


def _same_line(passage: Passage, first: int, second: int) -> bool:
    between = passage.text[passage.starts[first] : passage.starts[second]]
    return "\n" not in between


def _run_on(passage: Passage, chains: list[Chain]) -> None:
    """Quotes without a frame of their own join the attribution before them."""
    leader: Chain | None = None
    for chain in chains:
        if chain.frame is not None:
            leader = chain
            continue
        if leader is None or not _is_speech(passage, chain):
            continue
        if leader.frame is not None and _is_next(passage, leader, chain):
            leader.more.append(chain)
            chain.joined = leader


def _is_speech(passage: Passage, chain: Chain) -> bool:
    return any(nature(passage.text, s) == "speech" for s in chain.stretches)


def _is_next(passage: Passage, leader: Chain, chain: Chain) -> bool:
    """Whether a quote follows the leader's frame in one paragraph with no sentence of narration between."""
    last = leader.more[-1] if leader.more else leader
    end = max(last.ranges[-1][1], leader.frame.stop if leader.frame else 0)
    start = chain.ranges[0][0]
    here = passage.paragraph_of[passage.of_word[start]]
    if passage.paragraph_of[passage.of_word[last.ranges[-1][1] - 1]] != here:
        return False
    gap = [w.text for w in passage.words[end:start]]
    stops = sum(text in (".", "!", "?", ";") for text in gap)
    return (
        len(gap) <= 12 and stops <= 1 and (not gap or gap[-1] in (".", ",", ":", "!", "?", ";", "and", "-"))
    )


def _attribution(passage: Passage, chain: Chain) -> Attribution | None:
    spans = [s.span for s in chain.stretches] + [s.span for c in chain.more for s in c.stretches]
    content = tuple(sorted(spans))
    if chain.frame is not None:
        frame = chain.frame
        cue = (passage.span(*frame.cue),) if frame.cue else ()
        source = (passage.span(*frame.source),) if frame.source else ()
        sure = all(s.sure for s in chain.stretches) and bool(source)
        if frame.content is not None and frame.content < chain.ranges[0][0]:
            first = passage.starts[frame.content]
            content = (Span(first, content[0].end), *content[1:])
        return Attribution(content, cue, source, rule=chain.rule, sure=sure)
    if not _is_speech(passage, chain):
        return None
    guess = _guess(passage, chain)
    return Attribution(content, (), guess, rule="guess", sure=False)


def _guess(passage: Passage, chain: Chain) -> tuple[Span, ...]:
    """The subject of the sentence before, if it is close by."""
    sentence = passage.of_word[chain.ranges[0][0]]
    for number in range(sentence - 1, max(-1, sentence - 1 - FAR), -1):
        first, stop = passage.sentences[number]
        found = subject_before(passage, first, stop)
        if found:
            return (passage.span(*found),)
        if passage.quoted(first) is None:
            break
    return ()
