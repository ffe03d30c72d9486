"""Achievement where the target is an answer, a number of stages or a step of a named scale."""

from __future__ import annotations

import numpy as np

from manfaat.engine import scale_data as scales
from manfaat.engine.operators.achievement import (
    CAP,
    FLOOR,
    REALISED_AND_TARGET,
    ZERO_TARGET,
    bound_lines,
    bounded,
    zero_base,
)
from manfaat.engine.registry import Cite, Entered, Inputs, InputSpec, Members, Operator, Parameter, Parameters, Working
from manfaat.engine.rounding import plain_id

_ANSWERS = {0.0: "tidak", 1.0: "ya"}


def _yes_no(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    working.spread(inputs)
    realised = inputs["realised"].values
    target = inputs["target"].values if "target" in inputs else np.ones(working.n)
    for values in (realised, target):
        working.refuse((values != 0) & (values != 1), "not_yes_no")
    working.finish(np.where(realised >= target, 100.0, 0.0))


def _yes_no_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    target = _ANSWERS[entered.get("target", 1.0)]
    return [f"target {target}, realisasi {_ANSWERS[entered['realised']]}: capaian {plain_id(value)}"]


def _answer(value: float, _parameters: Parameters) -> str:
    return _ANSWERS.get(value, "")


def _step_code(value: float, parameters: Parameters) -> str:
    codes = {step.value: step.code for step in scales.ordinal(parameters["scale"], parameters["on"]).members}
    return codes.get(value, "")


def _milestone(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    working.spread(inputs)
    reached, due = inputs["realised"].values, inputs["target"].values
    for values in (reached, due):
        working.refuse((values < 0) | (values != np.floor(values)), "not_stage_count")
    with np.errstate(all="ignore"):
        ruled = zero_base(working, due == 0, parameters, "no_stage_due")
        bounded(working, np.where(ruled, 100.0, reached / due * 100.0), parameters)


def _milestone_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    reached, due = entered["realised"], entered["target"]
    if due == 0:
        return [f"tidak ada tahapan yang harus selesai: capaian {plain_id(value)}"]
    result = reached / due * 100.0
    line = (
        f"{plain_id(reached)} tahapan selesai ÷ {plain_id(due)} tahapan yang harus selesai × 100 = {plain_id(result)}"
    )
    return [line, *bound_lines(parameters, result)]


def _scale_mapping(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    working.spread(inputs)
    ranks = scales.ordinal(parameters["scale"], parameters["on"]).values
    realised, target = inputs["realised"].values, inputs["target"].values
    for values in (realised, target):
        working.refuse(~np.isin(values, ranks), "not_on_scale")
    with np.errstate(all="ignore"):
        bounded(working, realised / target * 100.0, parameters)


def _scale_mapping_steps(entered: Entered, parameters: Parameters, _value: float) -> list[str]:
    scale = scales.ordinal(parameters["scale"], parameters["on"])
    realised, target = entered["realised"], entered["target"]
    result = realised / target * 100.0
    pair = (("realisasi", realised), ("target", target))
    named = ", ".join(f"{noun} {scale.name_of(one)} bernilai {plain_id(one)}" for noun, one in pair)
    return [
        named,
        f"{plain_id(realised)} ÷ {plain_id(target)} × 100 = {plain_id(result)}",
        *bound_lines(parameters, result),
    ]


OPERATORS = (
    Operator(
        name="achievement.yes_no",
        title="ya atau tidak",
        formula_words="100 bila yang ditargetkan terlaksana, 0 bila tidak.",
        formula_symbols="C = 100 (R ≥ T); C = 0 (R < T); ya = 1, tidak = 0",
        inputs=(InputSpec("realised"), InputSpec("target", optional=True)),
        parameters=(),
        citations=(Cite("metode-manfaat", "ya-tidak"),),
        compute=_yes_no,
        steps=_yes_no_steps,
        word=_answer,
    ),
    Operator(
        name="achievement.milestone",
        title="tahapan",
        formula_words="Jumlah tahapan yang selesai dibagi jumlah tahapan yang harus selesai, dikali 100.",
        formula_symbols="C = tahapan selesai ÷ tahapan yang harus selesai × 100",
        inputs=REALISED_AND_TARGET,
        parameters=(CAP, FLOOR, ZERO_TARGET),
        citations=(Cite("metode-manfaat", "tahapan"),),
        compute=_milestone,
        steps=_milestone_steps,
    ),
    Operator(
        name="achievement.scale_mapping",
        title="tingkat dalam skala",
        formula_words="Nilai tingkat yang dicapai dibagi nilai tingkat yang ditargetkan menurut skalanya, dikali 100.",
        formula_symbols="C = nilai(R) ÷ nilai(T) × 100",
        inputs=REALISED_AND_TARGET,
        parameters=(
            Parameter("scale", "skala"),
            Parameter("on", "tanggal berlaku skala", optional=True),
            CAP,
            FLOOR,
        ),
        citations=(Cite("praktik-esakip", "skala-tingkat"),),
        compute=_scale_mapping,
        steps=_scale_mapping_steps,
        word=_step_code,
    ),
)
