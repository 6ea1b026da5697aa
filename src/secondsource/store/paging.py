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
        query = query.where(_below(keys, _read(after, len(keys))))
    query = query.add_columns(*(key.label(f"key{n}") for n, key in enumerate(keys)))
    rows = connection.execute(query.order_by(*(key.desc() for key in keys)).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    more = None if last is None else json.dumps([getattr(last, f"key{n}") for n in range(len(keys))])
    return Page(tuple(make(row) for row in rows[:limit]), more)


def _below(keys: Sequence[Key], values: Sequence[Any]) -> ColumnElement[bool]:
    return or_(
        *(
            and_(
                *(key == value for key, value in zip(keys[:n], values[:n], strict=True)), keys[n] < values[n]
            )
            for n in range(len(keys))
        )
    )


def _read(after: str, size: int) -> list[str | int]:
    try:
        found = json.loads(after)
    except ValueError:
        found = None
    if not isinstance(found, list) or len(found) != size or not all(isinstance(v, str | int) for v in found):
        raise InputError(f"not a place to go on from: {after!r}")
    return found
