"""Numbers and dates of domain/charts_and_maps.md, printed and read back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from manfaat.apps.core import formats
from manfaat.readers.dates import read_date, read_period
from manfaat.readers.numbers import read_amount, read_number

NUMBERS = [
    (0, "0"),
    (-1234.5, "−1.234,5"),
    (1_000, "1.000"),
    (0.05, "0,05"),
    (1234.56, "1.234,56"),
    (Decimal("0.125"), "0,125"),
]


@pytest.mark.parametrize(("value", "words"), NUMBERS)
def test_a_number_prints_as_indonesians_write_it_and_reads_back(value, words):
    assert formats.decimal_id(value) == words
    assert read_number(words).value == Decimal(str(value))


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [(2.675, 2, "2,68"), (-2.5, 0, "−3"), (1.005, 2, "1,01"), (87, 2, "87,00"), (-0.001, 2, "0,00")],
)
def test_numbers_are_rounded_half_up(value, decimals, words):
    assert formats.decimal_id(value, decimals) == words


def test_a_percentage_is_rounded_half_up_and_reads_back():
    assert formats.percent_id(12.345) == "12,35%"
    reading = read_number("12,35%")
    assert (reading.value, reading.is_percent) == (Decimal("12.35"), True)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        (87.5, "%", None, "87,50%"),
        (1250, "Rp", None, "Rp1.250"),
        (520, "Rp miliar", 1, "Rp 520,0 miliar"),
        (3, "poin", None, "3 poin"),
        (7, "", None, "7"),
    ],
)
def test_a_unit_stands_where_readers_expect_it(value, unit, decimals, words):
    assert formats.quantity_id(value, unit, decimals) == words.replace(" ", "\u00a0")


def test_a_difference_of_percentages_is_said_in_points():
    assert formats.points_id(-9.0, 0) == "−9\u00a0poin"


@pytest.mark.parametrize("value", [0, 950_000, 1_200_000_000, -71_150_250_000])
def test_rupiah_print_in_full_for_tables_and_read_back(value):
    words = formats.rupiah(value)
    assert " " not in words
    assert read_amount(words).value == value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "Rp 0"),
        (950_000, "Rp 950.000"),
        (999_999, "Rp 999.999"),
        (1_000_000, "Rp 1,0 juta"),
        (999_949_999, "Rp 999,9 juta"),
        (999_950_000, "Rp 1,0 miliar"),
        (1_200_000_000, "Rp 1,2 miliar"),
        (999_950_000_000, "Rp 1,0 triliun"),
        (2_500_000_000_000, "Rp 2,5 triliun"),
        (-1_250_000, "−Rp 1,3 juta"),
    ],
)
def test_rupiah_in_sentences_take_the_word_that_fits_after_rounding(value, words):
    assert formats.rupiah_short(value) == words.replace(" ", "\u00a0")


@pytest.mark.parametrize("missing", [None, float("nan"), Decimal("NaN")])
@pytest.mark.parametrize(
    "written", [formats.decimal_id, formats.percent_id, formats.points_id, formats.rupiah, formats.rupiah_short]
)
def test_missing_is_a_dash_and_never_zero(written, missing):
    assert written(missing) == "–"


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2024, 4, 18), date(2024, 5, 18), date(2024, 8, 18)])
def test_a_day_prints_and_reads_back(day):
    assert read_date(formats.date_id(day)) == day
    assert read_date(formats.date_short_id(day)) == day


def test_days_are_written_with_their_indonesian_month():
    assert formats.date_id(date(2024, 2, 29)) == "29 Februari 2024"
    assert formats.date_short_id(date(2024, 4, 18)) == "18/04/2024"


def test_a_moment_is_told_in_the_zone_of_the_installation():
    assert formats.datetime_id(datetime(2024, 4, 18, 7, 5, tzinfo=UTC)) == "18 April 2024 pukul 14.05 WIB"


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [
        ("quarter", 4, "Triwulan IV 2026"),
        ("quarter", 2, "Triwulan II 2026"),
        ("semester", 1, "Semester I 2026"),
        ("month", 6, "Juni 2026"),
        ("year", 1, "Tahun 2026"),
    ],
)
def test_a_period_prints_and_reads_back(kind, number, words):
    assert formats.period_label(kind, 2026, number) == words
    reading = read_period(words)
    assert (reading.kind, reading.number, reading.year) == (kind, number, 2026)


def test_cumulative_periods_say_until_when():
    assert formats.until_id(2026, 6) == "s.d. Juni 2026"


@pytest.mark.parametrize(("number", "letters"), [(1, "I"), (4, "IV"), (9, "IX"), (12, "XII"), (39, "XXXIX")])
def test_roman_numerals(number, letters):
    assert formats.roman(number) == letters


def test_numbers_keep_their_writing_in_english():
    with translation.override("en"):
        assert formats.decimal_id(1234.5, 2) == "1.234,50"


@pytest.mark.parametrize(
    ("percent", "total", "words"),
    [(40.0, 20.0, "8 dari 20"), (200 / 3, 3.0, "2 dari 3"), (0.0, 2.0, "0 dari 2"), (None, 3.0, ""), (50.0, 0.0, "")],
)
def test_a_share_of_few_is_told_as_a_count(percent: float | None, total: float, words: str) -> None:
    assert formats.some_of_all(percent, total) == words
