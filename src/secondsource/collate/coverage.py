"""Coverage: how much of each account's body the points and utterances cite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..model import Coverage, Point, Reading, Span, Utterance, covered


def coverage(
    readings: Mapping[str, Reading], points: Iterable[Point], utterances: Iterable[Utterance]
) -> tuple[Coverage, ...]:
    """Characters of each account's body sentences, and how many of them are cited."""
    cited: dict[str, list[Span]] = {id: [] for id in readings}
    citations = [c for point in points for c in point.accounts]
    citations += [w.citation for utterance in utterances for w in utterance.wordings]
    for citation in citations:
        cited[citation.article].extend(citation.spans)
    rows = []
    for id, reading in sorted(readings.items()):
        body = [sentence.span for sentence in reading.body]
        rows.append(
            Coverage(
                article=id, cited=sum(covered(span, cited[id]) for span in body), body=sum(map(len, body))
            )
        )
    return tuple(rows)
