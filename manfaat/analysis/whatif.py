"""What would raise a total: each change alone, per unit of effort, and the best set within a budget of effort.

Advice, never an official score; nothing is written. The caller brings the way to score: a function from answer sheets
to totals, so that caps, multipliers and rounding are the instrument's own. float64[m, k]: m sheets of k answers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

Floats: TypeAlias = npt.NDArray[np.float64]
Score: TypeAlias = Callable[[Floats], Floats]

_SAME = 1e-9  # points below which two totals are one
_ADDS_UP = 1e-6  # points by which a foretold total may miss the true one
_THRIFT = 1e-6  # points that the whole budget costs, so that of equal sets the cheapest is taken
_SCALE = 1e4  # the solver stops 1e-6 before the best; in these units that is less than the thrift
_TRIALS = 64
_MOST_PAIRS = 3000  # pairs that help or hinder each other which the exact search still takes


@dataclass(frozen=True)
class Change:
    """One answer changed. place: the column of the sheet. effort: in the user's own unit, None where not entered."""

    place: int
    code: str
    value: float
    label: str = ""
    effort: float | None = None


@dataclass(frozen=True)
class Gain:
    """What one change alone brings. points: of the total. per_effort: points per unit of effort, None without."""

    change: Change
    points: float
    per_effort: float | None


@dataclass(frozen=True)
class Plan:
    """A set of changes within a budget. proven: no other set within it brings more."""

    changes: tuple[Change, ...]
    effort: float
    before: float
    after: float
    proven: bool

    @property
    def points(self) -> float:
        """What the set brings."""
        return self.after - self.before


def gains(score: Score, answers: Floats, changes: Sequence[Change]) -> list[Gain]:
    """Each change alone, most points first; changes that bring nothing are left out.

    answers: float64[k], the sheet as it stands.
    Raises: ValueError when the sheet as it stands has no total.
    """
    before = total_of(score, answers)
    if not changes:
        return []
    points = score(np.stack([changed(answers, [one]) for one in changes])) - before
    found = [
        Gain(one, float(won), float(won) / one.effort if one.effort else None)
        for one, won in zip(changes, points.tolist(), strict=True)
        if won > _SAME
    ]
    return sorted(found, key=lambda one: (-one.points, one.change.code, one.change.value))


def by_effort(found: Sequence[Gain]) -> list[Gain]:
    """The gains that have an effort, most points per unit of effort first."""
    known = [one for one in found if one.per_effort is not None]
    return sorted(known, key=lambda one: (-(one.per_effort or 0.0), one.change.code, one.change.value))


def path(score: Score, answers: Floats, changes: Sequence[Change]) -> list[float]:
    """The total before and after each change, one on top of the other."""
    sheets = [changed(answers, changes[:count]) for count in range(len(changes) + 1)]
    return [float(total) for total in score(np.stack(sheets))]


def total_of(score: Score, answers: Floats) -> float:
    """The total of one sheet. Raises: ValueError when it has none."""
    total = float(score(answers[np.newaxis, :])[0])
    if not math.isfinite(total):
        raise ValueError("Nilai akhir belum dapat dihitung dari jawaban ini, jadi tidak ada yang dapat dicoba.")
    return total


def changed(answers: Floats, changes: Sequence[Change]) -> Floats:
    """A copy of the sheet with the changes made."""
    sheet = answers.copy()
    for one in changes:
        sheet[one.place] = one.value
    return sheet


def best_within(score: Score, answers: Floats, changes: Sequence[Change], budget: float) -> Plan:
    """The set of changes that raises the total most without exceeding the budget of effort; of equals, the cheapest.

    At most one change per answer; changes without effort are not considered. Pairs that help or hinder each other (a
    row that multiplies another) are in the search. Where more than two interact, the set is improved by trial and
    `proven` is false.
    Raises: ValueError when the sheet as it stands has no total, or for a negative budget or effort.
    """
    if not budget >= 0 or any(one.effort is not None and not one.effort >= 0 for one in changes):
        raise ValueError("Anggaran usaha dan usaha tiap perbaikan harus nol atau lebih.")
    before = total_of(score, answers)
    able = [one for one in changes if one.effort is not None and one.effort <= budget]
    if not able:
        return Plan((), 0.0, before, before, proven=True)
    alone = score(np.stack([changed(answers, [one]) for one in able])) - before
    pairs = _interactions(score, answers, able, alone + before, before)
    useful = [one for one in range(len(able)) if alone[one] > _SAME or any(one in pair for pair in pairs)]
    if len(useful) < len(able):
        return best_within(score, answers, [able[one] for one in useful], budget)
    chosen, promised = _solve(able, alone, pairs, budget)
    after = total_of(score, changed(answers, chosen))
    proven = len(pairs) <= _MOST_PAIRS and _adds_up(score, answers, able, alone, pairs)
    if not proven or not math.isclose(after - before, promised, abs_tol=_ADDS_UP):
        proven = False
        chosen, after = _improve(score, answers, able, chosen, budget)
    return Plan(tuple(chosen), math.fsum(one.effort or 0.0 for one in chosen), before, after, proven)


