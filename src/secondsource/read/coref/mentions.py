"""Mentions: the names, descriptions and pronouns of a Doc, with what their words tell about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ...model.reading import MentionForm
from .syntax import Syntax
from .words import Words, words

_LEFT: Final = frozenset(
    "det amod compound nmod:poss flat nummod nmod:desc det:predet nmod:unmarked poss nn quantmod predet "
    "nmod:npmod compound:prt goeswith".split()
)
_RIGHT: Final = frozenset(
    "nmod flat acl acl:relcl obl obj nmod:unmarked xcomp compound nummod amod prep relcl pobj pcomp "
    "advcl:relcl obl:unmarked compound:prt nmod:npmod goeswith ccomp npadvmod fixed".split()
)
_OVER_COMMAS: Final = frozenset({"acl:relcl", "acl", "relcl", "nmod:unmarked"})
_NOT_OF_NAMES: Final = frozenset({"acl", "obl", "obj", "xcomp", "ccomp", "advcl:relcl"})
_POSSESSIVE: Final = ("'s", "’s", "'", "’")
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
_PARTS_OF_NAMES: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC"})
_ANIMATE_TYPES: Final = frozenset({"person", "animal"})
_EMPTY: Final = frozenset("the this that these those 's ’s".split())
_MODIFIERS: Final = frozenset({"amod", "compound", "nummod", "nmod", "nmod:poss", "nmod:desc", "flat"})
_DETERMINERS: Final = frozenset({"det", "nmod:poss", "poss", "det:predet"})
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


def candidates(syntax: Syntax, heads: Mapping[int, str]) -> list[Candidate]:
    """The candidates of a Doc in text order; `heads` are tokens that head one, with their kind."""
    table = words()
    found: list[Candidate] = []
    for head, kind in sorted(heads.items()):
        found.append(_candidate(syntax, head, kind, table))
        several = _coordination(syntax, found[-1], heads)
        if several is not None:
            found.append(several)
    return found


def find_heads(syntax: Syntax, proposed: Iterable[int], kinds: Mapping[int, str]) -> dict[int, str]:
    """The tokens that head a mention: the proposed, each name's head, each pronoun."""
    heads = {token: kinds.get(token, "") for token in proposed}
    for start, end, label in sorted(set(syntax.entity.values())):
        if label in _PARTS_OF_NAMES:
            top = next((t for t in range(start, end) if not start <= syntax.head[t] < end), start)
            heads.setdefault(top, kinds.get(top, ""))
    for token, tag in enumerate(syntax.tag):
        if tag in ("PRP", "PRP$"):
            heads.setdefault(token, kinds.get(token, ""))
    return {
        head: kind
        for head, kind in heads.items()
        if not _is_part_of_name(syntax, head, heads) and not syntax.dep[head].startswith("expl")
    }


def _is_part_of_name(syntax: Syntax, token: int, heads: Mapping[int, str]) -> bool:
    """Whether the token is inside a name whose head is another token."""
    above, name = syntax.head[token], syntax.entity.get(token)
    inner = syntax.dep[token] in ("flat", "compound", "goeswith", "fixed", "nn")
    return inner and above in heads and name is not None and syntax.entity.get(above) == name


def span_of(syntax: Syntax, head: int) -> tuple[int, int]:
    """The token range of the mention with this head: its phrase without apposition and coordination."""
    inside = {head}
    for child in syntax.children[head]:
        if child < head and syntax.dep[child] in _LEFT:
            inside.update(token for token in syntax.subtree(child) if token < head)
        elif child > head and _belongs(syntax, child, head in syntax.entity):
            inside.update(syntax.subtree(child))
    start = end = head
    while start - 1 in inside or (start - 2 in inside and syntax.is_mark(start - 1)):
        start -= 1
    while end + 1 in inside or (end + 2 in inside and syntax.is_mark(end + 1)):
        end += 1
    return _trimmed(syntax, start, end, head)


def _belongs(syntax: Syntax, child: int, named: bool) -> bool:
    """Whether a phrase after the head is part of the mention; few are part of a name's."""
    if syntax.tag[child] == "POS" or syntax.text[child] in _POSSESSIVE:
        return True
    dep = syntax.dep[child]
    if named and dep in _NOT_OF_NAMES:
        return False
    return dep in _RIGHT and (dep in _OVER_COMMAS or not _after_comma(syntax, child))


def _after_comma(syntax: Syntax, child: int) -> bool:
    """Whether a phrase is set off by a comma, a dash or a bracket."""
    edge = min(syntax.subtree(child))
    return edge > 0 and (syntax.is_mark(edge - 1) or syntax.is_mark(edge))


