"""Blocks of an indicator sheet -> `IndicatorRows` with their checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from manfaat.readers.amounts import TextColumn
from manfaat.readers.codes import CodeColumn
from manfaat.readers.columns import Mapping
from manfaat.readers.dates import PeriodReading, read_period, read_year
from manfaat.readers.indicator_rows import IndicatorReading
from manfaat.readers.numbers import Missing, read_number
from manfaat.readers.reading import CodeBooks
from manfaat.readers.rows import Block
from manfaat.readers.workbook import Cell

_TEXT_FIELDS = ("agency_name", "goal", "name", "unit", "method", "note")
_RANGE = re.compile(
    r"^(\d[\d.,]*)\s*(?:-|–|—|s\s*[./]?\s*d\.?|sampai(?: dengan)?|hingga)\s*(\d[\d.,]*)\s*%?$", re.IGNORECASE
)
_SIGN = re.compile(
    r"^(?:[≥≤<>]=?|=<|=>|min(?:imal|\.)?|maks(?:imal|\.)?|paling (?:sedikit|banyak)|di ?atas|di ?bawah)\s*",
    re.IGNORECASE,
)
#: Row and field of a problem.
Place = tuple[int, str]
#: Grades and answers that stand for a value on a scale; the engine maps them, we keep the text.
_GRADE = re.compile(
    r"^(?:AA|A|A-|BB|B|B-|CC|C|D|E|WTP(?:[- ]DPP)?|WDP|TMP|TW|ya|tidak|ada|tidak ada|sudah|"
    r"sangat (?:baik|tinggi)|baik|cukup|kurang|tinggi|sedang|rendah|sangat (?:kurang|rendah)|level \d|predikat \S+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Value:
    """One cell of a target or result."""

    number: Decimal | None = None
    high: Decimal | None = None
    text: str = ""
    missing: Missing | None = None


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
        self._has_targets = any(name.startswith("target") for name in mapping.columns)

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
                self._error(
                    "no_name",
                    "Nama indikator kosong.",
                    "Isi nama indikator, atau hapus barisnya.",
                    (row, "name"),
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
            self._warn(
                "percent_as_share",
                "Semua nilai bersatuan persen tidak lebih dari 1.",
                "Bila sel berformat persen, isi 15 untuk 15%, bukan 0,15.",
                (self._small_percents[0], "realised"),
            )
        if not len(rows):
            self._error(
                "no_rows",
                "Tidak ada baris indikator di lembar ini.",
                "Periksa lembar dan baris judul yang dipilih.",
                (0, ""),
            )

    def _check_year(self, cells: dict[str, Cell], row: int) -> None:
        cell = cells.get("year", "")
        found = read_year(cell)
        if cell != "" and found != self.reading.year:
            what = f"Tahun {found}" if found else "Tahun tidak terbaca"
            self._error(
                "wrong_year",
                f"{what}, sedangkan yang dipilih tahun {self.reading.year}.",
                "Pilih tahun yang sesuai, atau hapus baris tahun lain.",
                (row, "year"),
                cell,
            )

    def _add_entries(self, row: int, entry: dict[str, str], cells: dict[str, Cell]) -> None:
        """One entry for the row's own period, and one per quarter where the sheet has columns by quarter."""
        quarters = [n for n in range(1, 5) if f"target_q{n}" in cells or f"realised_q{n}" in cells]
        if not quarters or "target" in cells or "realised" in cells:
            period = self._period(cells.get("period", ""), row)
            if period is not None:
                values = self._values(cells, row, ("target", "realised"), entry["unit"])
                self._add_entry(row, entry, period, values)
        for number in quarters:
            values = self._values(cells, row, (f"target_q{number}", f"realised_q{number}"), entry["unit"])
            self._add_entry(row, entry, PeriodReading("quarter", number), values)

    def _values(self, cells: dict[str, Cell], row: int, fields: tuple[str, str], unit: str) -> tuple[Value, Value]:
        """Target and result of one period, from the columns of those two fields."""
        target_field, realised_field = fields
        target = self._value(cells.get(target_field, ""), (row, target_field), may_range=True)
        if target_field == "target" and "target_high" in cells and cells["target_high"] != "":
            high = self._value(cells["target_high"], (row, "target_high"), may_range=False).number
            target = Value(target.number, high, target.text, target.missing)
        if target.number is not None and target.high is not None and target.high < target.number:
            self._error(
                "range_reversed",
                "Target atas lebih kecil dari target.",
                "Tukar kedua angkanya.",
                (row, "target_high"),
                target.high,
            )
        realised = self._value(cells.get(realised_field, ""), (row, realised_field), may_range=False)
        cell = cells.get(realised_field, "")
        if unit.casefold() in ("%", "persen", "persentase") and isinstance(cell, float) and cell:
            self._percent_rows += 1
            if abs(cell) <= 1:
                self._small_percents.append(row)
        return target, realised

    def _value(self, cell: Cell, place: Place, *, may_range: bool) -> Value:
        text = str(cell).strip() if isinstance(cell, str) else ""
        if _GRADE.match(text):
            return Value(text=text)
        if may_range and (match := _RANGE.match(text)):
            low, high = read_number(match[1]), read_number(match[2])
            if low.value is not None and high.value is not None:
                self._warn(
                    "range_read",
                    f"Target “{text}” dibaca sebagai rentang.",
                    "Periksa, atau isi kolom Target dan Target Atas.",
                    place,
                    text,
                )
                return Value(low.value, high.value)
        if sign := _SIGN.match(text):
            text = text[sign.end() :]
            self._warn(
                "sign_dropped",
                f"Tanda “{sign[0].strip()}” tidak dipakai; hanya angkanya yang dibaca.",
                "Pastikan metode indikator (makin tinggi atau makin rendah makin baik) sesuai.",
                place,
                cell,
            )
        reading = read_number(text or cell)
        if reading.problem:
            message, _, advice = reading.problem.partition(". ")
            self._error("not_a_number", f"{message}.", advice, place, cell)
        if reading.ambiguous:
            self._warn(
                "ambiguous_number",
                f"Angka “{text}” dapat dibaca dua cara; {reading.echo}.",
                "Tulis 1500 bila seribu lima ratus, atau 1,5 bila satu setengah.",
                place,
                cell,
            )
        return Value(reading.value, missing=reading.missing)

    def _period(self, cell: Cell, row: int) -> PeriodReading | None:
        if cell == "":
            return PeriodReading("year", 1)
        period = read_period(cell)
        if period is None:
            self._error(
                "wrong_period",
                "Periode tidak terbaca.",
                "Tulis tahun, TW I sampai TW IV, Semester I, atau nama bulan.",
                (row, "period"),
                cell,
            )
        elif period.year is not None and period.year != self.reading.year:
            self._error(
                "wrong_year",
                f"Periode tahun {period.year}, sedangkan yang dipilih tahun {self.reading.year}.",
                "Pilih tahun yang sesuai.",
                (row, "period"),
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
            self._error(
                "duplicate",
                f"Baris {row} mengulang indikator dan periode baris {before}: {entry['name']}.",
                "Hapus salah satu baris, atau bedakan periodenya.",
                (row, "name"),
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
        if target.missing is not None and self._has_targets:
            self._warn(
                "target_missing",
                "Target belum ada, capaian tidak dapat dihitung.",
                "Isi targetnya bila sudah ditetapkan.",
                (row, "target"),
            )

    def _error(self, code: str, message: str, advice: str, place: Place, value: object = "") -> None:
        row, name = place
        self.problems.add("error", code, message, advice, row=row, column=self.mapping.where(name), value=value)

    def _warn(self, code: str, message: str, advice: str, place: Place, value: object = "") -> None:
        row, name = place
        self.problems.add("warning", code, message, advice, row=row, column=self.mapping.where(name), value=value)
