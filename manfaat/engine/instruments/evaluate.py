"""Evaluates an instrument over many units at once: one pass down the printed rows, one pass up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from manfaat.engine.errors import EngineError
from manfaat.engine.instruments.model import Instrument, Row
from manfaat.engine.instruments.result import (
    LAST_YEAR,
    LEFT_OUT,
    NOT_LOCUS,
    TREATMENTS,
    InstrumentResult,
    RowResult,
)
from manfaat.engine.instruments.rules import compiled, group_full
from manfaat.engine.registry import Working
from manfaat.engine.series import Codes, Floats, Mask, Series, Status


def evaluate_instrument(
    instrument: Instrument,
    answers: Mapping[str, Series],
    *,
    options: Mapping[str, str] | None = None,
    coefficient: Series | None = None,
    not_locus: Mapping[str, Mask] | None = None,
    last_year: Mapping[str, Series] | None = None,
    scores: Mapping[str, Series] | None = None,
) -> InstrumentResult:
    """The result of every row for every unit.

    answers: per answered row a Series over the units, in the row's own unit; a row that is absent is missing for all.
    options: choices that differ from the defaults. coefficient: points added to the sum of an `adjusted` row, 0 if it
    is absent. not_locus: per row bool[n], units that are no locus of it or of anything beneath it. last_year: last
    available values, used only where the row's rule says so. scores: points of rows above others, taken as given where
    they are known (a published component).
    Raises: EngineError for an unknown row or option, unequal lengths, or an argument the instrument has no use for.
    """
    chosen = instrument if instrument.chosen and not options else instrument.with_options(options)
    given = {"answers": answers, "last_year": last_year or {}, "scores": scores or {}, "not_locus": not_locus or {}}
    n = _length(chosen, given, coefficient)
    run = _Run(chosen, n, given, coefficient)
    with np.errstate(all="ignore"):
        for row in chosen.leaves:
            run.results[row.code] = run.leaf(row)
        for row in reversed(chosen.rows):
            if not row.is_leaf:
                run.results[row.code] = run.group(row)
    rows = {row.code: run.results[row.code] for row in chosen.rows}
    return InstrumentResult(chosen, rows, dict(answers), dict(last_year or {}), dict(scores or {}), coefficient)


def _length(instrument: Instrument, given: Mapping[str, Mapping[str, Any]], coefficient: Series | None) -> int:
    lengths: dict[str, int] = {} if coefficient is None else {"koefisien": len(coefficient)}
    for what, table in given.items():
        for code, series in table.items():
            row = instrument.row(code)
            if what == "scores" and row.is_leaf:
                raise EngineError(f"{instrument.id}: baris {code} dijawab sendiri; isi jawabannya, bukan nilainya.")
            if what in ("answers", "last_year") and not row.is_leaf:
                raise EngineError(f"{instrument.id}: baris {code} dihitung dari baris di bawahnya; isi baris itu.")
            lengths[f"{what} {code}"] = len(series)
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise EngineError(f"{instrument.id}: panjang masukan tidak sama ({told}).")
    if coefficient is not None and not any(row.operator == "adjusted" for row in instrument.rows):
        raise EngineError(f"{instrument.id}: instrumen ini tidak memakai koefisien.")
    return next(iter(lengths.values()), 1)


@dataclass
class _Run:
    """One evaluation while it goes on."""

    instrument: Instrument
    n: int
    given: Mapping[str, Mapping[str, Any]]
    coefficient: Series | None
    results: dict[str, RowResult] = field(default_factory=dict)
    is_touched: bool = False

    def __post_init__(self) -> None:
        self.untreated: Codes = np.zeros(self.n, dtype=np.uint8)
        self.nowhere: Mask = np.zeros(self.n, dtype=np.bool_)
        self.everywhere: Mask = np.ones(self.n, dtype=np.bool_)
        self.missing = Series.from_arrays(np.full(self.n, np.nan), np.full(self.n, Status.MISSING, dtype=np.uint8))

    def leaf(self, row: Row) -> RowResult:
        """A row that is answered."""
        value, treatment = self.treated(row)
        inputs = {"value": value}
        if row.multiplied_by:
            inputs["multiplier"] = self.results[row.multiplied_by].score
        ready = compiled(self.instrument)[row.code]
        working = Working(self.n)
        ready.operator.compute(working, inputs, {}, ready.parameters)
        return self.finished(row, working, treatment, np.full(self.n, ready.full))

    def treated(self, row: Row) -> tuple[Series, Codes]:
        """The value that counts, and the treatment of each unit."""
        value: Series = self.given["answers"].get(row.code, self.missing)
        carries = row.when_missing == "carry_last_year" and row.code in self.given["last_year"]
        excludes = row.when_missing == "exclude_and_rescale"
        if not (carries or excludes or self.given["not_locus"]):
            return value, self.untreated
        treatment: Codes = np.zeros(self.n, dtype=np.uint8)
        absent = value.status == Status.MISSING
        if carries:
            earlier: Series = self.given["last_year"][row.code]
            carried = absent & earlier.known
            treatment[carried] = LAST_YEAR
            value = Series.from_arrays(
                np.where(carried, earlier.values, value.values), np.where(carried, earlier.status, value.status)
            )
        elif excludes:
            treatment[absent] = LEFT_OUT
        if self.given["not_locus"]:
            for one in (row, *self.instrument.above(row.code)):
                if one.code in self.given["not_locus"]:
                    treatment[np.asarray(self.given["not_locus"][one.code], dtype=np.bool_)] = NOT_LOCUS
        if not treatment.any():
            return value, self.untreated
        self.is_touched = True
        return value, treatment

    def group(self, row: Row) -> RowResult:
        """A row made of the rows beneath it; units with the same rows left out are computed together."""
        children = [self.results[child.code] for child in self.instrument.children[row.code]]
        if not self.is_touched:
            working = self.part(row, children, slice(None))
            full = np.full(self.n, compiled(self.instrument)[row.code].full)
            return self.as_given(row, self.finished(row, working, self.untreated, full))
        out = np.stack([child.left_out for child in children])
        working = Working(self.n)
        treatment: Codes = np.zeros(self.n, dtype=np.uint8)
        patterns, which = np.unique(out, axis=1, return_inverse=True)
        for number, pattern in enumerate(patterns.T):
            units = np.flatnonzero(which.reshape(-1) == number)
            inside = [child for child, left in zip(children, pattern, strict=True) if not left]
            if inside:
                _put(self.part(row, inside, units), units, working)
            else:
                treatment[units] = children[0].treatment[units]
        full = group_full(row, [child.full for child in children], self.instrument)
        whole = np.logical_and.reduce([child.whole for child in children])
        return self.as_given(row, replace(self.finished(row, working, treatment, full), whole=whole))

    def part(self, row: Row, inside: list[RowResult], units: Any) -> Working:
        """Computes the units that have the same members."""
        ready = compiled(self.instrument)[row.code]
        inputs: dict[str, Series] = {}
        if row.operator == "adjusted":
            children = [self.results[child.code] for child in self.instrument.children[row.code]]
            inputs["counted_weight"] = counted_weight(row, children, units)
            if self.coefficient is not None:
                inputs["coefficient"] = _at(self.coefficient, units)
        members = {"members": tuple(_at(child.score, units) for child in inside)}
        found = Working(len(members["members"][0]))
        ready.operator.compute(found, inputs, members, ready.parameters)
        return found

    def finished(self, row: Row, working: Working, treatment: Codes, full: Floats) -> RowResult:
        """The row's result; what is left out has no points and no full marks, what was carried says so."""
        whole = self.everywhere
        if treatment is not self.untreated:
            _treat(working, treatment, full)
            whole = (treatment != NOT_LOCUS) & (treatment != LEFT_OUT)
        for array in (working.values, working.status):
            array.setflags(write=False)
        score = Series(working.values, working.status)
        return RowResult(row, score, working.codes, tuple(working.table), full, treatment, self.nowhere, whole)

    def as_given(self, row: Row, result: RowResult) -> RowResult:
        """The result, with the points handed in for the row where there are any."""
        scores: Series | None = self.given["scores"].get(row.code)
        if scores is None:
            return result
        taken = scores.known & ~result.left_out
        score = Series.from_arrays(
            np.where(taken, scores.values, result.score.values), np.where(taken, scores.status, result.score.status)
        )
        return replace(result, score=score, codes=np.where(taken, np.uint8(0), result.codes), given=taken)


