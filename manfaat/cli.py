"""The engine from the shell, without Django or a database: score, explain, verify, operators, audit verify."""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from manfaat import engine
from manfaat.engine.series import Entry
from manfaat.readers.numbers import read_number

GOOD, FAULTY, REFUSED = 0, 1, 2

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
  target_nol        not_measurable (bawaan) | met_if_equal_or_better
  realisasi_nol     not_measurable (bawaan) | cap, hanya untuk turun-rasio
  arah              both (bawaan) | higher | lower, hanya untuk rentang
  skala, tanggal_skala      nama skala tingkat, hanya untuk metode skala

Angka ditulis 1.234,56 atau 1234.56. Tulisan yang dapat dibaca dua cara (1.234) ditolak: tulis 1234 atau 1,234.
"""


class UnusableError(Exception):
    """A file or a request that cannot be used; each argument is a sentence for the user."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns 0 when all is well, 1 when something checked does not hold, 2 when refused."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except (UnusableError, engine.EngineError) as refusal:
        for sentence in refusal.args:
            print(sentence, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="manfaat",
        description="Menghitung, menjelaskan, dan memeriksa angka kinerja tanpa basis data.",
        epilog="Kode keluar: 0 baik, 1 ada yang tidak cocok, 2 tidak dapat dikerjakan.",
    )
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")
    raw = argparse.RawDescriptionHelpFormatter
    score = commands.add_parser(
        "score", help="hitung capaian dari tabel", description=TABLE_HELP, formatter_class=raw
    )  # fmt: skip
    score.add_argument("file", type=Path, metavar="BERKAS", help="tabel .csv atau .json")
    score.add_argument("--out", type=Path, metavar="UNDUHAN.json", help="tulis unduhan yang dapat diperiksa")
    score.add_argument("--csv", type=Path, metavar="UNDUHAN.csv", help="tulis kembaran CSV-nya")
    score.add_argument(
        "--kategori", metavar="SKALA", help="kategori menurut skala, misalnya capaian-lima-tingkat"
    )
    score.set_defaults(run=_score)
    explain = commands.add_parser(
        "explain", help="mengapa angka ini", description=TABLE_HELP, formatter_class=raw
    )  # fmt: skip
    explain.add_argument("file", type=Path, metavar="BERKAS", help="unduhan .json, atau tabel seperti untuk score")
    explain.add_argument("key", nargs="?", metavar="KUNCI", help="kunci angka; tanpa ini semua angka dijelaskan")
    explain.set_defaults(run=_explain)
    verify = commands.add_parser("verify", help="hitung ulang sebuah unduhan dan periksa sidiknya")
    verify.add_argument("file", type=Path, metavar="UNDUHAN.json")
    verify.set_defaults(run=_verify)
    operators = commands.add_parser("operators", help="daftar cara hitung dengan rumus dan sumbernya")
    operators.add_argument("name", nargs="?", metavar="NAMA", help="satu cara hitung, lengkap")
    operators.set_defaults(run=_operators)
    audit = commands.add_parser("audit", help="jejak audit").add_subparsers(required=True, metavar="PERINTAH")
    chain = audit.add_parser("verify", help="periksa rantai sidik jejak audit yang diekspor")
    chain.add_argument("file", type=Path, metavar="EKSPOR.jsonl")
    chain.add_argument("--akhir", metavar="SIDIK", help="sidik peristiwa terakhir yang Anda simpan sendiri")
    chain.set_defaults(run=_audit_verify)
    return parser


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise UnusableError(f"{path}: tidak dapat dibaca ({fault.strerror}). Periksa nama dan letaknya.") from None


