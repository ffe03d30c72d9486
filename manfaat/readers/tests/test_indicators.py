"""Indicators: targets and results by period, with four kinds of missing kept apart."""

from decimal import Decimal

import pytest

from manfaat.readers.tests.files import codes_of, indicators_of, write_csv, write_ods, write_xls, write_xlsx

HEADER = [
    "Kode PD",
    "Kode Indikator",
    "Indikator",
    "Satuan",
    "Periode",
    "Target",
    "Target Atas",
    "Realisasi",
    "Keterangan",
]


def row(code="IK-01", name="Angka kemiskinan", unit="persen", period="", target="10", high="", realised="9,5", note=""):
    return ["1.02", code, name, unit, period, target, high, realised, note]


@pytest.mark.parametrize(
    ("suffix", "write"), [(".xlsx", write_xlsx), (".xls", write_xls), (".ods", write_ods), (".csv", write_csv)]
)
def test_reads_the_same_from_every_kind_of_file(tmp_path, suffix, write) -> None:
    rows = [HEADER, row(), row("IK-02", period="TW II", target="1.234,5", realised="(2)", note="Sumber: BPS")]
    reading = indicators_of(write(tmp_path / f"a{suffix}", rows))
    assert reading.problems == []
    assert reading.rows.indicator_code == ["IK-01", "IK-02"]
    assert reading.rows.target == [Decimal(10), Decimal("1234.5")]
    assert reading.rows.realised == [Decimal("9.5"), Decimal(-2)]
    assert list(zip(reading.rows.period_kind, reading.rows.period_number, strict=True)) == [("year", 1), ("quarter", 2)]
    assert reading.rows.note == ["", "Sumber: BPS"]


def test_blank_zero_not_yet_not_due_and_not_measurable_are_five_things(tmp_path) -> None:
    words = ["", "0", "belum", "belum jatuh tempo", "tidak dapat diukur", "n/a"]
    rows = [row(f"IK-{at}", realised=word) for at, word in enumerate(words)]
    reading = indicators_of(write_csv(tmp_path / "a.csv", [HEADER, *rows]))
    assert reading.problems == []
    assert reading.rows.realised == [None, Decimal(0), None, None, None, None]
    assert reading.rows.realised_missing == ["blank", None, "not_yet", "not_due", "not_measurable", "not_available"]
    assert reading.totals.realised_missing == {
        "blank": 1,
        "not_yet": 1,
        "not_due": 1,
        "not_measurable": 1,
        "not_available": 1,
    }


def test_a_missing_target_is_a_warning(tmp_path) -> None:
    reading = indicators_of(write_csv(tmp_path / "a.csv", [HEADER, row(target="")]))
    (problem,) = reading.problems
    assert (problem.severity, problem.code, problem.column) == ("warning", "target_missing", "F (Target)")
    assert not reading.has_errors


def test_names_may_begin_with_jumlah(tmp_path) -> None:
    rows = [
        ["Indikator", "Target", "Realisasi"],
        ["Jumlah puskesmas terakreditasi", 10, 9],
        ["Total fertility rate", 2.1, 2.2],
    ]
    reading = indicators_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert reading.rows.name == ["Jumlah puskesmas terakreditasi", "Total fertility rate"]
    assert reading.skipped.totals == 0


def test_columns_by_quarter_become_entries_by_quarter(tmp_path) -> None:
    header = ["Indikator", "Satuan", "Target", "Target TW I", "Target TW II", "Realisasi TW I", "Realisasi TW II"]
    reading = indicators_of(write_xlsx(tmp_path / "a.xlsx", [header, ["Cakupan", "%", 90, 20, 45, 25, ""]]))
    periods = list(zip(reading.rows.period_kind, reading.rows.period_number, strict=True))
    assert periods == [("year", 1), ("quarter", 1), ("quarter", 2)]
    assert reading.rows.target == [90, 20, 45]
    assert reading.rows.realised == [None, 25, None]
    assert list(reading.rows.number) == [2, 2, 2]


