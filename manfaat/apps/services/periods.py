"""The periods an index is asked for: a year, semester, quarter or month of it."""

from __future__ import annotations

from dataclasses import dataclass

from manfaat.apps.core.formats import period_label
from manfaat.apps.services.models import Served

Kind = Served.Kind
LENGTHS = {Kind.YEAR: 12, Kind.SEMESTER: 6, Kind.QUARTER: 3, Kind.MONTH: 1}
WORDS = {"tahun": Kind.YEAR, "semester": Kind.SEMESTER, "triwulan": Kind.QUARTER, "bulan": Kind.MONTH}


@dataclass(frozen=True, order=True)
class Span:
    """A period: `number` counts from 1 within the year."""

    year: int
    kind: str = Kind.YEAR
    number: int = 1

    @property
    def label(self) -> str:
        """`Triwulan II 2026`."""
        return period_label(self.kind, self.year, self.number)

    @property
    def code(self) -> str:
        """`triwulan-2`, as addresses carry it beside the year."""
        word = next(word for word, kind in WORDS.items() if kind == self.kind)
        return word if self.kind == Kind.YEAR else f"{word}-{self.number}"

    @property
    def months(self) -> range:
        """The months of it, 1 to 12."""
        length = LENGTHS[Kind(self.kind)]
        return range((self.number - 1) * length + 1, self.number * length + 1)

    @property
    def before(self) -> Span:
        """The period of the same kind just before."""
        if self.number > 1:
            return Span(self.year, self.kind, self.number - 1)
        return Span(self.year - 1, self.kind, 12 // LENGTHS[Kind(self.kind)])

    def holds(self, year: int, month: int) -> bool:
        """Whether a month lies in it."""
        return year == self.year and month in self.months


def spans_of(year: int) -> list[Span]:
    """Every period of a year, the year first."""
    return [Span(year, kind, number) for kind, length in LENGTHS.items() for number in range(1, 12 // length + 1)]


def span_named(year: int, code: str) -> Span:
    """The period of that code in a year; the year itself for any other word."""
    return next((span for span in spans_of(year) if span.code == code), Span(year))
