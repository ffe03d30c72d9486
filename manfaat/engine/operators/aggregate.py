"""Many members into one figure. The order of the members never matters, not even in the last bit.

Members without a number are left out and counted, unless the parameter says that they spread.
"""

from __future__ import annotations

import numpy as np

from manfaat.engine.registry import Cite, Entered, Inputs, InputSpec, Members, Operator, Parameter, Parameters, Working
from manfaat.engine.rounding import plain_id, round_array
from manfaat.engine.series import Floats, Mask, Series, Status
from manfaat.engine.sums import anywhere, exact_sum, stack

LEAVE_OUT = Parameter("missing", "bila ada anggota yang tidak terisi", "leave_out", allowed=("leave_out", "spread"))
SPREAD = Parameter("missing", "bila ada anggota yang tidak terisi", "spread", allowed=("spread", "leave_out"))
CAP_EACH = Parameter("cap_each", "batas atas tiap anggota", numeric=True, optional=True)
THRESHOLD = Parameter("threshold", "ambang", 100.0, numeric=True)
_MEMBERS = (InputSpec("members", many=True),)
_MOST_SHOWN = 12
_SPREAD_ORDER = (
    (Status.NOT_MEASURABLE, "not_measurable:members"),
    (Status.MISSING, "missing:members"),
    (Status.NOT_DUE, "not_due:members"),
)


def settle_members(working: Working, members: tuple[Series, ...], parameters: Parameters) -> Mask:
    """Closes the units without a usable member; returns bool[k, n], the members with a number."""
    states = np.stack([series.status for series in members])
    known: Mask = states == 0
    if known.all():
        return known
    if parameters.get("missing") == "spread":
        for status, code in _SPREAD_ORDER:
            working.refuse(anywhere(states == status), code, status)
    nothing = ~anywhere(known)
    for status in (Status.MISSING, Status.NOT_DUE, Status.NOT_MEASURABLE):
        working.refuse(nothing & anywhere(states == status), "no_known_member", status)
    working.note(anywhere(~known), "members_left_out")
    return known


def sum_members(working: Working, _inputs: Inputs, members: Members, parameters: Parameters) -> None:
    """The sum of the members with a number."""
    known = settle_members(working, members["members"], parameters)
    with np.errstate(all="ignore"):
        working.finish(exact_sum(np.where(known, stack(members["members"]), 0.0)))


def _mean(working: Working, _inputs: Inputs, members: Members, parameters: Parameters) -> None:
    known = settle_members(working, members["members"], parameters)
    values = stack(members["members"])
    if parameters["cap_each"] is not None:
        values = np.minimum(values, parameters["cap_each"])
    with np.errstate(all="ignore"):
        working.finish(exact_sum(np.where(known, values, 0.0)) / known.sum(axis=0))


