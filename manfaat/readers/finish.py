"""The last step of a budget reading: subtotals, rows twice, totals against the printed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manfaat.readers.budget_rows import BudgetReading, BudgetRows
from manfaat.readers.columns import Mapping
from manfaat.readers.hierarchy import Group, Path, account_path, check_sums, node_path, subtotals


@dataclass(frozen=True, slots=True)
class PrintedAmounts:
    """The grand total of a file as read: its row and label, amounts per field, and what rounding may have moved."""

    row: int
    label: str
    amounts: dict[str, int | None]
    tolerance_rp: int = 0


def finish_budget(
    reading: BudgetReading, mapping: Mapping, printed: PrintedAmounts | None, *, wrong_rows: set[int]
) -> None:
    """Complete `rows.is_subtotal`, `totals` and the problems that need all rows; `wrong_rows` have no sure key."""
    rows = reading.rows
    # A stage told by a filled column (Pagu Perubahan) does not part a sum from its parts; a stage column does.
    stages = rows.ceiling_stage if "ceiling_stage" in mapping.columns else [""] * len(rows)
    keys = [_key(rows, position, stages[position]) for position in range(len(rows))]
    rows.is_subtotal = subtotals([key[0] for key in keys], [key[1] for key in keys], [key[2] for key in keys])
    _check_twice(reading, keys, wrong_rows)
    amounts: dict[str, Sequence[int | None]] = {"Pagu": rows.ceiling_rp, "Realisasi": rows.realised_rp}
    check_sums(reading.found, keys, rows.is_subtotal, rows.number, amounts)
    _add_up(reading)
    if printed is not None and not reading.skipped.other_months:
        _compare(reading, mapping, printed)
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


def _key(rows: BudgetRows, at: int, stage: str) -> tuple[Group, Path, Path]:
    group: Group = (
        rows.month[at],
        rows.agency_code[at] or rows.agency_name[at],
        rows.unit_code[at] or rows.unit_name[at],
        rows.funding_source[at],
        stage,
    )
    node = node_path(
        rows.programme_code[at] or rows.programme_name[at],
        rows.activity_code[at] or rows.activity_name[at],
        rows.sub_activity_code[at] or rows.sub_activity_name[at],
    )
    name = rows.account_name[at]
    return group, node, account_path(rows.account_code[at]) or ((name,) if name else ())


def _check_twice(reading: BudgetReading, keys: list[tuple[Group, Path, Path]], wrong_rows: set[int]) -> None:
    first: dict[tuple[Group, Path, Path], int] = {}
    for key, row in zip(keys, reading.rows.number, strict=True):
        before = first.setdefault(key, row)
        if before != row and row not in wrong_rows:
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


def _compare(reading: BudgetReading, mapping: Mapping, printed: PrintedAmounts) -> None:
    """Hold our sums, of all rows or of expenditure alone, against the printed grand total."""
    totals = reading.totals
    spending = totals.by_account_group.get("5", (0, 0))
    ours = {"ceiling_rp": (totals.ceiling_rp, spending[0]), "realised_rp": (totals.realised_rp, spending[1])}
    totals.printed_row = printed.row
    totals.printed_ceiling_rp = printed.amounts.get("ceiling_rp")
    totals.printed_realised_rp = printed.amounts.get("realised_rp")
    for field, amount in printed.amounts.items():
        if amount is None:
            continue
        agrees = any(abs(amount - own) <= printed.tolerance_rp for own in ours[field])
        totals.agrees = agrees and totals.agrees is not False
        if not agrees:
            reading.found.add(
                "warning",
                "total_differs",
                f"{mapping.layout.column(field).title}: jumlah baris {_rupiah(ours[field][0])}, "
                f"sedangkan baris “{printed.label}” menyebut {_rupiah(amount)}.",
                "Periksa apakah ada baris yang hilang, tersembunyi, atau terbaca salah.",
                row=printed.row,
                column=mapping.where(field),
                value=amount,
            )


def _rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")
