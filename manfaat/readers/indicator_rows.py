"""The rows and totals of an indicator file."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from manfaat.readers.dates import PeriodKind
from manfaat.readers.numbers import Missing
from manfaat.readers.reading import Reading


@dataclass(slots=True)
class IndicatorRows:
    """Columns of equal length, one entry per indicator and period.

    `period_kind` and `period_number`: "year" 1, "semester" 1-2, "quarter" 1-4, "month" 1-12. `target`, `target_high`
    and `realised` are Decimal or None; then `target_missing` or `realised_missing` says why, unless `target_text` or
    `realised_text` holds a grade ("WTP", "BB", "ya"). `target_high` is None unless the target is a range.
    """

    number: array[int] = field(default_factory=lambda: array("l"))
    agency_code: list[str] = field(default_factory=list)
    agency_name: list[str] = field(default_factory=list)
    goal: list[str] = field(default_factory=list)
    indicator_code: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    method: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    period_kind: list[PeriodKind] = field(default_factory=list)
    period_number: list[int] = field(default_factory=list)
    target: list[Decimal | None] = field(default_factory=list)
    target_high: list[Decimal | None] = field(default_factory=list)
    target_text: list[str] = field(default_factory=list)
    target_missing: list[Missing | None] = field(default_factory=list)
    realised: list[Decimal | None] = field(default_factory=list)
    realised_text: list[str] = field(default_factory=list)
    realised_missing: list[Missing | None] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.number)


@dataclass(slots=True)
class IndicatorTotals:
    """Entries read, and how many lack a target or a result, by reason."""

    rows: int = 0
    targets_missing: dict[Missing, int] = field(default_factory=dict)
    realised_missing: dict[Missing, int] = field(default_factory=dict)


IndicatorReading: TypeAlias = Reading[IndicatorRows, IndicatorTotals]
