"""The command line: tables in, explanations and proofs out, a clear sentence for each refusal."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from manfaat import cli
from manfaat.engine import chain
from manfaat.engine.operators import OPERATORS

TABLE = """kode;indikator;metode;target;target_atas;realisasi;satuan;desimal;batas_atas;skala;target_nol
ipm;IPM;rentang;72,28;73,77;72,75;poin;;;;
akb;AKB;turun-selisih;32;;4,88;per 1.000;2;;;
akb-rasio;AKB;turun-rasio;32;;0;;;;;
opini;Opini;skala;WTP;;WDP;;;;opini-bpk;
kosong;Kosong;naik;10;;;;;;;
belum;Belum;naik;10;;belum jatuh tempo;;;;;
serapan;Serapan;serapan;855.830.897.000;;734.881.464.333;Rp;;;;
laporan;Laporan;ya-tidak;;;ya;;;;;
batas;Batas;naik;10;;15;;;120;;
nol;Nol;naik;0;;0;;;;;terpenuhi-bila-tidak-lebih-buruk
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def table(tmp_path: Path, text: str = TABLE, name: str = "iku.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_table_is_scored_with_status_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "score", table(tmp_path), "--kategori", "capaian-lima-tingkat")
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert code == 0
    assert "184,75%" in lines["akb"]
    assert "Sangat Tinggi" in lines["akb"]
    assert "tidak dapat diukur" in lines["akb-rasio"]
    assert "WDP" in lines["opini"]
    assert "75,00%" in lines["opini"]
    assert "belum diisi" in lines["kosong"]
    assert "belum jatuh tempo" in lines["belum"]
    assert "Rp 734.881.464.333" in lines["serapan"]
    assert "85,87%" in lines["serapan"]
    assert "120,00%" in lines["batas"]
    assert "100,00%" in lines["nol"]


def test_bundle_is_written_verified_and_its_twin_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package, twin = tmp_path / "unduhan.json", tmp_path / "unduhan.csv"
    assert run(capsys, "score", table(tmp_path), "--out", package, "--csv", twin)[0] == 0
    code, out, _ = run(capsys, "verify", package)
    assert (code, out.startswith("COCOK: 10 angka")) == (0, True)
    with twin.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["key"] == "ipm"
    source = json.loads(package.read_text(encoding="utf-8"))["figures"][1]["inputs"][0]["source"]
    assert (source["file"], source["row"]) == ("iku.csv", 3)


def test_changed_bundle_does_not_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "unduhan.json"
    run(capsys, "score", table(tmp_path), "--out", package)
    package.write_text(package.read_text(encoding="utf-8").replace("184.75", "194.75"), encoding="utf-8")
    code, out, _ = run(capsys, "verify", package)
    assert code == 1
    assert "Angka “akb”: tertulis 194,75, dihitung ulang 184,75." in out
    assert "TIDAK COCOK" in out


def test_explanation_of_table_and_bundle_is_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "unduhan.json"
    run(capsys, "score", table(tmp_path), "--out", package)
    from_table = run(capsys, "explain", table(tmp_path), "akb")
    from_bundle = run(capsys, "explain", package, "akb")
    assert from_table == from_bundle
    assert "(2 × 32 − 4,88) ÷ 32 × 100 = 184,75" in from_table[1]
    assert "berkas iku.csv, baris 3" in from_table[1]
    assert run(capsys, "explain", package)[1].count("Mengapa angka ini") == 10
    code, _, err = run(capsys, "explain", package, "tidak-ada")
    assert (code, "tidak ada angka dengan kunci “tidak-ada”" in err) == (2, True)


def test_json_table_is_scored_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"kode": "a", "indikator": "A", "metode": "naik", "target": 80, "realisasi": 70}, {
        "kode": "b", "indikator": "B", "metode": "achievement.milestone", "target": 4, "realisasi": None}]  # fmt: skip
    code, out, _ = run(capsys, "score", table(tmp_path, json.dumps(rows), "iku.json"))
    assert code == 0
    assert "87,50%" in out
    assert "belum diisi" in out
    assert run(capsys, "explain", table(tmp_path, json.dumps(rows), "iku.json"), "a")[0] == 0


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("kode,indikator,metode,realisasi,target\na,A,naik,1.234,5", "dapat dibaca dua cara"),
        ("kode,indikator,metode,realisasi,target\na,A,naik,banyak,5", "kolom realisasi berisi “banyak”"),
        ("kode,indikator,metode,realisasi,target\na,A,terbang,1,5", "Operator “terbang” tidak dikenal"),
        ("kode,indikator,metode,realisasi,target\na,A,aggregate.mean,1,5", "tidak dapat dihitung dari tabel"),
        ("kode,indikator,metode,realisasi,target\n,A,naik,1,5", "kolom kode kosong"),
        (
            "kode,indikator,metode,realisasi,target\na,A,naik,1,5\na,B,naik,1,5",
            "baris 3: kode “a” sudah dipakai baris 2",
        ),
        ("kode,indikator,metode,realisasi,target\na,A,naik,1,5,9", "selnya lebih banyak daripada kolomnya"),
        ("kode,indikator,metode,realisasi,target,desimal\na,A,naik,1,5,x", "kolom desimal berisi “x”"),
        ("kode,indikator,metode,realisasi,target,batas_atas\na,A,naik,1,5,90", "paling sedikit 100"),
        ("kode,indikator,metode,realisasi,target,arah\na,A,naik,1,5,both", "kolom arah tidak berlaku"),
        ("kode,indikator,metode,realisasi,warna\na,A,naik,1,5", "kolom warna tidak dikenal"),
        ("kode,indikator\na,A", "kolom metode, realisasi tidak ada"),
        ("kode,indikator,metode,realisasi,target\n", "tidak ada baris data"),
    ],
)
def test_faulty_table_is_refused_by_row_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, told: str
) -> None:
    code, out, err = run(capsys, "score", table(tmp_path, rows))
    assert (code, out) == (2, "")
    assert told in err


