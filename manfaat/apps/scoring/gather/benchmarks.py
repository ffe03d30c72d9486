"""The benchmarks of absorption that regions work with, read from `benchmarks.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "benchmarks.toml"
MONTHS = 12


@dataclass(frozen=True)
class Benchmark:
    """Lower and upper bound of absorption in percent at the end of each month, with where they were found."""

    region: str
    name: str
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    publisher: str
    title: str
    grade: str
    note: str

    @property
    def source(self) -> dict[str, Any]:
        return {"publisher": self.publisher, "title": f"{self.title} [{self.grade}]. {self.note}"}


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """Every benchmark of the file. Raises: ValueError by name when a band has not twelve months or crosses itself."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["benchmark"]
    found = tuple(Benchmark(**{**row, "lower": tuple(row["lower"]), "upper": tuple(row["upper"])}) for row in rows)
    for one in found:
        crossed = any(low > high for low, high in zip(one.lower, one.upper, strict=False))
        if len(one.lower) != MONTHS or len(one.upper) != MONTHS or crossed:
            raise ValueError(f"{FILE.name}, {one.name}: pita harus punya dua belas bulan dan batas bawah ≤ batas atas.")
    return found


def benchmark_of(government_code: str) -> Benchmark | None:
    """The benchmark of the region that the government lies in; None: belum ditetapkan."""
    for one in benchmarks():
        if government_code == one.region or government_code.startswith(f"{one.region}."):
            return one
    return None
