"""What each indicator reached, what was promised, and what the one is of the other."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from manfaat import engine
from manfaat.apps.core.errors import Refused
from manfaat.apps.plans.models import Indicator
from manfaat.apps.scoring.figures.orders import Made, Order, Sheet, absent
from manfaat.apps.scoring.figures.periods import (
    MONTHS_OF,
    SCALE,
    due_slots,
    frequency,
    periods_of,
    target_input,
    year_before,
)
from manfaat.apps.scoring.figures.words import until
from manfaat.apps.scoring.gather.records import Records

RANGE, YES_NO = "achievement.within_range", "achievement.yes_no"
PREVIOUS = "nilai tahun sebelumnya"


def make_indicator_figures(sheet: Sheet, records: Records) -> None:
    """Value, target, achievement and change of every indicator.

    Raises: Refused naming an indicator whose method or option the engine does not accept.
    """
    for indicator in records.indicators:
        _check_method(indicator)
    sheet.work_out(order for one in records.indicators for order in _base_orders(records, one))
    sheet.work_out(_achievement_order(sheet, records, one) for one in records.indicators)
    sheet.work_out(order for one in records.indicators for order in _change_orders(sheet, records, one))


def _check_method(indicator: Indicator) -> None:
    try:
        operator = engine.operator_named(indicator.method)
        chosen = operator.check_parameters(indicator.method_options)
        if indicator.method == SCALE:
            engine.scales.ordinal(chosen["scale"], chosen["on"])
    except engine.EngineError as fault:
        raise Refused(
            _("Indikator “%(name)s” (%(code)s) tidak dapat dihitung: %(fault)s Perbaiki lembar definisinya.")
            % {"name": indicator.name, "code": indicator.code, "fault": fault}
        ) from fault


def _base_orders(records: Records, one: Indicator) -> Iterable[Order]:
    periods = periods_of(records, one, records.year)
    accumulated = f"accumulation.{one.accumulation}"
    yield _order(records, one, "value", accumulated, {"periods": periods}, label=_named("Realisasi", one))
    before = year_before(records, one)
    if any(period.value is not None for period in before.periods):
        yield _order(
            records,
            one,
            "value_previous",
            accumulated,
            {"periods": before.periods},
            label=f"Nilai setahun sebelumnya {one.name}",
            parameters={"missing_period": "spread"},
            period=before.words,
        )
    yield _target_order(records, one, periods, "target", high=False)
    if one.method == RANGE:
        yield _target_order(records, one, periods, "target_high", high=True)


def _target_order(records: Records, one: Indicator, periods: list[engine.Input], measure: str, *, high: bool) -> Order:
    """The target that the period is held against: that of the year, or of the periods filled so far.

    The year's target counts at the end of the year, and where no target for a shorter period was set.
    """
    targets = records.targets.get(one.pk, {})
    annual = targets.get((records.year, "year", 1))
    kind = frequency(records, one, records.year)
    shorter = [targets.get(slot) for slot in due_slots(kind, records.year, records.month)] if kind != "year" else []
    if any(shorter) and not (annual and records.month == MONTHS_OF["year"]):
        slots = due_slots(kind, records.year, records.month)
        told = [target_input(records, one, found, slot, high=high) for found, slot in zip(shorter, slots, strict=True)]
        inputs: dict[str, Any] = {"periods": periods, "period_targets": told}
        parameters = {"basis": "filled_periods", "method": one.accumulation}
    else:
        slot = (records.year, "year", 1)
        inputs = {"periods": periods, "annual_target": target_input(records, one, annual, slot, high=high)}
        parameters = {"basis": "annual", "method": one.accumulation}
    label = _named("Batas atas target" if high else "Target", one)
    return _order(records, one, measure, "accumulation.target", inputs, label=label, parameters=parameters)


def _achievement_order(sheet: Sheet, records: Records, one: Indicator) -> Order:
    realised, target = _made(sheet, "value", one), _made(sheet, "target", one)
    inputs = {"realised": realised.as_input("realisasi"), "target": target.as_input("target")}
    if one.method == RANGE:
        high = _made(sheet, "target_high", one).as_input("batas atas target")
        inputs = {
            "realised": inputs["realised"],
            "target_low": target.as_input("batas bawah target"),
            "target_high": high,
        }
    if one.method == YES_NO and target.figure.value is None:
        inputs.pop("target")
    return _order(
        records, one, "achievement", one.method, inputs, label=f"Capaian {one.name}", parameters=one.method_options,
        unit="%", decimals=2,
    )  # fmt: skip


def _change_orders(sheet: Sheet, records: Records, one: Indicator) -> Iterable[Order]:
    direction = one.method_options.get("direction", "both")
    if one.method == RANGE and direction == "both":
        return  # neither up nor down is the good direction of a range
    before = sheet.get(f"value_previous/{one.code}")
    previous = before.as_input(f"{PREVIOUS}, {before.order.period}") if before else absent(PREVIOUS)
    lower = one.lower_is_better or (one.method == RANGE and direction == "lower")
    yield _order(
        records,
        one,
        "change",
        "change.in_good_direction",
        {"current": _made(sheet, "value", one).as_input("nilai sekarang"), "previous": previous},
        label=f"Perubahan {one.name} dibanding tahun sebelumnya",
        parameters={"polarity": "lower" if lower else "higher", "span": year_before(records, one).span},
        unit="poin" if one.unit.strip().casefold() in ("%", "persen") else one.unit,
    )


def _order(
    records: Records, one: Indicator, measure: str, operator: str, inputs: Any, *, label: str, parameters: Any = None,
    unit: str | None = None, decimals: int | None = None, period: str = "",
) -> Order:  # fmt: skip
    return Order(
        key=f"{measure}/{one.code}",
        measure=measure,
        operator=operator,
        label=label,
        subject=one.agency.name if one.agency else records.government.name,
        period=period or until(records.year, records.month),
        inputs=inputs,
        unit=one.unit if unit is None else unit,
        decimals=one.decimals if decimals is None else decimals,
        parameters=parameters or {},
        agency_id=one.agency_id,
        indicator_id=one.pk,
        month=records.month,
    )


def _named(word: str, one: Indicator) -> str:
    """The label of a figure: `Realisasi angka kematian ibu`, and not `Realisasi Realisasi investasi`."""
    return one.name if one.name.startswith(word) else f"{word} {one.name}"


def _made(sheet: Sheet, measure: str, one: Indicator) -> Made:
    made = sheet.get(f"{measure}/{one.code}")
    if made is None:
        raise KeyError(f"{measure}/{one.code}")
    return made
