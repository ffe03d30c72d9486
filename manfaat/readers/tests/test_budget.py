"""Recaps of ceiling and realisation: rows, totals, and each fault named with its row."""

import pytest
import xlsxwriter

from manfaat.readers.budget import guess_budget, read_budget
from manfaat.readers.containers import Limits
from manfaat.readers.problems import KEPT_PER_CODE
from manfaat.readers.tests.files import RECAP, budget_of, codes_of, opened, write_csv, write_ods, write_xls, write_xlsx
from manfaat.readers.workbook import Unreadable, open_workbook

HEALTH = ["1.02.0.00.0.00.01.0000", "Dinas Kesehatan"]
SCHOOL = ["1.01.0.00.0.00.01.0000", "Dinas Pendidikan"]


def recap(*rows):
    return [RECAP, *rows]


GOOD = recap(
    [*HEALTH, "5.1.01", "Belanja Pegawai", 1000, 400],
    [*HEALTH, "5.1.02", "Belanja Barang dan Jasa", 500, 100],
    [*SCHOOL, "5.1.01", "Belanja Pegawai", 2000, 0],
)


@pytest.mark.parametrize(
    ("suffix", "write"), [(".xlsx", write_xlsx), (".xls", write_xls), (".ods", write_ods), (".csv", write_csv)]
)
def test_reads_the_same_from_every_kind_of_file(tmp_path, suffix, write) -> None:
    reading = budget_of(write(tmp_path / f"a{suffix}", GOOD))
    assert reading.problems == []
    assert list(reading.rows.number) == [2, 3, 4]
    assert reading.rows.agency_code == [HEALTH[0], HEALTH[0], SCHOOL[0]]
    assert reading.rows.account_name[1] == "Belanja Barang dan Jasa"
    assert reading.rows.ceiling_rp == [1000, 500, 2000]
    assert reading.rows.realised_rp == [400, 100, 0]
    assert reading.rows.month == [3, 3, 3]
    assert (reading.totals.rows, reading.totals.ceiling_rp, reading.totals.realised_rp) == (3, 3500, 500)
    assert reading.totals.by_account_group == {"5": (3500, 500)}


def test_reads_text_amounts_of_an_indonesian_csv(tmp_path) -> None:
    rows = recap([*HEALTH, "5.1.01", "Belanja", "Rp 1.234.567,00", "1.000.000,00"])
    reading = budget_of(write_csv(tmp_path / "a.csv", rows, encoding="cp1252"))
    assert reading.rows.ceiling_rp == [1234567]
    assert reading.rows.realised_rp == [1000000]


def test_missing_is_not_zero(tmp_path) -> None:
    rows = recap([*HEALTH, "5.1.01", "a", 10, ""], [*HEALTH, "5.1.02", "b", 10, "-"], [*HEALTH, "5.1.03", "c", 10, 0])
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert reading.rows.realised_rp == [None, None, 0]
    assert reading.totals.realised_missing == 2
    assert any("2 baris tanpa realisasi" in notice for notice in reading.notices)
    (problem,) = reading.problems
    assert (problem.code, problem.row, problem.column) == ("no_value", 3, "F (Realisasi)")
    assert not reading.has_errors


@pytest.mark.parametrize("label", ["GRAND TOTAL", "Jumlah", "TOTAL", "Total Keseluruhan", "JUMLAH BELANJA"])
@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_total_row_is_dropped_and_checked(tmp_path, label, place) -> None:
    total = ["", "", "", "", 3500, 500]
    total[place] = label
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", [*GOOD, total]))
    assert reading.problems == []
    assert reading.skipped.totals == 1
    assert (reading.totals.printed_row, reading.totals.printed_ceiling_rp, reading.totals.agrees) == (5, 3500, True)


def test_a_total_that_differs_is_a_warning_with_both_figures(tmp_path) -> None:
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", [*GOOD, ["GRAND TOTAL", "", "", "", 3500, 999]]))
    (problem,) = reading.problems
    assert (problem.severity, problem.code, problem.row) == ("warning", "total_differs", 5)
    assert "Rp500" in problem.message
    assert "Rp999" in problem.message
    assert reading.totals.agrees is False


def test_a_total_label_outside_the_mapped_columns_is_found(tmp_path) -> None:
    rows = [["No", "Kode SKPD", "Pagu", "Realisasi"], [1, "1.02", 10, 5], ["TOTAL", "", 10, 5]]
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert len(reading.rows) == 1
    assert reading.totals.agrees is True


