"""Sums whose last bit does not depend on the order of the members, nor on how many units are summed at once."""

from __future__ import annotations

import numpy as np

from manfaat.engine.series import Floats, Mask, Series


def stack(members: tuple[Series, ...]) -> Floats:
    """float64[k, n]: one row per member, NaN where it has no number."""
    return np.stack([series.values for series in members])


def anywhere(rows: Mask) -> Mask:
    """bool[n]: whether any row of bool[k, n] is true."""
    found: Mask = np.logical_or.reduce(rows, axis=0)
    return found


def exact_sum(rows: Floats) -> Floats:
    """float64[n]: the sum down float64[k, n], each unit in rising order of its members, with Neumaier's compensation.

    Whole numbers below 2**53 (rupiah) are summed exactly.
    """
    total = np.zeros(rows.shape[1])
    lost = np.zeros(rows.shape[1])
    for row in np.sort(rows, axis=0):
        new = total + row
        lost += np.where(np.abs(total) >= np.abs(row), (total - new) + row, (row - new) + total)
        total = new
    summed: Floats = total + lost
    return summed
