"""Everything that can go wrong, as one tree.

    SecondsourceError
    ├── InputError            an input can't be used as given
    │   ├── SpanError         offsets that are not a span of the text
    │   ├── CodecError        JSON that is not of the expected schema
    │   ├── LanguageError     a text in a language that is not supported
    │   └── FetchError        an address can't be fetched
    ├── PipelineError         stages that do not fit together
    ├── StoreError            a library can't be opened or used, or is of a newer version
    │   └── UnknownError      nothing of that name is in the library
    ├── ModelError            trained weights are missing or do not fit
    └── MissingExtraError     a feature needs an optional dependency

An exception ends a call. What is merely missing (one file of many, one date
that can't be inferred) is no exception but a `Failure`: a record with a place
and a reason, kept beside the results.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class SecondsourceError(Exception):
    """Base of every error that this package raises on purpose."""


class InputError(SecondsourceError):
    """An input can't be used as given."""


class SpanError(InputError, ValueError):
    """Offsets that are not a span of the text."""


class CodecError(InputError, ValueError):
    """JSON that is not of the expected schema."""


class LanguageError(InputError):
    """A text in a language that is not supported."""


class FetchError(InputError):
    """An address can't be fetched.

    `lasting` when asking again would change nothing; `silent` when the host
    gave no answer at all; `status` is the HTTP status, if there was one;
    `retry_after` the seconds that the host asks to wait.
    """

    def __init__(
        self,
        reason: str,
        *,
        lasting: bool = False,
        silent: bool = False,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.lasting = lasting
        self.silent = silent
        self.status = status
        self.retry_after = retry_after


class PipelineError(SecondsourceError):
    """Stages that do not fit together."""


class StoreError(SecondsourceError):
    """A library can't be opened or used, or is of a newer version."""


class UnknownError(StoreError, KeyError):
    """Nothing of that name is in the library."""

    def __str__(self) -> str:
        # A KeyError would print itself in quotation marks.
        return str(self.args[0])


class ModelError(SecondsourceError):
    """Trained weights are missing or do not fit this version."""


class MissingExtraError(SecondsourceError, ImportError):
    """A feature needs an optional dependency that is not installed."""

    def __init__(self, extra: str, what: str) -> None:
        super().__init__(f"{what} needs an extra: pip install 'secondsource[{extra}]'")
        self.extra = extra


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """What could not be done, where, and why; the rest was done.

    >>> print(Failure(stage="ingest", where="a.jsonl", line=3, reason="not JSON"))
    a.jsonl:3: not JSON
    """

    stage: str
    where: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T_co]):
    """What a stage made, and what it could not do."""

    value: T_co
    failures: tuple[Failure, ...] = ()


def sorted_failures(failures: Iterable[Failure]) -> tuple[Failure, ...]:
    """Failures without repeats, in an order that does not depend on who found them first."""
    return tuple(
        sorted(
            set(failures), key=lambda f: (f.stage, f.where, f.line if f.line is not None else -1, f.reason)
        )
    )
