"""Workload of staff: how many each of the four approaches asks for, and how those there meet their load."""

from __future__ import annotations

import numpy as np

from manfaat.engine import scale_data as scales
from manfaat.engine.registry import Cite, Entered, Inputs, InputSpec, Members, Operator, Parameter, Parameters, Working
from manfaat.engine.rounding import plain_id

_FOLDER = "permenpanrb-1-2020"
_TIME = Parameter("scale", "waktu kerja efektif", "waktu-kerja-efektif-2020")
_ON = Parameter("on", "tanggal berlaku waktu kerja efektif", optional=True)
_PERIOD = Parameter("period", "masa", "tahun", allowed=("tahun", "bulan", "minggu", "hari", "jam"))


def refuse_unusable(working: Working, inputs: Inputs, positive: tuple[str, ...] = ()) -> None:
    """Closes the units where an input has no number, is negative, or is zero where it must be positive."""
    working.spread(inputs)
    for name, series in inputs.items():
        working.refuse(series.values < 0, f"negative:{name}")
        if name in positive:
            working.refuse(series.values == 0, f"zero:{name}")


def _minutes(parameters: Parameters) -> float:
    """Effective working minutes of one person in the period, as the dated scale says."""
    steps = scales.ordinal(parameters["scale"], parameters["on"]).members
    return {step.code: step.value for step in steps}[parameters["period"]]


def _by_standard(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    refuse_unusable(working, inputs, ("standard",))
    with np.errstate(all="ignore"):
        working.finish(inputs["volume"].values / inputs["standard"].values)


def _by_standard_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    return [f"{plain_id(entered['volume'])} ÷ {plain_id(entered['standard'])} = {plain_id(value)}"]


def _by_equipment(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    refuse_unusable(working, inputs)
    with np.errstate(all="ignore"):
        working.finish(inputs["pieces"].values * inputs["operators_per_piece"].values)


def _by_equipment_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    return [f"{plain_id(entered['pieces'])} × {plain_id(entered['operators_per_piece'])} = {plain_id(value)}"]


def _by_time(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    refuse_unusable(working, inputs)
    with np.errstate(all="ignore"):
        working.finish(inputs["volume"].values * inputs["minutes"].values / _minutes(parameters))


def _by_time_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    load = f"{plain_id(entered['volume'])} × {plain_id(entered['minutes'])} menit"
    return [f"{load} ÷ {plain_id(_minutes(parameters))} menit per {parameters['period']} = {plain_id(value)}"]


def _effectiveness(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    refuse_unusable(working, inputs, ("staff",))
    with np.errstate(all="ignore"):
        working.finish(inputs["workload_minutes"].values / (inputs["staff"].values * _minutes(parameters)))


def _effectiveness_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    able = f"{plain_id(entered['staff'])} × {plain_id(_minutes(parameters))} menit per {parameters['period']}"
    return [f"{plain_id(entered['workload_minutes'])} ÷ ({able}) = {plain_id(value)}"]


OPERATORS = (
    Operator(
        name="workforce.need_by_standard",
        title="kebutuhan pegawai menurut hasil atau objek kerja",
        formula_words="Volume hasil atau banyaknya objek kerja dibagi kemampuan satu orang pada masa yang sama.",
        formula_symbols="kebutuhan = volume ÷ kemampuan per orang",
        inputs=(InputSpec("volume"), InputSpec("standard")),
        parameters=(),
        citations=(Cite(_FOLDER, "hasil-kerja"), Cite(_FOLDER, "objek-kerja")),
        compute=_by_standard,
        steps=_by_standard_steps,
    ),
    Operator(
        name="workforce.need_by_equipment",
        title="kebutuhan pegawai menurut peralatan kerja",
        formula_words="Banyaknya alat dikali banyaknya orang untuk satu alat.",
        formula_symbols="kebutuhan = alat × orang per alat",
        inputs=(InputSpec("pieces"), InputSpec("operators_per_piece")),
        parameters=(),
        citations=(Cite(_FOLDER, "peralatan-kerja"),),
        compute=_by_equipment,
        steps=_by_equipment_steps,
    ),
    Operator(
        name="workforce.need_by_time",
        title="kebutuhan pegawai menurut tugas per tugas jabatan",
        formula_words="Volume dikali waktu penyelesaian satu satuan, dibagi waktu kerja efektif satu orang. "
        "Kebutuhan jabatan adalah jumlah kebutuhan tiap tugasnya.",
        formula_symbols="kebutuhan = volume × menit per satuan ÷ menit kerja efektif",
        inputs=(InputSpec("volume"), InputSpec("minutes")),
        parameters=(_TIME, _ON, _PERIOD),
        citations=(Cite(_FOLDER, "tugas-per-tugas"), Cite(_FOLDER, "waktu-kerja-efektif")),
        compute=_by_time,
        steps=_by_time_steps,
    ),
    Operator(
        name="workforce.effectiveness",
        title="efektivitas jabatan atau unit (EJ, EU)",
        formula_words="Beban kerja dalam menit dibagi menit kerja efektif semua pegawai yang ada.",
        formula_symbols="EJ = Σ (volume × norma waktu) ÷ (pegawai × menit kerja efektif)",
        inputs=(InputSpec("workload_minutes"), InputSpec("staff")),
        parameters=(_TIME, _ON, _PERIOD),
        citations=(Cite("permendagri-12-2008", "ej"), Cite(_FOLDER, "waktu-kerja-efektif")),
        compute=_effectiveness,
        steps=_effectiveness_steps,
    ),
)
