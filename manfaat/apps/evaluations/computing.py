"""From answers to a result, through the engine; reads and writes no record."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from manfaat import engine
from manfaat.engine.canonical import sha256_of
from manfaat.engine.instruments import TOTAL, Instrument, InstrumentResult, evaluate_instrument
from manfaat.engine.instruments.bounds import bounds
from manfaat.engine.instruments.figures import figures
from manfaat.engine.instruments.waterfall import waterfall
from manfaat.engine.series import Entry, Series, Status

NOT_LOCUS = "not_locus"


@dataclass(frozen=True)
class Given:
    """What one assessor answered. entries: per row a number or a status; a row that is absent was not answered.

    scores: points of rows above others, where the evaluator gave those alone.
    """

    instrument: Instrument
    entries: Mapping[str, Entry]
    not_locus: frozenset[str] = frozenset()
    coefficient: float | None = None
    last_year: Mapping[str, Entry] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Identifies answers, weights and rules together."""
        said = {code: entry.code if isinstance(entry, Status) else entry for code, entry in self.entries.items()}
        earlier = {code: entry.code if isinstance(entry, Status) else entry for code, entry in self.last_year.items()}
        return sha256_of(
            {
                "pack": pack_digest(self.instrument),
                "answers": said,
                "not_locus": sorted(self.not_locus),
                "coefficient": self.coefficient,
                "last_year": earlier,
                "scores": dict(self.scores),
            }
        )


@dataclass(frozen=True)
class RowOutcome:
    """One row as it is kept."""

    code: str
    figure: engine.Figure
    full: float | None
    lost: float | None


@dataclass(frozen=True)
class Outcome:
    """What the answers come to; `refusal` says why there is no total."""

    total: float | None
    worst: float | None
    best: float | None
    full: float | None
    predicate: str
    refusal: str
    missing: list[str]
    steps: list[dict[str, Any]]
    rows: list[RowOutcome]

    @property
    def digest(self) -> str:
        """Identifies the result, figures rounded so that it is the same on every machine."""
        return str(engine.bundle.build({}, [row.figure for row in self.rows])["digest"])


def pack_digest(instrument: Instrument) -> str:
    """Identifies an instrument with its chosen options and entered weights."""
    if "pack_digest" not in instrument.memo:
        answers = {name: dict(known.values) for name, known in instrument.answers.items()}
        facts = [instrument.id, instrument.scale, dict(instrument.chosen), answers, repr(instrument.rows)]
        instrument.memo["pack_digest"] = sha256_of(facts)
    return str(instrument.memo["pack_digest"])


def evaluated(given: Given) -> InstrumentResult:
    """The engine's result for one unit."""
    return evaluate_instrument(
        given.instrument,
        {code: Series.of([entry]) for code, entry in given.entries.items()},
        coefficient=None if given.coefficient is None else Series.of([given.coefficient]),
        not_locus={code: np.array([True]) for code in given.not_locus},
        last_year={code: Series.of([entry]) for code, entry in given.last_year.items()},
        scores={code: Series.of([points]) for code, points in given.scores.items()},
    )


def outcome(
    given: Given, *, prefix: str, subject: str, period: str, inputs: Mapping[str, engine.Input] | None = None
) -> Outcome:
    """Everything that is kept of a result. inputs: per row where its answer stands."""
    result = evaluated(given)
    refusal = ""
    total: float | None = None
    predicate = ""
    try:
        total = _number(result.total.score)
        if total is not None and result.instrument.scale:
            predicate = result.predicate.labels[0] or ""
    except engine.EngineError as error:
        refusal = str(error)
    worst, best = _bounds(result)
    made = figures(result, 0, prefix=prefix, subject=subject, period=period, inputs=inputs)
    falling = waterfall(result, 0) if result.instrument.has_total else None
    return Outcome(
        total=total,
        worst=worst,
        best=best,
        full=_finite(float(result.rows[TOTAL].full[0])) if result.instrument.has_total else None,
        predicate=predicate,
        refusal=refusal,
        missing=[row.code for row in result.missing(0)],
        steps=[asdict(step) for step in falling.steps] if falling else [],
        rows=[_row(result, figure, prefix) for figure in made],
    )


def _bounds(result: InstrumentResult) -> tuple[float | None, float | None]:
    if not result.instrument.has_total:
        return None, None
    worst, best = bounds(result)
    return _number(worst), _number(best)


def _row(result: InstrumentResult, figure: engine.Figure, prefix: str) -> RowOutcome:
    code = figure.key.removeprefix(f"{prefix}/")
    row = result.rows.get(code)
    if row is None:
        return RowOutcome(code, figure, None, None)
    return RowOutcome(code, figure, _finite(float(row.full[0])), _number(row.points_lost))


def _number(series: Series) -> float | None:
    entry = series[0]
    return None if isinstance(entry, Status) else float(entry)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
