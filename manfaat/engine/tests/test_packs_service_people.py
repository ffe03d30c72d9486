"""Packs of service, people, organisation and region: what they rest on, and what each gap does."""

import csv
import math
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from manfaat import engine
from manfaat.engine import Series, Status
from manfaat.engine import instruments as packs
from manfaat.engine.instruments.examples import examples
from manfaat.engine.instruments.rules import extremes
from manfaat.engine.operators.instrument import classes_of
from manfaat.engine.regulations import resolve

SHARED = Path(__file__).resolve().parents[4] / "shared"
FOLDERS = {
    "permenpanrb-29-2022",
    "permenpanrb-5-2018",
    "permenpanrb-59-2020",
    "permenpanrb-8-2026",
    "permenpanrb-38-2018",
    "permenpanrb-20-2018",
    "permendagri-99-2018",
    "permendagri-104-2018",
    "permendagri-59-2021",
    "permendagri-19-2020",
    "dukungan-pemilu",
    "pp-18-2016",
}
MINE = [one for one in packs.instruments() if one.cite.regulation in FOLDERS]
IDS = [one.id for one in MINE]
WITH_EXAMPLES = {one.instrument for one in examples()}
TYPOLOGY = [one for one in MINE if one.cite.regulation == "pp-18-2016"]
FIRST_OF_PART = {
    "tipologi-provinsi-pendidikan-2016",
    "tipologi-kabkota-pendidikan-2016",
    "tipologi-provinsi-sekretariat-daerah-2016",
    "tipologi-kabkota-sekretariat-daerah-2016",
}
"""One form of each part of the annex, so that the general variables are counted once per part as they are printed."""
FIRST_SHEETS = [one for one in MINE if not one.unestablished]


def shared(*parts: str) -> Path:
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"tidak ada {path}: bahan riset domain hanya ada di lingkungan pengembangan")
    return path


def best_answers(instrument: packs.Instrument) -> dict[str, float]:
    found = {row.code: extremes(instrument, row)[1] for row in instrument.leaves}
    return {code: 1e15 if value is None or value > 1e15 else value for code, value in found.items()}


def run(instrument: packs.Instrument, sheet: dict[str, float], **more: object) -> packs.InstrumentResult:
    return packs.evaluate_instrument(instrument, {code: Series.of([value]) for code, value in sheet.items()}, **more)


def test_every_pack_of_the_list_is_there() -> None:
    assert len(MINE) == 100
    assert {one.cite.regulation for one in MINE} == FOLDERS


@pytest.mark.parametrize("instrument", MINE, ids=IDS)
def test_every_row_and_choice_cites_a_place_with_its_grade(instrument: packs.Instrument) -> None:
    choices = [choice for option in instrument.options.values() for choice in option.choices.values()]
    cites = [row.cite for row in instrument.rows]
    cites += [change["cite"] for choice in choices for change in choice.changes.values()]
    for cite in cites:
        found = resolve(cite)
        assert found.place
        assert found.grade in engine.regulations.GRADES
    assert instrument.id in WITH_EXAMPLES


@pytest.mark.parametrize("instrument", FIRST_SHEETS, ids=[one.id for one in FIRST_SHEETS])
def test_each_input_missing_in_turn_spreads_upwards_and_nowhere_else(instrument: packs.Instrument) -> None:
    best, codes = best_answers(instrument), [row.code for row in instrument.leaves]
    answers = {
        code: Series.of([Status.MISSING if place == number else best[code] for place in range(len(codes))])
        for number, code in enumerate(codes)
    }
    result = packs.evaluate_instrument(instrument, answers)
    for number, code in enumerate(codes):
        assert instrument.row(code).when_missing == "spread"
        branch = {code, *(row.code for row in instrument.above(code))}
        for name, row in result.rows.items():
            assert (row.score.status[number] == Status.MISSING) == (name in branch), (code, name)
            assert math.isnan(row.score.values[number]) == (name in branch)


@pytest.mark.parametrize("instrument", MINE, ids=IDS)
def test_zero_and_blank_are_two_things(instrument: packs.Instrument) -> None:
    for row in instrument.leaves:
        if row.low == 0 and row.weight is not None and not row.classes:
            result = run(instrument, {row.code: 0.0})
            assert result.row(row.code).score[0] == 0.0
            others = [one for one in result.rows.values() if one.row.is_leaf and one.row.code != row.code]
            assert {one.score.status[0] for one in others} <= {Status.MISSING}


