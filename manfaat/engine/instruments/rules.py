"""How each row of an instrument calls its engine operator: the closed set, in one table."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from manfaat.engine.instruments.model import Instrument, Row
from manfaat.engine.operators import operator_named
from manfaat.engine.operators.instrument import classes_of
from manfaat.engine.registry import Operator
from manfaat.engine.series import Floats
from manfaat.engine.sums import exact_sum

ENGINE_OPERATORS = {
    "line": "instrument.line",
    "weighted": "instrument.weighted",
    "entered": "instrument.entered",
    "classed": "instrument.classed",
    "sum": "instrument.sum",
    "weighted_sum": "instrument.sum",
    "mean": "instrument.mean",
    "weighted_mean": "instrument.mean",
    "geometric_mean": "instrument.geometric_mean",
    "adjusted": "instrument.adjusted",
}
"""The operator of a row and the engine operator that computes it."""

ROW_WORDS = {
    "line": "nilai ÷ nilai tertinggi × bobot",
    "weighted": "nilai × bobot",
    "entered": "nilai apa adanya",
    "classed": "nilai kelas × bobot",
    "sum": "jumlah baris di bawahnya",
    "weighted_sum": "jumlah baris di bawahnya × bobot",
    "mean": "rata-rata baris di bawahnya",
    "weighted_mean": "rata-rata baris di bawahnya × bobot",
    "geometric_mean": "rata-rata geometrik baris di bawahnya",
    "adjusted": "(jumlah + koefisien) ÷ bobot yang dihitung × nilai penuh",
}
"""The operator of a row in words."""


def operator_of(row: Row) -> Operator:
    """The engine operator of a row."""
    return operator_named(ENGINE_OPERATORS[row.operator])


def multiplier_of(row: Row) -> Fraction | None:
    """What the sum or mean of the rows beneath is multiplied by, None where that is not established."""
    if not row.needs_weight:
        return row.factor
    return None if row.weight is None else row.weight * row.factor


def split(weight: Fraction | None) -> dict[str, float | None]:
    """The weight as a record carries it: a decimal number, or numerator and divisor where it has no end."""
    if weight is None:
        return {"weight": None, "divisor": 1.0}
    rest = weight.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        return {"weight": weight.numerator / weight.denominator, "divisor": 1.0}
    return {"weight": float(weight.numerator), "divisor": float(weight.denominator)}


@dataclass(frozen=True)
class Compiled:
    """A row made ready: its engine operator, all parameters checked, and its full marks when nothing is left out."""

    operator: Operator
    parameters: Mapping[str, Any]
    full: float


def compiled(instrument: Instrument) -> Mapping[str, Compiled]:
    """Every row made ready, by code; worked out once per instrument."""
    found: dict[str, Compiled] = instrument.memo.get("compiled", {})
    if not found:
        fulls: dict[str, float] = {}
        for row in (*instrument.leaves, *(one for one in reversed(instrument.rows) if not one.is_leaf)):
            beneath = [np.array([fulls[child.code]]) for child in instrument.children[row.code]]
            fulls[row.code] = float(group_full(row, beneath, instrument)[0]) if beneath else _full_leaf(row)
            parameters = _parameters(instrument, row, fulls)
            found[row.code] = Compiled(operator_of(row), parameters, fulls[row.code])
        instrument.memo["compiled"] = found
    return found


def _parameters(instrument: Instrument, row: Row, fulls: Mapping[str, float]) -> dict[str, Any]:
    given: dict[str, Any] = {"rule": row.cite.text, "decimals": row.decimals}
    if row.weight_source and row.operator != "entered":
        given["weight_source"] = row.weight_source
    if row.operator == "adjusted":
        given["full"] = float(row.weight or 0)
    elif not row.is_leaf:
        given |= split(multiplier_of(row))
    else:
        given |= _leaf(instrument, row)
    if row.multiplied_by and math.isfinite(fulls[row.multiplied_by]):
        given["multiplier_full"] = fulls[row.multiplied_by]
    return operator_of(row).check_parameters(given)


def _leaf(instrument: Instrument, row: Row) -> dict[str, Any]:
    known = instrument.answer_set(row)
    given: dict[str, Any] = {"answers": known.text if known else None, "low": row.low}
    if row.operator != "entered":
        given |= split(row.weight)
    if row.operator == "classed":
        return given | {"classes": row.classes}
    given["top"] = row.top
    if row.operator == "line":
        given["lower_end"] = row.lower_end
    return given


def extremes(instrument: Instrument, row: Row) -> tuple[float | None, float | None]:
    """The answers that score worst and best, None where the row sets no limit."""
    known = instrument.answer_set(row)
    if row.operator == "classed":
        inside = [(points, _within(upper, included)) for upper, included, points in classes_of(row.classes)]
        return min(inside)[1], max(inside)[1]
    low = row.low if row.low is not None else min(known.values.values()) if known else None
    if low is None and row.operator == "line":
        low = 0.0
    return low, row.top


def _within(upper: float, included: bool) -> float:
    """A value of the class that ends there; far above every bound for the open class."""
    return min(upper, 1e300) if included else math.nextafter(upper, -math.inf)


def group_full(row: Row, beneath: Sequence[Floats], instrument: Instrument) -> Floats:
    """float64[n]: the most a row above others can score, NaN where not established.

    beneath: per row directly beneath, in printed order, float64[n]: its full marks, 0 where it is left out.
    """
    fulls = np.stack(beneath)
    counts = np.maximum((fulls != 0).sum(axis=0), 1)
    factor = multiplier_of(row)
    total: Floats = np.where(np.isnan(fulls).any(axis=0), np.nan, exact_sum(np.nan_to_num(fulls)))
    if row.operator == "adjusted":
        whole: Floats = np.where((fulls != 0).any(axis=0), float(row.weight or 0), 0.0)
        return whole
    if factor is None:
        return np.full(total.shape, np.nan)
    points: Floats
    if row.operator == "geometric_mean":
        points = np.prod(np.where(fulls == 0, 1.0, fulls) ** (1.0 / counts), axis=0) * float(factor)
        return points
    divisors = counts if row.operator in ("mean", "weighted_mean") else 1
    points = total * factor.numerator / (divisors * factor.denominator)
    declared = _declared(row, instrument)
    if declared is not None:
        points = np.where(np.isnan(points) & (fulls != 0).all(axis=0), declared, points)
    return points


def _declared(row: Row, instrument: Instrument) -> float | None:
    """The printed weight of a plain sum of points, which holds even where rows beneath are not established."""
    in_points = all(child.operator in ("line", "entered", "sum") for child in instrument.children[row.code])
    plain = row.operator == "sum" and row.factor == 1 and in_points
    return float(row.weight) if plain and row.weight is not None else None


def _full_leaf(row: Row) -> float:
    if row.operator == "entered" and row.top is not None:
        return row.top
    if row.weight is None:
        return math.nan
    if row.operator == "entered":
        return row.weight.numerator / row.weight.denominator
    if row.operator == "line":
        return row.weight.numerator / row.weight.denominator
    top = max(points for _, _, points in classes_of(row.classes)) if row.operator == "classed" else row.top
    return math.nan if top is None else top * row.weight.numerator / row.weight.denominator
