"""Tokens: a spaCy Doc over the whole of a text, so that `token.idx` is an offset into it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_LONG_RUN = re.compile(r"\S{200,}")
_PART = re.compile(r"\w+|[^\w\s]|\s")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def make_doc(nlp: Language, text: str) -> Doc:
    """Tokenise `text` with the pipeline's own rules; `doc.text` has the text's length, always.

    The rules take quadratic time on a run of punctuation, so a run of 200 or
    more characters without white space (no word, hardly an address) is divided
    at its punctuation alone. A lone surrogate, which no store of strings takes,
    is read as the replacement character.
    """
    clean = _LONE_SURROGATE.sub("\ufffd", text)
    if not _LONG_RUN.search(clean):
        return nlp.tokenizer(clean)
    words: list[str] = []
    spaces: list[bool] = []
    done = 0
    for run in _LONG_RUN.finditer(clean):
        _extend(words, spaces, nlp, clean[done : run.start()])
        for part in _PART.findall(run.group()):
            words.append(part)
            spaces.append(False)
        done = run.end()
    _extend(words, spaces, nlp, clean[done:])
    return _doc(nlp, words, spaces)


def _extend(words: list[str], spaces: list[bool], nlp: Language, text: str) -> None:
    if text[:1] == " " and words:
        spaces[-1] = True
        text = text[1:]
    for token in nlp.tokenizer(text) if text else ():
        words.append(token.text)
        spaces.append(bool(token.whitespace_))


def _doc(nlp: Language, words: list[str], spaces: list[bool]) -> Doc:
    from spacy.tokens import Doc

    return Doc(nlp.vocab, words=words, spaces=spaces)
