"""What tells pages of one outlet apart from those of others."""

from __future__ import annotations

import pytest

from secondsource.ingest.repeats import outlet_of
from secondsource.model import Article


@pytest.mark.parametrize(
    ("outlet", "url", "found"),
    [
        ("The Quay", "https://news.example/a", "the quay"),
        (None, "https://archive.example/web/2024/https://news.example/a", "news.example"),
        (None, "http://[::1", None),
        (None, None, None),
    ],
)
def test_an_outlet_is_told_by_its_name_or_by_an_address_that_is_one(
    outlet: str | None, url: str | None, found: str | None
) -> None:
    assert outlet_of(Article(text="It rained.", outlet=outlet, url=url)) == found
