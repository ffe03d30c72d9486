"""Rows of an instrument brought together: sum, mean, geometric mean, sum against the weight that counts.

A member without a number spreads. Rows that a rule leaves out are not among the members at all.
"""

from __future__ import annotations

import numpy as np

from manfaat.engine.operators.aggregate import settle_members, shown_sum
from manfaat.engine.operators.instrument import (
    DECIMALS,
    DIVISOR,
    RULE,
    rounded,
    times_weight,
    worked,
)
from manfaat.engine.registry import Cite, Entered, Inputs, InputSpec, Members, Operator, Parameter, Parameters, Working
from manfaat.engine.rounding import plain_id
from manfaat.engine.series import Floats
from manfaat.engine.sums import anywhere, exact_sum, stack

_FACTOR = Parameter("weight", "pengali", 1, numeric=True, optional=True)
_MEMBERS = (InputSpec("members", many=True),)
_SPREAD = {"missing": "spread"}
_CITE = (Cite("metode-manfaat", "gabungan-instrumen"),)
_SOURCE = Parameter("weight_source", "asal bobot", optional=True)


def _settle(working: Working, members: Members, parameters: Parameters) -> tuple[Floats, float]:
    """Closes the units that have no number; returns float64[k, n] with 0 where a member has none, and the factor."""
    if parameters["weight"] is None:
        working.refuse(working.open, "weight_not_set")
    known = settle_members(working, members["members"], _SPREAD)
    return np.where(known, stack(members["members"]), 0.0), parameters["weight"] or 0.0


def _sum(working: Working, _inputs: Inputs, members: Members, parameters: Parameters) -> None:
    rows, factor = _settle(working, members, parameters)
    working.finish(rounded(exact_sum(rows) * factor / parameters["divisor"], parameters))


def _sum_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    text, factor = shown_sum(entered), times_weight(parameters)
    return worked(f"({text}){factor}" if factor else text, parameters, value)


def _mean(working: Working, _inputs: Inputs, members: Members, parameters: Parameters) -> None:
    rows, factor = _settle(working, members, parameters)
    working.finish(rounded(exact_sum(rows) * factor / (len(rows) * parameters["divisor"]), parameters))


def _mean_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    text = f"({shown_sum(entered)}) ÷ {len(entered['members'])}{times_weight(parameters)}"
    return worked(text, parameters, value)


def _geometric(working: Working, _inputs: Inputs, members: Members, parameters: Parameters) -> None:
    rows, factor = _settle(working, members, parameters)
    working.refuse(anywhere(rows < 0), "negative_member")
    product = np.multiply.reduce(np.sort(np.abs(rows) ** (1.0 / len(rows)), axis=0), axis=0)
    working.finish(rounded(product * factor / parameters["divisor"], parameters))


def _geometric_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    numbers = " × ".join(plain_id(one) for one in entered["members"])
    return worked(f"({numbers})^(1/{len(entered['members'])}){times_weight(parameters)}", parameters, value)


def _adjusted(working: Working, inputs: Inputs, members: Members, parameters: Parameters) -> None:
    working.spread(inputs)
    known = settle_members(working, members["members"], _SPREAD)
    counted = inputs["counted_weight"].values
    working.refuse(~(counted > 0), "nothing_counted")
    total = exact_sum(np.where(known, stack(members["members"]), 0.0))
    if "coefficient" in inputs:
        total = total + inputs["coefficient"].values
    working.finish(rounded(total * parameters["full"] / counted, parameters))


def _adjusted_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    text, coefficient = shown_sum(entered), entered.get("coefficient")
    added = "" if coefficient is None else f" {'−' if coefficient < 0 else '+'} {plain_id(abs(coefficient))}"
    counted, full = plain_id(entered["counted_weight"]), plain_id(parameters["full"])
    return worked(f"({text}{added}) ÷ {counted} × {full}", parameters, value)


_PARAMETERS = (RULE, DECIMALS, _FACTOR, DIVISOR, _SOURCE)

OPERATORS = (
    Operator(
        name="instrument.sum",
        title="jumlah baris",
        formula_words="Nilai baris-baris di bawahnya dijumlahkan, lalu dikali pengali bila ada.",
        formula_symbols="S = Σ nilai baris (× pengali)",
        inputs=_MEMBERS,
        parameters=_PARAMETERS,
        citations=_CITE,
        compute=_sum,
        steps=_sum_steps,
    ),
    Operator(
        name="instrument.mean",
        title="rata-rata baris",
        formula_words="Nilai baris-baris di bawahnya dijumlahkan, dibagi banyaknya, lalu dikali pengali bila ada.",
        formula_symbols="S = Σ nilai baris ÷ banyaknya (× pengali)",
        inputs=_MEMBERS,
        parameters=_PARAMETERS,
        citations=_CITE,
        compute=_mean,
        steps=_mean_steps,
    ),
    Operator(
        name="instrument.geometric_mean",
        title="rata-rata geometrik baris",
        formula_words="Akar pangkat banyaknya dari hasil kali nilai baris, lalu dikali pengali bila ada.",
        formula_symbols="S = (Π nilai baris)^(1/banyaknya) (× pengali)",
        inputs=_MEMBERS,
        parameters=_PARAMETERS,
        citations=_CITE,
        compute=_geometric,
        steps=_geometric_steps,
    ),
    Operator(
        name="instrument.adjusted",
        title="jumlah terhadap bobot yang dihitung",
        formula_words="Jumlah nilai baris ditambah koefisien bila ada, dibagi bobot yang dihitung, dikali nilai penuh.",
        formula_symbols="S = (Σ nilai baris + koefisien) ÷ bobot yang dihitung × nilai penuh",
        inputs=(
            InputSpec("members", many=True),
            InputSpec("counted_weight"),
            InputSpec("coefficient", optional=True),
        ),
        parameters=(RULE, DECIMALS, Parameter("full", "nilai penuh", 100, numeric=True), _SOURCE),
        citations=_CITE,
        compute=_adjusted,
        steps=_adjusted_steps,
    ),
)
