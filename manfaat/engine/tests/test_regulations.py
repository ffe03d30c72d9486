"""Rules as data: every citation resolves, and a faulty file is refused by file and name."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from manfaat import engine
from manfaat.engine import EngineError, scale_data
from manfaat.engine.registry import Cite, catalogue
from manfaat.engine.regulations import FOLDER, load_folder, regulations, resolve
from manfaat.engine.scale_data import load_scales
from manfaat.engine.worked import examples

CITED = [(name, cite) for name, found in engine.OPERATORS.items() for cite in found.citations]
CITED += [
    (f"{name}.{spec.name}", cite)
    for name, found in engine.OPERATORS.items()
    for spec in found.parameters
    for cite in spec.citations
]
CITED += [(name, version.cite) for name, versions in engine.scales.scales().items() for version in versions]
CITED += [(example.id, example.cite) for example in examples()]


def unresolved(folder: Path) -> list[str]:
    known = load_folder(folder)
    faults = []
    for name, cite in CITED:
        try:
            resolve(cite, known)
        except EngineError as fault:
            faults.append(f"{name}: {fault}")
    return faults


def test_every_operator_scale_and_example_cites_what_exists() -> None:
    assert unresolved(FOLDER) == []
    assert all(found.citations for found in engine.OPERATORS.values())


def test_citation_check_bites(tmp_path: Path) -> None:
    copied = tmp_path / "regulations"
    shutil.copytree(FOLDER, copied)
    path = copied / "pmk-214-2017" / "regulation.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('code = "serapan"', 'code = "lain"'), encoding="utf-8")
    assert any("budget.absorption" in fault and "serapan" in fault for fault in unresolved(copied))
    shutil.rmtree(copied / "praktik-esakip")
    assert any("opini-bpk" in fault for fault in unresolved(copied))


def test_every_regulation_is_cited_and_has_worked_examples() -> None:
    cited = {cite.regulation for _, cite in CITED}
    assert cited == set(regulations())
    with_examples = {example.cite.regulation for example in examples()}
    assert set(regulations()) - with_examples == {"nomenklatur-2023"}


def test_scale_whose_table_was_not_seen_says_so() -> None:
    scale = engine.scales.scale_named("capaian-lima-tingkat")
    citation = resolve(scale.cite)
    assert (citation.grade, scale.valid_from) == ("N", "belum ditetapkan")
    assert "belum ditemukan" in citation.grade_words


REGULATION = """
id = "uji-1-2020"
title = "Uji"
kind = "peraturan"
grade = "P"
in_force = 2020-01-01
source = "uji"

[[place]]
code = "a"
text = "A"
grade = "P"
"""
SCALE = """
id = "uji"
kind = "bands"
title = "Uji"
valid_from = 2020-01-01
place = "a"
decimals = 0

[[band]]
code = "x"
name = "X"
to = 50

[[band]]
code = "y"
name = "Y"
from = 51
"""


def written(tmp_path: Path, name: str, text: str) -> Path:
    folder = tmp_path / "uji-1-2020"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'title = "Uji"',
            'title = "Uji"\nwarna = 1',
            "uji-1-2020/regulation.toml, uji-1-2020: kunci “warna” tidak dikenal",
        ),
        ('source = "uji"', "", "kunci “source” belum diisi"),
        ('id = "uji-1-2020"', 'id = "uji-2"', "tidak sama dengan nama folder"),
        ('grade = "P"\nin_force', 'grade = "Q"\nin_force', "tingkat bukti “Q” tidak dikenal"),
        ("in_force = 2020-01-01", 'in_force = "2020"', "bukan tanggal"),
        ('kind = "peraturan"', 'kind = "hukum"', "jenis “hukum” tidak dikenal"),
        ('code = "a"', 'code = "a"\ncode = "b"', r"bukan TOML yang benar: .*line \d"),
        ('grade = "P"\n', 'grade = "P"\n[[place]]\ncode = "a"\ntext = "A"\ngrade = "P"\n', "regulation.toml"),
    ],
)
def test_faulty_regulation_is_refused_by_file_and_name(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in REGULATION
    folder = written(tmp_path, "regulation.toml", REGULATION.replace(old, new))
    with pytest.raises(EngineError, match=told):
        load_folder(folder)


def test_doubled_place_and_unknown_file_are_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, "regulation.toml", REGULATION + '\n[[place]]\ncode = "a"\ntext = "B"\ngrade = "P"\n')
    with pytest.raises(EngineError, match="tempat “a” ditulis dua kali"):
        load_folder(folder)
    written(tmp_path, "regulation.toml", REGULATION)
    assert load_folder(folder)["uji-1-2020"].in_force == "2020-01-01"
    written(tmp_path, "skala.toml", "")
    with pytest.raises(EngineError, match="nama berkas tidak dikenal"):
        load_folder(folder)


def test_folder_without_a_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "uji").mkdir()
    with pytest.raises(EngineError, match=r"tidak ada regulation.toml"):
        load_folder(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("decimals = 0", "", "bertindihan atau bercelah"),
        ("from = 51", "from = 50", "bertindihan atau bercelah"),
        ("from = 51", "from = 51\nabove = 50", "satu batas ditulis dengan dua cara"),
        ('code = "y"', 'code = "x"', "kode “x” ditulis dua kali"),
        ('kind = "bands"', 'kind = "warna"', "jenis skala “warna” tidak dikenal"),
        ('place = "a"', "", "kunci “place” belum diisi"),
        ('name = "Y"', 'name = "Y"\nsampai = 1', "kunci “sampai” tidak dikenal"),
    ],
)
def test_faulty_scale_is_refused_by_file_and_name(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SCALE
    with pytest.raises(EngineError, match=f"scale_a.toml.*{told}"):
        load_scales(written(tmp_path, "scale_a.toml", SCALE.replace(old, new)))


def test_newer_version_of_a_scale_counts_from_its_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "scale_a.toml", SCALE.replace('place = "a"', 'place = "a"\nvalid_to = 2023-01-01'))
    folder = written(tmp_path, "scale_b.toml", SCALE.replace("2020-01-01", "2023-01-01").replace('"X"', '"X baru"'))
    loaded = load_scales(folder)
    monkeypatch.setattr(scale_data, "scales", lambda: loaded)
    names = [scale_data.bands("uji", on).members[0].name for on in (date(2022, 12, 31), "2023-01-01", None)]
    assert names == ["X", "X baru", "X baru"]
    with pytest.raises(EngineError, match="belum atau tidak lagi berlaku pada 2019-12-31"):
        scale_data.bands("uji", "2019-12-31")
    written(tmp_path, "scale_c.toml", SCALE)
    with pytest.raises(EngineError, match="tanggal berlaku yang sama"):
        load_scales(folder)


def test_operator_cannot_be_defined_twice() -> None:
    found = engine.OPERATORS["change.difference"]
    with pytest.raises(EngineError, match="didefinisikan dua kali"):
        catalogue([[found], [found]])


def test_rules_digest_is_stable_and_resolving_names_what_is_absent() -> None:
    assert len(engine.rules_digest()) == 64
    with pytest.raises(EngineError, match="“uu-0-0” tidak ada"):
        resolve(Cite("uu-0-0", "a"))
    with pytest.raises(EngineError, match="tidak memuat tempat “a”"):
        resolve(Cite("pmk-214-2017", "a"))
