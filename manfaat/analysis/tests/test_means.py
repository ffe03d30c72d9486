"""How far a mean of respondents may be off, and whether it moved; held against hand-worked numbers and simulation."""

import numpy as np
import pytest

from manfaat.analysis.means import FALLEN, NO_DIFFERENCE, RISEN, TOO_FEW, Sample, change


def sample(values: list[float], scale: float = 1.0) -> Sample:
    made = Sample.from_sums(len(values), sum(values), sum(value * value for value in values), scale)
    assert made is not None
    return made


def test_a_sample_of_sums_is_the_sample_of_its_values() -> None:
    made = sample([4, 3, 4, 2])
    assert (made.n, made.mean) == (4, 3.25)
    assert made.variance == pytest.approx(11 / 12)
    assert made.margin == pytest.approx(1.959964 * (11 / 12 / 4) ** 0.5)


def test_the_scale_moves_mean_and_margin_alike() -> None:
    one, other = sample([4, 3, 4, 2]), sample([4, 3, 4, 2], 25)
    assert other.mean == one.mean * 25
    assert other.margin == pytest.approx((one.margin or 0) * 25)


def test_nobody_gives_no_sample_and_one_gives_no_margin() -> None:
    assert Sample.from_sums(0, 0, 0) is None
    assert sample([4]).margin is None


def test_a_hand_worked_change_is_told_apart_from_chance() -> None:
    before, now = Sample(100, 80.0, 64.0), Sample(100, 83.0, 36.0)
    found = change(now, before)
    assert (found.difference, found.verdict) == (3.0, RISEN)
    assert found.z == pytest.approx(3.0)
    assert change(before, now).verdict == FALLEN


def test_a_small_move_and_few_respondents_are_not_called_a_change() -> None:
    assert change(Sample(100, 81.0, 64.0), Sample(100, 80.0, 64.0)).verdict == NO_DIFFERENCE
    assert change(Sample(29, 90.0, 1.0), Sample(100, 60.0, 1.0)).verdict == TOO_FEW


def test_respondents_who_all_say_the_same_need_no_test() -> None:
    assert change(Sample(40, 100.0, 0.0), Sample(40, 100.0, 0.0)).verdict == NO_DIFFERENCE
    assert change(Sample(40, 100.0, 0.0), Sample(40, 75.0, 0.0)).verdict == RISEN


def test_where_nothing_changed_one_comparison_in_twenty_is_called_a_change() -> None:
    draw = np.random.default_rng(3).choice([50.0, 75.0, 100.0], size=(800, 2, 60), p=[0.2, 0.5, 0.3])
    called = sum(change(sample(list(a)), sample(list(b))).verdict in {RISEN, FALLEN} for a, b in draw)
    assert 0.03 <= called / 800 <= 0.08
