"""Shared by the tests of the brief: one story told by five accounts, selected."""

from __future__ import annotations

import pytest

from secondsource.brief import Brief, select

from . import stories


@pytest.fixture(scope="session")
def fire() -> Brief:
    """The brief of the fire: something in every section."""
    return select(stories.fire(), stories.fire_calendar(), stories.FAILURES)
