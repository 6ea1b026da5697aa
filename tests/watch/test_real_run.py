"""The real run of `benchmarks/watch.py`, made small: every form of feed and every fault."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from .prose import report

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "watch.py"
ARTICLES = 48


def test_every_good_article_comes_in_and_every_fault_is_named(tmp_path: Path) -> None:
    told = [
        {"title": f"The café at {n}", "text": report(n), "outlet": f"Herald {n % 8}", "day": "2031-03-05"}
        for n in range(ARTICLES)
    ]
    given = tmp_path / "given.jsonl"
    given.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    command = [sys.executable, SCRIPT, "--given", given, "--feeds", "8", "--timeout", "1"]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"first round: secondsource: {ARTICLES} new articles" in done.stdout
    assert "second round: secondsource: 0 new articles" in done.stdout
    assert f"{ARTICLES} of {ARTICLES} good articles in" in done.stdout