def test_all_faulty_rows_are_named_and_nothing_is_computed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "kode,indikator,metode,realisasi,target\na,A,naik,x,5\nb,B,naik,1,5\nc,C,naik,y,5\n"
    code, out, err = run(capsys, "score", table(tmp_path, text), "--out", tmp_path / "u.json")
    assert (code, out, (tmp_path / "u.json").exists()) == (2, "", False)
    assert "baris 2" in err
    assert "baris 4" in err
    assert "2 baris salah; tidak ada yang dihitung." in err


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"kode,indikator\n\xff\xfe", "a.csv", "bukan UTF-8"),
        (b"{", "a.json", "bukan JSON yang benar"),
        (b"{}", "a.json", "bukan daftar objek"),
    ],
)
def test_file_that_cannot_be_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, name: str, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    code, _, err = run(capsys, "score", path)
    assert (code, told in err) == (2, True)
    assert run(capsys, "score", tmp_path / "tidak-ada.csv")[0] == 2
    assert run(capsys, "verify", path)[0] == 2


def test_unwritable_target_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "score", table(tmp_path), "--out", tmp_path / "tidak" / "ada.json")
    assert (code, "tidak dapat ditulis" in err) == (2, True)


def test_operators_are_listed_with_formula_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "operators")
    assert code == 0
    assert all(name in out for name in OPERATORS)
    code, out, _ = run(capsys, "operators", "turun-rasio")
    assert "C = T ÷ R × 100" in out
    assert "LKjIP Kabupaten Manggarai Timur 2019 [S:" in out
    assert run(capsys, "operators", "tidak-ada")[0] == 2


def exported(tmp_path: Path, *, change: bool = False) -> Path:
    lines: list[str] = []
    previous = chain.FIRST_PREVIOUS
    for sequence in (1, 2, 3):
        event: dict[str, Any] = dict.fromkeys(chain.FIELDS, "x") | {"sequence": sequence, "previous_digest": previous}
        event["digest"] = previous = chain.event_digest(event)
        lines.append(json.dumps(event | ({"summary": "y"} if change and sequence == 2 else {})))
    return table(tmp_path, "\n".join(lines) + "\n", "audit.jsonl")


def test_audit_chain_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "audit", "verify", exported(tmp_path))
    assert (code, out.startswith("RANTAI UTUH: 3 peristiwa")) == (0, True)
    assert run(capsys, "audit", "verify", exported(tmp_path), "--akhir", "0" * 64)[0] == 1
    code, out, _ = run(capsys, "audit", "verify", exported(tmp_path, change=True))
    assert (code, "peristiwa 2: isinya tidak cocok" in out) == (1, True)
    code, _, err = run(capsys, "audit", "verify", table(tmp_path, "{}\n[1]\n", "a.jsonl"))
    assert (code, "baris 2: bukan objek JSON" in err) == (2, True)
    assert run(capsys, "audit", "verify", table(tmp_path, "\n", "a.jsonl"))[0] == 2


def test_wrong_use_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        cli.main(["terbang"])
    assert refusal.value.code == 2


def test_command_runs_without_django(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['django'] = None\n"
        "from manfaat.cli import main\n"
        "code = main(['score', sys.argv[1]])\n"
        "assert not any(name.startswith('manfaat.apps') for name in sys.modules)\n"
        "sys.exit(code)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", script, str(table(tmp_path))], capture_output=True, text=True, check=False, timeout=60
    )
    assert found.returncode == 0, found.stderr
    assert "184,75%" in found.stdout
