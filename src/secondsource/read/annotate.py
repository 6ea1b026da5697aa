"""Annotation: plans in, annotated Docs out; the network runs ahead while results are written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .decode import Decoded, decode
from .keys import PREFIX
from .lemmas import lemmas
from .network import Network
from .plan import Plan

if TYPE_CHECKING:
    from spacy.tokens import Doc

Ints: TypeAlias = npt.NDArray[np.int64]

_ATTRIBUTES: Final = ("TAG", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE")
_OUTSIDE, _INSIDE, _BEGIN = 2, 1, 3


def annotate(network: Network, plans: Iterable[Plan]) -> Iterator[Doc]:
    """Read each plan's Doc and write into it what the network says, in order."""
    waiting: deque[Plan] = deque()

    def jobs() -> Iterator[Callable[[], Decoded]]:
        for plan in plans:
            waiting.append(plan)
            for place in range(len(plan.windows)):
                yield partial(_read_window, network, plan, place)

    decoded: list[Decoded] = []
    for window in network.each(jobs()):
        while not waiting[0].windows:
            yield _write(network, waiting.popleft(), [])
        decoded.append(window)
        if len(decoded) == len(waiting[0].windows):
            yield _write(network, waiting.popleft(), decoded)
            decoded = []
    while waiting:
        yield _write(network, waiting.popleft(), [])


def _read_window(network: Network, plan: Plan, place: int) -> Decoded:
    start, stop = plan.windows[place]
    return decode(network, network.run(plan.window(place)), plan.opens[start:stop])


def _write(network: Network, plan: Plan, decoded: Sequence[Decoded]) -> Doc:
    """Write all the windows' results into the plan's Doc."""
    doc = plan.doc
    if not len(doc):
        return doc
    rows = np.array(plan.rows, np.int64)
    values = {name: np.zeros(len(doc), np.int64) for name in _ATTRIBUTES}
    values["ENT_IOB"][:] = _OUTSIDE
    if decoded:
        _write_names(doc, plan, decoded, values)
        _write_words(network, plan, decoded, values)
        _write_trees(network, plan, decoded, values)
    _hang_on_others(doc, plan, values)
    table = np.stack([values[name] for name in _ATTRIBUTES], axis=1)
    doc.from_array(list(_ATTRIBUTES), cast("Any", table.astype(np.uint64)))
    _keep(doc, rows, plan, decoded)
    doc.user_data[PREFIX + "weights"] = str(network.folder)
    return doc


def _write_words(network: Network, plan: Plan, decoded: Sequence[Decoded], values: dict[str, Ints]) -> None:
    from spacy.parts_of_speech import IDS

    add = plan.doc.vocab.strings.add
    labels, find = network.labels, lemmas().of
    upos = np.concatenate([window.upos for window in decoded])
    xpos = np.concatenate([window.xpos for window in decoded])
    rows = np.array(plan.rows)
    values["POS"][rows] = np.array([IDS[name] for name in labels.upos])[upos]
    values["TAG"][rows] = _hashes([add(name) for name in labels.xpos])[xpos]
    named = values["ENT_IOB"]
    written = values["LEMMA"]
    for row, u, x in zip(plan.rows, upos.tolist(), xpos.tolist(), strict=True):
        word, kind = plan.texts[row], labels.upos[u]
        proper = kind == "ADJ" and named[row] != _OUTSIDE and word[:1].isupper()
        lemma = word if proper else find(word, kind, labels.xpos[x])
        written[row] = _signed(add(lemma))


def _write_trees(network: Network, plan: Plan, decoded: Sequence[Decoded], values: dict[str, Ints]) -> None:
    add = plan.doc.vocab.strings.add
    names = ["ROOT" if name == "root" else name for name in network.labels.deprel]
    rows = np.array(plan.rows)
    deprel = np.concatenate([window.deprel for window in decoded])
    values["DEP"][rows] = _hashes([add(name) for name in names])[deprel]
    for (start, stop), window in zip(plan.windows, decoded, strict=True):
        here = rows[start:stop]
        heads = np.where(window.heads < 0, here, here[window.heads])
        values["HEAD"][here] = heads - here


def _write_names(doc: Doc, plan: Plan, decoded: Sequence[Decoded], values: dict[str, Ints]) -> None:
    for (start, _), window in zip(plan.windows, decoded, strict=True):
        for a, b, kind in window.names:
            first, last = plan.rows[start + a], plan.rows[start + b - 1]
            values["ENT_IOB"][first] = _BEGIN
            values["ENT_IOB"][first + 1 : last + 1] = _INSIDE
            values["ENT_TYPE"][first : last + 1] = _signed(doc.vocab.strings.add(kind))


def _hang_on_others(doc: Doc, plan: Plan, values: dict[str, Ints]) -> None:
    """Give heads to the tokens that are not read: white space and whole stretches."""
    from spacy.parts_of_speech import IDS

    read = np.zeros(len(doc), bool)
    read[np.array(plan.rows, np.int64)] = True
    edges = set(plan.edges)
    space = IDS["SPACE"]
    tag = _signed(doc.vocab.strings.add("_SP"))
    dep = _signed(doc.vocab.strings.add("dep"))
    anchor = stretch = -1
    leading: list[int] = []
    for at in np.flatnonzero(~read).tolist():
        if at and read[at - 1]:
            anchor, stretch = at - 1, -1
        if plan.texts[at].isspace():
            values["POS"][at], values["TAG"][at] = space, tag
            values["LEMMA"][at], values["DEP"][at] = _signed(doc[at].orth), dep
            if anchor < 0:
                leading.append(at)
            else:
                values["HEAD"][at] = anchor - at
            continue
        if stretch < 0 or at in edges:
            stretch = at
        anchor = stretch
        values["HEAD"][at] = stretch - at
    if leading and leading[-1] + 1 < len(doc):
        values["HEAD"][leading] = leading[-1] + 1 - np.array(leading)


def _keep(doc: Doc, rows: Ints, plan: Plan, decoded: Sequence[Decoded]) -> None:
    """Keep in `doc.user_data` what later stages decide with."""
    word_of = np.full(len(doc), -1, np.int32)
    word_of[rows] = np.arange(len(rows))
    kept: dict[str, Any] = {
        "rows": rows.astype(np.int32),
        "word_of": word_of,
        "windows": np.array(plan.windows, np.int32).reshape(-1, 2),
    }
    if decoded:
        for name in tuple(decoded[0].kept):  # each handed over, so that no number is held twice
            kept[name] = np.concatenate([window.kept.pop(name) for window in decoded])
        kept["sentence_vectors"] = np.concatenate([window.vectors for window in decoded])
        cues = [window.cues + start for (start, _), window in zip(plan.windows, decoded, strict=True)]
        kept["cues"] = np.concatenate(cues).astype(np.int32)
        starts = [
            np.array(window.starts) + start for (start, _), window in zip(plan.windows, decoded, strict=True)
        ]
        kept["starts"] = np.concatenate(starts).astype(np.int32)
    doc.user_data.update({PREFIX + name: value for name, value in kept.items()})


def _signed(hashed: int) -> int:
    """An unsigned 64-bit hash as the signed number of the same bits."""
    return hashed - (1 << 64) if hashed >= 1 << 63 else hashed


def _hashes(hashed: Sequence[int]) -> Ints:
    return np.array(hashed, np.uint64).astype(np.int64)
