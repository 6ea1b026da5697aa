"""What people type into a search, and the same in the languages of the two full-text indexes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_TERM: Final = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow one another, or must not; the last may be the beginning of a word."""

    words: tuple[str, ...]
    excluded: bool = False
    prefix: bool = False


def terms(query: str) -> tuple[Term, ...]:
    """A query as people type it: words, "phrases in quotation marks", beginn*, -without.

    >>> terms('bridge "heavy rain" flood* -football')[1]
    Term(words=('heavy', 'rain'), excluded=False, prefix=False)
    """
    found = []
    for sign, phrase, word in _TERM.findall(query):
        words = tuple(_WORD.findall(phrase or word))
        if words:
            found.append(Term(words, bool(sign), word.endswith("*")))
    return tuple(found)


def beginnings(query: str) -> tuple[Term, ...]:
    """Each word of a query by itself, as the beginning of a word.

    >>> beginnings('"sea-wall"')
    (Term(words=('sea',), excluded=False, prefix=True), Term(words=('wall',), excluded=False, prefix=True))
    """
    return tuple(Term((word,), prefix=True) for word in _WORD.findall(query))


@dataclass(frozen=True, slots=True)
class Match:
    """A condition on the table `found`: its SQL, and what is put in the place of its parameters.

    `query` is the SQL of the question alone, as the functions that mark words take it.
    """

    sql: str
    query: str
    values: Mapping[str, str]


def match_of(asked: Sequence[Term], postgresql: bool) -> Match:
    """The terms as a condition of SQLite's or PostgreSQL's index."""
    if postgresql:
        query = _tsquery(asked)
        # Words like "the" are not in this index: a query of them alone leaves nothing out.
        sql = f"(numnode({query}) = 0 OR found.words @@ ({query}))"
        return Match(sql, query, _parameters(asked))
    return Match("found MATCH :match", ":match", {"match": _fts5(asked)})


def _fts5(asked: Sequence[Term]) -> str:
    """The query in the language of FTS5: every word quoted, so that none is an operator."""
    wanted = " AND ".join(_fts5_term(term) for term in asked if not term.excluded)
    unwanted = "".join(f" NOT {_fts5_term(term)}" for term in asked if term.excluded)
    return wanted if not unwanted else f"({wanted}){unwanted}"


def _fts5_term(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + ("*" if term.prefix else "")


def _tsquery(asked: Sequence[Term]) -> str:
    """The query as an SQL expression of PostgreSQL; the words are its parameters."""
    parts = []
    for n, term in enumerate(asked):
        made = f"to_tsquery('english', :term{n})" if term.prefix else f"phraseto_tsquery('english', :term{n})"
        parts.append(f"!!{made}" if term.excluded else made)
    return " && ".join(parts)


def _parameters(asked: Sequence[Term]) -> dict[str, str]:
    return {
        f"term{n}": " <-> ".join(term.words) + ":*" if term.prefix else " ".join(term.words)
        for n, term in enumerate(asked)
    }
