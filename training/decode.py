"""What serving computes from the network's outputs, in numpy: the reference for the exported files.

Trees by Chu-Liu-Edmonds, names and cues by Viterbi, each cue's source and content, chains by
best antecedent. Nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

NEVER = -1e9
DISTANCES = (0, 1, 2, 3, 4, 5, 8, 16, 32, 64)  # lower ends of the buckets of a distance


def buckets(distance: np.ndarray) -> np.ndarray:
    """Bucket numbers 0..9 of non-negative distances."""
    return np.searchsorted(DISTANCES, distance, side="right") - 1


def cue_distance(n: int, first: int, last: int) -> np.ndarray:
    """Signed distance buckets 0..18 of n words to a cue at words first..last; 9 is inside it."""
    at = np.arange(n)
    before, after = np.maximum(first - at, 0), np.maximum(at - last, 0)
    return 9 - buckets(before) + buckets(after)


def viterbi(scores: np.ndarray, parts: list[str]) -> list[int]:
    """The best label sequence in which I-X follows only B-X or I-X.

    `scores` is [n, labels]; `parts` names the labels ("O", "B-X", "I-X").
    """
    k = len(parts)
    move = np.zeros((k, k))
    start = np.zeros(k)
    for j, name in enumerate(parts):
        if name.startswith("I"):
            start[j] = NEVER
            for i, before in enumerate(parts):
                if before == "O" or before[1:] != name[1:]:
                    move[i, j] = NEVER
    if not len(scores):
        return []
    best, back = scores[0] + start, []
    for row in scores[1:]:
        via = best[:, None] + move
        back.append(via.argmax(0))
        best = via.max(0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def spans(path: list[int], parts: list[str]) -> list[tuple[int, int, str]]:
    """Half-open word spans of a label sequence."""
    found: list[list] = []
    for i, label in enumerate(path):
        name = parts[label]
        if name.startswith("B"):
            found.append([i, i + 1, name[2:]])
        elif name.startswith("I"):
            found[-1][1] = i + 1
    return [(a, b, kind) for a, b, kind in found]


def _cycle(head: list[int]) -> list[int]:
    state = [0] * len(head)
    for start in range(1, len(head)):
        node, trail = start, []
        while node and not state[node]:
            state[node] = 1
            trail.append(node)
            node = head[node]
        if node and state[node] == 1:
            return trail[trail.index(node) :]
        for seen in trail:
            state[seen] = 2
    return []


def _arborescence(score: np.ndarray) -> list[int]:
    """Heads of the best tree under node 0; score[dependent, head] (Chu-Liu-Edmonds)."""
    n = len(score)
    head = [0] + [int(score[i].argmax()) for i in range(1, n)]
    cycle = _cycle(head)
    if not cycle:
        return head
    inside = set(cycle)
    rest = [i for i in range(n) if i not in inside]
    new = {node: k for k, node in enumerate(rest)}
    c = len(rest)
    small = np.full((c + 1, c + 1), NEVER)
    small[:c, :c] = score[np.ix_(rest, rest)]
    loops = np.array([score[i, head[i]] for i in cycle])
    small[:c, c] = score[np.ix_(rest, cycle)].max(1)
    leave = score[np.ix_(rest, cycle)].argmax(1)
    enter = score[np.ix_(cycle, rest)] - loops[:, None]
    small[c, :c] = enter.max(0)
    into = enter.argmax(0)
    np.fill_diagonal(small, NEVER)
    got = _arborescence(small)
    for node in rest[1:]:
        up = got[new[node]]
        head[node] = cycle[int(leave[new[node]])] if up == c else rest[up]
    up = got[c]
    head[cycle[int(into[up])]] = rest[up]
    return head


def tree(scores: np.ndarray) -> list[int]:
    """The best single-rooted tree: scores [n, n+1], column 0 the root; heads 0 (root) or 1..n."""
    n = len(scores)
    full = np.full((n + 1, n + 1), NEVER)
    full[1:] = scores
    np.fill_diagonal(full, NEVER)
    greedy = [0] + [int(full[i].argmax()) for i in range(1, n + 1)]
    if greedy.count(0) == 2 and not _cycle(greedy):
        return greedy[1:]
    rooted = full.copy()
    rooted[1:, 0] -= 1e5  # a second root costs more than any arc can bring
    return _arborescence(rooted)[1:]


def arcs(out: Mapping[str, np.ndarray], weights: Mapping[str, np.ndarray], a: int, b: int):
    """Heads (0 root, else 1-based in the sentence) and label numbers of words a..b-1."""
    dep, head = out["arc_dep"][a:b], np.vstack([weights["root_arc"], out["arc_head"][a:b]])
    heads = np.array(tree(dep @ head.T))
    h = np.vstack([weights["root_lab"], out["lab_head"][a:b]])[heads]
    return heads, label_logits(out["lab_dep"][a:b], h, heads, weights).argmax(1)


def label_logits(
    d: np.ndarray, h: np.ndarray, heads: np.ndarray, weights: Mapping[str, np.ndarray]
) -> np.ndarray:
    """Logits [n, labels] of words with label states `d` under heads with states `h` (0 in `heads`: root)."""
    u = weights["lab_U"]
    bent = (d @ u.reshape(u.shape[0], -1)).reshape(len(d), u.shape[1], u.shape[2])
    logits = (bent @ h[:, :, None])[:, :, 0]
    logits += d @ weights["lab_Wd"] + h @ weights["lab_Wh"] + weights["lab_b"]
    root = int(weights["root_label"])
    logits[heads > 0, root] = NEVER
    logits[heads == 0] = NEVER
    logits[heads == 0, root] = 0
    return logits


CUE_PARTS = ["O", "B-cue", "I-cue"]
ROLE_PARTS = ["O", "B-source", "I-source", "B-content", "I-content"]


def decode_cues(quote: np.ndarray, bias: float = 0.0) -> list[tuple[int, int]]:
    """Cue spans; a positive bias finds more of them."""
    scores = quote[:, :3].astype(np.float64).copy()
    scores[:, 1] += bias
    return [(a, b) for a, b, _ in spans(viterbi(scores, CUE_PARTS), CUE_PARTS)]


def role_logits(
    word: np.ndarray, quote_word: np.ndarray, cue: tuple[int, int], w: Mapping[str, np.ndarray]
) -> np.ndarray:
    """Per word of the window, logits over O, B-source, I-source, B-content, I-content."""
    n = len(word)
    c = word[cue[0] : cue[1]].mean(0)
    half = quote_word.shape[1] // 2
    near = w["quote_D"][cue_distance(n, cue[0], cue[1] - 1)]
    h = quote_word[:, :half] + c @ w["quote_V"] + near + quote_word[:, half:] * (c @ w["quote_Q"])
    h = np.maximum(h, 0)
    reach = len(w["quote_K"]) // 2
    padded = np.pad(h, ((reach, reach), (0, 0)))
    conv = sum(padded[k : k + n] @ kernel for k, kernel in enumerate(w["quote_K"])) + w["quote_kb"]
    return (h + np.maximum(conv, 0)) @ w["quote_O"] + w["quote_ob"]


def attributions(
    out: Mapping[str, np.ndarray], weights: Mapping[str, np.ndarray], bias: float = 0.0
) -> list[dict[str, list[tuple[int, int]]]]:
    """The attributions of one window, as word spans per role; those without content left out."""
    found = []
    for cue in decode_cues(out["quote"], bias):
        path = viterbi(role_logits(out["word"], out["quote_word"], cue, weights), ROLE_PARTS)
        one: dict[str, list[tuple[int, int]]] = {"cue": [cue], "source": [], "content": []}
        for a, b, role in spans(path, ROLE_PARTS):
            one[role].append((a, b))
        if one["content"]:
            found.append(one)
    return found


def antecedent_scores(
    p: np.ndarray,
    at: np.ndarray,
    sentence: np.ndarray,
    word: list[str],
    w: Mapping[str, np.ndarray],
) -> np.ndarray:
    """Scores [n, n] of candidate i (row) having antecedent j (column, j < i); else very low."""
    n = len(p)
    i, j = np.tril_indices(n, -1)
    lower = np.array([x.lower() for x in word])
    hidden = (p @ w["coref_W1"])[i] + (p @ w["coref_W2"])[j] + (p[i] * p[j]) @ w["coref_W3"]
    hidden += w["coref_dist"][buckets(np.abs(at[i] - at[j]))]
    hidden += w["coref_sent"][np.minimum(sentence[i] - sentence[j], 5)]
    hidden += w["coref_same"][(lower[i] == lower[j]).astype(int)]
    scores = np.full((n, n), NEVER)
    scores[i, j] = (p @ w["coref_A"] @ p.T)[i, j]
    scores[i, j] += np.maximum(hidden, 0) @ w["coref_o"] + w["coref_ob"]
    return scores


def gelu(x: np.ndarray) -> np.ndarray:
    """GELU by its tanh approximation, within 0.0005 of the exact one."""
    return 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3)))


def deed_logits(
    deed: np.ndarray,
    word: np.ndarray,
    source: list[int],
    target: list[int],
    weights: Mapping[str, np.ndarray],
) -> np.ndarray:
    """PLOVER type logits [types] of what `source` does to `target`, word numbers of one sentence.

    `deed` [n, 128] and `word` [n, 384] are the network's outputs for the sentence.
    """
    n = len(deed)
    sides = word[source].mean(0) @ weights["deed_S"] + word[target].mean(0) @ weights["deed_T"]
    near = (cue_distance(n, part[0], part[-1]) for part in (source, target))
    places = sum(weights["deed_near"][side][b] for side, b in enumerate(near))
    h = gelu(deed + sides + places)
    look = h @ weights["deed_look"]
    share = np.exp(look - look.max())
    seen = (share / share.sum()) @ h
    return np.concatenate([seen, gelu(sides)]) @ weights["deed_O"] + weights["deed_ob"]
