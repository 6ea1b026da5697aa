"""Pages that stay in place while a library grows: each goes on below the last key of the one before."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, or_

from ..errors import InputError
from .records import Page

T = TypeVar("T")
Key = ColumnElement[Any]


def fetch(
    connection: Connection,
    query: Select[Any],
    keys: Sequence[Key],
    make: Callable[[Any], T],
    limit: int,
    after: str | None,
) -> Page[T]:
    """A page of a query's rows, the greatest keys first; `make` turns each row into what is handed out.

    Raises:
        InputError: when `after` is not the `next` of such a page, or `limit` is below 1.
    """
    if limit < 1:
        raise InputError(f"a page has at least one row, not {limit}")
    if after is not None:
        query = query.where(below(keys, place_of(after, keys)))
    query = query.add_columns(*(key.label(f"key{n}") for n, key in enumerate(keys)))
    rows = connection.execute(query.order_by(*(key.desc() for key in keys)).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    more = None if last is None else json.dumps([getattr(last, f"key{n}") for n in range(len(keys))])
    return Page(tuple(make(row) for row in rows[:limit]), more)


def below(keys: Sequence[Key], values: Sequence[Any]) -> ColumnElement[bool]:
    """Whether a row comes after the one with these values of the keys."""
    return or_(
        *(
            and_(
                *(key == value for key, value in zip(keys[:n], values[:n], strict=True)), keys[n] < values[n]
            )
            for n in range(len(keys))
        )
    )


def place_of(after: str, keys: Sequence[Key]) -> list[str | int]:
    """The key of the last row before, as `after` tells it.

    Raises:
        InputError: when that is not the `next` of a page with such keys.
    """
    try:
        found = json.loads(after)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or len(found) != len(keys) or not all(map(_fits, keys, found)):
        raise InputError(f"not a place to go on from: {after!r}")
    return found


def _fits(key: Key, value: object) -> bool:
    """Whether a value can be one of the key's: a database compares no others."""
    if key.type.python_type is str:
        return (
            isinstance(value, str) and "\0" not in value and value.encode("utf-8", "ignore").decode() == value
        )
    return type(value) is int and abs(value) < 2**63
