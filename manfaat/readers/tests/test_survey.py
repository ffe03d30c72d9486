"""Raw answers to a satisfaction survey: by name never by position, and without anything about a person."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from manfaat.readers.columns import guess_mapping
from manfaat.readers.survey import ELEMENTS, SURVEY_LAYOUT, SurveyReading, read_survey, write_without_personal_data
from manfaat.readers.survey_words import NO_ANSWER, WRONG, read_age, read_answer, read_education, read_job, read_sex
from manfaat.readers.tests.files import write_ods, write_xls, write_xlsx
from manfaat.readers.workbook import open_workbook

HEADER = ("Bulan", "Unit Layanan", *(f"U{number}" for number in range(1, 8)), "U8 Penanganan Pengaduan", "U9 Sarana")
NINES = (4, 3, 4, 4, 3, 4, 4, 2, 3)


def read(path: Path, **more: Any) -> SurveyReading:
    workbook = open_workbook(path, path.name)
    return read_survey(workbook, guess_mapping(workbook.sheet(), SURVEY_LAYOUT), **{"year": 2026, **more})


def sheet(path: Path, *rows: tuple[Any, ...], header: tuple[str, ...] = HEADER) -> Path:
    return write_xlsx(path / "survei.xlsx", [header, *rows])


def test_each_answer_is_read_by_the_name_of_its_element(tmp_path: Path) -> None:
    reading = read(sheet(tmp_path, ("2026-03", "Loket A", *NINES)))
    assert [reading.rows.answers[name][0] for name in ELEMENTS] == list(NINES)
    assert (reading.rows.year[0], reading.rows.month[0], reading.rows.unit_name[0]) == (2026, 3, "Loket A")
    assert (reading.error_count, reading.warning_count, reading.totals.complete) == (0, 0, 1)


def test_exchanged_u8_and_u9_are_put_right_by_their_names(tmp_path: Path) -> None:
    header = (*HEADER[:9], "U8. Sarana dan Prasarana", "U9. Penanganan Pengaduan")
    reading = read(sheet(tmp_path, ("2026-03", "Loket A", 4, 3, 4, 4, 3, 4, 4, 1, 2), header=header))
    assert (reading.rows.answers["u8"][0], reading.rows.answers["u9"][0]) == (2, 1)
    assert not reading.warning_count


def test_bare_u8_and_u9_are_read_as_the_rule_has_them_and_pointed_out(tmp_path: Path) -> None:
    reading = read(sheet(tmp_path, ("2026-03", "Loket A", *NINES), header=(*HEADER[:9], "U8", "U9")))
    assert [problem.code for problem in reading.problems] == ["bare_number"]


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        (4, 4), (1.0, 1), ("3", 3), ("2 - Kurang baik", 2), ("Sangat sesuai", 4), ("Tidak mudah", 1), ("Gratis", 4),
        ("sangat mahal", 1), ("", NO_ANSWER), ("-", NO_ANSWER), (0, WRONG), (5, WRONG), ("0", WRONG), ("3,5", WRONG),
        (2.5, WRONG), ("44", WRONG), ("baik sekali", WRONG), ("#REF!", WRONG), (True, WRONG),
    ],
)  # fmt: skip
def test_an_answer_is_one_to_four_or_none_and_nothing_else(cell: Any, answer: int) -> None:
    assert read_answer(cell) == answer


def test_an_answer_outside_the_scale_is_an_error_with_its_place(tmp_path: Path) -> None:
    reading = read(sheet(tmp_path, ("2026-03", "Loket A", 5, *NINES[1:]), ("2026-03", "Loket A", "", *NINES[1:])))
    (problem,) = [one for one in reading.problems if one.severity == "error"]
    assert (problem.row, problem.column, problem.value) == (2, "C (U1)", "5")
    assert list(reading.rows.answers["u1"]) == [0, 0]
    assert reading.totals.complete == 0


@pytest.mark.parametrize(
    ("cell", "year", "month"),
    [
        ("2025-11", 2025, 11), ("2025-11-30 08:15:00", 2025, 11), ("30/11/2025", 2025, 11), ("November 2025", 2025, 11),
        ("Nop", 2026, 11), ("11/2025", 2025, 11), (datetime.date(2025, 11, 3), 2025, 11),
    ],
)  # fmt: skip
def test_a_month_is_read_as_offices_write_it(tmp_path: Path, cell: Any, year: int, month: int) -> None:
    reading = read(sheet(tmp_path, (cell, "Loket A", *NINES)))
    assert (reading.rows.year[0], reading.rows.month[0], reading.error_count) == (year, month, 0)


def test_rows_without_month_or_unit_take_what_was_chosen_or_are_errors(tmp_path: Path) -> None:
    path = sheet(tmp_path, ("", "", *NINES), ("triwulan lalu", "Loket A", *NINES))
    assert [one.code for one in read(path).problems] == ["no_unit", "no_month", "no_month"]
    reading = read(path, month=5, unit="Loket B")
    assert (reading.rows.month[0], reading.rows.unit_name[0]) == (5, "Loket B")
    assert [(one.code, one.row) for one in reading.problems] == [("no_month", 3)]


def test_particulars_become_few_codes_and_unknown_ones_are_told(tmp_path: Path) -> None:
    header = (*HEADER, "Jenis Kelamin", "Usia", "Pendidikan", "Pekerjaan")
    reading = read(
        sheet(tmp_path, ("2026-03", "A", *NINES, "Pr", 34, "SMA", "Guru honorer"),
              ("2026-03", "A", *NINES, "x", "", "Kejar Paket", ""), header=header)
    )  # fmt: skip
    told = reading.rows.particulars
    assert {name: values[0] for name, values in told.items()} == {
        "sex": "P", "age": "30-39", "education": "SLTA", "job": "lain",
    }  # fmt: skip
    assert {name: values[1] for name, values in told.items()} == dict.fromkeys(told, "")
    assert any("Kejar Paket" in notice for notice in reading.notices)


@pytest.mark.parametrize(
    ("read_one", "cell", "code"),
    [
        (read_sex, "Laki-laki", "L"), (read_sex, "WANITA", "P"), (read_age, 19, "0-19"), (read_age, "<20", "0-19"),
        (read_age, "20-29", "20-29"), (read_age, "60+", "50+"), (read_age, "≥ 50", "50+"), (read_age, "17-25", "?"),
        (read_age, "50-59", "50+"), (read_age, 0, "?"), (read_education, "S2 Keatas", "S2"),
        (read_education, "SD Kebawah", "SD"), (read_education, "D-III", "D"), (read_job, "PNS/TNI/POLRI", "asn"),
        (read_job, "Pelajar/Mahasiswa", "pelajar"), (read_job, "Pegawai Swasta", "swasta"), (read_job, "", ""),
        (read_job, "Ibu rumah tangga", "lain"),
    ],
)  # fmt: skip
def test_particulars_are_known_by_many_words(read_one: Any, cell: Any, code: str) -> None:
    assert read_one(cell) == code


def test_columns_about_persons_never_reach_the_file_that_is_kept(tmp_path: Path) -> None:
    header = ("NIK", "Nama", "No. HP", *HEADER, "Alamat e-mail", "Saran", "Kanal")
    person = ("3320010101900001", "Siti Aminah", "081234567890")
    path = sheet(
        tmp_path,
        (*person, "2026-03", "Loket A", *NINES, "siti@contoh.id", "Bu Siti: cepat", "daring"),
        (*person, "2026-03", "Loket A", *NINES, "", "", "hubungi 0812 3456 7890"),
        header=header,
    )
    kept = tmp_path / "kept.csv"
    left_out = write_without_personal_data(open_workbook(path, path.name), kept)
    assert left_out == ["NIK", "Nama", "No. HP", "Alamat e-mail", "Saran"]
    text = kept.read_text(encoding="utf-8")
    for secret in (*person, "siti", "Siti", "3456"):
        assert secret not in text
    assert "daring" in text
    reading = read(kept)
    assert (len(reading.rows), reading.error_count, list(reading.rows.number)) == (2, 0, [2, 3])
    assert any("A (NIK), B (Nama), C (No. HP)" in notice for notice in reading.notices)


def test_other_sheets_are_left_out_whole_and_row_numbers_stay(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "judul.xlsx", [("HASIL SURVEI",), (), HEADER, ("2026-03", "Loket A", *NINES)])
    kept = tmp_path / "kept.csv"
    write_without_personal_data(open_workbook(path, path.name), kept)
    assert list(read(kept).rows.number) == [4]


def test_names_of_elements_are_not_taken_for_free_text(tmp_path: Path) -> None:
    header = (*HEADER[:9], "Penanganan pengaduan, saran, dan masukan", "Sarana dan prasarana")
    path = sheet(tmp_path, ("2026-03", "Loket A", *NINES), header=header)
    assert write_without_personal_data(open_workbook(path, path.name), tmp_path / "kept.csv") == []


@pytest.mark.parametrize("write", [write_xls, write_ods])
def test_older_and_open_workbooks_are_read_alike(tmp_path: Path, write: Any) -> None:
    path = write(
        tmp_path / f"survei.{'xls' if write is write_xls else 'ods'}", [HEADER, ("2026-03", "Loket A", *NINES)]
    )
    assert [read(path).rows.answers[name][0] for name in ELEMENTS] == list(NINES)


def test_an_older_rule_with_fourteen_elements_is_pointed_out(tmp_path: Path) -> None:
    reading = read(sheet(tmp_path, ("2026-03", "A", *NINES, 4), header=(*HEADER, "U10")))
    assert [one.code for one in reading.problems] == ["older_rule"]


def test_a_file_without_an_element_cannot_be_read(tmp_path: Path) -> None:
    workbook = open_workbook(sheet(tmp_path, ("2026-03", "A", *NINES[:8]), header=HEADER[:10]), "survei.xlsx")
    assert guess_mapping(workbook.sheet(), SURVEY_LAYOUT).gaps() == ["Kolom “U9 Sarana dan prasarana” belum ditemukan."]
