"""One row of an instrument that is answered: its value turned into points.

Every row names the place of its rule (`rule`), so the figure cites the article of that very row.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from manfaat.engine.errors import EngineError
from manfaat.engine.registry import Cite, Entered, Inputs, InputSpec, Members, Operator, Parameter, Parameters, Working
from manfaat.engine.rounding import plain_id, round_array
from manfaat.engine.series import Floats

RULE = Parameter("rule", "rujukan baris", optional=True)
DECIMALS = Parameter("decimals", "pembulatan di baris ini (desimal)", numeric=True, optional=True, at_least=0)
DIVISOR = Parameter("divisor", "pembagi bobot", 1, numeric=True, at_least=5e-324)
WEIGHT = Parameter("weight", "bobot", 1, numeric=True, optional=True)
_LOW = Parameter("low", "nilai terendah", numeric=True, optional=True)
_COMMON = (
    RULE,
    DECIMALS,
    Parameter("answers", "pilihan jawaban", optional=True),
    Parameter(
        "treatment", "perlakuan", "as_answered", allowed=("as_answered", "not_locus", "left_out_by_rule", "last_year")
    ),
    Parameter("treatment_rule", "rujukan perlakuan", optional=True),
    Parameter("weight_source", "asal bobot", optional=True),
)
_VALUE = (InputSpec("value"),)
_CITE = (Cite("metode-manfaat", "baris-instrumen"),)


@lru_cache(maxsize=4096)
def answers_of(text: str) -> tuple[tuple[str, float], ...]:
    """The labels and values of an answer set as a parameter carries it: `AA=100|A=90`.

    Raises: EngineError for a text of another shape.
    """
    found = []
    for part in text.split("|"):
        label, equals, value = part.rpartition("=")
        if not equals:
            raise EngineError(f"Pilihan jawaban “{part}” tidak dapat dibaca. Tulis label=nilai.")
        found.append((label, _number(value)))
    return tuple(found)


@lru_cache(maxsize=4096)
def classes_of(text: str) -> tuple[tuple[float, bool, float], ...]:
    """The classes of a text such as `<=50:1000|<400:600|*:200`, rising: (upper bound, whether it belongs, points).

    Raises: EngineError for a text of another shape or bounds that do not rise.
    """
    found: list[tuple[float, bool, float]] = []
    for part in text.split("|"):
        bound, colon, points = part.rpartition(":")
        if not colon or not (bound == "*" or bound.startswith("<")):
            raise EngineError(f"Kelas “{part}” tidak dapat dibaca. Tulis <=batas:nilai, <batas:nilai atau *:nilai.")
        upper = math.inf if bound == "*" else _number(bound.lstrip("<="))
        if found and upper <= found[-1][0]:
            raise EngineError(f"Kelas “{part}” tidak lebih tinggi daripada kelas sebelumnya.")
        found.append((upper, bound.startswith("<=") or bound == "*", _number(points)))
    return tuple(found)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise EngineError(f"“{text}” bukan bilangan.") from None
    if not math.isfinite(value):
        raise EngineError(f"“{text}” bukan bilangan berhingga.")
    return value


def rounded(values: Floats, parameters: Parameters) -> Floats:
    """The values as the row rounds them; unrounded where its rule does not."""
    return values if parameters["decimals"] is None else round_array(values, int(parameters["decimals"]))


def worked(text: str, parameters: Parameters, value: float) -> list[str]:
    """The calculation and its result; where the row rounds, the rounding on a line of its own."""
    if parameters["decimals"] is None:
        return [f"{text} = {plain_id(value)}"]
    return [text, f"dibulatkan {int(parameters['decimals'])} desimal, setengah ke atas: {plain_id(value)}"]


def times_weight(parameters: Parameters) -> str:
    """`× 6`, `× 1 ÷ 9`, or nothing where the weight is 1."""
    weight, divisor = parameters["weight"], parameters["divisor"]
    under = f" ÷ {plain_id(divisor)}" if divisor != 1 else ""
    return f" × {plain_id(weight)}{under}" if weight != 1 or under else ""


def _settle(working: Working, inputs: Inputs, parameters: Parameters) -> Floats:
    """Closes the units that have no usable value; returns the values."""
    treatment = parameters["treatment"]
    if treatment in ("not_locus", "left_out_by_rule"):
        working.refuse(working.open, treatment)
    if "weight" in parameters and parameters["weight"] is None:
        working.refuse(working.open, "weight_not_set")
    working.spread(inputs)
    values = inputs["value"].values
    low, top, answers = parameters.get("low"), parameters.get("top"), parameters["answers"]
    if answers is not None and low is None and "classes" not in parameters:
        allowed = np.array([value for _, value in answers_of(answers)])
        working.refuse(~np.isin(values, allowed), "not_an_answer")
    if low is not None:
        working.refuse(~(values >= low), "outside_range")
    if top is not None and "top" in parameters and low is not None:
        working.refuse(~(values <= top), "outside_range")
    if treatment == "last_year":
        working.note(working.open, "last_year")
    return values


def _line(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    values = _settle(working, inputs, parameters)
    weight, top = parameters["weight"] or 0.0, parameters["top"]
    base = parameters["low"] or 0.0 if parameters["lower_end"] == "subtracted" else 0.0
    points = (values - base) * weight / ((top - base) * parameters["divisor"])
    if "multiplier" in inputs:
        points = points * (inputs["multiplier"].values / parameters["multiplier_full"])
    working.finish(rounded(points, parameters))


def _line_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    base = (parameters["low"] or 0.0) if parameters["lower_end"] == "subtracted" else 0.0
    number, top = plain_id(entered["value"]), plain_id(parameters["top"])
    share = f"{number} ÷ {top}" if not base else f"({number} − {plain_id(base)}) ÷ ({top} − {plain_id(base)})"
    multiplier = entered.get("multiplier")
    factor = (
        f" × ({plain_id(multiplier)} ÷ {plain_id(parameters['multiplier_full'])})" if multiplier is not None else ""
    )
    return worked(f"{share}{times_weight(parameters)}{factor}", parameters, value)


def _weighted(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    values = _settle(working, inputs, parameters)
    working.finish(rounded(values * (parameters["weight"] or 0.0) / parameters["divisor"], parameters))


def _weighted_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    return worked(f"{plain_id(entered['value'])}{times_weight(parameters)}", parameters, value)


def _entered(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    values = _settle(working, inputs, parameters)
    working.finish(rounded(values, parameters))


def _entered_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    return [f"{plain_id(entered['value'])} dipakai apa adanya", f"nilai baris = {plain_id(value)}"]


def points_of_class(values: Floats, text: str) -> Floats:
    """float64[n]: the points of the class each value falls in, NaN above the last class and for NaN."""
    points = np.full(values.size, np.nan)
    for upper, included, number in reversed(classes_of(text)):
        points = np.where((values <= upper) if included else (values < upper), number, points)
    return points


def _classed(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    values = _settle(working, inputs, parameters)
    points = points_of_class(values, parameters["classes"])
    working.refuse(np.isnan(points), "outside_range")
    working.finish(rounded(points * (parameters["weight"] or 0.0) / parameters["divisor"], parameters))


def _classed_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    points = points_of_class(np.array([entered["value"]]), parameters["classes"])[0]
    first = f"{plain_id(entered['value'])} masuk kelas yang bernilai {plain_id(points)}"
    return [first, *worked(f"{plain_id(points)}{times_weight(parameters)}", parameters, value)]


def _label(value: float, parameters: Parameters) -> str:
    """The label of the answer with that value, empty where it has none."""
    answers = parameters["answers"]
    return next((label for label, number in answers_of(answers) if number == value), "") if answers else ""


_TOP = Parameter("top", "nilai tertinggi", 100, numeric=True)
_LOWER_END = Parameter("lower_end", "batas bawah rentang", "ignored", allowed=("ignored", "subtracted"))
_MULTIPLIER_FULL = Parameter("multiplier_full", "bobot baris pengali", 1, numeric=True, at_least=5e-324)
_TOP_OPEN = Parameter("top", "nilai tertinggi", numeric=True, optional=True)

OPERATORS = (
    Operator(
        name="instrument.line",
        title="nilai terhadap nilai tertinggi, dikali bobot",
        formula_words="Nilai dibagi nilai tertinggi, dikali bobot; bila ada baris pengali, dikali capaian baris itu.",
        formula_symbols="S = nilai ÷ tertinggi × bobot (× nilai pengali ÷ bobot pengali)",
        inputs=(InputSpec("value"), InputSpec("multiplier", optional=True)),
        parameters=(*_COMMON, WEIGHT, DIVISOR, _LOW, _TOP, _LOWER_END, _MULTIPLIER_FULL),
        citations=_CITE,
        compute=_line,
        steps=_line_steps,
        word=_label,
    ),
    Operator(
        name="instrument.weighted",
        title="nilai dikali bobot",
        formula_words="Nilai dikali bobotnya.",
        formula_symbols="S = nilai × bobot",
        inputs=_VALUE,
        parameters=(*_COMMON, WEIGHT, DIVISOR, _LOW, _TOP_OPEN),
        citations=_CITE,
        compute=_weighted,
        steps=_weighted_steps,
        word=_label,
    ),
    Operator(
        name="instrument.entered",
        title="nilai apa adanya",
        formula_words="Nilai yang dientri sudah merupakan nilai baris.",
        formula_symbols="S = nilai",
        inputs=_VALUE,
        parameters=(*_COMMON, _LOW, _TOP_OPEN),
        citations=_CITE,
        compute=_entered,
        steps=_entered_steps,
        word=_label,
    ),
    Operator(
        name="instrument.classed",
        title="nilai kelas dikali bobot",
        formula_words="Nilai dicocokkan dengan kelasnya; nilai kelas itu dikali bobot.",
        formula_symbols="S = nilai kelas × bobot",
        inputs=_VALUE,
        parameters=(*_COMMON, WEIGHT, DIVISOR, _LOW, Parameter("classes", "kelas", "*:1")),
        citations=_CITE,
        compute=_classed,
        steps=_classed_steps,
        word=_label,
    ),
)