def test_pekppp_has_the_items_of_the_real_forms() -> None:
    with shared("data", "pekppp_f02_criteria.csv").open(encoding="utf-8") as file:
        f02 = {(row["service_mode"], row["aspect"], row["indicator_code"]) for row in csv.DictReader(file)}
    with shared("data", "pekppp_f03_questions.csv").open(encoding="utf-8") as file:
        f03 = [(row["service_mode"], row["aspect"]) for row in csv.DictReader(file)]
    aspects = [
        "Kebijakan Pelayanan",
        "Profesionalisme SDM",
        "Sarana Prasarana",
        "Sistem Informasi Pelayanan Publik",
        "Konsultasi dan Pengaduan",
        "Inovasi Pelayanan Publik",
    ]
    for mode, name, f02_items, f03_items in (
        ("tatap_muka", "pekppp-tatap-muka-2022", 30, 14),
        ("elektronik", "pekppp-elektronik-2022", 29, 11),
    ):
        instrument = packs.instrument(name)
        assert sum(row.is_leaf and row.code.startswith("F02") for row in instrument.rows) == f02_items
        assert sum(row.is_leaf and row.code.startswith("F03") for row in instrument.rows) == f03_items
        real = Counter(aspect for at, aspect, _ in f02 if at == mode)
        assert real.pop("Informasi Tambahan") == 1
        assert [len(instrument.children[f"F02.{n}"]) for n in range(1, 7)] == [real[aspect] for aspect in aspects]
        asked = Counter(aspect for at, aspect in f03 if at == mode)
        assert [len(instrument.children[f"F03.{n}"]) for n in range(1, 6)] == [asked[aspect] for aspect in aspects[:5]]


def test_pekppp_repeats_no_sentence_of_the_form() -> None:
    words = {}
    for name, column in (("pekppp_f02_criteria.csv", "indicator"), ("pekppp_f03_questions.csv", "question")):
        with shared("data", name).open(encoding="utf-8") as file:
            words |= {row[column].casefold().strip(" ."): name for row in csv.DictReader(file)}
    ours = [row.name for one in MINE if one.id.startswith("pekppp") for row in one.leaves]
    assert not [name for name in ours if name.casefold() in words]


def test_mixing_rules_of_pekppp_change_the_total_and_say_where_they_come_from() -> None:
    instrument = packs.instrument("pekppp-tatap-muka-2022")
    sheet = {row.code: 4.0 if row.code.startswith("F02") else 2.0 for row in instrument.leaves}
    assert run(instrument, sheet).total.score[0] == pytest.approx(3.5)
    half = run(instrument, sheet, options={"gabungan": "50/50"})
    assert half.total.score[0] == pytest.approx(3.0)
    assert "Muaro Jambi" in resolve(half.row("F02").row.cite).place


def test_typology_holds_all_indicators_with_weights_that_add_up() -> None:
    assert len(TYPOLOGY) == 84
    technical = sum(len(one.children["T"]) for one in TYPOLOGY)
    assert technical + 4 * 3 == 446
    for one in TYPOLOGY:
        assert sum((row.weight or Fraction(0) for row in one.children["U"]), Fraction(0)) == Fraction(1, 5)
        assert sum((row.weight or Fraction(0) for row in one.children["T"]), Fraction(0)) == Fraction(4, 5)
        worst, best = packs.bounds(packs.evaluate_instrument(one, {}))
        assert (worst.values[0], best.values[0]) == (200.0, 1000.0)


def test_typology_agrees_with_the_annex_in_every_weight_and_class_limit() -> None:
    text = shared("domain", "organisation_pp18_indicators.md").read_text(encoding="utf-8")
    printed: Counter[tuple[Fraction, tuple[float, ...]]] = Counter()
    for line in re.findall(r"^\| (?!Indicator|-).+$", text, flags=re.MULTILINE):
        weight, *cells = [cell.strip() for cell in line.strip("| ").split("|")][1:]
        ends = [
            re.split(r"[-≤]", cell)[-1].strip(" %").replace(".", "").replace(",", ".")
            for cell in cells
            if ">" not in cell
        ]
        printed[Fraction(weight.replace(",", ".")) / 100, tuple(sorted(map(float, ends)))] += 1
    assert printed.total() == 446
    ours: Counter[tuple[Fraction | None, tuple[float, ...]]] = Counter()
    for one in TYPOLOGY:
        for row in (*one.children["T"], *(one.children["U"] if one.id in FIRST_OF_PART else ())):
            ends = [upper for upper, _, _ in classes_of(row.classes) if math.isfinite(upper)]
            ours[row.weight, tuple(ends)] += 1
    assert ours == printed


