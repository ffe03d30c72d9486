"""The packs of the satisfaction survey and of the reform index: complete where sources are, refusing where not."""

from __future__ import annotations

import re
import shutil
import tomllib
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manfaat import engine
from manfaat.engine import EngineError, Series, Status
from manfaat.engine import instruments as packs
from manfaat.engine.instruments.examples import InstrumentExample, examples
from manfaat.engine.instruments.model import TOTAL, Instrument
from manfaat.engine.regulations import FOLDER, regulations, resolve
from manfaat.engine.rounding import round_half_up
from manfaat.engine.scale_data import load_scales

DOMAIN = Path(__file__).resolve().parents[4] / "shared" / "domain"
LOCAL = [f"rb-{year}-{group}" for year in (2023, 2024) for group in ("provinsi", "kabkota")]
PRINTED = [*LOCAL, "rb-2023-kl", "rb-2024-kl", "rb-2020-2022", "rb-2014-2019"]
MINE = [*PRINTED, "skm-2017", "strategi-rubric-2024", "rb-tema-2024-kl"]
COMPLETE = {"skm-2017", "rb-2024-kl", "strategi-rubric-2024", "rb-tema-2024-kl"}
FILES = sorted(
    path
    for folder in ("permenpanrb-14-2017", "permenpanrb-26-2020", "permenpanrb-14-2014", "praktik-portal-rb")
    for path in (FOLDER / folder).glob("instrument_*.toml")
) + sorted(path for folder in ("kepmenpanrb-*",) for path in FOLDER.glob(f"{folder}/instrument_*.toml"))
EXAMPLES = {example.id: example for example in examples()}
CARRIED = "kepmenpanrb-182-2024"


def complete(name: str) -> InstrumentExample:
    """An example in which every row of the instrument is answered."""
    instrument = packs.instrument(name)
    wanted = {leaf.code for leaf in instrument.leaves}
    found = [
        example
        for example in EXAMPLES.values()
        if example.instrument == name
        and "options" not in example.given
        and set(example.given.get("answers", {})) == wanted
        and example.result(instrument).rows[TOTAL].score.known.all()
    ]
    return found[-1]


def domain(name: str) -> Path:
    path = DOMAIN / name
    if not path.is_file():
        pytest.skip(f"the study file {name} is absent from ../shared/domain")
    return path


@pytest.mark.parametrize("name", MINE)
def test_pack_is_in_the_library_and_says_how_far_it_goes(name: str) -> None:
    instrument = packs.instrument(name)
    assert instrument.note
    assert (instrument.status == "complete") == (name in COMPLETE)
    assert instrument.status == "partial" or instrument.is_complete


@pytest.mark.parametrize("name", MINE)
def test_every_citation_of_rows_options_and_treatments_resolves(name: str) -> None:
    instrument = packs.instrument(name)
    cites = [cite for row in instrument.rows for cite in (row.cite, row.treatment_cite) if cite]
    choices = [choice for option in instrument.options.values() for choice in option.choices.values()]
    cites += [change["cite"] for choice in choices for change in choice.changes.values()]
    assert {resolve(cite).grade for cite in cites} <= {"P", "S", "I"}


def weighted(name: str) -> tuple[Instrument, dict[str, Any]]:
    """The instrument with the weights of its complete example, where it needs them, and the answers of that example."""
    example, instrument = complete(name), packs.instrument(name)
    weights = example.given.get("weights")
    return instrument.with_weights(weights, "uji") if weights else instrument, dict(example.given["answers"])


def holed(instrument: Instrument, answers: dict[str, Any], status: Status) -> dict[str, Series]:
    """One unit per answered row, in which just that row has no number."""
    codes = [leaf.code for leaf in instrument.leaves]
    return {
        code: Series.of([status if hole == code else instrument.read_answer(code, answers[code]) for hole in codes])
        for code in codes
    }


@pytest.mark.parametrize("name", [name for name in MINE if name != "rb-2023-kl"])
@pytest.mark.parametrize("status", [Status.MISSING, Status.NOT_DUE, Status.NOT_MEASURABLE])
def test_every_input_missing_in_turn_spreads_to_the_total(name: str, status: Status) -> None:
    instrument, answers = weighted(name)
    result = packs.evaluate_instrument(instrument, holed(instrument, answers, status))
    for unit, leaf in enumerate(instrument.leaves):
        touched = {leaf.code, *(row.code for row in instrument.above(leaf.code))}
        dependent = [row for row in instrument.leaves if row.multiplied_by == leaf.code]
        touched |= {code for row in dependent for code in (row.code, *(one.code for one in instrument.above(row.code)))}
        for code, row in result.rows.items():
            assert row.score.known[unit] == (code not in touched), (leaf.code, code)
            assert code not in touched or row.score[unit] is status
        assert leaf.code in {row.code for row in result.missing(unit)}


