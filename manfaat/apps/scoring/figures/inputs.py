"""Budget rows as inputs of a figure, each with the file, sheet and row it stands in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from manfaat import engine
from manfaat.apps.budgets.queries import EntryRow
from manfaat.apps.scoring.figures.orders import Made, absent
from manfaat.apps.scoring.figures.words import rupiah
from manfaat.apps.scoring.gather.records import Records
from manfaat.apps.scoring.gather.rows import contradiction, counted_rows

MOST_SINGLE = 12
"""Up to so many rows stand in the record one by one; more are summed by file and sheet, with the rows they span."""
RP = "Rp"


@dataclass(frozen=True)
class Subject:
    """Whom a money figure is about: `suffix` ends its keys; the government as a whole has none."""

    suffix: str
    name: str
    agency_id: int | None = None


def subjects_of(records: Records) -> tuple[Subject, ...]:
    """The agencies of the year, in the order of their codes."""
    return tuple(Subject(f"/pd/{one.key}", one.name, one.pk) for one in records.agencies)


def row_inputs(
    records: Records, rows: Sequence[EntryRow], label: str, *, most_single: int = MOST_SINGLE
) -> list[engine.Input]:
    """The rows that count as inputs; one input without a number where there are none."""
    counted = counted_rows(rows)
    if not counted:
        return [absent(label)]
    note = _disagreement(rows, sum(row.amount_rp for row in counted))
    if len(counted) <= most_single:
        return [_single(records, row, label, note) for row in counted]
    groups: defaultdict[tuple[int, str], list[EntryRow]] = defaultdict(list)
    for row in counted:
        groups[row.source_file_id, row.sheet].append(row)
    return [_grouped(records, group, label, note) for group in groups.values()]


def figure_inputs(made: Sequence[Made], label: str) -> list[engine.Input]:
    """Figures as the members of their sum; one input without a number where there are none."""
    return [one.as_input(one.order.subject) for one in made] or [absent(label)]


def _single(records: Records, row: EntryRow, label: str, note: str) -> engine.Input:
    code = row.account_code or row.sub_activity_code or row.activity_code or row.programme_code
    name = records.code_names.get(code, "")
    told = " ".join(part for part in (code, name) if part)
    source = records.sources[row.source_file_id] | {
        key: value for key, value in (("sheet", row.sheet), ("row", row.row)) if value
    }
    return engine.Input(
        label=f"{label}{f': {told}' if told else ''}{note}", value=float(row.amount_rp), unit=RP, source=source
    )


def _grouped(records: Records, rows: Sequence[EntryRow], label: str, note: str) -> engine.Input:
    numbers = [row.row for row in rows if row.row]
    span = f"{min(numbers)}–{max(numbers)} ({len(rows)} baris)" if numbers else f"{len(rows)} baris"
    source = records.sources[rows[0].source_file_id] | {"row": span}
    if rows[0].sheet:
        source = source | {"sheet": rows[0].sheet}
    total = sum(row.amount_rp for row in rows)
    return engine.Input(label=f"{label}: {len(rows)} baris{note}", value=float(total), unit=RP, source=source)


def _disagreement(rows: Sequence[EntryRow], total_rp: int) -> str:
    parts = contradiction(list(rows), total_rp)
    return "" if parts is None else f" (rinciannya di berkas berjumlah {rupiah(parts)}; yang dipakai angka induknya)"
