"""Walks the data rows under a header in blocks, setting aside blank rows, totals, repeated headers and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from manfaat.readers.columns import Mapping
from manfaat.readers.containers import too_many_rows
from manfaat.readers.reading import Progress, Skipped
from manfaat.readers.workbook import Cell, Sheet, Workbook

BLOCK = 1000

_TOTAL = re.compile(r"^\s*(?:grand\s*total|sub\s*-?\s*total|total|jumlah|jml)\b", re.IGNORECASE)
_GRAND = re.compile(
    r"^\s*(?:grand\s*total|(?:total|jumlah|jml)\s*(?:total|keseluruhan|seluruhnya|seluruh|belanja|apbd|umum)?\s*[:.]?\s*$)",
    re.IGNORECASE,
)
#: First characters by which a row is worth a closer look.
_SUSPECT = frozenset("GgTtJjSsDdPp( ")
#: Rows of a realisation report that are worked out from others and may be negative.
_BALANCE = re.compile(r"^\s*(?:surplus|\(?defisit|pembiayaan\s+(?:neto|netto)|sisa lebih pembiayaan)\b", re.IGNORECASE)
_CODE_START = re.compile(r"^['\s]*[0-9X]")


@dataclass(frozen=True, slots=True)
class Block:
    """Up to 1,000 data rows: their numbers in the sheet and, per mapped field, their cells."""

    numbers: list[int]
    cells: dict[str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A row that says GRAND TOTAL or JUMLAH: its number, its words, its cells per field."""

    row: int
    label: str
    is_grand: bool
    cells: dict[str, Cell]


def grand_total(printed: list[PrintedTotal]) -> PrintedTotal | None:
    """The last of the total rows that speaks of the whole, or None."""
    return next((total for total in reversed(printed) if total.is_grand), None)


