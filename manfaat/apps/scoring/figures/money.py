"""Ceilings, realisation, absorption and deviation: per agency, then for the government as a whole."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from manfaat import engine
from manfaat.apps.scoring.figures.inputs import RP, Subject, figure_inputs, row_inputs, subjects_of
from manfaat.apps.scoring.figures.orders import Given, Made, Order, Sheet, absent
from manfaat.apps.scoring.figures.words import MONTHS, until
from manfaat.apps.scoring.gather.benchmarks import Benchmark, benchmark_of
from manfaat.apps.scoring.gather.records import STAGE_NAMES, Cash, Records

FIRST_QUARTER = 3
NO_BENCHMARK = "belum ditetapkan untuk daerah ini"


def make_money_figures(sheet: Sheet, records: Records) -> None:
    """The money of every agency and of the government, in layers: sums of rows, sums of agencies, shares, deviations.

    The government's own published rows count where there are any; else the sum of its agencies, which has no number as
    long as one of them has none. Beside that stands the figure of those that did report, with their own ceilings.
    """
    agencies = subjects_of(records)
    whole = Subject("", records.government.name)
    sheet.work_out(order for one in agencies for order in _row_orders(records, one))
    sheet.work_out(_whole_orders(sheet, records, whole))
    sheet.work_out(_reported_sums(sheet, records, whole))
    everyone = [whole, *agencies]
    sheet.work_out(order for one in everyone for order in _absorption_orders(sheet, records, one))
    sheet.work_out(order for one in everyone for order in _deviation_orders(sheet, records, one))


def _row_orders(records: Records, subject: Subject) -> Iterable[Order]:
    cash = records.cash_of(subject.agency_id)
    yield _sum(
        records, subject, "ceiling", _ceiling_label(cash), row_inputs(records, cash.ceiling, "pagu"), records.month
    )
    for month in range(1, records.month + 1):
        if month in cash.realised or month == records.month:
            rows = cash.realised.get(month, [])
            inputs = row_inputs(records, rows, f"realisasi {until(records.year, month)}")
            yield _sum(records, subject, "realised", "Realisasi belanja", inputs, month)
    yield from _plan_orders(records, subject, cash)


def _plan_orders(records: Records, subject: Subject, cash: Cash) -> Iterable[Order]:
    """The cash plan, cumulative: a month without a plan leaves every later month without one too."""
    if not cash.planned:
        return
    inputs: list[engine.Input] = []
    for month in range(1, len(MONTHS) + 1):
        told = f"rencana kas {MONTHS[month - 1]} {records.year}"
        inputs = [*inputs, *row_inputs(records, cash.planned.get(month, []), told, most_single=1)]
        yield _sum(records, subject, "planned", "Rencana kas", inputs, month)


def _whole_orders(sheet: Sheet, records: Records, whole: Subject) -> Iterable[Order]:
    own = records.cash_of(None)
    if own.ceiling or not _with_money(records):
        yield _sum(
            records, whole, "ceiling", _ceiling_label(own), row_inputs(records, own.ceiling, "pagu"), records.month
        )
    else:
        label = _mixed_ceiling_label(records)
        yield _sum(records, whole, "ceiling", label, _members(sheet, records, "ceiling", None), records.month)
    for month in range(1, records.month + 1):
        rows = own.realised.get(month)
        if rows or not _with_money(records):
            told = f"realisasi {until(records.year, month)}"
            if rows or month == records.month:
                yield _sum(
                    records, whole, "realised", "Realisasi belanja", row_inputs(records, rows or [], told), month
                )
        elif month == records.month or any(month in records.cash[pk].realised for pk in _with_money(records)):
            members = _members(sheet, records, "realised", month)
            yield _sum(records, whole, "realised", "Realisasi belanja", members, month)
    if own.planned:
        yield from _plan_orders(records, whole, own)
    elif any(records.cash[pk].planned for pk in _with_money(records)):
        for month in range(1, len(MONTHS) + 1):
            members = _members(sheet, records, "planned", month)
            yield _sum(records, whole, "planned", "Rencana kas", members, month)


def _reported_sums(sheet: Sheet, records: Records, whole: Subject) -> Iterable[Order]:
    """Where some agencies have not reported a month: ceiling and realisation of those that have."""
    for month in range(1, records.month + 1):
        strict = sheet.get(f"realised/{month:02d}")
        if strict is None or strict.figure.value is not None:
            continue
        pairs = [
            (ceiling, realised)
            for one in subjects_of(records)
            if one.agency_id in _with_money(records)
            and (realised := sheet.get(f"realised{one.suffix}/{month:02d}"))
            and (ceiling := sheet.get(f"ceiling{one.suffix}"))
            and realised.figure.value is not None
            and ceiling.figure.value is not None
        ]
        if not pairs:
            continue
        told = f"({len(pairs)} dari {len(_with_money(records))} perangkat daerah)"
        ceilings = figure_inputs([ceiling for ceiling, _realised in pairs], "pagu")
        realised_ones = figure_inputs([realised for _ceiling, realised in pairs], "realisasi")
        yield _sum(records, whole, "ceiling_reported", f"Pagu yang melapor {told}", ceilings, month)
        yield _sum(records, whole, "realised_reported", f"Realisasi yang melapor {told}", realised_ones, month)


def _absorption_orders(sheet: Sheet, records: Records, subject: Subject) -> Iterable[Order]:
    ceiling = _input(sheet, f"ceiling{subject.suffix}", "pagu")
    for month in range(1, len(MONTHS) + 1):
        realised = sheet.get(f"realised{subject.suffix}/{month:02d}")
        if realised:
            inputs = {"realised": realised.as_input("realisasi"), "ceiling": ceiling}
            yield _share(records, subject, "absorption", "Serapan anggaran", inputs, month)
        planned = sheet.get(f"planned{subject.suffix}/{month:02d}")
        if planned:
            plan_inputs = {"planned": planned.as_input("rencana kas kumulatif"), "ceiling": ceiling}
            yield _share(records, subject, "plan_percent", "Rencana kas kumulatif terhadap pagu", plan_inputs, month)
        reported = sheet.get(f"realised_reported{subject.suffix}/{month:02d}")
        if reported:
            told = reported.figure.label.removeprefix("Realisasi yang melapor ")
            of = _input(sheet, f"ceiling_reported{subject.suffix}/{month:02d}", "pagu yang melapor")
            inputs = {"realised": reported.as_input("realisasi yang melapor"), "ceiling": of}
            yield _share(records, subject, "absorption_reported", f"Serapan yang melapor {told}", inputs, month)


def _deviation_orders(sheet: Sheet, records: Records, subject: Subject) -> Iterable[Order]:
    now = f"{subject.suffix}/{records.month:02d}"
    realised = _input(sheet, f"absorption{now}", "serapan")
    if sheet.get(f"planned{now}"):
        planned = _input(sheet, f"plan_percent{now}", "rencana kas")
        inputs = {"planned": planned, "realised": realised}
        month = records.month
        yield _deviation(records, subject, "deviation_points", "Selisih serapan dari rencana kas", inputs, month)
        yield _deviation(
            records, subject, "deviation_relative", "Deviasi RFK dari rencana kas (positif: tertinggal)", inputs, month
        )
    benchmark = benchmark_of(records.government.code)
    if benchmark or not subject.suffix:
        for month in sorted({FIRST_QUARTER, records.month}):
            if month <= records.month:
                inputs = {
                    "planned": _benchmark_input(benchmark, month),
                    "realised": _known_share(sheet, subject, month),
                }
                label = "Jarak serapan dari batas bawah acuan"
                yield _deviation(records, subject, "benchmark_deviation", label, inputs, month)


def _known_share(sheet: Sheet, subject: Subject, month: int) -> engine.Input:
    """Absorption, or that of the agencies that reported where not all have; its label says which."""
    strict = sheet.get(f"absorption{subject.suffix}/{month:02d}")
    reported = sheet.get(f"absorption_reported{subject.suffix}/{month:02d}")
    if reported and (strict is None or strict.figure.value is None):
        return reported.as_input(reported.figure.label)
    return strict.as_input("serapan") if strict else absent("serapan")


def _benchmark_input(benchmark: Benchmark | None, month: int) -> engine.Input:
    if benchmark is None:
        return absent("batas bawah acuan", reason=NO_BENCHMARK)
    label = f"batas bawah {benchmark.name}, {MONTHS[month - 1]}"
    return engine.Input(label=label, value=benchmark.lower[month - 1], unit="%", source=benchmark.source)


def _with_money(records: Records) -> list[int]:
    return [one.pk for one in records.agencies if one.pk in records.cash]


def _members(sheet: Sheet, records: Records, measure: str, month: int | None) -> list[engine.Input]:
    """The agencies that have any money this year; one that lacks this figure takes part without a number."""
    members = []
    for one in subjects_of(records):
        if one.agency_id in records.cash:
            made = sheet.get(f"{measure}{one.suffix}{'' if month is None else f'/{month:02d}'}")
            members.append(made.as_input(one.name) if made else absent(one.name))
    return members


def _input(sheet: Sheet, key: str, label: str) -> engine.Input:
    made: Made | None = sheet.get(key)
    return made.as_input(label) if made else absent(label)


def _ceiling_label(cash: Cash) -> str:
    if not cash.ceiling:
        return "Pagu belanja"
    return f"Pagu belanja ({STAGE_NAMES[cash.ceiling[0].stage]})"


def _mixed_ceiling_label(records: Records) -> str:
    """Which stage the agencies' ceilings are of; where they differ, how many stand at each."""
    stages = Counter(records.cash[pk].ceiling[0].stage for pk in _with_money(records) if records.cash[pk].ceiling)
    if len(stages) < 2:
        return f"Pagu belanja ({STAGE_NAMES[next(iter(stages))]})" if stages else "Pagu belanja"
    told = ", ".join(f"{count} perangkat daerah {STAGE_NAMES[stage]}" for stage, count in sorted(stages.items()))
    return f"Pagu belanja ({told})"


