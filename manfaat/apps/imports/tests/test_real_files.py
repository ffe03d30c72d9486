"""The whole files of the study data through the importer, totals held against sums made without it."""

import csv
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum

from manfaat.apps.accounts.models import User
from manfaat.apps.budgets.actions import record_code_names
from manfaat.apps.budgets.models import BudgetEntry, CodeName
from manfaat.apps.imports.actions import NewUpload, undo_batch
from manfaat.apps.imports.tests import files
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.plans.actions import NewNode, open_plan, record_goal_nodes
from manfaat.apps.plans.models import GoalNode, Indicator, Target
from manfaat.readers.dates import MONTH_NAMES

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]
BILLION = 1_000_000_000
SECTIONS = {"pendapatan": "4", "belanja": "5", "pembiayaan": "6"}
LOWER = ("poverty", "poor", "unemploy", "gini", "open_unemployment")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def grouped(rows: list[dict[str, str]], *names: str) -> dict[tuple[str, ...], list[dict[str, str]]]:
    groups: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in names)].append(row)
    return groups


def sent(header: tuple[str, ...], rows: list[tuple[Any, ...]], kind: str, year: int, month: int | None) -> NewUpload:
    name = f"{kind}-{year}-{month}.csv"
    return NewUpload(SimpleUploadedFile(name, files.csv([header, *rows])), kind, year, month)


def a_planner(government: Government) -> User:
    """A planner whose roles are read once, as within a request."""
    planner = people.planner(government)
    planner.keeps_roles = True
    return planner


def leaf(code: str, codes: set[str]) -> bool:
    return not any(other.startswith(f"{code}.") for other in codes)


def test_the_482_rows_of_toba_arrive_whole(study_data: Path) -> None:
    """One file as it lies there, every month in it, agencies opened on the way."""
    path = study_data / "budget_realisation_toba_2022_monthly.csv"
    toba = people.a_government("12.12", name="Kabupaten Toba")
    upload = NewUpload(SimpleUploadedFile(path.name, path.read_bytes()), "budget", 2022, None)
    batch = files.lead(toba, a_planner(toba), upload, add_agencies=True)
    rows = rows_of(path)
    assert batch.summary["rows"] == len(rows) == 482
    assert Agency.objects.filter(government=toba).count() == len({row["unit_id"] for row in rows})
    expected: dict[tuple[str, int], int] = defaultdict(int)
    for (unit, month), group in grouped(rows, "unit_id", "month").items():
        codes = {row["account_code"] for row in group}
        for row in group:
            if row["realised_cumulative_idr"] and leaf(row["account_code"], codes):
                amount = Decimal(row["realised_cumulative_idr"]).quantize(Decimal(1), rounding=ROUND_HALF_UP)
                expected[unit, int(month)] += int(amount)
    kept = BudgetEntry.objects.filter(government=toba, kind="realisation", is_current=True)
    sums = kept.values_list("agency__code", "month").annotate(total=Sum("amount_rp"))
    assert {(unit, month): total for unit, month, total in sums} == dict(expected)
    undo_batch(batch, version=batch.version, by=batch.applied_by)
    assert not BudgetEntry.objects.exists()


def coded(rows: list[dict[str, str]]) -> list[tuple[str, dict[str, str]]]:
    """Account codes for the named lines of East Java: section, group, item in the order of the file."""
    found, groups, items = [], defaultdict[str, int](int), defaultdict[str, int](int)
    at: dict[str, str] = {}
    for row in rows:
        if row["section"] not in SECTIONS:
            continue
        top = SECTIONS[row["section"]]
        if row["level"] == "1":
            code = top
        elif row["level"] == "2":
            groups[top] += 1
            code = at[row["account_name"]] = f"{top}.{groups[top]}"
        else:
            above = at[row["parent_account"]]
            items[above] += 1
            code = f"{above}.{items[above]:02d}"
        found.append((code, row))
    return found


def negative(row: dict[str, str]) -> bool:
    """The lines whose realisation is below zero, which an import refuses by row (another test)."""
    return row["budget_billion_idr"].startswith("-") or row["realisation_billion_idr"].startswith("-")


def billions(row: dict[str, str]) -> tuple[str, str]:
    return row["budget_billion_idr"].replace(".", ","), row["realisation_billion_idr"].replace(".", ",")


