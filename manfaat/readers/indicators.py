"""Reads targets and results of indicators of one sheet: one entry per indicator and period.

    mapping = guess_mapping(workbook.sheet(), INDICATOR_LAYOUT)
    reading = read_indicators(workbook, mapping, year=2026)

A blank, "belum", "belum jatuh tempo" and "tidak dapat diukur" are four different reasons for a missing value; "0" is zero.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from manfaat.readers.amounts import TextColumn
from manfaat.readers.codes import CodeColumn
from manfaat.readers.columns import Mapping
from manfaat.readers.dates import PeriodKind, PeriodReading, read_period, read_year
from manfaat.readers.layouts import INDICATOR_LAYOUT
from manfaat.readers.numbers import Missing, read_number
from manfaat.readers.problems import Problems, Severity, Unreadable
from manfaat.readers.reading import CodeBooks, Progress, Reading
from manfaat.readers.rows import Block, Walk
from manfaat.readers.titles import check_titles
from manfaat.readers.workbook import Cell, Workbook

__all__ = ["INDICATOR_LAYOUT", "IndicatorReading", "IndicatorRows", "IndicatorTotals", "read_indicators"]

_TEXT_FIELDS = ("agency_name", "goal", "name", "unit", "method", "note")
_RANGE = re.compile(
    r"^(\d[\d.,]*)\s*(?:-|–|—|s\s*[./]?\s*d\.?|sampai(?: dengan)?|hingga)\s*(\d[\d.,]*)\s*%?$", re.IGNORECASE
)
_SIGN = re.compile(
    r"^(?:[≥≤<>]=?|=<|=>|min(?:imal|\.)?|maks(?:imal|\.)?|paling (?:sedikit|banyak)|di ?atas|di ?bawah)\s*",
    re.IGNORECASE,
)
#: Grades and answers that stand for a value on a scale; the engine maps them, we keep the text.
_GRADE = re.compile(
    r"^(?:AA|A|A-|BB|B|B-|CC|C|D|E|WTP(?:[- ]DPP)?|WDP|TMP|TW|ya|tidak|ada|tidak ada|sudah|"
    r"sangat (?:baik|tinggi)|baik|cukup|kurang|tinggi|sedang|rendah|sangat (?:kurang|rendah)|level \d|predikat \S+)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class IndicatorRows:
    """Columns of equal length, one entry per indicator and period.

    `period_kind` and `period_number`: "year" 1, "semester" 1-2, "quarter" 1-4, "month" 1-12. `target`, `target_high` and
    `realised` are Decimal or None; then `target_missing` or `realised_missing` says why, unless `target_text` or
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


@dataclass(frozen=True, slots=True)
class Value:
    """One cell of a target or result."""

    number: Decimal | None = None
    high: Decimal | None = None
    text: str = ""
    missing: Missing | None = None


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
    reader = IndicatorReader(reading, mapping, known_codes or {})
    for block in walk.blocks(progress):
        reader.add(block)
    reader.finish()
    return reading


