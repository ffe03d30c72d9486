"""Columns of rupiah and of text: cells of a block -> values, with problems noted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from manfaat.readers.numbers import NumberReading, read_amount, read_number
from manfaat.readers.problems import Problems
from manfaat.readers.workbook import Cell

#: Whole floats below this are exact.
_EXACT = 2.0**53
#: Below half a sen a fraction is the dust of binary arithmetic, not money.
_DUST = Decimal("0.005")


class AmountColumn:
    """Reads one column of rupiah: int or None (no value). `scale_rp` multiplies files written in thousands or more."""

    def __init__(self, title: str, where: str, problems: Problems, *, scale_rp: int = 1) -> None:
        self.title = title
        self.where = where
        self.problems = problems
        self.scale_rp = scale_rp
        self.missing = 0
        self.rounded = 0

    def read(self, cells: Sequence[Cell], rows: Sequence[int]) -> list[int | None]:
        """The amounts in whole rupiah; None where blank, `-` or wrong. A negative amount is an error."""
        amounts: list[int | None] = []
        for position, cell in enumerate(cells):
            if cell.__class__ is float and self.scale_rp == 1 and cell.is_integer() and 0 <= cell < _EXACT:
                amounts.append(int(cell))
            elif cell == "":
                self.missing += 1
                amounts.append(None)
            else:
                amounts.append(self._read(cell, rows[position]))
        return amounts

    def finish(self) -> None:
        """Note once, for the whole column, that sen were rounded."""
        if self.rounded:
            self.problems.add(
                "warning",
                "rounded",
                f"{self.rounded} nilai {self.title} memuat sen dan dibulatkan ke rupiah terdekat.",
                "Tidak perlu tindakan bila selisih total di bawah beberapa rupiah.",
                column=self.where,
            )

    def _read(self, cell: Cell, row: int) -> int | None:
        reading = read_amount(cell) if self.scale_rp == 1 else self._read_scaled(cell)
        if reading.problem:
            message, _, advice = reading.problem.partition(". ")
            self.problems.add(
                "error", "not_an_amount", f"{self.title}: {message}.", advice, row=row, column=self.where, value=cell
            )
            return None
        if reading.value is None:
            self.missing += 1
            if str(cell).strip():
                self.problems.add(
                    "warning",
                    "no_value",
                    f"{self.title} berisi “{cell}”, dibaca sebagai belum ada data, bukan nol.",
                    "Tulis 0 bila memang nol.",
                    row=row,
                    column=self.where,
                    value=cell,
                )
            return None
        if reading.rounded and not self._is_dust(cell, reading.value):
            self.rounded += 1
        if reading.value < 0:
            self.problems.add(
                "error",
                "negative",
                f"{self.title} negatif.",
                "Isi nilai kumulatif yang sudah dikurangi pengembalian; nilai itu tidak boleh di bawah nol.",
                row=row,
                column=self.where,
                value=cell,
            )
        return int(reading.value)

    def _read_scaled(self, cell: Cell) -> NumberReading:
        """As `read_amount`, times the scale; a text of two readings is refused, since 1.695 may be a decimal here."""
        reading = read_number(cell)
        if reading.ambiguous:
            advice = "Tulis dua angka desimal atau tanpa tanda ribuan."
            return NumberReading(problem=f"“{cell}” dapat dibaca ribuan atau desimal. {advice}")
        return read_amount(cell if reading.value is None else reading.value * self.scale_rp)

    def _is_dust(self, cell: Cell, whole: Decimal) -> bool:
        return isinstance(cell, float) and abs(Decimal(repr(cell)) * self.scale_rp - whole) < _DUST


class TextColumn:
    """Reads one column of names; equal texts are one object, which keeps 100,000 rows small."""

    def __init__(self) -> None:
        self._seen: dict[Cell, str] = {"": ""}

    def read(self, cells: Sequence[Cell]) -> list[str]:
        """The texts with inner spaces reduced to one and the quote of a guarded formula taken off."""
        seen = self._seen
        texts: list[str] = []
        for cell in cells:
            text = seen.get(cell) if cell.__class__ is str else None
            if text is None:
                text = seen.setdefault(cell, plain_text(cell)) if isinstance(cell, str) else plain_text(cell)
            texts.append(text)
        return texts


def plain_text(cell: Cell) -> str:
    """A cell as one line of text: 5.0 -> "5", "'=A1" -> "=A1" (our exports put the quote before)."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = " ".join(str(cell).split())
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text
