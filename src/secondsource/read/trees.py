"""Trees: the best dependency tree of a sentence, by Chu and Liu's algorithm, with one root.

Most often each word's best head makes a tree already; only what does not is
repaired. Method: Chu and Liu 1965, Edmonds 1967; one root, because each arc
from the root costs more than all the other arcs can bring.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32] | npt.NDArray[np.float64]

_NEVER: Final = -1e30


def best_tree(scores: Floats) -> list[int]:
    """The heads of the best single-rooted tree.

    `scores` is [n, n + 1]: row i scores the heads of word i, column 0 is the
    root, column j + 1 word j. Returned heads are word numbers, -1 for the root.

    >>> best_tree(np.array([[0.0, 0.0, 5.0], [1.0, 0.0, 0.0]]))
    [1, -1]
    """
    n = len(scores)
    if n == 0:
        return []
    own = np.arange(n)
    free = np.where(np.isfinite(scores), scores, -1e9).astype(np.float32)
    free[own, own + 1] = _NEVER
    heads: list[int] = [0, *free.argmax(axis=1).tolist()]
    if heads.count(0) != 2 or _cycle(heads):
        full = np.full((n + 1, n + 1), _NEVER)
        full[1:] = free
        heads = _one_rooted(full)
    return [head - 1 for head in heads[1:]]


def _one_rooted(full: npt.NDArray[np.float64]) -> list[int]:
    """The best tree in which node 0 has one child: further children cost more than arcs can bring."""
    spread = float(np.ptp(full[1:][full[1:] > _NEVER / 2])) if len(full) > 2 else 0.0
    rooted = full.copy()
    rooted[1:, 0] -= (spread + 1.0) * len(full)
    return _arborescence(rooted)


def _arborescence(score: npt.NDArray[np.float64]) -> list[int]:
    """The heads of the best tree under node 0; `score[dependent, head]`."""
    heads: list[int] = score.argmax(axis=1).tolist()
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = set(cycle)
    rest = [node for node in range(len(score)) if node not in inside]
    merged = len(rest)
    small = np.full((merged + 1, merged + 1), _NEVER)
    small[:merged, :merged] = score[np.ix_(rest, rest)]
    leaving = score[np.ix_(rest, cycle)]
    small[:merged, merged] = leaving.max(axis=1)
    leaves_from = leaving.argmax(axis=1)
    kept = score[cycle, [heads[node] for node in cycle]]
    entering = score[np.ix_(cycle, rest)] - kept[:, None]
    small[merged, :merged] = entering.max(axis=0)
    enters_at = entering.argmax(axis=0)
    np.fill_diagonal(small, _NEVER)
    found = _arborescence(small)
    for place, node in enumerate(rest[1:], start=1):
        head = found[place]
        heads[node] = cycle[int(leaves_from[place])] if head == merged else rest[head]
    above = found[merged]
    heads[cycle[int(enters_at[above])]] = rest[above]
    return heads


def _cycle(heads: list[int]) -> list[int]:
    """The nodes of one cycle of the graph in which node 0 is the root; empty when it is a tree."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        node = start
        while node and not seen[node]:
            seen[node] = start
            node = heads[node]
        if node and seen[node] == start:
            cycle = [node]
            while (node := heads[node]) != cycle[0]:
                cycle.append(node)
            return cycle
    return []
