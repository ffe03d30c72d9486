"""What holds for every method and every input, zero and negative, huge and tiny."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from manfaat import engine
from manfaat.engine import Series, Status

NUMBERS = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 100.0, 5e-324, -5e-324, 1.7e308, -1.7e308, 1e-300, 1e15]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-1000, 1000).map(float),
)
ENTRIES = st.one_of(NUMBERS, st.none(), st.sampled_from([Status.MISSING, Status.NOT_DUE, Status.NOT_MEASURABLE]))
ZERO_RULES = st.sampled_from(["not_measurable", "met_if_equal_or_better"])
BOUNDS: dict[str, st.SearchStrategy[Any]] = {
    "cap": st.one_of(st.none(), st.floats(100, 1000)),
    "floor": st.one_of(st.none(), st.floats(-100, 100)),
    "zero_target": ZERO_RULES,
}
HIGHER = "achievement.higher_is_better"
LOWER = ["achievement.lower_is_better_difference", "achievement.lower_is_better_ratio"]
MATCHED = [HIGHER, *LOWER]
QUICK = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.filter_too_much])


def one(operator: str, parameters: dict[str, Any] | None = None, **inputs: float | Status | None) -> engine.Evaluation:
    return engine.evaluate(operator, {name: Series.of([entry]) for name, entry in inputs.items()}, parameters)


@st.composite
def parameters(draw: st.DrawFn, operator: str) -> dict[str, Any]:
    chosen = {name: draw(strategy) for name, strategy in BOUNDS.items()}
    if operator.endswith("ratio"):
        chosen["zero_realised"] = draw(st.sampled_from(["not_measurable", "cap"]))
    if operator.endswith("range"):
        chosen["direction"] = draw(st.sampled_from(["both", "higher", "lower"]))
    return chosen


@pytest.mark.parametrize("operator", MATCHED)
@QUICK
@given(data=st.data(), target=NUMBERS, first=NUMBERS, second=NUMBERS)
def test_better_never_scores_lower(
    operator: str, data: st.DataObject, target: float, first: float, second: float
) -> None:
    chosen = data.draw(parameters(operator))
    worse, better = sorted((first, second), reverse=operator in LOWER)
    found = engine.evaluate(
        operator, {"realised": Series.of([worse, better]), "target": Series.of([target, target])}, chosen
    )
    assume((found.status == Status.KNOWN).all())
    assert found.values[1] >= found.values[0]


@QUICK
@given(data=st.data(), low=NUMBERS, high=NUMBERS, first=NUMBERS, second=NUMBERS)
def test_nearer_to_the_range_never_scores_lower(
    data: st.DataObject, low: float, high: float, first: float, second: float
) -> None:
    low, high = sorted((low, high))
    chosen = data.draw(parameters("achievement.within_range"))
    worse, better = sorted((first, second), reverse=chosen["direction"] == "lower")
    if chosen["direction"] == "both":
        side = data.draw(st.sampled_from([-1, 1]))
        worse, better = (
            (min(first, second), max(first, second)) if side < 0 else (max(first, second), min(first, second))
        )
        assume(better <= high if side < 0 else better >= low)
    two = [worse, better]
    inputs = {"realised": two, "target_low": [low, low], "target_high": [high, high]}
    found = engine.evaluate("achievement.within_range", {name: Series.of(v) for name, v in inputs.items()}, chosen)
    assume((found.status == Status.KNOWN).all())
    assert found.values[1] >= found.values[0]


@pytest.mark.parametrize("operator", MATCHED)
@QUICK
@given(data=st.data(), target=NUMBERS)
def test_target_exactly_met_gives_100(operator: str, data: st.DataObject, target: float) -> None:
    found = one(operator, data.draw(parameters(operator)), realised=target, target=target)
    assume(found.status[0] == Status.KNOWN)
    assert found.values[0] == 100.0


@pytest.mark.parametrize("operator", MATCHED)
@QUICK
@given(target=NUMBERS.filter(lambda number: number > 0))
def test_positive_target_exactly_met_is_always_measurable(operator: str, target: float) -> None:
    assert one(operator, realised=target, target=target).values[0] == 100.0


@QUICK
@given(low=NUMBERS, high=NUMBERS, share=st.floats(0, 1))
def test_inside_the_range_gives_100(low: float, high: float, share: float) -> None:
    low, high = sorted((low, high))
    inside = min(max(low + share * (high / 2 - low / 2) * 2, low), high)
    assert one("achievement.within_range", realised=inside, target_low=low, target_high=high).values[0] == 100.0


@pytest.mark.parametrize("operator", sorted(engine.OPERATORS))
@QUICK
@given(data=st.data())
def test_no_input_raises_and_every_gap_has_a_reason(operator: str, data: st.DataObject) -> None:
    found = engine.OPERATORS[operator]
    count = data.draw(st.integers(1, 4))
    entries = st.lists(ENTRIES, min_size=count, max_size=count)
    inputs: dict[str, Any] = {}
    for spec in found.inputs:
        if spec.many:
            inputs[spec.name] = [Series.of(data.draw(entries)) for _ in range(2)]
        else:
            inputs[spec.name] = Series.of(data.draw(entries))
    scale = {"achievement.scale_mapping": "opini-bpk", "scale.classify": "capaian-lima-tingkat"}.get(operator)
    chosen = {"scale": scale} if scale else {}
    for spec in found.parameters:
        if spec.allowed:
            chosen[spec.name] = data.draw(st.sampled_from(spec.allowed))
    result = engine.evaluate(operator, inputs, chosen)
    known = result.status == Status.KNOWN
    assert np.array_equal(known, np.isfinite(result.values))
    assert not any(math.copysign(1, value) < 0 for value in result.values[result.values == 0])
    for position, reason in enumerate(result.reasons):
        assert reason or known[position]
        assert reason is None or engine.reason_sentence(reason)
        made = engine.figure(result, position, key="k", label="L")
        assert (made.value is None) == (not known[position])
        assert engine.recompute(made.to_record()).to_record() == made.to_record()
        assert engine.explain(made).as_text()


SINGLE = sorted(name for name, found in engine.OPERATORS.items() if not found.many and "scale" not in name)


@pytest.mark.parametrize("operator", SINGLE)
@QUICK
@given(data=st.data(), status=st.sampled_from([Status.MISSING, Status.NOT_DUE, Status.NOT_MEASURABLE]))
def test_missing_spreads_and_never_becomes_zero(operator: str, data: st.DataObject, status: Status) -> None:
    names = [spec.name for spec in engine.OPERATORS[operator].inputs]
    hole = data.draw(st.sampled_from(names))
    entries: dict[str, Any] = {name: data.draw(NUMBERS) for name in names} | {hole: status}
    found = one(operator, **entries)
    assert found.status[0] == status
    assert math.isnan(found.values[0])
    assert found.reason(0) == f"{status.code}:{hole}"


@pytest.mark.parametrize("operator", [*MATCHED, "budget.absorption", "budget.deviation_relative", "change.relative"])
@QUICK
@given(
    first=st.floats(-1e6, 1e6),
    second=st.floats(-1e6, 1e6),
    factor=st.sampled_from([1e-3, 0.1, 7.0, 1000.0, 1e6, 2.0**20]),
)
def test_units_are_irrelevant(operator: str, first: float, second: float, factor: float) -> None:
    assume(abs(second) > 1e-3)
    names = [spec.name for spec in engine.OPERATORS[operator].inputs]
    plain = one(operator, **dict(zip(names, (first, second), strict=True)))
    scaled = one(operator, **dict(zip(names, (first * factor, second * factor), strict=True)))
    assert plain.status[0] == scaled.status[0]
    if plain.status[0] == Status.KNOWN:
        assert math.isclose(plain.values[0], scaled.values[0], rel_tol=1e-9, abs_tol=1e-6 * max(1, abs(first / second)))


@pytest.mark.parametrize("operator", sorted(name for name in engine.OPERATORS if name.startswith("aggregate.")))
@QUICK
@given(data=st.data(), members=st.lists(ENTRIES, min_size=1, max_size=12))
def test_order_of_members_is_irrelevant_to_the_last_bit(operator: str, data: st.DataObject, members: list[Any]) -> None:
    shuffled = data.draw(st.permutations(members))
    found = engine.evaluate_members(operator, [Series.of([entry]) for entry in members])
    again = engine.evaluate_members(operator, [Series.of([entry]) for entry in shuffled])
    assert found.series == again.series


@QUICK
@given(rows=st.lists(st.lists(ENTRIES, min_size=3, max_size=3), min_size=1, max_size=8))
def test_a_unit_scores_the_same_alone_and_among_others(rows: list[list[Any]]) -> None:
    together = engine.evaluate_members("aggregate.mean", [Series.of(row) for row in rows])
    for unit in range(3):
        alone = engine.evaluate_members("aggregate.mean", [Series.of([row[unit]]) for row in rows])
        assert alone.series[0] == together.series[unit]


@QUICK
@given(members=st.lists(st.integers(-(10**14), 10**14), min_size=1, max_size=60))
def test_whole_rupiah_are_summed_exactly(members: list[int]) -> None:
    found = engine.evaluate_members("budget.sum", [Series.of([member]) for member in members])
    assert int(found.values[0]) == sum(members)


@QUICK
@given(value=st.decimals(-(10**7), 10**7, places=5, allow_nan=False), decimals=st.integers(0, 4))
def test_rounding_of_arrays_is_the_decimal_rounding(value: Any, decimals: int) -> None:
    exact = engine.round_half_up(value, decimals)
    assert engine.round_half_up(float(value), decimals) == exact
    assert engine.rounding.round_array(np.array([float(value)]), decimals)[0] == float(exact)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)


@st.composite
def bundles(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 4))
    figures = []
    for number in range(count):
        found = one(HIGHER, realised=draw(ENTRIES), target=draw(ENTRIES))
        note = engine.Input(
            label=draw(TEXTS), unit=draw(TEXTS), source={"file": draw(TEXTS), "row": draw(st.integers(0, 9))}
        )
        figures.append(
            engine.figure(found, 0, key=f"a{number}", label=draw(TEXTS), subject=draw(TEXTS), inputs={"realised": note})
        )
    members = [Series.of([made.value if made.value is not None else Status.from_code(made.status)]) for made in figures]
    mean = engine.evaluate_members("aggregate.mean", members)
    notes = [engine.Input(figure=made.key, label=made.label) for made in figures]
    figures.append(engine.figure(mean, 0, key="rata-rata", label="Rata-rata", inputs={"members": notes}))
    return engine.bundle.build({"pemerintah": draw(TEXTS)}, figures)


@QUICK
@given(package=bundles())
def test_bundle_survives_the_way_through_json(package: dict[str, Any]) -> None:
    read = json.loads(json.dumps(package))
    assert engine.bundle.verify(read) == []
    assert engine.bundle.digest(read) == package["digest"]
    assert [engine.Figure.from_record(record).to_record() for record in read["figures"]] == read["figures"]


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in paths_of(inner, (*path, key))]
    if isinstance(value, list):
        return [found for key, inner in enumerate(value) for found in paths_of(inner, (*path, key))]
    return [path]


def altered(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return "x"
    return value * 1.01 + 1 if isinstance(value, int | float) and abs(value) < 1e300 else f"{value}x"


@QUICK
@given(package=bundles(), data=st.data())
def test_any_single_field_changed_is_found(package: dict[str, Any], data: st.DataObject) -> None:
    tampered = json.loads(json.dumps(package))
    path = data.draw(st.sampled_from(paths_of(tampered)))
    place = tampered
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = altered(place[path[-1]])
    assert engine.bundle.verify(tampered)


@QUICK
@given(package=bundles(), data=st.data())
def test_a_changed_result_is_found_even_with_a_new_digest(package: dict[str, Any], data: st.DataObject) -> None:
    tampered = json.loads(json.dumps(package))
    record = data.draw(st.sampled_from(tampered["figures"]))
    field = data.draw(st.sampled_from(["value", "shown", "status", "sentence", "reason"]))
    record[field] = "missing" if field == "status" and record[field] != "missing" else altered(record[field])
    tampered["digest"] = engine.bundle.digest(tampered)
    assert engine.bundle.verify(tampered)
