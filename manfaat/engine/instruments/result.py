"""What an instrument gave for many units: per row points, full marks, points lost, standing and reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from manfaat.engine.errors import EngineError
from manfaat.engine.evaluation import Evaluation
from manfaat.engine.instruments.model import TOTAL, Instrument, Row
from manfaat.engine.reasons import reason_sentence
from manfaat.engine.scales import classify
from manfaat.engine.series import Codes, Floats, Mask, Series, Status

AS_ANSWERED, NOT_LOCUS, LEFT_OUT, LAST_YEAR = range(4)
TREATMENTS = ("as_answered", "not_locus", "left_out_by_rule", "last_year")


@dataclass(frozen=True, eq=False)
class RowResult:
    """One row over n units.

    score: points, with status. codes: uint8[n], the place of each unit's reason in `reason_table`. full: float64[n],
    the most the row can score, 0 where it is left out, NaN where not established. treatment: uint8[n], the place in
    `TREATMENTS`. given: bool[n], where the score was not computed from the rows beneath but taken as given.
    whole: bool[n], nothing in the row or beneath it is left out.
    """

    row: Row
    score: Series
    codes: Codes = field(repr=False)
    reason_table: tuple[str | None, ...] = field(repr=False)
    full: Floats
    treatment: Codes = field(repr=False)
    given: Mask = field(repr=False)
    whole: Mask = field(repr=False)

    @property
    def left_out(self) -> Mask:
        """bool[n]: units for which the row and its weight do not count."""
        found: Mask = (self.treatment == NOT_LOCUS) | (self.treatment == LEFT_OUT)
        return found

    @property
    def attained(self) -> Series:
        """Points as a percentage of full marks; not measurable where full marks are not established."""
        with np.errstate(all="ignore"):
            return _known_where(self.score, self.score.values * 100.0 / self.full)

    @property
    def points_lost(self) -> Series:
        """Full marks less points; not measurable where full marks are not established."""
        return _known_where(self.score, self.full - self.score.values)

    def reason(self, position: int) -> str | None:
        """The reason code of one unit, or None."""
        return self.reason_table[int(self.codes[position])]

    def sentence(self, position: int) -> str | None:
        """The reason of one unit in Indonesian."""
        code = self.reason(position)
        return None if code is None else reason_sentence(code)


def _known_where(score: Series, values: Floats) -> Series:
    unusable = score.known & ~np.isfinite(values)
    return Series.from_arrays(
        np.where(unusable, np.nan, values), np.where(unusable, np.uint8(Status.NOT_MEASURABLE), score.status)
    )


@dataclass(frozen=True, eq=False)
class InstrumentResult:
    """The rows of an instrument over n units, and what was asked.

    instrument: with the chosen options and entered weights in it. answers, last_year, given: as handed in, by code.
    coefficient: per unit, or None.
    """

    instrument: Instrument
    rows: Mapping[str, RowResult]
    answers: Mapping[str, Series] = field(repr=False)
    last_year: Mapping[str, Series] = field(repr=False)
    given: Mapping[str, Series] = field(repr=False)
    coefficient: Series | None = field(repr=False)

    def __len__(self) -> int:
        return len(next(iter(self.rows.values())).score)

    def row(self, code: str) -> RowResult:
        """The result of one row. Raises: EngineError for a code the instrument does not have."""
        return self.rows[self.instrument.row(code).code]

    @property
    def total(self) -> RowResult:
        """The row above all others.

        Raises: EngineError for an instrument whose rows do not add up, or, with the rows named, one with weights that
        are not established and were not entered.
        """
        if not self.instrument.has_total:
            raise EngineError(f"{self.instrument.id}: instrumen ini tidak punya nilai akhir; baca tiap baris.")
        absent = self.instrument.unestablished
        if absent and not self.rows[TOTAL].score.known.any():
            named = ", ".join(row.code for row in absent)
            raise EngineError(
                f"{self.instrument.id}: nilai akhir tidak dihitung karena bobot baris ini belum ditetapkan: {named}. "
                "Entri bobotnya dari lampiran peraturan."
            )
        return self.rows[TOTAL]

    @property
    def predicate(self) -> Evaluation:
        """The predicate of the total. Raises: EngineError as `total` does, and where there is no scale."""
        if not self.instrument.scale:
            raise EngineError(f"{self.instrument.id}: skala predikatnya belum ditetapkan.")
        return classify(self.total.score, self.instrument.scale)

    def missing(self, position: int) -> list[Row]:
        """The rows that one unit has still to answer in a usable way, in printed order."""
        found = []
        for row in self.instrument.leaves:
            result = self.rows[row.code]
            covered = any(self.rows[above.code].given[position] for above in self.instrument.above(row.code))
            settled = result.score.known[position] or result.left_out[position] or covered
            answered = row.code in self.answers and self.answers[row.code].known[position]
            if not settled and not (answered and result.reason(position) == "weight_not_set"):
                found.append(row)
        return found

    def _repr_html_(self) -> str:
        lines = [
            f"<tr><td>{code}</td><td>{one.row.name}</td><td>{one.score!r}</td></tr>" for code, one in self.rows.items()
        ]
        return f"<b>{self.instrument.title}</b><table>{''.join(lines)}</table>"
