"""The call, its refusals, the record of a figure and its explanation."""

from __future__ import annotations

from typing import Any

import pytest

from manfaat import engine
from manfaat.engine import EngineError, Input, Series

HIGHER = "achievement.higher_is_better"


def scored(realised: Any = 70, target: Any = 80, **parameters: Any) -> engine.Evaluation:
    return engine.evaluate(HIGHER, {"realised": Series.of([realised]), "target": Series.of([target])}, parameters)


@pytest.mark.parametrize(
    ("name", "inputs", "parameters", "told"),
    [
        ("achievement.up", {}, {}, "Operator “achievement.up” tidak dikenal.*achievement.higher_is_better"),
        (HIGHER, {"realised": Series.of([1])}, {}, "masukan “target” .target. belum diberikan"),
        (HIGHER, {"real": Series.of([1])}, {}, "masukan “real” tidak dikenal. Yang dikenal: realised, target"),
        (HIGHER, {"realised": Series.of([1]), "target": Series.of([1, 2])}, {}, "realised 1, target 2"),
        (HIGHER, {"realised": [Series.of([1])], "target": Series.of([1])}, {}, "“realised” harus berupa satu Series"),
        (HIGHER, {"realised": Series.of([1]), "target": Series.of([1])}, {"kap": 1}, "parameter “kap” tidak dikenal"),
        (HIGHER, {"realised": Series.of([1]), "target": Series.of([1])}, {"cap": 90}, "paling sedikit 100"),
        (HIGHER, {"realised": Series.of([1]), "target": Series.of([1])}, {"floor": 101}, "paling banyak 100"),
        (HIGHER, {"realised": Series.of([1]), "target": Series.of([1])}, {"zero_target": "100"}, "met_if_"),
        ("aggregate.mean", {"members": Series.of([1])}, {}, "harus berupa daftar Series"),
        ("aggregate.mean", {"members": []}, {}, "kosong. Berikan paling sedikit satu anggota"),
        ("scale.classify", {"value": Series.of([1])}, {"scale": "nope"}, "Skala “nope” tidak dikenal"),
        ("scale.classify", {"value": Series.of([1])}, {}, "parameter “scale” tidak menerima None"),
        ("scale.classify", {"value": Series.of([1])}, {"scale": "opini-bpk"}, "berisi tingkat, bukan rentang"),
        ("scale.classify", {"value": Series.of([1])}, {"scale": "lampu-capaian", "on": "kemarin"}, "bukan tanggal"),
    ],
)  # fmt: skip
def test_wrong_call_is_refused_by_name(name: str, inputs: Any, parameters: Any, told: str) -> None:
    with pytest.raises(EngineError, match=told):
        engine.evaluate(name, inputs, parameters)


def test_members_take_the_short_call_only_where_there_are_members() -> None:
    assert engine.evaluate_members("accumulation.sum", [Series.of([1]), Series.of([2])]).values[0] == 3
    with pytest.raises(EngineError, match="tidak menerima daftar anggota"):
        engine.evaluate_members("budget.absorption", [Series.of([1])])


def test_all_parameters_stand_in_the_record() -> None:
    made = engine.figure(scored(cap=120), 0, key="k", label="IPM")
    assert dict(made.parameters) == {"cap": 120, "floor": None, "zero_target": "not_measurable"}


def test_record_holds_all_that_the_contract_names() -> None:
    source = {
        "publisher": "BPS",
        "title": "IPM",
        "year": 2022,
        "file": "ipm.xlsx",
        "sheet": "Data",
        "row": 7,
        "sha256": "ab",
    }
    note = Input(label="IPM 2022", unit="poin", source=source, verified_by="Inspektorat", verified_at="2023-01-05")
    made = engine.figure(
        scored(),
        0,
        key="toba/ipm/2022",
        label="Capaian IPM",
        subject="Kabupaten Toba",
        period="2022",
        inputs={"realised": note},
    )
    record = made.to_record()
    assert (record["value"], record["shown"], record["status"], record["reason"]) == (87.5, "87,50", "known", None)
    assert record["inputs"][0]["source"] == source
    assert record["citations"][0]["grade"] in engine.regulations.GRADES
    assert record["sentence"] == (
        "Capaian IPM Kabupaten Toba, 2022: 87,50%. Dihitung dengan cara “semakin tinggi semakin baik” "
        "dari IPM 2022 70 poin dan target 80."
    )
    assert engine.Figure.from_record(record) == made


@pytest.mark.parametrize(
    ("entry", "shown", "because"),
    [
        (None, "belum diisi", "realisasi belum diisi"),
        (engine.Status.NOT_DUE, "belum jatuh tempo", "realisasi belum jatuh tempo"),
        (engine.Status.NOT_MEASURABLE, "tidak dapat diukur", "realisasi tidak dapat diukur"),
    ],
)
def test_figure_without_a_number_says_why(entry: Any, shown: str, because: str) -> None:
    made = engine.figure(scored(entry), 0, key="k", label="Capaian IPM")
    assert (made.value, made.shown, made.shown_with_unit) == (None, shown, shown)
    assert made.sentence == f"Capaian IPM: {shown}, karena {because}."
    text = engine.explain(made).as_text()
    assert f"Tidak dihitung: {because}." in text
    assert "Tidak ada yang dibulatkan." in text


def test_note_beside_a_number_stands_in_the_sentence() -> None:
    made = engine.figure(scored(100, 80, cap=100), 0, key="k", label="IPM")
    assert made.sentence.endswith("Catatan: hasil dibatasi sampai batas atas.")
    assert "125 melebihi batas atas, menjadi 100" in engine.explain(made).as_text()


