"""PLOVER's actors: the country and the sector that the words for somebody tell.

Countries, their capitals and what their people are called come from
countryinfo; sectors from `sectors.toml`. A code is the country's ISO code of
three letters and a sector's of three, either of which may be missing:
"FRAGOV", "FRA", "COP".
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ...model import Argument, Reading, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST_NAME = 6
"""The most words that the name of a country has."""
SHORT = 3
"""A name of no more letters counts only as it is written, in capitals."""
CODE = 3
GOVERNMENT = "GOV"
OWNING = frozenset({"of", "'s", "’s", "'", "from"})
MOST_LINKS = 6
DESCRIBING = frozenset({"compound", "amod", "flat", "appos"})


@dataclass(frozen=True, slots=True)
class Countries:
    """Three-letter codes of countries by their names and by what their people are called; by capital."""

    names: Mapping[str, str]
    capitals: Mapping[str, str]


@cache
def countries() -> Countries:
    """What countryinfo knows; where two countries share a word, the one of more people has it."""
    from countryinfo import all_countries

    names: dict[str, tuple[int, str]] = {}
    capitals: dict[str, tuple[int, str]] = {}
    for country in all_countries():
        code, people = country.iso(3), country.population() or 0
        if not code:
            continue
        peoples = _listed(country.demonym())
        stems = [people[:-1] for people in peoples if people.endswith("an")]
        written = [country.name(), *stems, *peoples, *_listed(country.alt_spellings())]
        for name in written:
            _keep(names, name, people, code)
        for capital in _listed(country.capital()):
            _keep(capitals, capital.split(" D.C.")[0], people, code)
    return Countries(_codes(names), _codes(capitals))


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _keep(table: dict[str, tuple[int, str]], name: str | None, people: int, code: str) -> None:
    key = _key(name or "")
    if len(key) > 1:
        table[key] = max(table.get(key, (-1, "")), (people, code))


def _codes(table: Mapping[str, tuple[int, str]]) -> dict[str, str]:
    return {name: code for name, (_, code) in table.items()}


def _key(name: str) -> str:
    """A name as it is looked up: without dots and article; long ones in lower case."""
    bare = name.replace(".", "").replace("’", "'").strip().removesuffix("'s")
    bare = bare if len(bare) <= SHORT else bare.lower()
    return bare.removeprefix("the ")


@cache
def sectors() -> Mapping[str, str]:
    """The sector of each word that tells one."""
    raw = tomllib.loads(files(__package__).joinpath("sectors.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for sector, words in raw["sectors"].items():
        for word in words:
            found.setdefault(word, sector)
    return found


@cache
def proper_sectors() -> Mapping[str, str]:
    """The sector of each word that tells one in a name."""
    raw = tomllib.loads(files(__package__).joinpath("sectors.toml").read_text(encoding="utf-8"))
    return {word: sector for sector, words in raw["proper"].items() for word in words}


class ActorCoder:
    """Codes the actors of one reading; holds what its chains tell of each entity."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._spans: dict[str, list[Span]] = defaultdict(list)
        for entity in reading.entities:
            self._spans[entity.id] = [m.span for m in entity.mentions if m.form != "pronoun"]

    def code(self, argument: Argument) -> str | None:
        """The code of an argument: by its own words, else by its chain's; None where they tell none.

        Only what can act is coded as an agent: "a Peruvian proposal" has a country, but does nothing.
        """
        country = sector = ""
        for span in (argument.span, *self._spans.get(argument.entity or "", ())):
            words = self._tokens(span)
            if not words or (argument.role == "agent" and not is_actor(head_of(words))):
                continue
            if span == argument.span or not _is_named_otherwise(self._tokens(argument.span)):
                country = country or country_of(words)
            sector = sector or sector_of(words)
            if country and sector:
                break
        if argument.role == "place":
            return country or _of_capital(self._tokens(argument.span)) or None
        if not country and not sector:
            capital = _of_capital(self._tokens(argument.span))
            return capital + GOVERNMENT if capital else None
        return country + sector

    def _tokens(self, span: Span) -> list[Token]:
        found = self._reading.doc.char_span(span.start, span.end, alignment_mode="expand")
        return [token for token in found or () if not token.is_space]


