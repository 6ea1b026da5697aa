"""TimeML: an article's time mentions as a document that TempEval-3's scorer accepts.

The text stands in TEXT verbatim, with a TIMEX3 element around each mention;
DCT holds the date of publication as the calendar has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from ..model import Article, Calendar, Grounding, Published, Reading, TimeMention
from ..model.time import mentions_of

_HEAD = (
    '<?xml version="1.0" ?>\n'
    '<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">\n\n'
)


def timeml(article: Article, reading: Reading, calendar: Calendar) -> str:
    """The article as a TimeML document, its mentions with the values of the calendar.

    Characters that XML 1.0 can't hold are left out of TEXT.
    """
    grounded = {g.mention: g for g in calendar.groundings if g.article == article.id}
    parts: list[str] = []
    at = 0
    for index, mention in enumerate(reading.times):
        if mention.span.start < at or not mention.span:
            continue
        parts.append(_plain(article.text[at : mention.span.start]))
        parts.append(_timex(index, mention, grounded, mention.span.of(article.text)))
        at = mention.span.end
    parts.append(_plain(article.text[at:]))
    title = f"<TITLE>{_plain(article.title)}</TITLE>\n\n" if article.title else ""
    return (
        f"{_HEAD}<DOCID>{_plain(article.id)}</DOCID>\n\n"
        f"<DCT>{_created(calendar.date(article.id))}</DCT>\n\n"
        f"{title}<TEXT>{''.join(parts)}</TEXT>\n\n</TimeML>\n"
    )


def _created(published: Published) -> str:
    value = published.day.isoformat() if published.day else (published.value or "XXXX-XX-XX")[:10]
    shown = published.value or value
    return (
        f'<TIMEX3 tid="t0" type="DATE" value={quoteattr(value)} temporalFunction="false" '
        f'functionInDocument="CREATION_TIME">{_plain(shown)}</TIMEX3>'
    )


def _timex(index: int, mention: TimeMention, grounded: Mapping[int, Grounding], text: str) -> str:
    """One TIMEX3 element; `tid` counts from t1, and a mention that leans on another names it."""
    ground = grounded.get(index)
    attributes = {
        "tid": f"t{index + 1}",
        "type": mention.type,
        "value": ground.value if ground else "",
        "mod": mention.mod,
        "anchorTimeID": _anchor(mention, ground),
        "temporalFunction": "true" if ground and ground.anchor != "none" else "false",
        "functionInDocument": "NONE",
    }
    told = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items() if value is not None)
    return f"<TIMEX3 {told}>{_plain(text)}</TIMEX3>"


def _anchor(mention: TimeMention, ground: Grounding | None) -> str | None:
    leans = mentions_of(mention.operator)
    if leans:
        return f"t{min(leans) + 1}"
    return "t0" if ground is not None and ground.anchor == "published" else None


def _plain(text: str) -> str:
    """Text that XML can hold: markup escaped, control characters and lone surrogates left out."""
    kept = "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )
    return escape(kept)
