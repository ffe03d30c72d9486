"""Runs an operator over many units at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from manfaat.engine import scale_data as scales
from manfaat.engine.errors import EngineError
from manfaat.engine.operators import operator_named
from manfaat.engine.reasons import reason_sentence
from manfaat.engine.registry import Operator, Working
from manfaat.engine.series import Codes, Floats, Series, Status, entry_text

_MOST_ROWS = 20
Given: TypeAlias = Mapping[str, Series | Sequence[Series]]


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What an operator found for n units.

    values: float64[n], unrounded, NaN unless the status is KNOWN. status: uint8[n]. codes: uint8[n], the place of each
    unit's reason in `reason_table`.
    """

    operator: Operator
    parameters: Mapping[str, Any]
    inputs: Mapping[str, Series] = field(repr=False)
    members: Mapping[str, tuple[Series, ...]] = field(repr=False)
    values: Floats
    status: Codes
    codes: Codes = field(repr=False)
    reason_table: tuple[str | None, ...] = field(repr=False)

    def __len__(self) -> int:
        return int(self.values.size)

    @property
    def reasons(self) -> list[str | None]:
        """Per unit the reason code, or None. Beside a number it is a remark, without a number it says why."""
        return [self.reason_table[code] for code in self.codes.tolist()]

    def reason(self, position: int) -> str | None:
        """The reason code of one unit."""
        return self.reason_table[int(self.codes[position])]

    def sentence(self, position: int) -> str | None:
        """The reason of one unit in Indonesian."""
        code = self.reason(position)
        return None if code is None else reason_sentence(code)

    @property
    def labels(self) -> list[str | None]:
        """Per unit the name of its band; None where there is none, or where the operator is not `scale.classify`."""
        return [self.label(position) for position in range(len(self))]

    def label(self, position: int) -> str | None:
        """The name of the band of one unit, None as in `labels`."""
        if self.operator.name != "scale.classify" or self.status[position] != Status.KNOWN:
            return None
        bands = scales.bands(self.parameters["scale"], self.parameters["on"]).members
        return bands[int(self.values[position]) - 1].name

    @property
    def series(self) -> Series:
        """The result as an input of the next operator."""
        return Series.from_arrays(self.values, self.status)

    def __repr__(self) -> str:
        return f"Evaluation({self.operator.name}: {self.series!r})"

    def _repr_html_(self) -> str:
        rows = [
            f"<tr><td>{place}</td><td>{self.label(place) or entry_text(self.series[place])}</td>"
            f"<td>{self.sentence(place) or ''}</td></tr>"
            for place in range(min(len(self), _MOST_ROWS))
        ]
        rest = f"<p>… {len(self)} unit</p>" if len(self) > _MOST_ROWS else ""
        return f"<b>{self.operator.title}</b><table>{''.join(rows)}</table>{rest}"


def evaluate(name: str, inputs: Given, parameters: Mapping[str, Any] | None = None) -> Evaluation:
    """The operator's result for every unit of the inputs.

    inputs: per input name a Series, or a list of Series where the operator takes members (`aggregate.*`,
    `accumulation.*`); all of one length. parameters: the choices that differ from the defaults.
    Raises: EngineError for an unknown operator, input or parameter, a missing input, or unequal lengths.

    >>> evaluate("achievement.higher_is_better", {"realised": Series.of([70, None]), "target": Series.of([80, 90])})
    Evaluation(achievement.higher_is_better: Series([87,5; belum diisi]))
    """
    operator = operator_named(name)
    chosen = operator.check_parameters(parameters or {})
    single, many = _sorted_inputs(operator, inputs)
    working = Working(_length(operator, single, many))
    with np.errstate(all="ignore"):
        operator.compute(working, single, many, chosen)
    for array in (working.values, working.status, working.codes):
        array.setflags(write=False)
    return Evaluation(
        operator, chosen, single, many, working.values, working.status, working.codes, tuple(working.table)
    )  # fmt: skip


def evaluate_members(name: str, members: Sequence[Series], parameters: Mapping[str, Any] | None = None) -> Evaluation:
    """`evaluate` for an operator whose only needed input is a list of members.

    Raises: EngineError as `evaluate` does, and for an operator without members.
    """
    many = operator_named(name).many
    if many is None:
        raise EngineError(f"{name} tidak menerima daftar anggota. Pakai evaluate dengan masukan bernama.")
    return evaluate(name, {many.name: members}, parameters)


def _sorted_inputs(operator: Operator, given: Given) -> tuple[dict[str, Series], dict[str, tuple[Series, ...]]]:
    """The inputs in the operator's own order, single ones and lists apart."""
    specs = {spec.name: spec for spec in operator.inputs}
    for name in given:
        if name not in specs:
            raise EngineError(f"{operator.name}: masukan “{name}” tidak dikenal. Yang dikenal: {', '.join(specs)}.")
    single: dict[str, Series] = {}
    many: dict[str, tuple[Series, ...]] = {}
    for name, spec in specs.items():
        if name not in given:
            if spec.optional:
                continue
            raise EngineError(f"{operator.name}: masukan “{name}” ({spec.title}) belum diberikan.")
        value = given[name]
        if spec.many == isinstance(value, Series):
            wanted = "daftar Series" if spec.many else "satu Series"
            raise EngineError(f"{operator.name}: masukan “{name}” harus berupa {wanted}.")
        if isinstance(value, Series):
            single[name] = value
        elif value:
            many[name] = tuple(value)
        elif not spec.optional:
            raise EngineError(f"{operator.name}: masukan “{name}” kosong. Berikan paling sedikit satu {spec.title}.")
    return single, many


def _length(operator: Operator, single: Mapping[str, Series], many: Mapping[str, tuple[Series, ...]]) -> int:
    lengths = {name: len(series) for name, series in single.items()}
    lengths.update({f"{name}[{place}]": len(one) for name, group in many.items() for place, one in enumerate(group)})
    if len(set(lengths.values())) != 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise EngineError(f"{operator.name}: panjang masukan tidak sama ({told}).")
    return next(iter(lengths.values()))
