"""Opens an uploaded spreadsheet or text file and hands out its sheets, row by row.

    wb = open_workbook(path, name)
    for number, cells in enumerate(wb.sheets[0].rows(), start=1): ...

A cell is text, a number, a date or "" (empty). Text stays text, so that the code "1.10" keeps its zero. A formula gives
its stored result; a formula error gives its text (`#REF!`) and a formula that was never computed gives `=...`, so that
whoever reads the cell as a number or code reports it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from manfaat.readers import delimited
from manfaat.readers.biff import formula_errors
from manfaat.readers.compound import read_compound
from manfaat.readers.containers import LIMITS, Inspection, Kind, Limits, inspect_file, too_many_rows
from manfaat.readers.probe import survives
from manfaat.readers.problems import Unreadable, column_letter

__all__ = ["Cell", "Sheet", "Unreadable", "Workbook", "open_workbook"]

Cell = str | int | float | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta

#: Rows a sheet may hold besides its data rows: titles, headers, signatures.
_EXTRA_ROWS = 1_000
#: Columns of one merged block that are looked at.
_MERGED_COLUMNS = 200


class Sheet:
    """One sheet: `name`, `hidden`, and `rows()`, which may be walked any number of times."""

    def __init__(self, workbook: Workbook, name: str, *, hidden: bool = False) -> None:
        self.name = name
        self.hidden = hidden
        self._workbook = workbook
        self._errors: dict[int, dict[int, str]] | None = None

    def rows(self) -> Iterator[list[Cell]]:
        """Rows from row 1 of the sheet on, each with its cells from column A on; empty cells are "".

        Raises: Unreadable (`too_many_rows`, `long_cell`, `damaged`).
        """
        limits = self._workbook.limits
        errors = self._error_cells()
        filled = 0
        for number, row in enumerate(self._workbook.raw_rows(self.name), start=1):
            has_content = False
            for cell in row:
                if cell != "":
                    has_content = True
                    if cell.__class__ is str and len(cell) > limits.cell_characters:
                        raise _long_cell(number, row.index(cell), limits)
            filled += has_content
            if filled > limits.data_rows + _EXTRA_ROWS:
                raise too_many_rows(limits)
            yield _with_errors(row, errors[number]) if number in errors else row

    def head(self, count: int) -> list[list[Cell]]:
        """The first `count` rows."""
        return [row for row, _ in zip(self.rows(), range(count), strict=False)]

    def merged_down(self) -> list[tuple[int, int, int]]:
        """Cells merged over several rows: first row, last row (from 1) and column (from 0), for each of their columns.

        Only .xlsx and .xls tell; elsewhere the list is empty.
        """
        return self._workbook.merged_down(self.name)

    def _error_cells(self) -> dict[int, dict[int, str]]:
        """Row -> column from 0 -> text of a formula error or of a formula without a stored result."""
        if self._errors is None:
            inspection = self._workbook.inspection
            flagged = inspection.has_formula_errors or inspection.has_uncomputed_formulas
            find = _old_formula_errors if inspection.kind == "xls" else _formula_faults
            self._errors = find(self._workbook.path, self.name, inspection) if flagged else {}
        return self._errors


class Workbook:
    """An opened file: `kind` (xlsx, xls, ods, csv), `name` as uploaded, `sheets`, `notices` (Indonesian sentences)."""

    def __init__(self, path: Path, name: str, inspection: Inspection, limits: Limits) -> None:
        self.path = path
        self.name = name
        self.kind: Kind = inspection.kind
        self.inspection = inspection
        self.limits = limits
        self.notices: list[str] = []
        self._loaded: dict[str, CalamineSheet] = {}
        if self.kind == "csv":
            form = delimited.sniff(path, limits)
            self._source: CalamineWorkbook | delimited.TextForm = form
            self.notices.append(form.sentence)
            self.sheets = [Sheet(self, Path(name).stem or "CSV")]
        else:
            opened: CalamineWorkbook = _guarded(CalamineWorkbook.from_path, path)
            self._source = opened
            self.sheets = [
                Sheet(self, meta.name, hidden=meta.visible != SheetVisibleEnum.Visible)
                for meta in opened.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            ]

    def sheet(self, name: str | None = None) -> Sheet:
        """The sheet of that name; without a name the first visible one. Raises: Unreadable (`no_sheet`)."""
        for sheet in self.sheets:
            if sheet.name == name or (name is None and not sheet.hidden):
                return sheet
        names = ", ".join(f"“{sheet.name}”" for sheet in self.sheets)
        raise Unreadable("no_sheet", f"Lembar “{name}” tidak ada di berkas ini.", f"Pilih salah satu: {names}.")

    def raw_rows(self, name: str) -> Iterator[list[Cell]]:
        """Rows as the underlying reader gives them, from column A on."""
        if isinstance(self._source, delimited.TextForm):
            for texts in delimited.rows_of(self.path, self._source):
                yield list(texts)
            return
        loaded = self._load(self._source, name)
        margin: list[Cell] = [""] * (loaded.start[1] if loaded.start else 0)
        for row in loaded.iter_rows():
            yield margin + row if margin else row

    def merged_down(self, name: str) -> list[tuple[int, int, int]]:
        """See `Sheet.merged_down`."""
        if isinstance(self._source, delimited.TextForm):
            return []
        last = self.limits.data_rows + _EXTRA_ROWS
        return [
            (top + 1, min(bottom + 1, last), column)
            for (top, left), (bottom, right) in self._load(self._source, name).merged_cell_ranges or []
            if bottom > top
            for column in range(left, min(right, left + _MERGED_COLUMNS) + 1)
        ]

    def _load(self, source: CalamineWorkbook, name: str) -> CalamineSheet:
        if name not in self._loaded:
            self._loaded[name] = _guarded(source.get_sheet_by_name, name)
        return self._loaded[name]


def open_workbook(path: Path, name: str, *, limits: Limits = LIMITS) -> Workbook:
    """The file at `path`, uploaded under `name`, ready to read.

    Raises: Unreadable with code `wrong_type`, `type_mismatch`, `disguised_html`, `empty`, `password`, `macros`,
    `zip_bomb`, `too_large`, `too_many_rows`, `too_many_columns` or `damaged`. Walking a sheet may raise
    `too_many_rows`, `long_cell`.
    """
    path = Path(path)
    inspection = inspect_file(path, name, limits)
    if inspection.kind == "xls" and not survives(path):
        raise _damaged()
    workbook = Workbook(path, name, inspection, limits)
    if not any(any(cell != "" for cell in row) for sheet in workbook.sheets for row in workbook.raw_rows(sheet.name)):
        raise Unreadable("empty", "Semua lembar di berkas ini kosong.", "Periksa berkasnya, lalu unggah lagi.")
    return workbook


def _guarded(call: Any, argument: Any) -> Any:
    """Result of a reader written in Rust; its errors and panics become `Unreadable`."""
    try:
        return call(argument)
    except PasswordError as error:
        raise Unreadable(
            "password", "Berkas dilindungi kata sandi.", "Hapus sandinya di Excel, simpan, lalu unggah lagi."
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged() from error
    except BaseException as error:
        # A panic in Rust arrives as pyo3_runtime.PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged() from error


def _damaged() -> Unreadable:
    return Unreadable(
        "damaged", "Berkas rusak, isinya tidak dapat dibaca.", "Simpan ulang sebagai .xlsx, lalu unggah lagi."
    )


def _long_cell(row: int, column: int, limits: Limits) -> Unreadable:
    limit = f"{limits.cell_characters:,}".replace(",", ".")
    return Unreadable(
        "long_cell",
        f"Sel {column_letter(column)}{row} berisi lebih dari {limit} huruf.",
        "Pendekkan isinya atau kosongkan sel itu, lalu unggah lagi.",
    )


def _with_errors(row: list[Cell], faults: dict[int, str]) -> list[Cell]:
    width = max(len(row), max(faults) + 1)
    full = row + [""] * (width - len(row))
    for column, text in faults.items():
        full[column] = text
    return full


def _old_formula_errors(path: Path, sheet: str, _: Inspection) -> dict[int, dict[int, str]]:
    return formula_errors(read_compound(path.read_bytes()).stream("Workbook"), sheet)


def _formula_faults(path: Path, sheet: str, inspection: Inspection) -> dict[int, dict[int, str]]:
    """Cells read again with openpyxl: the fast reader turns a formula error into an empty cell."""
    faults: dict[int, dict[int, str]] = {}
    values = openpyxl.load_workbook(path, read_only=True, data_only=True)
    formulas = openpyxl.load_workbook(path, read_only=True) if inspection.has_uncomputed_formulas else values
    try:
        results, sources = values[sheet], formulas[sheet]
        results.reset_dimensions()
        sources.reset_dimensions()
        pairs = zip(
            results.iter_rows(), sources.iter_rows() if sources is not results else results.iter_rows(), strict=False
        )
        for number, (result_row, source_row) in enumerate(pairs, start=1):
            for column, (result, source) in enumerate(zip(result_row, source_row, strict=False)):
                if result.data_type == "e":
                    faults.setdefault(number, {})[column] = str(result.value)
                elif result.value is None and source.data_type == "f":
                    faults.setdefault(number, {})[column] = str(source.value)
    finally:
        values.close()
        formulas.close()
    return faults
