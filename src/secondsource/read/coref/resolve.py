"""Resolution: in passes from sure to likely, each mention finds the cluster it belongs to.

Names come first, then constructions that say that two are one, then
descriptions, then pronouns (Lee et al. 2013); the trained scorer chooses
where several antecedents are possible, and the rules alone where there is no
scorer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .clusters import Clusters, traits_agree
from .mentions import Candidate
from .names import bare, match
from .syntax import Syntax
from .words import words


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which score on the trained scorer's antecedent is taken, by what else speaks for it.

    `exact`: a description in the same two words or more; `word`: in the same
    single word; `same_head`: with the same head and nothing new; `clashing`:
    the same head, other modifiers, or an indefinite one; `other`: another head;
    `name`: a name for a description; `pronoun`.
    `indefinite`: 'a country' for what has been mentioned by other words.
    `vote`: from which score on a pair speaks for joining two clusters; `votes`:
    how many such pairs it takes.
    """

    exact: float = -6.0
    word: float = -1.5
    same_head: float = -1.0
    clashing: float = -0.5
    other: float = -0.2
    name: float = 1.5
    pronoun: float = -1.0
    indefinite: float = 1.0
    vote: float = 0.0
    votes: int = 3


TUNED: Final = Thresholds()
INDEFINITE: Final = frozenset("a an another some any no every each many several few more most other".split())
_ARGUMENTS: Final = frozenset("nsubj obj iobj obl nsubj:pass dobj nsubjpass obl:agent conj".split())
_QUOTE_REACH: Final = 2
_PRONOUN_REACH: Final = 3
_NOMINAL_REACH: Final = 12


