"""Money: absorption, deviation from the plan, share of routine spending, and benefit beside absorption."""

from __future__ import annotations

import numpy as np

from manfaat.engine.operators.aggregate import sum_members, sum_steps
from manfaat.engine.registry import Cite, Entered, Inputs, InputSpec, Members, Operator, Parameter, Parameters, Working
from manfaat.engine.rounding import plain_id

_PLAN = (InputSpec("planned"), InputSpec("realised"))


def _of_ceiling(working: Working, inputs: Inputs, part: str) -> None:
    working.spread(inputs)
    ceiling = inputs["ceiling"].values
    working.refuse(ceiling == 0, "ceiling_zero")
    working.refuse(ceiling < 0, "ceiling_negative")
    with np.errstate(all="ignore"):
        working.finish(inputs[part].values / ceiling * 100.0)


def _absorption(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    _of_ceiling(working, inputs, "realised")


def _absorption_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    return [f"{plain_id(entered['realised'])} ÷ {plain_id(entered['ceiling'])} × 100 = {plain_id(value)}"]


def _planned_share(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    _of_ceiling(working, inputs, "planned")


def _planned_share_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    return [f"{plain_id(entered['planned'])} ÷ {plain_id(entered['ceiling'])} × 100 = {plain_id(value)}"]


def _points(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    working.spread(inputs)
    with np.errstate(all="ignore"):
        working.finish(inputs["realised"].values - inputs["planned"].values)


def _points_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    return [f"{plain_id(entered['realised'])} − {plain_id(entered['planned'])} = {plain_id(value)}"]


def _relative(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    working.spread(inputs)
    planned, realised = inputs["planned"].values, inputs["realised"].values
    working.refuse(planned == 0, "planned_zero")
    working.refuse(planned < 0, "planned_negative")
    with np.errstate(all="ignore"):
        working.finish((planned - realised) / planned * 100.0)


def _relative_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    planned, realised = plain_id(entered["planned"]), plain_id(entered["realised"])
    return [f"({planned} − {realised}) ÷ {planned} × 100 = {plain_id(value)}"]


def _routine_share(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    working.spread(inputs)
    routine, total = inputs["routine"].values, inputs["total"].values
    working.refuse(total <= 0, "total_not_positive")
    with np.errstate(all="ignore"):
        working.finish(routine / total * 100.0)


def _routine_share_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    return [f"{plain_id(entered['routine'])} ÷ {plain_id(entered['total'])} × 100 = {plain_id(value)}"]


def _benefit_gap(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    working.spread(inputs)
    with np.errstate(all="ignore"):
        working.finish(inputs["achievement"].values - inputs["absorption"].values)


def _benefit_gap_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    return [f"{plain_id(entered['achievement'])} − {plain_id(entered['absorption'])} = {plain_id(value)}"]


OPERATORS = (
    Operator(
        name="budget.absorption",
        title="serapan anggaran",
        formula_words="Realisasi belanja dibagi pagu, dikali 100.",
        formula_symbols="S = realisasi ÷ pagu × 100",
        inputs=(InputSpec("realised"), InputSpec("ceiling")),
        parameters=(),
        citations=(Cite("pmk-214-2017", "serapan"), Cite("praktik-rfk", "capaian-keuangan")),
        compute=_absorption,
        steps=_absorption_steps,
    ),
    Operator(
        name="budget.planned_share",
        title="rencana kas terhadap pagu",
        formula_words="Rencana kas kumulatif dibagi pagu, dikali 100.",
        formula_symbols="RAK% = rencana kas ÷ pagu × 100",
        inputs=(InputSpec("planned"), InputSpec("ceiling")),
        parameters=(),
        citations=(Cite("praktik-rfk", "deviasi"),),
        compute=_planned_share,
        steps=_planned_share_steps,
    ),
    Operator(
        name="budget.deviation_points",
        title="selisih realisasi dari rencana",
        formula_words="Realisasi (%) dikurangi rencana (%). Positif berarti di atas rencana, negatif di bawahnya.",
        formula_symbols="D = realisasi% − rencana%",
        inputs=_PLAN,
        parameters=(),
        citations=(Cite("metode-manfaat", "selisih-poin"),),
        compute=_points,
        steps=_points_steps,
    ),
    Operator(
        name="budget.deviation_relative",
        title="deviasi terhadap rencana kas",
        formula_words="Rencana dikurangi realisasi, dibagi rencana, dikali 100: kolom deviasi laporan RFK daerah. "
        "Positif berarti realisasi tertinggal, kebalikan dari selisih dalam poin.",
        formula_symbols="D = (rencana − realisasi) ÷ rencana × 100",
        inputs=_PLAN,
        parameters=(),
        citations=(Cite("praktik-rfk", "deviasi"),),
        compute=_relative,
        steps=_relative_steps,
    ),
    Operator(
        name="budget.routine_share",
        title="bagian belanja rutin",
        formula_words="Belanja program penunjang (kode program 01) dibagi belanja seluruhnya, dikali 100.",
        formula_symbols="B = belanja rutin ÷ belanja seluruhnya × 100",
        inputs=(InputSpec("routine"), InputSpec("total")),
        parameters=(),
        citations=(Cite("nomenklatur-2023", "program-penunjang"), Cite("metode-manfaat", "bagian-belanja-rutin")),
        compute=_routine_share,
        steps=_routine_share_steps,
    ),
    Operator(
        name="budget.sum",
        title="jumlah anggaran",
        formula_words="Semua bagian dijumlahkan. Bila satu bagian belum terisi, jumlahnya pun belum ada.",
        formula_symbols="J = Σ bagian",
        inputs=(InputSpec("members", many=True),),
        parameters=(
            Parameter("missing", "bila ada bagian yang tidak terisi", "spread", allowed=("spread", "leave_out")),
        ),
        citations=(Cite("metode-manfaat", "jumlah"),),
        compute=sum_members,
        steps=sum_steps,
    ),
    Operator(
        name="budget.benefit_gap",
        title="capaian kinerja dikurangi serapan anggaran",
        formula_words="Capaian kinerja (%) dikurangi serapan anggaran (%). Positif: hasil melebihi uang terpakai.",
        formula_symbols="E = capaian% − serapan%",
        inputs=(InputSpec("achievement"), InputSpec("absorption")),
        parameters=(),
        citations=(Cite("praktik-esakip", "efisiensi-selisih"),),
        compute=_benefit_gap,
        steps=_benefit_gap_steps,
    ),
)
