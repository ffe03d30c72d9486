"""Enters the published official figures: East Java's money, Toba's months, and the outcomes of provinces and others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from manfaat.apps.budgets.actions import NewEntry, record_code_names, record_entries
from manfaat.apps.budgets.models import BudgetEntry
from manfaat.apps.measurements.actions import NewMeasurement, record_measurements
from manfaat.apps.organisations.actions import AgencyFacts, ensure_period, open_agency
from manfaat.apps.organisations.models import Agency, Government, Period
from manfaat.apps.plans.actions import Definition, NewTarget, record_indicators, record_targets
from manfaat.apps.plans.models import Indicator
from manfaat.demo.sources import is_loaded, open_source
from manfaat.demo.tables import Origin, Row, account_names, origins, read_rows, read_toml

TOBA = "12.12"
TOBA_SINCE = date(2022, 1, 1)
"""The list of Toba's agencies is of 2022; when each was founded is not in it."""
MONTHS = tuple(range(1, 13))
Kind, Stage = BudgetEntry.Kind, BudgetEntry.Stage

DJPK_ACCOUNTS = {
    "total_pendapatan": "4",
    "pad": "4.1",
    "transfer_pusat": "4.2.01",
    "transfer_antar_daerah": "4.2.02",
    "hibah_masuk": "4.3.01",
    "dana_darurat": "4.3.02",
    "pendapatan_lain": "4.3.03",
    "total_belanja": "5",
    "pegawai": "5.1.01",
    "barang_jasa": "5.1.02",
    "bunga": "5.1.03",
    "subsidi": "5.1.04",
    "hibah": "5.1.05",
    "bantuan_sosial": "5.1.06",
    "modal": "5.2",
    "tidak_terduga": "5.3",
    "bagi_hasil": "5.4.01",
    "bantuan_keuangan": "5.4.02",
}
"""Columns of the DJPK table as accounts of the chart in the appendix of Permendagri 90/2019."""


def load_east_java_money(year: int) -> int:
    """Budget and realisation of East Java's kabupaten/kota in a year; returns for how many governments."""
    origin = origins()[f"djpk-{year}"]
    rows = by_government(row for row in read_rows(origin.file) if row["tahun"] == str(year))
    loaded = 0
    for government in _waiting(rows, origin):
        with transaction.atomic():
            entries = [entry for row in rows[government.code] for entry in _djpk_entries(row)]
            record_entries(open_source(government, origin), entries, by=None)
            record_code_names(government, account_names(), by=None)
        loaded += 1
    return loaded


def load_toba() -> int:
    """Toba's agencies with their ceilings and the months that were reported; returns how many rows were entered."""
    government = Government.objects.get(code=TOBA)
    structure, money = origins()["susunan-toba-2022"], origins()["lra-toba-2022"]
    if is_loaded(government, money):
        return 0
    with transaction.atomic():
        open_source(government, structure)
        agencies = {
            row["kode"]: open_agency(
                government, AgencyFacts(row["kode"], row["nama"], row["jenis"]), on=TOBA_SINCE, by=None
            )
            for row in read_rows(structure.file)
        }
        entries = [entry for row in read_rows(money.file) for entry in _toba_entries(row, agencies[row["kode"]])]
        recorded = record_entries(open_source(government, money), entries, by=None)
        record_code_names(government, account_names(), by=None)
    return recorded.written


def load_outcomes(key: str) -> int:
    """The yearly outcomes of one table with the targets that were published; returns for how many governments."""
    origin = origins()[key]
    definitions = [one for one in read_toml("indicators.toml")["indikator"] if origin.file in one["kolom"]]
    targets = {row["kode"]: row for row in read_rows(origins()["rkpd-2021"].file)}
    rows = by_government(read_rows(origin.file))
    loaded = 0
    for government in _waiting(rows, origin):
        with transaction.atomic():
            indicators = _open_indicators(government, definitions)
            years = {int(row["tahun"]) for row in rows[government.code]}
            periods = {str(year): ensure_period(government, year, Period.Kind.YEAR).pk for year in years}
            measurements = [
                NewMeasurement(indicators[one["kode"]], periods[row["tahun"]], Decimal(value), row=row.number)
                for row in rows[government.code]
                for one in definitions
                if (value := row[one["kolom"][origin.file]])
            ]
            record_measurements(open_source(government, origin), measurements, by=None, statistic=True)
            if government.code in targets:
                _record_rkpd(government, definitions, indicators, targets[government.code])
        loaded += 1
    return loaded


