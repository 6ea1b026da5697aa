"""Words as the network takes them: word pieces, and the letter case the pieces have lost."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MOST_PIECES: Final = 8
"""A word keeps its first pieces only; a 5,000-letter "word" costs no more than a long one."""

CASES: Final = 7
"""How many letter cases there are; a paragraph's first word has its case plus this."""

_UNKNOWN: Final = 100
_LONGEST_WORD: Final = 100
_CACHED_WORDS: Final = 100_000
_TREEBANK: Final = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": "“", "''": "”"}
_APOSTROPHES: Final = str.maketrans("’‘`", "'''")


class Pieces:
    """The word pieces and letter case of words, remembered for words seen before."""

    def __init__(self, tokenizer: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._seen: dict[str, tuple[tuple[int, ...], int]] = {}

    def of(self, word: str) -> tuple[tuple[int, ...], int]:
        """The ids of a word's pieces (1 to `MOST_PIECES` of them) and its letter case."""
        found = self._seen.get(word)
        if found is None:
            if len(self._seen) >= _CACHED_WORDS:
                self._seen.clear()
            found = self._seen[word] = (self._encode(word), letter_case(word))
        return found

    def _encode(self, word: str) -> tuple[int, ...]:
        ids = self._tokenizer.encode(normal(word)[:_LONGEST_WORD], add_special_tokens=False).ids
        return tuple(ids[:MOST_PIECES]) or (_UNKNOWN,)


def normal(word: str) -> str:
    """A word with plain apostrophes, and with quotation marks and brackets for a treebank's names of them."""
    return _TREEBANK.get(word, word).translate(_APOSTROPHES)


def letter_case(word: str) -> int:
    """The letter case of a word.

    0 no letter and no digit, 1 all lower, 2 first letter upper, 3 all upper,
    4 a single upper letter, 5 mixed, 6 digits without letters.
    """
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 6 if any(c.isdigit() for c in word) else 0
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 1
    if len(letters) == 1:
        return 4
    if upper == len(letters):
        return 3
    return 2 if upper == 1 and letters[0].isupper() else 5
