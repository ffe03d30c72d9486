"""What can be wrong with a file or a cell, said so that its owner can mend it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]

#: Problems kept per code and severity; the rest are only counted, so that a wrong column of 100,000 rows stays small.
KEPT_PER_CODE = 200


class Unreadable(Exception):
    """The file cannot be read at all: `code` for programs, `message` and `advice` (Indonesian) for its owner."""

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(f"{message} {advice}")
        self.code = code
        self.message = message
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where (sheet, row from 1, column letter and header), what, and what to do next.

    `row` is 0 where the whole sheet is meant; `column` is like `D (Kode Program)` or empty; `value` is the cell's text.
    """

    severity: Severity
    sheet: str
    row: int
    column: str
    code: str
    message: str
    advice: str
    value: str = ""


@dataclass(slots=True)
class Problems:
    """Problems of one sheet in the order found; at most `KEPT_PER_CODE` of a code are kept, all are counted."""

    sheet: str
    kept: list[Problem] = field(default_factory=list)
    counts: Counter[tuple[Severity, str]] = field(default_factory=Counter)

    def add(
        self,
        severity: Severity,
        code: str,
        message: str,
        advice: str,
        *,
        row: int = 0,
        column: str = "",
        value: object = "",
    ) -> None:
        """Count one problem and keep it unless enough of its kind are kept already."""
        self.counts[severity, code] += 1
        if self.counts[severity, code] <= KEPT_PER_CODE:
            self.kept.append(Problem(severity, self.sheet, row, column, code, message, advice, shown(value)))

    def count(self, severity: Severity) -> int:
        """Number of problems of that severity, kept or not."""
        return sum(number for (kind, _), number in self.counts.items() if kind == severity)


def shown(value: object) -> str:
    """A cell's value as short text for a message."""
    text = str(value)
    return text if len(text) <= 120 else text[:117] + "..."


def column_letter(index: int) -> str:
    """Letter of a column counted from 0: 0 -> A, 27 -> AB."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
