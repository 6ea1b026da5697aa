"""Ingest: from bytes to articles whose text never changes again, divided into blocks.

`load` takes files, folders and addresses; `admit` makes articles that were
built by hand ready for work; `furnish` only divides their text. The watcher
also uses `fetch`, `feeds`, `entries` and `web`; nothing else here is meant for
use outside.
"""

from .door import admit, load
from .furniture import furnish

__all__ = ["admit", "furnish", "load"]
