"""Hypothesis strategies that build any model type from its type hints."""

from __future__ import annotations

import types
from dataclasses import fields
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from secondsource.model import Article, Interval, Operator, Published, Span

TEXT = "Ünï 😀 text: the ferry sailed at dawn, she said."

ordered_dates = st.tuples(st.none() | st.dates(), st.none() | st.dates()).map(
    lambda pair: tuple(sorted(pair)) if all(pair) else pair  # type: ignore[type-var]
)
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
    lambda pair: Span(min(pair), max(pair))
)
operators: st.SearchStrategy[Operator] = st.recursive(
    st.builds(Operator, st.text(max_size=8)),
    lambda inner: st.builds(
        Operator, st.text(max_size=8), st.lists(st.text(max_size=5) | st.integers() | inner).map(tuple)
    ),
    max_leaves=5,
)


def of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type hint of the model."""
    simple = {
        str: st.text(max_size=12),
        int: st.integers(0, 10**6),
        float: st.floats(0, 1),
        bool: st.booleans(),
        date: st.dates(),
        Span: spans,
        Operator: operators,
        Interval: ordered_dates.map(lambda pair: Interval(*pair)),
    }
    if hint in simple:
        return simple[hint]
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) is tuple:
        return st.lists(of(get_args(hint)[0]), max_size=2).map(tuple)
    if get_origin(hint) in (Union, types.UnionType):
        (kind,) = (arg for arg in get_args(hint) if arg is not type(None))
        return st.none() | of(kind)
    if hint is Published:
        return st.builds(
            lambda days, value, how: Published(*days, value, how),
            ordered_dates,
            st.none() | st.text(max_size=10),
            st.sampled_from(["metadata", "inferred", "unknown"]),
        )
    hints = get_type_hints(hint)
    parts = {f.name: of(hints[f.name]) for f in fields(hint)}
    if hint is Article:
        parts["text"] = st.just(TEXT)
    return st.builds(hint, **parts)
