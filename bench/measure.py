"""Running one side of a comparison in a process of its own: seconds and the most memory it held."""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Taken:
    """What one side needed, and what it said about its result."""

    seconds: float
    peak_mb: float
    result: dict[str, float]


def report(work: Callable[[], dict[str, float]]) -> None:
    """Inside the child: do `work`, print seconds, peak memory and result as one JSON line."""
    began = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "result": result}))


def side(module: str, *words: str, times: int = 3) -> Taken:
    """Run `python -m module words` some times, each in a fresh folder; the median of seconds, the worst of memory."""
    taken = []
    for _ in range(times):
        with tempfile.TemporaryDirectory(prefix="manfaat-bench-") as folder:
            variables = os.environ | {"MANFAAT_VAR": folder, "MANFAAT_DEMO": "1", "MANFAAT_DEBUG": "1"}
            done = subprocess.run(
                [sys.executable, "-m", module, *words], cwd=ROOT, env=variables, capture_output=True, text=True
            )
        if done.returncode:
            sys.exit(done.stderr[-3000:])
        taken.append(Taken(**json.loads(done.stdout.splitlines()[-1])))
    seconds = statistics.median(one.seconds for one in taken)
    return Taken(seconds, max(one.peak_mb for one in taken), taken[-1].result)


def line(name: str, taken: Taken) -> str:
    """One side as a row of the printed table."""
    return f"{name:<48} {taken.seconds:8.2f} s {taken.peak_mb:8.0f} MB  {taken.result}"
