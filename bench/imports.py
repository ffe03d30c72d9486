"""Read, validate and apply 100,000 realisation rows, against pandas.read_excel + to_sql on the same file.

Ours checks every cell, names each fault with sheet and row, keeps file, sheet and row beside each amount, supersedes
what a newer file replaces and writes the log of events. The rival only reads and writes.
"""

import os
import sqlite3
import sys
import tempfile
from pathlib import Path

import xlsxwriter

from bench import measure
from manfaat.readers.templates import template

ROWS = 100_000
AGENCIES, PROGRAMMES = 50, 20


def write_file(path: Path, rows: int = ROWS) -> None:
    """A workbook in our own layout: 50 agencies, 20 programmes each, the accounts beneath, all of one month."""
    kind = template("budget")
    names = [column.name for column in kind.columns if not column.name.startswith("cash_plan")]
    titles = [column.title for column in kind.columns if not column.name.startswith("cash_plan")]
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Realisasi")
        sheet.write_row(0, 0, titles)
        for number in range(rows):
            agency, rest = number % AGENCIES, number // AGENCIES
            programme, account = rest % PROGRAMMES, rest // PROGRAMMES
            code = f"1.{agency + 1:02d}.{programme + 2:02d}"
            cells = {
                "year": 2026, "month": 6,
                "agency_code": f"1.{agency + 1:02d}.0.00.0.00.01.0000", "agency_name": f"Dinas Uji {agency + 1}",
                "programme_code": code, "programme_name": f"Program {programme + 1}",
                "activity_code": f"{code}.2.01", "activity_name": "Kegiatan uji",
                "sub_activity_code": f"{code}.2.01.0001", "sub_activity_name": "Sub kegiatan uji",
                "account_code": f"5.1.02.01.{account // 50 + 1:02d}.{account % 50 + 1:04d}",
                "account_name": "Belanja uji",
                "ceiling_stage": "murni", "ceiling_rp": 50_000_000 + number, "realised_rp": 20_000_000 + number,
            }  # fmt: skip
            sheet.write_row(number + 1, 0, [cells[name] for name in names])


def ours(path: str) -> dict[str, float]:
    """The whole way of the file through the product's own actions, on SQLite."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from manfaat.apps.accounts.models import Role
    from manfaat.apps.budgets.models import BudgetEntry
    from manfaat.apps.imports import actions
    from manfaat.apps.imports.reading import description_of
    from manfaat.apps.organisations.tests import people

    government = people.a_government("99.02", name="Kabupaten Uji")
    planner = people.a_person(government=government, role=Role.PLANNER)
    content = SimpleUploadedFile("realisasi.xlsx", Path(path).read_bytes())
    batch, _new = actions.upload_file(government, actions.NewUpload(content, "budget", 2026, 6), by=planner)
    description = description_of(batch)
    actions.set_mapping(
        batch,
        description,
        columns=dict(description.mapping.columns),
        options={"add_agencies": True},
        version=batch.version,
        by=planner,
    )
    batch = actions.run_claimed(actions.claim_next())
    batch = actions.queue_batch(batch, version=batch.version, by=planner)
    batch = actions.run_claimed(actions.claim_next())
    if batch.state != "applied":
        raise SystemExit(f"{batch.state}: {batch.error} {batch.problems[:3]}")
    return {"amounts": BudgetEntry.objects.filter(is_current=True).count()}


def rival(path: str, engine: str) -> dict[str, float]:
    """pandas as an office would write it: read the sheet, store the frame."""
    import pandas

    with tempfile.TemporaryDirectory() as folder, sqlite3.connect(Path(folder) / "rival.sqlite3") as database:
        frame = pandas.read_excel(path, engine=engine)
        frame.to_sql("realisasi", database, index=False)
        return {"rows": database.execute("SELECT count(*) FROM realisasi").fetchone()[0]}


def child(which: str, path: str) -> None:
    """One side in this process."""
    if which != "ours":
        measure.report(lambda: rival(path, which))
        return
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manfaat.config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    measure.report(lambda: ours(path))


def main() -> None:
    """Both rivals and ours on one file, with the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "realisasi.xlsx"
        write_file(path)
        mine = measure.side("bench.imports", "ours", str(path))
        openpyxl = measure.side("bench.imports", "openpyxl", str(path), times=1)
        calamine = measure.side("bench.imports", "calamine", str(path))
    print(measure.line("Manfaat: read, validate, apply, log", mine))
    print(measure.line("pandas.read_excel (openpyxl) + to_sql", openpyxl))
    print(measure.line("pandas.read_excel (calamine) + to_sql", calamine))
    print(f"ratio to pandas as installed by default (openpyxl): {openpyxl.seconds / mine.seconds:.1f} times faster")
    print(f"ratio to pandas with calamine: {calamine.seconds / mine.seconds:.2f} times faster")
    print(f"memory: {mine.peak_mb:.0f} MB of the 500 MB allowed")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(*sys.argv[1:])
    else:
        main()