def test_four_years_of_east_java_arrive_whole(study_data: Path) -> None:
    """A file per government and year in billions of rupiah, figures of the government as a whole."""
    rows = rows_of(study_data / "apbd_budget_realisation_jatim_2021_2024.csv")
    header = ("Kode SKPD", "Nama SKPD", "Kode Rekening", "Nama Rekening", "Pagu", "Realisasi")
    seen = 0
    by_region = grouped(rows, "region_code", "region_name")
    for (code, name), own in by_region.items():
        government = people.a_government(code, name=name)
        planner = a_planner(government)
        for (year, period), lines in grouped(own, "year", "data_period").items():
            numbered = [(account, row) for account, row in coded(lines) if not negative(row)]
            table = [(code, name, account, row["account_name"], *billions(row)) for account, row in numbered]
            upload = sent(header, table, "budget", int(year), int(period[-2:]))
            files.lead(government, planner, upload, scale_rp=BILLION)
            codes = {account for account, _row in numbered}
            spent = sum(
                int(Decimal(row["realisation_billion_idr"]) * BILLION)
                for account, row in numbered
                if account[0] == "5" and leaf(account, codes) and row["realisation_billion_idr"]
            )
            kept = BudgetEntry.objects.filter(
                government=government, year=year, kind="realisation", account_code__startswith="5", agency=None
            )
            assert kept.aggregate(total=Sum("amount_rp"))["total"] == spent
            seen += len(numbered)
    wanted = [row for row in rows if row["section"] in SECTIONS and not negative(row)]
    assert (len(by_region), seen) == (38, len(wanted))


def test_the_budgets_of_546_governments_arrive_whole(study_data: Path) -> None:
    rows = rows_of(study_data / "apbd_budget_2023.csv")
    header = ("Kode SKPD", "Nama SKPD", "Kode Rekening", "Nama Rekening", "Pagu")
    by_region = grouped(rows, "region_code", "region_name")
    for (code, name), own in by_region.items():
        government = people.a_government(code, name=name)
        table = [(code, name, row["account_code"], row["account_name"], row["budget_idr"]) for row in own]
        files.lead(government, a_planner(government), sent(header, table, "budget", 2023, None))
    assert len(by_region) == 546
    kept = BudgetEntry.objects.filter(kind="ceiling", is_current=True)
    assert kept.count() == len(rows) == 11_739
    assert kept.aggregate(total=Sum("amount_rp"))["total"] == sum(int(row["budget_idr"]) for row in rows)


def test_40911_indicator_rows_arrive_whole(study_data: Path) -> None:
    """A file per year, the indicator of each region with a code of its own."""
    rows = rows_of(study_data / "indicators_bps.csv")
    nation = Government.objects.create(code="ID", name="Indonesia", kind="provinsi")
    planner = a_planner(nation)
    header = ("Kode Indikator", "Indikator", "Satuan", "Metode", "Periode", "Target", "Realisasi")
    names = sorted({row["indicator"] for row in rows})
    for (year,), own in sorted(grouped(rows, "year").items()):
        table = [
            (
                f"{names.index(row['indicator']):02d}@{row['region_code']}",
                f"{row['indicator']} {row['region_name']}",
                row["unit"],
                "makin rendah makin baik" if row["indicator"].startswith(LOWER) else "makin tinggi makin baik",
                MONTH_NAMES[int(row["month"]) - 1] if row["month"] else "",
                row["target_rkpd"].replace(".", ","),
                row["value"].replace(".", ","),
            )
            for row in own
        ]
        batch = files.lead(nation, planner, sent(header, table, "indicators", int(year), None), statistic=True)
        assert batch.summary["values"] == len(own)
    kept = Measurement.objects.filter(indicator__government=nation, is_current=True)
    assert kept.count() == len(rows) == 40_911
    assert Indicator.objects.count() == len({(row["indicator"], row["region_code"]) for row in rows})
    assert Target.objects.count() == sum(row["target_rkpd"] != "" for row in rows)
    total = sum(Decimal(row["value"]).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP) for row in rows)
    assert sum(kept.values_list("value", flat=True)) == total


@pytest.mark.parametrize(("level", "code", "count"), [("provinsi", "35", 4_031), ("kabupaten_kota", "35.15", 3_550)])
def test_the_nomenclature_of_a_level_becomes_names_and_a_goal_tree(
    study_data: Path, level: str, code: str, count: int
) -> None:
    """The same code may have another name for a province than for a kabupaten: names are kept per government."""
    subs = [row for row in rows_of(study_data / "nomenclature_sub_kegiatan.csv") if row["government_level"] == level]
    above = [
        row for row in rows_of(study_data / "nomenclature_hierarchy.csv") if row["government_level"] in {level, "semua"}
    ]
    government = people.a_government(code)
    names = {row["code"]: row["name"] for row in above} | {r["sub_kegiatan_code"]: r["sub_kegiatan_name"] for r in subs}
    assert record_code_names(government, names, by=a_planner(government)) == len(names)
    assert record_code_names(government, names, by=None) == 0
    assert CodeName.objects.filter(code__regex=r"^.{17}$").count() == count
    levels = {"program": "programme", "kegiatan": "activity"}
    nodes = [
        NewNode(
            levels[row["level"]], row["code"], row["name"], row["parent_code"] if row["level"] == "kegiatan" else ""
        )
        for row in above
        if row["level"] in levels
    ]
    nodes += [NewNode("sub_activity", r["sub_kegiatan_code"], r["sub_kegiatan_name"], r["kegiatan_code"]) for r in subs]
    plan = open_plan(government, kind="rkpd", title="Nomenklatur 2027", years=(2027, 2027), by=None)
    assert record_goal_nodes(plan, nodes, by=None) == len(nodes)
    assert GoalNode.objects.filter(level="sub_activity", parent__isnull=False).count() == count
