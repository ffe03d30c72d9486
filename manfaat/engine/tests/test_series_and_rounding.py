"""Series at intake, sums and rounding."""

import doctest
import itertools
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manfaat import engine
from manfaat.engine import EngineError, Series, Status, evaluation, rounding, series
from manfaat.engine.sums import exact_sum


@pytest.mark.parametrize("module", [engine, series, rounding, evaluation], ids=lambda module: module.__name__)
def test_examples_in_docstrings_run(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0


def test_blank_zero_not_due_and_not_measurable_are_four_things() -> None:
    found = Series.of([0, None, Status.NOT_DUE, Status.NOT_MEASURABLE])
    assert list(found.status) == [0, 1, 2, 3]
    assert [found[place] for place in range(4)] == [0.0, Status.MISSING, Status.NOT_DUE, Status.NOT_MEASURABLE]
    assert np.array_equal(np.isnan(found.values), [False, True, True, True])


def test_negative_zero_becomes_zero_at_intake() -> None:
    assert not np.signbit(Series.of([-0.0]).values[0])


def test_series_cannot_be_changed() -> None:
    found = Series.of([1.0])
    with pytest.raises(ValueError, match="read-only"):
        found.values[0] = 2.0


@pytest.mark.parametrize("entry", [float("nan"), float("inf"), Decimal("NaN"), Status.KNOWN])
def test_entry_that_is_no_number_is_refused_by_position(entry: object) -> None:
    with pytest.raises(EngineError, match="Entri ke-2"):
        Series.of([1.0, entry])  # type: ignore[list-item]


def test_arrays_of_unequal_length_or_unknown_status_are_refused() -> None:
    with pytest.raises(EngineError, match="sama panjang"):
        Series.from_arrays(np.zeros(2), np.zeros(3, dtype=np.uint8))
    with pytest.raises(EngineError, match="Status 9"):
        Series.from_arrays(np.zeros(1), np.array([9], dtype=np.uint8))
    with pytest.raises(EngineError, match="Entri ke-2 bukan bilangan berhingga"):
        Series.from_arrays(np.array([1.0, np.nan]), np.zeros(2, dtype=np.uint8))


def test_value_beside_a_missing_status_is_dropped() -> None:
    found = Series.from_arrays(np.array([7.0]), np.array([1], dtype=np.uint8))
    assert found == Series.of([None])
    assert found != Series.of([7])


def test_long_series_is_told_briefly() -> None:
    assert repr(Series.of(range(100))) == "Series([0; 1; 2; 3; 4; 5; 6; 7; … 100 entri])"


def test_sum_is_the_same_in_every_order() -> None:
    members = [1e100, 1e50, 1.0, -1e50, -1e100]
    sums = {float(exact_sum(np.array(order)[:, None])[0]) for order in itertools.permutations(members)}
    assert len(sums) == 1


@settings(deadline=None, max_examples=200)
@given(whole=st.integers(-(10**7), 10**7), decimals=st.integers(0, 4))
def test_ties_go_away_from_zero_in_arrays_too(whole: int, decimals: int) -> None:
    tie = (Decimal(whole) + (Decimal("0.5") if whole >= 0 else Decimal("-0.5"))).scaleb(-decimals)
    expected = (Decimal(whole) + (1 if whole >= 0 else -1)).scaleb(-decimals)
    assert engine.round_half_up(float(tie), decimals) == expected
    assert rounding.round_array(np.array([float(tie)]), decimals)[0] == float(expected)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.565, 2, "1.234,57"), (-0.001, 2, "0,00"), (0, 0, "0"), (-1234567, 0, "-1.234.567"), (2.5, 0, "3"),
        (Decimal("0.285"), 2, "0,29"), (9007199254740991, 0, "9.007.199.254.740.991"), (1.005, 2, "1,01"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_indonesians_write_them(value: float, decimals: int, text: str) -> None:
    assert engine.format_id(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4.88, "4,88"),
        (855830897000, "855.830.897.000"),
        (0.1 + 0.2, "0,3"),
        (1e-12, "1e-12"),
        (1e300, "1e+300"),
        (0.0, "0"),
    ],
)
def test_plain_numbers_keep_the_decimals_they_have(value: float, text: str) -> None:
    assert rounding.plain_id(value) == text


@pytest.mark.parametrize(
    ("text", "unit", "told"),
    [
        ("87,50", "%", "87,50%"),
        ("1.250", "Rp", "Rp 1.250"),
        ("-1.250", "Rp", "-Rp 1.250"),
        ("-6,5", "Rp miliar", "-Rp 6,5 miliar"),
        ("3", "poin", "3 poin"),
        ("3", "", "3"),
    ],
)
def test_unit_stands_where_readers_expect_it(text: str, unit: str, told: str) -> None:
    assert rounding.with_unit(text, unit) == told


def test_what_is_no_finite_number_is_not_rounded() -> None:
    with pytest.raises(EngineError, match="bukan bilangan berhingga"):
        engine.round_half_up(float("inf"), 2)
    assert np.isnan(rounding.round_array(np.array([np.nan]), 2)[0])
