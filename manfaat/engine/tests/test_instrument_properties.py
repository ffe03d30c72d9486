"""What holds for every pack and every answer sheet."""

from __future__ import annotations

import json
import math
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manfaat import engine
from manfaat.engine import Series, Status
from manfaat.engine import instruments as packs
from manfaat.engine.instruments.rules import extremes
from manfaat.engine.tests.made_up import loaded

LIBRARY = packs.instruments()
IDS = [one.id for one in LIBRARY]
QUICK = settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> dict[str, packs.Instrument]:
    return loaded(Path(tmp_path_factory.mktemp("peraturan")))


def with_every_weight(instrument: packs.Instrument) -> packs.Instrument:
    """The instrument with invented weights where none is established, so that it has a total to test."""
    if instrument.is_complete:
        return instrument
    weights: dict[str, Any] = {}
    for row in instrument.rows:
        absent = [one for one in instrument.children[row.code] if one.needs_weight and one.weight is None]
        if not absent:
            continue
        whole = row.weight if row.weight is not None else weights.get(row.code, len(absent))
        taken = sum((one.weight for one in instrument.children[row.code] if one.weight is not None), start=0)
        rest = (whole - taken) if row.operator in ("sum", "adjusted") else len(absent)
        for one in absent:
            weights[one.code] = rest / len(absent) if isinstance(rest, float) else rest * type(rest)(1) / len(absent)
    return instrument.with_weights(weights, "bobot karangan untuk pengujian")


def answer(chance: Random, instrument: packs.Instrument, row: packs.Row) -> float:
    known = instrument.answer_set(row)
    if known is not None:
        return chance.choice(sorted(known.values.values()))
    worst, best = extremes(instrument, row)
    low, high = (0.0 if worst is None else worst), (0.0 if best is None else best)  # no more than the weight leaves
    if row.operator == "classed":
        low, high = (0.0 if row.low is None else row.low), chance.choice([10.0, 100.0, 1e6])
    return chance.choice([low, high, chance.uniform(low, high), chance.uniform(low, high)])


def sheet_of(seed: int, instrument: packs.Instrument, *, holes: bool = False) -> dict[str, float | Status]:
    """A made-up answer sheet, the same for the same seed."""
    chance = Random(seed)  # noqa: S311
    return {
        row.code: Status.MISSING if holes and chance.random() < 0.1 else answer(chance, instrument, row)
        for row in instrument.leaves
    }


def run(instrument: packs.Instrument, *sheet: dict[str, Any], **more: Any) -> packs.InstrumentResult:
    answers = {row.code: Series.of([one[row.code] for one in sheet]) for row in instrument.leaves}
    return packs.evaluate_instrument(instrument, answers, **more)


def some(made_up: dict[str, packs.Instrument], seed: int) -> list[packs.Instrument]:
    """The made-up instruments and a few of the library, others for every seed."""
    drawn = Random(seed).sample(LIBRARY, min(4, len(LIBRARY)))  # noqa: S311
    return [with_every_weight(one) for one in [*made_up.values(), *drawn]]


SEEDS = st.integers(0, 2**32)


