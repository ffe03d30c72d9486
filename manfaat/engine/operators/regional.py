"""Measures of a region that are formulas: a share, the human development index, the parts of the innovation index."""

from __future__ import annotations

import math

import numpy as np

from manfaat.engine.operators.people import refuse_unusable
from manfaat.engine.registry import Cite, Entered, Inputs, InputSpec, Members, Operator, Parameter, Parameters, Working
from manfaat.engine.rounding import plain_id
from manfaat.engine.series import Floats

_HDI = "metode-ipm-bps"
_IID = "permendagri-104-2018"
_POOREST, _RICHEST = 1_007_436, 26_572_352  # rupiah of adjusted spending per head and year
_LONGEST = ("life_expectancy", 20.0, 85.0)
_SCHOOLING = (("expected_schooling", 18.0), ("mean_schooling", 15.0))
_LEAST = Parameter("least_divisor", "pembagi paling kecil", 12, numeric=True, at_least=1)
_EACH = Parameter("each", "poin tiap inovasi", 0.38, numeric=True, at_least=0)
_MOST = Parameter("most", "inovasi terbanyak yang dihitung", 200, numeric=True, at_least=0)
_NEEDED = Parameter("needed", "urusan pelayanan dasar paling sedikit", 5, numeric=True, at_least=0)


def _share(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    refuse_unusable(working, inputs, ("whole",))
    with np.errstate(all="ignore"):
        working.finish(inputs["part"].values / inputs["whole"].values * 100.0)


def _share_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    return [f"{plain_id(entered['part'])} ÷ {plain_id(entered['whole'])} × 100 = {plain_id(value)}"]


def _health(years: Floats) -> Floats:
    return (years - _LONGEST[1]) / (_LONGEST[2] - _LONGEST[1])


def _spending(rupiah: Floats) -> Floats:
    return (np.log(rupiah) - math.log(_POOREST)) / (math.log(_RICHEST) - math.log(_POOREST))


def _development(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    refuse_unusable(working, inputs, ("spending",))
    with np.errstate(all="ignore"):
        health = _health(inputs["life_expectancy"].values)
        spending = _spending(inputs["spending"].values)
        knowledge = sum((inputs[name].values / most for name, most in _SCHOOLING), np.zeros(working.n)) / 2.0
        working.refuse(health < 0, "below_least:life_expectancy")
        working.refuse(spending < 0, "below_least:spending")
        working.finish(np.cbrt(health) * np.cbrt(knowledge) * np.cbrt(spending) * 100.0)


def _development_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    name, low, high = _LONGEST
    health = float(_health(np.array([entered[name]]))[0])
    parts = [entered[schooling] / most for schooling, most in _SCHOOLING]
    spending = float(_spending(np.array([entered["spending"]]))[0])
    schooling = " + ".join(f"{plain_id(entered[one])} ÷ {plain_id(most)}" for one, most in _SCHOOLING)
    logs = f"(ln {plain_id(entered['spending'])} − ln {plain_id(_POOREST)})"
    return [
        f"kesehatan: ({plain_id(entered[name])} − {plain_id(low)}) ÷ {plain_id(high - low)} = {plain_id(health)}",
        f"pendidikan: ({schooling}) ÷ 2 = {plain_id(sum(parts) / 2)}",
        f"pengeluaran: {logs} ÷ (ln {plain_id(_RICHEST)} − ln {plain_id(_POOREST)}) = {plain_id(spending)}",
        f"akar pangkat tiga dari hasil kali ketiganya × 100 = {plain_id(value)}",
    ]


def _average_part(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    refuse_unusable(working, inputs)
    with np.errstate(all="ignore"):
        divisor = np.maximum(inputs["innovations"].values, float(parameters["least_divisor"]))
        working.finish(inputs["innovation_points"].values / divisor)


def _average_part_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    divisor = max(entered["innovations"], parameters["least_divisor"])
    return [
        f"pembagi: yang terbesar dari {plain_id(entered['innovations'])} dan {plain_id(parameters['least_divisor'])}",
        f"{plain_id(entered['innovation_points'])} ÷ {plain_id(divisor)} = {plain_id(value)}",
    ]


def _number_part(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    refuse_unusable(working, inputs)
    counted = np.minimum(inputs["innovations"].values, float(parameters["most"]))
    enough = inputs["basic_services"].values >= parameters["needed"]
    working.finish(np.where(enough, counted * parameters["each"], 0.0))


def _number_part_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    covered, needed = plain_id(entered["basic_services"]), plain_id(parameters["needed"])
    if entered["basic_services"] < parameters["needed"]:
        return [f"baru {covered} dari paling sedikit {needed} urusan pelayanan dasar punya inovasi: {plain_id(value)}"]
    counted = min(entered["innovations"], parameters["most"])
    return [
        f"{covered} urusan pelayanan dasar punya inovasi, paling sedikit {needed}",
        f"{plain_id(counted)} × {plain_id(parameters['each'])} = {plain_id(value)}",
    ]


OPERATORS = (
    Operator(
        name="regional.share",
        title="bagian dari keseluruhan",
        formula_words="Bagian dibagi keseluruhannya, dikali 100.",
        formula_symbols="% = bagian ÷ keseluruhan × 100",
        inputs=(InputSpec("part"), InputSpec("whole")),
        parameters=(),
        citations=(Cite("definisi-indikator", "bagian"),),
        compute=_share,
        steps=_share_steps,
    ),
    Operator(
        name="regional.human_development",
        title="indeks pembangunan manusia (IPM)",
        formula_words="Rata-rata geometrik indeks kesehatan, pendidikan, dan pengeluaran, dikali 100.",
        formula_symbols="IPM = ∛(IK · IP · IE) × 100; IK = (UHH − 20) ÷ 65; IP = (HLS ÷ 18 + RLS ÷ 15) ÷ 2; "
        "IE = (ln pengeluaran − ln 1.007.436) ÷ (ln 26.572.352 − ln 1.007.436)",
        inputs=(
            InputSpec("life_expectancy"),
            InputSpec("expected_schooling"),
            InputSpec("mean_schooling"),
            InputSpec("spending"),
        ),
        parameters=(),
        citations=(Cite(_HDI, "rumus"),),
        compute=_development,
        steps=_development_steps,
    ),
    Operator(
        name="regional.innovation_average",
        title="bagian inovasi pada indeks inovasi daerah",
        formula_words="Jumlah nilai semua inovasi dibagi banyaknya inovasi, tetapi tidak kurang dari pembagi terkecil.",
        formula_symbols="SID = Σ nilai inovasi ÷ maks(banyaknya inovasi, pembagi terkecil)",
        inputs=(InputSpec("innovation_points"), InputSpec("innovations")),
        parameters=(_LEAST,),
        citations=(Cite(_IID, "bagian-sid-2026"), Cite(_IID, "indeks-2023")),
        compute=_average_part,
        steps=_average_part_steps,
    ),
    Operator(
        name="regional.innovation_number",
        title="nilai banyaknya inovasi",
        formula_words="Banyaknya inovasi, sampai batas terbanyak, dikali poin tiap inovasi; nol bila urusan pelayanan "
        "dasar yang punya inovasi kurang dari syaratnya.",
        formula_symbols="N = poin × min(banyaknya inovasi, terbanyak), bila urusan dasar ≥ syarat; selain itu 0",
        inputs=(InputSpec("innovations"), InputSpec("basic_services")),
        parameters=(_EACH, _MOST, _NEEDED),
        citations=(Cite(_IID, "bagian-jumlah-2026"),),
        compute=_number_part,
        steps=_number_part_steps,
    ),
)
