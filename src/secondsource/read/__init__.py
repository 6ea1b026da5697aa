"""The English reader: articles in, readings out; sentences, words, trees, names and references."""

from .reader import OURS, RULES, pipeline, read, unread

__all__ = ["OURS", "RULES", "pipeline", "read", "unread"]
