"""Watch: feeds asked again and again, and what is new kept in a library.

`watch_once` is one round, `feed_addresses` what a person names, `seconds_of`
how often.
"""

from .rounds import Round, watch_once
from .schedule import seconds_of
from .sources import feed_addresses

__all__ = ["Round", "feed_addresses", "seconds_of", "watch_once"]
