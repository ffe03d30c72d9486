"""Achievement of a target in per cent, where the target is a number or a range.

Held for every method and every input, zero and negative included (tested): no exception; a target exactly met gives
100; a better realisation never scores lower; units do not matter; what cannot be measured says why.
"""

from __future__ import annotations

import numpy as np

from manfaat.engine.registry import Cite, Entered, Inputs, InputSpec, Members, Operator, Parameter, Parameters, Working
from manfaat.engine.rounding import plain_id
from manfaat.engine.series import Floats, Mask

_BOUNDS = (Cite("praktik-esakip", "batas-capaian"),)
CAP = Parameter("cap", "batas atas capaian (%)", numeric=True, optional=True, at_least=100.0, citations=_BOUNDS)
FLOOR = Parameter("floor", "batas bawah capaian (%)", numeric=True, optional=True, at_most=100.0, citations=_BOUNDS)
ZERO_TARGET = Parameter(
    "zero_target", "bila target nol", "not_measurable", allowed=("not_measurable", "met_if_equal_or_better")
)
ZERO_REALISED = Parameter(
    "zero_realised", "bila realisasi nol atau kurang", "not_measurable", allowed=("not_measurable", "cap")
)
DIRECTION = Parameter("direction", "arah yang lebih baik", "both", allowed=("both", "higher", "lower"))

REALISED_AND_TARGET = (InputSpec("realised"), InputSpec("target"))


def bounded(working: Working, values: Floats, parameters: Parameters) -> None:
    """Finishes with the values inside cap and floor, and notes where these were reached."""
    cap, floor = parameters["cap"], parameters["floor"]
    if cap is not None:
        working.note(values > cap, "capped")
        values = np.minimum(values, cap)
    if floor is not None:
        working.note(values < floor, "floored")
        values = np.maximum(values, floor)
    working.finish(values)


def bound_lines(parameters: Parameters, unbounded: float) -> list[str]:
    """The line that says how cap or floor changed the figure, if they did."""
    cap, floor = parameters["cap"], parameters["floor"]
    if cap is not None and unbounded > cap:
        return [f"{plain_id(unbounded)} melebihi batas atas, menjadi {plain_id(cap)}"]
    if floor is not None and unbounded < floor:
        return [f"{plain_id(unbounded)} di bawah batas bawah, menjadi {plain_id(floor)}"]
    return []


def zero_base(working: Working, zero: Mask, parameters: Parameters, reason: str) -> Mask:
    """Closes the units whose base is zero, or notes that the rule for zero targets judges them; returns the latter."""
    if parameters["zero_target"] == "not_measurable":
        working.refuse(zero, reason)
    else:
        working.note(zero, "zero_target_rule")
    return zero & working.open


def _relative(gap: Floats, base: Floats) -> Floats:
    return 100.0 + gap / np.abs(base) * 100.0