def test_subtotals_of_agencies_and_signatures_are_set_aside(tmp_path) -> None:
    rows = [
        *GOOD[:3],
        ["", "Jumlah Dinas Kesehatan", "", "", 1500, 500],
        GOOD[3],
        [],
        ["", "", "", "Contoh, 31 Maret 2026"],
        ["", "", "", "Kepala Badan"],
        ["NIP. 19670101"],
    ]
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert reading.problems == []
    assert len(reading.rows) == 3
    assert (reading.skipped.totals, reading.skipped.blank, reading.skipped.notes) == (1, 1, 3)


@pytest.mark.parametrize("name", ["Jumlah Belanja", "Surplus/(Defisit)", "(Defisit)", "Pembiayaan Neto"])
def test_sums_and_balances_of_an_agency_are_set_aside_though_negative(tmp_path, name) -> None:
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", [*GOOD[:3], [*HEALTH, "", name, -5, 500], GOOD[3]]))
    assert reading.problems == []
    assert reading.skipped.totals == 1
    assert reading.totals.printed_row is None
    assert reading.totals.ceiling_rp == 3500


def test_a_header_printed_again_on_the_next_page_is_skipped(tmp_path) -> None:
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", [*GOOD[:3], RECAP, GOOD[3]]))
    assert reading.problems == []
    assert reading.skipped.repeated_headers == 1
    assert list(reading.rows.number) == [2, 3, 5]


def test_rows_that_sum_others_are_not_counted_twice(tmp_path) -> None:
    rows = recap(
        [*HEALTH, "5", "Belanja", 150, 60],
        [*HEALTH, "5.1", "Operasi", 100, 40],
        [*HEALTH, "5.1.01", "Pegawai", 60, 30],
        [*HEALTH, "5.1.02", "Barang", 40, 10],
        [*HEALTH, "5.2", "Modal", 50, 20],
    )
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert reading.rows.is_subtotal == [True, True, False, False, False]
    assert (reading.totals.ceiling_rp, reading.totals.realised_rp) == (150, 60)
    assert reading.problems == []


def test_a_parent_that_is_not_its_parts_is_a_warning(tmp_path) -> None:
    rows = recap([*HEALTH, "5", "Belanja", 100, 60], [*HEALTH, "5.1", "Operasi", 100, 40])
    (problem,) = budget_of(write_xlsx(tmp_path / "a.xlsx", rows)).problems
    assert (problem.severity, problem.code, problem.row) == ("warning", "parts_differ", 2)


def test_a_programme_row_above_its_activities_is_a_subtotal(tmp_path) -> None:
    header = ["Kode SKPD", "Kode Program", "Kode Kegiatan", "Kode Sub Kegiatan", "Pagu"]
    rows = [
        header,
        ["1.02", "1.02.02", "", "", 30],
        ["1.02", "1.02.02", "1.02.02.2.01", "", 30],
        ["1.02", "", "", "1.02.02.2.01.0001", 10],
        ["1.02", "", "", "1.02.02.2.01.0002", 20],
    ]
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert reading.problems == []
    assert reading.rows.is_subtotal == [True, True, False, False]
    assert reading.rows.programme_code == ["1.02.02"] * 4
    assert reading.rows.activity_code[2] == "1.02.02.2.01"
    assert reading.totals.ceiling_rp == 30


def test_the_same_key_twice_is_an_error_naming_both_rows(tmp_path) -> None:
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", [*GOOD, GOOD[1]]))
    (problem,) = reading.problems
    assert (problem.severity, problem.code, problem.row) == ("error", "duplicate", 5)
    assert "Baris 5" in problem.message
    assert "baris 2" in problem.message


def test_negative_realisation_is_an_error_and_above_ceiling_a_warning(tmp_path) -> None:
    rows = recap(
        [*HEALTH, "5.1.01", "a", 10, -1], [*HEALTH, "5.1.02", "b", 10, "(5)"], [*HEALTH, "5.1.03", "c", 10, 11]
    )
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows))
    found = [(problem.severity, problem.code, problem.row) for problem in reading.problems]
    assert found == [("error", "negative", 2), ("error", "negative", 3), ("warning", "above_ceiling", 4)]


def test_revenue_above_its_target_is_no_warning(tmp_path) -> None:
    assert budget_of(write_xlsx(tmp_path / "a.xlsx", recap([*HEALTH, "4.1", "PAD", 10, 11]))).problems == []


@pytest.mark.parametrize("title", ["TAHUN ANGGARAN 2025", "Realisasi s.d. Maret 2025", "T.A. 2025"])
def test_another_year_in_the_title_is_an_error(tmp_path, title) -> None:
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", [[title], *GOOD]))
    assert codes_of(reading) == {("error", "wrong_year")}
    assert reading.problems[0].row == 1


