"""From counted answers to the index (IKM): the engine's own figures, computed for many units at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from manfaat.analysis.means import Sample
from manfaat.apps.services.models import ELEMENTS, Tally
from manfaat.engine import Evaluation, Figure, Input, Series, evaluate, figure
from manfaat.engine.instruments import TOTAL, InstrumentResult, Row, evaluate_instrument, figures, instrument
from manfaat.engine.instruments.figures import PREDICATE_KEY
from manfaat.engine.rounding import round_half_up

INSTRUMENT = "skm-2017"
SCALE = 25
"""From the mean answer, 1 to 4, to the scale of the index."""
CODES = tuple(name.upper() for name in ELEMENTS)
VALUES = (1, 2, 3, 4)


@dataclass
class Pool:
    """Answers counted together: of one unit in one period, or of one group of respondents."""

    responses: int = 0
    complete: int = 0
    complete_total: int = 0
    respondents: int = 0
    counts: list[list[int]] = field(default_factory=lambda: [[0] * len(VALUES) for _ in ELEMENTS])
    means: float = 0.0
    squares: float = 0.0

    def add(self, tally: Tally) -> None:
        """Count the answers of a month in."""
        self.responses += tally.responses
        self.complete += tally.complete
        self.complete_total += tally.complete_total
        self.respondents += tally.respondents
        self.means += tally.means
        self.squares += tally.squares
        for mine, more in zip(self.counts, tally.counts, strict=True):
            for at, count in enumerate(more):
                mine[at] += count

    @property
    def sample(self) -> Sample | None:
        """Respondents' own means on the scale of the index; None where nobody answered."""
        return Sample.from_sums(self.respondents, self.means, self.squares, SCALE)

    @property
    def complete_only(self) -> float | None:
        """The index of those alone who answered every element, unrounded, with equal weights; for comparison."""
        return self.complete_total * SCALE / (self.complete * len(ELEMENTS)) if self.complete else None

    def answered(self, element: int) -> int:
        """How many answered an element."""
        return sum(self.counts[element])


def pooled(tallies: Iterable[Tally]) -> Pool:
    """The months counted together."""
    pool = Pool()
    for tally in tallies:
        pool.add(tally)
    return pool


@dataclass(frozen=True)
class Indices:
    """The index of many pools: the mean answer per element, and what the instrument made of them."""

    means: Sequence[Evaluation]
    result: InstrumentResult

    def value(self, at: int) -> float | None:
        """The index, rounded as the instrument rounds; None where an element has no answer."""
        score = self.result.total.score
        return float(score.values[at]) if score.known[at] else None

    def category(self, at: int) -> str:
        """`A (Sangat baik)`; empty where there is no index."""
        return self.result.predicate.label(at) or ""

    def element(self, at: int, number: int) -> float | None:
        """The mean answer to an element, unrounded."""
        series = self.means[number].series
        return float(series.values[at]) if series.known[at] else None

    def lowest(self, at: int) -> int | None:
        """The element with the lowest mean answer, the first in printed order among equals."""
        values = [(mean, number) for number in range(len(ELEMENTS)) if (mean := self.element(at, number)) is not None]
        return min(values)[1] if values else None


def indices(pools: Sequence[Pool], weight: str = "") -> Indices:
    """The index of every pool. weight: a choice of the instrument's option `bobot`; empty: its default.

    Raises: EngineError for a weight that is no choice.
    """
    means = [evaluate("survey.element_mean", _counted(pools, number)) for number in range(len(ELEMENTS))]
    answers = {code: mean.series for code, mean in zip(CODES, means, strict=True)}
    options = {"bobot": weight} if weight else {}
    return Indices(means, evaluate_instrument(instrument(INSTRUMENT), answers, options=options))


def category_of(mean: float | None) -> str:
    """The category of one element's mean answer, by the same bands."""
    if mean is None:
        return ""
    return evaluate("scale.classify", {"value": Series.of([mean * SCALE])}, {"scale": "kategori-skm"}).label(0) or ""


def elements() -> list[Row]:
    """The nine elements as the instrument names them."""
    return [instrument(INSTRUMENT).row(code) for code in CODES]


def weights() -> list[tuple[str, str]]:
    """Code and name of the choices of weight, the default first."""
    option = instrument(INSTRUMENT).options["bobot"]
    return [(choice.code, choice.name) for choice in option.choices.values()]


def unit_figures(
    pool: Pool, *, subject: str, period: str, source: Mapping[str, Any], weight: str = ""
) -> dict[str, Figure]:
    """The figures of one index by key: the mean of each element, the rows, the total, its category.

    source: where the answers stand, as an input carries it.
    """
    made = indices([pool], weight)
    found: dict[str, Figure] = {}
    notes: dict[str, Input] = {}
    for number, row in enumerate(elements()):
        key = f"ikm/{row.code}/nrr"
        told = {f"answers_{value}": Input(label=f"yang menjawab {value}", source=source) for value in VALUES}
        found[key] = figure(
            made.means[number], 0, key=key, label=f"Nilai rata-rata {row.name}", unit="", subject=subject,
            period=period, inputs=told, decimals=4,
        )  # fmt: skip
        notes[row.code] = Input(label=f"Nilai rata-rata {row.name}", figure=key)
    rows = figures(made.result, 0, prefix="ikm", subject=subject, period=period, inputs=notes)
    return found | {one.key: one for one in rows}


def mean_figure(named: Sequence[tuple[str, float | None]], *, subject: str, period: str) -> Figure:
    """The index of a government: the mean of its units' indices, each as it is shown. named: unit and index."""
    told = named or [("", None)]
    evaluation = evaluate("aggregate.mean", {"members": [Series.of([value]) for _name, value in told]})
    notes = [Input(label=f"IKM {name}".strip()) for name, _value in told]
    return figure(
        evaluation, 0, key="ikm/rata-rata", label="Rata-rata IKM unit layanan", unit="", subject=subject, period=period,
        inputs={"members": notes},
    )  # fmt: skip


def total_key(code: str = TOTAL) -> str:
    """The key of the index itself, or of its category."""
    return f"ikm/{code}"


CATEGORY_KEY = total_key(PREDICATE_KEY)


def shown(value: float | None) -> float | None:
    """An index as it is printed, for differences of what people see."""
    return None if value is None else float(round_half_up(value, 2))


def _counted(pools: Sequence[Pool], number: int) -> dict[str, Series]:
    return {f"answers_{value}": Series.of([pool.counts[number][value - 1] for pool in pools]) for value in VALUES}
