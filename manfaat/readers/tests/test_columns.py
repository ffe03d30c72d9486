"""Headers are found under titles and over two rows, and named in many ways; what is guessed can be corrected."""

import json

import pytest
import xlsxwriter

from manfaat.readers.budget import BUDGET_LAYOUT, CASH_PLAN_LAYOUT, DOCUMENT_LAYOUT, guess_budget, guess_budget_workbook
from manfaat.readers.columns import Mapping, detect_header, guess_mapping, normalised
from manfaat.readers.layouts import INDICATOR_LAYOUT
from manfaat.readers.tests.files import RECAP, opened, write_csv, write_ods, write_xlsx

DATA = ["1.02", "Dinas Kesehatan", "5.1.02", "Belanja Barang", 100, 40]


def test_skips_title_rows_and_blank_rows(tmp_path) -> None:
    rows = [["PEMERINTAH KABUPATEN CONTOH"], ["LAPORAN REALISASI ANGGARAN"], ["Tahun Anggaran 2026"], [], RECAP, DATA]
    mapping = guess_budget(opened(write_xlsx(tmp_path / "a.xlsx", rows)).sheet())
    assert (mapping.header_row, mapping.header_height) == (5, 1)
    assert mapping.columns == {
        "agency_code": 0,
        "agency_name": 1,
        "account_code": 2,
        "account_name": 3,
        "ceiling_rp": 4,
        "realised_rp": 5,
    }
    assert set(mapping.confidence.values()) == {1.0}
    assert mapping.gaps() == []
    assert mapping.where("ceiling_rp") == "E (Pagu)"


def test_joins_a_merged_header_of_two_rows_and_skips_the_row_of_numbers(tmp_path) -> None:
    rows = [
        ["Kode SKPD", "Nama SKPD", "Pagu", "Realisasi", "", "Sisa"],
        ["", "", "", "Keuangan (Rp)", "Fisik (%)", ""],
        [1, 2, 3, 4, 5, "6=3-4"],
        ["1.02", "Dinas Kesehatan", 100, 40, 55, 60],
    ]
    sheet = opened(write_xlsx(tmp_path / "a.xlsx", rows)).sheet()
    mapping = guess_budget(sheet)
    assert (mapping.header_row, mapping.header_height) == (1, 3)
    assert mapping.titles[3] == "Realisasi Keuangan (Rp)"
    assert mapping.columns["realised_rp"] == 3


@pytest.mark.parametrize("title", ["KODE  SKPD", "Kode Skpd", "kode_skpd", "Kode\nSKPD", "Kode SKPD :"])
def test_case_spaces_and_marks_do_not_matter(tmp_path, title) -> None:
    rows = [[title, "PAGU (Rp.)"], ["1.02", 5]]
    mapping = guess_budget(opened(write_xlsx(tmp_path / "a.xlsx", rows)).sheet())
    assert mapping.columns == {"agency_code": 0, "ceiling_rp": 1}


def test_misspelt_headers_are_guessed_with_less_confidence(tmp_path) -> None:
    rows = [["Kode SKPD", "Kode Sub Kegiatn", "Pagu", "Realisasi Keuangn"], ["1.02", "1.02.02.2.02.0001", 100, 40]]
    mapping = guess_budget(opened(write_xlsx(tmp_path / "a.xlsx", rows)).sheet())
    assert mapping.columns["sub_activity_code"] == 1
    assert mapping.columns["realised_rp"] == 3
    assert mapping.confidence["sub_activity_code"] < 1 == mapping.confidence["agency_code"]


def test_alike_headers_of_other_meaning_are_not_taken(tmp_path) -> None:
    rows = [
        ["Kode SKPD", "Pagu", "Sisa Pagu", "Target Realisasi", "Bulan 1", "Bulan 11", "Bulan 13", "Persen Realisasi"],
        ["1", 2, 3],
    ]
    mapping = guess_budget(opened(write_xlsx(tmp_path / "a.xlsx", rows)).sheet())
    assert mapping.columns == {"agency_code": 0, "ceiling_rp": 1, "cash_plan_01": 4, "cash_plan_11": 5}


def test_the_layout_is_guessed_from_the_columns(tmp_path) -> None:
    documents = [
        [
            "Kode SKPD",
            "Nama SKPD",
            "Kode Rekening",
            "Nomor Dokumen",
            "Tanggal Dokumen",
            "Nilai Realisasi",
            "Nilai Setoran",
        ]
    ]
    plan = [["Kode SKPD", "Kode Akun", "Nilai Rincian", "Total RAK", *(f"Bulan {month}" for month in range(1, 13))]]
    assert guess_budget(opened(write_csv(tmp_path / "a.csv", documents)).sheet()).layout is DOCUMENT_LAYOUT
    assert len(guess_budget(opened(write_csv(tmp_path / "b.csv", plan)).sheet()).columns) == 16
    assert guess_mapping(opened(tmp_path / "b.csv").sheet(), CASH_PLAN_LAYOUT).gaps() == []


def test_says_what_is_missing(tmp_path) -> None:
    mapping = guess_budget(opened(write_csv(tmp_path / "a.csv", [["Apa", "Siapa"], ["x", "y"]])).sheet())
    assert mapping.columns == {}
    assert len(mapping.gaps()) == 2
    indicators = guess_mapping(opened(tmp_path / "a.csv").sheet(), INDICATOR_LAYOUT)
    assert "Kolom “Indikator” belum ditemukan." in indicators.gaps()


def test_the_users_choice_replaces_the_guess_and_is_kept(tmp_path) -> None:
    sheet = opened(write_ods(tmp_path / "a.ods", [RECAP, DATA])).sheet()
    mapping = guess_budget(sheet).with_columns({"agency_code": 0, "ceiling_rp": 5, "nonsense": 3})
    assert mapping.columns == {"agency_code": 0, "ceiling_rp": 5}
    assert mapping.confidence["ceiling_rp"] == 1.0
    assert Mapping.from_dict(json.loads(json.dumps(mapping.as_dict())), BUDGET_LAYOUT) == mapping


def test_of_two_years_the_newer_column_is_taken(tmp_path) -> None:
    rows = [["Kode SKPD", "Anggaran 2026", "Realisasi 2025", "Realisasi 2026"], ["1.02", 10, 1, 2]]
    mapping = guess_budget(opened(write_xlsx(tmp_path / "a.xlsx", rows)).sheet())
    assert mapping.columns == {"agency_code": 0, "ceiling_rp": 1, "realised_rp": 3}


def test_the_sheet_with_the_table_is_found_among_others(tmp_path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("Keterangan").write(0, 0, "Sumber: contoh")
    table = book.add_worksheet("Realisasi Maret")
    table.write_row(0, 0, RECAP)
    table.write_row(1, 0, DATA)
    book.close()
    mapping = guess_budget_workbook(opened(tmp_path / "a.xlsx"))
    assert mapping.sheet == "Realisasi Maret"
    assert mapping.gaps() == []


def test_no_header_is_row_zero(tmp_path) -> None:
    header = detect_header(opened(write_csv(tmp_path / "a.csv", [["1", "2"], ["3", "4"]])).sheet(), BUDGET_LAYOUT)
    assert header.row == 0


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Pagu\n(Rp.)", "pagu"), ("S.D. Bulan Ini", "sd bulan ini"), ("Realisasi s/d  Saat Ini", "realisasi sd saat ini")],
)
def test_normalised_headers(text, plain) -> None:
    assert normalised(text) == plain
