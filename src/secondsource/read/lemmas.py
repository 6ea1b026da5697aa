"""Lemmas: a word's dictionary form, from its part of speech and its tag.

A tag says whether a word is inflected at all; the few closed classes are a
table, and the open ones are left to lemminflect, which was measured best on
the development set (evals/LOG.md).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final, TypeAlias

_INFLECTED: Final = frozenset("NNS NNPS VBZ VBD VBG VBN JJR JJS RBR RBS".split())
_OPEN: Final = {"NOUN": "NOUN", "PROPN": "PROPN", "VERB": "VERB", "AUX": "VERB", "ADJ": "ADJ", "ADV": "ADV"}
_CACHED: Final = 200_000

Lookup: TypeAlias = Callable[..., tuple[str, ...]]


class Lemmas:
    """Finds lemmas, and remembers them."""

    def __init__(self) -> None:
        from lemminflect import getLemma

        table = tomllib.loads((files(__package__) / "words" / "lemmas.toml").read_text(encoding="utf-8"))
        self._closed: Mapping[str, Mapping[str, str]] = table
        self._look_up: Lookup = getLemma
        self._seen: dict[tuple[str, str, str], str] = {}

    def of(self, word: str, upos: str, xpos: str) -> str:
        """The lemma of a word with this part of speech and Penn Treebank tag.

        >>> Lemmas().of("Met", "VERB", "VBD")
        'meet'
        """
        key = (word, upos, xpos)
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) >= _CACHED:
                self._seen.clear()
            found = self._seen[key] = self._find(word, upos, xpos)
        return found

    def _find(self, word: str, upos: str, xpos: str) -> str:
        if upos == "PROPN":
            return self._inflected(word, upos) if xpos == "NNPS" else word
        lower = word.lower().replace("’", "'")
        closed = self._closed.get(upos, {}).get(lower) or self._closed.get(xpos, {}).get(lower)
        if closed is not None:
            return closed
        if xpos in _INFLECTED and upos in _OPEN:
            return self._inflected(lower, _OPEN[upos])
        return lower

    def _inflected(self, word: str, upos: str) -> str:
        found = self._look_up(word, upos)
        return found[0] if found else word


@lru_cache(maxsize=1)
def lemmas() -> Lemmas:
    """The process's lemma finder; its tables are loaded on first use."""
    return Lemmas()
