"""Reads budget ceilings, cash plan and realisation of one sheet into columns.

    mapping = guess_budget(workbook.sheet())
    reading = read_budget(workbook, mapping, year=2026, month=3)

Three layouts: our own template and the simple recap (`BUDGET_LAYOUT`), the RAK report (`CASH_PLAN_LAYOUT`) and SIPD's
list of documents (`DOCUMENT_LAYOUT`, summed by `manfaat.readers.documents`). Source of the layouts:
`domain/budget.md` part D.
"""

from __future__ import annotations

from manfaat.readers.budget_reader import BudgetReader
from manfaat.readers.budget_rows import BudgetReading, BudgetRows, BudgetTotals
from manfaat.readers.columns import Mapping, guess_layout, guess_sheet
from manfaat.readers.documents import DocumentReader
from manfaat.readers.layouts import BUDGET_LAYOUT, BUDGET_LAYOUTS, CASH_PLAN_LAYOUT, DOCUMENT_LAYOUT
from manfaat.readers.problems import Problems, Unreadable
from manfaat.readers.reading import CodeBooks, Progress, Reading
from manfaat.readers.rows import Walk
from manfaat.readers.titles import check_columns, check_titles
from manfaat.readers.workbook import Sheet, Workbook

__all__ = [
    "BUDGET_LAYOUT",
    "BUDGET_LAYOUTS",
    "CASH_PLAN_LAYOUT",
    "DOCUMENT_LAYOUT",
    "BudgetReading",
    "BudgetRows",
    "BudgetTotals",
    "guess_budget",
    "guess_budget_workbook",
    "read_budget",
]


def guess_budget(sheet: Sheet) -> Mapping:
    """The layout, header and columns that fit a sheet best among the budget layouts."""
    return guess_layout(sheet, BUDGET_LAYOUTS)


def guess_budget_workbook(workbook: Workbook) -> Mapping:
    """The same over all visible sheets of a workbook."""
    return guess_sheet(workbook, BUDGET_LAYOUTS)


def read_budget(
    workbook: Workbook,
    mapping: Mapping,
    *,
    sheet: str | None = None,
    year: int,
    month: int | None = None,
    known_codes: CodeBooks | None = None,
    scale_rp: int = 1,
    progress: Progress | None = None,
) -> BudgetReading:
    """The rows of a sheet with every problem found.

    `month` 1 to 12 is the month up to which realisation is cumulative; where the file has a month column only its
    rows of that month are read, and with None all of them. `known_codes` per field: codes that exist, others are
    errors. `scale_rp` multiplies amounts of files written in thousands or more. `progress` is called every 1,000
    rows.

    Raises: Unreadable (`unmapped` where needed columns have no place, `no_sheet`, `too_many_rows`, `long_cell`).
    """
    if mapping.gaps():
        raise Unreadable("unmapped", " ".join(mapping.gaps()), "Pilih kolomnya pada langkah pemetaan.")
    source = workbook.sheet(sheet or mapping.sheet)
    walk = Walk(workbook, mapping, source)
    reading: BudgetReading = Reading(
        kind=mapping.layout.name,
        sheet=source.name,
        year=year,
        month=month,
        rows=BudgetRows(),
        totals=BudgetTotals(),
        found=Problems(source.name),
        skipped=walk.skipped,
        notices=list(workbook.notices),
    )
    check_titles(walk.title_rows(), reading.found, year=year, month=month, scale_rp=scale_rp)
    check_columns(mapping, reading.found, year=year)
    kind_of_reader = DocumentReader if mapping.layout.name == DOCUMENT_LAYOUT.name else BudgetReader
    reader = kind_of_reader(reading, mapping, known_codes or {}, scale_rp)
    for block in walk.blocks(progress):
        reader.add(block)
    reader.finish(walk.printed_totals)
    return reading
