"""Mix two states of one training: `python -m training.mix BEFORE AFTER SHARE OUT`.

Weights between where a run began (served files) and where it ended (a checkpoint) read better than
either (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"). Heads that the files do not
have are taken from the checkpoint.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from .network import segments
from .served import served


def mix(before: Path, after: Path, share: float, out: Path) -> None:
    """Write the checkpoint that is `share` of `after` and the rest of `before`."""
    kept = torch.load(after, weights_only=True)
    old = served(before, kept["maps"]).state_dict()
    told = json.loads((before / "labels.json").read_text(encoding="utf-8"))["sizes"]
    new = kept["state"]
    for name, value in new.items():
        if name.startswith("deed_") and "deed" not in told:
            continue
        part = torch.lerp(old[name], value, share)
        if name.startswith("heads."):
            at = 0
            for head, size in segments(len(kept["maps"]["xpos"])).items():
                if head not in told:
                    part[at : at + size] = value[at : at + size]
                at += size
        new[name] = part
    torch.save(kept, out)


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument("before", type=Path, help="folder of served files")
    p.add_argument("after", type=Path, help="checkpoint")
    p.add_argument("share", type=float, help="of the checkpoint, 0 to 1")
    p.add_argument("out", type=Path)
    args = p.parse_args()
    mix(args.before, args.after, args.share, args.out)


if __name__ == "__main__":
    main()
