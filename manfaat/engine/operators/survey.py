"""Satisfaction surveys: the mean of one element, how many to ask, and how far the answer of a sample may be off."""

from __future__ import annotations

import numpy as np

from manfaat.engine.registry import Cite, Entered, Inputs, InputSpec, Members, Operator, Parameter, Parameters, Working
from manfaat.engine.rounding import plain_id, round_array
from manfaat.engine.series import Floats

_ANSWERS = ("answers_1", "answers_2", "answers_3", "answers_4")
_CHI2 = Parameter("chi2", "χ² pada satu derajat bebas, 95%", 3.841, numeric=True, at_least=1e-6, at_most=100)
_PROPORTION = Parameter("proportion", "proporsi yang diandaikan", 0.5, numeric=True, at_least=0.001, at_most=0.999)
_ERROR = Parameter("error", "galat yang diterima", 0.05, numeric=True, at_least=1e-6, at_most=1)


def _refuse_counts(working: Working, inputs: Inputs) -> None:
    """Closes the units where a count is negative or no whole number."""
    for series in inputs.values():
        working.refuse(series.known & ((series.values < 0) | (series.values != np.floor(series.values))), "not_count")


def _element_mean(working: Working, inputs: Inputs, _members: Members, _parameters: Parameters) -> None:
    working.spread(inputs)
    _refuse_counts(working, inputs)
    counts = [inputs[name].values for name in _ANSWERS]
    with np.errstate(all="ignore"):
        given: Floats = np.add.reduce(counts)
        asked = inputs["questionnaires"].values if "questionnaires" in inputs else given
        working.refuse(asked == 0, "no_answer")
        working.refuse(given > asked, "answers_above_questionnaires")
        total: Floats = np.add.reduce([value * count for value, count in enumerate(counts, start=1)])
        working.finish(total / asked)


def _element_mean_steps(entered: Entered, _parameters: Parameters, value: float) -> list[str]:
    counts = [entered[name] for name in _ANSWERS]
    told = " + ".join(f"{number} × {plain_id(count)}" for number, count in enumerate(counts, start=1))
    total = sum(number * count for number, count in enumerate(counts, start=1))
    asked = entered.get("questionnaires", sum(counts))
    return [f"{told} = {plain_id(total)}", f"{plain_id(total)} ÷ {plain_id(asked)} = {plain_id(value)}"]


def _sample_size(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    working.spread(inputs)
    _refuse_counts(working, inputs)
    population = inputs["population"].values
    working.refuse(population == 0, "population_zero")
    spread = parameters["chi2"] * parameters["proportion"] * (1 - parameters["proportion"])
    with np.errstate(all="ignore"):
        needed = spread * (population / (parameters["error"] ** 2 * (population - 1) + spread))
        working.finish(round_array(needed, 0))


def _sample_size_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    people, chi2, share = entered["population"], parameters["chi2"], parameters["proportion"]
    spread = chi2 * share * (1 - share)
    needed = spread * people / (parameters["error"] ** 2 * (people - 1) + spread)
    part = f"{plain_id(chi2)} × {plain_id(share)} × {plain_id(1 - share)}"
    under = f"{plain_id(parameters['error'])}² × ({plain_id(people)} − 1) + {part}"
    return [
        f"{part} × {plain_id(people)} ÷ ({under}) = {plain_id(needed, 4)}",
        f"dibulatkan ke bilangan bulat terdekat: {plain_id(value)}",
    ]


def _margin(working: Working, inputs: Inputs, _members: Members, parameters: Parameters) -> None:
    working.spread(inputs)
    _refuse_counts(working, inputs)
    sample = inputs["sample"].values
    working.refuse(sample == 0, "no_answer")
    variance = parameters["chi2"] * parameters["proportion"] * (1 - parameters["proportion"])
    with np.errstate(all="ignore"):
        left = np.ones(working.n)
        if "population" in inputs:
            population = inputs["population"].values
            working.refuse(sample > population, "sample_above_population")
            left = np.where(sample == population, 0.0, (population - sample) / (population - 1))
        working.finish(np.sqrt(variance / sample * left) * 100.0)


def _margin_steps(entered: Entered, parameters: Parameters, value: float) -> list[str]:
    sample, share, people = entered["sample"], parameters["proportion"], entered.get("population")
    part = f"{plain_id(parameters['chi2'])} × {plain_id(share)} × {plain_id(1 - share)} ÷ {plain_id(sample)}"
    if people == sample:
        return [f"semua {plain_id(people)} orang menjawab, jadi tidak ada galat sampel: {plain_id(value)}"]
    number = plain_id(people) if people is not None else ""
    rest = f" × ({number} − {plain_id(sample)}) ÷ ({number} − 1)" if number else ""
    return [f"√({part}{rest}) × 100 = {plain_id(value)}"]


OPERATORS = (
    Operator(
        name="survey.element_mean",
        title="nilai rata-rata satu unsur",
        formula_words="Jawaban 1 sampai 4 dijumlahkan, dibagi banyaknya yang menjawab; bila banyaknya kuesioner "
        "disebut, dibagi itu.",
        formula_symbols="NRR = Σ (jawaban × banyaknya) ÷ banyaknya yang menjawab",
        inputs=(*(InputSpec(name) for name in _ANSWERS), InputSpec("questionnaires", optional=True)),
        parameters=(),
        citations=(Cite("permenpanrb-14-2017", "nilai-unsur"), Cite("permenpanrb-14-2017", "jawaban-kosong")),
        compute=_element_mean,
        steps=_element_mean_steps,
    ),
    Operator(
        name="survey.sample_size",
        title="banyaknya responden yang diperlukan",
        formula_words="Rumus Krejcie dan Morgan untuk banyaknya pengguna layanan, dibulatkan ke bilangan bulat "
        "terdekat.",
        formula_symbols="n = χ² · N · P(1 − P) ÷ (d²(N − 1) + χ² · P(1 − P))",
        inputs=(InputSpec("population"),),
        parameters=(_CHI2, _PROPORTION, _ERROR),
        citations=(Cite("permenpanrb-14-2017", "sampel"),),
        compute=_sample_size,
        steps=_sample_size_steps,
    ),
    Operator(
        name="survey.margin",
        title="galat sampel dalam poin persentase",
        formula_words="Rumus sampel yang sama, dihitung balik: galat untuk proporsi pada banyaknya responden yang ada. "
        "Tanpa banyaknya pengguna layanan, penggunanya dianggap tak terhingga.",
        formula_symbols="d = √(χ² · P(1 − P) ÷ n · (N − n) ÷ (N − 1)) × 100",
        inputs=(InputSpec("sample"), InputSpec("population", optional=True)),
        parameters=(_CHI2, _PROPORTION),
        citations=(Cite("permenpanrb-14-2017", "galat-sampel"),),
        compute=_margin,
        steps=_margin_steps,
    ),
)
