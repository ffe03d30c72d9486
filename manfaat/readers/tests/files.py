"""Writes the spreadsheets the tests read, as the programs of an office would."""

import csv
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from manfaat.readers.budget import BudgetReading, guess_budget, read_budget
from manfaat.readers.columns import guess_mapping
from manfaat.readers.indicators import INDICATOR_LAYOUT, IndicatorReading, read_indicators
from manfaat.readers.workbook import Workbook, open_workbook

Rows = Sequence[Sequence[Any]]

RECAP = ("Kode SKPD", "Nama SKPD", "Kode Rekening", "Uraian", "Pagu", "Realisasi")


def write_xlsx(path: Path, rows: Rows, *, name: str = "Data") -> Path:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime.date):
                sheet.write_datetime(at, column, datetime.datetime.combine(cell, datetime.time()), day)
            elif cell != "":
                sheet.write(at, column, cell)
    book.close()
    return path


def write_xls(path: Path, rows: Rows) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell != "":
                sheet.write(at, column, cell)
    book.save(str(path))
    return path


def write_ods(path: Path, rows: Rows) -> Path:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    for row in rows:
        line = TableRow()
        for cell in row:
            if isinstance(cell, int | float):
                line.addElement(TableCell(valuetype="float", value=str(cell)))
            else:
                box = TableCell(valuetype="string") if cell != "" else TableCell()
                if cell != "":
                    box.addElement(P(text=cell))
                line.addElement(box)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def write_csv(path: Path, rows: Rows, *, separator: str = ";", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=separator).writerows(rows)
    return path


def opened(path: Path) -> Workbook:
    return open_workbook(path, path.name)


def budget_of(path: Path, *, year: int = 2026, month: int | None = 3, **options: Any) -> BudgetReading:
    workbook = opened(path)
    return read_budget(workbook, guess_budget(workbook.sheet()), year=year, month=month, **options)


def indicators_of(path: Path, *, year: int = 2026, **options: Any) -> IndicatorReading:
    workbook = opened(path)
    return read_indicators(workbook, guess_mapping(workbook.sheet(), INDICATOR_LAYOUT), year=year, **options)


def codes_of(reading: BudgetReading | IndicatorReading) -> set[tuple[str, str]]:
    return {(problem.severity, problem.code) for problem in reading.problems}
