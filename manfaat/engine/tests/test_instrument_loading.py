"""What the loader refuses, by file, line and name; and the next decree as a file that moves no stored result."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from manfaat import engine
from manfaat.engine import instruments as packs
from manfaat.engine import regulations, scale_data
from manfaat.engine.instruments import library
from manfaat.engine.instruments.examples import examples
from manfaat.engine.tests.made_up import MIXED, REFORM, folder_with


def changed(text: str, *, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('status = "complete"', 'status = "complete"\ncolour = "red"', r"reform-2024: kunci “colour” tidak dikenal"),
        ('group = "kl"', 'group = "desa"', "kelompok “desa” tidak dikenal"),
        ('status = "complete"', 'status = "done"', "status “done” tidak dikenal"),
        ('code = "A.2"', 'code = "A.1"', r"baris berkas 37, A\.1: kode ini ditulis dua kali"),
        (
            'multiplied_by = "A.1"',
            'multiplied_by = "B.1"',
            r"A\.2: multiplied_by merujuk “B\.1” yang tidak ada di atas",
        ),
        ('multiplied_by = "A.1"', 'multiplied_by = "A"', r"A\.2: multiplied_by merujuk “A” yang bukan baris"),
        ('parent = "I"\nname = "Strategi"', 'parent = "B"\nname = "Strategi"', "A: parent merujuk “B”"),
        ("weight = 7", "weight = 6.9", r"A: jumlah bobot di bawahnya 9\.9 tidak sama dengan 10"),
        ("weight = 7", 'weight = "tujuh"', r"A\.2: Bobot “tujuh” bukan bilangan"),
        ('weight = "50/3"', "weight = 16.67", "B: jumlah bobot"),
        ("weight = 7\n", "", "status complete, padahal bobotnya belum ditetapkan: A.2"),
        ('operator = "adjusted"', 'operator = "guess"', "I: operator “guess” tidak dikenal untuk baris yang punya"),
        ('operator = "entered"', 'operator = "sum"', "II: operator “sum” tidak dikenal untuk baris yang dijawab"),
        ('answers = "opini"', 'answers = "opinion"', r"B\.3: pilihan jawaban “opinion” tidak ada"),
        ('answers = "opini"', "", r"B\.3: baris line perlu range"),
        ("range = [1, 5]", "range = [5, 1]", r"B\.1: range \[5, 1\] harus dua angka yang naik"),
        ('when_missing_place = "pasal-5"\n', "", r"B\.1: when_missing “carry_last_year” perlu rujukannya"),
        ('when_missing = "carry_last_year"', 'when_missing = "zero"', "when_missing “zero” tidak dikenal"),
        ('place = "lampiran"', 'place = "lampiran-x"', "tidak memuat tempat “lampiran-x”"),
        ('place = "lampiran"', 'place = "lain#x"', "Rujukan “lain” tidak ada"),
        ('grade = "M"', 'grade = "Z"', "tingkat bukti “Z” tidak dikenal"),
        ('weight = 100\noperator = "adjusted"', 'operator = "adjusted"', "I: baris adjusted perlu weight"),
        ('weight = 100\noperator = "adjusted"', "weight = 100", r"B\.2: exclude_and_rescale perlu baris adjusted"),
        ("WTP = 100", 'WTP = "seratus"', "jawaban “WTP” tidak dapat dipakai"),
        ("weight = 110 }", 'weight = 110, colour = "red" }', "total: kunci “colour” tidak dikenal"),
        ('total = { name = "Indeks"', 'scale = "skala-x"\ntotal = { name = "Indeks"', "skala “skala-x” tidak dikenal"),
        ("valid_from = 2024-01-01", 'valid_from = "kapan saja"', "“kapan saja” bukan tanggal"),
        ('name = "Tematik"\n', "", "II: kunci “name” belum diisi"),
    ],
)
def test_faulty_instrument_is_refused_by_file_and_name(tmp_path: Path, old: str, new: str, told: str) -> None:
    folder = folder_with(tmp_path, reform=changed(REFORM, old=old, new=new))
    with pytest.raises(engine.EngineError, match=told) as refusal:
        packs.load_instruments(folder)
    assert "instrument_reform.toml" in str(refusal.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('default = "pecahan"', 'default = "x"', "bawaan “x” bukan salah satu pilihannya"),
        ('code = "dua-desimal"', 'code = "pecahan"', "pecahan: pilihan ini ditulis dua kali"),
        ('rows = ["S"]', 'rows = ["S.9"]', r"set menyebut baris “S\.9” yang tidak ada"),
        ("decimals = 1 }", "colour = 1 }", "kunci “colour” tidak dikenal"),
        ('place = "pasal-5"', 'place = "pasal-9"', "tidak memuat tempat “pasal-9”"),
        ("{ to = 1000, value", "{ to = 6000, value", r"T\.1: Kelas .* tidak lebih tinggi"),
        ("{ value = 1000 }]", "{ value = 'x' }]", r"T\.1: “x” bukan bilangan"),
        ('operator = "classed"\nclasses = [{ to', 'operator = "entered"\nclasses = [{ to', "classes hanya untuk"),
        ('weight = "7/10"', "weight = 0.6", r"T: jumlah bobot di bawahnya 0\.9 tidak sama dengan 1"),
        ('lower_end = "subtracted"', 'lower_end = "half"', r"G\.1: lower_end “half” tidak dikenal"),
        ("classes = [{ below", "answers_x = [{ below", r"T\.2: kunci “answers_x” tidak dikenal"),
        ('operator = "weighted"', 'operator = "weighted"\nmultiplied_by = "S"', r"S\.1: multiplied_by"),
    ],
)
def test_faulty_options_and_classes_are_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(engine.EngineError, match=told):
        packs.load_instruments(folder_with(tmp_path, campuran=changed(MIXED, old=old, new=new)))


def test_printed_weights_that_are_off_need_a_note(tmp_path: Path) -> None:
    off = changed(REFORM, old="weight = 7", new="weight = 6.9")
    noted = changed(off, old='name = "Strategi"\n', new='name = "Strategi"\nweights_sum_note = "tercetak begitu"\n')
    assert "reform-2024" in packs.load_instruments(folder_with(tmp_path, reform=noted))


def test_incomplete_list_of_rows_may_stay_below_the_weight_above(tmp_path: Path) -> None:
    short = changed(REFORM, old="weight = 7", new="weight = 6")
    noted = changed(short, old='name = "Strategi"\n', new='name = "Strategi"\nchildren_complete = false\n')
    assert "reform-2024" in packs.load_instruments(folder_with(tmp_path / "a", reform=noted))
    over = changed(noted, old="weight = 6", new="weight = 8")
    with pytest.raises(engine.EngineError, match="melebihi 10"):
        packs.load_instruments(folder_with(tmp_path / "b", reform=over))


def test_instrument_without_worked_examples_is_refused(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, reform=REFORM)
    (folder / "peraturan-uji" / "examples_reform.toml").unlink()
    with pytest.raises(engine.EngineError, match=r"tidak ada berkas contoh hitungan examples_reform\.toml"):
        packs.load_instruments(folder)


def test_one_id_in_two_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(engine.EngineError, match="sudah ada di berkas lain"):
        packs.load_instruments(folder_with(tmp_path, reform=REFORM, lagi=REFORM))


def test_criterion_of_a_row_that_is_not_there_or_twice_is_refused(tmp_path: Path) -> None:
    one = '\n[[criteria]]\ncode = "A.1.1"\nrow = "A.1"\ntext = "x"\n'
    with pytest.raises(engine.EngineError, match=r"menunjuk baris “A\.9”"):
        packs.load_instruments(folder_with(tmp_path / "a", reform=REFORM + one.replace('row = "A.1"', 'row = "A.9"')))
    with pytest.raises(engine.EngineError, match="kriteria ini ditulis dua kali"):
        packs.load_instruments(folder_with(tmp_path / "b", reform=REFORM + one + one))


def test_rows_that_do_not_add_up_have_no_total(tmp_path: Path) -> None:
    text = changed(REFORM, old='total = { name = "Indeks", weight = 110 }', new="total = false")
    instrument = packs.load_instruments(folder_with(tmp_path, reform=text))["reform-2024"]
    result = packs.evaluate_instrument(instrument, {"II": engine.Series.of([4])})
    with pytest.raises(engine.EngineError, match="tidak punya nilai akhir"):
        result.total  # noqa: B018
    assert result.row("II").score[0] == 4.0


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('id = "a"\ninstrument = "x"\nsource = "s"\ngives = {}\nwhat = 1', "“what” tidak dikenal"),
        ('id = "a"\ninstrument = "x"\ngives = {}', "“source” belum diisi"),
        ('id = "a"\ninstrument = "x"\nsource = "s"\ngives = {}\nverdict = "agree"', "berpasangan"),
        (
            'id = "a"\ninstrument = "x"\nsource = "s"\ngives = { total = "1" }\npublished = { total = "2" }\n'
            'verdict = "agree"',
            "baris total tercetak lain",
        ),
        (
            'id = "a"\ninstrument = "x"\nsource = "s"\ngives = { total = "1" }\npublished = { total = "2" }\n'
            'verdict = "disagree"',
            "tulis why",
        ),
        (
            'id = "a"\ninstrument = "x"\nsource = "s"\ngives = { total = "1" }\npublished = { A = "2" }\n'
            'verdict = "agree"',
            "harus ada di gives",
        ),
    ],
)
def test_faulty_example_is_refused(tmp_path: Path, row: str, told: str) -> None:
    folder = folder_with(tmp_path, reform=REFORM)
    (folder / "peraturan-uji" / "examples_reform.toml").write_text(f"[[example]]\n{row}\n", encoding="utf-8")
    with pytest.raises(engine.EngineError, match=told):
        examples(folder)


def test_next_years_decree_as_a_new_file_moves_no_stored_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sakip = packs.instrument("sakip-2021")
    answers = sakip.series_of({leaf.code: "BB" for leaf in sakip.leaves} | {"1.a": "A"})
    before = packs.evaluate_instrument(sakip, answers)
    made = packs.figures(before, 0, prefix="dinas/2025", subject="Dinas Uji", period="2025")
    stored = json.loads(json.dumps(engine.bundle.build(packs.instrument_meta(sakip), made)))

    folder = tmp_path / "regulations"
    shutil.copytree(regulations.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    decree = folder / "permenpanrb-99-2027"
    shutil.copytree(folder / "permenpanrb-88-2021", decree)
    for old in decree.glob("scale_*.toml"):
        old.unlink()
    for path in decree.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("sakip-2021", "sakip-2027").replace("permenpanrb-88-2021", "permenpanrb-99-2027")
        path.write_text(text.replace('"sakip-', '"baru-sakip-').replace("baru-sakip-2027", "sakip-2027"), "utf-8")
    (decree / "vectors_predikat.toml").unlink()
    pack = decree / "instrument_sakip.toml"
    text = pack.read_text(encoding="utf-8").replace('valid_from = "belum ditetapkan"', "valid_from = 2027-01-01")
    text = text.replace("weight = 6\n", "weight = 5\n", 1).replace("weight = 9\n", "weight = 10\n", 1)
    pack.write_text(text, encoding="utf-8")

    caches = (regulations.regulations, regulations.rules_digest, scale_data.scales, library._library)
    try:
        for module in (regulations, scale_data, library):
            monkeypatch.setattr(module, "FOLDER", folder)
        for one in caches:
            one.cache_clear()
        assert [one.id for one in packs.versions("sakip")] == ["sakip-2021", "sakip-2027"]
        assert packs.instrument_on("sakip", date(2025, 6, 1)).id == "sakip-2021"
        assert packs.instrument_on("sakip", date(2027, 6, 1)).id == "sakip-2027"
        assert engine.rules_digest() != stored["rules_digest"]
        assert engine.bundle.verify(stored) == []
        again = packs.evaluate_instrument(packs.instrument("sakip-2021"), answers)
        remade = packs.figures(again, 0, prefix="dinas/2025", subject="Dinas Uji", period="2025")
        assert [one.to_record() for one in remade] == [one.to_record() for one in made]
        new = packs.evaluate_instrument(packs.instrument("sakip-2027"), answers)
        assert new.row("1.a").score[0] == 4.5
        assert new.total.score[0] == 80.5
        assert before.total.score[0] == 80.6
    finally:
        monkeypatch.undo()
        for one in caches:
            one.cache_clear()