@QUICK
@given(seed=SEEDS)
def test_a_better_answer_never_lowers_the_total(made_up: dict[str, packs.Instrument], seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    for instrument in some(made_up, seed):
        sheet = sheet_of(seed, instrument)
        row = chance.choice(instrument.leaves)
        better = answer(chance, instrument, row)
        result = run(instrument, sheet, sheet | {row.code: better})
        score, top = result.row(row.code).score.values, result.rows[top_of(instrument)].score
        if top.known.all():
            low, high = (0, 1) if score[0] <= score[1] else (1, 0)
            assert top.values[high] >= top.values[low] - 1e-9


def top_of(instrument: packs.Instrument) -> str:
    return instrument.rows[0].code


@QUICK
@given(seed=SEEDS)
def test_bounds_contain_the_truth(made_up: dict[str, packs.Instrument], seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    for instrument in some(made_up, seed):
        sheet = sheet_of(seed, instrument)
        hidden = [row.code for row in instrument.leaves if chance.random() < 0.2]
        truth = run(instrument, sheet)
        open_sheet = run(instrument, sheet | dict.fromkeys(hidden, Status.MISSING))
        code = top_of(instrument)
        if any(open_sheet.rows[row].left_out[0] for row in open_sheet.rows):
            continue
        worst, best = packs.bounds(open_sheet, code)
        if truth.rows[code].score.known[0]:
            value = truth.rows[code].score.values[0]
            assert not worst.known[0] or worst.values[0] <= value + 1e-9, instrument.id
            assert not best.known[0] or best.values[0] >= value - 1e-9, instrument.id
            if worst.known[0] and best.known[0]:
                assert best.values[0] - worst.values[0] >= -1e-9


@QUICK
@given(seed=SEEDS)
def test_order_of_units_and_company_are_irrelevant_to_the_last_bit(
    made_up: dict[str, packs.Instrument], seed: int
) -> None:
    for instrument in some(made_up, seed):
        three = [sheet_of(seed + place, instrument, holes=True) for place in range(3)]
        together = run(instrument, *three)
        turned = run(instrument, *reversed(three))
        for code, row in together.rows.items():
            assert np.array_equal(row.score.values, turned.rows[code].score.values[::-1], equal_nan=True)
            for place, sheet in enumerate(three):
                if code == top_of(instrument):
                    assert run(instrument, sheet).rows[code].score[0] == row.score[place], instrument.id


@pytest.mark.parametrize("instrument", LIBRARY, ids=IDS)
def test_each_input_missing_in_turn_empties_its_own_branch_only(instrument: packs.Instrument) -> None:
    whole = with_every_weight(instrument)
    full = {}
    for row in whole.leaves:
        worst, best = extremes(whole, row)
        full[row.code] = best if best is not None else worst if worst is not None else 1.0
    count = len(whole.leaves)
    answers = {
        row.code: Series.of([Status.MISSING if place == number else full[row.code] for place in range(count)])
        for number, row in enumerate(whole.leaves)
    }
    result = packs.evaluate_instrument(whole, answers)
    for number, row in enumerate(whole.leaves):
        touched = {row.code, *(above.code for above in whole.above(row.code))}
        for other in whole.leaves:
            if other.multiplied_by == row.code:
                touched |= {other.code, *(above.code for above in whole.above(other.code))}
        for code, one in result.rows.items():
            carried_on = row.when_missing == "exclude_and_rescale" and code != row.code
            known = bool(one.score.known[number])
            assert known == (code not in touched or carried_on), (row.code, code, one.sentence(number))
            assert known or math.isnan(one.score.values[number])
            assert known or one.sentence(number)


@pytest.mark.parametrize("instrument", LIBRARY, ids=IDS)
def test_full_marks_give_exactly_the_maximum(instrument: packs.Instrument) -> None:
    whole = with_every_weight(instrument)
    full = {row.code: extremes(whole, row)[1] for row in whole.leaves}
    if None in full.values():
        pytest.skip("instrumen ini punya baris tanpa nilai tertinggi")
    result = run(whole, full)
    for code, row in result.rows.items():
        if row.row.decimals is None and np.isfinite(row.full[0]):
            assert row.score[0] == pytest.approx(row.full[0], abs=1e-9), code


@pytest.mark.parametrize("factor", [0.01, 10.0, 1000.0])
def test_a_line_does_not_care_in_which_unit_its_range_is_written(factor: float) -> None:
    plain = engine.evaluate("instrument.line", {"value": Series.of([3.7])}, {"weight": 7, "low": 1, "top": 5})
    scaled = engine.evaluate(
        "instrument.line", {"value": Series.of([3.7 * factor])}, {"weight": 7, "low": factor, "top": 5 * factor}
    )
    assert scaled.values[0] == pytest.approx(plain.values[0], rel=1e-12)


@pytest.mark.parametrize("instrument", LIBRARY, ids=IDS)
def test_digest_depends_on_neither_order_nor_machine(instrument: packs.Instrument) -> None:
    whole = with_every_weight(instrument)
    sheet = {}
    for number, row in enumerate(whole.leaves):
        worst, best = extremes(whole, row)
        sheet[row.code] = (best if number % 3 else worst) if best is not None and worst is not None else 1.0
    turned = dict(reversed(sheet.items()))
    digests = set()
    for one in (sheet, turned):
        result = packs.evaluate_instrument(whole, {code: Series.of([value]) for code, value in one.items()})
        made = packs.figures(result, 0, prefix="u", subject="Uji", period="2024")
        package = json.loads(json.dumps(engine.bundle.build(packs.instrument_meta(whole), made)))
        assert engine.bundle.verify(package) == []
        digests.add(package["digest"])
    assert len(digests) == 1
