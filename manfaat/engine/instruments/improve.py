"""What one unit could still improve, and the way to score trial sheets: what a what-if search needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from manfaat.engine.instruments.evaluate import evaluate_instrument
from manfaat.engine.instruments.model import TOTAL, Row
from manfaat.engine.instruments.result import NOT_LOCUS, InstrumentResult
from manfaat.engine.instruments.rules import extremes
from manfaat.engine.operators.instrument import points_of_class
from manfaat.engine.series import Floats, Mask, Series, Status


@dataclass(frozen=True)
class Improvement:
    """A better answer that a row allows. place: the position of the row among the answered rows."""

    place: int
    row: Row
    value: float
    label: str


def sheet_of(result: InstrumentResult, position: int) -> Floats:
    """float64[k]: the answers of one unit in the order of the answered rows, NaN where there is none that counts."""
    sheet = np.full(len(result.instrument.leaves), np.nan)
    for place, row in enumerate(result.instrument.leaves):
        scored = result.rows[row.code].score.known[position]
        for source in (result.answers, result.last_year):
            if row.code in source and source[row.code].known[position] and np.isnan(sheet[place]) and scored:
                sheet[place] = source[row.code].values[position]
    return sheet


def improvements(
    result: InstrumentResult, position: int, *, targets: dict[str, float] | None = None
) -> list[Improvement]:
    """The better answers each row of one unit allows, never beyond its range, in printed order.

    With named answers every better one; else the top of the range, or the row's target where one is named.
    Rows left out, at full marks, beneath a given score, or without an established weight allow none.
    """
    found = []
    sheet = sheet_of(result, position)
    for place, row in enumerate(result.instrument.leaves):
        one = result.rows[row.code]
        covered = any(result.rows[above.code].given[position] for above in result.instrument.above(row.code))
        if covered or one.left_out[position] or (row.needs_weight and row.weight is None):
            continue
        worst, best = extremes(result.instrument, row)
        now = worst if np.isnan(sheet[place]) else float(sheet[place])
        for value in _candidates(result, row, best, (targets or {}).get(row.code)):
            if _allowed(row, worst, best, value) and (now is None or _better(row, value, now)):
                found.append(Improvement(place, row, value, result.instrument.label_of(row, value)))
    return found


def _candidates(result: InstrumentResult, row: Row, best: float | None, target: float | None) -> list[float]:
    if target is not None:
        return [target]
    known = result.instrument.answer_set(row)
    if known is not None:
        return sorted(known.values.values())
    return [] if best is None or row.operator == "classed" else [best]


def _allowed(row: Row, worst: float | None, best: float | None, value: float) -> bool:
    if row.operator == "classed":
        return True
    return (worst is None or value >= worst) and (best is None or value <= best)


def _better(row: Row, value: float, now: float) -> bool:
    if row.operator != "classed":
        return value > now
    points = points_of_class(np.array([value, now]), row.classes)
    return bool(points[0] > points[1])


def scorer(result: InstrumentResult, position: int) -> Callable[[Floats], Floats]:
    """The function from trial sheets, float64[m, k] as `sheet_of` gives them, to unrounded totals, float64[m].

    An answer that is NaN counts as its worst, so that a total is certain; where a rule leaves such rows out, they stay
    out. Options, coefficient, entered weights, given components and locus are those of the result.
    """
    instrument = result.instrument
    rows = tuple(row if row.is_leaf else replace(row, decimals=None) for row in instrument.rows)
    unrounded = replace(instrument, rows=rows)
    top = TOTAL if instrument.has_total else instrument.rows[0].code

    def score(sheets: Floats) -> Floats:
        count = len(sheets)
        answers = {}
        for place, row in enumerate(unrounded.leaves):
            worst, _ = extremes(unrounded, row)
            if worst is None or row.when_missing == "exclude_and_rescale":
                worst = np.nan
            column = np.where(np.isnan(sheets[:, place]), worst, sheets[:, place])
            absent = np.isnan(column)
            answers[row.code] = Series.from_arrays(column, np.where(absent, np.uint8(Status.MISSING), np.uint8(0)))
        many = evaluate_instrument(
            unrounded,
            answers,
            coefficient=None if result.coefficient is None else _repeated(result.coefficient, position, count),
            not_locus=_outside(result, position, count),
            scores={code: _repeated(series, position, count) for code, series in result.given.items()},
        )
        return many.rows[top].score.values

    return score


def _repeated(series: Series, position: int, count: int) -> Series:
    return Series.from_arrays(np.repeat(series.values[position], count), np.repeat(series.status[position], count))


def _outside(result: InstrumentResult, position: int, count: int) -> dict[str, Mask]:
    return {
        row.code: np.ones(count, dtype=np.bool_)
        for row in result.instrument.leaves
        if result.rows[row.code].treatment[position] == NOT_LOCUS
    }
