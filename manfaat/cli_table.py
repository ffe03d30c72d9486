"""The table that `manfaat score` reads: one row per indicator, all rows right or nothing computed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from manfaat import engine
from manfaat.engine.series import Entry
from manfaat.readers.numbers import read_number

METHODS = {
    "naik": "achievement.higher_is_better",
    "turun-selisih": "achievement.lower_is_better_difference",
    "turun-rasio": "achievement.lower_is_better_ratio",
    "rentang": "achievement.within_range",
    "ya-tidak": "achievement.yes_no",
    "tahapan": "achievement.milestone",
    "skala": "achievement.scale_mapping",
    "serapan": "budget.absorption",
}
INPUT_COLUMNS = {"realised": "realisasi", "target": "target", "target_low": "target", "target_high": "target_atas"}
INPUT_COLUMNS |= {"ceiling": "target"}
CHOICE_COLUMNS = {
    "batas_atas": "cap",
    "batas_bawah": "floor",
    "target_nol": "zero_target",
    "realisasi_nol": "zero_realised",
    "arah": "direction",
    "skala": "scale",
    "tanggal_skala": "on",
}
NEEDED = ("kode", "indikator", "metode", "realisasi")
COLUMNS = (*NEEDED, "target", "target_atas", "satuan", "desimal", "subjek", "periode", *CHOICE_COLUMNS)
WORDS = {
    "tidak-dapat-diukur": "not_measurable",
    "terpenuhi-bila-tidak-lebih-buruk": "met_if_equal_or_better",
    "batas-atas": "cap",
    "dua-sisi": "both",
    "naik": "higher",
    "turun": "lower",
}
ANSWERS = {"ya": 1.0, "tidak": 0.0}
STATES = {"not_due": engine.Status.NOT_DUE, "not_measurable": engine.Status.NOT_MEASURABLE}

TABLE_HELP = """\
Tabel CSV (pemisah koma, titik koma, atau tab; UTF-8) atau JSON (daftar objek). Satu baris satu indikator.

  kode, indikator   kunci yang unik dan nama indikator
  metode            naik | turun-selisih | turun-rasio | rentang | ya-tidak | tahapan | skala | serapan,
                    atau nama operator (lihat: manfaat operators)
  realisasi         angka, ya/tidak, atau tingkat skala; kosong berarti belum diisi, bukan nol;
                    boleh pula: belum jatuh tempo, tidak dapat diukur
  target            angka; batas bawah untuk rentang; pagu untuk serapan
  target_atas       batas atas untuk rentang
  satuan, desimal   satuan realisasi dan target; banyak desimal capaian (bawaan 2)
  subjek, periode   siapa dan kapan, untuk kalimatnya
  batas_atas, batas_bawah   batas capaian dalam persen; kosong berarti tanpa batas
  target_nol        tidak-dapat-diukur (bawaan) | terpenuhi-bila-tidak-lebih-buruk
  realisasi_nol     tidak-dapat-diukur (bawaan) | batas-atas, hanya untuk turun-rasio
  arah              dua-sisi (bawaan) | naik | turun: yang lebih baik, hanya untuk rentang
  skala, tanggal_skala      nama skala tingkat, hanya untuk metode skala

Angka ditulis 1.234,56 atau 1234.56. Tulisan yang dapat dibaca dua cara (1.234) ditolak: tulis 1234 atau 1,234.
"""


class UnusableError(Exception):
    """A file or a request that cannot be used; each argument is a sentence for the user."""


def read_bytes(path: Path) -> bytes:
    """The file. Raises: UnusableError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise UnusableError(f"{path}: tidak dapat dibaca ({fault.strerror}). Periksa nama dan letaknya.") from None


