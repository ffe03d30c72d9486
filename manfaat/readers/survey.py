"""Reads raw answers to a satisfaction survey: one row per respondent, without anything that names a person.

    mapping = guess_mapping(workbook.sheet(), SURVEY_LAYOUT)
    reading = read_survey(workbook, mapping, year=2026)

A blank answer is no answer and stays one; 0 and 5 are errors, because the scale of the rule is 1 to 4.
"""

from __future__ import annotations

import csv
from array import array
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from manfaat.readers.amounts import TextColumn, plain_text
from manfaat.readers.columns import Mapping, guess_sheet
from manfaat.readers.problems import Problems, Unreadable
from manfaat.readers.reading import Progress, Reading
from manfaat.readers.rows import Block, Walk
from manfaat.readers.survey_layout import (
    ELEMENTS,
    SURVEY_LAYOUT,
    doubtful_numbers,
    further_elements,
    left_out_sentence,
    looks_personal,
    personal_columns,
)
from manfaat.readers.survey_words import (
    NOT_GIVEN,
    UNKNOWN,
    WRONG,
    Known,
    read_age,
    read_answer,
    read_education,
    read_job,
    read_sex,
    read_when,
)
from manfaat.readers.workbook import Cell, Workbook

__all__ = ["ELEMENTS", "SURVEY_LAYOUT", "SurveyReading", "SurveyRows", "read_survey", "write_without_personal_data"]

PARTICULARS = {"sex": read_sex, "age": read_age, "education": read_education, "job": read_job}


@dataclass(slots=True)
class SurveyRows:
    """Columns of equal length, one entry per respondent.

    `answers` by element `u1` to `u9`: 1 to 4, or 0 where there is none. `particulars` by `sex`, `age`, `education`,
    `job`: a code, or "" where it is not given.
    """

    number: array[int] = field(default_factory=lambda: array("l"))
    unit_code: list[str] = field(default_factory=list)
    unit_name: list[str] = field(default_factory=list)
    year: array[int] = field(default_factory=lambda: array("h"))
    month: array[int] = field(default_factory=lambda: array("b"))
    answers: dict[str, array[int]] = field(default_factory=lambda: {name: array("b") for name in ELEMENTS})
    particulars: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in PARTICULARS})

    def __len__(self) -> int:
        return len(self.number)


@dataclass(slots=True)
class SurveyTotals:
    """Respondents read, and how many of them answered all nine elements."""

    rows: int = 0
    complete: int = 0


SurveyReading: TypeAlias = Reading[SurveyRows, SurveyTotals]


def read_survey(
    workbook: Workbook,
    mapping: Mapping,
    *,
    year: int,
    month: int | None = None,
    unit: str = "",
    progress: Progress | None = None,
) -> SurveyReading:
    """The answers of a sheet with every problem found.

    year, month, unit: taken where a row does not name them itself.

    Raises: Unreadable (`unmapped`, `no_sheet`, `too_many_rows`, `long_cell`).
    """
    if mapping.gaps():
        raise Unreadable("unmapped", " ".join(mapping.gaps()), "Pilih kolomnya pada langkah pemetaan.")
    source = workbook.sheet(mapping.sheet)
    walk = Walk(workbook, mapping, source, drops_totals=False)
    reading: SurveyReading = Reading(
        kind=mapping.layout.name,
        sheet=source.name,
        year=year,
        month=month,
        rows=SurveyRows(),
        totals=SurveyTotals(),
        found=Problems(source.name),
        skipped=walk.skipped,
        notices=list(workbook.notices),
    )
    reader = _Reader(reading, mapping, " ".join(unit.split()))
    for block in walk.blocks(progress):
        reader.add(block)
    reader.finish()
    return reading


