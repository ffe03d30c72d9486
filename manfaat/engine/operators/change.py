"""Change from one period to another."""

from __future__ import annotations

import numpy as np

from manfaat.engine.registry import Cite, Entered, Inputs, InputSpec, Members, Operator, Parameter, Parameters, Working
from manfaat.engine.rounding import plain_id
from manfaat.engine.series import Floats, Status

_INPUTS = (InputSpec("current"), InputSpec("previous"))
_POLARITY = Parameter("polarity", "arah yang lebih baik", "higher", allowed=("higher", "lower"))
_SPAN = Parameter(
    "span",
    "bagian tahun yang dibandingkan",
    "same",
    allowed=("same", "part_of_year", "year_incomplete"),
)
_UNEQUAL = {"part_of_year": Status.NOT_DUE, "year_incomplete": Status.MISSING}
"""Why two values do not stand for equal parts of a year, with the state of their change."""
_FORM = Parameter("form", "bentuk perubahan", "difference", allowed=("difference", "relative"))
_CITED = (Cite("metode-manfaat", "perubahan"),)


def _compute(working: Working, inputs: Inputs, *, relative: bool, sign: float) -> None:
    working.spread(inputs)
    current, previous = inputs["current"].values, inputs["previous"].values
    with np.errstate(all="ignore"):
        change: Floats = current - previous
        if relative:
            working.refuse(previous == 0, "previous_zero")
            change = change / np.abs(previous) * 100.0
        working.finish(sign * change)


def _difference(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    _compute(working, inputs, relative=False, sign=1.0)


def _relative(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    _compute(working, inputs, relative=True, sign=1.0)


def _good(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    sign = 1.0 if parameters["polarity"] == "higher" else -1.0
    if parameters["span"] in _UNEQUAL:
        working.spread(inputs)
        working.refuse(working.open, parameters["span"], _UNEQUAL[parameters["span"]])
    _compute(working, inputs, relative=parameters["form"] == "relative", sign=sign)


def _difference_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    return [f"{plain_id(entered['current'])} − {_bracket(entered['previous'])} = {plain_id(value)}"]


def _relative_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    current, previous = plain_id(entered["current"]), plain_id(entered["previous"])
    return [f"({current} − {_bracket(entered['previous'])}) ÷ |{previous}| × 100 = {plain_id(value)}"]


def _good_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    lower = parameters["polarity"] == "lower"
    plain = -value if lower else value
    steps = _relative_steps if parameters["form"] == "relative" else _difference_steps
    turned = [f"semakin rendah semakin baik, tandanya dibalik: {plain_id(value)}"] if lower else []
    return [*steps(entered, parameters, plain), *turned]


def _bracket(value: float) -> str:
    return f"({plain_id(value)})" if value < 0 else plain_id(value)


OPERATORS = (
    Operator(
        name="change.difference",
        title="perubahan",
        formula_words="Nilai sekarang dikurangi nilai sebelumnya.",
        formula_symbols="Δ = sekarang − sebelumnya",
        inputs=_INPUTS,
        parameters=(),
        citations=_CITED,
        compute=_difference,
        steps=_difference_steps,
    ),
    Operator(
        name="change.relative",
        title="perubahan relatif",
        formula_words="Nilai sekarang dikurangi nilai sebelumnya, dibagi besar nilai sebelumnya, dikali 100.",
        formula_symbols="Δ% = (sekarang − sebelumnya) ÷ |sebelumnya| × 100",
        inputs=_INPUTS,
        parameters=(),
        citations=_CITED,
        compute=_relative,
        steps=_relative_steps,
    ),
    Operator(
        name="change.in_good_direction",
        title="perubahan ke arah yang baik",
        formula_words="Perubahan dengan tanda yang dibuat positif bila membaik menurut arah indikatornya. "
        "Yang dibandingkan hanya bagian tahun yang sama.",
        formula_symbols="Δ⁺ = Δ bila semakin tinggi semakin baik; Δ⁺ = −Δ bila semakin rendah semakin baik",
        inputs=_INPUTS,
        parameters=(_POLARITY, _FORM, _SPAN),
        citations=_CITED,
        compute=_good,
        steps=_good_steps,
    ),
)
