"""Enters Kabupaten Contoh, a government that does not exist, with everything that the product can show."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import transaction

from manfaat.apps.accounts.models import User
from manfaat.apps.budgets.actions import NewEntry, record_code_names, record_entries
from manfaat.apps.budgets.models import BudgetEntry
from manfaat.apps.measurements.actions import NewMeasurement, record_measurements, verify_measurement
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.organisations.actions import (
    AgencyFacts,
    close_period,
    merge_agencies,
    open_agency,
    open_government,
    open_periods,
)
from manfaat.apps.organisations.models import Agency, Government, Period
from manfaat.apps.plans.actions import (
    NewNode,
    NewTarget,
    open_plan,
    record_goal_nodes,
    record_indicators,
    record_targets,
)
from manfaat.apps.plans.models import GoalNode, Indicator, Plan
from manfaat.demo.official import definition_of
from manfaat.demo.sources import is_loaded, open_source
from manfaat.demo.tables import Row, account_names, origins, read_rows, read_toml

CODE = "99.01"
"""Outside the range that Kemendagri gives out."""
NAME = "Kabupaten Contoh (data rekaan)"
YEARS = (2024, 2025, 2026)
LAST_MONTH = {2025: 12, 2026: 10}
"""The last month for which each year has realisation."""
PLAN_YEARS = (2025, 2029)
MISSING = {"belum_diisi": "missing", "tidak_terukur": "not_measurable"}
Kind, Stage = BudgetEntry.Kind, BudgetEntry.Stage


def open_contoh() -> Government:
    """The invented government with its agencies, merged where the table says so; made once."""
    found = Government.objects.filter(code=CODE).first()
    if found is not None:
        return found
    with transaction.atomic():
        government = open_government(code=CODE, name=NAME, kind=Government.Kind.REGENCY, is_fictitious=True)
        open_source(government, origins()["contoh-susunan"])
        for year in YEARS:
            open_periods(government, year, by=None)
        _open_agencies(government)
    return government


def load_contoh(*, planner: User, inspector: User) -> int:
    """Plan, indicators, money and values, entered by the planner and verified by the inspector.

    Returns how many indicators were opened; none when they are there already.
    """
    government = Government.objects.get(code=CODE)
    if is_loaded(government, origins()["contoh-indikator"]):
        return 0
    agencies = {one.code: one for one in Agency.objects.filter(government=government)}
    with transaction.atomic():
        _load_plan(government, agencies, planner)
        _load_money(government, agencies, planner)
        _load_values(government, planner)
        _verify(government, inspector)
        for period in Period.objects.filter(government=government, year=2025, kind=Period.Kind.YEAR):
            close_period(period, by=None)
    return Indicator.objects.filter(government=government).count()


def _open_agencies(government: Government) -> None:
    rows = read_rows("contoh/agencies.csv")
    made: dict[str, Agency] = {}
    for row in rows:
        if any(row["kode"] == other["penerus"] for other in rows):
            continue
        facts = AgencyFacts(row["kode"], row["nama"], row["jenis"], made.get(row["induk"]))
        made[row["kode"]] = open_agency(government, facts, on=date.fromisoformat(row["sejak"]), by=None)
    for row in rows:
        parts = [made[other["kode"]] for other in rows if other["penerus"] == row["kode"]]
        if parts:
            facts = AgencyFacts(row["kode"], row["nama"], row["jenis"])
            decree = "Perda rekaan tentang susunan perangkat daerah"
            merge_agencies(parts, facts, on=date.fromisoformat(row["sejak"]), by=None, decree=decree)


def _load_plan(government: Government, agencies: dict[str, Agency], planner: User) -> None:
    plan = open_plan(
        government, kind=Plan.Kind.RPJMD, title="RPJMD Kabupaten Contoh (rekaan)", years=PLAN_YEARS, by=planner
    )
    rows = read_rows("contoh/goals.csv")
    nodes = [
        NewNode(row["tingkat"], row["kode"], row["judul"], row["induk"], agencies[row["perangkat"]].pk)
        if row["perangkat"]
        else NewNode(row["tingkat"], row["kode"], row["judul"], row["induk"])
        for row in rows
    ]
    record_goal_nodes(plan, nodes, by=planner)
    boxes = {(node.code, node.agency_id): node.pk for node in GoalNode.objects.filter(plan=plan)}
    definitions = []
    for entry in read_toml("contoh/indicators.toml")["indikator"]:
        agency = agencies[entry["perangkat"]].pk if "perangkat" in entry else None
        node = boxes.get((entry["pohon"], agency)) or boxes[entry["pohon"], None]
        definitions.append(definition_of(entry, agency_id=agency, node_id=node))
    record_indicators(government, definitions, by=planner)


def _load_money(government: Government, agencies: dict[str, Agency], planner: User) -> None:
    names = account_names() | {
        row["kode"]: row["judul"] for row in read_rows("contoh/goals.csv") if row["tingkat"] == "programme"
    }
    codes = {row["program"] for row in read_rows("contoh/money.csv")} - {""}
    names |= {code: "Program Penunjang Urusan Pemerintahan Daerah" for code in codes if code.endswith(".01")}
    record_code_names(government, names, by=planner)
    for year in LAST_MONTH:
        entries = [
            entry
            for row in read_rows("contoh/money.csv")
            for entry in _entries(row, year, agencies[row["perangkat"]].pk)
        ]
        record_entries(open_source(government, origins()[f"contoh-uang-{year}"]), entries, by=planner)


def _entries(row: Row, year: int, agency_id: int) -> Iterator[NewEntry]:
    original = row.rupiah(f"pagu_{year}")
    if original is None:
        return
    revised = row.rupiah("pagu_2026_perubahan") if year == YEARS[-1] else None
    ceiling = NewEntry(
        agency_id, year, Kind.CEILING, original, stage=Stage.ORIGINAL, programme_code=row["program"],
        account_code=row["rekening"], row=row.number,
    )  # fmt: skip
    yield ceiling
    if revised is not None:
        yield replace(ceiling, stage=Stage.REVISED, amount_rp=revised)
    total = original if revised is None else revised
    plan = _cumulative(row["rencana"], original)
    before = [0, *plan[:-1]]
    for month, (until, so_far) in enumerate(zip(plan, before, strict=True), start=1):
        yield replace(ceiling, kind=Kind.CASH_PLAN, stage="", month=month, amount_rp=until - so_far)
    realised = _cumulative(row[f"realisasi_{year}"], total)
    for month in range(1, LAST_MONTH[year] + 1):
        yield replace(ceiling, kind=Kind.REALISATION, stage="", month=month, amount_rp=realised[month - 1])


def _cumulative(profile: str, total_rp: int) -> list[int]:
    """Rupiah spent by the end of each month: the total times the profile's per mille, rounded down."""
    row = next(row for row in read_rows("contoh/profiles.csv") if row["nama"] == profile)
    return [total_rp * int(row[f"b{month:02}"]) // 1000 for month in range(1, 13)]


def _load_values(government: Government, planner: User) -> None:
    indicators = dict(Indicator.objects.filter(government=government).values_list("code", "pk"))
    periods = {(one.year, one.kind, one.number): one.pk for one in Period.objects.filter(government=government)}
    targets, measurements = [], []
    for row in read_rows("contoh/values.csv"):
        cells = {("year", 1): row["setahun"], **{("quarter", number): row[f"tw{number}"] for number in range(1, 5)}}
        for (kind, number), cell in cells.items():
            place = indicators[row["indikator"]], periods[int(row["tahun"]), kind, number]
            if cell and row["isi"] == "target":
                low, _, high = cell.partition("..")
                targets.append(NewTarget(*place, Decimal(low), Decimal(high) if high else None, row=row.number))
            elif cell in MISSING:
                status = Measurement.Status(MISSING[cell])
                measurements.append(NewMeasurement(*place, status=status, reason=row["alasan"], row=row.number))
            elif cell:
                measurements.append(NewMeasurement(*place, Decimal(cell), row=row.number))
    source = open_source(government, origins()["contoh-indikator"])
    record_targets(source, targets, by=planner)
    record_measurements(source, measurements, by=planner)


def _verify(government: Government, inspector: User) -> None:
    """Verify what the inspector has had time for: everything but the third quarter of 2026."""
    values = Measurement.objects.filter(
        indicator__government=government, is_current=True, status=Measurement.Status.KNOWN
    )
    waiting = values.exclude(period__year=YEARS[-1], period__kind=Period.Kind.QUARTER, period__number=3)
    for value in waiting.select_related("indicator"):
        verify_measurement(value, by=inspector)
