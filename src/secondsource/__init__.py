"""secondsource reads every account of a news story and says, with citations, where they agree and part.

import secondsource as ss
briefs = ss.brief(ss.load("reports/"))
print(briefs[0].to_text())
"""

# The stages' packages are imported before the functions of the same names
# (`read`, `group`, `collate`, `brief`), since Python binds a package's name in
# its parent when it is first imported: this way the functions stay. The stages
# are light to import; they load their heavy libraries on first use.
from typing import TYPE_CHECKING, Any

from . import brief as _brief_stage  # noqa: F401
from . import collate as _collate_stage  # noqa: F401
from . import group as _group_stage  # noqa: F401
from . import read as _read_stage  # noqa: F401
from .api import brief, collate, group, load, read
from .brief import Brief
from .errors import Failure, SecondsourceError
from .model import Article, Collation, Published, Reading, Span, Story
from .settings import Settings

if TYPE_CHECKING:
    from .store import Library

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Brief",
    "Collation",
    "Failure",
    "Library",
    "Published",
    "Reading",
    "SecondsourceError",
    "Settings",
    "Span",
    "Story",
    "brief",
    "collate",
    "group",
    "load",
    "read",
]


def __getattr__(name: str) -> Any:
    """The library loads its database toolkit, so it is imported when it is first asked for."""
    if name == "Library":
        from .store import Library

        return Library
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
