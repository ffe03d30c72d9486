"""How far a mean of respondents may be off, and whether it moved: advice beside an index, never the index itself.

Both take the respondents for a random draw of all who were served. Where people chose to answer, the true error is
larger than the margin says.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

SURENESS = 0.95
LEAST_TESTED = 30
"""Fewer respondents than this on either side are not tested: the normal curve does not yet hold."""

RISEN, FALLEN, NO_DIFFERENCE, TOO_FEW = "naik", "turun", "tidak_beda", "terlalu_sedikit"


@dataclass(frozen=True)
class Sample:
    """Respondents' own means: how many, their mean, and their variance (n - 1 in the divisor; 0 below two)."""

    n: int
    mean: float
    variance: float

    @classmethod
    def from_sums(cls, n: int, total: float, squares: float, scale: float = 1.0) -> Sample | None:
        """The sample of n values with that sum and sum of squares, each times `scale`; None where n is 0."""
        if n == 0:
            return None
        variance = max(0.0, (squares - total * total / n) / (n - 1)) if n > 1 else 0.0
        return cls(n, total / n * scale, variance * scale * scale)

    @property
    def margin(self) -> float | None:
        """Half the width of the 95 % interval of the mean; None below two respondents."""
        return None if self.n < 2 else _quantile() * sqrt(self.variance / self.n)


@dataclass(frozen=True)
class Change:
    """From one sample to a later one: difference, z (None where not tested), and what may be said."""

    difference: float
    z: float | None
    verdict: str


def change(now: Sample, before: Sample) -> Change:
    """The difference of two means, held against chance by the two-sample z test at 95 %."""
    difference = now.mean - before.mean
    if min(now.n, before.n) < LEAST_TESTED:
        return Change(difference, None, TOO_FEW)
    error = sqrt(now.variance / now.n + before.variance / before.n)
    if error == 0:
        verdict = NO_DIFFERENCE if difference == 0 else RISEN if difference > 0 else FALLEN
        return Change(difference, None, verdict)
    z = difference / error
    if abs(z) < _quantile():
        return Change(difference, z, NO_DIFFERENCE)
    return Change(difference, z, RISEN if z > 0 else FALLEN)


def _quantile() -> float:
    return NormalDist().inv_cdf(1 - (1 - SURENESS) / 2)