def test_a_range_is_read_from_one_cell_or_two(tmp_path) -> None:
    rows = [HEADER, row("A", target="75-80"), row("B", target="75", high="80"), row("C", target="80", high="75")]
    reading = indicators_of(write_csv(tmp_path / "a.csv", rows))
    assert reading.rows.target_high == [80, 80, 75]
    assert [(problem.code, problem.row) for problem in reading.problems] == [("range_reversed", 4), ("range_read", 2)]


@pytest.mark.parametrize(
    ("target", "value"), [("≥ 90", 90), (">=90", 90), ("≤5", 5), ("minimal 3", 3), ("maks. 10%", 10)]
)
def test_signs_before_a_target_are_dropped_with_a_warning(tmp_path, target, value) -> None:
    reading = indicators_of(write_csv(tmp_path / "a.csv", [HEADER, row(target=target)]))
    assert reading.rows.target == [value]
    assert codes_of(reading) == {("warning", "sign_dropped")}


@pytest.mark.parametrize("grade", ["WTP", "BB", "ya", "Sangat Baik", "Level 3"])
def test_grades_are_kept_as_text(tmp_path, grade) -> None:
    reading = indicators_of(write_csv(tmp_path / "a.csv", [HEADER, row(target=grade, realised=grade)]))
    assert reading.problems == []
    assert (reading.rows.target, reading.rows.target_text, reading.rows.realised_text) == ([None], [grade], [grade])
    assert reading.rows.target_missing == [None]


def test_a_number_of_two_readings_is_a_warning_with_the_words(tmp_path) -> None:
    reading = indicators_of(write_csv(tmp_path / "a.csv", [HEADER, row(target="1.500")]))
    (problem,) = reading.problems
    assert problem.code == "ambiguous_number"
    assert "seribu lima ratus" in problem.message


@pytest.mark.parametrize("value", ["1,234.56", "sembilan", "#REF!", "1,5 juta"])
def test_what_is_no_number_is_an_error_with_advice(tmp_path, value) -> None:
    reading = indicators_of(write_csv(tmp_path / "a.csv", [HEADER, row(realised=value)]))
    (problem,) = reading.problems
    assert (problem.severity, problem.code, problem.row, problem.column) == (
        "error",
        "not_a_number",
        2,
        "H (Realisasi)",
    )
    assert problem.advice


def test_the_same_indicator_and_period_twice_is_an_error_naming_both(tmp_path) -> None:
    reading = indicators_of(write_csv(tmp_path / "a.csv", [HEADER, row(), row(period="TW I"), row(period="2026")]))
    (problem,) = reading.problems
    assert (problem.code, problem.row) == ("duplicate", 4)
    assert "baris 2" in problem.message


def test_another_year_or_no_period_is_an_error(tmp_path) -> None:
    reading = indicators_of(
        write_csv(tmp_path / "a.csv", [HEADER, row("A", period="TW I 2025"), row("B", period="kapan saja")])
    )
    assert [(problem.code, problem.row) for problem in reading.problems] == [("wrong_year", 2), ("wrong_period", 3)]


def test_a_row_without_a_name_is_an_error(tmp_path) -> None:
    reading = indicators_of(write_csv(tmp_path / "a.csv", [HEADER, row(name="")]))
    assert ("error", "no_name") in codes_of(reading)


def test_percent_cells_that_hold_shares_are_a_warning(tmp_path) -> None:
    rows = [
        ["Indikator", "Satuan", "Target", "Realisasi"],
        *([f"Indikator {at}", "%", 90, 0.5 + at / 10] for at in range(4)),
    ]
    reading = indicators_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert codes_of(reading) == {("warning", "percent_as_share")}


def test_unknown_agency_is_an_error_and_a_known_name_finds_its_code(tmp_path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, row()])
    assert codes_of(indicators_of(path, known_codes={"agency_code": {"9.99": "Dinas Lain"}})) == {
        ("error", "unknown_code")
    }
    named = write_csv(tmp_path / "b.csv", [["Nama PD", "Indikator", "Target"], ["dinas kesehatan", "Angka", 1]])
    reading = indicators_of(named, known_codes={"agency_code": {"1.02": "Dinas Kesehatan"}})
    assert reading.rows.agency_code == ["1.02"]
