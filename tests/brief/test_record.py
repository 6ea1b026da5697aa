"""The JSON of a brief: its keys, its schema, and that every span gives back its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from secondsource.brief import Brief, to_dict

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schema" / "brief-1.json"


def citations(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in ("points", "utterances", "timeline", "cast"):
        for item in data[part]:
            yield from item["wordings" if part == "utterances" else "accounts"]


def test_every_citation_gives_back_its_text(fire: Brief) -> None:
    texts = {article.id: article.text for article in fire.story.articles}
    found = list(citations(to_dict(fire)))
    assert len(found) > 40
    for citation in found:
        text = texts[citation["article"]]
        assert " ".join(text[start:end] for start, end in citation["spans"]) == citation["text"]


def test_the_story_carries_dates_and_origins(fire: Brief) -> None:
    story = to_dict(fire)["story"]
    assert story["when"] == {"earliest": "2031-03-12", "latest": "2031-03-14"}
    northern = next(a for a in story["articles"] if a["id"] == "northern")
    assert northern["published"] == {
        "value": "2031-03-12/13",
        "earliest": "2031-03-12",
        "latest": "2031-03-13",
        "how": "inferred",
    }
    wire = story["origins"][1]
    assert wire["articles"] == ["coast", "inland"]
    assert (wire["why"], wire["name"], wire["copied"]) == ("agency", "Meridian Wire", [0.58, 0.79])


def test_an_entry_of_the_timeline_carries_its_holder_and_grounding(fire: Brief) -> None:
    plan = next(e for e in to_dict(fire)["timeline"] if "reopen" in e["text"])
    assert plan["holders"] == [{"kind": "speaker", "name": "Bram Oleander", "articles": ["kestrel"]}]
    (ground,) = plan["grounding"]
    assert (ground["text"], ground["value"], ground["anchor"]) == ("Monday", "2031-03-17", "published")


def test_the_json_fits_its_published_schema(fire: Brief) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert list(problems(json.loads(json.dumps(to_dict(fire))), schema, schema, "brief")) == []


def test_the_schema_refuses_what_it_does_not_know(fire: Brief) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    data = {**to_dict(fire), "omitted": "many", "verdict": "true"}
    found = list(problems(data, schema, schema, "brief"))
    assert found == ["brief.omitted: not a integer", "brief.verdict: not in the schema"]


def test_the_same_brief_gives_the_same_bytes(fire: Brief) -> None:
    assert json.dumps(to_dict(fire)) == json.dumps(to_dict(fire))


KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}


def problems(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    """Where a value does not fit a schema; the few words of JSON Schema that ours uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, KINDS[kind]) for kind in kinds):
        yield f"{at}: not a {kinds[0]}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{at}: not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} is not like {schema['pattern']}"
    if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get(
        "maximum", value
    ):
        yield f"{at}: {value} is out of bounds"
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0) or len(value) > schema.get("maxItems", len(value)):
            yield f"{at}: {len(value)} items"
        for place, item in enumerate(value):
            yield from problems(item, schema["items"], root, f"{at}[{place}]")
    if isinstance(value, dict):
        known = schema["properties"]
        yield from (f"{at}.{key}: missing" for key in schema["required"] if key not in value)
        for key, item in value.items():
            if key in known:
                yield from problems(item, known[key], root, f"{at}.{key}")
            else:
                yield f"{at}.{key}: not in the schema"
