"""What-if: gains alone, per effort, and the best set equal to trying everything."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manfaat.analysis.whatif import Change, Floats, best_within, by_effort, changed, gains, path

WEIGHTS = np.array([5.0, 3.0, 2.0, 4.0])


def plain(sheets: Floats) -> Floats:
    found: Floats = np.minimum(sheets, 1.0) @ WEIGHTS
    return found


def multiplied(sheets: Floats) -> Floats:
    """The second row counts only as far as the first is reached."""
    capped = np.minimum(sheets, 1.0)
    found: Floats = 5 * capped[:, 0] + 9 * capped[:, 1] * capped[:, 0] + 2 * capped[:, 2] + 4 * capped[:, 3]
    return found


def geometric(sheets: Floats) -> Floats:
    found: Floats = np.prod(np.maximum(sheets, 0.01), axis=1) ** 0.25 * 100
    return found


def tried(score: object, answers: Floats, changes: list[Change], budget: float) -> float:
    """The best total of every set there is."""
    best = float(score(answers[np.newaxis, :])[0])  # type: ignore[operator]
    groups = [[None, *(one for one in changes if one.place == place)] for place in range(len(answers))]
    for combination in product(*groups):
        taken = [one for one in combination if one is not None]
        if sum(one.effort or 0.0 for one in taken) <= budget and all(one.effort is not None for one in taken):
            best = max(best, float(score(changed(answers, taken)[np.newaxis, :])[0]))  # type: ignore[operator]
    return best


SHEETS = st.lists(st.floats(0, 1), min_size=4, max_size=4).map(np.array)
CHANGES = st.lists(
    st.builds(
        Change,
        place=st.integers(0, 3),
        code=st.just("x"),
        value=st.floats(0, 1.5),
        effort=st.one_of(st.none(), st.floats(0, 10).map(lambda one: round(one, 2))),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=40)
@given(answers=SHEETS, changes=CHANGES, budget=st.floats(0, 20), which=st.sampled_from([plain, multiplied]))
def test_best_set_equals_trying_every_set(answers: Floats, changes: list[Change], budget: float, which: object) -> None:
    kept = answers.copy()
    plan = best_within(which, answers, changes, budget)  # type: ignore[arg-type]
    assert plan.proven
    assert plan.effort <= budget + 1e-9
    assert plan.after == pytest.approx(tried(which, answers, changes, budget), abs=1e-6)
    assert len({one.place for one in plan.changes}) == len(plan.changes)
    assert np.array_equal(answers, kept)


@settings(deadline=None, max_examples=15)
@given(answers=SHEETS, changes=CHANGES, budget=st.floats(0, 20))
def test_where_more_than_two_rows_interact_the_plan_does_not_claim_proof(
    answers: Floats, changes: list[Change], budget: float
) -> None:
    plan = best_within(geometric, answers, changes, budget)
    assert plan.effort <= budget + 1e-9
    assert plan.before <= plan.after + 1e-9 <= tried(geometric, answers, changes, budget) + 2e-6
    if plan.proven:
        assert plan.after == pytest.approx(tried(geometric, answers, changes, budget), abs=1e-5)


def test_gains_are_ranked_by_points_and_leave_out_what_brings_nothing() -> None:
    answers = np.array([0.5, 0.5, 1.0, 0.0])
    changes = [
        Change(0, "a", 1.0, effort=5),
        Change(1, "b", 1.0, effort=0.5),
        Change(2, "c", 2.0, effort=1),
        Change(3, "d", 1.0),
    ]
    found = gains(plain, answers, changes)
    assert [(one.change.code, one.points) for one in found] == [("d", 4.0), ("a", 2.5), ("b", 1.5)]
    assert [one.change.code for one in by_effort(found)] == ["b", "a"]
    assert by_effort(found)[0].per_effort == 3.0
    assert found[0].per_effort is None
    assert gains(plain, answers, []) == []


def test_path_adds_one_change_on_top_of_the_other() -> None:
    answers = np.array([0.0, 1.0, 0.0, 0.0])
    changes = [Change(0, "a", 1.0), Change(3, "d", 0.5)]
    assert path(multiplied, answers, changes) == [0.0, 14.0, 16.0]


def test_a_change_that_pays_only_together_with_another_is_found() -> None:
    answers = np.array([0.0, 0.0, 0.0, 0.0])
    changes = [Change(0, "a", 1.0, effort=2), Change(1, "b", 1.0, effort=2), Change(3, "d", 1.0, effort=2)]
    plan = best_within(multiplied, answers, changes, 4)
    assert [one.code for one in plan.changes] == ["a", "b"]
    assert plan.points == 14.0


def test_of_equal_sets_the_cheapest_is_taken() -> None:
    plan = best_within(plain, np.zeros(4), [Change(0, "a", 1.0, effort=5), Change(0, "a", 1.2, effort=3)], 10)
    assert plan.effort == 3


def test_what_cannot_be_done_is_said() -> None:
    with pytest.raises(ValueError, match="nol atau lebih"):
        best_within(plain, np.zeros(4), [], -1)
    with pytest.raises(ValueError, match="nol atau lebih"):
        best_within(plain, np.zeros(4), [Change(0, "a", 1.0, effort=-1)], 1)
    with pytest.raises(ValueError, match="belum dapat dihitung"):
        gains(plain, np.array([np.nan, 0, 0, 0]), [Change(0, "a", 1.0)])
    nothing = best_within(plain, np.zeros(4), [Change(0, "a", 1.0)], 5)
    assert (nothing.changes, nothing.points, nothing.proven) == ((), 0.0, True)