def _median(working: Working, _inputs: Inputs, members: Members, parameters: Parameters) -> None:
    known = settle_members(working, members["members"], parameters)
    ordered = np.sort(stack(members["members"]), axis=0)  # NaN goes last
    count = known.sum(axis=0)
    unit = np.arange(working.n)
    low: Floats = ordered[np.maximum(count - 1, 0) // 2, unit]
    high: Floats = ordered[np.minimum(count // 2, len(ordered) - 1), unit]
    with np.errstate(all="ignore"):
        working.finish(np.where(low == high, low, low / 2 + high / 2))


def _share_met(working: Working, _inputs: Inputs, members: Members, parameters: Parameters) -> None:
    known = settle_members(working, members["members"], parameters)
    met = known & (round_array(stack(members["members"]).ravel(), 9).reshape(known.shape) >= parameters["threshold"])
    with np.errstate(all="ignore"):
        working.finish(met.sum(axis=0) / known.sum(axis=0) * 100.0)


def _count_known(working: Working, _inputs: Inputs, members: Members, _parameters: Parameters) -> None:
    working.finish(np.stack([series.known for series in members["members"]]).sum(axis=0).astype(np.float64))


def _numbers(entered: Entered) -> list[float]:
    return [value for value in entered["members"] if value is not None]


def _listed(numbers: list[float], sign: str) -> str:
    shown = [f"({plain_id(one)})" if one < 0 else plain_id(one) for one in numbers[:_MOST_SHOWN]]
    rest = f"{sign}… ({len(numbers) - _MOST_SHOWN} lagi)" if len(numbers) > _MOST_SHOWN else ""
    return sign.join(shown) + rest


def shown_sum(entered: Entered) -> str:
    """The members with plus signs between them."""
    return _listed(_numbers(entered), " + ")


def sum_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    """The sum with its members."""
    return [f"{shown_sum(entered)} = {plain_id(value)}"]


def _mean_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    numbers, cap = _numbers(entered), parameters["cap_each"]
    capped = [min(one, cap) for one in numbers] if cap is not None else numbers
    first = [f"tiap anggota dibatasi paling tinggi {plain_id(cap)}"] if capped != numbers else []
    return [*first, f"({_listed(capped, ' + ')}) ÷ {len(numbers)} = {plain_id(value)}"]


def _median_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    numbers = sorted(_numbers(entered))
    return [f"diurutkan: {_listed(numbers, '; ')}", f"nilai tengah dari {len(numbers)} anggota = {plain_id(value)}"]


def _share_met_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    numbers, threshold = _numbers(entered), parameters["threshold"]
    met = round(value * len(numbers) / 100)
    return [
        f"{met} dari {len(numbers)} anggota mencapai {plain_id(threshold)} atau lebih",
        f"{met} ÷ {len(numbers)} × 100 = {plain_id(value)}",
    ]


def _count_known_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    return [f"{plain_id(value)} dari {len(entered['members'])} anggota terisi"]


OPERATORS = (
    Operator(
        name="aggregate.mean",
        title="rata-rata",
        formula_words="Anggota yang terisi dijumlahkan, dibagi banyaknya anggota yang terisi.",
        formula_symbols="x̄ = Σ xᵢ ÷ n",
        inputs=_MEMBERS,
        parameters=(CAP_EACH, LEAVE_OUT),
        citations=(Cite("praktik-lkjip", "manggarai-timur-2019"), Cite("praktik-lkjip", "sampang-2019")),
        compute=_mean,
        steps=_mean_steps,
    ),
    Operator(
        name="aggregate.share_met",
        title="bagian yang mencapai target",
        formula_words="Banyaknya anggota yang mencapai ambang, dibagi banyaknya anggota yang terisi, dikali 100.",
        formula_symbols="P = banyak(xᵢ ≥ ambang) ÷ n × 100",
        inputs=_MEMBERS,
        parameters=(THRESHOLD, LEAVE_OUT),
        citations=(Cite("metode-manfaat", "bagian-tercapai"),),
        compute=_share_met,
        steps=_share_met_steps,
    ),
    Operator(
        name="aggregate.sum",
        title="jumlah",
        formula_words="Semua anggota dijumlahkan. Bila satu anggota tidak terisi, jumlahnya pun tidak ada.",
        formula_symbols="J = Σ xᵢ",
        inputs=_MEMBERS,
        parameters=(SPREAD,),
        citations=(Cite("metode-manfaat", "jumlah"),),
        compute=sum_members,
        steps=sum_steps,
    ),
    Operator(
        name="aggregate.count_known",
        title="banyaknya yang terisi",
        formula_words="Banyaknya anggota yang terisi.",
        formula_symbols="n = banyak(xᵢ terisi)",
        inputs=_MEMBERS,
        parameters=(),
        citations=(Cite("metode-manfaat", "banyak-terisi"),),
        compute=_count_known,
        steps=_count_known_steps,
    ),
    Operator(
        name="aggregate.median",
        title="nilai tengah",
        formula_words="Anggota yang terisi diurutkan; diambil yang di tengah, atau rata-rata dua yang di tengah.",
        formula_symbols="x̃ = nilai tengah dari xᵢ terurut",
        inputs=_MEMBERS,
        parameters=(LEAVE_OUT,),
        citations=(Cite("metode-manfaat", "nilai-tengah"),),
        compute=_median,
        steps=_median_steps,
    ),
)
