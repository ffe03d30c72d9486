"""Which periods stand for an indicator's year so far, and which of the year before may be held against them."""

from dataclasses import dataclass
from typing import Any

from manfaat import engine
from manfaat.apps.measurements.models import Measurement
from manfaat.apps.plans.models import Indicator, Target
from manfaat.apps.scoring.figures.orders import absent
from manfaat.apps.scoring.figures.words import period_words, until
from manfaat.apps.scoring.gather.records import Records, Slot

MONTHS_OF = {"year": 12, "quarter": 3, "month": 1}
"""How many months a period of each kind lasts."""
SCALE = "achievement.scale_mapping"
NO_TARGET = "target belum ditetapkan"


@dataclass(frozen=True)
class YearBefore:
    """The periods of the year before, what they are in words, and whether they span the same part of the year.

    span: `same`, or why the two cannot be compared, in the words of the operator's parameter.
    """

    periods: list[engine.Input]
    words: str
    span: str = "same"


def frequency(records: Records, one: Indicator, year: int) -> str:
    """The kind of period in which the indicator is reported that year.

    A figure for the whole year stands before its quarters at the end of the year, and wherever there are no quarters.
    """
    measured = {slot: row for slot, row in records.measured.get(one.pk, {}).items() if slot[0] == year}
    finer = [kind for kind in ("month", "quarter") if any(slot[1] == kind for slot in measured)]
    annual = measured.get((year, "year", 1))
    if annual and (not finer or (records.month == MONTHS_OF["year"] and annual.status == Measurement.Status.KNOWN)):
        return "year"
    if finer:
        return finer[0]
    promised = {slot[1] for slot in records.targets.get(one.pk, {}) if slot[0] == year}
    return next((kind for kind in ("year", "quarter", "month") if kind in promised), "year")


def due_slots(kind: str, year: int, month: int) -> list[Slot]:
    """The periods of the year that have ended by `month`; the first one where none has."""
    count = max(month // MONTHS_OF[kind], 1)
    return [(year, kind, number) for number in range(1, count + 1)]


def periods_of(records: Records, one: Indicator, year: int) -> list[engine.Input]:
    """The periods of the year that have ended, filled or not."""
    return [measured_input(records, one, slot) for slot in _slots(records, one, year)]


def year_before(records: Records, one: Indicator) -> YearBefore:
    """What the value is compared with: exactly the months that it covers itself, one year earlier.

    A sum or an average of some months says nothing beside a whole year, and a last value of September nothing beside
    one of December where the figure grows over the year. Where the year before is known only as a whole, its figure
    comes back with a span that says so, and the change has no number.
    """
    year = records.year - 1
    filled = [slot for slot in _slots(records, one, records.year) if _is_known(records, one, slot)]
    if not filled:
        return YearBefore(periods_of(records, one, year), until(year, records.month))
    covered = _months(one, filled, records.month)
    kinds = dict.fromkeys([filled[0][1], *MONTHS_OF])
    for kind in kinds:
        slots = _spanning(one, kind, year, covered)
        if slots and all(_is_known(records, one, slot) for slot in slots):
            return _before(records, one, slots)
    if _is_known(records, one, (year, "year", 1)):
        span = "part_of_year" if records.month < MONTHS_OF["year"] else "year_incomplete"
        return _before(records, one, [(year, "year", 1)], span)
    return _before(records, one, _spanning(one, filled[0][1], year, covered))


def _before(records: Records, one: Indicator, slots: list[Slot], span: str = "same") -> YearBefore:
    year = records.year - 1
    words = until(year, records.month)
    if len(slots) == 1:
        _year, kind, number = slots[0]
        words = period_words(kind, year, number)
    return YearBefore([measured_input(records, one, slot) for slot in slots], words, span)


def _months(one: Indicator, filled: list[Slot], month: int) -> frozenset[int]:
    """The months that the value covers: the last one of a last value, all of a sum or an average.

    None where a sum or an average stands for the whole year before the year has ended: nobody knows how far it reaches.
    """
    ends = [number * MONTHS_OF[kind] for _year, kind, number in filled]
    if one.accumulation == "last":
        return frozenset(ends[-1:])
    length = MONTHS_OF[filled[0][1]]
    return frozenset(one for end in ends if end <= month for one in range(end - length + 1, end + 1))


def _spanning(one: Indicator, kind: str, year: int, covered: frozenset[int]) -> list[Slot]:
    """The periods of a kind that together span exactly these months; none where they cannot."""
    length = MONTHS_OF[kind]
    numbers = range(1, MONTHS_OF["year"] // length + 1)
    if one.accumulation == "last":
        return [(year, kind, number) for number in numbers if number * length in covered]
    inside = [number for number in numbers if covered.issuperset(range((number - 1) * length + 1, number * length + 1))]
    return [(year, kind, number) for number in inside] if len(inside) * length == len(covered) else []


def _slots(records: Records, one: Indicator, year: int) -> list[Slot]:
    return due_slots(frequency(records, one, year), year, records.month)


def _is_known(records: Records, one: Indicator, slot: Slot) -> bool:
    return measured_input(records, one, slot).value is not None


def measured_input(records: Records, one: Indicator, slot: Slot) -> engine.Input:
    """What was measured in a period as an input; without a number where nothing was, with the kind of absence."""
    year, kind, number = slot
    found = records.measured.get(one.pk, {}).get(slot)
    label = f"realisasi {period_words(kind, year, number)}"
    if found is None:
        ended = number * MONTHS_OF[kind] <= records.month
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


def target_input(records: Records, one: Indicator, found: Target | None, slot: Slot, *, high: bool) -> engine.Input:
    """The target of a period as an input; one without a number where none was set."""
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