def test_label_and_value_that_do_not_fit_are_refused() -> None:
    with pytest.raises(EngineError, match="“target_low” tidak dikenal"):
        engine.figure(scored(), 0, key="k", label="L", inputs={"target_low": Input()})
    with pytest.raises(EngineError, match="ditulis 71, padahal yang dihitung 70"):
        engine.figure(scored(), 0, key="k", label="L", inputs={"realised": Input(label="R", value=71)})
    mean = engine.evaluate_members("aggregate.mean", [Series.of([1]), Series.of([2])])
    with pytest.raises(EngineError, match="punya 2 nilai, tetapi 1 keterangan"):
        engine.figure(mean, 0, key="k", label="L", inputs={"members": [Input()]})


def test_explanation_has_every_section_in_the_order_a_reader_asks() -> None:
    found = engine.explain(engine.figure(scored(), 0, key="k", label="Capaian IPM", subject="Toba", period="2022"))
    assert [section.key for section in found.sections] == [
        "words", "formula", "steps", "method", "inputs", "missing", "rounding", "verified",
    ]  # fmt: skip
    assert found.value_line == "Toba, 2022: 87,50%"
    text = found.as_text()
    assert "70 ÷ 80 × 100 = 87,5" in text
    assert "setengah ke atas" in text
    assert found.to_record()["sections"][2]["lines"][0] == {"text": "70 ÷ 80 × 100 = 87,5", "label": "", "figure": None}


def test_input_that_is_a_figure_leads_to_it() -> None:
    part = engine.figure(scored(), 0, key="bagian", label="Capaian IPM")
    mean = engine.evaluate_members("aggregate.mean", [Series.of([87.5])])
    whole = engine.figure(
        mean, 0, key="rata", label="Rata-rata", inputs={"members": [Input(label="IPM", unit="%", figure="bagian")]}
    )
    line = next(section for section in engine.explain(whole).sections if section.key == "inputs").lines[0]
    assert (str(line), line.figure) == ("IPM: 87,5%", "bagian")
    assert engine.recompute(whole, {"bagian": part}) == whole
    with pytest.raises(EngineError, match="merujuk angka “bagian” yang tidak ada"):
        engine.recompute(whole)


def test_word_of_a_step_is_shown_in_place_of_its_number() -> None:
    steps = engine.scales.to_series(["WDP", None, "lain"], "opini-bpk")
    made = engine.evaluate(
        "achievement.scale_mapping", {"realised": steps, "target": Series.of([4, 4, 4])}, {"scale": "opini-bpk"}
    )
    assert made.reasons == [None, "missing:realised", "not_measurable:realised"]
    assert "dari realisasi WDP dan target WTP" in engine.figure(made, 0, key="k", label="Opini").sentence


def test_band_is_shown_as_the_value_and_cites_its_scale() -> None:
    found = engine.classify(Series.of([90.5]), "capaian-lima-tingkat")
    made = engine.figure(found, 0, key="k", label="Kategori")
    assert (made.shown_with_unit, made.citations[0].regulation, made.citations[0].grade) == (
        "Sangat Tinggi", "permendagri-86-2017", "N",
    )  # fmt: skip
    assert "90,5 dibulatkan menjadi 91" in engine.explain(made).as_text()
    assert "91 berada pada 91 ke atas: Sangat Tinggi" in engine.explain(made).as_text()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"extra": 1}, "memuat “extra” yang tidak dikenal"),
        ({"status": "ok"}, "status berisi 'ok', seharusnya salah satu status"),
        ({"value": "87"}, "seharusnya bilangan atau kosong"),
        ({"value": float("nan")}, "seharusnya bilangan"),
        ({"decimals": 400}, "bilangan bulat 0 sampai 12"),
        ({"inputs": 7}, "seharusnya daftar objek"),
        ({"parameters": None}, "seharusnya objek"),
        ({"citations": [{"law": "x"}]}, "memuat “law” yang tidak dikenal"),
        ({"inputs": [{"nama": "x"}]}, "memuat “nama” yang tidak dikenal"),
    ],
)
def test_record_that_cannot_be_read_is_refused_by_field(change: dict[str, Any], told: str) -> None:
    record = engine.figure(scored(), 0, key="k", label="L").to_record() | change
    with pytest.raises(EngineError, match=told):
        engine.Figure.from_record(record)


def test_record_without_a_field_is_refused() -> None:
    record = engine.figure(scored(), 0, key="k", label="L").to_record()
    del record["shown"]
    with pytest.raises(EngineError, match="tidak memuat shown"):
        engine.Figure.from_record(record)


def test_notebook_shows_escaped_html() -> None:
    made = engine.figure(scored(), 0, key="k", label="<b>IPM</b>")
    assert "&lt;b&gt;IPM" in made._repr_html_()
    assert "semakin tinggi" in engine.OPERATORS[HIGHER]._repr_html_()
    assert str(made) == made.sentence
    shown = scored(None)._repr_html_()
    assert "belum diisi" in shown
    many = engine.evaluate(HIGHER, {"realised": Series.of(range(30)), "target": Series.of(range(30))})
    assert "… 30 unit" in many._repr_html_()


def test_record_that_is_no_object_is_refused() -> None:
    with pytest.raises(EngineError, match="Catatan angka bukan objek"):
        engine.explain([])  # type: ignore[arg-type]


def test_unknown_reason_code_is_refused() -> None:
    with pytest.raises(EngineError, match="Kode alasan “nope”"):
        engine.reason_sentence("nope")