def _adds_up(
    score: Score, answers: Floats, able: Sequence[Change], alone: Floats, pairs: dict[tuple[int, int], float]
) -> bool:
    """Whether single gains and pairs foretell the total of larger sets too: tried on sets drawn from a fixed seed."""
    draw = np.random.default_rng(0)
    sheets, foretold = [], []
    for _ in range(_TRIALS):
        order = draw.permutation(len(able))[: draw.integers(1, len(able) + 1)]
        taken = {able[number].place: int(number) for number in order.tolist()}
        numbers = sorted(taken.values())
        sheets.append(changed(answers, [able[number] for number in numbers]))
        together = [pairs.get(pair, 0.0) for pair in combinations(numbers, 2)]
        foretold.append(math.fsum([*(float(alone[number]) for number in numbers), *together]))
    won = score(np.stack(sheets)) - total_of(score, answers)
    return bool(np.allclose(won, foretold, rtol=0.0, atol=_ADDS_UP))


def _interactions(
    score: Score, answers: Floats, able: Sequence[Change], alone: Floats, before: float
) -> dict[tuple[int, int], float]:
    """Per pair of changes of different answers what both bring beyond the sum of each alone, where that is not zero."""
    places = [(one, two) for one, two in combinations(range(len(able)), 2) if able[one].place != able[two].place]
    if not places:
        return {}
    totals = score(np.stack([changed(answers, [able[one], able[two]]) for one, two in places]))
    extra = totals - np.array([alone[one] + alone[two] for one, two in places]) + before
    return {pair: float(points) for pair, points in zip(places, extra.tolist(), strict=True) if abs(points) > _SAME}


def _solve(
    able: Sequence[Change], alone: Floats, pairs: dict[tuple[int, int], float], budget: float
) -> tuple[list[Change], float]:
    """The best set by mixed-integer programming: one variable per change, one per interacting pair."""
    used = dict(sorted(pairs.items(), key=lambda one: -abs(one[1]))[:_MOST_PAIRS])
    single, count = len(able), len(able) + len(used)
    rows: list[tuple[dict[int, float], float]] = [
        ({place: one.effort or 0.0 for place, one in enumerate(able)}, budget)
    ]
    for place in sorted({one.place for one in able}):
        rows.append(({number: 1.0 for number, one in enumerate(able) if one.place == place}, 1.0))
    for number, (one, two) in enumerate(used, start=single):
        rows += [({number: 1.0, one: -1.0}, 0.0), ({number: 1.0, two: -1.0}, 0.0)]
        rows.append(({one: 1.0, two: 1.0, number: -1.0}, 1.0))
    matrix = lil_array((len(rows), count))
    for line, (terms, _) in enumerate(rows):
        for place, factor in terms.items():
            matrix[line, place] = factor
    worth = np.concatenate([alone, np.array(list(used.values()))])
    thrift = np.array([_THRIFT * (one.effort or 0.0) / (budget or 1.0) for one in able] + [0.0] * len(used))
    cost = (thrift - worth) * _SCALE
    limits = LinearConstraint(matrix.tocsr(), ub=np.array([limit for _, limit in rows]))
    options = {"mip_rel_gap": 0.0}
    found = milp(cost, integrality=np.ones(count), bounds=Bounds(0, 1), constraints=limits, options=options)
    taken = found.x > 0.5
    promised = float(worth[taken].sum())
    return [one for one, is_taken in zip(able, taken, strict=False) if is_taken], promised


def _improve(
    score: Score, answers: Floats, able: Sequence[Change], chosen: list[Change], budget: float
) -> tuple[list[Change], float]:
    """The set with single changes added, dropped or exchanged as long as that brings more within the budget."""
    best, after = chosen, total_of(score, changed(answers, chosen))
    while True:
        trials = [trial for trial in _neighbours(best, able) if math.fsum(one.effort or 0.0 for one in trial) <= budget]
        if not trials:
            return best, after
        totals = score(np.stack([changed(answers, trial) for trial in trials]))
        place = int(np.nanargmax(totals))
        if not totals[place] > after + _SAME:
            return best, after
        best, after = trials[place], float(totals[place])


def _neighbours(chosen: list[Change], able: Sequence[Change]) -> list[list[Change]]:
    """Every set that differs by one change dropped, added (in place of one for the same answer), or exchanged."""
    kept = [[one for one in chosen if one is not out] for out in chosen]
    found = [*kept]
    for base in [chosen, *kept]:
        for one in able:
            if one not in chosen:
                found.append([*(other for other in base if other.place != one.place), one])
    return found
