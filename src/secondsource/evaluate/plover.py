"""PLOVER's labelled sentences: records with a marked source and target, as scenes of a reading.

`gold_root` is what people said; `root_L2` is what a published zero-shot system
said, kept for comparison only.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..find.events.scene import Scene, scene_of
from ..model import Article, Span
from ..read import read
from ..settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Token

MARK = re.compile(r"<(/?)([st])>")
SHARE = 5
"""One in so many records is held back."""


@dataclass(frozen=True, slots=True)
class Record:
    """One labelled sentence: where its source and its target stand, its type, and the other system's."""

    sentence: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    type: str
    machine: str

    @property
    def held_back(self) -> bool:
        """Whether it is in the fifth that nothing is trained on."""
        digest = hashlib.md5(f"plover:{self.sentence}".encode()).hexdigest()
        return int(digest, 16) % SHARE == 0


def read_records(data: Path) -> list[Record]:
    """The training records under a folder of corpora, in the file's order.

    Raises:
        InputError: when the corpus is not there.
    """
    place = data / "events" / "plover-train.jsonl"
    if not place.is_file():
        raise InputError(f"{place}: no such corpus; set SECONDSOURCE_DATA to the folder of the corpora")
    return [_record(json.loads(line)) for line in place.read_text(encoding="utf-8").splitlines()]


def _record(row: dict[str, str]) -> Record:
    spans = dict(_marks(row["marked_sentence"]))
    return Record(
        sentence=MARK.sub("", row["marked_sentence"]),
        source=spans.get("s", ()),
        target=spans.get("t", ()),
        type=row["gold_root"],
        machine=row["root_L2"],
    )


def _marks(marked: str) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """The first span of each mark, in the text without marks."""
    opened: dict[str, int] = {}
    closed: set[str] = set()
    dropped = 0
    for match in MARK.finditer(marked):
        at, name = match.start() - dropped, match[2]
        dropped += len(match[0])
        if not match[1]:
            opened.setdefault(name, at)
        elif name not in closed and opened[name] < at:
            closed.add(name)
            yield name, (Span(opened[name], at),)


def scenes_of(records: Sequence[Record], settings: Settings | None = None) -> Iterator[Scene]:
    """Each record's scene, by the reader's own parse of its sentence."""
    articles = [Article(text=record.sentence, id=f"plover-{n}") for n, record in enumerate(records)]
    for record, reading in zip(records, read(articles, settings=settings), strict=True):
        tokens = tuple(reading.doc)
        yield scene_of(tokens, _inside(tokens, record.source), _inside(tokens, record.target))


def _inside(tokens: Iterable[Token], spans: Sequence[Span]) -> frozenset[int]:
    words = (token for token in tokens if not token.is_space)
    return frozenset(t.i for t in words if _meets(Span(t.idx, t.idx + len(t)), spans))


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in others)
