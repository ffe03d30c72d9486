"""The last step of a budget reading: subtotals, rows twice, totals against the printed one."""

from __future__ import annotations

from collections.abc import Sequence

from manfaat.readers.amounts import AmountColumn
from manfaat.readers.budget_rows import BudgetReading, BudgetRows
from manfaat.readers.columns import Mapping
from manfaat.readers.hierarchy import Group, Path, account_path, check_sums, node_path, subtotals
from manfaat.readers.rows import PrintedTotal


def finish_budget(
    reading: BudgetReading, mapping: Mapping, printed: list[PrintedTotal], columns: dict[str, AmountColumn]
) -> None:
    """Complete `rows.is_subtotal`, `totals` and the problems that need all rows. `columns` read the printed totals."""
    rows = reading.rows
    keys = [_key(rows, position) for position in range(len(rows))]
    rows.is_subtotal = subtotals([key[0] for key in keys], [key[1] for key in keys], [key[2] for key in keys])
    _check_twice(reading, keys)
    amounts: dict[str, Sequence[int | None]] = {"Pagu": rows.ceiling_rp, "Realisasi": rows.realised_rp}
    check_sums(reading.found, keys, rows.is_subtotal, rows.number, amounts)
    _add_up(reading)
    _compare(reading, mapping, printed, columns)
    if any(rows.is_subtotal):
        reading.notices.append(
            f"{sum(rows.is_subtotal)} baris adalah jumlah dari baris rinci di berkas ini dan tidak dihitung lagi."
        )
    if "realised_rp" in mapping.columns and reading.totals.realised_missing:
        reading.notices.append(
            f"{reading.totals.realised_missing} baris tanpa realisasi: dicatat belum ada data, bukan nol."
        )
    if not len(rows):
        where = "untuk bulan yang dipilih " if reading.skipped.other_months else ""
        advice = "Pilih bulan yang ada di berkas." if where else "Periksa lembar dan baris judul yang dipilih."
        reading.found.add("error", "no_rows", f"Tidak ada baris data {where}di lembar ini.".replace("  ", " "), advice)


def _key(rows: BudgetRows, at: int) -> tuple[Group, Path, Path]:
    group: Group = (
        rows.month[at],
        rows.agency_code[at] or rows.agency_name[at],
        rows.unit_code[at] or rows.unit_name[at],
        rows.funding_source[at],
        rows.ceiling_stage[at],
    )
    node = node_path(
        rows.programme_code[at] or rows.programme_name[at],
        rows.activity_code[at] or rows.activity_name[at],
        rows.sub_activity_code[at] or rows.sub_activity_name[at],
    )
    name = rows.account_name[at]
    return group, node, account_path(rows.account_code[at]) or ((name,) if name else ())


def _check_twice(reading: BudgetReading, keys: list[tuple[Group, Path, Path]]) -> None:
    first: dict[tuple[Group, Path, Path], int] = {}
    for key, row in zip(keys, reading.rows.number, strict=True):
        before = first.setdefault(key, row)
        if before != row:
            what = " / ".join([str(part) for part in key[0][1:] if part] + list(key[1]) + [".".join(key[2])]).strip(
                " /"
            )
            reading.found.add(
                "error",
                "duplicate",
                f"Baris {row} sama kuncinya dengan baris {before}: {what}.",
                "Gabungkan kedua baris menjadi satu, atau hapus salah satunya.",
                row=row,
                value=what,
            )


def _add_up(reading: BudgetReading) -> None:
    rows, totals = reading.rows, reading.totals
    groups: dict[str, tuple[int, int]] = {}
    for at in range(len(rows)):
        if rows.is_subtotal[at]:
            continue
        ceiling, realised = rows.ceiling_rp[at] or 0, rows.realised_rp[at] or 0
        totals.rows += 1
        totals.ceiling_rp += ceiling
        totals.realised_rp += realised
        totals.realised_missing += rows.realised_rp[at] is None
        plan = rows.cash_plan_rp[at]
        if plan is not None:
            totals.cash_plan_rp += sum(amount for amount in plan if amount is not None)
        before = groups.get(rows.account_code[at][:1], (0, 0))
        groups[rows.account_code[at][:1]] = before[0] + ceiling, before[1] + realised
    totals.by_account_group = dict(sorted(groups.items()))


def _compare(
    reading: BudgetReading, mapping: Mapping, printed: list[PrintedTotal], columns: dict[str, AmountColumn]
) -> None:
    """Hold our sums, of all rows or of expenditure alone, against the printed grand total."""
    grand = next((total for total in reversed(printed) if total.is_grand), None)
    if grand is None or reading.skipped.other_months or not columns:
        return
    totals = reading.totals
    spending = totals.by_account_group.get("5", (0, 0))
    ours = {"ceiling_rp": (totals.ceiling_rp, spending[0]), "realised_rp": (totals.realised_rp, spending[1])}
    totals.printed_row = grand.row
    for field, column in columns.items():
        amount = column.read([grand.cells[field]], [grand.row])[0]
        if amount is None:
            continue
        setattr(totals, f"printed_{field}", amount)
        agrees = any(abs(amount - own) <= column.rounded for own in ours[field])
        totals.agrees = agrees and totals.agrees is not False
        if not agrees:
            reading.found.add(
                "warning",
                "total_differs",
                f"{column.title}: jumlah baris {_rupiah(ours[field][0])}, "
                f"sedangkan baris “{grand.label}” menyebut {_rupiah(amount)}.",
                "Periksa apakah ada baris yang hilang, tersembunyi, atau terbaca salah.",
                row=grand.row,
                column=mapping.where(field),
                value=amount,
            )


def _rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")