def _higher(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    working.spread(inputs)
    realised, target = inputs["realised"].values, inputs["target"].values
    with np.errstate(all="ignore"):
        ruled = zero_base(working, target == 0, parameters, "target_zero")
        values = np.where(target > 0, realised / target * 100.0, _relative(realised - target, target))
        values = np.where(ruled, np.where(realised >= 0, 100.0, 0.0), values)
        bounded(working, values, parameters)


def _lower_difference(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    working.spread(inputs)
    realised, target = inputs["realised"].values, inputs["target"].values
    with np.errstate(all="ignore"):
        ruled = zero_base(working, target == 0, parameters, "target_zero")
        values = np.where(
            target > 0, (target - (realised - target)) / target * 100.0, _relative(target - realised, target)
        )
        values = np.where(ruled, np.where(realised <= 0, 100.0, 0.0), values)
        bounded(working, values, parameters)


def _lower_ratio(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    working.spread(inputs)
    realised, target = inputs["realised"].values, inputs["target"].values
    working.refuse(target < 0, "ratio_target_negative")
    with np.errstate(all="ignore"):
        ruled = zero_base(working, target == 0, parameters, "target_zero")
        beyond = (realised <= 0) & ~ruled
        if parameters["zero_realised"] == "cap" and parameters["cap"] is not None:
            working.note(beyond, "zero_realised_rule")
        else:
            working.refuse(beyond & (realised == 0), "ratio_realised_zero")
            working.refuse(beyond, "ratio_realised_negative")
        values = np.where(beyond, parameters["cap"] or np.nan, target / realised * 100.0)
        values = np.where(ruled, np.where(realised <= 0, 100.0, 0.0), values)
        bounded(working, values, parameters)


def _within_range(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    working.spread(inputs)
    realised, low, high = (inputs[name].values for name in ("realised", "target_low", "target_high"))
    working.refuse(low > high, "range_inverted")
    below, above = realised < low, realised > high
    good_below, good_above = parameters["direction"] == "lower", parameters["direction"] == "higher"
    base = np.where(below, low, high)
    with np.errstate(all="ignore"):
        ruled = zero_base(working, (below | above) & (base == 0), parameters, "bound_zero")
        gap = np.where(below, low - realised, realised - high)
        good = (below & good_below) | (above & good_above)
        values = np.where(good, _relative(gap, base), _relative(-gap, base))
        values = np.where(good_above & (base > 0) & (below | above), realised / base * 100.0, values)
        values = np.where(ruled, np.where(good, 100.0, 0.0), values)
        values = np.where(below | above, values, 100.0)
        bounded(working, values, parameters)


def _zero_line(entered: Entered, better: str) -> list[str]:
    return [f"target 0, realisasi {plain_id(entered['realised'])}: 100 bila realisasi {better} 0, selain itu 0"]


def _higher_steps(entered: Entered, parameters: Parameters, _value: float) -> list[str]:
    realised, target = entered["realised"], entered["target"]
    r, t = plain_id(realised), plain_id(target)
    if target == 0:
        return _zero_line(entered, "≥")
    if target > 0:
        result = realised / target * 100.0
        return [f"{r} ÷ {t} × 100 = {plain_id(result)}", *bound_lines(parameters, result)]
    result = 100.0 + (realised - target) / abs(target) * 100.0
    line = f"100 + ({r} − ({t})) ÷ |{t}| × 100 = {plain_id(result)}"
    return [line, *bound_lines(parameters, result)]


def _lower_difference_steps(entered: Entered, parameters: Parameters, _value: float) -> list[str]:
    realised, target = entered["realised"], entered["target"]
    r, t = plain_id(realised), plain_id(target)
    if target == 0:
        return _zero_line(entered, "≤")
    if target > 0:
        result = (target - (realised - target)) / target * 100.0
        return [f"(2 × {t} − {_signed(r)}) ÷ {t} × 100 = {plain_id(result)}", *bound_lines(parameters, result)]
    result = 100.0 + (target - realised) / abs(target) * 100.0
    line = f"100 + ({t} − {_signed(r)}) ÷ |{t}| × 100 = {plain_id(result)}"
    return [line, *bound_lines(parameters, result)]


def _lower_ratio_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    realised, target = entered["realised"], entered["target"]
    if target == 0:
        return _zero_line(entered, "≤")
    if realised <= 0:
        return [f"realisasi {plain_id(realised)}: dinilai sebesar batas atas, {plain_id(value)}"]
    result = target / realised * 100.0
    return [f"{plain_id(target)} ÷ {plain_id(realised)} × 100 = {plain_id(result)}", *bound_lines(parameters, result)]


def _range_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    realised, low, high = entered["realised"], entered["target_low"], entered["target_high"]
    r = plain_id(realised)
    if low <= realised <= high:
        return [f"{plain_id(low)} ≤ {r} ≤ {plain_id(high)}: realisasi di dalam rentang, capaian 100"]
    bound, side = (low, "di bawah batas bawah") if realised < low else (high, "di atas batas atas")
    better = {"lower": realised < low, "higher": realised > high}.get(parameters["direction"], False)
    first = f"{r} {side} {plain_id(bound)}, ke arah yang {'lebih baik' if better else 'lebih buruk'}"
    if bound == 0:
        return [first, f"batas nol: capaian {plain_id(value)}"]
    change = abs(realised - bound) / abs(bound) * 100.0
    result = 100.0 + change if better else 100.0 - change
    sign = "+" if better else "−"
    line = f"100 {sign} |{r} − {_signed(plain_id(bound))}| ÷ |{plain_id(bound)}| × 100 = {plain_id(result)}"
    return [first, line, *bound_lines(parameters, result)]


def _signed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


OPERATORS = (
    Operator(
        name="achievement.higher_is_better",
        title="semakin tinggi semakin baik",
        formula_words="Realisasi dibagi target, dikali 100. Bila target negatif: 100 ditambah selisih realisasi "
        "terhadap target dibagi besar target, dikali 100.",
        formula_symbols="C = R ÷ T × 100 (T > 0); C = 100 + (R − T) ÷ |T| × 100 (T < 0)",
        inputs=REALISED_AND_TARGET,
        parameters=(CAP, FLOOR, ZERO_TARGET),
        citations=(
            Cite("praktik-lkjip", "maluku-tengah-2021"),
            Cite("praktik-lkjip", "tanpa-batas"),
            Cite("permenpanrb-8-2021", "bab-vi"),
            Cite("metode-manfaat", "garis-target-negatif"),
        ),
        compute=_higher,
        steps=_higher_steps,
    ),
    Operator(
        name="achievement.lower_is_better_difference",
        title="semakin rendah semakin baik, cara selisih",
        formula_words="Dua kali target dikurangi realisasi, dibagi target, dikali 100. Bila target negatif: 100 "
        "ditambah selisih target terhadap realisasi dibagi besar target, dikali 100.",
        formula_symbols="C = (2T − R) ÷ T × 100 (T > 0); C = 100 + (T − R) ÷ |T| × 100 (T < 0)",
        inputs=REALISED_AND_TARGET,
        parameters=(CAP, FLOOR, ZERO_TARGET),
        citations=(
            Cite("praktik-lkjip", "maluku-tengah-2021"),
            Cite("praktik-lkjip", "lampung-2015"),
            Cite("permenpanrb-8-2021", "bab-vi"),
            Cite("metode-manfaat", "garis-target-negatif"),
        ),
        compute=_lower_difference,
        steps=_lower_difference_steps,
    ),
    Operator(
        name="achievement.lower_is_better_ratio",
        title="semakin rendah semakin baik, cara rasio",
        formula_words="Target dibagi realisasi, dikali 100. Hanya untuk target dan realisasi positif.",
        formula_symbols="C = T ÷ R × 100 (T > 0, R > 0)",
        inputs=REALISED_AND_TARGET,
        parameters=(CAP, FLOOR, ZERO_TARGET, ZERO_REALISED),
        citations=(
            Cite("praktik-lkjip", "manggarai-timur-2019"),
            Cite("praktik-esakip", "pringsewu"),
        ),
        compute=_lower_ratio,
        steps=_lower_ratio_steps,
    ),
    Operator(
        name="achievement.within_range",
        title="target berupa rentang",
        formula_words="Realisasi di dalam rentang bernilai 100. Di luar rentang: jarak ke batas yang dilanggar dibagi "
        "besar batas itu, dikali 100, dikurangkan dari 100; ditambahkan bila keluar ke arah yang lebih baik.",
        formula_symbols="C = 100 (B ≤ R ≤ A); C = 100 ± |R − batas| ÷ |batas| × 100 (selain itu)",
        inputs=(InputSpec("realised"), InputSpec("target_low"), InputSpec("target_high")),
        parameters=(DIRECTION, CAP, FLOOR, ZERO_TARGET),
        citations=(
            Cite("permenpanrb-8-2021", "bab-vi-a-1"),
            Cite("metode-manfaat", "di-dalam-rentang"),
        ),
        compute=_within_range,
        steps=_range_steps,
    ),
)
