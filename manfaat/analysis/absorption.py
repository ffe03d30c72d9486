"""Early warning about absorption: plain facts about the pace, and a forecast only where history allows one.

Advice, never an official score. Absorption is a percentage of the ceiling, cumulative from January.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]

LEAST_HISTORIES = 9
"""With nine past years (or agencies) the range from the least to the most holds 80 % of the next ones."""
COVERAGE = 0.8
DECEMBER = 12


@dataclass(frozen=True)
class Pace:
    """Facts for a warning sentence, in percentage points per month.

    month: last month known. so_far: mean pace from January. last_quarter: mean pace of the last three months, None
    where the month three before is not known. needed: pace that reaches `goal` in December; 0 when it is reached, None
    in December. fell: absorption went down against the month before, which a cumulative figure should not.
    """

    month: int
    absorption: float
    so_far: float
    last_quarter: float | None
    needed: float | None
    fell: bool


@dataclass(frozen=True)
class Forecast:
    """Absorption in December as past years would have it; its numbers are None when history does not suffice."""

    value: float | None
    low: float | None
    high: float | None
    histories: int

    @property
    def suffices(self) -> bool:
        return self.value is not None


def pace_of(months: Floats, goal: float) -> Pace | None:
    """The pace of one year; None when no month is known.

    months: float64[12] cumulative absorption in percent, January first, NaN where not known. goal: percent in December.
    """
    known = np.flatnonzero(np.isfinite(months))
    if not known.size:
        return None
    at = int(known[-1])
    absorption = float(months[at])
    left = DECEMBER - (at + 1)
    earlier = float(months[at - 3]) if at >= 3 else float("nan")
    before = float(months[known[-2]]) if known.size > 1 else absorption
    return Pace(
        month=at + 1,
        absorption=absorption,
        so_far=absorption / (at + 1),
        last_quarter=(absorption - earlier) / 3 if np.isfinite(earlier) else None,
        needed=max(goal - absorption, 0.0) / left if left else None,
        fell=absorption < before,
    )


def forecast_december(absorption: float, month: int, histories: Floats) -> Forecast:
    """Where absorption ends in December if the rest of the year goes as it went before.

    absorption: percent at the end of `month` (1 to 11). histories: float64[k, 12] of past years or like agencies, NaN
    where not known; only rows that know both `month` and December count. Of what was still unspent at `month`, each
    history spent a share; value uses the median share, low and high are order statistics that hold 80 % without any
    assumption on their distribution.
    """
    start, end = histories[:, month - 1], histories[:, DECEMBER - 1]
    usable = np.isfinite(start) & np.isfinite(end) & (start < 100)
    count = int(usable.sum())
    if count < LEAST_HISTORIES or absorption >= 100 or month >= DECEMBER:
        return Forecast(None, None, None, count)
    shares = np.sort((end[usable] - start[usable]) / (100 - start[usable]))
    cut = int((1 - COVERAGE) / 2 * (count + 1) + 1e-9)
    spread = absorption + np.array([shares[cut - 1], np.median(shares), shares[count - cut]]) * (100 - absorption)
    return Forecast(float(spread[1]), float(spread[0]), float(spread[2]), count)