@pytest.mark.parametrize("name", [name for name in MINE if name.startswith("rb-2024-")])
def test_last_year_counts_only_for_a_missing_indicator_and_cites_its_rule(name: str) -> None:
    instrument, answers = weighted(name)
    whole = packs.evaluate_instrument(instrument, instrument.series_of(answers)).total.score[0]
    earlier = {code: Series.of([answers[code]] * len(instrument.leaves)) for code in answers}
    for status in (Status.MISSING, Status.NOT_DUE):
        result = packs.evaluate_instrument(instrument, holed(instrument, answers, status), last_year=earlier)
        for unit, leaf in enumerate(instrument.leaves):
            carries = leaf.code[0] in "BC"
            used = carries and status is Status.MISSING
            assert (leaf.when_missing == "carry_last_year") == carries
            assert (result.row(leaf.code).reason(unit) == "last_year") == used
            assert result.total.score[unit] == (whole if used else status)
            if carries:
                assert leaf.treatment_cite is not None
                assert leaf.treatment_cite.regulation == CARRIED


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.stem}" for path in FILES])
def test_unknown_key_is_refused_by_file_and_name(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / path.parent.name
    shutil.copytree(path.parent, folder)
    scales = load_scales(FOLDER)
    text = path.read_text(encoding="utf-8")
    assert packs.load_instrument(folder / path.name, regulations(), scales).rows
    for mark in ("[instrument]\n", "[[rows]]\n"):
        (folder / path.name).write_text(text.replace(mark, f"{mark}warna = 1\n", 1), encoding="utf-8")
        with pytest.raises(EngineError, match=rf"{path.parent.name}/{path.name}.*kunci “warna” tidak dikenal"):
            packs.load_instrument(folder / path.name, regulations(), scales)
    (folder / path.name).write_text(text, encoding="utf-8")
    (folder / path.name.replace("instrument_", "examples_")).unlink()
    with pytest.raises(EngineError, match="tidak ada berkas contoh"):
        packs.load_instrument(folder / path.name, regulations(), scales)


# weights against the study material


def nodes(data: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    found: list[tuple[dict[str, Any], str]] = []

    def walk(node: dict[str, Any], parent: str) -> None:
        found.append((node, parent))
        for child in node.get("children", []):
            walk(child, node["code"])

    for node in data["nodes"]:
        walk(node, "")
    return found


@pytest.mark.parametrize("name", PRINTED)
def test_weights_ranges_and_structure_are_those_of_the_study_material(name: str) -> None:
    instrument = packs.instrument(name)
    data = tomllib.loads(domain(f"rb_instruments/{name}.toml").read_text(encoding="utf-8"))
    printed = nodes(data)
    codes = {node["id"]: node["code"] for node, _ in printed}
    criteria = {criterion.code for criterion in instrument.criteria}
    unread = {f"{node['code']}.lain" for node, _ in printed if node.get("children_complete") is False} - {"A.II.lain"}
    assert {node["code"] for node, _ in printed} | unread == (set(instrument.by_code) - {TOTAL}) | criteria
    top = "" if not instrument.has_total else TOTAL
    for node, parent in printed:
        if node["code"] in criteria:
            continue
        row = instrument.row(node["code"])
        assert row.parent == (parent or top)
        assert row.weight == (Fraction(str(node["weight"])) if "weight" in node else None), row.code
        assert row.multiplied_by == codes.get(node.get("multiplied_by", ""), ""), row.code
        if "range_max" in node:
            assert (row.low, row.top) == (node["range_min"], node["range_max"]), row.code
    if "max_total" in data:
        assert instrument.row(TOTAL).weight == Fraction(str(data["max_total"]))


def test_predicate_bounds_are_those_of_the_study_material() -> None:
    data = tomllib.loads(domain("rb_instruments/predikat.toml").read_text(encoding="utf-8"))
    ours = {
        "rb-predikat-2014-2022": ["predikat-rb-2014"],
        "rb-predikat-2023": ["predikat-rb-2023", "predikat-rb-2023-a", "predikat-rb-2023-a-minus"],
    }
    for scheme in data["scheme"]:
        for name in ours[scheme["id"]]:
            bands = {band.code: band for band in engine.scales.bands(name).members}
            for band in scheme["bands"]:
                if band["code"] in bands:
                    own = bands[band["code"]]
                    assert (own.lower, own.lower_included) == (band["lower"], band.get("lower_inclusive", False))
                    assert own.upper == band.get("upper", np.inf)


def test_rubric_is_that_of_the_study_material() -> None:
    data = tomllib.loads(domain("rb_instruments/strategi-rubric-2024.toml").read_text(encoding="utf-8"))
    rubric = packs.instrument("strategi-rubric-2024")
    grades = {**rubric.answers["nilai"].values, **rubric.answers["ya_tidak"].values}
    assert grades == data["grades"]
    for part, row in zip(data["part"], rubric.children[TOTAL], strict=True):
        assert row.weight == part["points"]
        kinds = {"A-E": "nilai", "YA/TIDAK": "ya_tidak"}
        assert [leaf.answers for leaf in rubric.children[row.code]] == [
            kinds[item["answers"]] for item in part["items"]
        ]


# the reform index


@pytest.mark.parametrize("name", LOCAL)
def test_total_is_refused_by_name_until_the_office_enters_the_weights(name: str) -> None:
    example, instrument = complete(name), packs.instrument(name)
    answers = instrument.series_of(example.given["answers"])
    refused = packs.evaluate_instrument(instrument, answers)
    assert not refused.rows[TOTAL].score.known.any()
    with pytest.raises(EngineError, match=r"bobot baris ini belum ditetapkan: A\.1, A\.2, B\.1\.1"):
        _ = refused.total
    entered = example.result(instrument)
    assert entered.total.score.known.all()
    assert all(row.weight_source for row in entered.instrument.rows if instrument.row(row.code).weight is None)
    with pytest.raises(EngineError, match="tidak sama dengan"):
        instrument.with_weights({**example.given["weights"], "B.1.1": 3}, "uji")


def test_only_the_ministries_of_2024_have_all_weights() -> None:
    assert {name for name in PRINTED if not packs.instrument(name).unestablished} <= {
        "rb-2024-kl",
        "rb-2020-2022",
        "rb-2014-2019",
    }


def test_partly_seen_instrument_gives_nothing_above_what_was_not_seen() -> None:
    instrument = packs.instrument("rb-2023-kl").with_weights({"B.1.3": 4}, "uji")
    seen = {leaf.code: leaf.top for leaf in instrument.leaves if not leaf.code.endswith(".lain")}
    result = packs.evaluate_instrument(instrument, instrument.series_of(seen))
    assert result.row("A").score[0] == 10.0
    assert [result.row(code).score[0] for code in ("B.1", "B", "I")] == [Status.MISSING] * 3
    with pytest.raises(EngineError, match="tidak punya nilai akhir"):
        _ = result.total
    rest = {"B.1.lain": 25, "B.lain": 7, "I.lain": 30}
    whole = packs.evaluate_instrument(instrument, instrument.series_of({**seen, **rest}))
    assert (whole.row("B").score[0], whole.row("I").score[0]) == (40.0, 80.0)


def test_lines_are_rounded_in_2023_and_not_in_2024() -> None:
    for name in MINE:
        decimals = {leaf.decimals for leaf in packs.instrument(name).leaves}
        assert decimals == ({2} if "-2023-" in name else {None})


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (80.0, ["BB (Sangat Baik)"] * 3),
        (80.01, ["A atau A- (Memuaskan, dengan Catatan bila ada target yang tidak tercapai)", "A (Memuaskan)"]),
        (100.0, ["AA atau A (tepat 100, belum ditetapkan)"] * 2 + ["AA atau A- (tepat 100, belum ditetapkan)"]),
        (100.01, ["AA (Sangat Memuaskan)"] * 3),
    ],
)
def test_predicate_follows_the_targets_and_leaves_exactly_100_open(total: float, words: list[str]) -> None:
    instrument = packs.instrument("rb-2024-kl")
    for choice, word in zip(("tidak-dinilai", "semua-tercapai", "ada-yang-tidak"), words, strict=False):
        result = packs.evaluate_instrument(
            instrument, {}, options={"target": choice}, scores={TOTAL: Series.of([total])}
        )
        assert result.predicate.labels == [word]


