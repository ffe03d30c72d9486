"""What a reader gives back: rows by column, problems, totals, what was skipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from manfaat.readers.problems import Problem, Problems

Rows = TypeVar("Rows")
Totals = TypeVar("Totals")

#: Called with the number of data rows read so far, every 1,000 rows.
Progress = Callable[[int], None]

#: Field -> code -> name of what is known: {"agency_code": {"1.02.0.00.0.00.01.0000": "Dinas Kesehatan"}}.
CodeBooks = dict[str, dict[str, str]]


@dataclass(slots=True)
class Skipped:
    """Rows below the header that carry no data of their own."""

    blank: int = 0
    totals: int = 0
    notes: int = 0
    repeated_headers: int = 0
    other_months: int = 0
    later_documents: int = 0


@dataclass(slots=True)
class Reading(Generic[Rows, Totals]):
    """One sheet read. Nothing may be applied while `has_errors`; notices (Indonesian) tell how it was understood."""

    kind: str
    sheet: str
    year: int
    month: int | None
    rows: Rows
    totals: Totals
    found: Problems
    skipped: Skipped = field(default_factory=Skipped)
    notices: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """The problems kept, errors first, each kind in the order of the sheet."""
        return sorted(self.found.kept, key=lambda problem: (problem.severity != "error", problem.row))

    @property
    def error_count(self) -> int:
        """Number of errors, kept or not."""
        return self.found.count("error")

    @property
    def warning_count(self) -> int:
        """Number of warnings, kept or not."""
        return self.found.count("warning")

    @property
    def has_errors(self) -> bool:
        """Whether the file may not be applied as it is."""
        return self.error_count > 0
