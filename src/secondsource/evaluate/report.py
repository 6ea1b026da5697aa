"""What an evaluation found: named figures, and the floors they must not sink below."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: `name` is its key in `evals/floors.toml`, `n` how many items it rests on."""

    name: str
    value: float
    n: int


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one task on one corpus."""

    task: str
    corpus: str
    figures: tuple[Figure, ...]

    def to_dict(self) -> dict[str, object]:
        """The report as JSON-ready values; figures rounded to four digits."""
        return {
            "task": self.task,
            "corpus": self.corpus,
            "figures": [{"name": f.name, "value": round(f.value, 4), "n": f.n} for f in self.figures],
        }
