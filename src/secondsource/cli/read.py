"""`read`: the reading of each article."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from .common import Paths, Quiet, Verbose, articles_of, end, talk_of, write_file


def read(
    paths: Paths,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one HTML file.")] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show the reading of each article as JSON lines, or as a page: sentences, trees, names, findings."""
    talk = talk_of(quiet, verbose)
    articles, failures = articles_of(paths, talk)
    from ..find import find
    from ..model.codec import encode
    from ..read import read as reader

    with talk.progress() as progress:
        readings = (find(reading) for reading in reader(articles, progress=progress))
        if html is not None:
            from ..show import reading_page

            write_file(html, reading_page(readings))
            talk.note(f"wrote {html}")
        else:
            for reading in readings:
                sys.stdout.write(json.dumps(encode(reading), ensure_ascii=False) + "\n")
    end(failures)
