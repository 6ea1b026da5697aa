"""Train the reader: `python -m training.train --minutes 90 --out ../train` (or `--steps N`).

One stream of batches of six kinds (treebank EWT, whole GUM documents, PolNeAR windows, small name
corpora, certainty sentences, PLOVER sentences), one optimiser. The learning rate warms up, stays,
and falls over the last part of the run; with `--minutes` the clock drives it, with `--steps` the
step count does, and then two runs give the same weights on the same machine. An exponential average
of the weights is what gets saved.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch

from .batches import Feed
from .data import Corpora, load, pretrained
from .losses import WEIGHTS, losses
from .network import Reader
from .served import served
from .silver import lay_on
from .vectors import add_vectors

log = logging.getLogger("training")
MIX = {"ewt": 0.24, "gum": 0.17, "polnear": 0.46, "names": 0.05, "certainty": 0.03, "deeds": 0.05}


def arguments() -> argparse.Namespace:
    """The command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    how = p.add_mutually_exclusive_group(required=True)
    how.add_argument("--minutes", type=float, help="length of the run by the clock")
    how.add_argument("--steps", type=int, help="length of the run in steps (deterministic)")
    p.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the log")
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--pieces", type=int, default=2048, help="word pieces per batch")
    p.add_argument("--encoder-lr", type=float, default=2.5e-4)
    p.add_argument("--head-lr", type=float, default=1.5e-3)
    p.add_argument("--warmup", type=float, default=0.04, help="share of the run")
    p.add_argument("--decay", type=float, default=0.45, help="share of the run")
    p.add_argument("--drop", type=float, default=0.15, help="dropout on word states and heads")
    p.add_argument("--encoder-drop", type=float, default=0.0)
    p.add_argument("--save-every", type=float, default=12, help="minutes between checkpoints")
    p.add_argument("--silver", type=Path, help="silver syntax of the PolNeAR articles (silver.py)")
    p.add_argument("--start", type=Path, help="go on from a checkpoint's weights, or from served files")
    return p.parse_args()


def rate(done: float, warmup: float, decay: float) -> float:
    """Learning-rate factor at a share of the run: up, level, down to a fiftieth."""
    if done < warmup:
        return max(done / warmup, 0.02)
    if done < 1 - decay:
        return 1.0
    return max((1 - done) / decay, 0.02)


class Average:
    """Exponential average of the trained weights, updated every few steps."""

    def __init__(self, net: Reader, keep: float = 0.98, every: int = 5) -> None:
        self.names = [n for n, p in net.named_parameters() if p.requires_grad]
        self.live = [p for p in net.parameters() if p.requires_grad]
        self.mean = [p.detach().clone() for p in self.live]
        self.keep, self.every, self.n = keep, every, 0

    @torch.no_grad()
    def update(self, step: int) -> None:
        """Move the average towards the present weights."""
        if step % self.every == 0:
            self.n += 1
            keep = min(self.keep, self.n / (self.n + 5))
            torch._foreach_lerp_(self.mean, self.live, 1 - keep)

    def state(self, net: Reader) -> dict[str, torch.Tensor]:
        """The network's state with the averaged weights in place."""
        whole = {k: v.detach().clone() for k, v in net.state_dict().items()}
        whole.update({n: m.clone() for n, m in zip(self.names, self.mean, strict=True)})
        return whole


