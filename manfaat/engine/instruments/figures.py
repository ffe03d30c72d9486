"""The figures of an instrument for one unit: the same records as every other figure, each row naming those beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from manfaat.engine.evaluation import evaluate
from manfaat.engine.figure import Figure, Input, figure
from manfaat.engine.instruments.evaluate import counted_weight
from manfaat.engine.instruments.model import TOTAL, Instrument, Row
from manfaat.engine.instruments.result import LAST_YEAR, TREATMENTS, InstrumentResult, RowResult
from manfaat.engine.instruments.rules import compiled
from manfaat.engine.series import Series, Status

WEIGHT_KEY = "bobot"
PREDICATE_KEY = "predikat"


def figures(
    result: InstrumentResult,
    position: int,
    *,
    prefix: str,
    subject: str = "",
    period: str = "",
    inputs: Mapping[str, Input] | None = None,
    decimals: int = 2,
) -> list[Figure]:
    """The figures of every row for one unit: rows beneath before the rows they make, the total and its predicate last.

    prefix: keys are `prefix/code`. inputs: per answered row where the answer stands (source, who verified it).
    The total and predicate are there only when the instrument gives one.
    """
    maker = _Maker(result, position, prefix, subject, period, inputs or {}, decimals)
    return maker.all()


@dataclass
class _Maker:
    result: InstrumentResult
    position: int
    prefix: str
    subject: str
    period: str
    inputs: Mapping[str, Input]
    decimals: int
    made: dict[str, Figure] = field(default_factory=dict)

    def all(self) -> list[Figure]:
        """Leaves and groups from the bottom up, in printed order where that is free."""
        instrument = self.result.instrument
        for row in instrument.rows:
            if not row.parent:
                self.walk(row)
        if TOTAL in self.made and instrument.scale and self.made[TOTAL].operator.startswith("instrument."):
            self.predicate()
        return list(self.made.values())

    def walk(self, row: Row) -> None:
        """The rows beneath, then the row."""
        result = self.result.rows[row.code]
        if not row.is_leaf and not result.given[self.position]:
            for child in self.result.instrument.children[row.code]:
                self.walk(child)
        if row.is_leaf:
            self.leaf(row, result)
        elif result.given[self.position]:
            self.given(row, result)
        elif not result.left_out[self.position]:
            self.group(row)

    def key(self, code: str) -> str:
        """The key of a row's figure."""
        return f"{self.prefix}/{code}"

    def keep(self, row: Row, operator: str, given: Any, parameters: Any, notes: Any) -> None:
        """Evaluates the row for this unit alone and keeps its figure."""
        made = evaluate(operator, given, parameters)
        shown = max(self.decimals, row.decimals or 0)
        label = row.name if row.code == TOTAL else f"{row.code} {row.name}"
        self.made[row.code] = figure(
            made,
            0,
            key=self.key(row.code),
            label=label,
            unit=row.unit,
            subject=self.subject,
            period=self.period,
            inputs=notes,
            decimals=shown,
        )

    def leaf(self, row: Row, result: RowResult) -> None:
        """An answered row with where its answer stands."""
        ready = compiled(self.result.instrument)[row.code]
        treatment = int(result.treatment[self.position])
        note = self.inputs.get(row.code, Input())
        source = self.result.last_year if treatment == LAST_YEAR else self.result.answers
        value = _one(source.get(row.code), self.position)
        label = "nilai tahun terakhir yang ada" if treatment == LAST_YEAR else note.label or "Jawaban"
        given: dict[str, Series] = {"value": value}
        notes: dict[str, Input] = {"value": replace(note, label=label)}
        if row.multiplied_by:
            other = self.result.rows[row.multiplied_by]
            given["multiplier"] = _one(other.score, self.position)
            notes["multiplier"] = self.reference(other.row)
        parameters = {**ready.parameters, "treatment": TREATMENTS[treatment]}
        if treatment and row.treatment_cite is not None and TREATMENTS[treatment] != "not_locus":
            parameters["treatment_rule"] = row.treatment_cite.text
        if TREATMENTS[treatment] == "not_locus":
            parameters["treatment_rule"] = "metode-manfaat#bukan-lokus"
        self.keep(row, ready.operator.name, given, parameters, notes)

    def given(self, row: Row, result: RowResult) -> None:
        """A row whose points were handed in."""
        note = replace(self.inputs.get(row.code, Input()), label="Nilai yang diberikan")
        parameters = {"rule": row.cite.text}
        self.keep(row, "instrument.entered", {"value": _one(result.score, self.position)}, parameters, {"value": note})

    def group(self, row: Row) -> None:
        """A row made of the figures beneath it that count."""
        ready = compiled(self.result.instrument)[row.code]
        inside = [
            self.result.rows[child.code]
            for child in self.result.instrument.children[row.code]
            if not self.result.rows[child.code].left_out[self.position]
        ]
        given: dict[str, Any] = {"members": [_one(child.score, self.position) for child in inside]}
        notes: dict[str, Input | Sequence[Input]] = {"members": [self.reference(child.row) for child in inside]}
        if row.operator == "adjusted":
            given["counted_weight"], notes["counted_weight"] = self.counted(row, inside)
            if self.result.coefficient is not None:
                given["coefficient"] = _one(self.result.coefficient, self.position)
                notes["coefficient"] = self.inputs.get("coefficient", Input(label="Koefisien"))
        self.keep(row, ready.operator.name, given, ready.parameters, notes)

    def reference(self, row: Row) -> Input:
        """The input that is another row's figure."""
        return Input(label=f"{row.code} {row.name}", unit=row.unit, figure=self.key(row.code))

    def counted(self, row: Row, inside: list[RowResult]) -> tuple[Series, Input]:
        """The weight that counts, as a figure of its own: the sum of what counts beneath, or the row's own weight."""
        one = slice(self.position, self.position + 1)
        children = [self.result.rows[child.code] for child in self.result.instrument.children[row.code]]
        counted = counted_weight(row, children, one)
        known = [child for child in inside if np.isfinite(child.full[self.position])]
        if len(known) == len(inside):
            members = [Series.of([float(child.full[self.position])]) for child in inside]
            notes = [Input(label=f"Bobot {child.row.code} {child.row.name}") for child in inside]
        else:
            members, notes = [counted], [Input(label=f"Bobot {row.code} {row.name}")]
        code = f"{row.code}/{WEIGHT_KEY}"
        made = evaluate("aggregate.sum", {"members": members})
        self.made[code] = figure(
            made,
            0,
            key=self.key(code),
            label=f"Bobot yang dihitung, {row.name}",
            unit=row.unit,
            subject=self.subject,
            period=self.period,
            inputs={"members": notes},
        )
        return counted, Input(label="Bobot yang dihitung", unit=row.unit, figure=self.key(code))

    def predicate(self) -> None:
        """The band of the total."""
        total = self.made[TOTAL]
        value = Series.of([total.value if total.value is not None else Status.from_code(total.status)])
        made = evaluate("scale.classify", {"value": value}, {"scale": self.result.instrument.scale})
        note = Input(label=total.label, unit=total.unit, figure=total.key)
        self.made[PREDICATE_KEY] = figure(
            made,
            0,
            key=self.key(PREDICATE_KEY),
            label="Predikat",
            unit="",
            subject=self.subject,
            period=self.period,
            inputs={"value": note},
        )


def _one(series: Series | None, position: int) -> Series:
    """The entry of one unit as a series of length one; missing where there is none."""
    if series is None:
        return Series.of([None])
    one = slice(position, position + 1)
    return Series.from_arrays(series.values[one], series.status[one])


def instrument_meta(instrument: Instrument) -> dict[str, Any]:
    """What a bundle says about the instrument its figures come from."""
    entered = {row.code: row.weight_source for row in instrument.rows if row.weight_source}
    return {
        "instrumen": instrument.id,
        "judul": instrument.title,
        "berlaku_dari": instrument.valid_from,
        "pilihan": dict(instrument.chosen),
        "bobot_dientri": entered,
    }
