"""A scene: a source and a target in one sentence, the predicates that join them, and what is told by them.

The features are names with values for a linear model (`coder.py`); the
training script and the program make them by this one function.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .deeds import Deed, deeds_of

if TYPE_CHECKING:
    from spacy.tokens import Token

REPORTING = frozenset(
    "say announce tell report declare add state confirm claim note believe think reiterate stress insist "
    "argue warn begin start continue decide plan intend want seem be".split()
)
"""What these govern is the deed; they themselves tell none."""
AHEAD = frozenset({"plan", "intend", "want"})
FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll", "wo"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "without"})
OBJECTS = frozenset({"obj", "xcomp", "ccomp", "obl", "advcl", "compound"})
CLAUSES = frozenset({"ccomp", "xcomp", "parataxis"})
CONTENT = frozenset({"VERB", "NOUN", "ADJ", "PART", "ADP", "AUX"})
MOST_GOVERNORS = 8


@dataclass(frozen=True, slots=True)
class Scene:
    """Who acts on whom in one sentence.

    `predicate` is what the source does, reporting verbs passed over;
    `joint` the lowest predicate above both; `above_target` the one next above the
    target. Token numbers are those of the Doc.
    """

    tokens: tuple[Token, ...]
    source: frozenset[int]
    target: frozenset[int]
    source_head: Token | None
    target_head: Token | None
    predicate: Token | None
    reported_by: frozenset[str]
    joint: Token | None
    over_target: tuple[Token, ...]
    deeds: tuple[Deed, ...]


def scene_of(
    tokens: Sequence[Token],
    source: frozenset[int],
    target: frozenset[int],
    deeds: Sequence[Deed] | None = None,
) -> Scene:
    """The scene of a source and a target, each given by its token numbers, in a sentence's tokens.

    `deeds` are the sentence's, where they are known already.
    """
    words = tuple(token for token in tokens if not token.is_space)
    source_head, target_head = _head(words, source), _head(words, target)
    over_source = _governors(source_head, source)
    over_target = _governors(target_head, target)
    if source_head is not None and source_head.head is source_head:
        over_source = (source_head, *over_source)
    verbs = [token for token in over_source if token.pos_ == "VERB"] or list(over_source)
    predicate, reported_by = _past_reports(verbs[0] if verbs else None)
    below = {token.i for token in over_target}
    return Scene(
        tokens=words,
        source=source,
        target=target,
        source_head=source_head,
        target_head=target_head,
        predicate=predicate,
        reported_by=reported_by,
        joint=next((token for token in over_source if token.i in below), None),
        over_target=over_target,
        deeds=tuple(deeds_of(words) if deeds is None else deeds),
    )


def features_of(scene: Scene) -> dict[str, float]:
    """The features of a scene by name; what is named twice keeps its last value."""
    return dict((*_of_deeds(scene), *_of_words(scene), *_of_predicates(scene), *_of_ends(scene)))


def is_ahead(scene: Scene) -> bool:
    """Whether the predicate tells what is still to come: "will visit", "plans to visit"."""
    if scene.predicate is None:
        return False
    auxiliaries = {c.lower_ for c in scene.predicate.children if c.dep_.startswith("aux")}
    return bool(auxiliaries & FUTURE or scene.reported_by & AHEAD)


def is_negated(scene: Scene) -> bool:
    """Whether the predicate itself is negated."""
    return scene.predicate is not None and any(c.lower_ in NEGATIONS for c in scene.predicate.children)


def _head(words: Sequence[Token], inside: frozenset[int]) -> Token | None:
    for token in words:
        if token.i in inside and (token.head.i not in inside or token.head is token):
            return token
    return None


def _governors(token: Token | None, inside: frozenset[int]) -> tuple[Token, ...]:
    """The predicates above a token, the nearest first."""
    found: list[Token] = []
    for _ in range(MOST_GOVERNORS):
        if token is None or token.head is token:
            break
        token = token.head
        if token.pos_ in ("VERB", "AUX") or (token.pos_ in ("NOUN", "ADJ") and token.i not in inside):
            found.append(token)
    return tuple(found)


def _past_reports(predicate: Token | None) -> tuple[Token | None, frozenset[str]]:
    """The predicate below reporting and other empty verbs, and their lemmas."""
    passed: set[str] = set()
    for _ in range(3):
        if predicate is None or predicate.lemma_.lower() not in REPORTING:
            break
        below = [
            child
            for child in predicate.children
            if child.dep_.split(":")[0] in CLAUSES and child.pos_ in ("VERB", "NOUN", "ADJ")
        ]
        if not below:
            break
        passed.add(predicate.lemma_.lower())
        predicate = below[0]
    return predicate, frozenset(passed)


def _of_deeds(scene: Scene) -> Iterator[tuple[str, float]]:
    """Which deeds are told, and where in the scene."""
    tokens = {token.i: token for token in scene.tokens}
    moods = [name for name, holds in (("fut", is_ahead(scene)), ("neg", is_negated(scene))) if holds]
    for deed in scene.deeds:
        for place in _places(scene, tokens[deed.at]):
            yield f"{deed.type}@{place}", 1.0
            if place == "P":
                yield from ((f"{mood}&{deed.type}", 1.0) for mood in moods)
            if deed.mode:
                yield f"{deed.type}.{deed.mode}@{place}", 0.5
            if deed.size > 1:
                yield f"{deed.type}+@{place}", 1.0


def _places(scene: Scene, token: Token) -> Iterator[str]:
    """How a deed's token stands to the scene."""
    if token.i in scene.target:
        yield "target"
        return
    if token.i in scene.source:
        yield "source"
        return
    yield "any"
    predicate = scene.predicate
    if predicate is not None and token.i == predicate.i:
        yield "P"
    elif predicate is not None and any(above.i == predicate.i for above in token.ancestors):
        yield "below"
        yield "b:" + token.dep_.split(":")[0] if token.head.i == predicate.i else "deep"
    else:
        yield "else"
    if any(above.i == token.i for above in scene.over_target):
        yield "govT"
    if scene.joint is not None and token.i == scene.joint.i:
        yield "lca"
    if _is_between(scene, token):
        yield "between"


