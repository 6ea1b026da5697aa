"""The reader's network: a MiniLM encoder with letter case, and one linear layer of heads over it.

Written out rather than taken from a library so that training can pack and mix precision freely
and export.py can write the same graph with fused operators.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from . import labels

WIDTH, HEADS, LAYERS, FEED = 384, 12, 6, 1536
ARC, LAB, QUOTE, COREF, DEED = 256, 128, 128, 128, 128


def segments(n_xpos: int) -> dict[str, int]:
    """Widths of the heads, in the order in which the one linear layer holds them."""
    return {
        "arc_dep": ARC,
        "arc_head": ARC,
        "lab_dep": LAB,
        "lab_head": LAB,
        "coref": COREF,
        "quote_word": 2 * QUOTE,
        "upos": len(labels.UPOS),
        "xpos": n_xpos,
        "sent": 1,
        "ner": len(labels.NER),
        "certainty": 2,
        "event": 1,
        "mention": 1,
        "etype": len(labels.ETYPES),
        "quote": 9,
        "deed": DEED,
    }


BENT = ("arc_dep", "arc_head", "lab_dep", "lab_head", "coref")  # heads with a GELU


class Layer(nn.Module):
    """One transformer layer, post-norm, as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, FEED)
        self.down = nn.Linear(FEED, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: torch.Tensor, mask: torch.Tensor, drop: float) -> torch.Tensor:
        """States [B,T,384] to states; `mask` is added to the attention scores."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        a = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        a = self.out(a.transpose(1, 2).reshape(b, t, WIDTH))
        x = self.norm1(x + functional.dropout(a, drop, self.training))
        return self.norm2(x + functional.dropout(self.down(functional.gelu(self.up(x))), drop, self.training))


class Encoder(nn.Module):
    """The pretrained encoder; word embeddings are frozen, letter case is added."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.case = nn.Embedding(14, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.words.weight.requires_grad_(False)
        nn.init.zeros_(self.case.weight)

    def forward(self, ids, case, mask, drop: float = 0.0) -> torch.Tensor:
        """Piece states [B,T,384] of rows of word pieces."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.case(case)
        x = self.norm(x)
        bias = (1.0 - mask[:, None, None, :].float()) * -1e9
        for layer in self.layers:
            x = layer(x, bias, drop)
        return x

    def load_pretrained(self, folder: Path) -> None:
        """Take all-MiniLM-L6-v2's weights."""
        w = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
        e = "embeddings."
        with torch.no_grad():
            self.words.weight.copy_(w[e + "word_embeddings.weight"])
            kind = w[e + "token_type_embeddings.weight"][0]
            self.positions.weight.copy_(w[e + "position_embeddings.weight"] + kind)
            self.norm.weight.copy_(w[e + "LayerNorm.weight"])
            self.norm.bias.copy_(w[e + "LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                b = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    names = [f"{b}attention.self.{x}.{part}" for x in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat([w[n] for n in names]))
                    for mine, theirs in (
                        (layer.out, "attention.output.dense"),
                        (layer.norm1, "attention.output.LayerNorm"),
                        (layer.up, "intermediate.dense"),
                        (layer.down, "output.dense"),
                        (layer.norm2, "output.LayerNorm"),
                    ):
                        getattr(mine, part).copy_(w[f"{b}{theirs}.{part}"])


class Reader(nn.Module):
    """Encoder, heads, and the small scorers that serving runs in numpy."""

    def __init__(self, n_xpos: int, n_deprel: int) -> None:
        super().__init__()
        self.sizes = segments(n_xpos)
        self.n_deprel = n_deprel
        self.encoder = Encoder()
        self.tail = nn.Parameter(torch.full((WIDTH,), 0.3))  # weight of a word's last piece
        self.heads = nn.Linear(WIDTH, sum(self.sizes.values()))
        self.arc_fold = nn.Linear(ARC, ARC)
        self.root_arc = nn.Parameter(torch.zeros(ARC))
        self.root_lab = nn.Parameter(torch.zeros(LAB))
        self.lab_U = nn.Parameter(torch.zeros(LAB, n_deprel, LAB))
        self.lab_Wd = nn.Parameter(torch.randn(LAB, n_deprel) * 0.05)
        self.lab_Wh = nn.Parameter(torch.randn(LAB, n_deprel) * 0.05)
        self.lab_b = nn.Parameter(torch.zeros(n_deprel))
        self.vec = nn.Linear(WIDTH, WIDTH)
        nn.init.eye_(self.vec.weight)
        nn.init.normal_(self.lab_U, std=0.02)
        self.quote_V = nn.Linear(WIDTH, QUOTE, bias=False)
        self.quote_Q = nn.Linear(WIDTH, QUOTE, bias=False)
        self.quote_D = nn.Embedding(19, QUOTE)
        self.quote_conv = nn.Conv1d(QUOTE, QUOTE, 5, padding=2)
        self.quote_out = nn.Linear(QUOTE, len(labels.ROLES))
        self.coref_A = nn.Parameter(torch.randn(COREF, COREF) * 0.02)
        self.coref_W1 = nn.Linear(COREF, COREF)
        self.coref_W2 = nn.Linear(COREF, COREF, bias=False)
        self.coref_W3 = nn.Linear(COREF, COREF, bias=False)
        self.coref_dist = nn.Embedding(10, COREF)
        self.coref_sent = nn.Embedding(6, COREF)
        self.coref_same = nn.Embedding(2, COREF)
        self.coref_o = nn.Linear(COREF, 1)
        self.deed_S = nn.Linear(WIDTH, DEED, bias=False)
        self.deed_T = nn.Linear(WIDTH, DEED, bias=False)
        self.deed_near = nn.Parameter(torch.randn(2, 19, DEED) * 0.05)
        self.deed_look = nn.Linear(DEED, 1, bias=False)
        self.deed_out = nn.Linear(2 * DEED, len(labels.DEEDS))

    def words(self, batch: dict, drop: float = 0.0) -> tuple[torch.Tensor, torch.Tensor]:
        """Word states [B,W,384] and piece states [B,T,384]."""
        x = self.encoder(batch["ids"], batch["case"], batch["mask"], drop)
        wide = (-1, -1, WIDTH)
        first = x.gather(1, batch["first"][:, :, None].expand(*wide))
        last = x.gather(1, batch["last"][:, :, None].expand(*wide))
        return first + self.tail * last, x

    def split(self, word: torch.Tensor, drop: float = 0.0) -> dict[str, torch.Tensor]:
        """All heads of (any shape of) word states."""
        flat = self.heads(functional.dropout(word, drop, self.training))
        parts = flat.split(list(self.sizes.values()), -1)
        got = dict(zip(self.sizes, parts, strict=True))
        for name in BENT:
            got[name] = functional.dropout(functional.gelu(got[name]), drop, self.training)
        got["arc_dep"] = self.arc_fold(got["arc_dep"])
        return got

    def label_logits(self, dep: torch.Tensor, head: torch.Tensor) -> torch.Tensor:
        """Label logits [n, labels] of n arcs."""
        bent = (dep @ self.lab_U.reshape(LAB, -1)).view(-1, self.n_deprel, LAB)
        both = (bent @ head[:, :, None]).squeeze(-1)
        return both + dep @ self.lab_Wd + head @ self.lab_Wh + self.lab_b

    def role_logits(self, quote_word, cue, near, here) -> torch.Tensor:
        """Role logits [C,W,5]: per cue, its window's words [C,W,256], state [C,384], buckets."""
        a, p = quote_word.split(QUOTE, -1)
        h = a + self.quote_V(cue)[:, None] + self.quote_D(near) + p * self.quote_Q(cue)[:, None]
        h = functional.relu(h) * here[:, :, None]
        conv = self.quote_conv(h.transpose(1, 2)).transpose(1, 2)
        return self.quote_out(h + functional.relu(conv))

    def pair_scores(self, p, dist, sent, same) -> torch.Tensor:
        """Antecedent scores [n,n] of candidates p [n,128]; the features are [n,n] buckets."""
        h = self.coref_W1(p)[:, None] + self.coref_W2(p)[None]
        h = h + self.coref_W3(p[:, None] * p[None])
        h = h + self.coref_dist(dist) + self.coref_sent(sent) + self.coref_same(same)
        return p @ self.coref_A @ p.T + self.coref_o(functional.relu(h)).squeeze(-1)

    def deed_logits(self, deed, source, target, near, here, drop: float = 0.0) -> torch.Tensor:
        """Type logits [n,15] of n deeds.

        `deed` [n,W,128] are the words' states for this head, `source` and `target` [n,384] the means of
        the two sides' word states, `near` [2,n,W] the buckets of the distance to each, `here` [n,W] the
        words of the sentence. A word's weight is learned: what was done stands in few of them.
        """
        sides = self.deed_S(source) + self.deed_T(target)
        h = deed + sides[:, None] + self.deed_near[0][near[0]] + self.deed_near[1][near[1]]
        h = functional.gelu(h)
        look = self.deed_look(h).squeeze(-1).masked_fill(~here, -1e9)
        seen = (look.softmax(-1)[:, :, None] * h).sum(1)
        both = torch.cat([seen, functional.gelu(sides)], -1)
        return self.deed_out(functional.dropout(both, drop, self.training))

    def scorers(self) -> dict[str, torch.Tensor]:
        """The weights that serving uses in numpy, under the names of the interface."""
        conv = self.quote_conv.weight.permute(2, 1, 0)
        return {
            "root_arc": self.root_arc,
            "root_lab": self.root_lab,
            "lab_U": self.lab_U,
            "lab_Wd": self.lab_Wd,
            "lab_Wh": self.lab_Wh,
            "lab_b": self.lab_b,
            "vec_W": self.vec.weight.T,
            "vec_b": self.vec.bias,
            "quote_V": self.quote_V.weight.T,
            "quote_Q": self.quote_Q.weight.T,
            "quote_D": self.quote_D.weight,
            "quote_K": conv,
            "quote_kb": self.quote_conv.bias,
            "quote_O": self.quote_out.weight.T,
            "quote_ob": self.quote_out.bias,
            "coref_A": self.coref_A,
            "coref_W1": self.coref_W1.weight.T,
            "coref_W2": self.coref_W2.weight.T,
            "coref_W3": self.coref_W3.weight.T,
            "coref_dist": self.coref_dist.weight + self.coref_W1.bias,
            "coref_sent": self.coref_sent.weight,
            "coref_same": self.coref_same.weight,
            "coref_o": self.coref_o.weight[0],
            "coref_ob": self.coref_o.bias[0],
            "deed_S": self.deed_S.weight.T,
            "deed_T": self.deed_T.weight.T,
            "deed_near": self.deed_near,
            "deed_look": self.deed_look.weight[0],
            "deed_O": self.deed_out.weight.T,
            "deed_ob": self.deed_out.bias,
        }
