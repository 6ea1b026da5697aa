"""Readings: the language in one article, and the findings located in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from .article import Article, Role
from .finding import Event, Quote, TimeMention
from .span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

EntityLabel: TypeAlias = Literal["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC"]
MentionForm: TypeAlias = Literal["name", "nominal", "pronoun"]


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A sentence: its span without outer white space, its block's role, its paragraph's number."""

    span: Span
    role: Role
    paragraph: int


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One place where an entity is named, described or stood for by a pronoun."""

    span: Span
    form: MentionForm


@dataclass(frozen=True, slots=True)
class Entity:
    """A coreference chain: somebody or something, with every mention of it.

    `id` is unique within one reading ("e3"); `name` is the fullest proper name
    or, where there is none, the fullest description.
    """

    id: str
    name: str
    label: EntityLabel
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The language in one article.

    `doc` is a spaCy `Doc` over the whole of `article.text`, so that
    `token.idx` is an offset into the article. `sentences` are those of body,
    headline and caption, in text order; navigation is not read.
    """

    article: Article
    doc: Doc = field(repr=False, compare=False)
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    times: tuple[TimeMention, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences of the report itself."""
        return tuple(s for s in self.sentences if s.role == "body")

    def entity(self, id: str) -> Entity:
        """The entity with this id.

        Raises:
            KeyError: when the reading has none.
        """
        for entity in self.entities:
            if entity.id == id:
                return entity
        raise KeyError(id)
