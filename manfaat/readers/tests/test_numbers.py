"""Numbers as offices write them: read right, or flagged, or refused; never a factor 1,000 wrong in silence."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manfaat.readers.numbers import indonesian, read_amount, read_number
from manfaat.readers.words import in_words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567,00", "1234567.00"),
        ("Rp 1.000.000", "1000000"),
        ("Rp1.200.000.000,50", "1200000000.50"),
        ("Rp. 2.500.000,-", "2500000"),
        ("IDR 12", "12"),
        ("12 rupiah", "12"),
        ("(1.000.000)", "-1000000"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("-Rp 5", "-5"),
        ("+5", "5"),
        ("1,5", "1.5"),
        ("0,05", "0.05"),
        ("1234.56", "1234.56"),
        ("1.50", "1.50"),
        ("0.500", "0.500"),
        ("1234.567", "1234.567"),
        ("12 345 678", "12345678"),
        ("12\u00a0345\u00a0678", "12345678"),
        ("1.234,5", "1234.5"),
        ("196980456387.0", "196980456387.0"),
        ("0", "0"),
        ("'-7", "-7"),
    ],
)
def test_reads_what_has_one_reading(text, value) -> None:
    reading = read_number(text)
    assert reading.value == Decimal(value)
    assert not reading.ambiguous
    assert reading.problem is None


def test_reads_percent_as_percent() -> None:
    reading = read_number("1,5%")
    assert (reading.value, reading.is_percent) == (Decimal("1.5"), True)


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("1.500", "1500", "terbaca: seribu lima ratus (1.500)"),
        ("1,500", "1.500", "terbaca: satu koma lima nol nol (1,500)"),
        ("-12.250", "-12250", "terbaca: minus dua belas ribu dua ratus lima puluh (-12.250)"),
    ],
)
def test_flags_and_echoes_what_has_two_readings(text, value, words) -> None:
    reading = read_number(text)
    assert reading.value == Decimal(value)
    assert reading.ambiguous
    assert reading.echo == words


@pytest.mark.parametrize(
    "text",
    [
        "1,234.56",
        "1,234,567",
        "1,234,567.89",
        "12.34.56",
        "1.2345.678",
        "1,5 miliar",
        "2 juta",
        "abc",
        "5-",
        "--5",
        "(-5)",
        "1E+09",
        "1.5e6",
        "#REF!",
        "#DIV/0!",
        "Err:502",
        "=1+1",
        "1..5",
        ",5",
        "٣",
        "1 2",
        "nihil",
        "01.234.567",
    ],
)
def test_refuses_with_advice_what_it_cannot_be_sure_of(text) -> None:
    reading = read_number(text)
    assert reading.value is None
    assert reading.missing is None
    assert reading.problem
    assert reading.problem.partition(". ")[2], "the problem says what to do"


@pytest.mark.parametrize("cell", [1e300, -1e17, "9" * 40, 10**18])
def test_refuses_numbers_no_region_could_mean(cell) -> None:
    assert "terlalu besar" in (read_number(cell).problem or "")
    assert read_amount(cell).problem


@pytest.mark.parametrize("cell", [True, datetime.date(2026, 1, 1), float("nan"), float("inf")])
def test_refuses_cells_that_are_no_number(cell) -> None:
    assert read_number(cell).problem


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "blank"),
        ("   ", "blank"),
        (None, "blank"),
        ("-", "not_available"),
        ("–", "not_available"),
        ("n/a", "not_available"),
        ("N/A", "not_available"),
        ("belum", "not_yet"),
        ("Belum ada data", "not_yet"),
        ("Belum  Jatuh Tempo", "not_due"),
        ("tidak dapat diukur", "not_measurable"),
    ],
)
def test_missing_has_a_reason_and_is_never_zero(text, reason) -> None:
    reading = read_number(text)
    assert (reading.value, reading.missing, reading.problem) == (None, reason, None)


@pytest.mark.parametrize("cell", [0, 0.0, "0", "0,00", "Rp 0"])
def test_zero_is_zero_and_not_missing(cell) -> None:
    reading = read_number(cell)
    assert reading.value == 0
    assert reading.missing is None


@pytest.mark.parametrize(
    ("cell", "rupiah", "rounded"),
    [
        ("1.500", 1500, False),
        ("1.234.567,50", 1234568, True),
        ("1.234.567,49", 1234567, True),
        ("2,5", 3, True),
        (1234.5, 1235, True),
        (-2.5, -3, True),
        (1e15, 10**15, False),
        ("1000", 1000, False),
    ],
)
def test_amounts_are_whole_rupiah_rounded_half_up(cell, rupiah, rounded) -> None:
    reading = read_amount(cell)
    assert (reading.value, reading.rounded) == (rupiah, rounded)


@pytest.mark.parametrize("cell", ["1,500", "Rp 12,345", "(1,500)", "15%", "1,234.50", True])
def test_amounts_refuse_english_thousands_and_percents(cell) -> None:
    assert read_amount(cell).value is None
    assert (read_amount(cell).problem or "").partition(". ")[2]


decimals = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15)


@given(decimals)
def test_what_is_printed_in_indonesian_reads_back_the_same(value) -> None:
    text = indonesian(value)
    assert read_number(text).value == value
    assert read_number(text.replace("-", "−")).value == value
    assert read_number(f"Rp {text}").value == value


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_whole_amounts_read_back_the_same_in_every_spelling(value) -> None:
    grouped = f"{value:,}".replace(",", ".")
    for text in (str(value), grouped, f"Rp{grouped}", f"{grouped},00", f"{value}.0", value, float(value)):
        assert read_amount(text).value == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3))
def test_a_number_is_never_a_thousand_times_off_in_silence(value) -> None:
    """Written by hand in either habit, it is read as meant, or flagged, or refused."""
    for text in (indonesian(value), f"{value:,f}", f"{value:f}"):
        reading = read_number(text)
        assert reading.value == value or reading.ambiguous or reading.problem


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text) -> None:
    reading = read_number(text)
    outcomes = [reading.value is not None, reading.missing is not None, reading.problem is not None]
    assert sum(outcomes) == 1
    read_amount(text)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "nol"),
        ("11", "sebelas"),
        ("100", "seratus"),
        ("1000", "seribu"),
        ("1500", "seribu lima ratus"),
        ("2024", "dua ribu dua puluh empat"),
        ("1000000", "satu juta"),
        ("-17", "minus tujuh belas"),
        ("121000", "seratus dua puluh satu ribu"),
        ("1.5", "satu koma lima"),
        ("3000000000", "tiga miliar"),
        ("1000000000000000", "satu kuadriliun"),
    ],
)
def test_numbers_in_words(number, words) -> None:
    assert in_words(Decimal(number)) == words
