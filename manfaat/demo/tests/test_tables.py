"""The tables by themselves: they parse, their codes exist, their sums agree, their origins are told."""

import re
from collections import Counter
from pathlib import Path

import pytest

from manfaat.demo.official import DJPK_ACCOUNTS
from manfaat.demo.regions import Region, regions
from manfaat.demo.tables import FOLDER, Row, account_names, origins, read_rows, read_toml

CSV_FILES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.csv"))
LISTS_OF_OUR_OWN = {"accounts.csv", "contoh/goals.csv", "contoh/profiles.csv", "contoh/sakip.csv"}
ROUNDING_RP = 10_000_000
"""DJPK publishes billions with two decimals: each figure may be half of this off."""
TORN_IN_TOBA = {
    ("4.11.10.1", "5", "b10"),
    ("4.11.15.1", "5", "b10"),
    ("1.03.1.1", "5", "murni"),
    ("4.04.1.1", "4", "murni"),
}
"""Places where the printed total of the source is not the sum of its parts, as its note says."""
PERSONAL = {
    "an e-mail address": r"[\w.]+@[\w.]+\.\w+",
    "a mobile number": r"(?<!\d)(?:\+62|0)8\d{8,11}(?!\d)",
    "a NIK or NIP": r"(?<!\d)\d{16}(?:\d\d)?(?!\d)",
    "a title before or after a name": r"\b(?:Drs|Dra|Ir|Hj?|dr|S\.?E|S\.?H|S\.?Sos|M\.?Si|S\.?IP)\.(?:\s|,|$)",
}


@pytest.fixture(scope="module")
def by_code() -> dict[str, Region]:
    return {region.code: region for region in regions()}


def toba_places() -> set[str]:
    return {row["kode"] for row in read_rows("toba_agencies.csv")}


@pytest.mark.parametrize("file", CSV_FILES)
def test_every_line_has_a_cell_under_every_header(file: str) -> None:
    for row in read_rows(file):
        assert None not in row.cells, f"line {row.number} has too many cells"
        assert None not in row.cells.values(), f"line {row.number} has too few cells"


@pytest.mark.parametrize("file", CSV_FILES)
def test_every_table_of_figures_tells_its_origin(file: str) -> None:
    told = {origin.file for origin in origins().values()}
    assert file in told | LISTS_OF_OUR_OWN


def test_every_origin_has_publisher_title_year_and_known_faults() -> None:
    for key, origin in origins().items():
        assert origin.path.is_file(), key
        assert all((origin.publisher, origin.title, origin.note)), key
        assert 2019 <= origin.year <= 2026, key


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.*")), ids=lambda path: path.name)
def test_no_table_holds_personal_data(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for what, pattern in PERSONAL.items():
        assert not re.search(pattern, text), f"{path.name} seems to hold {what}"


def test_lists_38_provinces_and_514_kabupaten_and_kota(by_code: dict[str, Region]) -> None:
    kinds = Counter(region.kind for region in by_code.values())
    assert kinds == {"provinsi": 38, "kabupaten": 416, "kota": 98}
    assert all(region.parent_code in by_code for region in by_code.values() if region.kind != "provinsi")


def test_the_six_areas_of_jakarta_alone_are_administrative(by_code: dict[str, Region]) -> None:
    flagged = {code for code, region in by_code.items() if region.is_administrative_only}
    assert flagged == {"31.01", "31.71", "31.72", "31.73", "31.74", "31.75"}


def test_no_two_regions_stand_on_one_tile(by_code: dict[str, Region]) -> None:
    places = Counter((region.parent_code, region.column, region.row) for region in by_code.values())
    assert max(places.values()) == 1
    assert min(region.column for region in by_code.values()) == min(region.row for region in by_code.values()) == 1


def test_every_row_names_a_known_government(by_code: dict[str, Region]) -> None:
    files = (
        "tiles.csv",
        "djpk_east_java.csv",
        "outcomes_kabkota.csv",
        "outcomes_provinces.csv",
        "targets_rkpd_2021.csv",
    )
    for file in files:
        for row in read_rows(file):
            assert row.cells.get("kode", row.cells.get("code")) in by_code, f"{file} line {row.number}"


@pytest.mark.parametrize("side", ["4", "5"])
def test_the_parts_of_east_javas_budgets_add_up_to_their_totals(side: str) -> None:
    parts = [column for column, code in DJPK_ACCOUNTS.items() if code.startswith(f"{side}.")]
    total = next(column for column, code in DJPK_ACCOUNTS.items() if code == side)
    for row in read_rows("djpk_east_java.csv"):
        added = sum(row.rupiah(part) or 0 for part in parts)
        assert abs(added - (row.rupiah(total) or 0)) <= ROUNDING_RP // 2 * len(parts), f"line {row.number}"


def test_east_java_has_38_governments_in_2021_and_all_but_blitar_in_2022() -> None:
    there = {(row["kode"], row["tahun"]) for row in read_rows("djpk_east_java.csv")}
    assert len({code for code, year in there if year == "2021"}) == 38
    assert {code for code, year in there if year == "2021"} - {code for code, year in there if year == "2022"} == {
        "35.05"
    }


def test_tobas_totals_are_the_sum_of_their_parts_but_where_the_note_says_so() -> None:
    cells = {(row["kode"], row["rekening"]): row for row in read_rows("toba_2022.csv")}
    columns = ["murni", "perubahan", *(f"b{month:02}" for month in range(1, 13))]
    torn = {
        (code, account, column)
        for (code, account), row in cells.items()
        for column in columns
        if "." not in account and (total := row.rupiah(column)) is not None
        if abs(total - _parts(cells, code, account, column)) > 2
    }
    assert torn == TORN_IN_TOBA


def test_toba_never_spends_for_an_agency_that_its_list_lacks() -> None:
    assert {row["kode"] for row in read_rows("toba_2022.csv")} <= toba_places()
    assert len(toba_places()) == 44
    assert len({row["kode"] for row in read_rows("toba_2022.csv")}) == 40


def test_every_account_in_the_tables_has_a_name() -> None:
    used = set(DJPK_ACCOUNTS.values()) | {row["rekening"] for row in read_rows("toba_2022.csv")}
    used |= {row["rekening"] for row in read_rows("contoh/money.csv")}
    assert used <= set(account_names())


@pytest.mark.parametrize("file", ["indicators.toml", "contoh/indicators.toml"])
def test_every_indicator_says_what_it_is_and_what_people_gain(file: str) -> None:
    entries = read_toml(file)["indikator"]
    assert len({entry["kode"] for entry in entries}) == len(entries)
    for entry in entries:
        for field in ("nama", "definisi", "rumus", "satuan", "metode", "sumber"):
            assert entry[field].strip(), f"{entry['kode']} lacks {field}"
        assert entry["tingkat"] == "output" or (entry["manfaat"] and entry["penerima"]), entry["kode"]


def _parts(cells: dict[tuple[str, str], Row], code: str, account: str, column: str) -> int:
    return sum(
        row.rupiah(column) or 0
        for (agency, part), row in cells.items()
        if agency == code and part.startswith(f"{account}.")
    )
