"""Simulated governments, of which the truth is known: how often does the advice hold?"""

import numpy as np
import pytest

from manfaat.analysis.comparison import (
    REALLY_BETTER,
    REALLY_WORSE,
    TOO_LITTLE,
    USUAL_SWING,
    compare,
    estimate_noise,
    student_quantile,
)

SD = 0.4


def simulated(governments: int, years: int, *, seed: int, trend: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """True levels of the last year, and yearly figures that swing around them."""
    random = np.random.default_rng(seed)
    level = random.normal(10, 3, governments)
    slope = random.normal(0, trend, governments)
    truth = level[:, None] + slope[:, None] * np.arange(years)
    return truth[:, -1], truth + random.normal(0, SD, (governments, years))


@pytest.mark.parametrize(("governments", "years"), [(38, 8), (38, 4), (22, 4), (12, 5)])
def test_the_interval_covers_the_true_level_about_95_times_in_100(governments: int, years: int) -> None:
    hits = []
    for seed in range(200):
        truth, values = simulated(governments, years, seed=seed)
        found = compare(values, lower_is_better=True)
        hits.append(((found.low <= truth) & (truth <= found.high)).mean())
    assert 0.93 <= np.mean(hits) <= 0.975


@pytest.mark.parametrize(("governments", "years"), [(38, 8), (38, 4), (22, 4)])
def test_a_change_that_is_only_swing_is_called_real_about_5_times_in_100(governments: int, years: int) -> None:
    false = []
    for seed in range(200):
        _truth, values = simulated(governments, years, seed=seed)
        verdict = compare(values, lower_is_better=True).verdict
        false.append(np.isin(verdict, [REALLY_BETTER, REALLY_WORSE]).mean())
    assert 0.03 <= np.mean(false) <= 0.065


def test_the_range_of_ranks_holds_the_true_rank_at_least_95_times_in_100() -> None:
    hits = []
    for seed in range(200):
        truth, values = simulated(38, 6, seed=seed)
        found = compare(values, lower_is_better=True)
        rank = 1 + (truth[None, :] < truth[:, None]).sum(axis=1)
        hits.append(((found.rank_best <= rank) & (rank <= found.rank_worst)).mean())
    assert np.mean(hits) >= 0.95


def test_the_swing_is_found_beside_trends_and_a_shock_that_hit_all() -> None:
    found = []
    for seed in range(100):
        _truth, values = simulated(38, 8, seed=seed, trend=0.5)
        values[:, 5] += 3.0
        found.append(estimate_noise(values).sd)
    assert np.mean(found) == pytest.approx(SD, rel=0.05)


def test_a_change_far_beyond_the_swing_is_called_real_in_its_direction() -> None:
    _truth, values = simulated(38, 8, seed=1)
    values[0, -1] = values[0, -2] - 5
    values[1, -1] = values[1, -2] + 5
    down_is_good = compare(values, lower_is_better=True).verdict
    up_is_good = compare(values, lower_is_better=False).verdict
    assert [down_is_good[0], down_is_good[1]] == [REALLY_BETTER, REALLY_WORSE]
    assert [up_is_good[0], up_is_good[1]] == [REALLY_WORSE, REALLY_BETTER]


def test_three_odd_governments_do_not_move_the_estimate_much() -> None:
    _truth, values = simulated(38, 8, seed=2)
    clean = estimate_noise(values).sd
    values[:3, ::2] += 20
    wild = estimate_noise(values).sd
    assert clean is not None
    assert wild is not None
    assert wild < clean * 1.35


def test_too_few_years_or_governments_give_ranks_but_no_certainty() -> None:
    _truth, values = simulated(38, 2, seed=3)
    found = compare(values, lower_is_better=True)
    assert found.noise.sd is None
    assert found.noise.margin() is None
    assert sorted(found.rank) == list(range(1, 39))
    assert set(found.rank_best) == {0}
    assert set(found.verdict) == {TOO_LITTLE}
    assert estimate_noise(simulated(4, 8, seed=3)[1]).sd is None


def test_a_missing_government_has_no_rank_and_does_not_disturb_the_others() -> None:
    _truth, values = simulated(38, 6, seed=4)
    values[5, -1] = np.nan
    found = compare(values, lower_is_better=True)
    assert found.rank[5] == found.rank_best[5] == found.rank_worst[5] == 0
    assert np.isnan(found.low[5])
    assert found.verdict[5] == TOO_LITTLE
    assert found.pairs == 37 * 36 // 2
    assert max(found.rank) == 37


def test_figures_that_never_move_swing_at_least_by_their_rounding() -> None:
    values = np.tile(np.arange(10, 30, dtype=float)[:, None], (1, 6))
    assert estimate_noise(values).sd is None
    assert estimate_noise(values, resolution=0.1).sd == pytest.approx(0.1 / 12**0.5)
    assert set(compare(values, lower_is_better=True, resolution=0.1).verdict) == {USUAL_SWING}


def test_units_do_not_matter() -> None:
    _truth, values = simulated(20, 6, seed=5)
    one, thousand = compare(values, lower_is_better=False), compare(values * 1000, lower_is_better=False)
    assert (one.rank_best == thousand.rank_best).all()
    assert (one.verdict == thousand.verdict).all()
    assert one.pairs_told_apart == thousand.pairs_told_apart


def test_nobody_known_gives_nothing() -> None:
    found = compare(np.full((5, 4), np.nan), lower_is_better=True)
    assert found.pairs == 0
    assert set(found.rank) == {0}


@pytest.mark.parametrize(("freedom", "expected"), [(5, 2.5706), (10, 2.2281), (20, 2.0860), (100, 1.9840)])
def test_the_quantile_is_that_of_the_tables(freedom: float, expected: float) -> None:
    assert student_quantile(0.975, freedom) == pytest.approx(expected, rel=0.002)
