"""Reports that have little in common: words drawn by a number, in sentences that read as English."""

from __future__ import annotations

import random

_FIRST = "bar ca del fer gor hul jan kel lor mir nor pel quil ras sol tar ul ver wen yar".split()
_LAST = "ban cot dell fin gate ham ick jor ket lin mere nell oth pton ril sby ton ula vers wick".split()


def report(number: int, sentences: int = 6) -> str:
    """A report of some hundred characters, another for each number."""
    draw = random.Random(number)

    def word() -> str:
        return draw.choice(_FIRST) + draw.choice(_LAST)

    return " ".join(
        f"The {word()} of the {word()} {word()} was at the {word()} for a {word()} with {word()}, and"
        f" {word().title()} said that it had been a {word()} of {word()}."
        for _ in range(sentences)
    )
