"""One codec: every model type to versioned JSON and back.

The JSON of a type is its fields by name; spans are `[start, end]`, dates ISO
8601, operators `["name", argument, ...]`. The outermost object carries
`"schema": "secondsource/<type>/<version>"`. A reading carries its tokens, from
which `decode` builds its spaCy `Doc` again.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from ..errors import CodecError, Failure, InputError
from .article import Article
from .calendar import Calendar
from .collation import Collation
from .finding import Event, Quote, TimeMention
from .reading import Entity, Reading, Sentence
from .span import Span
from .story import Story
from .time import Operator

if TYPE_CHECKING:
    from spacy.tokens import Doc

Json: TypeAlias = Any
VERSION = 1

_ROOTS: dict[str, type] = {
    cls.__name__.lower(): cls for cls in (Article, Reading, Story, Calendar, Collation, Failure)
}


def encode(value: Article | Reading | Story | Calendar | Collation | Failure) -> dict[str, Json]:
    """A value as JSON-ready data that names its schema.

    >>> encode(Article(text="It rained.", id="a1"))["schema"]
    'secondsource/article/1'

    Raises:
        CodecError: when the value is of a type that has no schema.
    """
    name = type(value).__name__.lower()
    if _ROOTS.get(name) is not type(value):
        raise CodecError(f"no schema for {type(value).__name__}")
    body: dict[str, Json] = _encode(value)
    return {"schema": f"secondsource/{name}/{VERSION}", **body}


def decode(data: Mapping[str, Json]) -> Any:
    """The value that `encode` made this data from.

    Raises:
        CodecError: when the data names no known schema, or does not fit it.
    """
    schema = data.get("schema")
    parts = schema.split("/") if isinstance(schema, str) else []
    if len(parts) != 3 or parts[0] != "secondsource" or parts[1] not in _ROOTS:
        raise CodecError(f"unknown schema {schema!r}")
    if parts[2] != str(VERSION):
        raise CodecError(
            f"schema {schema!r} is not of version {VERSION}; read it with the release that wrote it"
        )
    rest = {key: value for key, value in data.items() if key != "schema"}
    try:
        return _decoder(_ROOTS[parts[1]])(rest)
    except (TypeError, ValueError, KeyError, AttributeError, InputError) as error:
        raise CodecError(f"does not fit {schema}: {error}") from error


def encode_part(value: Any) -> Json:
    """Part of a value as `encode` writes it, without a schema: the quotes of a reading, say.

    >>> encode_part((Span(0, 3),))
    [[0, 3]]
    """
    return _encode(value)


def decode_fields(cls: type, data: Mapping[str, Json]) -> Any:
    """A dataclass of some of an encoded value's fields; the rest of the data is passed over.

    >>> from .story import Origin
    >>> decode_fields(Origin, {"schema": "x", "id": "o1", "articles": ["a"], "why": "agency", "more": 1}).id
    'o1'

    Raises:
        CodecError: when the data does not fit the dataclass.
    """
    names = {f.name for f in fields(cls)}
    try:
        return _decoder(cls)({name: value for name, value in data.items() if name in names})
    except (TypeError, ValueError, KeyError, AttributeError, InputError) as error:
        raise CodecError(f"does not fit {cls.__name__}: {error}") from error


def _encode(value: Any) -> Json:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Operator):
        return [value.name, *(_encode(argument) for argument in value.arguments)]
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: _encode(getattr(value, f.name)) if f.name != "doc" else _tokens(getattr(value, f.name))
            for f in fields(value)
        }
    raise CodecError(f"can't encode {type(value).__name__}")


def _decode_span(data: Json) -> Span:
    start, end = data
    return Span(_whole(start), _whole(end))


def _whole(data: Json) -> int:
    if type(data) is not int:
        raise CodecError(f"not a whole number: {data!r}")
    return data


def _decode_operator(data: Json) -> Operator:
    name, *arguments = data
    if not isinstance(name, str):
        raise CodecError(f"an operator's name is a string, not {name!r}")
    return Operator(name, tuple(_decode_operator(a) if isinstance(a, list) else a for a in arguments))


def _scalar(kind: type) -> Callable[[Json], Any]:
    def check(data: Json) -> Any:
        if kind is float and type(data) is int:
            return float(data)
        if type(data) is not kind:
            raise CodecError(f"expected {kind.__name__}, got {data!r}")
        return data

    return check


def _literal(allowed: tuple[Any, ...]) -> Callable[[Json], Any]:
    def check(data: Json) -> Any:
        if data not in allowed:
            raise CodecError(f"{data!r} is none of {', '.join(map(str, allowed))}")
        return data

    return check


@cache
def _decoder(hint: Any) -> Callable[[Json], Any]:
    """The function that reads values of one type hint."""
    if hint is Span:
        return _decode_span
    if hint is Operator:
        return _decode_operator
    if hint is date:
        return date.fromisoformat
    if hint in (str, int, float, bool):
        return _scalar(hint)
    origin = get_origin(hint)
    if origin is Literal:
        return _literal(get_args(hint))
    if origin is tuple:
        item = get_args(hint)[0]
        return lambda data: tuple(map(_decoder(item), data))
    if origin in (Union, types.UnionType):
        (kind,) = (arg for arg in get_args(hint) if arg is not type(None))
        return lambda data: None if data is None else _decoder(kind)(data)
    if hint is Reading:
        return _decode_reading
    if is_dataclass(hint):
        return _dataclass_decoder(hint)
    raise CodecError(f"can't decode {hint!r}")


def _dataclass_decoder(cls: Any) -> Callable[[Json], Any]:
    hints = get_type_hints(cls)
    names = {f.name for f in fields(cls)}

    def read(data: Json) -> Any:
        if not isinstance(data, Mapping) or set(data) - names:
            raise CodecError(f"not a {cls.__name__}: {data!r:.80}")
        return cls(**{name: _decoder(hints[name])(value) for name, value in data.items()})

    return read


# A reading's `Doc` is kept as columns, one entry a token.
_COLUMNS = ("tag_", "pos_", "lemma_", "dep_", "ent_iob_", "ent_type_")


def _tokens(doc: Doc) -> dict[str, Json]:
    columns: dict[str, Json] = {name: [getattr(t, name) for t in doc] for name in _COLUMNS}
    return {
        "spans": [[t.idx, t.idx + len(t)] for t in doc],
        "heads": [t.head.i for t in doc],
        "starts": [t.i for t in doc if t.is_sent_start],
        **columns,
    }


def _decode_reading(data: Json) -> Reading:
    article = _decoder(Article)(data["article"])
    return Reading(
        article=article,
        doc=_decode_doc(article.text, data["doc"]),
        sentences=_decoder(tuple[Sentence, ...])(data["sentences"]),
        entities=_decoder(tuple[Entity, ...])(data["entities"]),
        quotes=_decoder(tuple[Quote, ...])(data["quotes"]),
        times=_decoder(tuple[TimeMention, ...])(data["times"]),
        events=_decoder(tuple[Event, ...])(data["events"]),
    )


def _decode_doc(text: str, tokens: Json) -> Doc:
    import spacy
    from spacy.tokens import Doc

    spans = [_decode_span(pair) for pair in tokens["spans"]]
    starts = set(tokens["starts"])
    doc = Doc(
        spacy.blank("en").vocab,
        words=[span.of(text) for span in spans],
        spaces=[text[span.end : span.end + 1] == " " and span.end < len(text) for span in spans],
        tags=tokens["tag_"],
        pos=tokens["pos_"],
        lemmas=tokens["lemma_"],
        heads=tokens["heads"] if any(tokens["dep_"]) else None,
        deps=tokens["dep_"] if any(tokens["dep_"]) else None,
        sent_starts=None if any(tokens["dep_"]) else [i in starts for i in range(len(spans))],
        ents=[
            iob if iob in ("O", "") else f"{iob}-{kind}"
            for iob, kind in zip(tokens["ent_iob_"], tokens["ent_type_"], strict=True)
        ],
    )
    # A very long article is read in part: its Doc lies over the text's beginning.
    if not text.startswith(doc.text):
        raise CodecError("the tokens do not cover the article's text")
    return doc
