"""The documentation cannot drift: every command, option, setting and JSON key is in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

import secondsource as ss
from secondsource.cli import app
from secondsource.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def commands() -> dict[str, Any]:
    group: Any = typer.main.get_command(app)
    return dict(group.commands)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_documented(name: str) -> None:
    text = page("cli.md")
    assert f"\n## {name}\n" in text
    for parameter in commands()[name].params:
        for option in (o for o in parameter.opts if o.startswith("--")):
            assert f"`{option}" in text, f"{name} {option} is not in docs/cli.md"


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    assert f"`SECONDSOURCE_{name.upper()}`" in page("cli.md")


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in keys(inner)}
    return set()


def test_every_key_of_a_brief_is_documented(examples: Path) -> None:
    briefs = ss.brief(ss.load(examples / "rate-decision"))
    found = {key for brief in briefs for key in keys(brief.to_dict())}
    missing = {key for key in found if f"`{key}`" not in page("json.md")}
    assert not missing


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_links_between_pages_hold(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not broken


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_python_examples_in_the_pages_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = path.read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert len(examples) == text.count("```python")
    for example in examples:
        exec(compile(example, str(path), "exec"), {})
