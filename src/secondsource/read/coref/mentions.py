"""Mentions: the names, descriptions and pronouns of a Doc, with what their words tell about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ...model.reading import MentionForm
from .words import Words, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEFT: Final = frozenset(
    "det amod compound nmod:poss flat nummod nmod:desc det:predet nmod:unmarked poss nn quantmod predet "
    "nmod:npmod compound:prt goeswith".split()
)
_RIGHT: Final = frozenset(
    "nmod flat acl acl:relcl obl obj nmod:unmarked xcomp compound nummod amod prep relcl pobj pcomp "
    "advcl:relcl obl:unmarked compound:prt nmod:npmod goeswith ccomp npadvmod fixed".split()
)
_OVER_COMMAS: Final = frozenset({"acl:relcl", "acl", "relcl", "nmod:unmarked"})
_POSSESSIVE: Final = ("'s", "’s", "'", "’")
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
_PARTS_OF_NAMES: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC"})
_ANIMATE_TYPES: Final = frozenset({"person", "animal"})
_EMPTY: Final = frozenset("the this that these those 's ’s".split())
_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubjpass", "nsubj:outer"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible mention: half-open token range, head token, and what its words tell.

    `name` are the words of the proper name it is headed by and `title` those before it; `gender` is "m",
    "f", "n" (a thing) or None; `number` "sg", "pl" or None; `person` 1 to 3
    for pronouns; `kind` the entity type the network gives the head ("person",
    "place"...), "" where there is none; `label` that of its name.
    """

    start: int
    end: int
    head: int
    form: MentionForm
    word: str
    lemma: str
    name: tuple[str, ...]
    title: frozenset[str]
    label: str
    kind: str
    gender: str | None
    number: str | None
    person: int
    modifiers: frozenset[str]
    content: tuple[str, ...]
    determiner: str
    sentence: int
    subject: bool
    quoted: bool
    government: bool


def candidates(doc: Doc, heads: Mapping[int, str]) -> list[Candidate]:
    """The candidates of a Doc in text order; `heads` are tokens that head one, with their kind."""
    sentence_of = _sentence_numbers(doc)
    quoted = _inside_quotes(doc)
    named = {
        token: (span.start, span.end, span.label_)
        for span in doc.ents
        for token in range(span.start, span.end)
    }
    table = words()
    found: list[Candidate] = []
    for head, kind in sorted(heads.items()):
        found.append(_candidate(doc[head], kind, named, sentence_of[head], quoted[head], table))
        several = _coordination(doc[head], found[-1], heads)
        if several is not None:
            found.append(several)
    return found


def find_heads(doc: Doc, proposed: Iterable[int], kinds: Mapping[int, str]) -> dict[int, str]:
    """The tokens that head a mention: the proposed, each name's head, each pronoun."""
    heads: dict[int, str] = {}
    for token in proposed:
        heads[token] = kinds.get(token, "")
    for span in doc.ents:
        if span.label_ in _PARTS_OF_NAMES:
            heads.setdefault(span.root.i, kinds.get(span.root.i, ""))
    for pronoun in doc:
        if pronoun.tag_ in ("PRP", "PRP$"):
            heads.setdefault(pronoun.i, kinds.get(pronoun.i, ""))
    return {
        head: kind
        for head, kind in heads.items()
        if not _is_part_of_name(doc[head], heads) and not doc[head].dep_.startswith("expl")
    }


def _is_part_of_name(token: Token, heads: Mapping[int, str]) -> bool:
    """Whether the token is inside a name whose head is another token."""
    if token.dep_ not in ("flat", "compound", "goeswith", "fixed", "nn"):
        return False
    head = token.head
    return (
        head.i in heads
        and token.ent_type != 0
        and token.ent_type == head.ent_type
        and _same_name(token, head)
    )


def _same_name(left: Token, right: Token) -> bool:
    first, last = sorted((left.i, right.i))
    return all(token.ent_iob_ == "I" for token in left.doc[first + 1 : last + 1])