def read_text(path: Path, content: bytes) -> str:
    """The file as text. Raises: UnusableError when it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnusableError(
            f"{path}: bukan UTF-8 (bita ke-{fault.start + 1}). Simpan ulang sebagai CSV UTF-8."
        ) from None


def read_json(path: Path, text: str) -> Any:
    """The text as JSON. Raises: UnusableError with the place of the fault."""
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as fault:
        raise UnusableError(f"{path}: bukan JSON yang benar: {fault}.") from None


def figures_of(path: Path) -> list[engine.Figure]:
    """The figures of a table, all or none: every faulty row is named."""
    content = read_bytes(path)
    rows = table_rows(path, read_text(path, content), COLUMNS, NEEDED)
    digest = hashlib.sha256(content).hexdigest()
    figures: list[engine.Figure] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for number, row in rows:
        try:
            key = _needed(row)
            if key in seen:
                raise UnusableError(f"kode “{key}” sudah dipakai baris {seen[key]}. Beri setiap baris kode sendiri.")
            seen[key] = number
            figures.append(_figure_of(row, {"file": path.name, "row": number, "sha256": digest}))
        except (UnusableError, engine.EngineError) as fault:
            faults.append(f"{path.name}, baris {number}: {fault}")
    if faults:
        raise UnusableError(*faults, f"{len(faults)} baris salah; tidak ada yang dihitung.")
    if not figures:
        raise UnusableError(f"{path.name}: tidak ada baris data.")
    return figures


def table_rows(
    path: Path, text: str, columns: Sequence[str], needed: Sequence[str]
) -> list[tuple[int, dict[str, Any]]]:
    """The rows of a CSV or JSON table with their numbers; empty rows left out.

    Raises: UnusableError for an unknown column or one that is needed and absent.
    """
    if path.suffix.lower() == ".json":
        table = read_json(path, text)
        if not isinstance(table, list) or not all(isinstance(row, dict) for row in table):
            raise UnusableError(
                f"{path.name}: bukan daftar objek. Setiap indikator satu objek dengan kunci kode, indikator, …."
            )
        numbered = [(number, dict(row)) for number, row in enumerate(table, start=1)]
        heads = sorted({str(head) for _, row in numbered for head in row})
    else:
        first = text.partition("\n")[0]
        delimiter = max(";,\t", key=first.count)
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="", restval="")
        heads = [head.strip().lower() for head in reader.fieldnames or []]
        reader.fieldnames = heads
        numbered = [(reader.line_num, dict(row)) for row in reader if any(row.values())]
    unknown = [head for head in heads if head not in columns]
    absent = [head for head in needed if head not in heads] if numbered else []
    if unknown:
        raise UnusableError(
            f"{path.name}: kolom {', '.join(unknown)} tidak dikenal. Yang dikenal: {', '.join(columns)}."
        )
    if absent:
        raise UnusableError(f"{path.name}: kolom {', '.join(absent)} tidak ada. Lihat perintah ini dengan --help.")
    return numbered


def _needed(row: Mapping[str, Any]) -> str:
    if "" in row:
        raise UnusableError("selnya lebih banyak daripada kolomnya. Beri tanda kutip pada teks yang memuat pemisah.")
    for column in ("kode", "indikator", "metode"):
        if not str(row.get(column) or "").strip():
            raise UnusableError(f"kolom {column} kosong.")
    return str(row["kode"]).strip()


def _figure_of(row: Mapping[str, Any], source: Mapping[str, Any]) -> engine.Figure:
    method = str(row["metode"]).strip()
    operator = engine.operator_named(METHODS.get(method.lower(), method))
    choices = _choices(row, operator)
    inputs: dict[str, engine.Series] = {}
    for spec in operator.inputs:
        if spec.name not in INPUT_COLUMNS:
            raise UnusableError(
                f"metode {method} tidak dapat dihitung dari tabel. Pakai salah satu dari {', '.join(METHODS)}."
            )
        column = INPUT_COLUMNS[spec.name]
        if spec.optional and not str(row.get(column) or "").strip():
            continue
        inputs[spec.name] = _series(row.get(column), column, choices.get("scale"))
    unit = str(row.get("satuan") or "")
    made = engine.evaluate(operator.name, inputs, choices)
    return engine.figure(
        made,
        0,
        key=str(row["kode"]).strip(),
        label=str(row["indikator"]).strip(),
        subject=str(row.get("subjek") or ""),
        period=str(row.get("periode") or ""),
        inputs={name: engine.Input(unit=unit, source=source) for name in inputs},
        decimals=_decimals(row),
    )


def _choices(row: Mapping[str, Any], operator: engine.Operator) -> dict[str, Any]:
    specs = {spec.name: spec for spec in operator.parameters}
    chosen: dict[str, Any] = {}
    for column, name in CHOICE_COLUMNS.items():
        cell = row.get(column)
        if cell is None or not str(cell).strip():
            continue
        if name not in specs:
            raise UnusableError(f"kolom {column} tidak berlaku untuk metode {row['metode']}. Kosongkan.")
        word = str(cell).strip()
        chosen[name] = _number(cell, column) if specs[name].numeric else WORDS.get(word.lower(), word)
    return chosen


def _decimals(row: Mapping[str, Any]) -> int:
    cell = row.get("desimal")
    text = "" if cell is None else str(cell).strip()
    if text and not (text.isascii() and text.isdigit() and int(text) <= 12):
        raise UnusableError(f"kolom desimal berisi “{text}”. Isi bilangan bulat 0 sampai 12.")
    return int(text) if text else 2


def _series(cell: Any, column: str, scale: str | None) -> engine.Series:
    text = cell.strip().lower() if isinstance(cell, str) else cell
    if isinstance(text, str) and text in ANSWERS:
        return engine.Series.of([ANSWERS[text]])
    if scale is not None and isinstance(text, str):
        steps = engine.scales.to_series([cell], scale)
        if isinstance(steps[0], float):
            return steps
    return engine.Series.of([entry_of(cell, column)])


def _number(cell: Any, column: str) -> float:
    entry = entry_of(cell, column)
    if isinstance(entry, float):
        return entry
    raise UnusableError(f"kolom {column} berisi “{cell}”, bukan angka.")


def entry_of(cell: Any, column: str) -> Entry:
    """The number or status of a cell. Raises: UnusableError for a text that is neither, or that can be two numbers."""
    reading = read_number("" if cell is None else cell)
    if reading.problem:
        raise UnusableError(f"kolom {column} berisi “{cell}”: {reading.problem}")
    if reading.ambiguous:
        raise UnusableError(f"kolom {column} berisi “{cell}” yang dapat dibaca dua cara. Tulis tanpa pemisah ribuan.")
    if reading.value is None:
        return STATES.get(reading.missing or "")
    return float(reading.value)
