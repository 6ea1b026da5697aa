"""secondsource reads every account of a news story and says, with citations, where they agree and part."""

__version__ = "0.1.0"
