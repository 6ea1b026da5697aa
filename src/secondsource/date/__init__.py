"""Dates: what time expressions come to, and when a story's articles were published."""