@pytest.mark.parametrize("title", ["Tahun 2025 dan Tahun 2026", "Permendagri Nomor 77 Tahun 2020", "Per 31 Maret 2026"])
def test_other_years_that_mean_nothing_are_no_error(tmp_path, title) -> None:
    assert budget_of(write_xlsx(tmp_path / "a.xlsx", [[title], *GOOD])).problems == []


def test_another_month_in_the_title_is_a_warning(tmp_path) -> None:
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", [["Keadaan s.d. Bulan Februari 2026"], *GOOD]))
    assert codes_of(reading) == {("warning", "other_month_in_title")}


def test_another_year_in_a_row_is_an_error(tmp_path) -> None:
    rows = [["Tahun", *RECAP], [2026, *GOOD[1]], [2025, *GOOD[2]], ["", *GOOD[3]]]
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert [(problem.code, problem.row) for problem in reading.problems] == [("wrong_year", 3), ("wrong_year", 4)]


@pytest.mark.parametrize(
    "title", ["(dalam ribuan rupiah)", "Dalam Jutaan Rp", "Satuan: Juta", "(juta rupiah)", "dalam Rp miliar"]
)
def test_amounts_in_thousands_or_more_are_an_error_unless_told(tmp_path, title) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [[title], *GOOD])
    assert codes_of(budget_of(path)) == {("error", "amounts_scaled")}
    reading = budget_of(path, scale_rp=1_000_000)
    assert reading.problems == []
    assert reading.totals.ceiling_rp == 3_500_000_000


def test_a_scaled_text_of_two_readings_is_an_error(tmp_path) -> None:
    path = write_csv(tmp_path / "a.csv", recap([*HEALTH, "5.1", "a", "1.695", "12,5"]))
    reading = budget_of(path, scale_rp=1_000_000_000)
    assert codes_of(reading) == {("error", "not_an_amount")}
    assert reading.rows.realised_rp == [12_500_000_000]


def test_only_rows_of_the_chosen_month_are_read(tmp_path) -> None:
    rows = [["Bulan", *RECAP], ["Februari", *GOOD[1]], [3, *GOOD[1]], ["Maret", *GOOD[2]]]
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert list(reading.rows.number) == [3, 4]
    assert reading.skipped.other_months == 1
    assert any("Februari" in notice for notice in reading.notices)
    assert budget_of(tmp_path / "a.xlsx", month=None).rows.month == [2, 3, 3]
    empty = budget_of(tmp_path / "a.xlsx", month=7)
    assert codes_of(empty) == {("error", "no_rows")}


def test_an_unreadable_month_is_an_error(tmp_path) -> None:
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", [["Bulan", *RECAP], ["TW I", *GOOD[1]]]))
    assert codes_of(reading) == {("error", "wrong_month")}


def test_ceilings_before_and_after_the_change(tmp_path) -> None:
    rows = [["Kode SKPD", "Pagu Murni", "Pagu Perubahan"], ["1", 10, 12], ["2", 10, ""], ["3", "", ""]]
    reading = budget_of(write_csv(tmp_path / "a.csv", rows))
    assert reading.rows.ceiling_rp == [12, 10, None]
    assert reading.rows.ceiling_original_rp == [10, 10, None]
    assert reading.rows.ceiling_stage == ["perubahan", "murni", ""]


def test_the_cash_plan_report(tmp_path) -> None:
    header = [
        "Kode SKPD",
        "Kode Akun",
        "Nilai Rincian",
        "Nilai Realisasi",
        "Selisih",
        "Total RAK",
        *(f"Bulan {n}" for n in range(1, 13)),
    ]
    rows = [
        header,
        ["1.02", "5.1.01", 120, 10, 110, 120, *[10] * 12],
        ["1.02", "5.1.02", 120, 0, 0, 500, *[10] * 11, ""],
    ]
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert reading.problems == []
    assert reading.rows.cash_plan_rp == [(10,) * 12, (*(10,) * 11, None)]
    assert reading.totals.cash_plan_rp == 230
    rows[1][5] = 500
    assert codes_of(budget_of(write_xlsx(tmp_path / "b.xlsx", rows))) == {("warning", "cash_plan_differs")}