def test_better_action_plan_raises_its_implementation_too() -> None:
    instrument = packs.instrument("rb-2024-kl")
    result = packs.evaluate_instrument(
        instrument, {"A.1": Series.of([0, 50, 100, None]), "A.2": Series.of([80, 80, 80, 80])}
    )
    assert np.allclose(result.row("A.2").score.values[:3], [0, 2.8, 5.6])
    assert result.row("A.2").score[3] is Status.MISSING
    assert "disimpulkan" in instrument.row("A.2").note


def test_points_of_an_audit_opinion_are_not_made_up() -> None:
    for name in [*LOCAL, "rb-2024-kl"]:
        instrument = packs.instrument(name)
        row = instrument.row("C.1.3a")
        assert (row.operator, row.answers) == ("entered", "")
        assert "belum ditetapkan" in row.note
        with pytest.raises(EngineError, match="bukan jawaban"):
            instrument.read_answer("C.1.3a", "WTP")


# the satisfaction index

NINE = [f"U{number}" for number in range(1, 10)]


def test_nine_ninths_are_exactly_one() -> None:
    instrument = packs.instrument("skm-2017")
    assert [leaf.code for leaf in instrument.leaves] == NINE
    assert sum((leaf.weight or Fraction(0)) for leaf in instrument.leaves) == 1


