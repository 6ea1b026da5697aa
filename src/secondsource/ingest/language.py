"""Language: whether an article is English, and what it is in when it is not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..model import Article

_FEW_WORDS = 8
_FEW_SMALL = 5
_PIECE = 1_000
_PIECES = 60
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_UNSPACED = re.compile("[\u3040-\u9fff\u0e00-\u0e7f]")
_ENGLISH = frozenset(
    """the of and to in that is was for on with as by at from it he his be said have has had are were not
    but they this will who which their an after its been would about more when she her or there what
    we you i him them than over also into out up no if could against between during before could while
    because where how all do does did can may one other some told says say""".split()
)
_ENOUGH = 0.18
"""The share of English function words above which nothing else needs asking; other languages that use
Latin letters stay below a tenth, English reports above a quarter."""
_NEAR_ENGLISH = frozenset({"en", "pcm", "sco", "kw", "jam", "zxx"})
"""What the detector takes terse English headlines, and figures, for."""
_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "ms": "Malay", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def foreign_language(article: Article) -> str | None:
    """The name of the language an article is in, when most of its body is clearly not English; else `None`.

    Texts of fewer than eight words are taken for English: they say too little.
    """
    body = "\n".join(span.of(article.text) for span in article.body) or article.text
    votes: Counter[str] = Counter()
    for piece in _pieces(body):
        votes[_language(piece)] += len(piece)
    english = votes.pop("en", 0)
    if not votes or english >= sum(votes.values()):
        return None
    code = max(votes, key=lambda name: (votes[name], name))
    return _NAMES.get(code, f"another language ({code})")


def _pieces(text: str) -> Iterator[str]:
    """Stretches of a text, spread evenly over it when it is long, so that the cost is bounded."""
    step = max(_PIECE, len(text) // _PIECES)
    for start in range(0, len(text), step):
        piece = text[start : start + _PIECE]
        if start and len(piece) < _PIECE // 5:
            continue  # a short rest says little, and its words are cut
        yield piece


def _language(piece: str) -> str:
    """The code of the language of a stretch of text; English where the text is too thin to tell."""
    words = _WORD.findall(piece)
    if not _unspaced(piece):
        small = sum(not word[0].isupper() for word in words)
        # Names tell no language: "Bayern Munich beat Borussia Dortmund" is English.
        if len(words) < _FEW_WORDS or (small < _FEW_SMALL and not piece.isupper()):
            return "en"
    if _english_share(word.lower() for word in words) >= _ENOUGH:
        return "en"
    import py3langid

    # Lower case, since headlines and names in capitals look like German or like codes to it.
    code: str = py3langid.classify(piece.lower())[0]
    return "en" if code in _NEAR_ENGLISH else code


def _english_share(words: Iterable[str]) -> float:
    listed = list(words)
    return sum(word in _ENGLISH for word in listed) / max(1, len(listed))


def _unspaced(text: str) -> bool:
    """Whether a text is in a script that is written without spaces, so that its words can't be counted."""
    return not text.isascii() and len(_UNSPACED.findall(text)) > 8