class _Reader:
    """Takes the blocks of one sheet and completes its reading."""

    def __init__(self, reading: SurveyReading, mapping: Mapping, unit: str) -> None:
        self.reading, self.mapping, self.unit = reading, mapping, unit
        self.answers = {name: Known(read_answer) for name in ELEMENTS}
        self.particulars = {name: Known(read) for name, read in PARTICULARS.items()}
        self.when, self.years = Known(read_when), Known(read_when)
        self.names, self.codes = TextColumn(), TextColumn()
        self.unknown: Counter[tuple[str, str]] = Counter()

    def add(self, block: Block) -> None:
        """Read one block into the rows."""
        rows, blank = self.reading.rows, ("",) * len(block.numbers)
        rows.number.extend(block.numbers)
        codes = self.codes.read(block.cells.get("unit_code", blank))
        names = self.names.read(block.cells.get("unit_name", blank))
        for at, (code, name) in enumerate(zip(codes, names, strict=True)):
            if not name:
                names[at] = code or self.unit
            if not names[at]:
                self._no_unit(block.numbers[at])
        rows.unit_code.extend(codes)
        rows.unit_name.extend(names)
        self._add_months(block, blank)
        for name, known in self.answers.items():
            cells = block.cells[name]
            read = [known[cell] for cell in cells]
            if WRONG in read:
                self._wrong(name, block.numbers, cells, read)
            rows.answers[name].extend(read)
        for name, known in self.particulars.items():
            cells = block.cells.get(name, blank)
            read_texts = [known[cell] for cell in cells]
            if UNKNOWN in read_texts:
                for at, text in enumerate(read_texts):
                    if text == UNKNOWN:
                        self.unknown[name, plain_text(cells[at])[:40]] += 1
                        read_texts[at] = NOT_GIVEN
            rows.particulars[name].extend(read_texts)

    def finish(self) -> None:
        """Count; say what was left out, what is doubtful and what was not understood."""
        rows, reading = self.reading.rows, self.reading
        reading.totals.rows = len(rows)
        reading.totals.complete = sum(all(one) for one in zip(*rows.answers.values(), strict=True))
        if sentence := left_out_sentence(self.mapping):
            reading.notices.append(sentence)
        if reading.totals.complete < len(rows):
            reading.notices.append(
                f"{len(rows) - reading.totals.complete} dari {len(rows)} responden tidak menjawab semua unsur. "
                "Jawaban yang kosong tetap kosong: nilai tiap unsur dibagi banyaknya yang menjawab unsur itu."
            )
        for (name, text), count in self.unknown.most_common(10):
            title = self.mapping.layout.column(name).title
            reading.notices.append(f"{title} “{text}” tidak dikenal, {count} baris dicatat tidak diisi.")
        self._check_elements()
        if not len(rows):
            self.reading.found.add(
                "error", "no_rows", "Tidak ada baris jawaban di lembar ini.", "Periksa lembar dan baris judulnya."
            )

    def _check_elements(self) -> None:
        if doubtful_numbers(self.mapping):
            self.reading.found.add(
                "warning",
                "bare_number",
                "U8 dan U9 hanya dikenal dari nomornya: dibaca U8 penanganan pengaduan, U9 sarana dan prasarana. "
                "Sebagian laporan menukarnya.",
                "Cocokkan dengan kuesionernya; bila terbalik, tukar kedua kolom pada langkah kolom.",
                column=self.mapping.where("u8"),
            )
        if further := further_elements(self.mapping):
            self.reading.found.add(
                "warning",
                "older_rule",
                f"Berkas memuat unsur sesudah yang kesembilan ({', '.join(further)}), seperti aturan lama.",
                "Periksa apakah sembilan unsur yang dipilih memang unsur PermenPANRB 14/2017.",
            )

    def _add_months(self, block: Block, blank: tuple[Cell, ...]) -> None:
        rows = self.reading.rows
        for at, cell in enumerate(block.cells.get("month", blank)):
            year, month = self.when[cell]
            if "year" in block.cells and year is None:
                year = self.years[_as_text(block.cells["year"][at])][0]
            year = year or self.reading.year
            month = month if cell != "" else self.reading.month
            if month is None:
                self._no_month(block.numbers[at], cell)
            rows.year.append(year)
            rows.month.append(month or 0)

    def _no_unit(self, row: int) -> None:
        self.reading.found.add(
            "error",
            "no_unit",
            "Unit layanan kosong.",
            "Isi unit layanannya, atau tulis unit bakunya pada langkah kolom.",
            row=row,
            column=self.mapping.where("unit_name"),
        )

    def _no_month(self, row: int, cell: Cell) -> None:
        self.reading.found.add(
            "error",
            "no_month",
            "Bulan survei kosong." if cell == "" else "Bulan survei tidak terbaca.",
            "Tulis tanggal, 2026-03, atau Maret 2026; bila berkas tidak memuat bulan, pilih bulannya saat mengunggah.",
            row=row,
            column=self.mapping.where("month"),
            value=cell,
        )

    def _wrong(self, name: str, numbers: list[int], cells: tuple[Cell, ...], read: list[int]) -> None:
        for at, value in enumerate(read):
            if value == WRONG:
                read[at] = 0
                self.reading.found.add(
                    "error",
                    "no_answer_of_scale",
                    "Jawaban di luar 1 sampai 4.",
                    "Isi 1, 2, 3, atau 4; kosongkan bila tidak dijawab (0 bukan jawaban).",
                    row=numbers[at],
                    column=self.mapping.where(name),
                    value=plain_text(cells[at]),
                )


def write_without_personal_data(workbook: Workbook, path: Path) -> list[str]:
    """Write the sheet of answers as CSV without its columns about persons, and return the headers left out.

    Row numbers and column letters stay those of the file. In columns we do not know, cells with a long number or an
    e-mail address are left out too. Other sheets are left out whole.
    """
    mapping = guess_sheet(workbook, [SURVEY_LAYOUT])
    personal = personal_columns(mapping)
    used = set(mapping.columns.values())
    first = mapping.header_row + mapping.header_height
    with path.open("x", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        for number, row in enumerate(workbook.sheet(mapping.sheet).rows(), start=1):
            cells = [_as_text(cell) for cell in row]
            if number >= first:
                for index, text in enumerate(cells):
                    if index in personal or (index not in used and looks_personal(text)):
                        cells[index] = ""
            writer.writerow(cells)
    return list(personal.values())


def _as_text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