class IndicatorReader:
    """Takes the blocks of one sheet and completes its reading."""

    def __init__(self, reading: IndicatorReading, mapping: Mapping, books: CodeBooks) -> None:
        self.reading = reading
        self.mapping = mapping
        self.problems = reading.found
        self._codes = {
            name: CodeColumn(mapping.layout.column(name).title, mapping.where(name), reading.found, books.get(name))
            for name in ("agency_code", "indicator_code")
        }
        self._texts = {name: TextColumn() for name in _TEXT_FIELDS}
        self._first: dict[tuple[str, str, str, int], int] = {}
        self._small_percents: list[int] = []
        self._percent_rows = 0

    def add(self, block: Block) -> None:
        """Read one block into the rows."""
        count = len(block.numbers)
        blank: tuple[Cell, ...] = ("",) * count
        texts = {name: column.read(block.cells.get(name, blank)) for name, column in self._texts.items()}
        for name, names in (("agency_code", "agency_name"), ("indicator_code", "name")):
            texts[name] = self._codes[name].read(block.cells.get(name, blank), block.numbers, texts[names])
            if self._codes[name].book and name == "agency_code":
                for at, code in enumerate(texts[name]):
                    if not code and texts[names][at]:
                        texts[name][at] = self._codes[name].by_name(texts[names][at], block.numbers[at])
        for at, row in enumerate(block.numbers):
            if not texts["name"][at]:
                self._note(
                    "error",
                    "no_name",
                    "Nama indikator kosong.",
                    "Isi nama indikator, atau hapus barisnya.",
                    row,
                    "name",
                )
                continue
            entry = {name: column[at] for name, column in texts.items()}
            cells = {name: column[at] for name, column in block.cells.items()}
            self._check_year(cells, row)
            self._add_entries(row, entry, cells)

    def finish(self) -> None:
        """Count what is missing; note percentages that look like shares."""
        rows, totals = self.reading.rows, self.reading.totals
        totals.rows = len(rows)
        for counts, reasons in (
            (totals.targets_missing, rows.target_missing),
            (totals.realised_missing, rows.realised_missing),
        ):
            for reason in reasons:
                if reason is not None:
                    counts[reason] = counts.get(reason, 0) + 1
        if self._percent_rows >= 3 and len(self._small_percents) == self._percent_rows:
            self._note(
                "warning",
                "percent_as_share",
                "Semua nilai bersatuan persen tidak lebih dari 1.",
                "Bila sel berformat persen, isi 15 untuk 15%, bukan 0,15.",
                self._small_percents[0],
                "realised",
            )
        if not len(rows):
            self._note(
                "error",
                "no_rows",
                "Tidak ada baris indikator di lembar ini.",
                "Periksa lembar dan baris judul yang dipilih.",
                0,
                "",
            )

    def _check_year(self, cells: dict[str, Cell], row: int) -> None:
        cell = cells.get("year", "")
        found = read_year(cell)
        if cell != "" and found != self.reading.year:
            what = f"Tahun {found}" if found else "Tahun tidak terbaca"
            self._note(
                "error",
                "wrong_year",
                f"{what}, sedangkan yang dipilih tahun {self.reading.year}.",
                "Pilih tahun yang sesuai, atau hapus baris tahun lain.",
                row,
                "year",
                cell,
            )

    def _add_entries(self, row: int, entry: dict[str, str], cells: dict[str, Cell]) -> None:
        """One entry for the row's own period, and one per quarter where the sheet has columns by quarter."""
        quarters = [n for n in range(1, 5) if f"target_q{n}" in cells or f"realised_q{n}" in cells]
        if not quarters or "target" in cells or "realised" in cells:
            period = self._period(cells.get("period", ""), row)
            if period is not None:
                self._add_entry(row, entry, period, self._values(cells, row, "target", "realised", entry["unit"]))
        for number in quarters:
            values = self._values(cells, row, f"target_q{number}", f"realised_q{number}", entry["unit"])
            self._add_entry(row, entry, PeriodReading("quarter", number), values)

    def _values(
        self, cells: dict[str, Cell], row: int, target_field: str, realised_field: str, unit: str
    ) -> tuple[Value, Value]:
        target = self._value(cells.get(target_field, ""), row, target_field, may_range=True)
        if target_field == "target" and "target_high" in cells and cells["target_high"] != "":
            high = self._value(cells["target_high"], row, "target_high", may_range=False).number
            target = Value(target.number, high, target.text, target.missing)
        if target.number is not None and target.high is not None and target.high < target.number:
            self._note(
                "error",
                "range_reversed",
                "Target atas lebih kecil dari target.",
                "Tukar kedua angkanya.",
                row,
                "target_high",
                target.high,
            )
        realised = self._value(cells.get(realised_field, ""), row, realised_field, may_range=False)
        cell = cells.get(realised_field, "")
        if unit.casefold() in ("%", "persen", "persentase") and isinstance(cell, float) and cell:
            self._percent_rows += 1
            if abs(cell) <= 1:
                self._small_percents.append(row)
        return target, realised

    def _value(self, cell: Cell, row: int, name: str, *, may_range: bool) -> Value:
        text = str(cell).strip() if isinstance(cell, str) else ""
        if _GRADE.match(text):
            return Value(text=text)
        if may_range and (match := _RANGE.match(text)):
            low, high = read_number(match[1]), read_number(match[2])
            if low.value is not None and high.value is not None:
                self._note(
                    "warning",
                    "range_read",
                    f"Target “{text}” dibaca sebagai rentang.",
                    "Periksa, atau isi kolom Target dan Target Atas.",
                    row,
                    name,
                    text,
                )
                return Value(low.value, high.value)
        if sign := _SIGN.match(text):
            text = text[sign.end() :]
            self._note(
                "warning",
                "sign_dropped",
                f"Tanda “{sign[0].strip()}” tidak dipakai; hanya angkanya yang dibaca.",
                "Pastikan metode indikator (makin tinggi atau makin rendah makin baik) sesuai.",
                row,
                name,
                cell,
            )
        reading = read_number(text or cell)
        if reading.problem:
            message, _, advice = reading.problem.partition(". ")
            self._note("error", "not_a_number", f"{message}.", advice, row, name, cell)
        if reading.ambiguous:
            self._note(
                "warning",
                "ambiguous_number",
                f"Angka “{text}” dapat dibaca dua cara; {reading.echo}.",
                "Tulis 1500 bila seribu lima ratus, atau 1,5 bila satu setengah.",
                row,
                name,
                cell,
            )
        return Value(reading.value, missing=reading.missing)

    def _period(self, cell: Cell, row: int) -> PeriodReading | None:
        if cell == "":
            return PeriodReading("year", 1)
        period = read_period(cell)
        if period is None:
            self._note(
                "error",
                "wrong_period",
                "Periode tidak terbaca.",
                "Tulis tahun, TW I sampai TW IV, Semester I, atau nama bulan.",
                row,
                "period",
                cell,
            )
        elif period.year is not None and period.year != self.reading.year:
            self._note(
                "error",
                "wrong_year",
                f"Periode tahun {period.year}, sedangkan yang dipilih tahun {self.reading.year}.",
                "Pilih tahun yang sesuai.",
                row,
                "period",
                cell,
            )
        return period

    def _add_entry(self, row: int, entry: dict[str, str], period: PeriodReading, values: tuple[Value, Value]) -> None:
        target, realised = values
        key = (
            entry["agency_code"] or entry["agency_name"],
            entry["indicator_code"] or entry["name"].casefold(),
            period.kind,
            period.number,
        )
        before = self._first.setdefault(key, row)
        if before != row:
            self._note(
                "error",
                "duplicate",
                f"Baris {row} mengulang indikator dan periode baris {before}: {entry['name']}.",
                "Hapus salah satu baris, atau bedakan periodenya.",
                row,
                "name",
                entry["name"],
            )
        rows = self.reading.rows
        rows.number.append(row)
        for name, text in entry.items():
            getattr(rows, name).append(text)
        rows.period_kind.append(period.kind)
        rows.period_number.append(period.number)
        rows.target.append(target.number)
        rows.target_high.append(target.high)
        rows.target_text.append(target.text)
        rows.target_missing.append(target.missing)
        rows.realised.append(realised.number)
        rows.realised_text.append(realised.text)
        rows.realised_missing.append(realised.missing)
        if target.missing is not None:
            self._note(
                "warning",
                "target_missing",
                "Target belum ada, capaian tidak dapat dihitung.",
                "Isi targetnya bila sudah ditetapkan.",
                row,
                "target",
            )

    def _note(
        self, severity: Severity, code: str, message: str, advice: str, row: int, name: str, value: object = ""
    ) -> None:
        self.problems.add(
            severity, code, message, advice, row=row, column=self.mapping.where(name) if name else "", value=value
        )
