"""The spaCy component `secondsource_reader`: `spacy.blank("en").add_pipe("secondsource_reader")`.

Registered by entry point, so spaCy finds it wherever this package is
installed. It takes Docs of running text and Docs of given words alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from ..settings import settings
from .annotate import annotate
from .coref import keep_chains, resolve
from .extensions import register
from .network import Network, load, weights_folder
from .plan import Plan, plan_tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Reader:
    """Writes tags, lemmas, trees, names, sentence bounds and chains into Docs.

    The network is loaded when the first Doc comes.
    """

    def __init__(self, weights: str | None, threads: int | None, keep_bounds: bool) -> None:
        told = settings()
        self._folder = Path(weights) if weights else weights_folder(told.weights)
        self._threads = threads or told.threads
        self._keep_bounds = keep_bounds

    @property
    def network(self) -> Network:
        """The network, loaded once a process."""
        return load(self._folder, self._threads)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 0) -> Iterator[Doc]:
        """Annotate Docs in order; the network runs ahead. (`batch_size` is spaCy's and not needed.)"""
        network = self.network
        plans = (plan_tokens(doc, network.pieces, self._keep_bounds) for doc in docs)
        for doc in self.read(plans):
            keep_chains(doc, resolve(doc))
            yield doc

    def read(self, plans: Iterable[Plan]) -> Iterator[Doc]:
        """Annotate the Docs of plans, in order, with all but the chains."""
        yield from annotate(self.network, plans)


@Language.factory(
    "secondsource_reader",
    assigns=[
        "token.tag",
        "token.pos",
        "token.lemma",
        "token.head",
        "token.dep",
        "token.is_sent_start",
        "token.ent_iob",
        "token.ent_type",
        "doc.ents",
        "doc.sents",
        "doc._.chains",
        "doc._.sentence_vectors",
        "doc._.text_vector",
        "token._.certainty",
        "token._.event",
    ],
    default_config={"weights": None, "threads": None, "keep_bounds": False},
)
def make_reader(
    nlp: Language, name: str, weights: str | None, threads: int | None, keep_bounds: bool
) -> Callable[[Any], Any]:
    """Make the component.

    `weights` is a folder of weights (none: the package's), `threads` how many
    windows are read side by side, `keep_bounds` whether sentence starts that a
    Doc comes with are kept.
    """
    register()
    return Reader(weights, threads, keep_bounds)
