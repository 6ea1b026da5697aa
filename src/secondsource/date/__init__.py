"""Dates: what time expressions come to, and when a story's articles were published."""

from .dating import date_story

__all__ = ["date_story"]
