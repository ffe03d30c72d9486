"""SIPD's "Laporan realisasi per dokumen": one row per document line, summed to net realisation per key up to a month.

Net realisation is Nilai Realisasi less Nilai Setoran, and a document counts in the month of its Tanggal Dokumen. That
is a reading of the columns (`domain/budget.md` D.1, graded [?]), not a rule found in a regulation; every reading says
so in a notice.
"""

from __future__ import annotations

from datetime import date

from manfaat.readers.amounts import AmountColumn, TextColumn
from manfaat.readers.budget_rows import CODE_FIELDS, TEXT_FIELDS, BudgetReading
from manfaat.readers.columns import Mapping
from manfaat.readers.dates import read_date
from manfaat.readers.finish import PrintedAmounts, finish_budget
from manfaat.readers.keys import KeyColumns
from manfaat.readers.reading import CodeBooks
from manfaat.readers.rows import Block, PrintedTotal, grand_total
from manfaat.readers.workbook import Cell

NOTICE = (
    "Realisasi bersih dihitung sebagai Nilai Realisasi dikurangi Nilai Setoran, menurut Tanggal Dokumen. "
    "Ini pembacaan kolom laporan SIPD, bukan ketentuan; cocokkan totalnya dengan LRA."
)


class DocumentReader:
    """Takes the blocks of one list of documents and completes its reading."""

    def __init__(self, reading: BudgetReading, mapping: Mapping, books: CodeBooks, scale_rp: int) -> None:
        self.reading = reading
        self.mapping = mapping
        self.problems = reading.found
        self.keys = KeyColumns(mapping, reading.found, books)
        self.spent = AmountColumn("Nilai Realisasi", mapping.where("realised_rp"), reading.found, scale_rp=scale_rp)
        self.deposited = AmountColumn("Nilai Setoran", mapping.where("deposited_rp"), reading.found, scale_rp=scale_rp)
        self._documents = TextColumn()
        self._places: dict[tuple[str, ...], int] = {}
        self._lines: dict[tuple[object, ...], int] = {}
        reading.notices.append(NOTICE)

    def add(self, block: Block) -> None:
        """Add the documents of one block to the sums of their keys."""
        dates = [self._date(cell, row) for cell, row in zip(block.cells["document_date"], block.numbers, strict=True)]
        texts = self.keys.read(block)
        spent = self.spent.read(block.cells["realised_rp"], block.numbers)
        deposited = self.deposited.read(block.cells["deposited_rp"], block.numbers)
        documents = self._documents.read(block.cells.get("document_number", ("",) * len(dates)))
        wrong_rows = self.keys.wrong_rows()
        keys = list(zip(*(texts[field] for field in CODE_FIELDS), strict=True))
        for at, (row, day) in enumerate(zip(block.numbers, dates, strict=True)):
            self._check_line(row, (documents[at], keys[at], day, spent[at], deposited[at]))
            if not keys[at][0] and not texts["agency_name"][at] and row not in wrong_rows:
                self._error(
                    "no_agency",
                    "Perangkat daerah di baris ini tidak diketahui.",
                    "Isi kode SKPD.",
                    (row, "agency_code"),
                )
            if day is None:
                continue
            if self.reading.month is not None and day.month > self.reading.month:
                self.reading.skipped.later_documents += 1
                continue
            place = self._place(keys[at], texts, at, row)
            net = (spent[at] or 0) - (deposited[at] or 0)
            self.reading.rows.realised_rp[place] = (self.reading.rows.realised_rp[place] or 0) + net
            self.reading.rows.source_count[place] += 1

    def finish(self, printed: list[PrintedTotal]) -> None:
        """Negative sums, totals, and what was left out."""
        for column in (self.keys, self.spent, self.deposited):
            column.finish()
        rows = self.reading.rows
        for row, amount in zip(rows.number, rows.realised_rp, strict=True):
            if amount is not None and amount < 0:
                self._error(
                    "negative",
                    "Setoran melebihi realisasi sampai bulan ini, jadi realisasi bersihnya negatif.",
                    "Periksa dokumen setoran untuk rekening ini.",
                    (row, "realised_rp"),
                    amount,
                )
        if self.reading.skipped.later_documents:
            self.reading.notices.append(
                f"{self.reading.skipped.later_documents} dokumen setelah bulan yang dipilih tidak dihitung."
            )
        finish_budget(self.reading, self.mapping, self._printed(printed), wrong_rows=self.keys.wrong_rows())

    def _printed(self, printed: list[PrintedTotal]) -> PrintedAmounts | None:
        """The printed total, net; of no use where documents after the month were left out."""
        grand = grand_total(printed)
        if grand is None or self.reading.skipped.later_documents:
            return None
        spent = self.spent.read([grand.cells["realised_rp"]], [grand.row])[0]
        deposited = self.deposited.read([grand.cells["deposited_rp"]], [grand.row])[0]
        net = None if spent is None else spent - (deposited or 0)
        return PrintedAmounts(grand.row, grand.label, {"realised_rp": net}, self.spent.rounded + self.deposited.rounded)

    def _place(self, key: tuple[str, ...], texts: dict[str, list[str]], at: int, row: int) -> int:
        """Position of the key's row, made where it is new."""
        place = self._places.setdefault(key, len(self._places))
        rows = self.reading.rows
        if place == len(rows):
            rows.number.append(row)
            rows.month.append(self.reading.month)
            for field in (*CODE_FIELDS, *TEXT_FIELDS):
                getattr(rows, field).append(texts[field][at] if field != "ceiling_stage" else "")
            rows.ceiling_rp.append(None)
            rows.ceiling_original_rp.append(None)
            rows.realised_rp.append(None)
            rows.cash_plan_rp.append(None)
            rows.source_count.append(0)
        return place

    def _date(self, cell: Cell, row: int) -> date | None:
        day = read_date(cell)
        if day is None:
            self._error(
                "wrong_date",
                "Tanggal dokumen kosong atau tidak terbaca.",
                "Tulis seperti 18/04/2026.",
                (row, "document_date"),
                cell,
            )
        elif day.year != self.reading.year:
            self._error(
                "wrong_year",
                f"Tanggal dokumen tahun {day.year}, sedangkan yang dipilih tahun {self.reading.year}.",
                "Pilih tahun yang sesuai, atau hapus dokumen tahun lain.",
                (row, "document_date"),
                cell,
            )
            return None
        return day

    def _check_line(self, row: int, line: tuple[object, ...]) -> None:
        if line[3] is None and line[4] is None:
            self._error(
                "no_amount",
                "Nilai Realisasi dan Nilai Setoran kosong.",
                "Isi salah satunya, atau hapus barisnya.",
                (row, "realised_rp"),
            )
        before = self._lines.setdefault(line, row)
        if before != row and line[0]:
            self.problems.add(
                "warning",
                "duplicate_document",
                f"Baris {row} sama persis dengan baris {before} (dokumen {line[0]}).",
                "Periksa apakah dokumen ini tercatat dua kali. Keduanya dihitung.",
                row=row,
                column=self.mapping.where("document_number"),
                value=line[0],
            )

    def _error(self, code: str, message: str, advice: str, place: tuple[int, str], value: object = "") -> None:
        row, field = place
        self.problems.add("error", code, message, advice, row=row, column=self.mapping.where(field), value=value)