def _sum(
    records: Records, subject: Subject, measure: str, label: str, members: list[engine.Input], month: int
) -> Order:
    key = f"{measure}{subject.suffix}" if measure == "ceiling" else f"{measure}{subject.suffix}/{month:02d}"
    return _order(records, subject, measure, "budget.sum", label, {"members": members}, key=key, month=month, unit=RP)


def _share(records: Records, subject: Subject, measure: str, label: str, inputs: Any, month: int) -> Order:
    key = f"{measure}{subject.suffix}/{month:02d}"
    operator = "budget.planned_share" if measure == "plan_percent" else "budget.absorption"
    return _order(records, subject, measure, operator, label, inputs, key=key, month=month, unit="%")


def _deviation(records: Records, subject: Subject, measure: str, label: str, inputs: Any, month: int) -> Order:
    relative = measure == "deviation_relative"
    operator = "budget.deviation_relative" if relative else "budget.deviation_points"
    key, unit = f"{measure}{subject.suffix}/{month:02d}", "%" if relative else "poin"
    return _order(records, subject, measure, operator, label, inputs, key=key, month=month, unit=unit)


def _order(
    records: Records, subject: Subject, measure: str, operator: str, label: str, inputs: dict[str, Given], *, key: str,
    month: int, unit: str,
) -> Order:  # fmt: skip
    return Order(
        key=key,
        measure=measure,
        operator=operator,
        label=label,
        subject=subject.name,
        period=str(records.year) if measure.startswith("ceiling") and unit == RP else until(records.year, month),
        inputs=inputs,
        unit=unit,
        decimals=0 if unit == RP else 2,
        agency_id=subject.agency_id,
        month=month,
    )
