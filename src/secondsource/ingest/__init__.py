"""Ingest: from bytes to articles whose text never changes again, divided into blocks.

`load` takes files and folders; `furnish` divides the text of articles that
were built by hand. No other module of this package is meant for use outside.
"""

from .door import load
from .furniture import furnish

__all__ = ["furnish", "load"]
