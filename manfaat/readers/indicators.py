"""Reads targets and results of indicators of one sheet: one entry per indicator and period.

    mapping = guess_mapping(workbook.sheet(), INDICATOR_LAYOUT)
    reading = read_indicators(workbook, mapping, year=2026)

A blank, "belum", "belum jatuh tempo" and "tidak dapat diukur" are four different reasons for a missing value; "0" is
zero.
"""

from __future__ import annotations

from manfaat.readers.columns import Mapping
from manfaat.readers.indicator_reader import IndicatorReader
from manfaat.readers.indicator_rows import IndicatorReading, IndicatorRows, IndicatorTotals
from manfaat.readers.layouts import INDICATOR_LAYOUT
from manfaat.readers.problems import Problems, Unreadable
from manfaat.readers.reading import CodeBooks, Progress, Reading
from manfaat.readers.rows import Walk
from manfaat.readers.titles import check_columns, check_titles
from manfaat.readers.workbook import Workbook

__all__ = ["INDICATOR_LAYOUT", "IndicatorReading", "IndicatorRows", "IndicatorTotals", "read_indicators"]


def read_indicators(
    workbook: Workbook,
    mapping: Mapping,
    *,
    sheet: str | None = None,
    year: int,
    known_codes: CodeBooks | None = None,
    progress: Progress | None = None,
) -> IndicatorReading:
    """The indicators of a sheet with every problem found; a sheet with a column per quarter gives an entry per quarter.

    `known_codes` for "agency_code" and "indicator_code": codes that exist, others are errors.

    Raises: Unreadable (`unmapped`, `no_sheet`, `too_many_rows`, `long_cell`).
    """
    if mapping.gaps():
        raise Unreadable("unmapped", " ".join(mapping.gaps()), "Pilih kolomnya pada langkah pemetaan.")
    source = workbook.sheet(sheet or mapping.sheet)
    walk = Walk(workbook, mapping, source, drops_totals=False)
    reading: IndicatorReading = Reading(
        kind=mapping.layout.name,
        sheet=source.name,
        year=year,
        month=None,
        rows=IndicatorRows(),
        totals=IndicatorTotals(),
        found=Problems(source.name),
        skipped=walk.skipped,
        notices=list(workbook.notices),
    )
    check_titles(walk.title_rows(), reading.found, year=year, month=None, scale_rp=0)
    check_columns(mapping, reading.found, year=year)
    reader = IndicatorReader(reading, mapping, known_codes or {})
    for block in walk.blocks(progress):
        reader.add(block)
    reader.finish()
    return reading
