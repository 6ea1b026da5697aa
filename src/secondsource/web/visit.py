"""Since when: which position in the log of changes a browser saw on its visit before this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

LAST: Final = "secondsource_last"
"""The position that was seen last: kept for a year."""
SINCE: Final = "secondsource_since"
"""The position that this visit began with: the browser drops it after half an hour without a look."""
_YEAR: Final = 365 * 86_400
_VISIT: Final = 1_800


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit: what came after `since` is new to it; None on the very first."""

    since: int | None

    def is_new(self, position: int) -> bool:
        """Whether the reader has not seen what happened at this position."""
        return self.since is not None and position > self.since


def visit_of(request: Request) -> Visit:
    """The visit that a request is part of."""
    here = _position(request.cookies.get(SINCE))
    return Visit(here if here is not None else _position(request.cookies.get(LAST)))


def remember(response: Response, visit: Visit, position: int) -> None:
    """Keep what was seen with the browser; the visit goes on for a while from now."""
    since = position if visit.since is None else visit.since
    _keep(response, LAST, position, _YEAR)
    _keep(response, SINCE, since, _VISIT)


def _keep(response: Response, name: str, position: int, age: int) -> None:
    response.set_cookie(name, str(position), max_age=age, httponly=True, samesite="lax")


def _position(stored: str | None) -> int | None:
    known = stored is not None and stored.isascii() and stored.isdigit() and len(stored) < 16
    return int(stored) if stored is not None and known else None
