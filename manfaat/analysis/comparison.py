"""How sure a comparison of governments is: advice beside an official figure, never the figure itself.

A yearly figure swings from year to year without anything having changed. This module estimates that swing from the
figures of all governments compared, and says which ranks, differences and changes are larger than it.

What the estimate is not: it is not the sampling error of the survey behind the figure, which the files do not give. It
is one swing for all governments together, so a small one may swing more than it says and a large one less. Real bends
of a trend count as swing, which makes the judgement slower to call a change real, never quicker.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Counts: TypeAlias = npt.NDArray[np.int64]
Texts: TypeAlias = npt.NDArray[np.str_]

LEAST_UNITS = 5
LEAST_DIFFERENCES = 15
SURENESS = 0.95
MAD_TO_SD = 1.4826
DEGREES_PER_DIFFERENCE = 0.25
"""Second differences overlap and the median absolute deviation wastes part of them; four make about one free one."""

REALLY_BETTER, REALLY_WORSE, USUAL_SWING, TOO_LITTLE = "nyata_membaik", "nyata_memburuk", "ayunan_biasa", "belum_cukup"


@dataclass(frozen=True)
class Noise:
    """The yearly swing of one figure.

    sd: standard deviation in the unit of the figure, None where the data do not suffice. differences, units: how many
    second differences of how many governments it rests on.
    """

    sd: float | None
    differences: int
    units: int

    def margin(self, comparisons: int = 1) -> float | None:
        """The smallest difference of two figures that the swing does not explain, at 95 % for `comparisons` at once."""
        return None if self.sd is None else self._quantile(comparisons) * self.sd * 2**0.5

    def half_width(self) -> float | None:
        """Half the width of the 95 % interval of one figure."""
        return None if self.sd is None else self._quantile(1) * self.sd

    def _quantile(self, comparisons: int) -> float:
        freedom = max(4.0, self.differences * DEGREES_PER_DIFFERENCE)
        return student_quantile(1 - (1 - SURENESS) / (2 * max(comparisons, 1)), freedom)


@dataclass(frozen=True)
class Comparison:
    """A comparison of n governments in the last year of the values given.

    low, high: float64[n], 95 % interval of the figure without its swing. rank, rank_best, rank_worst: int64[n], 1 is
    best, 0 where the figure is missing; the true rank lies between the two at 95 % for each government. change:
    float64[n] against the year before. verdict: one of the four words. alike: int64[n], how many others cannot be told
    apart from it. All NaN, 0 or `belum_cukup` where value or noise is missing.
    """

    noise: Noise
    low: Floats
    high: Floats
    rank: Counts
    rank_best: Counts
    rank_worst: Counts
    change: Floats
    verdict: Texts
    alike: Counts
    pairs: int
    pairs_told_apart: int


def student_quantile(probability: float, freedom: float) -> float:
    """The quantile of Student's t, by the Cornish-Fisher expansion (error below 1 % from 4 degrees for 97.5 %)."""
    z = NormalDist().inv_cdf(probability)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def estimate_noise(values: Floats, *, resolution: float = 0.0) -> Noise:
    """The swing of one yearly figure, from second differences x[t-1] - 2 x[t] + x[t+1] pooled over governments.

    values: float64[n, years], consecutive years, NaN where missing. resolution: step in which figures are published;
    the swing is never smaller than the rounding of that step. A shock that hits all governments in one year is taken
    out first (the median over governments), a straight trend of each falls out by itself.
    """
    bends = values[:, :-2] - 2 * values[:, 1:-1] + values[:, 2:] if values.shape[1] >= 3 else np.empty((len(values), 0))
    known = np.isfinite(bends)
    enough = known.sum(axis=0) >= LEAST_UNITS
    bends, known = bends[:, enough], known[:, enough]
    differences, units = int(known.sum()), int(known.any(axis=1).sum()) if known.size else 0
    if differences < LEAST_DIFFERENCES or units < LEAST_UNITS:
        return Noise(None, differences, units)
    centred = bends - np.nanmedian(bends, axis=0)
    sd = MAD_TO_SD * float(np.median(np.abs(centred[known]))) / 6**0.5 * (units / (units - 1)) ** 0.5
    return Noise(max(sd, resolution / 12**0.5) or None, differences, units)


def compare(values: Floats, *, lower_is_better: bool, resolution: float = 0.0) -> Comparison:
    """The comparison in the last year of `values` (float64[n, years], consecutive years, NaN where missing)."""
    noise = estimate_noise(values, resolution=resolution)
    last = values[:, -1]
    before = values[:, -2] if values.shape[1] >= 2 else np.full(len(last), np.nan)
    good = -last if lower_is_better else last
    known = np.isfinite(last)
    others = int(known.sum()) - 1
    better = good[None, :] - good[:, None]  # [i, j]: how much better j is than i; NaN where either is missing
    rank = np.where(known, 1 + (better > 0).sum(axis=1), 0)
    half, one_pair, all_pairs = noise.half_width(), noise.margin(), noise.margin(others)
    if half is None or one_pair is None or all_pairs is None:
        return _unsure(noise, rank, last - before, others)
    apart = np.abs(better) > one_pair
    upper = np.triu(np.ones_like(apart), 1)
    return Comparison(
        noise=noise,
        low=last - half,
        high=last + half,
        rank=rank,
        rank_best=np.where(known, 1 + (better > all_pairs).sum(axis=1), 0),
        rank_worst=np.where(known, others + 1 - (better < -all_pairs).sum(axis=1), 0),
        change=last - before,
        verdict=_verdicts(last - before, one_pair, lower_is_better=lower_is_better),
        alike=np.where(known, others - apart.sum(axis=1), 0),
        pairs=(others + 1) * others // 2,
        pairs_told_apart=int((apart & upper).sum()),
    )


def _verdicts(change: Floats, margin: float, *, lower_is_better: bool) -> Texts:
    good = -change if lower_is_better else change
    real = np.abs(change) > margin
    words = np.where(real, np.where(good > 0, REALLY_BETTER, REALLY_WORSE), USUAL_SWING)
    return np.where(np.isfinite(change), words, TOO_LITTLE)


def _unsure(noise: Noise, rank: Counts, change: Floats, others: int) -> Comparison:
    nothing, none = np.full(len(rank), np.nan), np.zeros(len(rank), dtype=np.int64)
    verdict = np.full(len(rank), TOO_LITTLE)
    pairs = max((others + 1) * others // 2, 0)
    return Comparison(noise, nothing, nothing, rank, none, none, change, verdict, none, pairs, 0)