def span_of(head: Token) -> tuple[int, int]:
    """The token range of the mention with this head: its phrase without apposition and coordination."""
    doc = head.doc
    inside = {head.i}
    for child in head.children:
        if child.i < head.i and child.dep_ in _LEFT:
            inside.update(token.i for token in child.subtree if token.i < head.i)
        elif child.i > head.i and _belongs(child):
            inside.update(token.i for token in child.subtree)
    start = end = head.i
    while start - 1 in inside or (start - 2 in inside and doc[start - 1].is_punct):
        start -= 1
    while end + 1 in inside or (end + 2 in inside and (doc[end + 1].is_punct or doc[end + 1].is_space)):
        end += 1
    return _trimmed(doc, start, end, head.i)


def _belongs(child: Token) -> bool:
    """Whether a phrase after the head is part of the mention."""
    if child.tag_ == "POS" or child.text in _POSSESSIVE:
        return True
    return child.dep_ in _RIGHT and (child.dep_ in _OVER_COMMAS or not _after_comma(child))


def _after_comma(child: Token) -> bool:
    """Whether a phrase is set off by a comma, a dash or a bracket."""
    edge: int = child.left_edge.i
    return edge > 0 and (child.doc[edge - 1].is_punct or child.doc[edge].is_punct)


def _trimmed(doc: Doc, start: int, end: int, head: int) -> tuple[int, int]:
    """The half-open range without punctuation and conjunctions at its ends, nor an unclosed bracket."""
    while start < head and (doc[start].is_punct or doc[start].dep_ in ("cc", "case", "punct", "mark")):
        start += 1
    opened = [token.i for token in doc[head : end + 1] if token.text == "("]
    if len(opened) > sum(token.text == ")" for token in doc[head : end + 1]):
        end = opened[-1] - 1
    while end > head and (doc[end].is_punct or doc[end].is_space) and doc[end].text != ")":
        end -= 1
    return start, end + 1


def _coordination(head: Token, first: Candidate, heads: Mapping[int, str]) -> Candidate | None:
    """The whole of 'Doe and Roe' as one mention of many, for the first of them."""
    others = [child for child in head.children if child.dep_ == "conj" and child.i in heads]
    joined = any(
        part.lower_ in ("and", "&") for other in others for part in other.children if part.dep_ == "cc"
    )
    if not joined or first.form == "pronoun" or (first.number == "pl" and first.form == "nominal"):
        return None
    end = span_of(others[-1])[1]
    return replace(
        first,
        end=max(end, first.end),
        form="nominal",
        word="and",
        lemma="and",
        name=(),
        title=frozenset(),
        label="",
        gender="p" if first.label == "PERSON" or first.gender in ("m", "f", "p") else first.gender,
        number="pl",
        modifiers=frozenset(),
        content=_content(head.doc[first.start : end]),
        determiner="",
    )


def _candidate(
    head: Token,
    kind: str,
    named: Mapping[int, tuple[int, int, str]],
    sentence: int,
    quoted: bool,
    table: Words,
) -> Candidate:
    doc = head.doc
    start, end = (head.i, head.i + 1) if head.tag_ in ("PRP", "PRP$") else span_of(head)
    name: tuple[str, ...] = ()
    title: frozenset[str] = frozenset()
    label = ""
    if head.i in named:
        first, last, label = named[head.i]
        start, end = min(start, first), max(end, last)
        name = tuple(token.text for token in doc[first:last])
        title = frozenset(_content(doc[start:first]))
    elif head.pos_ == "PROPN":
        name = tuple(token.text for token in doc[start:end] if token.pos_ == "PROPN")
    form: MentionForm = "pronoun" if head.tag_ in ("PRP", "PRP$") else "name" if name else "nominal"
    opening = doc[start]
    is_determiner = opening.dep_ in ("det", "nmod:poss", "poss", "det:predet")
    gender, number, person = _traits(head, form, label, kind, doc[start : head.i], table)
    return Candidate(
        start=start,
        end=end,
        head=head.i,
        form=form,
        word=head.lower_,
        lemma=head.lemma_.lower(),
        name=name,
        title=title,
        label=label,
        kind=kind,
        gender=gender,
        number=number,
        person=person,
        modifiers=_modifiers(head),
        content=_content(doc[start:end]),
        determiner=opening.lower_ if is_determiner else "",
        sentence=sentence,
        subject=head.dep_ in _SUBJECTS,
        quoted=quoted,
        government=label in _PLACES and _acts(head, table),
    )


