"""Score one province (39 governments, 4 years, 25 indicators, 12 account groups): same sums, same results.

The planner's own tool is a spreadsheet, so LibreOffice Calc recalculating the same workbook headless is the rival that
counts (its start of process included, as for the planner; named when absent). pandas is the programmer's rival, without
reasons, states or citations. Ours is timed twice: the engine over arrays, with the state and reason of each result; and
with the full record of every figure, as the product keeps it.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas
from openpyxl.utils import get_column_letter

from manfaat import engine

GOVERNMENTS, YEARS, INDICATORS, GROUPS = 39, 4, 25, 12
UNITS = GOVERNMENTS * YEARS
HIGHER, LOWER = "achievement.higher_is_better", "achievement.lower_is_better_difference"
Inputs = dict[str, np.ndarray]


def inputs() -> Inputs:
    """Targets, realisations, ceilings and spending: float64[units, columns], one value in a hundred missing (nan)."""
    random = np.random.default_rng(2026)
    target = random.uniform(5, 95, (UNITS, INDICATORS)).round(2)
    realised = (target * random.uniform(0.7, 1.2, target.shape)).round(2)
    realised[random.random(target.shape) < 0.01] = np.nan
    ceiling = random.integers(10**9, 10**12, (UNITS, GROUPS)).astype(float)
    spent = (ceiling * random.uniform(0.6, 1.0, ceiling.shape)).round()
    return {"target": target, "realised": realised, "ceiling": ceiling, "spent": spent}


def by_engine(data: Inputs) -> tuple[float, float]:
    """Mean benefit and mean absorption by the engine's operators over arrays."""
    evaluated = evaluate(data)
    return float(np.nanmean(evaluated[-2].values)), float(np.nanmean(evaluated[-1].values))


def evaluate(data: Inputs) -> list[engine.Evaluation]:
    """One evaluation per indicator, then the benefit and the absorption of every unit."""
    columns = {name: [engine.Series.of(column) for column in values.T.tolist()] for name, values in _gaps(data).items()}
    reached = [
        engine.evaluate(LOWER if place % 2 else HIGHER, {"realised": realised, "target": target})
        for place, (realised, target) in enumerate(zip(columns["realised"], columns["target"], strict=True))
    ]
    benefit = engine.evaluate_members("aggregate.mean", [one.series for one in reached], {"cap_each": 100})
    totals = {name: engine.evaluate_members("budget.sum", columns[name]).series for name in ("spent", "ceiling")}
    absorption = engine.evaluate("budget.absorption", {"realised": totals["spent"], "ceiling": totals["ceiling"]})
    return [*reached, benefit, absorption]


def _gaps(data: Inputs) -> dict[str, np.ndarray]:
    return {name: np.where(np.isnan(values), None, values.astype(object)) for name, values in data.items()}


def with_records(data: Inputs) -> tuple[float, float]:
    """The same, with the record of every figure: inputs, reasons, citation, sentence."""
    evaluated = evaluate(data)
    for place, evaluation in enumerate(evaluated):
        for unit in range(UNITS):
            engine.figure(evaluation, unit, key=f"{place}/{unit}", label="Uji", subject="Daerah", period="2026")
    return float(np.nanmean(evaluated[-2].values)), float(np.nanmean(evaluated[-1].values))


def by_pandas(data: Inputs) -> tuple[float, float]:
    """The same sums as a programmer would write them in pandas."""
    target, realised = pandas.DataFrame(data["target"]), pandas.DataFrame(data["realised"])
    reached = realised / target * 100
    odd = [column for column in reached.columns if column % 2]
    reached[odd] = (2 * target[odd] - realised[odd]) / target[odd] * 100
    spent, ceiling = pandas.DataFrame(data["spent"]).sum(axis=1), pandas.DataFrame(data["ceiling"]).sum(axis=1)
    return float(reached.clip(upper=100).mean(axis=1).mean()), float((spent / ceiling * 100).mean())


def write_workbook(data: Inputs, path: Path) -> None:
    """The planner's workbook: one row a unit, formulas for every sum, no stored results."""
    book = openpyxl.Workbook()  # unlike XlsxWriter it stores no results, so Calc has to compute them
    sheet, column = book.active, get_column_letter
    for unit in range(UNITS):
        row, cells = unit + 1, []
        for name in ("target", "realised", "ceiling", "spent"):
            cells += [None if np.isnan(value) else float(value) for value in data[name][unit]]
        for place in range(INDICATORS):
            t, r = f"{column(place + 1)}{row}", f"{column(INDICATORS + place + 1)}{row}"
            formula = f"(2*{t}-{r})/{t}*100" if place % 2 else f"{r}/{t}*100"
            cells.append(f'=IF({r}="","",MIN(100,{formula}))')
        money, reached = 2 * INDICATORS + 1, 2 * INDICATORS + 2 * GROUPS + 1
        ceiling = f"SUM({column(money)}{row}:{column(money + GROUPS - 1)}{row})"
        spent = f"SUM({column(money + GROUPS)}{row}:{column(money + 2 * GROUPS - 1)}{row})"
        cells.append(f"=AVERAGE({column(reached)}{row}:{column(reached + INDICATORS - 1)}{row})")
        cells.append(f"={spent}/{ceiling}*100")
        sheet.append(cells)
    book.save(path)


def by_calc(path: Path) -> tuple[float, float]:
    """LibreOffice opens the workbook, recalculates and writes it as CSV; the last two columns are read back."""
    command = ["soffice", "--headless", "--convert-to", "csv", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    table = pandas.read_csv(path.with_suffix(".csv"), header=None)
    return float(table.iloc[:, -2].mean()), float(table.iloc[:, -1].mean())


def timed(work: Callable[[], tuple[float, float]], times: int) -> tuple[float, tuple[float, float]]:
    """The shortest of some runs in seconds, and the result."""
    best, result = float("inf"), (0.0, 0.0)
    for _ in range(times):
        began = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - began)
    return best, result


def main() -> int:
    """All sides once, results compared, ratios printed."""
    data = inputs()
    sides = {
        "engine over arrays, with reasons": timed(lambda: by_engine(data), 20),
        "engine, a full record for every figure": timed(lambda: with_records(data), 3),
        "pandas, the bare sums": timed(lambda: by_pandas(data), 20),
    }
    if shutil.which("soffice"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "provinsi.xlsx"
            write_workbook(data, path)
            sides["LibreOffice Calc headless"] = timed(lambda: by_calc(path), 3)
    else:
        print("LibreOffice Calc is not installed here: apt-get install --yes libreoffice-calc")
    own = sides["engine over arrays, with reasons"]
    for name, (seconds, result) in sides.items():
        print(f"{name:<42} {seconds * 1000:10.1f} ms   {seconds / own[0]:9.2f} times the engine's time   {result}")
    agree = all(np.allclose(result, own[1], atol=0.005) for _seconds, result in sides.values())
    print("all sides give the same results" if agree else "THE RESULTS DIFFER")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
