"""SIPD's list of documents becomes net realisation per key up to a month."""

import datetime

from manfaat.readers.budget import DOCUMENT_LAYOUT, guess_budget
from manfaat.readers.documents import NOTICE
from manfaat.readers.tests.files import budget_of, codes_of, opened, write_xlsx

TITLES = """
Kode SKPD;Nama SKPD;Kode Sub SKPD;Nama Sub SKPD;Kode Fungsi;Nama Fungsi;Kode Sub Fungsi;Nama Sub Fungsi;
Kode Urusan;Nama Urusan;Kode Bidang Urusan;Nama Bidang Urusan;Kode Program;Nama Program;Kode Kegiatan;
Nama Kegiatan;Kode Sub Kegiatan;Nama Sub Kegiatan;Kode Rekening;Nama Rekening;Nomor Dokumen;Jenis Dokumen;
Jenis Transaksi;Nomor DPT;Tanggal Dokumen;Keterangan Dokumen;Nilai Realisasi;Nilai Setoran;NIP Pegawai;
Nama Pegawai;Tanggal Simpan;Nomor SPD;Periode SPD;Nilai SPD;Tahapan SPD;Nama Sub Tahapan Jadwal;
Tahapan APBD;Nomor SPP;Tanggal SPP;Nomor SPM;Tanggal SPM;Nomor SP2D;Tanggal SP2D;Tanggal Transfer;
Nilai SP2D
"""
HEADER = [title.strip() for title in TITLES.split(";")]
AGENCY = "1.02.0.00.0.00.01.0000"


def line(number, day, spent, deposited=0, account="5.1.02.01.01.0024", **changes):
    row = {
        "Kode SKPD": AGENCY,
        "Nama SKPD": "Dinas Contoh",
        "Kode Sub SKPD": AGENCY,
        "Kode Program": "1.02.02",
        "Kode Kegiatan": "1.02.02.2.02",
        "Kode Sub Kegiatan": "1.02.02.2.02.0001",
        "Kode Rekening": account,
        "Nomor Dokumen": number,
        "Tanggal Dokumen": day,
        "Nilai Realisasi": spent,
        "Nilai Setoran": deposited,
        "NIP Pegawai": "000000000000000000",
        **changes,
    }
    return [row.get(title, "") for title in HEADER]


def written(tmp_path, *lines):
    return write_xlsx(tmp_path / "a.xlsx", [["LAPORAN REALISASI PER DOKUMEN"], [], [], [], HEADER, *lines])


def test_the_layout_of_45_columns_with_its_header_in_row_5_is_known(tmp_path) -> None:
    mapping = guess_budget(opened(written(tmp_path, line("A1", "18/01/2026", 5))).sheet())
    assert len(HEADER) == 45
    assert mapping.layout is DOCUMENT_LAYOUT
    assert mapping.header_row == 5
    assert mapping.columns["realised_rp"] == HEADER.index("Nilai Realisasi")
    assert mapping.columns["document_date"] == HEADER.index("Tanggal Dokumen")
    assert mapping.columns["unit_code"] == HEADER.index("Kode Sub SKPD")


def test_documents_are_summed_net_of_deposits_up_to_the_month(tmp_path) -> None:
    path = written(
        tmp_path,
        line("A1", "18/01/2026", 1000),
        line("A2", datetime.date(2026, 3, 31), 500, 200),
        line("A3", "2026-04-01", 9999),
        line("A4", "18 Maret 2026", 70, account="5.1.02.01.01.0025"),
        line("A5", "20/03/2026", "", 20, account="5.1.02.01.01.0025"),
    )
    reading = budget_of(path, month=3)
    assert reading.problems == []
    assert reading.rows.realised_rp == [1300, 50]
    assert list(reading.rows.number) == [6, 9]
    assert list(reading.rows.source_count) == [2, 2]
    assert reading.rows.ceiling_rp == [None, None]
    assert reading.totals.realised_rp == 1350
    assert reading.skipped.later_documents == 1
    assert NOTICE in reading.notices
    assert budget_of(path, month=4).totals.realised_rp == 1350 + 9999


def test_more_deposited_than_spent_is_an_error(tmp_path) -> None:
    reading = budget_of(written(tmp_path, line("A1", "18/01/2026", 10, 30)))
    assert codes_of(reading) == {("error", "negative")}


def test_documents_of_another_year_or_without_a_date_are_errors(tmp_path) -> None:
    reading = budget_of(
        written(tmp_path, line("A1", "18/01/2025", 10), line("A2", "", 10), line("A3", "31/02/2026", 10))
    )
    assert [(problem.code, problem.row) for problem in reading.problems][:3] == [
        ("no_rows", 0),
        ("wrong_year", 6),
        ("wrong_date", 7),
    ]


def test_a_document_without_amounts_is_an_error(tmp_path) -> None:
    reading = budget_of(written(tmp_path, line("A1", "18/01/2026", 10), line("A2", "18/01/2026", "", "")))
    assert codes_of(reading) == {("error", "no_amount")}


def test_the_same_line_twice_is_a_warning_naming_both(tmp_path) -> None:
    reading = budget_of(written(tmp_path, line("A1", "18/01/2026", 10), line("A1", "18/01/2026", 10)))
    (problem,) = reading.problems
    assert (problem.severity, problem.code, problem.row) == ("warning", "duplicate_document", 7)
    assert "baris 6" in problem.message
    assert reading.rows.realised_rp == [20]


def test_a_grand_total_is_not_a_document(tmp_path) -> None:
    total = ["" for _ in HEADER]
    total[0], total[HEADER.index("Nilai Realisasi")] = "GRAND TOTAL", 10
    reading = budget_of(written(tmp_path, line("A1", "18/01/2026", 10), total))
    assert reading.problems == []
    assert reading.skipped.totals == 1
    assert reading.totals.printed_realised_rp == 10
    assert reading.totals.agrees is True
