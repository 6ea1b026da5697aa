"""Targets of the sentence-vector head: what the untouched pretrained encoder says of a sentence."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import numpy as np
import torch

from .batches import LIMIT
from .data import Doc, pretrained
from .network import Encoder


@torch.inference_mode()
def embed(sentences: list[list[int]]) -> np.ndarray:
    """Mean-pooled, normalised vectors of sentences given as word pieces (all-MiniLM-L6-v2)."""
    encoder = Encoder().eval()
    encoder.load_pretrained(pretrained())
    out = np.zeros((len(sentences), 384), np.float16)
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    for at in range(0, len(order), 64):
        part = order[at : at + 64]
        rows = [[101, *sentences[i][:LIMIT], 102] for i in part]
        size = max(map(len, rows))
        ids = torch.tensor([r + [0] * (size - len(r)) for r in rows])
        mask = torch.tensor([[1] * len(r) + [0] * (size - len(r)) for r in rows])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            state = encoder(ids, torch.zeros_like(ids), mask).float()
        mean = (state * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        out[part] = torch.nn.functional.normalize(mean, dim=-1).numpy().astype(np.float16)
    return out


def add_vectors(docs: list[Doc], cache: Path) -> None:
    """Give every document the vectors of its sentences, computed once and kept in `cache`."""
    sentences = [list(chain.from_iterable(d.pieces[a:b])) for d in docs for a, b in d.sentences()]
    got = np.load(cache) if cache.exists() else None
    if got is None or len(got) != len(sentences):
        got = embed(sentences)
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.save(cache, got)
    at = 0
    for doc in docs:
        n = int(doc.starts.sum())
        doc.vectors = got[at : at + n]
        at += n