def _is_between(scene: Scene, token: Token) -> bool:
    if not scene.source or not scene.target:
        return True
    ends = (*scene.source, *scene.target)
    return min(min(scene.source), min(scene.target)) < token.i < max(ends)


def _of_words(scene: Scene) -> Iterator[tuple[str, float]]:
    for token in scene.tokens:
        if token.is_punct:
            continue
        lemma = token.lemma_.lower()
        if token.i in scene.target:
            yield "t=" + lemma, 0.5
        elif token.i in scene.source:
            yield "s=" + lemma, 0.3
        else:
            yield "w=" + lemma, 1.0 if token.pos_ in CONTENT else 0.4
            if _is_between(scene, token):
                yield "m=" + lemma, 0.7


def _of_predicates(scene: Scene) -> Iterator[tuple[str, float]]:
    yield from (("say=" + lemma, 1.0) for lemma in sorted(scene.reported_by))
    yield "fut", float(is_ahead(scene))
    yield "neg", float(is_negated(scene))
    if scene.predicate is not None:
        passive = any(c.dep_ in ("aux:pass", "nsubj:pass") for c in scene.predicate.children)
        yield "psv", float(passive)
    over_target = scene.over_target[0] if scene.over_target else None
    for name, token in (("P", scene.predicate), ("L", scene.joint), ("T", over_target)):
        if token is not None:
            yield from _of_predicate(name, token, scene.source | scene.target)


def _of_predicate(name: str, token: Token, inside: frozenset[int]) -> Iterator[tuple[str, float]]:
    yield f"{name}={token.lemma_.lower()}", 1.0
    yield f"{name}tag={token.tag_}", 0.5
    for child in token.children:
        lemma, relation = child.lemma_.lower(), child.dep_.split(":")[0]
        if child.dep_.startswith("aux"):
            yield f"{name}aux={lemma}", 1.0
        if child.lower_ in NEGATIONS:
            yield name + "neg", 1.0
        if relation in OBJECTS and child.i not in inside:
            yield f"{name}+{relation}={lemma}", 1.0
            yield "o=" + lemma, 0.7
        if relation == "obl":
            yield from ((f"{name}case={c.lower_}", 0.5) for c in child.children if c.dep_ == "case")


def _of_ends(scene: Scene) -> Iterator[tuple[str, float]]:
    """How source and target hang in the sentence, and what kinds of name they are."""
    source, target = scene.source_head, scene.target_head
    if target is not None:
        yield "tdep=" + target.dep_, 0.7
        yield "tent=" + (target.ent_type_ or "-"), 0.5
        yield from (("tcase=" + c.lower_, 0.8) for c in target.children if c.dep_ == "case")
        if scene.over_target:
            yield f"Tg={scene.over_target[0].lemma_.lower()}/{target.dep_}", 0.7
    if source is not None:
        yield "sdep=" + source.dep_, 0.7
        yield "sent=" + (source.ent_type_ or "-"), 0.5


def weighted(features: Mapping[str, float], rows: Mapping[str, int]) -> tuple[list[int], list[float]]:
    """The rows of a model's matrix that these features stand for, and their values."""
    known = sorted((rows[name], value) for name, value in features.items() if name in rows and value)
    return [row for row, _ in known], [value for _, value in known]
