"""The invented government: consistent in itself, and like no real place."""

from manfaat.demo.contoh import CODE, MISSING, NAME
from manfaat.demo.evaluations import INSTRUMENT, answers_of
from manfaat.demo.regions import regions
from manfaat.demo.tables import read_rows, read_toml
from manfaat.engine.instruments import instrument

MONTHS = [f"b{month:02}" for month in range(1, 13)]
FALLING = {"koreksi"}
"""The one profile that is meant to fall: a correction in March."""


def test_it_has_the_code_and_name_of_no_real_region() -> None:
    assert CODE[:2] not in {region.code[:2] for region in regions()}
    assert "rekaan" in NAME
    assert not [region.name for region in regions() if "contoh" in region.name.casefold()]


def test_every_agency_that_is_named_exists() -> None:
    agencies = {row["kode"] for row in read_rows("contoh/agencies.csv")}
    named = {row["perangkat"] for file in ("money", "goals") for row in read_rows(f"contoh/{file}.csv")} - {""}
    named |= {entry["perangkat"] for entry in read_toml("contoh/indicators.toml")["indikator"] if "perangkat" in entry}
    named |= {row[column] for row in read_rows("contoh/agencies.csv") for column in ("induk", "penerus")} - {""}
    assert named <= agencies


def test_every_box_of_the_goal_tree_hangs_on_another() -> None:
    rows = read_rows("contoh/goals.csv")
    codes = {row["kode"] for row in rows}
    assert [row["kode"] for row in rows if row["induk"] not in codes] == ["V"]
    hung = {entry["pohon"] for entry in read_toml("contoh/indicators.toml")["indikator"]}
    assert hung <= codes


def test_every_programme_that_costs_money_serves_an_objective_or_is_routine() -> None:
    served = {(row["perangkat"], row["kode"]) for row in read_rows("contoh/goals.csv")}
    for row in read_rows("contoh/money.csv"):
        routine = row["program"].endswith(".01") or not row["program"]
        assert routine or (row["perangkat"], row["program"]) in served, f"line {row.number}"


def test_cumulative_profiles_never_fall_but_the_one_that_is_meant_to() -> None:
    rows = {row["nama"]: [int(row[month]) for month in MONTHS] for row in read_rows("contoh/profiles.csv")}
    assert {name for name, values in rows.items() if values != sorted(values)} == FALLING
    used = {
        row[column]
        for row in read_rows("contoh/money.csv")
        for column in ("rencana", "realisasi_2025", "realisasi_2026")
    }
    assert used - {""} == set(rows)


def test_merged_agencies_have_money_before_the_merger_and_their_successor_after_it() -> None:
    for row in read_rows("contoh/agencies.csv"):
        money = [line for line in read_rows("contoh/money.csv") if line["perangkat"] == row["kode"]]
        assert all(bool(line["pagu_2026"]) == (row["sampai"] == "") for line in money), row["kode"]
        assert all(bool(line["pagu_2025"]) == (row["sejak"] < "2026") for line in money), row["kode"]


def test_every_absence_carries_its_reason() -> None:
    for row in read_rows("contoh/values.csv"):
        absent = set(row.cells.values()) & set(MISSING)
        assert bool(absent) == bool(row["alasan"]), f"line {row.number}"


def test_every_indicator_has_targets_and_values() -> None:
    codes = {entry["kode"] for entry in read_toml("contoh/indicators.toml")["indikator"]}
    for kind in ("target", "realisasi"):
        assert {row["indikator"] for row in read_rows("contoh/values.csv") if row["isi"] == kind} == codes


def test_every_grade_of_the_evaluation_is_an_answer_of_its_instrument_and_every_agency_exists() -> None:
    pack = instrument(INSTRUMENT)
    agencies = {row["kode"] for row in read_rows("contoh/agencies.csv") if not row["sampai"]}
    for row in read_rows("contoh/sakip.csv"):
        assert row["perangkat"] in agencies, f"line {row.number}"
        assert answers_of(row, pack), f"line {row.number}"
        assert {leaf.code for leaf in pack.leaves} <= set(row.cells)