def test_a_failed_formula_is_an_error_at_its_cell(tmp_path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    for at, row in enumerate(GOOD):
        sheet.write_row(at, 0, row)
    sheet.write_formula("F3", "=A1/0", None, "#REF!")
    book.close()
    (problem,) = budget_of(tmp_path / "a.xlsx").problems
    assert (problem.severity, problem.row, problem.column, problem.value) == ("error", 3, "F (Realisasi)", "#REF!")
    assert "Perbaiki rumusnya" in problem.advice


@pytest.mark.parametrize("amount", ["sepuluh", "1,234.56", "1,5 miliar", "12%", True])
def test_an_amount_that_is_none_is_an_error_with_advice(tmp_path, amount) -> None:
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", recap([*HEALTH, "5.1", "a", 10, amount])))
    (problem,) = reading.problems
    assert (problem.severity, problem.code, problem.row) == ("error", "not_an_amount", 2)
    assert problem.advice


def test_sen_are_rounded_and_said_once(tmp_path) -> None:
    rows = recap([*HEALTH, "5.1.01", "a", 10.5, 1.0000000001], [*HEALTH, "5.1.02", "b", 7.25, 2])
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows))
    assert reading.rows.ceiling_rp == [11, 7]
    (problem,) = reading.problems
    assert problem.code == "rounded"
    assert problem.message.startswith("2 nilai")


def test_a_row_without_agency_is_an_error(tmp_path) -> None:
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", [*GOOD, ["", "", "5.1.02", "Barang", 10, 5]]))
    (problem,) = reading.problems
    assert (problem.code, problem.row) == ("no_agency", 5)


def test_an_agency_merged_over_its_rows_holds_for_each_of_them(tmp_path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, RECAP)
    for at in range(1, 4):
        sheet.write_row(at, 2, [f"5.1.0{at}", "Belanja"])
        sheet.write(at, 5, 5)
    sheet.merge_range(1, 0, 3, 0, HEALTH[0])
    sheet.merge_range(1, 1, 3, 1, HEALTH[1])
    sheet.merge_range(1, 4, 2, 4, 20)
    sheet.write(3, 4, 10)
    book.close()
    reading = budget_of(tmp_path / "a.xlsx")
    assert reading.problems == []
    assert reading.rows.agency_code == [HEALTH[0]] * 3
    assert reading.rows.agency_name == [HEALTH[1]] * 3
    assert reading.rows.ceiling_rp == [20, None, 10]


def test_a_chosen_column_of_another_year_is_an_error(tmp_path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["Kode SKPD", "Pagu 2026", "Realisasi 2025"], ["1.02", 10, 1]])
    (problem,) = budget_of(path).problems
    assert (problem.severity, problem.code, problem.column) == ("error", "wrong_year", "C (Realisasi 2025)")


def test_formula_text_is_harmless_data(tmp_path) -> None:
    rows = recap([HEALTH[0], '=HYPERLINK("http://x.invalid")', "5.1", "'+cmd|calc", 10, 5])
    reading = budget_of(write_csv(tmp_path / "a.csv", rows))
    assert reading.problems == []
    assert reading.rows.agency_name == ['=HYPERLINK("http://x.invalid")']
    assert reading.rows.account_name == ["+cmd|calc"]


def test_problems_of_one_kind_are_kept_to_a_limit_but_all_counted(tmp_path) -> None:
    rows = recap(*([f"9.{number}", "a", "5.1", "b", 10, "x"] for number in range(KEPT_PER_CODE + 50)))
    reading = budget_of(write_csv(tmp_path / "a.csv", rows))
    assert len(reading.problems) == KEPT_PER_CODE
    assert reading.error_count == KEPT_PER_CODE + 50


def test_progress_is_told_every_thousand_rows(tmp_path) -> None:
    rows = recap(*([f"9.{number}", "a", "5.1", "b", 10, 5] for number in range(2500)))
    told: list[int] = []
    budget_of(write_csv(tmp_path / "a.csv", rows), progress=told.append)
    assert told == [1000, 2000, 2500]


def test_more_data_rows_than_the_limit_are_refused(tmp_path) -> None:
    path = write_csv(tmp_path / "a.csv", recap(*([f"9.{number}", "a", "5.1", "b", 10, 5] for number in range(101))))
    workbook = open_workbook(path, path.name, limits=Limits(data_rows=100))
    mapping = guess_budget(workbook.sheet())
    with pytest.raises(Unreadable) as caught:
        read_budget(workbook, mapping, year=2026)
    assert caught.value.code == "too_many_rows"


def test_an_incomplete_mapping_is_refused(tmp_path) -> None:
    workbook = opened(write_csv(tmp_path / "a.csv", GOOD))
    mapping = guess_budget(workbook.sheet()).with_columns({"agency_code": 0})
    with pytest.raises(Unreadable) as caught:
        read_budget(workbook, mapping, year=2026)
    assert caught.value.code == "unmapped"
