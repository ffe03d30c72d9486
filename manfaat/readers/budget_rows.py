"""The rows and totals of a budget file."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TypeAlias

from manfaat.readers.reading import Reading

CODE_FIELDS = ("agency_code", "unit_code", "programme_code", "activity_code", "sub_activity_code", "account_code")
NAME_FIELDS = ("agency_name", "unit_name", "programme_name", "activity_name", "sub_activity_name", "account_name")
TEXT_FIELDS = (*NAME_FIELDS, "funding_source", "ceiling_stage")
AMOUNT_FIELDS = ("ceiling_rp", "ceiling_original_rp", "realised_rp")


@dataclass(slots=True)
class BudgetRows:
    """Columns of equal length, one entry per row. Codes and names are "" and amounts None where the file gives none.

    `month` is None where the file has no month of its own and none was chosen. `cash_plan_rp` holds 12 amounts, January
    first, each of that month alone, or None. `realised_rp` is cumulative from January. `is_subtotal` marks rows that
    sum other rows of the file: apply only the others. `source_count` is the number of rows of the file behind the
    entry.
    """

    number: array[int] = field(default_factory=lambda: array("l"))
    month: list[int | None] = field(default_factory=list)
    agency_code: list[str] = field(default_factory=list)
    agency_name: list[str] = field(default_factory=list)
    unit_code: list[str] = field(default_factory=list)
    unit_name: list[str] = field(default_factory=list)
    programme_code: list[str] = field(default_factory=list)
    programme_name: list[str] = field(default_factory=list)
    activity_code: list[str] = field(default_factory=list)
    activity_name: list[str] = field(default_factory=list)
    sub_activity_code: list[str] = field(default_factory=list)
    sub_activity_name: list[str] = field(default_factory=list)
    account_code: list[str] = field(default_factory=list)
    account_name: list[str] = field(default_factory=list)
    funding_source: list[str] = field(default_factory=list)
    ceiling_stage: list[str] = field(default_factory=list)
    ceiling_rp: list[int | None] = field(default_factory=list)
    ceiling_original_rp: list[int | None] = field(default_factory=list)
    realised_rp: list[int | None] = field(default_factory=list)
    cash_plan_rp: list[tuple[int | None, ...] | None] = field(default_factory=list)
    is_subtotal: list[bool] = field(default_factory=list)
    source_count: array[int] = field(default_factory=lambda: array("l"))

    def __len__(self) -> int:
        return len(self.number)


@dataclass(slots=True)
class BudgetTotals:
    """Sums over the rows that are no subtotals; `by_account_group` by the first digit of the account ("" without one).

    `printed` is the GRAND TOTAL row of the file, if any; `agrees` whether its amounts are ours (None without such a
    row).
    """

    rows: int = 0
    ceiling_rp: int = 0
    realised_rp: int = 0
    cash_plan_rp: int = 0
    realised_missing: int = 0
    by_account_group: dict[str, tuple[int, int]] = field(default_factory=dict)
    printed_row: int | None = None
    printed_ceiling_rp: int | None = None
    printed_realised_rp: int | None = None
    agrees: bool | None = None


BudgetReading: TypeAlias = Reading[BudgetRows, BudgetTotals]