def _acts(head: Token, table: Words) -> bool:
    """Whether a place's name is the subject of a verb that only its government can be the subject of."""
    return head.dep_ == "nsubj" and head.head.lemma_.lower() in table.speaks


def _modifiers(head: Token) -> frozenset[str]:
    return frozenset(
        token.lower_
        for child in head.children
        if child.dep_ in ("amod", "compound", "nummod", "nmod", "nmod:poss", "nmod:desc", "flat")
        for token in child.subtree
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "VERB") and not token.is_stop
    )


def _content(tokens: Iterable[Token]) -> tuple[str, ...]:
    """The words of a mention but its article and its possessive mark."""
    return tuple(token.lower_ for token in tokens if token.lower_ not in _EMPTY and not token.is_punct)


def _traits(
    head: Token, form: MentionForm, label: str, kind: str, before: Iterable[Token], table: Words
) -> tuple[str | None, str | None, int]:
    """Gender, number and grammatical person, as far as the words tell."""
    lower = head.lower_
    if lower in table.nouns["partitive"]:
        lower = next((child.lower_ for child in head.children if child.dep_ == "nmod"), lower)
    if form == "pronoun":
        return _pronoun_traits(lower, table)
    number = "pl" if head.tag_ in ("NNS", "NNPS") else "sg" if head.tag_ in ("NN", "NNP") else None
    if head.lower_ in table.nouns["many"]:
        number = "pl"
    nouns, titles = table.nouns, table.titles
    leading = {token.lower_ for token in before} | {lower}
    if label == "PERSON" or kind in _ANIMATE_TYPES:
        for gender, key in (("m", "male"), ("f", "female")):
            if leading & titles[key] or lower in nouns[key]:
                return gender, number, 3
        if lower in nouns["group"] or kind == "animal":
            return None, None, 3
        return "p", "sg" if label == "PERSON" and number != "pl" else number, 3
    if lower in nouns["male"]:
        return "m", number, 3
    if lower in nouns["female"]:
        return "f", number, 3
    if label in ("ORG", "NORP") or lower in nouns["group"] or kind == "organization":
        return ("p" if label == "NORP" else "n"), None, 3
    if lower in nouns["person"]:
        return "p", number, 3
    if label or kind:
        return "n", number, 3
    return None, number, 3


def _pronoun_traits(lower: str, table: Words) -> tuple[str | None, str | None, int]:
    p = table.pronouns
    if lower in p["male"]:
        return "m", "sg", 3
    if lower in p["female"]:
        return "f", "sg", 3
    if lower in p["thing"]:
        return "n", "sg", 3
    if lower in p["many"]:
        return None, "pl", 3
    if lower in p["speaker"]:
        return "p", "sg", 1
    if lower in p["speakers"]:
        return "p", "pl", 1
    if lower in p["addressee"]:
        return "p", None, 2
    return None, None, 3


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers: list[int] = []
    for number, sentence in enumerate(doc.sents):
        numbers += [number] * (sentence.end - sentence.start)
    return numbers


def _inside_quotes(doc: Doc) -> Sequence[bool]:
    """Whether each token stands between quotation marks; a paragraph's end closes what is open."""
    inside: list[bool] = []
    is_open = False
    for token in doc:
        mark = token.text
        if mark in ("“", "``"):
            is_open = True
        elif mark in ("”", "''"):
            is_open = False
        elif mark == '"':
            is_open = not is_open
        elif token.is_space and "\n" in mark:
            is_open = False
        inside.append(is_open)
    return inside
