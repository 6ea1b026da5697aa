"""Dates: what time expressions come to, and when a story's articles were published."""

from .dating import date_alone, date_story

__all__ = ["date_alone", "date_story"]
