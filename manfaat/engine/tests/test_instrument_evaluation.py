"""Evaluating instruments: rules of the rows, bounds, points lost, side by side."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from manfaat import engine
from manfaat.engine import Series, Status
from manfaat.engine import instruments as packs
from manfaat.engine.instruments.rules import group_full, split
from manfaat.engine.tests.made_up import loaded

FULL = {"A.1": 100, "A.2": 100, "B.1": 5, "B.2": 100, "B.3": "WTP", "II": 10}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> dict[str, packs.Instrument]:
    return loaded(Path(tmp_path_factory.mktemp("peraturan")))


@pytest.fixture
def reform(made_up: dict[str, packs.Instrument]) -> packs.Instrument:
    return made_up["reform-2024"]


def run(instrument: packs.Instrument, answers: dict[str, object], **more: object) -> packs.InstrumentResult:
    return packs.evaluate_instrument(instrument, instrument.series_of(answers), **more)  # type: ignore[arg-type]


def test_full_marks_give_exactly_the_maximum(reform: packs.Instrument) -> None:
    result = run(reform, FULL)
    assert result.total.score[0] == 110.0
    assert result.row("I").score[0] == 100.0
    assert result.row("B").score[0] == 90.0
    assert result.total.points_lost[0] == 0.0
    assert result.total.attained[0] == 100.0


def test_lower_end_of_a_range_is_not_subtracted_unless_the_row_says_so(
    reform: packs.Instrument, made_up: dict[str, packs.Instrument]
) -> None:
    assert run(reform, {"B.1": 1}).row("B.1").score[0] == 8.0
    assert run(made_up["campuran-2024"], {"G.1": 52.5}).row("G.1").score[0] == 0.5


def test_row_is_multiplied_by_what_another_attained(reform: packs.Instrument) -> None:
    result = run(reform, FULL | {"A.1": 50, "A.2": 80})
    assert result.row("A.2").score[0] == pytest.approx(80 / 100 * 7 * 0.5)
    assert run(reform, {"A.2": 80}).row("A.2").reason(0) == "missing:multiplier"


def test_missing_answer_empties_its_branch_and_nothing_else(reform: packs.Instrument) -> None:
    result = run(reform, {code: answer for code, answer in FULL.items() if code != "B.3"})
    assert [code for code, row in result.rows.items() if not row.score.known[0]] == ["total", "I", "B", "B.3"]
    assert result.total.score[0] is Status.MISSING
    assert [row.code for row in result.missing(0)] == ["B.3"]


def test_answer_out_of_range_or_off_the_list_has_no_points(reform: packs.Instrument) -> None:
    assert run(reform, {"A.1": 100.5}).row("A.1").reason(0) == "outside_range"
    assert run(reform, {"B.1": 0.5}).row("B.1").reason(0) == "outside_range"
    assert run(reform, {"B.3": 61}).row("B.3").reason(0) == "not_an_answer"
    with pytest.raises(engine.EngineError, match="“WXX” bukan jawaban"):
        run(reform, {"B.3": "WXX"})


def test_last_year_is_carried_only_where_the_rule_says_so(reform: packs.Instrument) -> None:
    answers = {code: answer for code, answer in FULL.items() if code not in ("B.1", "B.3")}
    last_year = {"B.1": Series.of([4]), "B.3": Series.of([100])}
    result = run(reform, answers, last_year=last_year)
    assert (result.row("B.1").score[0], result.row("B.1").reason(0)) == (32.0, "last_year")
    assert result.row("B.3").score[0] is Status.MISSING


def test_an_answer_of_this_year_goes_before_last_years(reform: packs.Instrument) -> None:
    result = run(reform, FULL, last_year={"B.1": Series.of([1])})
    assert (result.row("B.1").score[0], result.row("B.1").reason(0)) == (40.0, None)


def test_row_excluded_by_rule_gives_its_weight_to_the_others(reform: packs.Instrument) -> None:
    result = run(reform, {code: answer for code, answer in FULL.items() if code != "B.2"})
    assert result.row("B.2").reason(0) == "left_out_by_rule"
    assert result.row("B").full[0] == pytest.approx(90 - 50 / 3)
    assert result.row("I").score[0] == pytest.approx(100.0)
    half = run(reform, {"A.1": 100, "A.2": 100, "B.1": 2.5, "B.3": "WTP", "II": 0})
    assert half.row("I").score[0] == pytest.approx((10 + 20 + 100 / 3) / (100 - 50 / 3) * 100)


def test_units_that_are_no_locus_are_computed_on_the_weight_that_counts(reform: packs.Instrument) -> None:
    answers = {code: Series.of([value, value, value]) for code, value in reform_values().items()}
    out = {"A": np.array([False, True, False]), "B.1": np.array([False, False, True])}
    result = packs.evaluate_instrument(reform, answers, not_locus=out)
    assert result.row("A.1").reason(1) == "not_locus"
    assert result.row("A").reason(1) == "not_locus"
    alone = run(reform, reform_values())
    assert result.total.score[0] == alone.total.score[0]
    points = 40 * 2.5 / 5 + 50 / 3 * 0.8 + 100 / 3 * 0.6
    assert result.row("I").score[1] == pytest.approx(points / 90 * 100)
    without_spip = 3 * 0.5 + 7 * 0.4 * 0.5 + 50 / 3 * 0.8 + 100 / 3 * 0.6
    assert result.row("I").score[2] == pytest.approx(without_spip / 60 * 100)


def reform_values() -> dict[str, float]:
    return {"A.1": 50, "A.2": 40, "B.1": 2.5, "B.2": 80, "B.3": 60, "II": 4}


def test_coefficient_is_added_before_scaling(reform: packs.Instrument) -> None:
    result = run(reform, FULL, coefficient=Series.of([-2.5]))
    assert result.total.score[0] == 107.5
    with pytest.raises(engine.EngineError, match="tidak memakai koefisien"):
        run(packs.instrument("sakip-2021"), {}, coefficient=Series.of([1]))


def test_published_component_is_taken_as_given() -> None:
    sakip = packs.instrument("sakip-2021")
    scores = {"1": Series.of([30.0, None]), "2": Series.of([25.93, 1.0])}
    answers = {leaf.code: Series.of([80, 80]) for leaf in sakip.leaves if leaf.parent != "1"}
    result = packs.evaluate_instrument(sakip, answers, scores=scores)
    assert result.total.score[0] == pytest.approx(30 + 25.93 + 12 + 20)
    assert result.total.score[1] is Status.MISSING
    assert [row.code for row in result.missing(1)] == ["1.a", "1.b", "1.c"]
    assert result.missing(0) == []


def test_options_change_rows_and_their_citation(made_up: dict[str, packs.Instrument]) -> None:
    mixed = made_up["campuran-2024"]
    answers = mixed.series_of({"S.1": 4, "S.2": 4})
    assert packs.evaluate_instrument(mixed, answers).row("S").score[0] == 100.0
    other = packs.evaluate_instrument(mixed, answers, options={"bobot": "dua-desimal"})
    assert other.row("S").score[0] == 99.0
    assert other.instrument.row("S.1").cite.place == "pasal-5"
    assert other.instrument.chosen == {"bobot": "dua-desimal"}
    assert mixed.row("S.1").cite.place == "lampiran"
    with pytest.raises(engine.EngineError, match="Pilihan “x” untuk bobot tidak dikenal"):
        packs.evaluate_instrument(mixed, answers, options={"bobot": "x"})
    with pytest.raises(engine.EngineError, match="pilihan “y” tidak dikenal"):
        packs.evaluate_instrument(mixed, answers, options={"y": "x"})


def test_lines_are_rounded_where_the_instrument_rounds_them(made_up: dict[str, packs.Instrument]) -> None:
    assert run(made_up["campuran-2024"], {"S.1": 3.1}).row("S.1").score[0] == 1.03


def test_classes_take_their_bounds_as_written(made_up: dict[str, packs.Instrument]) -> None:
    mixed = made_up["campuran-2024"]
    for people, points in ((1000, 140), (1001, 420), (5000, 420), (5001, 700), (-3, 140)):
        assert run(mixed, {"T.1": people}).row("T.1").score[0] == points
    for density, points in ((49.9, 300), (50, 180), (400, 180), (400.5, 60)):
        assert run(mixed, {"T.2": density}).row("T.2").score[0] == points


def test_total_without_a_weight_is_refused_with_the_rows_named(made_up: dict[str, packs.Instrument]) -> None:
    partial = made_up["sebagian-2024"]
    result = run(partial, {"A.1": 50, "A.2": 50, "A.3": 50, "B": 4})
    with pytest.raises(engine.EngineError, match=r"bobot baris ini belum ditetapkan: A\.2, A\.3"):
        result.total  # noqa: B018
    assert result.row("A.1").score[0] == 2.0
    assert result.row("B").score[0] == 72.0
    assert result.row("A.2").reason(0) == "weight_not_set"
    assert result.row("A").full[0] == 10.0
    assert result.missing(0) == []


def test_entered_weights_give_the_total_and_say_who_entered_them(made_up: dict[str, packs.Instrument]) -> None:
    partial = made_up["sebagian-2024"]
    entered = partial.with_weights({"A.2": 2, "A.3": "4"}, "Lampiran I b hlm. 3, Bagian Organisasi")
    result = run(entered, {"A.1": 50, "A.2": 50, "A.3": 50, "B": 4})
    assert result.total.score[0] == 77.0
    assert entered.row("A.2").weight_source.startswith("Lampiran I b")
    assert entered.with_weights({"A.2": 3, "A.3": 3}, "koreksi").is_complete
    assert not partial.is_complete


@pytest.mark.parametrize(
    ("weights", "source", "told"),
    [
        ({"A.1": 5}, "x", "sudah ditetapkan"),
        ({"A.2": 2, "A.3": 3}, "x", "tidak sama dengan 10"),
        ({"A.2": 7}, "x", "melebihi 10"),
        ({"A.2": 0}, "x", "lebih dari nol"),
        ({"A.2": "dua"}, "x", "bukan bilangan"),
        ({"A.2": "1/0"}, "x", "bukan bilangan"),
        ({"A.9": 1}, "x", "tidak ada"),
        ({"A.2": 2, "A.3": 4}, "  ", "dari mana bobot"),
    ],
)
def test_entered_weights_are_checked(
    made_up: dict[str, packs.Instrument], weights: dict[str, object], source: str, told: str
) -> None:
    with pytest.raises(engine.EngineError, match=told):
        made_up["sebagian-2024"].with_weights(weights, source)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answers", "more", "told"),
    [
        ({"X": 1}, {}, "baris “X” tidak ada"),
        ({"A": 1}, {}, "dihitung dari baris di bawahnya"),
        ({}, {"scores": {"A.1": Series.of([1])}}, "isi jawabannya"),
        ({"A.1": 1}, {"coefficient": Series.of([1, 2])}, "panjang masukan tidak sama"),
    ],
)
def test_calls_that_make_no_sense_are_refused(
    reform: packs.Instrument, answers: dict[str, object], more: dict[str, object], told: str
) -> None:
    with pytest.raises(engine.EngineError, match=told):
        packs.evaluate_instrument(
            reform,
            {code: Series.of([value]) for code, value in answers.items()},  # type: ignore[arg-type]
            **more,  # type: ignore[arg-type]
        )


def test_bounds_hold_best_and_worst_of_what_is_open(reform: packs.Instrument) -> None:
    answers = {code: answer for code, answer in FULL.items() if code not in ("A.1", "B.3")}
    worst, best = packs.bounds(run(reform, answers))
    assert best[0] == 110.0
    assert worst[0] == pytest.approx(110 - 10 - 100 / 3 * 0.8)
    low, high = packs.bounds(run(reform, answers), "A.2")
    assert (low[0], high[0]) == (0.0, 7.0)
    same = packs.bounds(run(reform, FULL))
    assert (same[0][0], same[1][0]) == (110.0, 110.0)


def test_bounds_of_rows_without_weight_share_what_the_weight_above_leaves(
    made_up: dict[str, packs.Instrument],
) -> None:
    partial = made_up["sebagian-2024"]
    worst, best = packs.bounds(run(partial, {"A.1": 50, "B": 4}))
    assert (worst[0], best[0]) == (74.0, 80.0)
    assert packs.bounds(run(partial, {}), "A.2")[1][0] is Status.NOT_MEASURABLE


def test_bounds_run_through_every_operator(made_up: dict[str, packs.Instrument]) -> None:
    mixed = made_up["campuran-2024"]
    worst, best = packs.bounds(run(mixed, {"S.1": 4}))
    assert best[0] == pytest.approx(100 + 10 + 100 + 100)
    assert worst[0] == pytest.approx(25 * (1.33 + 0.67) + 0 + 20 + 0)


def test_waterfall_runs_from_full_marks_to_the_total(reform: packs.Instrument) -> None:
    result = run(reform, reform_values(), coefficient=Series.of([-1]))
    fall = packs.waterfall(result, 0)
    assert fall is not None
    assert fall.complete
    assert fall.full == 110.0
    assert fall.end == result.total.score[0]
    assert math.isclose(fall.full - math.fsum(step.points for step in fall.steps), fall.end)
    lost = {step.code: step.points for step in fall.steps}
    assert lost["A.1"] == pytest.approx(1.5)
    assert lost["B.1"] == pytest.approx(20)
    assert [step.name for step in fall.steps if step.kind == "coefficient"] == ["Koefisien"]


def test_waterfall_weighs_steps_by_what_counts_and_shows_what_is_open(reform: packs.Instrument) -> None:
    result = run(reform, {"A.1": 100, "A.2": 100, "B.1": 2.5, "B.3": "WTP"})
    fall = packs.waterfall(result, 0)
    assert fall is not None
    kinds = {step.code: (step.kind, step.points) for step in fall.steps}
    assert not fall.complete
    assert kinds["II"] == ("open", 10.0)
    assert kinds["B.1"][1] == pytest.approx(20 * 100 / (100 - 50 / 3))
    assert fall.end == pytest.approx(110 - 10 - kinds["B.1"][1])


def test_waterfall_stops_at_a_geometric_mean_and_names_rounding(made_up: dict[str, packs.Instrument]) -> None:
    mixed = made_up["campuran-2024"]
    answers = {"S.1": 3.1, "S.2": 3.29, "M.1": 4, "M.2": 3, "T.1": 2000, "T.2": 30, "G.1": 60, "G.2": 9}
    result = run(mixed, answers, options={"bobot": "dua-desimal"})
    fall = packs.waterfall(result, 0)
    assert fall is not None
    by_code = {step.code: step for step in fall.steps}
    assert "G" in by_code
    assert "G.1" not in by_code
    assert by_code[""].kind == "rounding"
    assert fall.full - math.fsum(step.points for step in fall.steps) == pytest.approx(fall.end)
    assert packs.waterfall(run(made_up["sebagian-2024"], {}), 0, "A.2") is None


def test_side_by_side_explains_each_difference_in_parts(
    reform: packs.Instrument, made_up: dict[str, packs.Instrument]
) -> None:
    first = run(reform, reform_values())
    second = run(reform, reform_values() | {"A.1": 80, "A.2": 60})
    rows = {row.first_code: row for row in packs.compare(first, second)}
    assert rows["A.2"].difference == pytest.approx(7 * 0.6 * 0.8 - 7 * 0.4 * 0.5)
    assert rows["A.2"].parts["answer"] == pytest.approx(7 * 0.2 * 0.5)
    assert rows["A.2"].parts["multiplier"] == pytest.approx(7 * 0.6 * 0.3)
    assert math.fsum(rows["A.2"].parts.values()) == pytest.approx(rows["A.2"].difference)
    assert "jawaban +0,7" in rows["A.2"].sentence
    assert rows["B.1"].sentence == "SPIP: 0 poin, sama."
    partial = run(made_up["sebagian-2024"], {"A.1": 50, "B": 4})
    crossed = packs.compare(first, partial, mapping={"B.1": "B"})
    spip = next(row for row in crossed if row.first_code == "B.1")
    assert spip.parts["answer"] == pytest.approx(12)
    assert spip.parts["weight"] == pytest.approx(40)
    assert spip.difference == pytest.approx(72 - 20)
    assert [row.second_code for row in crossed if not row.first_code] == ["A.3"]
    assert next(row for row in crossed if row.first_code == "B.3").parts == {"only_first": pytest.approx(-20)}
    assert "tidak dapat dibandingkan" in crossed[0].sentence


def test_library_finds_the_version_of_a_day() -> None:
    assert packs.instrument_on("sakip", date(2024, 5, 1)).id == "sakip-2021"
    with pytest.raises(engine.EngineError, match="Tidak ada versi “pasar”"):
        packs.instrument_on("pasar", date(2024, 5, 1))
    with pytest.raises(engine.EngineError, match="Instrumen “x” tidak dikenal"):
        packs.instrument("x")


def test_improvements_stay_within_the_range_and_only_go_up(reform: packs.Instrument) -> None:
    result = run(reform, reform_values() | {"A.2": 100})
    found = packs.improvements(result, 0)
    assert [(one.row.code, one.value, one.label) for one in found] == [
        ("A.1", 100.0, ""),
        ("B.1", 5.0, ""),
        ("B.2", 100.0, ""),
        ("B.3", 100.0, "WTP"),
        ("II", 10.0, ""),
    ]
    aimed = packs.improvements(result, 0, targets={"A.1": 70, "B.1": 6, "B.2": 10})
    assert [(one.row.code, one.value) for one in aimed][:1] == [("A.1", 70)]
    assert not {"B.1", "B.2"} & {one.row.code for one in aimed}


def test_improvements_of_classes_follow_points_not_size(made_up: dict[str, packs.Instrument]) -> None:
    mixed = made_up["campuran-2024"]
    result = run(mixed, {"T.2": 100})
    found = [one.row.code for one in packs.improvements(result, 0, targets={"T.2": 30})]
    assert "T.2" in found
    assert "T.2" not in [one.row.code for one in packs.improvements(result, 0, targets={"T.2": 500})]


def test_trial_sheets_score_like_the_instrument(reform: packs.Instrument) -> None:
    out = {"B.1": np.array([True])}
    result = run(reform, reform_values(), coefficient=Series.of([-1]), not_locus=out)
    score = packs.scorer(result, 0)
    sheet = packs.sheet_of(result, 0)
    better = sheet.copy()
    better[0] = 100
    totals = score(np.stack([sheet, better]))
    assert totals[0] == result.total.score[0]
    again = run(reform, reform_values() | {"A.1": 100}, coefficient=Series.of([-1]), not_locus=out)
    assert totals[1] == again.total.score[0]


def test_trial_sheets_count_open_answers_as_worst_and_keep_given_components() -> None:
    sakip = packs.instrument("sakip-2021")
    answers = {leaf.code: Series.of([80]) for leaf in sakip.leaves if leaf.code != "4.c" and leaf.parent != "2"}
    result = packs.evaluate_instrument(sakip, answers, scores={"2": Series.of([25.93])})
    totals = packs.scorer(result, 0)(packs.sheet_of(result, 0)[np.newaxis, :])
    assert totals[0] == pytest.approx(24 + 25.93 + 12 + 10)
    codes = {one.row.code for one in packs.improvements(result, 0)}
    assert "4.c" in codes
    assert not {"2.a", "2.b", "2.c"} & codes


def test_choices_once_made_are_not_made_again(made_up: dict[str, packs.Instrument]) -> None:
    chosen = made_up["campuran-2024"].with_options({"bobot": "dua-desimal"})
    again = packs.evaluate_instrument(chosen, {"S.1": Series.of([4])})
    assert again.row("S.1").score[0] == 1.32
    with pytest.raises(engine.EngineError, match="sudah ditetapkan"):
        packs.evaluate_instrument(chosen, {"S.1": Series.of([4])}, options={"bobot": "pecahan"})


def test_many_units_with_many_reasons_keep_each_its_own(reform: packs.Instrument) -> None:
    count = 400
    states = [Status.MISSING, Status.NOT_DUE, Status.NOT_MEASURABLE, 50.0]
    answers = {
        row.code: Series.of([states[(unit // 4**place) % 4] if row.code[0] != "I" else 1.0 for unit in range(count)])
        for place, row in enumerate(reform.leaves)
    }
    result = packs.evaluate_instrument(reform, answers, not_locus={"B.1": np.arange(count) % 2 == 0})
    for unit in range(0, count, 37):
        alone = packs.evaluate_instrument(
            reform,
            {code: Series.of([series[unit]]) for code, series in answers.items()},
            not_locus={"B.1": np.array([unit % 2 == 0])},
        )
        for code, row in alone.rows.items():
            assert (row.score[0], row.reason(0)) == (result.rows[code].score[unit], result.rows[code].reason(unit))


def test_weight_is_written_as_a_decimal_where_it_has_an_end() -> None:
    assert split(Fraction(9, 2)) == {"weight": 4.5, "divisor": 1.0}
    assert split(Fraction(111, 1000)) == {"weight": 0.111, "divisor": 1.0}
    assert split(Fraction(1, 9)) == {"weight": 1.0, "divisor": 9.0}
    assert split(Fraction(7, 15)) == {"weight": 7.0, "divisor": 15.0}
    assert split(None) == {"weight": None, "divisor": 1.0}


@pytest.mark.parametrize(
    ("operator", "fulls", "expected"),
    [
        ("geometric_mean", [4.0, 9.0], 6.0),
        ("geometric_mean", [4.0, 0.0], 4.0),
        ("geometric_mean", [8.0, 1.0, 1.0], 2.0),
        ("mean", [4.0, 8.0], 6.0),
        ("mean", [4.0, 8.0, 0.0], 6.0),
        ("mean", [0.0, 0.0], 0.0),
        ("sum", [4.0, 8.0, 0.0], 12.0),
        ("sum", [math.nan, 8.0], math.nan),
        ("mean", [math.nan, 8.0], math.nan),
    ],
)
def test_full_marks_of_a_group_come_from_the_rows_that_count(
    made_up: dict[str, packs.Instrument], operator: str, fulls: list[float], expected: float
) -> None:
    instrument = made_up["campuran-2024"]
    row = replace(instrument.row("M"), operator=operator, factor=Fraction(1), weight=None)
    found = group_full(row, [np.array([full]) for full in fulls], instrument)
    assert found[0] == pytest.approx(expected, nan_ok=True)


def test_figures_are_named_by_code_and_row_and_the_total_by_its_name() -> None:
    sakip = packs.instrument("sakip-2021")
    result = packs.evaluate_instrument(sakip, sakip.series_of({leaf.code: "A" for leaf in sakip.leaves}))
    labels = {one.key: one.label for one in packs.figures(result, 0, prefix="x")}
    assert labels["x/1.a"] == "1.a Keberadaan"
    assert labels["x/total"] == "Nilai akuntabilitas kinerja"
    assert labels["x/predikat"] == "Predikat"
    assert list(labels)[-2:] == ["x/total", "x/predikat"]


def test_classes_with_one_bound_twice_are_refused() -> None:
    with pytest.raises(engine.EngineError, match="tidak lebih tinggi"):
        engine.evaluate("instrument.classed", {"value": Series.of([1])}, {"classes": "<=5:1|<=5:2|*:3"})


def steps(operator: str, parameters: dict[str, object], **inputs: object) -> list[str]:
    given = {
        name: [Series.of([one]) for one in value] if isinstance(value, list) else Series.of([value])
        for name, value in inputs.items()
    }  # type: ignore[list-item]
    made = engine.figure(engine.evaluate(operator, given, parameters), 0, key="k", label="L", unit="poin")
    return [str(line) for line in engine.explain(made).sections[2].lines[:-1]]


def test_calculation_is_shown_with_its_numbers_and_its_rounding() -> None:
    assert steps("instrument.line", {"weight": 2, "decimals": 2}, value=33.45) == [
        "33,45 ÷ 100 × 2",
        "dibulatkan 2 desimal, setengah ke atas: 0,67",
    ]
    assert steps("instrument.line", {"weight": 7, "multiplier_full": 3}, value=80, multiplier=2.4) == [
        "80 ÷ 100 × 7 × (2,4 ÷ 3) = 4,48"
    ]
    scaled = {"low": 20, "top": 85, "lower_end": "subtracted"}
    assert steps("instrument.line", scaled, value=52.5) == ["(52,5 − 20) ÷ (85 − 20) = 0,5"]
    assert steps("instrument.weighted", {"weight": 1, "divisor": 9}, value=4.5) == ["4,5 × 1 ÷ 9 = 0,5"]
    assert steps("instrument.sum", {"weight": 25}, members=[1.5, 2.1]) == ["(1,5 + 2,1) × 25 = 90"]
    assert steps("instrument.sum", {}, members=[1.5, 2.1]) == ["1,5 + 2,1 = 3,6"]
    assert steps("instrument.mean", {"decimals": 2}, members=[1.0, 1.0, 0.0]) == [
        "(1 + 1 + 0) ÷ 3",
        "dibulatkan 2 desimal, setengah ke atas: 0,67",
    ]
    assert steps("instrument.adjusted", {}, members=[8.0], counted_weight=10, coefficient=-2) == [
        "(8 − 2) ÷ 10 × 100 = 60"
    ]
    assert steps("instrument.adjusted", {}, members=[8.0], counted_weight=10, coefficient=1) == [
        "(8 + 1) ÷ 10 × 100 = 90"
    ]
    assert steps("instrument.geometric_mean", {}, members=[4.0, 9.0]) == ["(4 × 9)^(1/2) = 6"]


def test_unusable_answer_leaves_the_row_open_in_the_bounds(reform: packs.Instrument) -> None:
    result = run(reform, FULL | {"A.1": 105})
    low, high = packs.bounds(result, "A.1")
    assert (low[0], high[0]) == (0.0, 3.0)
    low, high = packs.bounds(result, "A.2")
    assert (low[0], high[0]) == (0.0, 7.0)


def test_total_that_was_given_stands_even_where_weights_are_not_established(
    made_up: dict[str, packs.Instrument],
) -> None:
    partial = made_up["sebagian-2024"]
    result = packs.evaluate_instrument(partial, {}, scores={"total": Series.of([80.0, None])})
    assert result.total.score[0] == 80.0
    assert result.total.score[1] is not Status.KNOWN
    assert result.missing(0) == []
