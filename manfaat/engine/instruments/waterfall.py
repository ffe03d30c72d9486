"""Where the points of one unit went: from full marks down to its total, row by row."""

from __future__ import annotations

import math
from dataclasses import dataclass

from manfaat.engine.instruments.model import TOTAL, Row
from manfaat.engine.instruments.result import InstrumentResult, RowResult
from manfaat.engine.instruments.rules import ENGINE_OPERATORS, multiplier_of
from manfaat.engine.series import Status


@dataclass(frozen=True)
class Step:
    """One step down. points: lost in points of the total, or still open where `kind` is `open`.

    kind: lost, open, coefficient, or rounding. of: the most this row gives to the total.
    """

    code: str
    name: str
    kind: str
    points: float
    of: float


@dataclass(frozen=True)
class Waterfall:
    """From `full` through the steps to `end`: full less all points lost and open is end.

    end is the total where it is known, else what is certain so far.
    """

    full: float
    steps: tuple[Step, ...]
    end: float
    complete: bool


def waterfall(result: InstrumentResult, position: int, code: str = TOTAL) -> Waterfall | None:
    """The steps of one unit, printed order, rows without loss left out; None where full marks are not established.

    Rows left out by a rule give and lose nothing. Where a row is no sum (a geometric mean), the row itself is the step.
    """
    top = result.row(code)
    full = float(top.full[position])
    if not math.isfinite(full):
        return None
    walker = _Walker(result, position)
    walker.walk(top, 1.0)
    steps = list(walker.steps)
    known = bool(top.score.known[position])
    spent = math.fsum(step.points for step in steps)
    end = float(top.score.values[position]) if known else full - spent
    rest = full - spent - end
    if known and abs(rest) > 1e-9:
        steps.append(Step("", "Pembulatan", "rounding", rest, 0.0))
    return Waterfall(full, tuple(steps), end, known)


class _Walker:
    def __init__(self, result: InstrumentResult, position: int) -> None:
        self.result, self.position = result, position
        self.steps: list[Step] = []

    def walk(self, result: RowResult, gain: float) -> None:
        """Goes down while a point beneath is worth a fixed number of points of the total."""
        row = result.row
        inside = self.inside(row)
        worth = None if result.given[self.position] else self.worth(row, inside)
        if row.is_leaf or worth is None:
            self.step(result, gain)
            return
        for child in inside:
            self.walk(child, gain * worth)
        if row.operator == "adjusted" and self.result.coefficient is not None:
            self.coefficient(gain * worth)

    def inside(self, row: Row) -> list[RowResult]:
        """The rows beneath that count for this unit."""
        beneath = [self.result.rows[child.code] for child in self.result.instrument.children[row.code]]
        return [one for one in beneath if not one.left_out[self.position]]

    def worth(self, row: Row, inside: list[RowResult]) -> float | None:
        """What one point beneath is worth in this row, None where that depends on the other rows."""
        if row.is_leaf or row.operator == "geometric_mean" or not inside:
            return None
        if row.operator == "adjusted":
            counted = math.fsum(float(one.full[self.position]) for one in inside)
            return float(row.weight or 0) / counted if counted > 0 else None
        factor = multiplier_of(row)
        if factor is None or any(math.isnan(one.full[self.position]) for one in inside):
            return None
        divisor = len(inside) if ENGINE_OPERATORS[row.operator] == "instrument.mean" else 1
        return factor.numerator / (factor.denominator * divisor)

    def step(self, result: RowResult, gain: float) -> None:
        """What this row loses, or what is still open in it."""
        full = float(result.full[self.position]) * gain
        known = bool(result.score.known[self.position])
        lost = full - float(result.score.values[self.position]) * gain if known else full
        if math.isfinite(lost) and lost != 0:
            self.steps.append(Step(result.row.code, result.row.name, "lost" if known else "open", lost, full))

    def coefficient(self, gain: float) -> None:
        """The coefficient as a step of its own; a positive one loses negative points."""
        series = self.result.coefficient
        if series is not None and series.status[self.position] == Status.KNOWN:
            points = -float(series.values[self.position]) * gain
            if points:
                self.steps.append(Step("", "Koefisien", "coefficient", points, 0.0))