def test_typology_classes_turn_round_where_the_annex_does() -> None:
    reverse = {(one.id, row.code) for one in TYPOLOGY for row in one.leaves if "Terbalik" in row.note}
    assert len(reverse) == 3
    for name, code in reverse:
        one = packs.instrument(name)
        sheet = best_answers(one)
        near, far = (run(one, sheet | {code: value}).row(code).score[0] for value in (0.0, 1e9))
        assert near == pytest.approx(5 * far)


def test_typology_factor_is_offered_only_where_the_regulation_allows_it() -> None:
    without = {one.id.removeprefix("tipologi-").removesuffix("-2016") for one in TYPOLOGY if not one.options}
    assert without == {
        "provinsi-sekretariat-dprd",
        "kabkota-sekretariat-dprd",
        "provinsi-kearsipan",
        "kabkota-kearsipan",
        "provinsi-persandian",
        "kabkota-persandian",
        "kabkota-kehutanan",
        "kabkota-energi-dan-sumber-daya-mineral",
    }
    one = packs.instrument("tipologi-kabkota-kebudayaan-2016")
    largest = run(one, best_answers(one), options={"faktor": "pulau-terluar"})
    assert largest.total.score[0] == pytest.approx(1500)


def test_types_follow_the_kind_of_affair() -> None:
    scale = {one.id.removeprefix("tipologi-kabkota-").removesuffix("-2016"): one.scale for one in TYPOLOGY}
    assert scale["pendidikan"] == "tipologi-dasar"
    assert scale["kebudayaan"] == "tipologi-dinas"
    assert scale["keuangan"] == "tipologi-pokok"
    assert scale["kecamatan"] == "tipologi-kecamatan"
    low = Series.of([350.0])
    assert engine.scales.classify(low, "tipologi-dasar").labels == ["Tipe C"]
    assert engine.scales.classify(low, "tipologi-dinas").labels == ["Setingkat bidang"]


def test_what_is_not_established_refuses_its_total_by_name() -> None:
    for name in ("pemdi-2026", "ipkd-2020"):
        instrument = packs.instrument(name)
        assert instrument.status == "partial"
        result = run(instrument, {row.code: 3.0 for row in instrument.leaves})
        with pytest.raises(engine.EngineError, match="belum ditetapkan"):
            _ = result.total


def test_election_measures_stand_side_by_side_and_are_never_added() -> None:
    instrument = packs.instrument("dukungan-pemilu-2024")
    assert not instrument.has_total
    with pytest.raises(engine.EngineError, match="tidak punya nilai akhir"):
        _ = run(instrument, {"1": 80.0}).total


def test_working_time_is_dated_and_changes_the_need() -> None:
    inputs = {"volume": Series.of([1000.0]), "minutes": Series.of([75.0])}
    need = {
        scale: engine.evaluate("workforce.need_by_time", inputs, {"scale": scale}).values[0]
        for scale in ("waktu-kerja-efektif-2020", "waktu-kerja-efektif-lama")
    }
    assert need["waktu-kerja-efektif-2020"] == 1.0
    assert need["waktu-kerja-efektif-lama"] == pytest.approx(75 / 72)


def test_grade_of_effectiveness_is_read_after_rounding_to_two_decimals() -> None:
    found = engine.scales.classify(Series.of([0.8949, 0.895, 1.0049, 1.005]), "prestasi-ej")
    assert found.labels == ["C (Cukup)", "B (Baik)", "B (Baik)", "A (Sangat baik)"]


def test_human_development_rises_with_each_input() -> None:
    names = ("life_expectancy", "expected_schooling", "mean_schooling", "spending")
    base = dict(zip(names, (70.0, 12.0, 8.0, 10_000_000.0), strict=True))
    plain = engine.evaluate("regional.human_development", {name: Series.of([value]) for name, value in base.items()})
    for name in names:
        more = {other: Series.of([value * (1.01 if other == name else 1)]) for other, value in base.items()}
        assert engine.evaluate("regional.human_development", more).values[0] > plain.values[0]


def test_more_innovations_of_the_same_worth_never_lower_the_index() -> None:
    counts = np.arange(0.0, 40.0)
    inputs = {"innovation_points": Series.of(list(counts * 80)), "innovations": Series.of(list(counts))}
    averages = engine.evaluate("regional.innovation_average", inputs).values
    assert (np.diff(averages) >= 0).all()
    enough = Series.of([6.0] * len(counts))
    numbers = engine.evaluate(
        "regional.innovation_number", {"innovations": Series.of(list(counts * 10)), "basic_services": enough}
    ).values
    assert (np.diff(numbers) >= 0).all()
    assert numbers.max() == pytest.approx(76)
