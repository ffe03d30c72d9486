"""The largest pack for 552 governments, against plain pandas and against LibreOffice Calc on the same answers.

Ours gives every row with status, reason, full marks and points lost, refuses answers out of range, and the predicate.
The rivals only give the totals (pandas: and bands). Calc runs headless and recalculates a sheet of formulas; where
`soffice` is not installed that line says so.
"""

import csv
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas
import xlsxwriter

from bench import measure
from manfaat.engine import Series
from manfaat.engine import instruments as packs
from manfaat.engine.instruments.rules import extremes, multiplier_of

UNITS = 552
NATION = 100_000


def largest() -> packs.Instrument:
    """The complete pack with the most rows among those that are plain sums, which a spreadsheet can follow."""
    plain = [
        one
        for one in packs.instruments()
        if one.is_complete
        and one.has_total
        and one.scale
        and {row.operator for row in one.rows} <= {"weighted", "line", "sum"}
    ]
    return max(plain, key=lambda one: len(one.rows))


def answers_for(instrument: packs.Instrument, units: int = UNITS) -> dict[str, np.ndarray]:
    """Made-up answers, the same in every run: whole steps of the range or one of the named answers."""
    draw = np.random.default_rng(1)
    made = {}
    for row in instrument.leaves:
        known = instrument.answer_set(row)
        if known is not None:
            made[row.code] = draw.choice(sorted(known.values.values()), units)
        else:
            low, top = extremes(instrument, row)
            made[row.code] = np.round(draw.uniform(low, top, units), 2)
    return made


def ours(units: int) -> dict[str, float]:
    """Evaluate, with predicate and points lost."""
    instrument = largest()
    answers = {
        code: Series.from_arrays(one, np.zeros(units, np.uint8)) for code, one in answers_for(instrument, units).items()
    }
    result = packs.evaluate_instrument(instrument, answers)
    lost = float(result.total.points_lost.values.sum())
    return {
        "sum": round(float(result.total.score.values.sum()), 6),
        "lost": round(lost, 3),
        "bands": len(set(result.predicate.labels)),
    }


def rival(units: int) -> dict[str, float]:
    """pandas as an analyst would write it: a long table joined with the weights, summed by unit, cut into bands."""
    instrument = largest()
    wide = pandas.DataFrame(answers_for(instrument, units))
    share = {row.code: float(row.weight) / (row.top if row.operator == "line" else 1) for row in instrument.leaves}
    long = wide.reset_index(names="unit").melt("unit", var_name="code", value_name="answer")
    long["score"] = long["answer"] * long["code"].map(share)
    component = {row.code: [one.code for one in instrument.above(row.code)][-2:][0] for row in instrument.leaves}
    by_component = long.groupby(["unit", long["code"].map(component)])["score"].sum().unstack()
    total = by_component.sum(axis=1) * float(multiplier_of(instrument.rows[0]))
    bands = pandas.cut(total, [-1, 0.25 * total.max(), 0.5 * total.max(), 0.75 * total.max(), total.max()])
    return {"sum": round(float(total.sum()), 6), "bands": int(bands.nunique())}


def write_sheet(instrument: packs.Instrument, path: Path, units: int = UNITS) -> None:
    """One row per unit: the answers, and a formula per group as an office would write it."""
    made = answers_for(instrument, units)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("LKE")
        weights = [float(row.weight) / (row.top if row.operator == "line" else 1) for row in instrument.leaves]
        sheet.write_row(0, 0, [row.code for row in instrument.leaves])
        sheet.write_row(1, 0, weights)
        last = len(weights)
        for unit in range(units):
            sheet.write_row(unit + 2, 0, [float(made[row.code][unit]) for row in instrument.leaves])
            for place in range(last):
                answer = xlsxwriter.utility.xl_rowcol_to_cell(unit + 2, place)
                weight = xlsxwriter.utility.xl_rowcol_to_cell(1, place, row_abs=True)
                sheet.write_formula(unit + 2, last + place, f"={answer}*{weight}", None, "")
            first, end = (xlsxwriter.utility.xl_rowcol_to_cell(unit + 2, last + place) for place in (0, last - 1))
            sheet.write_formula(unit + 2, 2 * last, f"=SUM({first}:{end})", None, "")


def calc(path: Path, folder: Path) -> tuple[float, float]:
    """Seconds of a headless recalculation, and the sum of the totals it found."""
    began = time.perf_counter()
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            "csv",
            "--outdir",
            folder,
            path,
        ],
        check=True,
        capture_output=True,
    )
    seconds = time.perf_counter() - began
    with (folder / f"{path.stem}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[2:]
    return seconds, sum(float(row[-1]) for row in rows)


def interactive() -> tuple[float, str]:
    """The slowest pack: median milliseconds of one evaluation for one unit with predicate, and its id."""
    slowest = (0.0, "")
    for instrument in packs.instruments():
        sheet = {row.code: extremes(instrument, row)[1] for row in instrument.leaves}
        answers = {code: Series.of([value]) for code, value in sheet.items() if value is not None}
        packs.evaluate_instrument(instrument, answers)
        taken = []
        for _ in range(30):
            began = time.perf_counter()
            packs.evaluate_instrument(instrument, answers)
            taken.append((time.perf_counter() - began) * 1000)
        slowest = max(slowest, (statistics.median(taken), instrument.id))
    return slowest


def child(which: str, units: str) -> None:
    """One side in this process, warmed up by one unit so that files are read before the clock starts."""
    work = {"ours": ours, "pandas": rival}[which]
    work(3)
    measure.report(lambda: work(int(units)))


def main() -> None:
    """All sides with the ratios."""
    instrument = largest()
    print(f"{instrument.id}: {len(instrument.rows)} rows, {UNITS} units")
    mine = measure.side("bench.instruments", "ours", str(UNITS))
    theirs = measure.side("bench.instruments", "pandas", str(UNITS))
    nation = measure.side("bench.instruments", "ours", str(NATION))
    print(measure.line("Manfaat: rows, reasons, lost, predicate", mine))
    print(measure.line("pandas: totals and bands", theirs))
    print(measure.line(f"Manfaat: {NATION} units", nation))
    print(f"ratio to pandas: {theirs.seconds / mine.seconds:.1f} times faster")
    milliseconds, name = interactive()
    print(f"one interactive evaluation, slowest pack ({name}): {milliseconds:.2f} ms of the 5 ms allowed")
    if shutil.which("soffice") is None:
        print("LibreOffice Calc: soffice is not installed here, so this line was not measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lke.xlsx"
        write_sheet(instrument, path)
        seconds, total = min(calc(path, Path(folder)) for _ in range(3))
    print(f"{'LibreOffice Calc, headless':<48} {seconds:8.2f} s  sum {total:.6f}")
    print(f"ratio to Calc with its start: {seconds / mine.seconds:.0f} times faster")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(*sys.argv[1:])
    else:
        main()
