"""What each indicator reached, what was promised, and what the one is of the other."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from manfaat import engine
from manfaat.apps.core.errors import Refused
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.plans.models import Indicator, Target
from manfaat.apps.scoring.figures.orders import Made, Order, Sheet, absent
from manfaat.apps.scoring.figures.words import period_words, until
from manfaat.apps.scoring.gather.records import Records, Slot

ENDS = {"year": 12, "quarter": 3, "month": 1}
"""How many months a period of each kind lasts."""
RANGE, SCALE, YES_NO = "achievement.within_range", "achievement.scale_mapping", "achievement.yes_no"
NO_TARGET = "target belum ditetapkan"


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
    periods = _periods(records, one, records.year)
    yield _order(
        records, one, "value", f"accumulation.{one.accumulation}", {"periods": periods}, label=f"Realisasi {one.name}"
    )
    before = _periods(records, one, records.year - 1)
    if any(period.value is not None for period in before):
        yield _order(
            records,
            one,
            "value_previous",
            f"accumulation.{one.accumulation}",
            {"periods": before},
            label=f"Realisasi tahun sebelumnya {one.name}",
            year=records.year - 1,
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
    if any(shorter) and not (annual and records.month == ENDS["year"]):
        slots = due_slots(kind, records.year, records.month)
        told = [_target_input(records, one, found, slot, high=high) for found, slot in zip(shorter, slots, strict=True)]
        inputs: dict[str, Any] = {"periods": periods, "period_targets": told}
        parameters = {"basis": "filled_periods", "method": one.accumulation}
    else:
        slot = (records.year, "year", 1)
        inputs = {"periods": periods, "annual_target": _target_input(records, one, annual, slot, high=high)}
        parameters = {"basis": "annual", "method": one.accumulation}
    word = "Batas atas target" if high else "Target"
    return _order(
        records, one, measure, "accumulation.target", inputs, label=f"{word} {one.name}", parameters=parameters
    )


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
    previous = before.as_input("nilai tahun sebelumnya") if before else absent("nilai tahun sebelumnya")
    lower = one.lower_is_better or (one.method == RANGE and direction == "lower")
    yield _order(
        records,
        one,
        "change",
        "change.in_good_direction",
        {"current": _made(sheet, "value", one).as_input("nilai sekarang"), "previous": previous},
        label=f"Perubahan {one.name} dibanding tahun sebelumnya",
        parameters={"polarity": "lower" if lower else "higher"},
        unit="poin" if one.unit.strip().casefold() in ("%", "persen") else one.unit,
    )


def _order(
    records: Records, one: Indicator, measure: str, operator: str, inputs: Any, *, label: str, parameters: Any = None,
    unit: str | None = None, decimals: int | None = None, year: int | None = None,
) -> Order:  # fmt: skip
    return Order(
        key=f"{measure}/{one.code}",
        measure=measure,
        operator=operator,
        label=label,
        subject=one.agency.name if one.agency else records.government.name,
        period=until(year or records.year, records.month),
        inputs=inputs,
        unit=one.unit if unit is None else unit,
        decimals=one.decimals if decimals is None else decimals,
        parameters=parameters or {},
        agency_id=one.agency_id,
        indicator_id=one.pk,
        month=records.month,
    )


def _made(sheet: Sheet, measure: str, one: Indicator) -> Made:
    made = sheet.get(f"{measure}/{one.code}")
    if made is None:
        raise KeyError(f"{measure}/{one.code}")
    return made


def frequency(records: Records, one: Indicator, year: int) -> str:
    """The kind of period in which the indicator is reported that year.

    A figure for the whole year stands before its quarters at the end of the year, and wherever there are no quarters.
    """
    measured = {slot: row for slot, row in records.measured.get(one.pk, {}).items() if slot[0] == year}
    finer = [kind for kind in ("month", "quarter") if any(slot[1] == kind for slot in measured)]
    annual = measured.get((year, "year", 1))
    if annual and (not finer or (records.month == ENDS["year"] and annual.status == Measurement.Status.KNOWN)):
        return "year"
    if finer:
        return finer[0]
    promised = {slot[1] for slot in records.targets.get(one.pk, {}) if slot[0] == year}
    return next((kind for kind in ("year", "quarter", "month") if kind in promised), "year")


def due_slots(kind: str, year: int, month: int) -> list[Slot]:
    """The periods of the year that have ended by `month`; the first one where none has."""
    count = max(month // ENDS[kind], 1)
    return [(year, kind, number) for number in range(1, count + 1)]


def _periods(records: Records, one: Indicator, year: int) -> list[engine.Input]:
    slots = due_slots(frequency(records, one, year), year, records.month)
    return [_measured_input(records, one, slot) for slot in slots]


def _measured_input(records: Records, one: Indicator, slot: Slot) -> engine.Input:
    year, kind, number = slot
    found = records.measured.get(one.pk, {}).get(slot)
    label = f"realisasi {period_words(kind, year, number)}"
    if found is None:
        ended = number * ENDS[kind] <= records.month
        return absent(label, status=engine.Status.MISSING if ended else engine.Status.NOT_DUE)
    value, status = _number(one, found.value, found.text)
    if found.status != Measurement.Status.KNOWN:
        value, status = None, engine.Status.from_code(found.status)
    return engine.Input(
        label=f"{label} ({found.text})" if found.text else label,
        value=value,
        unit=one.unit,
        status=status.code,
        reason=found.reason or None,
        source=_origin(records, found),
        verified_by=str(found.verified_by) if found.verified_by else None,
        verified_at=found.verified_at.isoformat(timespec="seconds") if found.verified_at else None,
    )


def _target_input(records: Records, one: Indicator, found: Target | None, slot: Slot, *, high: bool) -> engine.Input:
    year, kind, number = slot
    label = f"target {period_words(kind, year, number)}"
    if found is None:
        return absent(label, reason=NO_TARGET)
    value, status = _number(one, found.value_high if high else found.value, found.text)
    return engine.Input(
        label=f"{label} ({found.text})" if found.text else label,
        value=value,
        unit=one.unit,
        status=status.code,
        source=_origin(records, found),
    )


def _number(one: Indicator, value: Any, text: str) -> tuple[float | None, engine.Status]:
    """The number that stands in a row: as it is, or the step of the indicator's scale that its text names."""
    if one.method == SCALE and text:
        options = engine.operator_named(SCALE).check_parameters(one.method_options)
        series = engine.scales.to_series([text], options["scale"], options["on"])
        number = series[0]
        return (None, number) if isinstance(number, engine.Status) else (number, engine.Status.KNOWN)
    if value is not None:
        return float(value), engine.Status.KNOWN
    return None, engine.Status.NOT_MEASURABLE if text else engine.Status.MISSING


def _origin(records: Records, row: Measurement | Target) -> dict[str, Any]:
    source = dict(records.sources.get(row.source_file_id or 0, {}))
    return source | {name: value for name, value in (("sheet", row.sheet), ("row", row.row)) if value}
