"""Blocks of a recap, RAK or own template -> `BudgetRows` with their checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from manfaat.readers.amounts import AmountColumn
from manfaat.readers.budget_rows import CODE_FIELDS, TEXT_FIELDS, BudgetReading
from manfaat.readers.columns import Mapping
from manfaat.readers.dates import MONTH_NAMES, read_month, read_year
from manfaat.readers.finish import PrintedAmounts, finish_budget
from manfaat.readers.keys import KeyColumns
from manfaat.readers.layouts import MONTH_FIELDS
from manfaat.readers.reading import CodeBooks
from manfaat.readers.rows import Block, PrintedTotal, grand_total
from manfaat.readers.workbook import Cell

PRINTED_FIELDS: tuple[str, ...] = ("ceiling_rp", "realised_rp")
_AMOUNTS: tuple[str, ...] = (
    "ceiling_rp",
    "ceiling_original_rp",
    "ceiling_revised_rp",
    "realised_rp",
    "cash_plan_total",
    *MONTH_FIELDS,
)


class BudgetReader:
    """Takes the blocks of one sheet and completes its reading."""

    def __init__(self, reading: BudgetReading, mapping: Mapping, books: CodeBooks, scale_rp: int) -> None:
        self.reading = reading
        self.mapping = mapping
        self.problems = reading.found
        self.keys = KeyColumns(mapping, reading.found, books)
        self.amounts = {
            field: AmountColumn(
                mapping.layout.column(field).title, mapping.where(field), reading.found, scale_rp=scale_rp
            )
            for field in _AMOUNTS
            if field in mapping.columns
        }
        self.other_months: Counter[int] = Counter()

    def add(self, block: Block) -> None:
        """Read one block into the rows."""
        self._check_year(block)
        months: list[int | None] = [self.reading.month] * len(block.numbers)
        if "month" in block.cells:
            months = self._months(block.cells["month"], block.numbers)
            if self.reading.month is not None:
                block, months = self._of_chosen_month(block, months)
        texts = self.keys.read(block)
        amounts = {field: column.read(block.cells[field], block.numbers) for field, column in self.amounts.items()}
        self._store(block, months, texts, amounts)

    def finish(self, printed: list[PrintedTotal]) -> None:
        """Subtotals, duplicates, totals and the notes that concern the whole sheet."""
        self.keys.finish()
        for column in self.amounts.values():
            column.finish()
        if self.other_months:
            names = ", ".join(MONTH_NAMES[number - 1] for number in sorted(self.other_months))
            count = self.reading.skipped.other_months
            self.reading.notices.append(f"{count} baris bulan lain dilewati ({names}).")
        finish_budget(self.reading, self.mapping, self._printed(printed), wrong_rows=self.keys.wrong_rows())

    def _printed(self, printed: list[PrintedTotal]) -> PrintedAmounts | None:
        grand = grand_total(printed)
        own = {field: self.amounts[field] for field in PRINTED_FIELDS if field in self.amounts}
        if grand is None or not own:
            return None
        tolerance = max(column.rounded for column in own.values())
        amounts = {field: column.read([grand.cells[field]], [grand.row])[0] for field, column in own.items()}
        return PrintedAmounts(grand.row, grand.label, amounts, tolerance)

    def _check_year(self, block: Block) -> None:
        for cell, row in zip(block.cells.get("year", ()), block.numbers, strict=False):
            found = read_year(cell)
            if found != self.reading.year:
                message = f"Tahun {found}" if found else "Tahun kosong atau tidak terbaca"
                self.problems.add(
                    "error",
                    "wrong_year",
                    f"{message}, sedangkan yang dipilih tahun {self.reading.year}.",
                    "Pilih tahun yang sesuai, atau hapus baris tahun lain.",
                    row=row,
                    column=self.mapping.where("year"),
                    value=cell,
                )

    def _months(self, cells: Sequence[Cell], numbers: Sequence[int]) -> list[int | None]:
        months: list[int | None] = []
        for cell, row in zip(cells, numbers, strict=True):
            month = read_month(cell)
            if month is None:
                self.problems.add(
                    "error",
                    "wrong_month",
                    "Bulan kosong atau tidak terbaca.",
                    "Isi angka 1 sampai 12 atau nama bulannya.",
                    row=row,
                    column=self.mapping.where("month"),
                    value=cell,
                )
            months.append(month)
        return months

    def _of_chosen_month(self, block: Block, months: list[int | None]) -> tuple[Block, list[int | None]]:
        keep = [position for position, month in enumerate(months) if month in (self.reading.month, None)]
        if len(keep) == len(months):
            return block, months
        self.reading.skipped.other_months += len(months) - len(keep)
        self.other_months.update(month for month in months if month not in (self.reading.month, None))
        cells = {field: tuple(column[position] for position in keep) for field, column in block.cells.items()}
        return Block([block.numbers[position] for position in keep], cells), [months[position] for position in keep]

    def _store(
        self, block: Block, months: list[int | None], texts: dict[str, list[str]], amounts: dict[str, list[int | None]]
    ) -> None:
        rows, count = self.reading.rows, len(block.numbers)
        nothing: list[int | None] = [None] * count
        ceilings, originals, stages = self._ceilings(amounts, texts["ceiling_stage"], count)
        texts["ceiling_stage"] = stages
        realised = amounts.get("realised_rp", nothing)
        self._check_rows(block.numbers, texts, ceilings, realised)
        rows.number.extend(block.numbers)
        rows.month.extend(months)
        for field in (*CODE_FIELDS, *TEXT_FIELDS):
            getattr(rows, field).extend(texts[field])
        rows.ceiling_rp.extend(ceilings)
        rows.ceiling_original_rp.extend(originals)
        rows.realised_rp.extend(realised)
        rows.cash_plan_rp.extend(self._cash_plans(block.numbers, amounts, count))
        rows.source_count.extend([1] * count)

    def _ceilings(
        self, amounts: dict[str, list[int | None]], stages: list[str], count: int
    ) -> tuple[list[int | None], list[int | None], list[str]]:
        """Ceiling in force, original ceiling, stage: the revised amount rules where a file gives both."""
        nothing: list[int | None] = [None] * count
        given = amounts.get("ceiling_rp", nothing)
        originals, revised = amounts.get("ceiling_original_rp", nothing), amounts.get("ceiling_revised_rp", nothing)
        if originals is nothing and revised is nothing:
            return given, nothing, stages
        ceilings: list[int | None] = []
        named: list[str] = []
        for own, first, last, stage in zip(given, originals, revised, stages, strict=True):
            ceilings.append(next((amount for amount in (own, last, first) if amount is not None), None))
            guess = "" if own is not None else "perubahan" if last is not None else "murni" if first is not None else ""
            named.append(stage or guess)
        return ceilings, originals, named

    def _cash_plans(
        self, numbers: Sequence[int], amounts: dict[str, list[int | None]], count: int
    ) -> list[tuple[int | None, ...] | None]:
        if not any(field in amounts for field in MONTH_FIELDS):
            return [None] * count
        nothing: list[int | None] = [None] * count
        months = [amounts.get(field, nothing) for field in MONTH_FIELDS]
        plans = [None if all(amount is None for amount in plan) else plan for plan in zip(*months, strict=True)]
        for plan, total, row in zip(plans, amounts.get("cash_plan_total", nothing), numbers, strict=True):
            if (
                plan is not None
                and total is not None
                and None not in plan
                and abs(sum(filter(None, plan)) - total) > 12
            ):
                self.problems.add(
                    "warning",
                    "cash_plan_differs",
                    "Jumlah rencana kas 12 bulan tidak sama dengan kolom totalnya.",
                    "Periksa angka per bulan; yang dipakai adalah angka per bulan.",
                    row=row,
                    column=self.mapping.where("cash_plan_total"),
                    value=total,
                )
        return plans

    def _check_rows(
        self,
        numbers: Sequence[int],
        texts: dict[str, list[str]],
        ceilings: list[int | None],
        realised: list[int | None],
    ) -> None:
        wrong_rows = self.keys.wrong_rows()
        owners = [texts[field] for field in ("agency_code", "agency_name", "unit_code")]
        for row, ceiling, spent, account, *whose in zip(
            numbers, ceilings, realised, texts["account_code"], *owners, strict=True
        ):
            if not any(whose) and row not in wrong_rows:
                self.problems.add(
                    "error",
                    "no_agency",
                    "Perangkat daerah di baris ini tidak diketahui.",
                    "Isi kode perangkat daerah di setiap baris (sel gabung hanya terbaca di baris pertamanya).",
                    row=row,
                    column=self.mapping.where("agency_code") or self.mapping.where("agency_name"),
                )
            if spent is not None and ceiling is not None and spent > ceiling and account[:1] != "4":
                self.problems.add(
                    "warning",
                    "above_ceiling",
                    "Realisasi melebihi pagu.",
                    "Periksa apakah pagu sudah yang terbaru (pergeseran atau perubahan).",
                    row=row,
                    column=self.mapping.where("realised_rp"),
                    value=spent,
                )