class Resolver:
    """The passes over the mentions of one Doc."""

    def __init__(
        self,
        syntax: Syntax,
        mentions: Sequence[Candidate],
        scores: Sequence[Mapping[int, float]] | None,
        thresholds: Thresholds = TUNED,
    ) -> None:
        self.syntax = syntax
        self.mentions = mentions
        self.scores = scores
        self.thresholds = thresholds
        self.clusters = Clusters(mentions)
        self.at: dict[int, int] = {}
        for number, mention in enumerate(mentions):
            self.at.setdefault(mention.head, number)

    def run(self) -> list[list[int]]:
        """Do all the passes; the clusters, each a list of mentions in text order."""
        self.join_names()
        self.join_governments()
        self.join_constructions()
        self.join_roles()
        self.join_descriptions()
        self.join_pronouns()
        self.join_by_votes()
        return self.clusters.chains()

    def join_names(self) -> None:
        """Names that match: the same words first, then parts, last names and acronyms."""
        capitals = words().capitals
        names = [
            number
            for number, mention in enumerate(self.mentions)
            if mention.form == "name"
            and not (mention.government and " ".join(bare(mention.name)) in capitals)
        ]
        exact: dict[tuple[str, ...], list[int]] = {}
        for number in names:
            key = bare(self.mentions[number].name)
            for other in exact.get(key, ()):
                if match(self.mentions[number], self.mentions[other]):
                    self._join(number, other)
                    break
            exact.setdefault(key, []).append(number)
        by_word: dict[str, list[int]] = {}
        for number in names:
            mention = self.mentions[number]
            for other in sorted({o for key in _keys(mention) for o in by_word.get(key, ())}, reverse=True):
                if self.clusters.joined(number, other):
                    break
                if match(mention, self.mentions[other]) and self._may(number, other):
                    self._join(number, other)
                    break
            for word in _keys(mention):
                by_word.setdefault(word, []).append(number)

    def join_governments(self) -> None:
        """A capital that acts is its country's government: 'Oslo rejected', unlike 'in Oslo'."""
        capitals = words().capitals
        countries = {
            " ".join(bare(mention.name)): number
            for number, mention in reversed(list(enumerate(self.mentions)))
            if mention.label in ("GPE", "ORG")
        }
        acting: dict[str, int] = {}
        for number, mention in enumerate(self.mentions):
            name = " ".join(bare(mention.name)) if mention.government else ""
            if name not in capitals:
                continue
            country = next((countries[c] for c in sorted(capitals[name]) if c in countries), None)
            self.clusters.join(number, acting.setdefault(name, number) if country is None else country)

    def join_roles(self) -> None:
        """'the secretary of state' after 'Secretary of State Jane Doe': the words of the title, again."""
        titled = [number for number, mention in enumerate(self.mentions) if mention.title]
        for number, mention in enumerate(self.mentions):
            if mention.form != "nominal" or mention.determiner not in ("the", "") or mention.number == "pl":
                continue
            role = {word for word in mention.content if word not in ("of", "for", "the")}
            for other in reversed(titled):
                before = self.mentions[other]
                if (
                    other < number
                    and mention.word in before.title
                    and role <= before.title
                    and self._may(number, other)
                ):
                    self._join(number, other)
                    break

    def join_constructions(self) -> None:
        """Appositions and definite predicates: 'Doe, the mayor', 'Doe is the mayor'."""
        for number, mention in enumerate(self.mentions):
            other = self.at.get(self.syntax.head[mention.head])
            if other is not None and self._names_its_head(number, other) and self._may(number, other):
                self._join(number, other)
            subject = self._subject_of_predicate(mention.head)
            definite = mention.determiner in ("the", "its", "his", "her", "their", "our")
            if subject is not None and definite and self._may(number, subject):
                self._join(number, subject)

    def _names_its_head(self, number: int, other: int) -> bool:
        """Whether a mention renames the one it hangs on: 'Roe, the mayor', 'Foreign Minister Jane Roe'."""
        mention, before = self.mentions[number], self.mentions[other]
        dep = self.syntax.dep[mention.head]
        if dep == "appos":
            return not (mention.label and before.label) or match(mention, before)
        person = before.gender in ("m", "f", "p") and not before.label
        return dep in ("flat", "nmod:desc") and mention.label == "PERSON" and person

    def _subject_of_predicate(self, head: int) -> int | None:
        children, dep = self.syntax.children[head], self.syntax.dep
        if not any(dep[child] == "cop" for child in children):
            return None
        if any(dep[c] in ("neg", "aux") or self.syntax.lower[c] in ("not", "n't") for c in children):
            return None
        return next((self.at[c] for c in children if dep[c] == "nsubj" and c in self.at), None)

    def join_descriptions(self) -> None:
        """Nominals, and names that no name matched: by the scorer, or by their head words."""
        for number, mention in enumerate(self.mentions):
            if mention.form == "pronoun" or self.clusters.members(number)[0] != number:
                continue
            best, found = 0.0, None
            for other, value in self._earlier(number):
                fits = self._description_score(mention, self.mentions[other], value)
                if fits is not None and (found is None or fits > best) and self._may(number, other):
                    best, found = fits, other
            if found is not None:
                self._join(number, found)

    def _earlier(self, number: int) -> list[tuple[int, float | None]]:
        """The mentions that may be antecedents, nearest first, with their scores if there are any."""
        if self.scores is not None:
            return sorted(self.scores[number].items(), reverse=True)
        return [(other, None) for other in range(number - 1, max(-1, number - 80), -1)]

    def _description_score(self, mention: Candidate, before: Candidate, value: float | None) -> float | None:
        """How well a description fits an earlier mention; None when it does not."""
        if before.form == "pronoun" or (mention.form == "name" and before.form == "name"):
            return None
        if "and" in (mention.word, before.word):
            return None
        alike = _alikeness(mention, before)
        if value is None:
            definite = mention.determiner in ("the", "this", "that", "these", "those")
            near = mention.sentence - before.sentence <= _NOMINAL_REACH
            return 1.0 if alike == "exact" or (alike == "same_head" and definite and near) else None
        if alike == "other" and mention.form == "name":
            alike = "name"
        elif alike == "other" and mention.determiner in INDEFINITE:
            alike = "indefinite"
        return value + (5.0 if alike == "exact" else 0.0) if value > getattr(self.thresholds, alike) else None

    def join_pronouns(self) -> None:
        """Pronouns: the best agreeing antecedent, by the scorer or by nearness and grammatical role."""
        for number, mention in enumerate(self.mentions):
            if mention.form != "pronoun" or self.clusters.members(number)[0] != number:
                continue
            best, found = float("-inf"), None
            for other, value in self._earlier(number):
                fits = self._pronoun_score(number, other, value)
                if fits is not None and fits > best and self._may(number, other):
                    best, found = fits, other
            if found is not None:
                self._join(number, found)

    def join_by_votes(self) -> None:
        """Clusters between which the scorer sees several good links, the most first."""
        votes: dict[tuple[int, int], int] = {}
        for number, scores in enumerate(self.scores or ()):
            if self.mentions[number].word == "and":
                continue
            here = self.clusters.members(number)[0]
            good = {
                self.clusters.members(other)[0]
                for other, value in scores.items()
                if value > self.thresholds.vote and self.mentions[other].word != "and"
            }
            for there in good - {here}:
                pair = (min(here, there), max(here, there))
                votes[pair] = votes.get(pair, 0) + 1
        for (left, right), count in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
            enough = count >= self.thresholds.votes and not self.clusters.joined(left, right)
            if enough and self.clusters.agree(left, right) and not self._two_names(left, right):
                self._join(left, right)

    def _two_names(self, left: int, right: int) -> bool:
        """Whether both clusters have a proper name, and no name of the one matches the other's."""
        ours = [self.mentions[n] for n in self.clusters.members(left) if self.mentions[n].label]
        theirs = [self.mentions[n] for n in self.clusters.members(right) if self.mentions[n].label]
        return bool(ours and theirs) and not any(match(a, b) for a in ours for b in theirs)

    def _pronoun_score(self, number: int, other: int, value: float | None) -> float | None:
        mention, before = self.mentions[number], self.mentions[other]
        if mention.person != before.person:
            return None
        if mention.person != 3 and (mention.quoted or before.quoted):
            same_quote = mention.quoted and before.quoted
            if not same_quote or mention.sentence - before.sentence > _QUOTE_REACH:
                return None
        if value is not None:
            return value if value > self.thresholds.pronoun else None
        if mention.sentence - before.sentence > _PRONOUN_REACH or mention.person != 3:
            return None
        if before.gender is None and mention.gender in ("m", "f"):
            return None
        distance = mention.sentence - before.sentence
        salience = (2.0 if before.subject else 0.0) + (1.0 if before.form != "nominal" else 0.0)
        return salience - 1.5 * distance - 0.01 * (number - other)

    def _may(self, number: int, other: int) -> bool:
        """Whether grammar and the names known so far allow that two mentions are one."""
        mention, before = self.mentions[number], self.mentions[other]
        renames = self.syntax.dep[mention.head] in ("appos", "flat", "nmod:desc")
        if _overlap(mention, before) and not renames:
            return False
        if not traits_agree(mention, before) or self._clash_in_clause(mention, before):
            return False
        if self._is_possessor(number, other) or self._two_names(number, other):
            return False
        return self.clusters.agree(number, other)

    def _is_possessor(self, number: int, other: int) -> bool:
        """Whether a mention begins with a pronoun that most likely stands for the other: 'his brother'."""
        mention = self.mentions[number]
        owner = self.at.get(mention.start) if mention.form == "nominal" else None
        if owner is None or self.mentions[owner].form != "pronoun" or self.scores is None:
            return False
        likely = max(self.scores[owner].items(), key=lambda item: item[1], default=None)
        return likely is not None and self.clusters.joined(likely[0], other)

    def _clash_in_clause(self, mention: Candidate, before: Candidate) -> bool:
        """Subject and object of one verb are two, unless the later is 'himself'."""
        if mention.word.endswith(("self", "selves")):
            return False
        head, dep = self.syntax.head, self.syntax.dep
        left, right = mention.head, before.head
        if dep[left] == "conj" and head[left] == right:
            return True
        return head[left] == head[right] and dep[left] in _ARGUMENTS and dep[right] in _ARGUMENTS

    def _join(self, number: int, other: int) -> None:
        self.clusters.join(number, other)


def _alikeness(mention: Candidate, before: Candidate) -> str:
    """How alike two descriptions are: "exact", "word", "same_head", "clashing" or "other"."""
    indefinite = mention.determiner in INDEFINITE
    if mention.content and mention.content == before.content and not indefinite:
        return "exact" if len(mention.content) > 1 else "word"
    if mention.form != before.form or mention.lemma != before.lemma:
        return "other"
    return "same_head" if mention.modifiers <= before.modifiers and not indefinite else "clashing"


def _overlap(mention: Candidate, before: Candidate) -> bool:
    """Whether the head of one is inside the other: 'the mayor of the town' is not the town."""
    return before.start <= mention.head < before.end or mention.start <= before.head < mention.end


def _keys(mention: Candidate) -> list[str]:
    """Under which words a name is looked up: its words, and its initials."""
    name = bare(mention.name)
    written = mention.name[1:] if mention.name[0].lower() == "the" else mention.name
    initials = "".join(word[0] for word in written if word[:1].isupper()).lower()
    joined = [name[0].replace(".", "")] if len(name) == 1 else []
    return [*name, *joined, *([initials] if len(initials) > 1 else [])]
