"""Quotes: every attributed passage of a reading, with its cue, its source and who that is.

Where the reader's network has tagged cues, and scored source and content for
each, its spans are taken and repaired by the quotation marks and the parse;
rules on marks, words and parse find the rest, and everything where there is
no network.
"""

from __future__ import annotations

from .door import find_quotes

__all__ = ["find_quotes"]
