"""Instruments on the command line: listed, scored, proven, tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from manfaat import cli

CODES = [f"{component}.{part}" for component in "1234" for part in "abc"]
GRADES = dict.fromkeys(CODES, "A") | {"1.c": "B", "2.a": "AA", "4.a": "AA"}


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def sheet(tmp_path: Path, text: str = "", name: str = "jawaban.csv") -> Path:
    path = tmp_path / name
    path.write_text(
        text or "kode;jawaban\n" + "\n".join(f"{code};{grade}" for code, grade in GRADES.items()), encoding="utf-8"
    )
    return path


def test_every_pack_is_listed_with_its_examples_holding(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "instruments")
    assert code == 0
    assert "sakip-2021" in out
    assert "contoh hitungan 12 dari 12 cocok" in out


def test_one_pack_is_shown_with_weights_and_answers(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "instruments", "sakip-2021")
    assert code == 0
    assert "1 Perencanaan kinerja [bobot 30]" in out
    assert "  1.b Kualitas [bobot 9] 0–100 AA/A/BB/B/CC/C/D/E" in out
    assert run(capsys, "instruments", "x")[0] == 2


def test_sheet_is_scored_and_its_bundle_verifies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "unduhan.json"
    code, out, _ = run(capsys, "score", "sakip-2021", sheet(tmp_path), "--out", package)
    assert code == 0
    assert "1.c Pemanfaatan: 10,50 dari 15" in out
    assert "Nilai akuntabilitas kinerja: 88,10, A (Memuaskan)" in out
    code, out, _ = run(capsys, "verify", package)
    assert (code, out.startswith("COCOK: 18 angka")) == (0, True)
    code, out, _ = run(capsys, "explain", package, "sakip-2021/1.a")
    assert code == 0
    assert "90 ÷ 100 × 6 = 5,4" in out
    assert "berkas jawaban.csv, baris 2" in out
    assert "Lampiran II, lembar kerja evaluasi" in out


def test_open_sheet_shows_what_is_still_possible(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = sheet(tmp_path).read_text(encoding="utf-8").replace("4.c;A", "4.c;")
    code, out, _ = run(capsys, "score", "sakip-2021", sheet(tmp_path, text))
    assert code == 0
    assert "4.c Pemanfaatan: belum diisi dari 12,5  (nilai belum diisi)" in out
    assert "Yang mungkin: 76,85 sampai 89,35" in out


def test_many_units_stand_in_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"{unit};{code};{grade}" for unit in ("Dinas A", "Dinas B") for code, grade in GRADES.items()]
    text = "unit;kode;jawaban\n" + "\n".join(rows).replace("Dinas B;4.c;A", "Dinas B;4.c;87,5")
    code, out, _ = run(capsys, "score", "sakip-2021", sheet(tmp_path, text))
    assert code == 0
    assert out.splitlines() == ["Dinas A: 88,10, A (Memuaskan)", "Dinas B: 87,79, A (Memuaskan)"]


def test_known_components_are_scored_without_their_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "kode;nilai\n1;30,00\n2;25,93\n3;14,46\n4;19,09\n"
    code, out, _ = run(capsys, "score", "sakip-2021", sheet(tmp_path, text))
    assert code == 0
    assert "Nilai akuntabilitas kinerja: 89,48, A (Memuaskan)" in out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kode;jawaban\n1.a;AX\n9.z;A\n", "baris 2: kolom jawaban berisi “AX”"),
        ("kode;jawaban\n9.z;A\n", "baris “9.z” tidak ada"),
        ("kode;jawaban\n1.a;A\n1.a;B\n", "baris 3: kode 1.a sudah diisi"),
        ("kode;jawaban\n1;5\n", "isi baris itu"),
        ("kode;jawab\n1.a;A\n", "kolom jawab tidak dikenal"),
        ("jawaban\nA\n", "kolom kode tidak ada"),
        ("kode;nilai\n1.a;5\n", "isi jawabannya"),
    ],
)
def test_faulty_sheet_is_refused_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    code, out, err = run(capsys, "score", "sakip-2021", sheet(tmp_path, text))
    assert (code, out) == (2, "")
    assert told in err


def test_choices_are_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "tulis NAMA=PILIHAN" in run(capsys, "score", "sakip-2021", sheet(tmp_path), "--pilihan", "x")[2]
    assert "pilihan “x” tidak dikenal" in run(capsys, "score", "sakip-2021", sheet(tmp_path), "--pilihan", "x=y")[2]
    weights = sheet(tmp_path, "kode;bobot;sumber\n1.a;7;Lampiran\n", "bobot.csv")
    assert "sudah ditetapkan" in run(capsys, "score", "sakip-2021", sheet(tmp_path), "--bobot", weights)[2]
    assert "tidak memakai koefisien" in run(capsys, "score", "sakip-2021", sheet(tmp_path), "--koefisien", "1")[2]


def test_whatif_ranks_gaps_and_finds_the_best_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    effort = sheet(tmp_path, "kode;usaha;nilai\n1.c;10;A\n1.c;20;AA\n1.a;2;\n4.c;4;AA\n2.b;1;AA\n", "usaha.csv")
    answers = sheet(tmp_path)
    before = answers.read_bytes()
    code, out, _ = run(capsys, "whatif", "sakip-2021", answers, "--effort", effort, "--budget", "6")
    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith("Sekarang 88,10")
    assert lines[1] == "+4,50  1.c Pemanfaatan menjadi AA; 0,225 per usaha"
    assert "Dengan usaha 5: 90,25 (tidak ada pilihan lain yang lebih baik)" in lines
    assert lines[-2:] == ["  2.b Kualitas menjadi AA; usaha 1", "  4.c Pemanfaatan menjadi AA; usaha 4"]
    assert answers.read_bytes() == before


def test_whatif_refuses_what_it_cannot_try(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "unit “X” tidak ada" in run(capsys, "whatif", "sakip-2021", sheet(tmp_path), "--unit", "X")[2]
    effort = sheet(tmp_path, "kode;usaha\n1.c;\n", "usaha.csv")
    assert "usaha kosong" in run(capsys, "whatif", "sakip-2021", sheet(tmp_path), "--effort", effort)[2]
    good = sheet(tmp_path, "kode;usaha\n1.c;1\n", "usaha.csv")
    told = run(capsys, "whatif", "sakip-2021", sheet(tmp_path), "--effort", good, "--budget", "-1")[2]
    assert "nol atau lebih" in told
