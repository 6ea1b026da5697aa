"""Tests of how the reader is trained."""
