"""Writes a table as XLSX or CSV: numbers as numbers, texts that a spreadsheet would run as formulas disarmed."""

import csv
import io
from decimal import Decimal

import xlsxwriter

from manfaat.apps.core.spreadsheets import disarmed
from manfaat.apps.imports.exporting import Cell, Table

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def written(table: Table, form: str) -> bytes:
    """The table as the bytes of a file; `form` is `xlsx` or `csv`."""
    return _xlsx(table) if form == "xlsx" else _csv(table)


def _csv(table: Table) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.titles)
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    """A cell for Indonesian Excel: decimal comma, no grouping."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}".replace(".", ",")
    return str(cell) if isinstance(cell, int) else disarmed(cell)


def _xlsx(table: Table) -> bytes:
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        whole, parts = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "#,##0.######"})
        plain = book.add_format({"num_format": "0"})
        sheet = book.add_worksheet(table.name[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(table.titles) - 1, 18)
        for at, title in enumerate(table.titles):
            sheet.write_string(0, at, title, head)
        for number, row in enumerate(table.rows, start=1):
            for at, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, at, cell, plain if abs(cell) < 10_000 else whole)
                elif isinstance(cell, Decimal):
                    sheet.write_number(number, at, float(cell), parts)
                elif cell:
                    sheet.write_string(number, at, disarmed(cell))
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.titles) - 1)
        notes = book.add_worksheet("Keterangan")
        notes.set_column(0, 0, 28)
        notes.set_column(1, 1, 90)
        for number, (name, text) in enumerate(table.notes):
            notes.write_string(number, 0, disarmed(name))
            notes.write_string(number, 1, disarmed(text))
    return out.getvalue()
