"""The settings: one frozen object, read once from the environment.

Every setting can be given as an environment variable `SECONDSOURCE_<NAME>` or
passed to `Settings(...)`; the command line passes its options the same way.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All that can be tuned from outside.

    >>> Settings(threads=1).threads
    1
    """

    model_config = SettingsConfigDict(env_prefix="SECONDSOURCE_", frozen=True, extra="forbid")

    reader: str = Field(
        default="secondsource",
        description="the reader: 'secondsource', or the name of any installed spaCy English pipeline",
    )
    weights: Path | None = Field(
        default=None, description="a folder of the reader's weights; none takes those in the package"
    )
    threads: int = Field(default=2, ge=1, le=256, description="threads of the reader's network")
    max_characters: int = Field(
        default=60_000_000, ge=1_000, description="a text longer than this (code points) is a failure"
    )
    max_read_characters: int = Field(
        default=300_000,
        ge=1_000,
        description="only the first so many characters of an article are read; the rest is reported",
    )
    story_similarity: float = Field(
        default=0.0,
        ge=0.0,
        le=1.0,
        description="the chance of being one story from which two articles are joined; 0 takes the tuned one",
    )
    fetch_allow: str = Field(
        default="",
        description="hosts, perhaps with a port, to fetch from though their addresses are not public",
    )
    fetch_timeout: float = Field(
        default=30.0, gt=0, le=3_600, description="seconds that one address may take, redirects and all"
    )
    fetch_bytes: int = Field(
        default=16_000_000, ge=1_000, description="a fetched body longer than this, unpacked, is a failure"
    )
    fetch_delay: float = Field(
        default=1.0, ge=0, le=3_600, description="seconds between two requests to one host"
    )
    fetch_workers: int = Field(default=8, ge=1, le=256, description="hosts that are asked at one time")
    data: Path = Field(
        default=Path("../shared/data"),
        description="the folder of evaluation corpora (evaluate and tests only)",
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The process's settings, read from the environment on first use."""
    return Settings()
