"""`read`: the reading of each article."""

from __future__ import annotations

import json
import sys

from .common import Paths, Quiet, Verbose, articles_of, end, talk_of


def read(paths: Paths, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Show the reading of each article as JSON lines: sentences, tokens, entities, findings."""
    talk = talk_of(quiet, verbose)
    articles, failures = articles_of(paths, talk)
    from ..find import find
    from ..model.codec import encode
    from ..read import read as reader

    with talk.progress() as progress:
        for reading in reader(articles, progress=progress):
            sys.stdout.write(json.dumps(encode(find(reading)), ensure_ascii=False) + "\n")
    end(failures)