def by_government(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows under the code of the government that each is about."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["kode"]].append(row)
    return found


def definition_of(entry: dict[str, Any], **places: int | None) -> Definition:
    """The definition sheet that an entry of an `indicators.toml` describes; `places` are agency and goal."""
    return Definition(
        code=entry["kode"],
        name=entry["nama"],
        unit=entry["satuan"],
        level=entry["tingkat"],
        method=entry["metode"],
        method_options=entry.get("metode_pilihan", {}),
        definition=entry["definisi"],
        formula_words=entry["rumus"],
        decimals=entry.get("desimal", 2),
        accumulation=entry.get("akumulasi", Indicator.Accumulation.LAST),
        data_source=entry["sumber"],
        owner_post=entry.get("penanggung", ""),
        benefit=entry.get("manfaat", ""),
        beneficiaries=entry.get("penerima", ""),
        **places,
    )


def _waiting(codes: Iterable[str], origin: Origin) -> Iterator[Government]:
    for government in Government.objects.filter(code__in=list(codes)):
        if not is_loaded(government, origin):
            yield government


def _djpk_entries(row: Row) -> Iterator[NewEntry]:
    is_ceiling = row["jenis"] == "pagu"
    for column, account in DJPK_ACCOUNTS.items():
        amount = row.rupiah(column)
        if amount is not None:
            yield NewEntry(
                agency_id=None,
                year=int(row["tahun"]),
                kind=Kind.CEILING if is_ceiling else Kind.REALISATION,
                stage=Stage.ORIGINAL if is_ceiling else "",
                month=None if is_ceiling else MONTHS[-1],
                account_code=account,
                amount_rp=amount,
                row=row.number,
            )


def _toba_entries(row: Row, agency: Agency) -> Iterator[NewEntry]:
    places: list[tuple[str, str, str, int | None]] = [
        ("murni", Kind.CEILING, Stage.ORIGINAL, None),
        ("perubahan", Kind.CEILING, Stage.REVISED, None),
        *((f"b{month:02}", Kind.REALISATION, "", month) for month in MONTHS),
    ]
    for column, kind, stage, month in places:
        amount = row.rupiah(column)
        if amount is not None:
            yield NewEntry(
                agency_id=agency.pk,
                year=TOBA_SINCE.year,
                kind=kind,
                stage=stage,
                month=month,
                account_code=row["rekening"],
                amount_rp=amount,
                row=row.number,
            )


def _open_indicators(government: Government, definitions: list[dict[str, Any]]) -> dict[str, int]:
    known = dict(Indicator.objects.filter(government=government).values_list("code", "pk"))
    fresh = [definition_of(one) for one in definitions if one["kode"] not in known]
    if fresh:
        record_indicators(government, fresh, by=None)
    return dict(Indicator.objects.filter(government=government).values_list("code", "pk"))


def _record_rkpd(
    government: Government, definitions: list[dict[str, Any]], indicators: dict[str, int], row: Row
) -> None:
    origin = origins()["rkpd-2021"]
    period = ensure_period(government, origin.year, Period.Kind.YEAR)
    targets = [
        NewTarget(indicators[one["kode"]], period.pk, Decimal(row[one["sasaran"]]), row=row.number)
        for one in definitions
        if "sasaran" in one and row[one["sasaran"]]
    ]
    record_targets(open_source(government, origin), targets, by=None)