def _trimmed(syntax: Syntax, start: int, end: int, head: int) -> tuple[int, int]:
    """The half-open range without punctuation and conjunctions at its ends, nor an unclosed bracket."""
    while start < head and (syntax.is_mark(start) or syntax.dep[start] in ("cc", "case", "punct", "mark")):
        start += 1
    after = syntax.text[head : end + 1]
    if after.count("(") > after.count(")"):
        end = head + max(place for place, text in enumerate(after) if text == "(") - 1
    while end > head and syntax.is_mark(end) and syntax.text[end] != ")":
        end -= 1
    return start, end + 1


def _coordination(syntax: Syntax, first: Candidate, heads: Mapping[int, str]) -> Candidate | None:
    """The whole of 'Doe and Roe' as one mention of many, for the first of them."""
    others = [
        child for child in syntax.children[first.head] if syntax.dep[child] == "conj" and child in heads
    ]
    joined = any(
        syntax.dep[part] == "cc" and syntax.lower[part] in ("and", "&")
        for other in others
        for part in syntax.children[other]
    )
    if not joined or first.form == "pronoun" or (first.number == "pl" and first.form == "nominal"):
        return None
    end = max(first.end, span_of(syntax, others[-1])[1])
    return replace(
        first,
        end=end,
        form="nominal",
        word="and",
        lemma="and",
        name=(),
        title=frozenset(),
        label="",
        gender="p" if first.label == "PERSON" or first.gender in ("m", "f", "p") else first.gender,
        number="pl",
        modifiers=frozenset(),
        content=_content(syntax, first.start, end),
        determiner="",
    )


def _candidate(syntax: Syntax, head: int, kind: str, table: Words) -> Candidate:
    is_pronoun = syntax.tag[head] in ("PRP", "PRP$")
    start, end = (head, head + 1) if is_pronoun else span_of(syntax, head)
    name: tuple[str, ...] = ()
    title: frozenset[str] = frozenset()
    label = ""
    if head in syntax.entity:
        first, last, label = syntax.entity[head]
        start, end = min(start, first), max(end, last)
        name = tuple(syntax.text[first:last])
        title = frozenset(_content(syntax, start, first))
    elif syntax.pos[head] == "PROPN":
        name = tuple(syntax.text[t] for t in range(start, end) if syntax.pos[t] == "PROPN")
    form: MentionForm = "pronoun" if is_pronoun else "name" if name else "nominal"
    gender, number, person = _traits(syntax, head, form, label, kind, start, table)
    return Candidate(
        start=start,
        end=end,
        head=head,
        form=form,
        word=syntax.lower[head],
        lemma=syntax.lemma[head].lower(),
        name=name,
        title=title,
        label=label,
        kind=kind,
        gender=gender,
        number=number,
        person=person,
        modifiers=_modifiers(syntax, head),
        content=_content(syntax, start, end),
        determiner=syntax.lower[start] if syntax.dep[start] in _DETERMINERS else "",
        sentence=syntax.sentence[head],
        subject=syntax.dep[head] in _SUBJECTS,
        quoted=syntax.quoted[head],
        government=label in _PLACES and _acts(syntax, head, table),
    )


def _acts(syntax: Syntax, head: int, table: Words) -> bool:
    """Whether a place's name is the subject of a verb that only its government can be the subject of."""
    return syntax.dep[head] == "nsubj" and syntax.lemma[syntax.head[head]].lower() in table.speaks


def _modifiers(syntax: Syntax, head: int) -> frozenset[str]:
    return frozenset(
        syntax.lower[token]
        for child in syntax.children[head]
        if syntax.dep[child] in _MODIFIERS
        for token in syntax.subtree(child)
        if syntax.pos[token] in ("NOUN", "PROPN", "ADJ", "NUM", "VERB")
    )


def _content(syntax: Syntax, start: int, end: int) -> tuple[str, ...]:
    """The words of a mention but its article and its possessive mark."""
    return tuple(
        syntax.lower[t] for t in range(start, end) if syntax.lower[t] not in _EMPTY and not syntax.is_mark(t)
    )


def _traits(
    syntax: Syntax, head: int, form: MentionForm, label: str, kind: str, start: int, table: Words
) -> tuple[str | None, str | None, int]:
    """Gender, number and grammatical person, as far as the words tell."""
    lower, tag = syntax.lower[head], syntax.tag[head]
    if form == "pronoun":
        return _pronoun_traits(lower, table)
    number = "pl" if tag in ("NNS", "NNPS") else "sg" if tag in ("NN", "NNP") else None
    if label and label not in ("PERSON", "NORP"):
        number = None
    if lower in table.nouns["many"]:
        number = "pl"
    if lower in table.nouns["partitive"]:
        lower = next((syntax.lower[c] for c in syntax.children[head] if syntax.dep[c] == "nmod"), lower)
    nouns, titles = table.nouns, table.titles
    leading = {*syntax.lower[start:head], lower}
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
