"""Tags: the best legal sequence of B, I and O labels, and the spans it marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]

_NEVER: Final = -1e9


class TagScheme:
    """Labels "O", "B-X", "I-X", where I-X follows only B-X or I-X."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        self.kinds = tuple(label[2:] for label in labels)
        self._begins = np.array([label.startswith("B") for label in labels])
        inside = np.array([label.startswith("I") for label in labels])
        same = np.array([[a[1:] == b[1:] and a != "O" for b in labels] for a in labels])
        self._move = np.where(inside[None, :] & ~same, _NEVER, 0.0).astype(np.float32)
        self._start = np.where(inside, _NEVER, 0.0).astype(np.float32)

    def path(self, scores: Floats) -> list[int]:
        """The best legal labels for `scores` [n, labels], by the Viterbi algorithm.

        Each word's best label is taken as it is where that is legal already.
        """
        if not len(scores):
            return []
        greedy = scores.argmax(axis=1)
        if self._start[greedy[0]] == 0 and not self._move[greedy[:-1], greedy[1:]].any():
            return [int(label) for label in greedy]
        best = scores[0] + self._start
        back: list[npt.NDArray[np.intp]] = []
        for row in scores[1:]:
            via = best[:, None] + self._move
            back.append(via.argmax(axis=0))
            best = via.max(axis=0) + row
        path = [int(best.argmax())]
        for step in reversed(back):
            path.append(int(step[path[-1]]))
        return path[::-1]

    def spans(self, path: Sequence[int]) -> list[tuple[int, int, str]]:
        """The half-open ranges that a legal sequence marks, each with its kind."""
        found: list[tuple[int, int, str]] = []
        for place, label in enumerate(path):
            if self._begins[label]:
                found.append((place, place + 1, self.kinds[label]))
            elif self.kinds[label]:
                start, _, kind = found[-1]
                found[-1] = (start, place + 1, kind)
        return found
