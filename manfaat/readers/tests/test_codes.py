"""Codes that Excel made numbers or dates are reported, never padded in silence; a code book may restore them."""

import datetime

import pytest

from manfaat.readers.tests.files import RECAP, budget_of, codes_of, write_csv, write_xlsx

AGENCIES = {
    "1.01": "Dinas Pendidikan",
    "1.1": "Bagian Umum",
    "1.10": "Dinas Sosial",
    "1.02.03": "UPTD Kesehatan",
    "2.07": "Dinas Tenaga Kerja",
    "001": "Sekretariat Daerah",
}


def with_agency(tmp_path, code, name="", **options):
    path = write_xlsx(tmp_path / "a.xlsx", [RECAP, [code, name, "5.1.02", "Belanja", 10, 5]])
    return budget_of(path, **options)


@pytest.mark.parametrize("code", [1.01, 1.1, 2.07, datetime.date(2003, 2, 1)])
def test_a_code_that_became_a_number_or_a_date_is_an_error_with_advice(tmp_path, code) -> None:
    reading = with_agency(tmp_path, code, "Dinas")
    (problem,) = reading.problems
    assert (problem.severity, problem.code, problem.row, problem.column) == (
        "error",
        "code_became_number",
        2,
        "A (Kode SKPD)",
    )
    assert "Teks" in problem.advice
    assert reading.rows.agency_code == [""]


@pytest.mark.parametrize("text", ["1,01", "1E+05", "01/02/2003", "2003-02-01 00:00:00", "1-Feb", "Feb-03"])
def test_a_code_damaged_before_the_csv_was_saved_is_an_error(tmp_path, text) -> None:
    path = write_csv(tmp_path / "a.csv", [RECAP, [text, "Dinas", "5.1.02", "Belanja", 10, 5]])
    assert codes_of(budget_of(path)) == {("error", "code_became_number")}


@pytest.mark.parametrize("text", ["IKU-01", "CTH-11", "DESA-12"])
def test_letters_that_are_no_month_are_a_code_and_no_date(tmp_path, text) -> None:
    reading = with_agency(tmp_path, text, "Dinas")
    assert reading.rows.agency_code == [text]
    assert not reading.has_errors


@pytest.mark.parametrize(
    ("cell", "name", "code"),
    [
        (1.01, "", "1.01"),
        (2.07, "", "2.07"),
        (datetime.date(2003, 2, 1), "", "1.02.03"),
        (1.1, "DINAS SOSIAL", "1.10"),
        (1.1, "Bagian Umum", "1.1"),
        (1, "", "001"),
    ],
)
def test_a_code_book_restores_what_only_one_code_fits(tmp_path, cell, name, code) -> None:
    reading = with_agency(tmp_path, cell, name, known_codes={"agency_code": AGENCIES})
    assert reading.rows.agency_code == [code]
    assert codes_of(reading) == {("warning", "code_restored")}


@pytest.mark.parametrize(("cell", "name"), [(1.1, ""), (1.1, "Dinas Kesehatan"), (9.9, "Dinas Sosial")])
def test_a_code_book_does_not_guess_between_two(tmp_path, cell, name) -> None:
    reading = with_agency(tmp_path, cell, name, known_codes={"agency_code": AGENCIES})
    assert codes_of(reading) == {("error", "code_became_number")}


def test_an_unknown_code_is_an_error_with_the_nearest_one(tmp_path) -> None:
    reading = with_agency(tmp_path, "1.02.04", "", known_codes={"agency_code": AGENCIES})
    problem = reading.problems[0]
    assert problem.code == "unknown_code"
    assert "1.02.03 (UPTD Kesehatan)" in problem.advice


def test_a_row_with_only_a_name_finds_its_code(tmp_path) -> None:
    reading = with_agency(tmp_path, "", "dinas sosial", known_codes={"agency_code": AGENCIES})
    assert reading.problems == []
    assert reading.rows.agency_code == ["1.10"]
    reading = with_agency(tmp_path, "", "Dinas Pendidikn", known_codes={"agency_code": AGENCIES})
    assert reading.rows.agency_code == ["1.01"]
    assert codes_of(reading) == {("warning", "code_from_name")}


def test_whole_numbers_are_codes_with_one_warning_for_the_column(tmp_path) -> None:
    rows = [RECAP, [1, "a", "5.1", "x", 10, 5], [2, "b", "5.1", "x", 10, 5]]
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert reading.rows.agency_code == ["1", "2"]
    (problem,) = reading.problems
    assert (problem.severity, problem.code) == ("warning", "code_is_number")
    assert problem.message.startswith("2 sel")


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("1.02 Dinas Kesehatan", "1.02", "Dinas Kesehatan"),
        ("1.02 - Dinas Kesehatan", "1.02", "Dinas Kesehatan"),
        ("1.02. Dinas Kesehatan", "1.02", "Dinas Kesehatan"),
        ("1.02.", "1.02", ""),
        (" 1 . 02 ", "1.02", ""),
        ("'1.10", "1.10", ""),
        ("DINKES", "DINKES", ""),
        ("X.XX.01", "X.XX.01", ""),
    ],
)
def test_a_cell_of_code_and_name_gives_both(tmp_path, text, code, name) -> None:
    reading = with_agency(tmp_path, text)
    assert reading.problems == []
    assert (reading.rows.agency_code, reading.rows.agency_name) == ([code], [name])


def test_a_known_code_under_quite_another_name_is_a_warning(tmp_path) -> None:
    rows = [RECAP, *(["1.10", "Dinas Perikanan", f"5.1.{at}", "Belanja", 10, 5] for at in range(3))]
    reading = budget_of(write_csv(tmp_path / "a.csv", rows), known_codes={"agency_code": AGENCIES})
    (problem,) = reading.problems
    assert (problem.severity, problem.code, problem.row) == ("warning", "name_differs", 2)
    assert reading.rows.agency_code == ["1.10"] * 3


def test_codes_that_contradict_each_other_are_an_error(tmp_path) -> None:
    rows = [
        ["Kode SKPD", "Kode Program", "Kode Kegiatan", "Kode Sub Kegiatan", "Pagu"],
        ["1.02", "1.02.02", "1.02.02.2.02", "1.02.02.2.02.0001", 10],
        ["1.02", "1.02.03", "1.02.02.2.02", "1.02.02.2.02.0002", 10],
        ["1.02", "1.02.01", "X.XX.01.2.01", "X.XX.01.2.01.0001", 10],
        ["1.02", "1.02.02", "1.02.02.2.03", "1.02.02.2.02.0003", 10],
    ]
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert [(problem.code, problem.row) for problem in reading.problems] == [
        ("codes_disagree", 3),
        ("codes_disagree", 5),
    ]
