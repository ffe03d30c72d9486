"""Every cell of our own tables against the study files: no fact was mistyped on the way."""

import csv
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from manfaat.demo.regions import regions
from manfaat.demo.tables import read_rows

pytestmark = pytest.mark.real_data

DJPK_NAMES = {
    "pad": "Pendapatan Asli Daerah (PAD)",
    "transfer_pusat": "Transfer ke Daerah dan Dana Desa (TKDD)",
    "transfer_antar_daerah": "Pendapatan Transfer Antar Daerah",
    "hibah_masuk": "Pendapatan Hibah",
    "dana_darurat": "Dana Darurat",
    "pendapatan_lain": "Lain-lain Pendapatan Sesuai dengan Ketentuan Peraturan Perundang-Undangan",
    "total_pendapatan": "Pendapatan Daerah",
    "pegawai": "Belanja Pegawai",
    "barang_jasa": "Belanja Barang dan Jasa",
    "bunga": "Belanja Bunga",
    "subsidi": "Belanja Subsidi",
    "hibah": "Belanja Hibah",
    "bantuan_sosial": "Belanja Bantuan Sosial",
    "modal": "Belanja Modal",
    "tidak_terduga": "Belanja Tidak Terduga",
    "bagi_hasil": "Belanja Bagi Hasil",
    "bantuan_keuangan": "Belanja Bantuan Keuangan",
    "total_belanja": "Belanja Daerah",
}
BPS_NAMES = {
    "miskin_maret": ("poverty_rate_pct", "03"),
    "miskin_september": ("poverty_rate_pct", "09"),
    "penganggur_agustus": ("open_unemployment_rate_pct", "08"),
    "ipm": ("hdi", ""),
    "pertumbuhan": ("grdp_growth_pct", ""),
}
RKPD_NAMES = {
    "miskin": "poverty_rate_pct",
    "penganggur": "open_unemployment_rate_pct",
    "ipm": "hdi",
    "pertumbuhan": "grdp_growth_pct",
}
Facts = dict[tuple[str, ...], Decimal]


def lines(folder: Path, file: str) -> Iterator[dict[str, str]]:
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def cells(file: str, columns: Iterator[str] | list[str], *keys: str) -> Facts:
    """The filled cells of one of our tables by the given key columns and their own column."""
    return {
        (*(row[key] for key in keys), column): Decimal(row[column])
        for row in read_rows(file)
        for column in columns
        if row[column]
    }


def test_regions_carry_the_codes_names_and_kinds_of_kemendagri(study_data: Path) -> None:
    theirs = {
        (row["code"], row["name"], row["kind"], row["parent_code"], row["is_administrative_only"])
        for row in lines(study_data, "regions.csv")
    }
    ours = {(one.code, one.name, one.kind, one.parent_code, str(int(one.is_administrative_only))) for one in regions()}
    assert ours == theirs


def test_tiles_keep_west_and_east_and_north_and_south(study_data: Path) -> None:
    place = {row["code"]: (float(row["longitude"]), float(row["latitude"])) for row in lines(study_data, "regions.csv")}
    found = {one.code: one for one in regions()}
    kept = told = 0
    for one in found.values():
        for other in found.values():
            if one.parent_code == other.parent_code and one.code < other.code:
                east = (place[other.code][0] - place[one.code][0], other.column - one.column)
                south = (place[one.code][1] - place[other.code][1], other.row - one.row)
                for real, drawn in (east, south):
                    if abs(real) > 0.3 and drawn:
                        told += 1
                        kept += (real > 0) == (drawn > 0)
    assert kept / told > 0.93


def test_east_javas_money_is_what_djpk_published(study_data: Path) -> None:
    inverse = {name: column for column, name in DJPK_NAMES.items()}
    theirs: Facts = {}
    for row in lines(study_data, "apbd_budget_realisation_jatim_2021_2024.csv"):
        if row["year"] in ("2021", "2022") and row["section"] in ("pendapatan", "belanja"):
            column = inverse.get(row["account_name"])
            for kind, source in (("pagu", "budget_billion_idr"), ("realisasi", "realisation_billion_idr")):
                if column and row[source]:
                    theirs[row["region_code"], row["year"], kind, column] = Decimal(row[source]) * 10**9
    assert cells("djpk_east_java.csv", list(DJPK_NAMES), "kode", "tahun", "jenis") == theirs


@pytest.mark.parametrize("file", ["outcomes_kabkota.csv", "outcomes_provinces.csv"])
def test_outcomes_are_what_bps_published(study_data: Path, file: str) -> None:
    columns = [column for column in BPS_NAMES if column in read_rows(file)[0].cells]
    wanted = {BPS_NAMES[column]: column for column in columns}
    codes = {row["kode"] for row in read_rows(file)}
    theirs: Facts = {
        (row["region_code"], row["year"], column): Decimal(row["value"])
        for row in lines(study_data, "indicators_bps.csv")
        if row["region_code"] in codes and "2019" <= row["year"] <= "2022"
        if (column := wanted.get((row["indicator"], row["month"])))
    }
    assert cells(file, columns, "kode", "tahun") == theirs


def test_targets_are_those_of_the_rkpd_of_2021(study_data: Path) -> None:
    inverse = {name: column for column, name in RKPD_NAMES.items()}
    codes = {row["kode"] for row in read_rows("targets_rkpd_2021.csv")}
    theirs: Facts = {
        (row["region_code"], column): Decimal(row["target_rkpd"])
        for row in lines(study_data, "indicators_bps.csv")
        if row["region_code"] in codes and row["year"] == "2021" and row["target_rkpd"]
        if (column := inverse.get(row["indicator"]))
    }
    assert cells("targets_rkpd_2021.csv", list(RKPD_NAMES), "kode") == theirs


def test_tobas_agencies_are_those_of_its_list(study_data: Path) -> None:
    theirs = {
        (row["unit_code"], row["unit_name"])
        for row in lines(study_data, "organisations.csv")
        if row["source_id"] == "toba_2022"
    }
    assert {(row["kode"], row["nama"]) for row in read_rows("toba_agencies.csv")} == theirs


def test_tobas_money_is_what_its_reports_said(study_data: Path) -> None:
    codes = {row["nama"].casefold(): row["kode"] for row in read_rows("toba_agencies.csv")}
    theirs: Facts = {}
    for row in lines(study_data, "budget_realisation_toba_2022_monthly.csv"):
        place = codes[row["unit_name"].casefold()], row["account_code"]
        told = {
            "murni": row["budget_original_idr"],
            "perubahan": row["budget_revised_idr"],
            f"b{int(row['month']):02}": row["realised_cumulative_idr"],
        }
        for column, value in told.items():
            if value:
                theirs[*place, column] = Decimal(value).quantize(Decimal(1), ROUND_HALF_UP)
    columns = ["murni", "perubahan", *(f"b{month:02}" for month in range(1, 13))]
    assert cells("toba_2022.csv", columns, "kode", "rekening") == theirs