def _text(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnusableError(
            f"{path}: bukan UTF-8 (bita ke-{fault.start + 1}). Simpan ulang sebagai CSV UTF-8."
        ) from None


def _json(path: Path, text: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as fault:
        raise UnusableError(f"{path}: bukan JSON yang benar: {fault}.") from None


def _score(options: argparse.Namespace) -> int:
    figures = _figures_of(options.file)
    _print_table(figures, options.kategori)
    if options.out or options.csv:
        meta = {"berkas": options.file.name, "sha256": hashlib.sha256(_read(options.file)).hexdigest()}
        package = engine.bundle.build(meta, figures)
        if options.out:
            _write(options.out, json.dumps(package, ensure_ascii=False, indent=1) + "\n")
        if options.csv:
            table = io.StringIO()
            csv.writer(table).writerows(engine.bundle.as_csv_rows(package))
            _write(options.csv, table.getvalue())
    return GOOD


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as fault:
        raise UnusableError(f"{path}: tidak dapat ditulis ({fault.strerror}).") from None
    print(f"Ditulis: {path}", file=sys.stderr)


def _print_table(figures: Sequence[engine.Figure], category: str | None) -> None:
    heads = ["kode", "indikator", "realisasi", "target", "capaian", *(["kategori"] if category else []), "catatan"]
    rows = [heads]
    for made in figures:
        shown: dict[str, list[str]] = {}
        for one in made.inputs:
            shown.setdefault("realisasi" if one.name == "realised" else "target", []).append(one.shown)
        cells = [made.key, made.label, *("–".join(shown.get(name, [""])) for name in ("realisasi", "target"))]
        cells.append(made.shown_with_unit)
        if category:
            known = engine.Series.of([made.value if made.value is not None else engine.Status.from_code(made.status)])
            cells.append(engine.classify(known, category).labels[0] or "")
        cells.append(engine.reason_sentence(made.reason) if made.reason else "")
        rows.append(cells)
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _figures_of(path: Path) -> list[engine.Figure]:
    """The figures of a table, all or none: every faulty row is named."""
    content = _read(path)
    rows = _rows(path, _text(path, content))
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


def _rows(path: Path, text: str) -> list[tuple[int, dict[str, Any]]]:
    if path.suffix.lower() == ".json":
        table = _json(path, text)
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
    unknown = [head for head in heads if head not in COLUMNS]
    absent = [head for head in NEEDED if head not in heads] if numbered else []
    if unknown:
        raise UnusableError(
            f"{path.name}: kolom {', '.join(unknown)} tidak dikenal. Yang dikenal: {', '.join(COLUMNS)}."
        )
    if absent:
        raise UnusableError(f"{path.name}: kolom {', '.join(absent)} tidak ada. Lihat: manfaat score --help.")
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
        chosen[name] = _number(cell, column) if specs[name].numeric else str(cell).strip()
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
    return engine.Series.of([_entry(cell, column)])


def _number(cell: Any, column: str) -> float:
    entry = _entry(cell, column)
    if isinstance(entry, float):
        return entry
    raise UnusableError(f"kolom {column} berisi “{cell}”, bukan angka.")


def _entry(cell: Any, column: str) -> Entry:
    reading = read_number("" if cell is None else cell)
    if reading.problem:
        raise UnusableError(f"kolom {column} berisi “{cell}”: {reading.problem}")
    if reading.ambiguous:
        raise UnusableError(f"kolom {column} berisi “{cell}” yang dapat dibaca dua cara. Tulis tanpa pemisah ribuan.")
    if reading.value is None:
        return STATES.get(reading.missing or "")
    return float(reading.value)


def _explain(options: argparse.Namespace) -> int:
    found = _json(options.file, _text(options.file, _read(options.file))) if options.file.suffix == ".json" else None
    bundled = isinstance(found, dict) and isinstance(found.get("figures"), list)
    records: list[Any] = found["figures"] if isinstance(found, dict) and bundled else list(_figures_of(options.file))
    explanations = [engine.explain(record) for record in records]
    if options.key is not None:
        explanations = [one for one in explanations if one.key == options.key]
        if not explanations:
            raise UnusableError(f"{options.file}: tidak ada angka dengan kunci “{options.key}”.")
    print("\n".join(one.as_text() for one in explanations), end="")
    return GOOD


def _verify(options: argparse.Namespace) -> int:
    package = _json(options.file, _text(options.file, _read(options.file)))
    if not isinstance(package, dict):
        raise UnusableError(f"{options.file}: bukan unduhan Manfaat.")
    faults = engine.bundle.verify(package)
    for fault in faults:
        print(fault)
    if any(fault.kind == "format" for fault in faults):
        return REFUSED
    if package["rules_digest"] != engine.rules_digest():
        print("Catatan: aturan di mesin ini berbeda dari aturan saat angka diterbitkan.")
    if faults:
        print(f"TIDAK COCOK: {len(faults)} hal. Jangan pakai angka ini sebelum penerbit menjelaskannya.")
        return FAULTY
    print(f"COCOK: {len(package['figures'])} angka dihitung ulang dan sama. Sidik {package['digest']}")
    return GOOD


def _operators(options: argparse.Namespace) -> int:
    if options.name is None:
        short = {operator: method for method, operator in METHODS.items()}
        for name, operator in engine.OPERATORS.items():
            also = f" [{short[name]}]" if name in short else ""
            print(f"{name}{also}\n    {operator.title}: {operator.formula_symbols}")
        return GOOD
    operator = engine.operator_named(METHODS.get(options.name, options.name))
    print(f"{operator.name}: {operator.title}\n{operator.formula_words}\n{operator.formula_symbols}\n\nMasukan")
    _list(f"{spec.name}: {spec.title}{' (boleh tidak ada)' if spec.optional else ''}" for spec in operator.inputs)
    print("Pilihan")
    _list(f"{spec.name}: {spec.title}; {spec.accepts}; bawaan {spec.default}" for spec in operator.parameters)
    print("Sumber")
    resolved = [engine.regulations.resolve(cite) for cite in operator.citations]
    _list(f"{cite.title}, {cite.place} [{cite.grade}: {cite.grade_words}]" for cite in resolved)
    return GOOD


def _list(lines: Iterable[str]) -> None:
    for line in list(lines) or ["tidak ada"]:
        print(f"  {line}")


def _audit_verify(options: argparse.Namespace) -> int:
    events = []
    for number, line in enumerate(_text(options.file, _read(options.file)).splitlines(), start=1):
        if line.strip():
            event = _json(Path(f"{options.file}, baris {number}"), line)
            if not isinstance(event, dict):
                raise UnusableError(f"{options.file}, baris {number}: bukan objek JSON.")
            events.append(event)
    if not events:
        raise UnusableError(f"{options.file}: tidak ada peristiwa.")
    faults = engine.chain.verify_chain(events, options.akhir)
    for fault in faults:
        print(fault)
    if faults:
        print(f"RANTAI PUTUS: {len(faults)} hal dari {len(events)} peristiwa.")
        return FAULTY
    print(f"RANTAI UTUH: {len(events)} peristiwa. Sidik terakhir {events[-1]['digest']}")
    return GOOD
