import numpy as np
import pytest

from manfaat.analysis.absorption import forecast_december, pace_of

NOTHING = float("nan")


def year(*known: tuple[int, float]) -> np.ndarray:
    months = np.full(12, NOTHING)
    for month, value in known:
        months[month - 1] = value
    return months


def test_the_pace_says_what_was_spent_and_what_is_needed() -> None:
    pace = pace_of(year((3, 9.0), (6, 30.0)), goal=90)
    assert pace is not None
    assert (pace.month, pace.absorption, pace.so_far, pace.last_quarter) == (6, 30.0, 5.0, 7.0)
    assert pace.needed == pytest.approx(10.0)
    assert not pace.fell


def test_december_needs_nothing_more_and_a_reached_goal_needs_zero() -> None:
    december, reached = pace_of(year((12, 80.0)), goal=90), pace_of(year((10, 95.0)), goal=90)
    assert december is not None
    assert december.needed is None
    assert reached is not None
    assert reached.needed == 0.0


def test_a_falling_cumulative_figure_is_noticed() -> None:
    pace = pace_of(year((9, 60.0), (10, 55.0)), goal=90)
    assert pace is not None
    assert pace.fell


def test_no_month_known_gives_no_pace() -> None:
    assert pace_of(year(), goal=90) is None


def test_a_forecast_needs_nine_histories() -> None:
    histories = np.array([year((6, 40.0), (12, 90.0))] * 8)
    assert not forecast_december(30.0, 6, histories).suffices
    enough = np.vstack([histories, [year((6, 40.0), (12, 90.0))]])
    forecast = forecast_december(30.0, 6, enough)
    assert forecast.value == pytest.approx(30 + 70 * 50 / 60)
    assert forecast.low == pytest.approx(forecast.high)


def test_histories_without_december_do_not_count() -> None:
    assert forecast_december(30.0, 6, np.array([year((6, 40.0))] * 20)).histories == 0


def test_the_forecast_range_holds_eighty_per_cent_of_new_years() -> None:
    random = np.random.default_rng(7)
    hits = []
    for _ in range(400):
        share = random.uniform(0.5, 0.95, 20)
        start = random.uniform(20, 50, 20)
        histories = np.array([year((6, a), (12, a + s * (100 - a))) for a, s in zip(start, share, strict=True)])
        forecast = forecast_december(start[0], 6, histories[1:])
        assert forecast.low is not None
        assert forecast.high is not None
        hits.append(forecast.low <= histories[0, 11] <= forecast.high)
    assert 0.76 <= np.mean(hits) <= 0.84 + 0.03