def _is_named_otherwise(tokens: Sequence[Token]) -> bool:
    """Whether a description has a name of its own: whose minister it is, its chain need not be asked."""
    return bool(tokens) and head_of(tokens).pos_ == "NOUN" and any(t.pos_ == "PROPN" for t in tokens)


def head_of(tokens: Sequence[Token]) -> Token:
    """The word that the others hang on."""
    inside = {token.i for token in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head is t), tokens[-1])


def is_actor(head: Token) -> bool:
    """Whether a phrase with this head can name an actor: by a name, or by a word that tells a sector."""
    return head.pos_ == "PROPN" or bool(head.ent_type_) or any(_sectors(head))


def country_of(tokens: Sequence[Token]) -> str:
    """The code of the first country or people that some words name; persons' names tell none."""
    table = countries().names
    tokens = [token for token in tokens if _belongs(token, head_of(tokens))]
    for start in range(len(tokens)):
        for stop in range(min(len(tokens), start + LONGEST_NAME), start, -1):
            words = tokens[start:stop]
            if any(t.ent_type_ == "PERSON" for t in words) or not words[0].text[:1].isupper():
                continue
            found = table.get(_key(" ".join(t.text for t in words)))
            found = found or table.get(_key("".join(t.text_with_ws for t in words)).removesuffix("s"))
            if found:
                return found
    return ""


def sector_of(tokens: Sequence[Token]) -> str:
    """The sector that a phrase's head and what describes it tell, the most telling one; "" for none."""
    if not tokens:
        return ""
    head = head_of(tokens)
    near = [token for token in tokens if _describes(token, head)]
    order = list(dict.fromkeys(sectors().values()))
    found = {sector for token in near for sector in _sectors(token)}
    return min(found, key=order.index) if found else ""


def _belongs(token: Token, head: Token) -> bool:
    """Whether a token is the head or says whose or of what it is: "Peru's", "Peruvian", "of Peru"."""
    for _ in range(MOST_LINKS):
        if token.i == head.i:
            return True
        relation = token.dep_.split(":")[0]
        of = any(child.dep_ == "case" and child.lower_ in OWNING for child in token.children)
        if relation not in DESCRIBING and not (relation == "nmod" and of):
            return token.dep_ in ("det", "case")
        token = token.head
    return False


def _describes(token: Token, head: Token) -> bool:
    """Whether a token is the head, or part of its name or of what it is called."""
    while token.i != head.i:
        if token.dep_.split(":")[0] not in DESCRIBING or token.head is token:
            return False
        token = token.head
    return True


def _sectors(token: Token) -> Iterator[str]:
    table = sectors()
    if token.pos_ == "PROPN" and token.text in proper_sectors():
        yield proper_sectors()[token.text]
    for word in (token.lemma_.lower(), token.lower_):
        if word in table:
            yield table[word]


def _of_capital(tokens: Sequence[Token]) -> str:
    """The country whose capital some words are, and nothing else; "" for none."""
    name = " ".join(t.text for t in tokens if t.pos_ == "PROPN")
    alone = bool(name) and len(tokens) == len(name.split())
    return countries().capitals.get(_key(name), "") if alone else ""


def parts(code: str) -> tuple[str, str]:
    """The country and the sector of a code, "" for what it lacks.

    >>> parts("FRAGOV"), parts("FRA"), parts("COP")
    (('FRA', 'GOV'), ('FRA', ''), ('', 'COP'))
    """
    if len(code) > CODE:
        return code[:CODE], code[CODE:]
    return ("", code) if code in set(sectors().values()) else (code, "")