@dataclass
class Walk:
    """A walk through one sheet; `skipped` and `printed_totals` are complete once `blocks` is exhausted.

    `drops_totals` is False for indicators, whose names may begin with "Jumlah".
    """

    workbook: Workbook
    mapping: Mapping
    sheet: Sheet
    drops_totals: bool = True
    skipped: Skipped = field(default_factory=Skipped)
    printed_totals: list[PrintedTotal] = field(default_factory=list)
    row_count: int = 0

    def __post_init__(self) -> None:
        columns = sorted(self.mapping.columns.items(), key=lambda item: item[1])
        self._fields = [name for name, _ in columns]
        indexes = [index for _, index in columns]
        self._width = max(indexes, default=0) + 1
        self._get: Any = itemgetter(*indexes) if len(indexes) > 1 else lambda row: (row[indexes[0]],)
        kinds = [self.mapping.layout.column(name).kind for name in self._fields]
        self._labels = [at for at, kind in enumerate(kinds) if kind in ("code", "text")]
        self._codes = [at for at, kind in enumerate(kinds) if kind == "code"]
        self._values = [at for at, kind in enumerate(kinds) if kind in ("amount", "number")]
        self._account_code = self._fields.index("account_code") if "account_code" in self._fields else None
        self._account_name = self._fields.index("account_name") if "account_name" in self._fields else None
        self._merged = self._merges()
        self._tops: dict[int, Cell] = {}
        titles = self.mapping.titles
        self._titles = {at: titles[index] for at, index in enumerate(indexes) if index < len(titles) and titles[index]}

    def blocks(self, progress: Progress | None = None) -> Iterator[Block]:
        """The data rows, a thousand at a time. Raises: Unreadable (`too_many_rows`, `long_cell`)."""
        numbers: list[int] = []
        picked: list[tuple[Cell, ...]] = []
        first = self.mapping.header_row + self.mapping.header_height
        limit = self.workbook.limits.data_rows
        for number, row in enumerate(self.sheet.rows(), start=1):
            if number < first:
                continue
            if number in self._merged:
                self._fill_down(number, row)
            cells = self._get(row if len(row) >= self._width else row + [""] * (self._width - len(row)))
            if not self._is_data(number, row, cells):
                continue
            numbers.append(number)
            picked.append(cells)
            self.row_count += 1
            if self.row_count > limit:
                raise too_many_rows(self.workbook.limits)
            if len(numbers) == BLOCK:
                yield self._block(numbers, picked)
                if progress is not None:
                    progress(self.row_count)
                numbers, picked = [], []
        if numbers:
            yield self._block(numbers, picked)
        if progress is not None:
            progress(self.row_count)

    def _merges(self) -> dict[int, list[tuple[int, int]]]:
        """Row -> (column, first row) of text cells merged downwards; a merged amount is left where it stands."""
        first = self.mapping.header_row + self.mapping.header_height
        kinds = {index: self.mapping.layout.column(name).kind for name, index in self.mapping.columns.items()}
        merged: dict[int, list[tuple[int, int]]] = {}
        for top, bottom, column in self.sheet.merged_down():
            if top >= first and kinds.get(column) in ("code", "text"):
                for number in range(top, bottom + 1):
                    merged.setdefault(number, []).append((column, top))
        return merged

    def _fill_down(self, number: int, row: list[Cell]) -> None:
        for column, top in self._merged[number]:
            if number == top:
                self._tops[column] = row[column] if column < len(row) else ""
            elif column < len(row):
                row[column] = self._tops.get(column, "")

    def title_rows(self) -> list[tuple[int, str]]:
        """Row number and joined text of what stands above the data: titles and the header itself."""
        last = self.mapping.header_row + self.mapping.header_height - 1
        rows = self.sheet.head(last)
        return [(number, " ".join(str(cell) for cell in row if cell != "")) for number, row in enumerate(rows, start=1)]

    def _block(self, numbers: list[int], picked: list[tuple[Cell, ...]]) -> Block:
        return Block(numbers, dict(zip(self._fields, zip(*picked, strict=True), strict=True)))

    def _is_data(self, number: int, row: list[Cell], cells: tuple[Cell, ...]) -> bool:
        for at in self._labels:
            label = cells[at]
            if label != "":
                break
        else:
            return self._is_data_without_label(number, row, cells)
        if label.__class__ is str:
            if label[:1] in _SUSPECT and self.drops_totals and _TOTAL.match(label) and self._code_count(cells) == 0:
                return self._set_total_aside(number, str(label), cells)
            if self._account_name is not None and self._is_account_total(cells):
                return self._set_total_aside(number, str(cells[self._account_name]), cells, may_be_grand=False)
            if self._titles.get(at) == label and self._is_repeated_header(cells):
                self.skipped.repeated_headers += 1
                return False
        for at in self._values:
            if cells[at] != "":
                return True
        if self._code_count(cells) or not self._values:
            return True
        if not self.drops_totals and len([at for at in self._labels if cells[at] != ""]) > 1:
            return True
        self.skipped.notes += 1
        return False

    def _is_data_without_label(self, number: int, row: list[Cell], cells: tuple[Cell, ...]) -> bool:
        if all(cells[at] == "" for at in self._values):
            if any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in row):
                self.skipped.notes += 1
            else:
                self.skipped.blank += 1
            return False
        if self.drops_totals:
            for cell in row:
                if isinstance(cell, str) and _TOTAL.match(cell):
                    return self._set_total_aside(number, cell, cells)
        return True

    def _is_account_total(self, cells: tuple[Cell, ...]) -> bool:
        """Whether the row is "Jumlah Belanja" or "Surplus/(Defisit)" of an agency: a name that sums, without a code."""
        name = cells[self._account_name] if self._account_name is not None else ""
        if not isinstance(name, str) or name[:1] not in _SUSPECT or not self.drops_totals:
            return False
        has_code = self._account_code is not None and cells[self._account_code] != ""
        return not has_code and (_TOTAL.match(name) or _BALANCE.match(name)) is not None

    def _set_total_aside(self, number: int, label: str, cells: tuple[Cell, ...], *, may_be_grand: bool = True) -> bool:
        self.skipped.totals += 1
        by_field = dict(zip(self._fields, cells, strict=True))
        self.printed_totals.append(
            PrintedTotal(number, label.strip(), may_be_grand and _GRAND.match(label) is not None, by_field)
        )
        return False

    def _code_count(self, cells: tuple[Cell, ...]) -> int:
        return sum(
            1
            for at in self._codes
            if cells[at] != "" and (not isinstance(cells[at], str) or _CODE_START.match(str(cells[at])))
        )

    def _is_repeated_header(self, cells: tuple[Cell, ...]) -> bool:
        return sum(cells[at] == title for at, title in self._titles.items()) >= 2
