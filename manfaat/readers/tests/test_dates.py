"""Days, months and periods in Indonesian."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manfaat.readers.dates import MONTH_NAMES, PeriodReading, read_date, read_month, read_period, read_year


@pytest.mark.parametrize(
    "text",
    [
        "18 Mei 2024",
        "18 mei 2024",
        "18-05-2024",
        "18/05/2024",
        "18.05.2024",
        "2024-05-18",
        "2024-05-18 00:00:00",
        "Sabtu, 18 Mei 2024",
        "18 May 2024",
        "18-Mei-2024",
    ],
)
def test_reads_a_day_with_the_day_before_the_month(text) -> None:
    assert read_date(text) == datetime.date(2024, 5, 18)


@pytest.mark.parametrize(
    ("name", "month"), [("Agt", 8), ("Agustus", 8), ("Nop", 11), ("Pebruari", 2), ("Des", 12), ("Okt", 10)]
)
def test_reads_short_and_old_names_of_months(name, month) -> None:
    assert read_date(f"2 {name} 2024") == datetime.date(2024, month, 2)
    assert read_month(name) == month


@pytest.mark.parametrize("text", ["31/02/2024", "18/13/2024", "18 Foo 2024", "", "kemarin", 45000.0, None, "18/05/24"])
def test_refuses_what_is_no_sure_day(text) -> None:
    assert read_date(text) is None


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 1, 1)))
def test_a_day_printed_in_indonesian_reads_back_the_same(day) -> None:
    assert read_date(f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}") == day
    assert read_date(day.strftime("%d/%m/%Y")) == day
    assert read_date(day.isoformat()) == day


@pytest.mark.parametrize(
    "cell",
    [3, 3.0, "3", "03", "Maret", "s.d. Maret 2026", "s/d Maret", "sd Maret", "Bulan Maret", datetime.date(2026, 3, 31)],
)
def test_reads_a_month(cell) -> None:
    assert read_month(cell) == 3


@pytest.mark.parametrize("cell", [0, 13, 2.5, "13", "", "TW I", True, None])
def test_refuses_what_is_no_month(cell) -> None:
    assert read_month(cell) is None


@pytest.mark.parametrize(
    ("cell", "year"), [(2026, 2026), (2026.0, 2026), ("TA 2026", 2026), ("2025/2026", None), (26, None), ("", None)]
)
def test_reads_a_year_or_none(cell, year) -> None:
    assert read_year(cell) == year


@pytest.mark.parametrize(
    ("cell", "kind", "number", "year"),
    [
        ("2026", "year", 1, 2026),
        (2026.0, "year", 1, 2026),
        ("Tahunan", "year", 1, None),
        ("Tahun 2026", "year", 1, 2026),
        ("TW I", "quarter", 1, None),
        ("TW IV 2026", "quarter", 4, 2026),
        ("Triwulan 3", "quarter", 3, None),
        ("triwulan ii", "quarter", 2, None),
        ("Semester II", "semester", 2, None),
        ("s.d. Juni", "month", 6, None),
        ("Juni 2026", "month", 6, 2026),
        (datetime.date(2026, 6, 30), "month", 6, 2026),
    ],
)
def test_reads_a_period(cell, kind, number, year) -> None:
    assert read_period(cell) == PeriodReading(kind, number, year)


@pytest.mark.parametrize("cell", ["", "TW V", "minggu ke-2", 12, None])
def test_refuses_what_is_no_period(cell) -> None:
    assert read_period(cell) is None