def counted_weight(row: Row, children: list[RowResult], units: Any) -> Series:
    """The weight that counts beneath an `adjusted` row: its own less that of what is left out for each unit.

    That is what the rows beneath can score together; where this is not established for all of them, the row's own
    weight counts as long as nothing is left out.
    """
    fulls = np.sum([child.full[units] for child in children], axis=0)
    whole = np.logical_and.reduce([child.whole[units] for child in children])
    counted = np.where(np.isnan(fulls) & whole, float(row.weight or 0), fulls)
    return Series.from_arrays(counted, np.where(np.isfinite(counted), np.uint8(0), np.uint8(Status.MISSING)))


def _at(series: Series, units: Any) -> Series:
    """The series of some units."""
    return series if isinstance(units, slice) else Series.from_arrays(series.values[units], series.status[units])


def _put(found: Working, units: Any, whole: Working) -> None:
    """Puts some units, with their reasons, into the whole."""
    whole.values[units], whole.status[units] = found.values, found.status
    for reason in found.table[1:]:
        if reason not in whole.table:
            whole.table.append(reason)
    places = np.array([whole.table.index(reason) for reason in found.table], dtype=np.uint8)
    whole.codes[units] = places[found.codes]


def _treat(working: Working, treatment: Codes, full: Floats) -> None:
    """Takes the points of the units that are left out, and says why; says which values were carried."""
    for number in (NOT_LOCUS, LEFT_OUT):
        units = treatment == number
        working.values[units], working.status[units], full[units] = np.nan, Status.NOT_MEASURABLE, 0.0
        working.codes[units] = 0
    for number in (NOT_LOCUS, LEFT_OUT, LAST_YEAR):
        units = (treatment == number) & (working.codes == 0)
        working.table.append(TREATMENTS[number])
        working.codes[units] = len(working.table) - 1
