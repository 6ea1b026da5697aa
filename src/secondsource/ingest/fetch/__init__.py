"""Fetch: one address of the web at a time, from public hosts only, within limits of size and time."""

from .client import AGENT, Fetched, Fetcher, Validators

__all__ = ["AGENT", "Fetched", "Fetcher", "Validators"]
