"""The figure of a year, or of the year so far, from its periods.

An entered zero counts, an empty period does not; a period that is not due is never asked for.
"""

from __future__ import annotations

import numpy as np

from manfaat.engine.registry import Cite, Entered, Inputs, InputSpec, Members, Operator, Parameter, Parameters, Working
from manfaat.engine.rounding import plain_id
from manfaat.engine.series import Floats, Mask, Series, Status
from manfaat.engine.sums import anywhere, exact_sum, stack

MISSING_PERIOD = Parameter(
    "missing_period", "bila periode yang jatuh tempo belum diisi", "leave_out", allowed=("leave_out", "spread")
)
METHOD = Parameter("method", "cara akumulasi", "sum", allowed=("sum", "average", "last"))
BASIS = Parameter("basis", "dasar target", "annual", allowed=("annual", "filled_periods"))
_PERIODS = (InputSpec("periods", many=True),)
_CITED = (Cite("praktik-esakip", "akumulasi"), Cite("praktik-esakip", "nol-terisi"))


def _settle(working: Working, periods: tuple[Series, ...], parameters: Parameters) -> Mask:
    """Closes the units without a usable period; returns bool[k, n], the periods that count."""
    states = np.stack([series.status for series in periods])
    known: Mask = states == Status.KNOWN
    due_without = (states == Status.MISSING) | (states == Status.NOT_MEASURABLE)
    working.refuse(~anywhere(states != Status.NOT_DUE), "no_period_due", Status.NOT_DUE)
    if parameters["missing_period"] == "spread":
        working.refuse(anywhere(states == Status.NOT_MEASURABLE), "not_measurable:periods")
        working.refuse(anywhere(states == Status.MISSING), "missing:periods", Status.MISSING)
    nothing = ~anywhere(known)
    working.refuse(nothing & anywhere(states == Status.MISSING), "no_period_known", Status.MISSING)
    working.refuse(nothing, "no_period_known")
    working.note(anywhere(due_without), "periods_left_out")
    return known


def _accumulate(method: str, values: Floats, counts: Mask) -> Floats:
    """float64[n] from float64[k, n] over the periods that count."""
    if method == "last":
        place = values.shape[0] - 1 - np.argmax(counts[::-1], axis=0)
        last: Floats = values[place, np.arange(values.shape[1])]
        return last
    total = exact_sum(np.where(counts, values, 0.0))
    return total if method == "sum" else total / counts.sum(axis=0)


def _of_method(method: str, working: Working, members: Members, parameters: Parameters) -> None:
    counts = _settle(working, members["periods"], parameters)
    with np.errstate(all="ignore"):
        working.finish(_accumulate(method, stack(members["periods"]), counts))


def _sum(working: Working, _inputs: Inputs, members: Members, parameters: Parameters) -> None:
    _of_method("sum", working, members, parameters)


def _average(working: Working, _inputs: Inputs, members: Members, parameters: Parameters) -> None:
    _of_method("average", working, members, parameters)


def _last(working: Working, _inputs: Inputs, members: Members, parameters: Parameters) -> None:
    _of_method("last", working, members, parameters)


def _target(working: Working, inputs: Inputs, members: Members, parameters: Parameters) -> None:
    if parameters["basis"] == "annual":
        annual = inputs.get("annual_target", Series.of([None] * working.n))
        working.spread({"annual_target": annual})
        working.finish(annual.values)
        return
    targets = members.get("period_targets", ())
    if len(targets) != len(members["periods"]):
        working.refuse(np.ones(working.n, dtype=bool), "missing:period_targets", Status.MISSING)
        return
    counts = _settle(working, members["periods"], {"missing_period": "leave_out"})
    target_known = np.stack([series.known for series in targets])
    needed: Mask = counts & (np.cumsum(counts[::-1], axis=0)[::-1] == 1) if parameters["method"] == "last" else counts
    without: Mask = anywhere(needed & ~target_known)
    working.refuse(without, "missing:period_targets", Status.MISSING)
    with np.errstate(all="ignore"):
        working.finish(_accumulate(parameters["method"], stack(targets), counts))


def _listed(periods: list[float | None]) -> str:
    return " + ".join(plain_id(value) for value in periods if value is not None)


def _sum_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    return [f"{_listed(entered['periods'])} = {plain_id(value)}"]


def _average_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    count = sum(1 for one in entered["periods"] if one is not None)
    return [f"({_listed(entered['periods'])}) ÷ {count} = {plain_id(value)}"]


def _last_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    place = max(index for index, one in enumerate(entered["periods"]) if one is not None)
    return [f"periode terakhir yang terisi adalah periode ke-{place + 1}: {plain_id(value)}"]


def _target_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    if parameters["basis"] == "annual":
        return [f"target tahunan dipakai apa adanya: {plain_id(value)}"]
    pairs = zip(entered["period_targets"], entered["periods"], strict=True)
    kept: list[float | None] = [target if realised is not None else None for target, realised in pairs]
    steps = {"sum": _sum_steps, "average": _average_steps, "last": _last_steps}[parameters["method"]]
    return ["hanya target dari periode yang realisasinya terisi", *steps({"periods": kept}, parameters, value)]


OPERATORS = (
    Operator(
        name="accumulation.sum",
        title="jumlah seluruh periode",
        formula_words="Realisasi semua periode yang terisi dijumlahkan.",
        formula_symbols="R = Σ Rₚ",
        inputs=_PERIODS,
        parameters=(MISSING_PERIOD,),
        citations=_CITED,
        compute=_sum,
        steps=_sum_steps,
    ),
    Operator(
        name="accumulation.average",
        title="rata-rata periode",
        formula_words="Realisasi semua periode yang terisi dijumlahkan, dibagi banyaknya periode yang terisi.",
        formula_symbols="R = Σ Rₚ ÷ n",
        inputs=_PERIODS,
        parameters=(MISSING_PERIOD,),
        citations=(Cite("metode-manfaat", "rata-rata-periode"), Cite("praktik-esakip", "nol-terisi")),
        compute=_average,
        steps=_average_steps,
    ),
    Operator(
        name="accumulation.last",
        title="nilai periode terakhir",
        formula_words="Realisasi periode terakhir yang terisi.",
        formula_symbols="R = R pada periode terisi yang terakhir",
        inputs=_PERIODS,
        parameters=(MISSING_PERIOD,),
        citations=(*_CITED, Cite("praktik-lkjip", "kppn-denpasar")),
        compute=_last,
        steps=_last_steps,
    ),
    Operator(
        name="accumulation.target",
        title="target sampai dengan periode",
        formula_words="Target tahunan, atau akumulasi target dari periode yang realisasinya sudah terisi.",
        formula_symbols="T = T tahun, atau T = akumulasi Tₚ atas periode terisi",
        inputs=(
            InputSpec("periods", many=True),
            InputSpec("period_targets", many=True, optional=True),
            InputSpec("annual_target", optional=True),
        ),
        parameters=(BASIS, METHOD),
        citations=_CITED,
        compute=_target,
        steps=_target_steps,
    ),
)
