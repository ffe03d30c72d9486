"""Journey 6, shell: `manfaat score`, `explain` and `verify` on files as a person has them, without a database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, Enter, manfaat

pytestmark = pytest.mark.browser
TABLE = """kode;indikator;metode;realisasi;target;satuan;batas_atas
IKU-01;Usia harapan hidup;naik;72,4;72,0;tahun;
IKU-02;Angka kemiskinan;turun-selisih;10,47;10,30;%;
IKU-03;Serapan belanja;serapan;781515767700;1018433100000;Rp;
IKU-04;Akta kelahiran;naik;;97,9;%;
IKU-05;Dokumen tepat waktu;naik;120;100;dokumen;100
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "iku.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table_is_scored_explained_and_proved(table: Path) -> None:
    scored = manfaat("score", table.name, "--out", "hasil.json", "--csv", "hasil.csv", folder=table.parent)
    assert scored.returncode == 0
    lines = {line.split()[0]: line for line in scored.stdout.splitlines()}
    assert "100,56%" in lines["IKU-01"]  # 72,4 of 72,0
    assert "98,35%" in lines["IKU-02"]  # (2 × 10,30 − 10,47) of 10,30
    assert "76,74%" in lines["IKU-03"]
    assert "belum diisi" in lines["IKU-04"]
    assert "0,00%" not in lines["IKU-04"]
    assert "100,00%" in lines["IKU-05"]

    explained = manfaat("explain", "hasil.json", "IKU-02", folder=table.parent)
    assert "(2 × 10,3 − 10,47) ÷ 10,3 × 100" in explained.stdout
    assert "iku.csv, baris 3" in explained.stdout
    assert "belum diisi" in manfaat("explain", table.name, "IKU-04", folder=table.parent).stdout

    assert manfaat("verify", "hasil.json", folder=table.parent).returncode == 0
    assert "IKU-05" in (table.parent / "hasil.csv").read_text(encoding="utf-8-sig")
    bundle = json.loads((table.parent / "hasil.json").read_text(encoding="utf-8"))
    bundle["figures"][0]["value"] = 200
    (table.parent / "ubah.json").write_text(json.dumps(bundle), encoding="utf-8")
    refused = manfaat("verify", "ubah.json", folder=table.parent)
    assert refused.returncode == 1
    assert "TIDAK COCOK" in refused.stdout


def test_faulty_rows_are_all_named_and_nothing_is_computed(table: Path) -> None:
    table.write_text(TABLE.replace("72,4", "1.234").replace("naik;120", "entah;120"), encoding="utf-8")
    done = manfaat("score", table.name, "--out", "hasil.json", folder=table.parent)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "iku.csv, baris 2" in done.stderr
    assert "iku.csv, baris 6" in done.stderr
    assert "2 baris salah; tidak ada yang dihitung." in done.stderr
    assert not (table.parent / "hasil.json").exists()


def test_a_file_that_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    done = manfaat("verify", "tidak-ada.json", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "tidak-ada.json: tidak dapat dibaca" in done.stderr


def test_the_log_of_a_government_is_downloaded_and_its_chain_proved(enter: Enter, tmp_path: Path) -> None:
    inspector = enter("contoh-inspektorat")
    inspector.open("/pemda/99.01/audit/")
    with inspector.page.expect_download() as waiting:
        inspector.click(inspector.named("Unduh seluruh rantai"))
    log = tmp_path / "jejak-audit.jsonl"
    waiting.value.save_as(log)
    proof = manfaat("audit", "verify", log.name, folder=tmp_path)
    assert proof.returncode == 0
    assert "RANTAI UTUH" in proof.stdout
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text("".join(lines[:5] + lines[6:]), encoding="utf-8")
    assert manfaat("audit", "verify", log.name, folder=tmp_path).returncode == 1


def test_the_engine_is_pleasant_in_a_notebook_and_brings_no_framework(tmp_path: Path) -> None:
    cell = (
        "import sys\nfrom manfaat import engine\n"
        "assert 'django' not in sys.modules\nprint(len(engine.OPERATORS) > 10, engine.ENGINE_VERSION)"
    )
    done = subprocess.run(
        [sys.executable, "-c", cell], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.stdout.startswith("True"), done.stderr
