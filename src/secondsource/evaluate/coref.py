"""Which events are one across documents: ECB+'s development topics, by MUC, B-cubed, CEAFe and CoNLL F1.

`gold_` figures are given the marked mentions, `predicted_` ones the program's
own (a mention is right when it has the same words). Documents are clustered
first, over all topics together, then the events within each cluster. Mentions
that stand alone count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from ..collate.average import average_link
from ..collate.gist import alike, gist
from ..collate.same_event import Told, chances, told
from ..find import find
from ..find.events import event_at
from ..model import Event, Reading
from ..progress import Progress, silent
from ..read import read
from .ecbplus import DEVELOPMENT, Document, documents
from .report import Figure, Report
from .scores import Chains, b_cubed_chains, ceaf_e, muc

ARTICLES_FLOOR = 0.35
"""How likely documents must be, on average, to tell one happening."""
SURELY_NONE = -2.0
"""Below this score of the network, a word tells no event."""
EVENTS_FLOOR = 0.3
"""How likely mentions must be, on average, to be one event."""


def evaluate(data: Path, progress: Progress = silent) -> Report:
    """The figures over the development topics.

    Raises:
        InputError: when the corpus is not there.
    """
    marked = [document for document in documents(data) if document.topic in DEVELOPMENT]
    readings = list(readings_of(marked, progress))
    truth = gold_chains(marked)
    found = [*figures_of("gold", clustered(gold_tellings(marked, readings), readings), truth)]
    own = list(own_tellings(marked, readings))
    found += figures_of("predicted", clustered(own, readings), truth)
    found += mention_figures(own, marked)
    return Report("coref", f"ECB+ topics {', '.join(DEVELOPMENT)}", tuple(found))


def readings_of(marked: Sequence[Document], progress: Progress = silent) -> Iterator[Reading]:
    """The readings of documents, with their findings."""
    articles = [document.article for document in marked]
    return (find(reading) for reading in read(articles, progress=progress))


def gold_chains(marked: Iterable[Document]) -> Chains:
    """The marked chains; a mention is its document and its words' spans."""
    found = defaultdict(set)
    for document in marked:
        for mention in document.mentions:
            found[mention.chain].add(mention.key)
    return list(found.values())


def gold_tellings(marked: Iterable[Document], readings: Iterable[Reading]) -> list[Told]:
    """A telling for each marked mention."""
    found: list[Told] = []
    for document, reading in zip(marked, readings, strict=True):
        spans = sorted({mention.spans for mention in document.mentions})
        found += told(reading, [event_at(reading, trigger) for trigger in spans])
    return found


def own_tellings(marked: Iterable[Document], readings: Iterable[Reading]) -> Iterator[Told]:
    """The tellings of the events that the program finds in the reliable sentences, one a trigger."""
    for document, reading in zip(marked, readings, strict=True):
        first: dict[object, Event] = {}
        for event in reading.events:
            reliable = any(span.contains(event.trigger[0]) for span in document.reliable)
            if reliable and not _is_ruled_out(reading, event):
                first.setdefault(event.trigger, event)
        yield from told(reading, tuple(first.values()))


def _is_ruled_out(reading: Reading, event: Event) -> bool:
    """Whether the network is sure that an event's words tell none, as the corpus understands events."""
    scores, word_of = (reading.doc.user_data.get(f"secondsource.{name}") for name in ("event", "word_of"))
    found = [reading.doc.char_span(span.start, span.end) for span in event.trigger]
    tokens = [token for words in found if words is not None for token in words]
    if scores is None or word_of is None or not tokens:
        return False
    return max(float(scores[word_of[token.i]].item()) for token in tokens) < SURELY_NONE


def clustered(tellings: Sequence[Told], readings: Sequence[Reading]) -> list[set[object]]:
    """The chains that the program makes: of documents first, then of the tellings within each cluster."""
    likeness = likenesses(readings)
    groups = average_link(len(readings), likeness, ARTICLES_FLOOR)
    number = {reading.article.id: place for place, reading in enumerate(readings)}
    found: list[set[object]] = []
    for group in groups:
        inside = set(group)
        here = [telling for telling in tellings if number[telling.article] in inside]
        clusters = average_link(len(here), pair_chances(here, number, likeness), EVENTS_FLOOR)
        found += [{(here[at].article, here[at].event.trigger) for at in cluster} for cluster in clusters]
    return found


def likenesses(readings: Sequence[Reading]) -> dict[tuple[int, int], float]:
    """For each two documents, how likely they tell one happening."""
    gists = [gist(reading) for reading in readings]
    pairs = list(combinations(range(len(gists)), 2))
    values = alike([(gists[left], gists[right]) for left, right in pairs])
    return dict(zip(pairs, values.tolist(), strict=True))


def pair_chances(
    tellings: Sequence[Told], number: Mapping[str, int], likeness: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """For each two tellings, how likely they are one event."""
    pairs = list(combinations(range(len(tellings)), 2))

    def alike_by(left: int, right: int) -> float:
        one, two = sorted((number[tellings[left].article], number[tellings[right].article]))
        return 1.0 if one == two else likeness[one, two]

    rows = [(tellings[left], tellings[right], alike_by(left, right)) for left, right in pairs]
    return dict(zip(pairs, chances(rows).tolist(), strict=True))


def figures_of(name: str, proposed: Chains, truth: Chains) -> Iterator[Figure]:
    """The four F1 figures of one setting."""
    size = sum(map(len, truth))
    values = [measure(proposed, truth).f1 for measure in (muc, b_cubed_chains, ceaf_e)]
    for measure, value in zip(("muc", "b_cubed", "ceaf_e"), values, strict=True):
        yield Figure(f"{name}_{measure}", value, size)
    yield Figure(f"{name}_conll", sum(values) / len(values), size)


def mention_figures(own: Sequence[Told], marked: Iterable[Document]) -> Iterator[Figure]:
    """Precision and recall of the program's own mentions."""
    true = {mention.key for document in marked for mention in document.mentions}
    found = {(telling.article, telling.event.trigger) for telling in own}
    right = len(true & found)
    yield Figure("mentions_precision", right / len(found) if found else 0.0, len(found))
    yield Figure("mentions_recall", right / len(true) if true else 0.0, len(true))