@pytest.mark.parametrize(("weight", "full"), [("1/9", 100.0), ("0.1111", 99.99), ("0.111", 99.9), ("0.11", 99.0)])
def test_every_weight_mode_shows_what_it_costs(weight: str, full: float) -> None:
    instrument = packs.instrument("skm-2017")
    result = packs.evaluate_instrument(
        instrument, instrument.series_of(dict.fromkeys(NINE, 4)), options={"bobot": weight}
    )
    assert result.total.score[0] == full
    assert result.instrument.chosen["bobot"] == weight


@settings(deadline=None, max_examples=40)
@given(answers=st.lists(st.integers(100, 400), min_size=9, max_size=9), data=st.data())
def test_index_stays_in_its_bounds_rises_with_each_element_and_knows_no_order(
    answers: list[int], data: st.DataObject
) -> None:
    instrument = packs.instrument("skm-2017")
    means = [answer / 100 for answer in answers]
    better = [*means]
    raised = data.draw(st.integers(0, 8))
    better[raised] = min(4.0, better[raised] + 0.5)
    shuffled = data.draw(st.permutations(means))
    rows = [means, better, shuffled]
    result = packs.evaluate_instrument(
        instrument, {code: Series.of([row[place] for row in rows]) for place, code in enumerate(NINE)}
    )
    first, second, third = result.total.score.values
    assert 25 <= first <= second <= 100
    assert first == third
    assert first == float(round_half_up(float(Fraction(sum(answers), 100) / 9 * 25), 2))


def test_answer_outside_one_to_four_is_no_answer() -> None:
    instrument = packs.instrument("skm-2017")
    for entry in (0, 0.99, 4.01, 5, -1):
        result = packs.evaluate_instrument(instrument, instrument.series_of({"U1": entry}))
        assert result.row("U1").reason(0) == "outside_range"


def test_words_of_a_questionnaire_are_answers() -> None:
    instrument = packs.instrument("skm-2017")
    assert instrument.read_answer("U4", "gratis") == 4.0
    assert instrument.read_answer("U1", "Kurang sesuai") == 2.0
    assert instrument.read_answer("U9", "3") == 3.0


def test_sample_table_is_that_of_the_study_material() -> None:
    line = next(
        line for line in domain("skm.md").read_text(encoding="utf-8").splitlines() if line.startswith("Values (N")
    )
    cells = [(int(people), int(sample)) for people, sample in re.findall(r"(\d+): (\d+)[;.]", line)]
    assert len(cells) == 90
    found = engine.evaluate("survey.sample_size", {"population": Series.of([people for people, _ in cells])})
    assert found.values.tolist() == [sample for _, sample in cells]


def test_sample_never_exceeds_the_population_and_its_margin_keeps_the_promise() -> None:
    people = np.arange(1.0, 20_001.0)
    population = Series.of(people.tolist())
    sample = engine.evaluate("survey.sample_size", {"population": population}).series
    assert (sample.values <= people).all()
    assert all(later >= earlier for earlier, later in pairwise(sample.values.tolist()))
    margin = engine.evaluate("survey.margin", {"sample": sample, "population": population}).values
    assert np.nanmax(margin[people >= 100]) < 5.1
    unlimited = engine.evaluate("survey.margin", {"sample": sample}).values
    assert (margin <= unlimited).all()


def test_element_mean_is_the_mean_of_the_answers() -> None:
    counts = {"answers_1": 3, "answers_2": 5, "answers_3": 11, "answers_4": 10}
    inputs = {name: Series.of([count]) for name, count in counts.items()}
    found = engine.evaluate("survey.element_mean", inputs)
    each = np.repeat([1, 2, 3, 4], list(counts.values()))
    assert np.isclose(found.values[0], each.mean())
    asked = engine.evaluate("survey.element_mean", {**inputs, "questionnaires": Series.of([40])})
    assert np.isclose(asked.values[0], each.sum() / 40)


@pytest.mark.parametrize("name", MINE)
def test_pack_has_the_examples_it_should(name: str) -> None:
    found: list[InstrumentExample] = [one for one in EXAMPLES.values() if one.instrument == name]
    instrument: Instrument = packs.instrument(name)
    assert len(found) >= 3
    chosen = {key: {one.given.get("options", {}).get(key) for one in found} for key in instrument.options}
    for key, option in instrument.options.items():
        if name in COMPLETE:
            assert {option.default, *chosen[key]} - {None} == set(option.choices), key
