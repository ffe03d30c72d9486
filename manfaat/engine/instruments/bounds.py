"""The best and the worst that is still possible, given what is not known yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from manfaat.engine.instruments.evaluate import counted_weight
from manfaat.engine.instruments.model import TOTAL, Instrument, Row
from manfaat.engine.instruments.result import InstrumentResult, RowResult
from manfaat.engine.instruments.rules import compiled, extremes, multiplier_of
from manfaat.engine.registry import Working
from manfaat.engine.series import Mask, Series, Status

_NONE = int(Status.NOT_MEASURABLE)


def bounds(result: InstrumentResult, code: str = TOTAL) -> tuple[Series, Series]:
    """(worst, best) points of a row per unit: equal where it is known, not measurable where nothing bounds it.

    Every row counts upwards in its answer, so the worst comes from the worst answers. A row whose weight is not
    established gives between 0 and what the printed weight above leaves for it. A row left out stays left out.
    """
    result.instrument.row(code)
    low, high = _Bounds(result, best=False), _Bounds(result, best=True)
    with np.errstate(all="ignore"):
        return low.row(code), high.row(code)


class _Bounds:
    def __init__(self, result: InstrumentResult, *, best: bool) -> None:
        self.result, self.best, self.instrument = result, best, result.instrument
        self.n = len(result)
        self.found: dict[str, Series] = {}

    def row(self, code: str) -> Series:
        """The bound of one row."""
        if code not in self.found:
            row, result = self.instrument.by_code[code], self.result.rows[code]
            found = self.leaf(row, result) if row.is_leaf else self.group(row, result)
            if result.given.any():
                found = _either(result.given, result.score, found)
            self.found[code] = found
        return self.found[code]

    def leaf(self, row: Row, result: RowResult) -> Series:
        """The points of the best or worst answer where there is none."""
        if row.needs_weight and row.weight is None:
            return _constant(self.n, np.nan if self.best else 0.0)
        known = result.score.known
        if known.all():
            return result.score
        worst, best = extremes(self.instrument, row)
        end = best if self.best else worst
        answer = self.answers(row, result)
        value = _either(answer.known, answer, _constant(self.n, np.nan if end is None else end))
        inputs = {"value": value}
        if row.multiplied_by:
            inputs["multiplier"] = self.row(row.multiplied_by)
        ready = compiled(self.instrument)[row.code]
        working = Working(self.n)
        ready.operator.compute(working, inputs, {}, ready.parameters)
        return _either(known, result.score, Series.from_arrays(working.values, working.status))

    def answers(self, row: Row, result: RowResult) -> Series:
        """The answers that count: an unusable one counts as none, one waiting for its multiplier as itself."""
        answer = self.result.answers.get(row.code)
        nothing = Series.from_arrays(np.full(self.n, np.nan), np.full(self.n, Status.MISSING, dtype=np.uint8))
        if answer is None:
            return nothing
        waiting = np.array([(result.reason(unit) or "").endswith(":multiplier") for unit in range(self.n)])
        return _either(waiting & answer.known, answer, nothing)

    def group(self, row: Row, result: RowResult) -> Series:
        """The bound of a row from the bounds of the rows beneath, unit groups as in the evaluation."""
        children = [self.result.rows[child.code] for child in self.instrument.children[row.code]]
        beneath = [self.row(child.row.code) for child in children]
        out = np.stack([child.left_out for child in children])
        values, status = np.full(self.n, np.nan), np.full(self.n, _NONE, dtype=np.uint8)
        patterns, which = np.unique(out, axis=1, return_inverse=True)
        for number, pattern in enumerate(patterns.T):
            units = np.flatnonzero(which.reshape(-1) == number)
            inside = [place for place, left in enumerate(pattern) if not left]
            if inside:
                found = self.part(row, [children[one] for one in inside], [beneath[one] for one in inside], units)
                values[units], status[units] = found.values, found.status
        computed = Series.from_arrays(values, status)
        return _either(result.score.known, result.score, computed)

    def part(self, row: Row, inside: list[RowResult], beneath: list[Series], units: Any) -> Series:
        """The bound for units that have the same members."""
        ready = compiled(self.instrument)[row.code]
        here = [Series.from_arrays(one.values[units], one.status[units]) for one in beneath]
        if row.needs_weight and row.weight is None:
            return _constant(len(units), np.nan if self.best else 0.0)
        inputs: dict[str, Series] = {}
        if row.operator == "adjusted":
            children = [self.result.rows[child.code] for child in self.instrument.children[row.code]]
            inputs["counted_weight"] = counted_weight(row, children, units)
            if not inputs["counted_weight"].known.all():
                return _constant(len(units), float(row.weight or 0) if self.best else 0.0)
            if self.result.coefficient is not None:
                coefficient = self.result.coefficient
                inputs["coefficient"] = Series.from_arrays(coefficient.values[units], coefficient.status[units])
        if self.best and row.operator == "sum":
            here = self.filled(row, inside, here)
        working = Working(len(units))
        ready.operator.compute(working, inputs, {"members": tuple(here)}, ready.parameters)
        return Series.from_arrays(working.values, working.status)

    def filled(self, row: Row, inside: list[RowResult], here: list[Series]) -> list[Series]:
        """Unbounded members together get what the printed weight leaves for them: the first takes all of it."""
        open_places = [place for place, one in enumerate(here) if not one.known.all()]
        unestablished = [place for place in open_places if inside[place].row.weight is None]
        if not open_places or open_places != unestablished or row.weight is None or multiplier_of(row) != 1:
            return here
        taken = sum((one.row.weight for one in inside if one.row.weight is not None), start=row.weight * 0)
        rest = float(row.weight - taken)
        n = len(here[0])
        return [
            _constant(n, rest if place == open_places[0] else 0.0) if place in open_places else one
            for place, one in enumerate(here)
        ]


def _constant(n: int, value: float) -> Series:
    """The same number for all units, not measurable for NaN."""
    state = _NONE if np.isnan(value) else int(Status.KNOWN)
    return Series.from_arrays(np.full(n, value), np.full(n, state, dtype=np.uint8))


def _either(where: Mask, first: Series, second: Series) -> Series:
    """The first series where the mask holds, else the second."""
    return Series.from_arrays(
        np.where(where, first.values, second.values), np.where(where, first.status, second.status)
    )


def still_open(instrument: Instrument, spread: Mapping[str, tuple[float, float]]) -> list[tuple[Row, float]]:
    """The rows by how many points their missing answer still decides, most first.

    spread: per row code (worst, best) of one unit.
    """
    found = [(instrument.row(code), best - worst) for code, (worst, best) in spread.items() if best > worst]
    return sorted(found, key=lambda one: (-one[1], one[0].code))
