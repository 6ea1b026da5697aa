"""A brief as JSON: the schema `secondsource/brief/1`, spans as `[start, end]` pairs of code points."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..model.article import Article, Published
from ..model.collation import CastMember, Citation, Point, TimelineEntry, Utterance
from ..model.story import Origin
from . import view
from .brief import BRIEF_SCHEMA, Brief


def to_dict(brief: Brief) -> dict[str, Any]:
    """The brief as plain values, ready for `json.dumps`; the same brief always gives the same bytes."""
    story = brief.story
    span = view.when(story, brief.calendar)
    return {
        "schema": BRIEF_SCHEMA,
        "story": {
            "id": story.id,
            "title": story.title,
            "when": {"earliest": _day(span.earliest), "latest": _day(span.latest)},
            "articles": [_article(a, brief.calendar.date(a.id)) for a in story.articles],
            "origins": [_origin(origin) for origin in story.origins],
        },
        "points": [_point(point) for point in brief.points],
        "utterances": [_utterance(utterance) for utterance in brief.utterances],
        "timeline": [_entry(entry) for entry in brief.timeline],
        "cast": [_member(member) for member in brief.cast],
        "coverage": [{"article": c.article, "cited": c.cited, "body": c.body} for c in brief.coverage],
        "omitted": brief.omitted,
        "failures": [
            {"stage": f.stage, "where": f.where, "line": f.line, "reason": f.reason} for f in brief.failures
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _article(article: Article, published: Published) -> dict[str, Any]:
    return {
        "id": article.id,
        "outlet": article.outlet,
        "title": article.headline,
        "url": article.url,
        "published": {
            "value": published.value,
            "earliest": _day(published.earliest),
            "latest": _day(published.latest),
            "how": published.how,
        },
    }


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "id": origin.id,
        "articles": list(origin.articles),
        "why": origin.why,
        "name": origin.name,
        "copied": list(origin.copied),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "article": citation.article,
        "spans": [[span.start, span.end] for span in citation.spans],
        "text": citation.text,
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "kind": point.kind,
        "aspect": point.aspect,
        "summary": point.summary,
        "origins": point.origins,
        "score": point.score,
        "reason": point.reason,
        "accounts": [_citation(citation) for citation in point.accounts],
    }


def _utterance(utterance: Utterance) -> dict[str, Any]:
    return {
        "speaker": utterance.speaker,
        "how": utterance.how,
        "text": utterance.text,
        "origins": utterance.origins,
        "wordings": [
            {
                **_citation(wording.citation),
                "form": wording.form,
                "source": wording.source,
                "certainty": wording.certainty,
                "own": [[span.start, span.end] for span in wording.own],
            }
            for wording in utterance.wordings
        ],
    }


def _entry(entry: TimelineEntry) -> dict[str, Any]:
    return {
        "earliest": _day(entry.interval.earliest),
        "latest": _day(entry.interval.latest),
        "granularity": entry.granularity,
        "status": entry.status,
        "text": entry.text,
        "accounts": [_citation(citation) for citation in entry.citations],
        "holders": [
            {"kind": holder.kind, "name": holder.name, "articles": list(holder.articles)}
            for holder in entry.holders
        ],
        "grounding": [
            {**_citation(timing.citation), "value": timing.value, "anchor": timing.anchor}
            for timing in entry.times
        ],
    }


def _member(member: CastMember) -> dict[str, Any]:
    return {
        "id": member.id,
        "name": member.name,
        "label": member.label,
        "names": list(member.names),
        "accounts": [_citation(citation) for citation in member.citations],
    }
