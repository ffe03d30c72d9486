"""Records for the tests of scoring, made by the real actions."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from manfaat.apps.budgets.actions import NewEntry, record_entries
from manfaat.apps.core.models import SourceFile
from manfaat.apps.measurements.actions import NewMeasurement, record_measurements
from manfaat.apps.organisations.actions import ensure_period
from manfaat.apps.organisations.models import Agency, Government
from manfaat.apps.plans.actions import Definition, NewTarget, add_indicator, record_targets
from manfaat.apps.plans.models import Indicator

DATA = Path(__file__).parents[5] / "shared" / "data"
HIGHER, LOWER = "achievement.higher_is_better", "achievement.lower_is_better_difference"
_numbers = count(1)


def a_file(government: Government, name: str = "", **more: Any) -> SourceFile:
    """A file of the government, as an upload would leave it."""
    number = next(_numbers)
    return SourceFile.objects.create(
        government=government, name=name or f"berkas-{number}.xlsx", sha256=f"{number:064x}", size_bytes=1, **more
    )


def spend(
    government: Government,
    agency: Agency | None = None,
    *,
    ceiling: int | None = None,
    realised: dict[int, int] | None = None,
    planned: dict[int, int] | None = None,
    year: int = 2024,
    stage: str = "murni",
    **codes: str,
) -> SourceFile:
    """Ceiling, cumulative realisation by month and cash plan by month of one place, from one file."""
    pk, place = agency.pk if agency else None, {"account_code": "5", **codes}
    entries = []
    if ceiling is not None:
        entries.append(NewEntry(pk, year, "ceiling", ceiling, stage=stage, sheet="LRA", row=5, **place))
    for month, amount in (realised or {}).items():
        entries.append(NewEntry(pk, year, "realisation", amount, month=month, sheet="LRA", row=5 + month, **place))
    for month, amount in (planned or {}).items():
        entries.append(NewEntry(pk, year, "cash_plan", amount, month=month, sheet="RAK", row=5 + month, **place))
    file = a_file(government)
    record_entries(file, entries, by=None)
    return file


def an_indicator(
    government: Government, code: str = "IKU-1", *, method: str = HIGHER, level: str = "outcome",
    agency: Agency | None = None, unit: str = "%", **more: Any,
) -> Indicator:  # fmt: skip
    """An indicator with its definition sheet."""
    sheet = Definition(
        code,
        more.pop("name", f"Indikator {code}"),
        unit,
        level,
        method,
        agency_id=agency.pk if agency else None,
        **more,
    )
    return add_indicator(government, sheet, by=None)


def reach(indicator: Indicator, values: dict[tuple[int, str, int], Any], *, statistic: bool = True) -> SourceFile:
    """Values of periods (year, kind, number); a string is a text, a tuple (status, reason) an absence."""
    government = indicator.government
    entries = []
    for row, ((year, kind, number), value) in enumerate(values.items(), start=2):
        period = ensure_period(government, year, kind, number)
        if isinstance(value, tuple):
            given: dict[str, Any] = {"status": value[0], "reason": value[1]}
        else:
            given = {"text": value} if isinstance(value, str) else {"value": Decimal(str(value))}
        entries.append(NewMeasurement(indicator.pk, period.pk, sheet="Data", row=row, **given))
    file = a_file(government, publisher="BPS", title="Tabel resmi", published_year=2025)
    record_measurements(file, entries, by=None, statistic=statistic)
    return file


def promise(indicator: Indicator, values: dict[tuple[int, str, int], Any]) -> SourceFile:
    """Targets of periods (year, kind, number); a pair of numbers is a range, a string a text."""
    entries = []
    for row, ((year, kind, number), value) in enumerate(values.items(), start=2):
        period = ensure_period(indicator.government, year, kind, number)
        low, high = value if isinstance(value, tuple) else (value, None)
        text = low if isinstance(low, str) else ""
        entries.append(
            NewTarget(
                indicator.pk,
                period.pk,
                None if text else Decimal(str(low)),
                None if high is None else Decimal(str(high)),
                text=text,
                sheet="Target",
                row=row,
            )
        )
    file = a_file(indicator.government)
    record_targets(file, entries, by=None)
    return file


def study_rows(name: str) -> list[dict[str, str]]:
    """The rows of a study file, or a skip that names it."""
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"data studi ../shared/data/{name} tidak ada di mesin ini")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_toba(government: Government, agencies: dict[str, Agency], rows: Iterable[dict[str, str]]) -> None:
    """The monthly file of Kabupaten Toba 2022: original and revised ceilings, cumulative realisation."""
    ceilings: dict[tuple[str, str, str], NewEntry] = {}
    entries: list[NewEntry] = []
    for number, row in enumerate(rows, start=2):
        pk, code = agencies[row["unit_id"]].pk, row["account_code"]
        for stage, column in (("murni", "budget_original_idr"), ("perubahan", "budget_revised_idr")):
            if row[column]:
                ceilings[row["unit_id"], stage, code] = NewEntry(
                    pk, 2022, "ceiling", int(float(row[column])), stage=stage, account_code=code, row=number
                )
        month, amount = int(row["month"]), int(float(row["realised_cumulative_idr"]))
        entries.append(NewEntry(pk, 2022, "realisation", amount, month=month, account_code=code, row=number))
    record_entries(a_file(government, "toba.csv", publisher="Pemkab Toba"), [*ceilings.values(), *entries], by=None)


def load_djpk(government: Government, rows: Sequence[dict[str, str]], *, year: int, month: int) -> None:
    """The spending of one kabupaten/kota and year from DJPK's posture, in rupiah; groups get the codes of the chart."""
    codes = {
        "Belanja Daerah": "5",
        "Belanja Pegawai": "5.1.01",
        "Belanja Barang dan Jasa": "5.1.02",
        "Belanja Modal": "5.2",
    }
    entries = []
    for number, row in enumerate(rows, start=2):
        code = codes.get(row["account_name"])
        if row["section"] != "belanja" or code is None:
            continue
        budget, realised = (
            int(Decimal(row[name]) * 10**9) for name in ("budget_billion_idr", "realisation_billion_idr")
        )
        entries.append(NewEntry(None, year, "ceiling", budget, stage="murni", account_code=code, row=number))
        entries.append(NewEntry(None, year, "realisation", realised, month=month, account_code=code, row=number))
    record_entries(a_file(government, "djpk.csv", publisher="DJPK Kemenkeu"), entries, by=None)