def save(net: Reader, average: Average, corpora: Corpora, path: Path, told: dict) -> None:
    """Write a checkpoint in one go."""
    state = {k: v for k, v in average.state(net).items() if k != "encoder.words.weight"}
    torch.save({"state": state, "maps": corpora.maps, "told": told}, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def restore(path: Path) -> tuple[Reader, dict]:
    """The network of a checkpoint and its label inventories."""
    kept = torch.load(path, weights_only=True)
    maps = kept["maps"]
    net = Reader(len(maps["xpos"]), len(maps["deprel"]))
    net.encoder.load_pretrained(pretrained())
    net.load_state_dict(kept["state"], strict=False)
    return net.eval(), kept


def optimiser(net: Reader, encoder_lr: float, head_lr: float) -> torch.optim.Optimizer:
    """AdamW; the encoder slower than the heads, no decay on vectors."""
    groups = []
    for part, lr in (("encoder", encoder_lr), ("heads", head_lr)):
        for flat in (False, True):
            params = [
                p
                for n, p in net.named_parameters()
                if p.requires_grad and n.startswith("encoder") == (part == "encoder")
                if (p.dim() < 2) == flat
            ]
            groups.append({"params": params, "lr": lr, "peak": lr, "weight_decay": 0.0 if flat else 0.01})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def prepare(args: argparse.Namespace) -> Corpora:
    """Corpora with the targets of the sentence vectors."""
    corpora = load()
    for name, docs in (
        ("ewt", corpora.train["ewt"]),
        ("gum", corpora.train["gum"]),
        ("polnear", corpora.train["polnear"][:300]),
    ):
        add_vectors(docs, args.out / "cache" / f"vectors-{name}.npy")
    if args.silver:
        lay_on(corpora.train["polnear"], args.silver)
    return corpora


def run(args: argparse.Namespace) -> None:
    """The whole training run."""
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed + 1)
    corpora = prepare(args)
    if args.start and args.start.is_dir():
        net = served(args.start, corpora.maps)
    elif args.start:
        net, _ = restore(args.start)
    else:
        net = Reader(len(corpora.maps["xpos"]), len(corpora.maps["deprel"]))
        net.encoder.load_pretrained(pretrained())
    net.train()
    opt = optimiser(net, args.encoder_lr, args.head_lr)
    params = [p for p in net.parameters() if p.requires_grad]
    average, feed = Average(net), Feed(corpora.train, args.seed, args.pieces)
    kinds, odds = list(MIX), list(MIX.values())
    begun = saved = time.monotonic()
    mean: dict[str, list[float]] = defaultdict(list)
    pieces, step, done = 0, 0, 0.0
    while done < 1:
        kind = kinds[int(rng.choice(len(kinds), p=odds))]
        batch = feed.next(kind)
        for g in opt.param_groups:
            g["lr"] = g["peak"] * rate(done, args.warmup, args.decay)
        found = losses(net, batch, args.drop, args.encoder_drop)
        total = sum(WEIGHTS[k] * v for k, v in found.items())
        if not bool(torch.isfinite(total)):
            raise FloatingPointError(f"loss is not finite at step {step} ({kind})")
        total.backward()
        torch.nn.utils.clip_grad_norm_(params, 2.0)
        opt.step()
        opt.zero_grad(set_to_none=True)
        step += 1
        average.update(step)
        pieces += int(batch["mask"].sum())
        for k, v in found.items():
            mean[k].append(v.item())
        now = time.monotonic()
        done = step / args.steps if args.steps else (now - begun) / (60 * args.minutes)
        if step % 50 == 0:
            report(step, done, now - begun, pieces, feed, mean)
        if now - saved > 60 * args.save_every:
            save(net, average, corpora, args.out / "last.pt", {"step": step, "done": done})
            saved = now
    told = {"step": step, "pieces": pieces, "seconds": time.monotonic() - begun}
    save(net, average, corpora, args.out / "final.pt", told)
    log.info("done %s", json.dumps(told))


def report(step: int, done: float, seconds: float, pieces: int, feed: Feed, mean: dict) -> None:
    """One line of the log; empties the running means."""
    shown = " ".join(f"{k}={sum(v) / len(v):.3f}" for k, v in sorted(mean.items()))
    log.info(
        "step %d %.1f%% %.0f pieces/s epochs %s %s",
        step,
        100 * done,
        pieces / seconds,
        json.dumps(feed.epochs),
        shown,
    )
    mean.clear()


def main() -> None:
    """Command line."""
    args = arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    log.info("arguments %s", json.dumps({k: str(v) for k, v in vars(args).items()}))
    run(args)


if __name__ == "__main__":
    main()
