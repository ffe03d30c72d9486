"""The what-if search on instruments: equal to trying every set of answers, multiplier, exclusion and caps included."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from random import Random

import numpy as np
import pytest

from manfaat.analysis import whatif
from manfaat.engine import Series
from manfaat.engine import instruments as packs
from manfaat.engine.tests.made_up import loaded

ANSWERS = {"A.1": 50.0, "A.2": 40.0, "B.1": 2.5, "B.2": 80.0, "B.3": 60.0, "II": 4.0}


@pytest.fixture(scope="module")
def reform(tmp_path_factory: pytest.TempPathFactory) -> packs.Instrument:
    return loaded(Path(tmp_path_factory.mktemp("peraturan")))["reform-2024"]


def changes_of(result: packs.InstrumentResult, chance: Random) -> list[whatif.Change]:
    found = packs.improvements(result, 0)
    halfway = {one.row.code: (one.value + ANSWERS[one.row.code]) / 2 for one in found if not one.label}
    found += [one for one in packs.improvements(result, 0, targets=halfway) if one.row.code in halfway]
    return [
        whatif.Change(one.place, one.row.code, one.value, one.label, float(chance.randint(1, 9)))
        for one in {(one.place, one.value): one for one in found}.values()
    ]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("hidden", [(), ("B.2",), ("B.3", "A.1")])
def test_best_set_equals_trying_every_set(reform: packs.Instrument, seed: int, hidden: tuple[str, ...]) -> None:
    chance = Random(seed)  # noqa: S311
    answers = {code: Series.of([None if code in hidden else value]) for code, value in ANSWERS.items()}
    result = packs.evaluate_instrument(reform, answers, coefficient=Series.of([-1.0]))
    changes, budget = changes_of(result, chance), float(chance.randint(4, 20))
    score, sheet = packs.scorer(result, 0), packs.sheet_of(result, 0)
    plan = whatif.best_within(score, sheet, changes, budget)
    groups = [[None, *(one for one in changes if one.place == place)] for place in range(len(sheet))]
    sets = [[one for one in combination if one is not None] for combination in product(*groups)]
    able = [one for one in sets if sum(change.effort or 0 for change in one) <= budget]
    best = score(np.stack([whatif.changed(sheet, one) for one in able])).max()
    assert plan.effort <= budget
    if plan.proven:
        assert plan.after == pytest.approx(best, abs=1e-5)
    else:
        assert "B.2" in hidden
        assert plan.after >= plan.before
        assert plan.after <= best + 1e-9


def test_search_writes_into_no_answer(reform: packs.Instrument) -> None:
    answers = {code: Series.of([value]) for code, value in ANSWERS.items()}
    result = packs.evaluate_instrument(reform, answers)
    before = {code: series.values.copy() for code, series in answers.items()}
    changes = changes_of(result, Random(1))  # noqa: S311
    whatif.best_within(packs.scorer(result, 0), packs.sheet_of(result, 0), changes, 20)
    assert all(np.array_equal(answers[code].values, values) for code, values in before.items())
