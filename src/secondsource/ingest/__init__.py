"""Ingest: from bytes to articles whose text never changes again, divided into blocks.

`load` takes files and folders; `admit` makes articles that were built by hand
ready for work; `furnish` only divides their text. No other module of this package is meant for use outside.
"""

from .door import admit, load
from .furniture import furnish

__all__ = ["admit", "furnish", "load"]
