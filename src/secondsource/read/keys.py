"""Under which keys the reader keeps its numbers in `doc.user_data`."""

from __future__ import annotations

from typing import Final

PREFIX: Final = "secondsource."
"""What each of the reader's keys begins with."""
