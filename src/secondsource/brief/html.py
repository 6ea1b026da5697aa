"""A brief as one HTML file: no network, a strict content policy, the articles inside and every line cited."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from . import words
from .brief import Brief
from .page import story_page

if TYPE_CHECKING:
    from jinja2 import Environment


def to_html(briefs: Sequence[Brief]) -> str:
    """The briefs as one self-contained page; several briefs begin with a list of them.

    The page loads nothing: its script and style are inside and named by hash
    in its content policy, and the texts of the articles stand in it once each.
    It can be read without the script.
    """
    style, script = asset("brief.css"), asset("page.js") + asset("brief.js")
    stories = [story_page(brief, f"b{number}") for number, brief in enumerate(briefs, start=1)]
    if len(stories) == 1:
        title = stories[0].title
    else:
        title = words.count(len(stories), "story", "stories").capitalize()
    page = _surroundings().get_template("page.html.j2")
    text = page.render(
        title=title,
        stories=stories,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return text.encode("utf-8", "replace").decode("utf-8")


def asset(name: str) -> str:
    """A style or script of the page, as text."""
    folder = resources.files("secondsource.brief") / "templates"
    return (folder / name).read_text(encoding="utf-8")


def surroundings(*packages: str) -> Environment:
    """Where templates of these packages and of this one are rendered: all text escaped, nothing undefined."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in (*packages, "secondsource.brief")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        percent=words.percent, published=words.published, count=words.count, roles=words.ROLES
    )
    return made


@lru_cache(maxsize=1)
def _surroundings() -> Environment:
    return surroundings()


def _hash(text: str) -> str:
    """A source expression of a content policy: the SHA-256 of an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
