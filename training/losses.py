"""What the network is trained to do: one loss per kind of annotation, added up per batch."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from . import labels
from .batches import cue_tensors, deed_tensors, token_tags
from .decode import DISTANCES
from .network import Reader

WEIGHTS = {
    "upos": 0.4,
    "xpos": 0.4,
    "arc": 1.0,
    "label": 0.8,
    "sent": 1.0,
    "ner": 1.5,
    "certainty": 0.7,
    "event": 0.2,
    "mention": 0.5,
    "etype": 0.2,
    "coref": 0.3,
    "cue": 1.0,
    "spans": 0.5,
    "role": 1.0,
    "vector": 1.0,
    "deed": 0.5,
}
SILVER = 0.5  # what trees that teachers made count beside those that people made
SIZE = len(labels.NER)


def losses(net: Reader, batch: dict, drop: float, encoder_drop: float) -> dict[str, torch.Tensor]:
    """Every loss that the batch has annotation for."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        word, _ = net.words(batch, encoder_drop)
        out = net.split(word, drop)
    out = {k: v.float() for k, v in out.items()}
    word = word.float()
    found: dict[str, torch.Tensor] = {}
    for name in ("upos", "xpos", "etype"):
        gold = batch[name]
        if (gold >= 0).any():
            found[name] = functional.cross_entropy(out[name][gold >= 0], gold[gold >= 0])
    for name in ("sent", "event"):
        known = batch[name] >= 0
        if known.any():
            logit = out[name].squeeze(-1)[known]
            found[name] = functional.binary_cross_entropy_with_logits(logit, batch[name][known].float())
    if (batch["ner"] > 0).any():
        found["ner"] = name_loss(out["ner"], batch["ner"])
    rated = ~torch.isnan(batch["certainty"])
    if rated.any():
        found["certainty"] = certainty_loss(out["certainty"], batch, rated)
    if (batch["deprel"] >= 0).any():
        found |= syntax_loss(net, out, batch)
    if (batch["mention"] >= 0).any():
        found |= coref_loss(net, out, batch)
    if batch["quotes"]:
        found |= quote_loss(net, out, word, batch)
    if batch["deeds"]:
        found["deed"] = deed_loss(net, out, word, batch, drop)
    if any(v is not None for v in batch["vectors"]):
        found["vector"] = vector_loss(net, word, batch)
    return found


