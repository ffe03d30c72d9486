"""Codes from cells. A code is text; where Excel made it a number or a date, it is reported, never padded in silence."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from rapidfuzz import fuzz, process

from manfaat.readers.columns import normalised
from manfaat.readers.numbers import ERROR_TEXT, missing_reason
from manfaat.readers.problems import Problems
from manfaat.readers.workbook import Cell

KEEP_AS_TEXT = "Ubah format kolom menjadi Teks di Excel, ketik atau tempel ulang kodenya, lalu unggah lagi."

_CODE_AND_NAME = re.compile(r"^([0-9X][0-9X.]*)\s*(?:[-–:]\s*|\s)([^\W\d].*)$")
_SPACED_POINT = re.compile(r"(?<=[\dX])\s*\.\s*(?=[\dX])")
_COMMA_NUMBER = re.compile(r"^\d+,\d+$")
_SCIENTIFIC = re.compile(r"^\d+(?:[.,]\d+)?[eE][+-]?\d+$")
_MONTH = r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|agt|ags|aug|sep|okt|oct|nov|nop|des|dec)"
_DATE = re.compile(
    r"^(?:\d{4}-\d{2}-\d{2}(?:[ T].*)?|\d{1,2}/\d{1,2}/\d{2,4}|"
    rf"\d{{1,2}}[-/ ]{_MONTH}[a-z]{{0,6}}(?:[-/ ]\d{{2,4}})?|{_MONTH}[-/ ]\d{{2}})$",
    re.IGNORECASE,
)


class CodeColumn:
    """Reads the cells of one code column; remembers what it has read, since codes repeat.

    `book` maps known codes to names; with it a damaged code may be restored (a warning), and an unknown one is an
    error.
    """

    def __init__(self, title: str, where: str, problems: Problems, book: dict[str, str] | None) -> None:
        self.title = title
        self.where = where
        self.problems = problems
        self.book = book
        self.names: dict[str, str] = {}
        self.whole_numbers = 0
        self.wrong_rows: set[int] = set()
        self._seen: dict[Cell, str] = {"": ""}
        self._by_number, self._by_day = _indexes(book or {})
        self._by_name = _names(book or {})

    def read(self, cells: Sequence[Cell], rows: Sequence[int], names: Sequence[Cell] | None) -> list[str]:
        """The codes as text, "" where blank or wrong (then a problem is noted)."""
        codes: list[str] = []
        for position, cell in enumerate(cells):
            # A number is never remembered: 1 and True, 1.0 and 1 are one key, and its name may decide.
            code = self._seen.get(cell) if cell.__class__ is str else None
            if code is None:
                name = str(names[position]) if names is not None else ""
                code = self._read(cell, rows[position], name)
            codes.append(code)
        return codes

    def by_name(self, name: str, row: int) -> str:
        """The known code that carries this name, for a row without a code; "" where none or several do."""
        text = normalised(name)
        found = self._by_name.get(text, [])
        if not found and text and self._by_name:
            best = process.extractOne(text, self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=92)
            found = self._by_name[best[0]] if best else []
            if len(found) == 1:
                self.problems.add(
                    "warning",
                    "code_from_name",
                    f"{self.title} kosong; nama “{name}” paling mirip dengan {found[0]}.",
                    "Periksa, atau isi kodenya.",
                    row=row,
                    column=self.where,
                    value=name,
                )
        return found[0] if len(found) == 1 else ""

    def _read(self, cell: Cell, row: int, name: str) -> str:
        if isinstance(cell, str):
            text = _SPACED_POINT.sub(".", cell.replace("\u00a0", " ").strip().removeprefix("'").strip()).strip(". ")
            if missing_reason(text) is not None:
                self._seen[cell] = ""
                return ""
            if ERROR_TEXT.match(text) or text.startswith("="):
                return self._wrong("formula_error", f"Rumus di {self.title} gagal atau belum dihitung.", row, cell)
            if _COMMA_NUMBER.match(text):
                return self._damaged(Decimal(text.replace(",", ".")), row, name, cell)
            if _SCIENTIFIC.match(text) or _DATE.match(text):
                return self._damaged(None, row, name, cell)
            return self._known(self._split(text), cell, row)
        if isinstance(cell, bool):
            return self._wrong("wrong_code", f"{self.title} berisi nilai benar/salah, bukan kode.", row, cell)
        if isinstance(cell, int | float):
            return self._from_number(Decimal(repr(cell)), row, name, cell)
        return self._damaged(cell if isinstance(cell, datetime.date) else None, row, name, cell)

    def _split(self, text: str) -> str:
        """The code of a cell that holds "code name"; the name is kept in `names`."""
        match = _CODE_AND_NAME.match(text)
        if match is None:
            return text
        code = match[1].strip(".")
        self.names[code] = match[2].strip()
        return code

    def _known(self, code: str, cell: Cell, row: int) -> str:
        if self.book is None or code in self.book:
            self._seen[cell] = code
            return code
        near = process.extractOne(code, self.book.keys(), scorer=fuzz.ratio, score_cutoff=70)
        hint = f" Mungkin maksudnya {near[0]} ({self.book[near[0]]})." if near else ""
        advice = "Perbaiki kodenya, atau daftarkan dulu di aplikasi." + hint
        self.wrong_rows.add(row)
        self.problems.add(
            "error",
            "unknown_code",
            f"{self.title} {code} tidak dikenal.",
            advice,
            row=row,
            column=self.where,
            value=code,
        )
        return ""

    def _from_number(self, number: Decimal, row: int, name: str, cell: Cell) -> str:
        is_whole = number == number.to_integral_value()
        text = str(int(number)) if is_whole else ""
        if is_whole and self.book is None:
            self.whole_numbers += 1
            return text
        if is_whole and self.book is not None and text in self.book and len(self._by_number[number]) == 1:
            return text
        return self._damaged(number, row, name, cell)

    def _damaged(self, value: Decimal | datetime.date | None, row: int, name: str, cell: Cell) -> str:
        """A code restored from the book where only one fits (a warning), else an error."""
        fitting = self._candidates(value)
        if len(fitting) > 1 and name:
            fitting = [
                code for code in fitting if fuzz.ratio(normalised((self.book or {})[code]), normalised(name)) >= 90
            ]
        what = (
            "tanggal"
            if isinstance(value, datetime.date) or (value is None and not _SCIENTIFIC.match(str(cell)))
            else "angka"
        )
        if len(fitting) == 1:
            self.problems.add(
                "warning",
                "code_restored",
                f"{self.title} sudah diubah Excel menjadi {what}; dibaca sebagai {fitting[0]} "
                f"({(self.book or {})[fitting[0]]}).",
                f"Periksa. {KEEP_AS_TEXT}",
                row=row,
                column=self.where,
                value=cell,
            )
            return fitting[0]
        loss = "nol di belakang atau di depan mungkin hilang (1.10 menjadi 1.1)"
        message = f"{self.title} sudah diubah Excel menjadi {what}, {loss}."
        return self._wrong("code_became_number", message, row, cell)

    def _candidates(self, value: Decimal | datetime.date | None) -> list[str]:
        if isinstance(value, datetime.date):
            return self._by_day[value.day, value.month, 0] + self._by_day[value.day, value.month, value.year % 100]
        return self._by_number[value.normalize()] if value is not None else []

    def _wrong(self, code: str, message: str, row: int, cell: Cell) -> str:
        self.wrong_rows.add(row)
        self.problems.add("error", code, message, KEEP_AS_TEXT, row=row, column=self.where, value=cell)
        return ""


def _indexes(book: dict[str, str]) -> tuple[dict[Decimal, list[str]], dict[tuple[int, int, int], list[str]]]:
    """Known codes by the number and by the day Excel would have made of them."""
    by_number: dict[Decimal, list[str]] = defaultdict(list)
    by_day: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    for code in book:
        parts = code.split(".")
        if not all(part.isascii() and part.isdigit() for part in parts):
            continue
        if len(parts) <= 2:
            by_number[Decimal(code).normalize()].append(code)
        if 2 <= len(parts) <= 3:
            day, month, year = [int(part) for part in [*parts, "0"][:3]]
            by_day[day, month, year].append(code)
    return by_number, by_day


def _names(book: dict[str, str]) -> dict[str, list[str]]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for code, name in book.items():
        by_name[normalised(name)].append(code)
    return by_name
