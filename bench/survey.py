"""Read, check and apply 100,000 survey answers and compute every index, against pandas on the same file.

Ours leaves personal columns out before it keeps the file, checks every cell, names each fault with sheet and row, keeps
the row beside each answer, logs the events and can take it all back. The rival reads the file and groups it.
"""

import csv
import os
import sys
import tempfile
from pathlib import Path

from bench import measure

ROWS, UNITS, MONTHS = 100_000, 40, 12
ELEMENTS = tuple(f"u{number}" for number in range(1, 10))
HEADER = ("nik", "nama", "bulan", "unit_layanan", "jenis_kelamin", "umur", "pendidikan", "pekerjaan", *ELEMENTS)
EDUCATIONS = ("SD", "SLTP", "SLTA", "S1")


def write_file(path: Path, rows: int = ROWS) -> None:
    """A CSV as a survey application exports it, with columns about persons; one answer in fifty is blank."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for number in range(rows):
            answers = ["" if (number * 7 + at) % 50 == 0 else 1 + (number * 31 + at * 17) % 4 for at in range(9)]
            writer.writerow((
                f"{3300000000000000 + number}", f"Orang {number}", f"2026-{number % MONTHS + 1:02d}",
                f"Loket {number // MONTHS % UNITS + 1:02d}", "LP"[number % 2], 17 + number % 60,
                EDUCATIONS[number % 4], "Wiraswasta", *answers,
            ))  # fmt: skip


def ours(path: str) -> dict[str, float]:
    """The whole way of the file through the product's own actions, on SQLite, and the list of units by month."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from manfaat.apps.accounts.models import Role
    from manfaat.apps.imports import actions
    from manfaat.apps.imports.reading import description_of
    from manfaat.apps.organisations.tests import people
    from manfaat.apps.services.boards import unit_lines
    from manfaat.apps.services.models import Response
    from manfaat.apps.services.periods import Span
    from manfaat.apps.services.queries import counted_units

    government = people.a_government("99.02", name="Kabupaten Uji")
    planner = people.a_person(government=government, role=Role.PLANNER)
    content = SimpleUploadedFile("survei.csv", Path(path).read_bytes())
    batch, _new = actions.upload_file(government, actions.NewUpload(content, "survey", 2026), by=planner)
    description = description_of(batch)
    actions.set_mapping(
        batch,
        description,
        columns=dict(description.mapping.columns),
        options={"replaces": True},
        version=batch.version,
        by=planner,
    )
    batch = actions.run_claimed(actions.claim_next())
    batch = actions.queue_batch(batch, version=batch.version, by=planner)
    batch = actions.run_claimed(actions.claim_next())
    if batch.state != "applied":
        raise SystemExit(f"{batch.state}: {batch.error} {batch.problems[:3]}")
    lines = unit_lines(counted_units(government), Span(2026), {})
    first = next(line for line in lines if line.unit.name == "Loket 01")
    return {"answers": Response.objects.count(), "units": len(lines), "first": first.trend[0]}


def rival(path: str) -> dict[str, float]:
    """pandas as an analyst would write it: read, group, mean of each element, mean of those times 25."""
    import pandas

    frame = pandas.read_csv(path)
    index = frame.groupby(["unit_layanan", "bulan"])[list(ELEMENTS)].mean().mean(axis=1) * 25
    first = round(float(index["Loket 01", "2026-01"]), 2)
    return {"answers": len(frame), "units": index.index.get_level_values(0).nunique(), "first": first}


def child(which: str, path: str) -> None:
    """One side in this process."""
    if which == "pandas":
        measure.report(lambda: rival(path))
        return
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manfaat.config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    measure.report(lambda: ours(path))


def main() -> None:
    """Both sides on one file; they must agree."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "survei.csv"
        write_file(path)
        mine = measure.side("bench.survey", "ours", str(path))
        theirs = measure.side("bench.survey", "pandas", str(path))
    print(measure.line("Manfaat: leave out, check, apply, log, index", mine))
    print(measure.line("pandas.read_csv + groupby", theirs))
    if mine.result != theirs.result:
        sys.exit("the two sides disagree")
    print(f"ratio: pandas reads and groups in {mine.seconds / theirs.seconds:.0f} times less time, and keeps nothing")
    print(f"time: {mine.seconds:.1f} s of the 10 s allowed; memory: {mine.peak_mb:.0f} MB of the 500 MB allowed")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(*sys.argv[1:])
    else:
        main()
