"""The readers on whole files of real figures, read in place; skipped with a named reason where they are absent."""

import csv
import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from manfaat.readers.budget import guess_budget, read_budget
from manfaat.readers.columns import guess_mapping
from manfaat.readers.indicators import INDICATOR_LAYOUT, read_indicators
from manfaat.readers.tests.files import RECAP, budget_of, codes_of, opened, write_csv, write_ods, write_xls, write_xlsx

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"

pytestmark = pytest.mark.real_data


def real(name: str) -> Path:
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"the study file {name} is absent from ../shared/data")
    return path


def records(name: str) -> list[dict[str, str]]:
    with real(name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("suffix", "write"), [(".csv", write_csv), (".xlsx", write_xlsx), (".xls", write_xls), (".ods", write_ods)]
)
def test_toba_reads_the_same_from_every_kind_of_file(tmp_path, suffix, write) -> None:
    found = records("budget_realisation_toba_2022_monthly.csv")
    path = write(tmp_path / f"toba{suffix}", [list(found[0]), *(list(record.values()) for record in found)])
    reading = budget_of(path, year=2022, month=None)
    assert len(reading.rows) == 482
    assert reading.error_count == 0
    whole = [Decimal(record["realised_cumulative_idr"]).quantize(Decimal(1), ROUND_HALF_UP) for record in found]
    assert reading.rows.realised_rp == whole
    assert set(reading.rows.month) == set(range(1, 13))
    assert reading.rows.account_code == [record["account_code"] for record in found]


def test_toba_names_the_two_units_whose_parts_do_not_add_up_in_october() -> None:
    reading = budget_of(real("budget_realisation_toba_2022_monthly.csv"), year=2022, month=10)
    faulty = [problem.row for problem in reading.problems if problem.code == "parts_differ"]
    lines = real("budget_realisation_toba_2022_monthly.csv").read_text(encoding="utf-8").splitlines()
    assert {lines[row - 1].split(",")[2] for row in faulty} == {"51", "56"}


def test_toba_of_another_year_is_refused() -> None:
    reading = budget_of(real("budget_realisation_toba_2022_monthly.csv"), year=2023, month=10)
    assert ("error", "wrong_year") in codes_of(reading)


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024])
def test_east_java_reads_in_billions_without_losing_a_rupiah(tmp_path, year) -> None:
    found = [
        record
        for record in records("apbd_budget_realisation_jatim_2021_2024.csv")
        if record["year"] == str(year) and record["section"] != "pembiayaan"
    ]
    path = write_csv(tmp_path / "jatim.csv", [list(found[0]), *(list(record.values()) for record in found)])
    workbook = opened(path)
    columns = {"agency_code": 0, "agency_name": 1, "year": 2, "account_name": 7, "ceiling_rp": 8, "realised_rp": 9}
    mapping = guess_budget(workbook.sheet()).with_columns(columns)
    reading = read_budget(workbook, mapping, year=year, scale_rp=1_000_000_000)
    negative = [
        record
        for record in found
        if record["account_name"] == "Pendapatan Hibah" and record["realisation_billion_idr"][0] == "-"
    ]
    assert [problem.code for problem in reading.problems if problem.severity == "error"] == ["negative"] * len(negative)
    kept = [record for record in found if record["section"] != "surplus_defisit"]
    assert reading.skipped.totals == len(found) - len(kept)
    assert reading.rows.ceiling_rp == [int(Decimal(record["budget_billion_idr"]) * 10**9) for record in kept]
    assert len(set(reading.rows.agency_code)) == (37 if year == 2022 else 38)


def test_the_budgets_of_546_governments_read_whole() -> None:
    workbook = opened(real("apbd_budget_2023.csv"))
    guess = guess_budget(workbook.sheet())
    mapping = guess.with_columns({**guess.columns, "agency_code": 0, "agency_name": 1, "ceiling_rp": 7})
    reading = read_budget(workbook, mapping, year=2023)
    assert len(reading.rows) == 11_739
    assert reading.error_count == 0
    assert len(set(reading.rows.agency_code)) == 546
    spending = reading.totals.by_account_group["5"][0]
    assert round(spending / 1e12, 1) == 1278.1


def test_the_indicators_of_nusa_tenggara_timur_read_whole() -> None:
    workbook = opened(real("indicators_ntt_2024.csv"))
    guess = guess_mapping(workbook.sheet(), INDICATOR_LAYOUT)
    reading = read_indicators(workbook, guess.with_columns({**guess.columns, "agency_code": 0}), year=2024)
    assert len(reading.rows) == 154
    assert reading.error_count == 0
    assert reading.rows.realised == [Decimal(record["value"]) for record in records("indicators_ntt_2024.csv")]


def test_the_indicators_of_bps_read_year_by_year(tmp_path) -> None:
    found = records("indicators_bps.csv")
    read = 0
    for year in sorted({record["year"] for record in found}):
        rows = [record for record in found if record["year"] == year]
        path = write_csv(tmp_path / f"{year}.csv", [list(found[0]), *(list(record.values()) for record in rows)])
        workbook = opened(path)
        guess = guess_mapping(workbook.sheet(), INDICATOR_LAYOUT)
        mapping = guess.with_columns({**guess.columns, "agency_code": 0, "period": 5})
        reading = read_indicators(workbook, mapping, year=int(year))
        assert reading.error_count == 0, reading.problems[:3]
        assert reading.rows.realised == [Decimal(record["value"]) for record in rows]
        read += len(reading.rows)
    assert read == 40_911


def test_codes_of_the_nomenclature_are_restored_from_what_excel_made_of_them(tmp_path) -> None:
    book = {
        record["code"]: record["name"] for record in records("nomenclature_hierarchy.csv") if "X" not in record["code"]
    }
    programmes = [code for code in book if code.count(".") == 2 and int(code.split(".")[1]) <= 12]
    rows = [["Kode SKPD", "Kode Program", "Nama Program", "Pagu"]]
    for code in programmes:
        day, month, year = (int(part) for part in code.split("."))
        rows.append(["A", datetime.date(2000 + year, month, day), book[code], 1])
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows), known_codes={"programme_code": book})
    assert len(programmes) > 90
    assert reading.rows.programme_code == programmes
    assert codes_of(reading) == {("warning", "code_restored")}


def test_fields_of_the_nomenclature_are_restored_only_where_sure(tmp_path) -> None:
    book = {
        record["code"]: record["name"]
        for record in records("nomenclature_hierarchy.csv")
        if record["code"].count(".") == 1
    }
    fields = [code for code in book if "X" not in code]
    rows = [RECAP, *([float(code), book[code], "5.1", "Belanja", 1, 1] for code in fields)]
    reading = budget_of(write_xlsx(tmp_path / "a.xlsx", rows), known_codes={"agency_code": book})
    assert len(fields) > 40
    assert reading.rows.agency_code == fields
    assert reading.error_count == 0


def test_every_sub_activity_of_the_nomenclature_names_its_programme(tmp_path) -> None:
    found = [record for record in records("nomenclature_sub_kegiatan.csv") if record["government_level"] == "provinsi"]
    rows = [["Kode SKPD", "Kode Sub Kegiatan", "Pagu"], *(["A", record["sub_kegiatan_code"], 1] for record in found)]
    reading = budget_of(write_csv(tmp_path / "a.csv", rows))
    assert reading.problems == []
    assert reading.rows.programme_code == [record["program_code"] for record in found]
    assert reading.rows.activity_code == [record["kegiatan_code"] for record in found]