def name_loss(logits: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
    """Minus the log of the probability of all labels that the corpus leaves open."""
    known = allowed > 0
    may = (allowed[known][:, None] >> torch.arange(SIZE)) & 1
    logp = functional.log_softmax(logits[known], -1)
    return -torch.logsumexp(logp.masked_fill(may == 0, -1e4), -1).mean()


def certainty_loss(out: torch.Tensor, batch: dict, rated: torch.Tensor) -> torch.Tensor:
    """Smooth absolute error; column 1 is for UDS, whose ratings differ in kind."""
    column = torch.zeros_like(batch["head"])
    for r, row in enumerate(batch["rows"]):
        base = 0
        for doc, a, b in row.parts:
            column[r, base : base + b - a] = int(doc.corpus == "uds_ih2")
            base += b - a
    said = out.gather(-1, column[:, :, None]).squeeze(-1)[rated]
    each = functional.smooth_l1_loss(said, batch["certainty"][rated], beta=0.3, reduction="none")
    return (each * torch.where(column[rated] == 1, 0.5, 1.0)).mean()


def syntax_loss(net: Reader, out: dict, batch: dict) -> dict[str, torch.Tensor]:
    """Arcs among the words of a sentence, labels at the right heads."""
    some = [(r, a, b) for r, a, b in batch["sentences"] if (batch["deprel"][r, a:b] >= 0).any()]
    n = max(b - a for _, a, b in some)
    row = torch.tensor([r for r, _, _ in some])[:, None]
    start = torch.tensor([a for _, a, _ in some])[:, None]
    size = torch.tensor([b - a for _, a, b in some])[:, None]
    offset = torch.arange(n)[None]
    there = offset < size
    at = torch.where(there, start + offset, start)
    gold = batch["head"][row, at]
    gold = torch.where(gold < 0, 0, gold - start + 1)
    dep, head = out["arc_dep"][row, at], out["arc_head"][row, at]
    head = torch.cat([net.root_arc.expand(len(some), 1, -1), head], 1)
    score = dep @ head.transpose(1, 2)
    closed = torch.cat([torch.ones_like(there[:, :1]), there], 1)
    score = score.masked_fill(~closed[:, None], -1e9)
    want = batch["deprel"][row, at][there]
    known = want >= 0  # silver trees leave unsure words out
    arc = functional.cross_entropy(score[there][known], gold[there][known])
    lab_head = torch.cat([net.root_lab.expand(len(some), 1, -1), out["lab_head"][row, at]], 1)
    pick = lab_head.gather(1, gold[:, :, None].expand(-1, -1, lab_head.shape[-1]))[there]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = net.label_logits(out["lab_dep"][row, at][there], pick).float()
    weight = SILVER if batch["rows"][0].parts[0][0].corpus == "polnear" else 1.0
    return {"arc": weight * arc, "label": weight * functional.cross_entropy(logits[known], want[known])}


def coref_loss(net: Reader, out: dict, batch: dict) -> dict[str, torch.Tensor]:
    """Which words head mentions, and which earlier mention each refers back to."""
    here = batch["here"] == 1
    gold = batch["mention"][here]
    logit = out["mention"].squeeze(-1)[here]
    mention = functional.binary_cross_entropy_with_logits(logit, (gold >= 0).float())
    wrong = ((gold < 0) & (logit.detach() > 0)).nonzero().squeeze(-1)[:80]
    cand = torch.cat([(gold >= 0).nonzero().squeeze(-1), wrong]).sort().values
    if len(cand) > 320:
        cut = int(torch.randint(len(cand) - 320 + 1, (1,)))
        cand = cand[cut : cut + 320]
    p, chain = out["coref"][here][cand], gold[cand]
    if len(cand) < 2:
        return {"mention": mention}
    ids = batch["ids"].gather(1, batch["first"])[here][cand]
    tail = batch["ids"].gather(1, batch["last"])[here][cand]
    sent = torch.from_numpy(_sentence_numbers(batch))[here][cand]
    dist = torch.bucketize((cand[:, None] - cand[None]).abs(), torch.tensor(DISTANCES), right=True)
    near = (sent[:, None] - sent[None]).clamp(0, 5)
    same = ((ids[:, None] == ids[None]) & (tail[:, None] == tail[None])).long()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        score = net.pair_scores(p, dist - 1, near, same).float()
    lower = torch.ones_like(score, dtype=torch.bool).tril(-1)
    right = lower & (chain[:, None] == chain[None]) & (chain[:, None] >= 0)
    score = torch.cat([torch.zeros(len(cand), 1), score.masked_fill(~lower, -1e9)], 1)
    right = torch.cat([~right.any(1, keepdim=True), right], 1)
    logp = functional.log_softmax(score, -1).masked_fill(~right, -1e4)
    return {"mention": mention, "coref": -torch.logsumexp(logp, -1).mean()}


def _sentence_numbers(batch: dict) -> np.ndarray:
    number = np.zeros(tuple(batch["here"].shape), np.int64)
    for k, (r, a, b) in enumerate(batch["sentences"]):
        number[r, a:b] = k
    return number


def quote_loss(net: Reader, out: dict, word: torch.Tensor, batch: dict) -> dict[str, torch.Tensor]:
    """Cues, unlinked sources and contents; and, per cue, its own source and content."""
    here = batch["here"] == 1
    tags = torch.from_numpy(token_tags(batch["quotes"], tuple(here.shape)))[here]
    logits = out["quote"][here].view(-1, 3, 3)
    cue = functional.cross_entropy(logits[:, 0], tags[:, 0])
    spans = functional.cross_entropy(logits[:, 1:].reshape(-1, 3), tags[:, 1:].reshape(-1))
    quotes = batch["quotes"] + _false_cues(out, batch)
    c = cue_tensors(quotes, batch["here"])
    state = (word[c["row"][:, None], c["at"]] * c["share"][:, :, None]).sum(1)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        role = net.role_logits(out["quote_word"][c["row"]], state, c["near"], here[c["row"]]).float()
    known = here[c["row"]]
    each = functional.cross_entropy(role[known], c["role"][known], reduction="sum")
    return {"cue": cue, "spans": spans, "role": each / (30 * len(quotes))}


def _false_cues(out: dict, batch: dict) -> list[tuple[int, list, list, list]]:
    """Per row, the word most like a cue that is none: it has no source and no content."""
    logit = (out["quote"][:, :, 1] - out["quote"][:, :, 0]).detach().clone()
    logit[batch["here"] == 0] = -1e9
    for r, cue, *_ in batch["quotes"]:
        logit[r, cue] = -1e9
    return [(r, [int(logit[r].argmax())], [], []) for r in range(len(logit))]


def deed_scores(net: Reader, out: dict, word: torch.Tensor, batch: dict, drop: float = 0.0) -> torch.Tensor:
    """Type logits [n,15] of the batch's deeds."""
    d = deed_tensors(batch["deeds"], word.shape[1])
    source, target = torch.einsum("snw,nwd->snd", d["sides"], word[d["row"]])
    return net.deed_logits(out["deed"][d["row"]], source, target, d["near"], d["open"], drop)


def deed_loss(net: Reader, out: dict, word: torch.Tensor, batch: dict, drop: float) -> torch.Tensor:
    """The types of what the marked sources did to the marked targets, with a little smoothing."""
    gold = torch.tensor([d[5] for d in batch["deeds"]])
    return functional.cross_entropy(deed_scores(net, out, word, batch, drop), gold, label_smoothing=0.1)


def vector_loss(net: Reader, word: torch.Tensor, batch: dict) -> torch.Tensor:
    """One minus the cosine to the original encoder's sentence vector."""
    mean, want = [], []
    for (r, a, b), v in zip(batch["sentences"], batch["vectors"], strict=True):
        if v is not None:
            mean.append(word[r, a:b].mean(0))
            want.append(torch.from_numpy(v.astype(np.float32)))
    made = net.vec(torch.stack(mean))
    return (1 - functional.cosine_similarity(made, torch.stack(want))).mean()
