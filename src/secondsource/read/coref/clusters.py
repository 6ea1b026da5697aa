"""Clusters: mentions joined so far, and what all of them together tell of gender, number and kind."""

from __future__ import annotations

from collections.abc import Sequence

from .mentions import Candidate

_CLASH = frozenset(
    {("m", "f"), ("f", "m"), ("n", "m"), ("m", "n"), ("n", "f"), ("f", "n"), ("n", "p"), ("p", "n")}
)


class Clusters:
    """A partition of the mentions that only ever grows coarser."""

    def __init__(self, mentions: Sequence[Candidate]) -> None:
        self.mentions = mentions
        self._of = list(range(len(mentions)))
        self._members = {number: [number] for number in range(len(mentions))}

    def members(self, number: int) -> list[int]:
        """The mentions joined with this one, itself included, in text order."""
        return self._members[self._of[number]]

    def joined(self, left: int, right: int) -> bool:
        """Whether two mentions are in one cluster."""
        return self._of[left] == self._of[right]

    def join(self, left: int, right: int) -> None:
        """Make one cluster of two."""
        keep, gone = sorted((self._of[left], self._of[right]))
        if keep == gone:
            return
        for number in self._members[gone]:
            self._of[number] = keep
        self._members[keep] = sorted(self._members[keep] + self._members.pop(gone))

    def agree(self, left: int, right: int) -> bool:
        """Whether nothing known of the one cluster speaks against the other."""
        return all(
            traits_agree(self.mentions[a], self.mentions[b])
            for a in self._telling(left)
            for b in self._telling(right)
        )

    def _telling(self, number: int) -> list[int]:
        members = self.members(number)
        return members if len(members) <= 12 else [*members[:6], *members[-6:]]

    def chains(self) -> list[list[int]]:
        """All clusters, by their first mention."""
        return [self._members[number] for number in sorted(self._members)]


def traits_agree(left: Candidate, right: Candidate) -> bool:
    """Whether two mentions agree in gender, number and grammatical person."""
    if left.gender and right.gender and (left.gender, right.gender) in _CLASH:
        return False
    if left.number and right.number and left.number != right.number:
        return False
    return left.person == right.person or 3 in (left.person, right.person)
