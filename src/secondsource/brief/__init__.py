"""Briefs: select what a person reads of a collation, and print it as text, HTML or JSON."""

from .html import to_html
from .record import to_dict
from .select import select
from .terminal import to_text

__all__ = ["select", "to_dict", "to_html", "to_text"]
