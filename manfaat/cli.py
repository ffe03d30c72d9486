"""The engine from the shell: score, explain, verify, instruments, whatif, operators, audit verify. No database."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from manfaat import engine
from manfaat.cli_instruments import SHEET_HELP, add_commands, add_sheet_options, bundle_of, score_sheet
from manfaat.cli_table import METHODS, TABLE_HELP, UnusableError, figures_of, read_bytes, read_json, read_text

GOOD, FAULTY, REFUSED = 0, 1, 2


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
        "score",
        help="hitung capaian dari tabel, atau instrumen dari lembar jawaban",
        description=f"{TABLE_HELP}\nDengan INSTRUMEN di depannya:\n\n{SHEET_HELP}",
        formatter_class=raw,
    )
    score.add_argument("instrument", nargs="?", metavar="INSTRUMEN", help="misalnya sakip-2021")
    add_sheet_options(score)
    score.add_argument("file", type=Path, metavar="BERKAS", help="tabel .csv atau .json")
    score.add_argument("--out", type=Path, metavar="UNDUHAN.json", help="tulis unduhan yang dapat diperiksa")
    score.add_argument("--csv", type=Path, metavar="UNDUHAN.csv", help="tulis kembaran CSV-nya")
    score.add_argument("--kategori", metavar="SKALA", help="kategori menurut skala, misalnya capaian-lima-tingkat")
    score.set_defaults(run=_score)
    explain = commands.add_parser(
        "explain", help="mengapa angka ini", description=TABLE_HELP, formatter_class=raw
    )  # fmt: skip
    explain.add_argument("file", type=Path, metavar="BERKAS", help="unduhan .json, atau tabel seperti untuk score")
    explain.add_argument("key", nargs="?", metavar="KUNCI", help="kunci angka; tanpa ini semua angka dijelaskan")
    explain.set_defaults(run=_explain)
    add_commands(commands)
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


def _score(options: argparse.Namespace) -> int:
    if options.instrument:
        figures, meta = score_sheet(options)
    else:
        figures, meta = figures_of(options.file), {}
        _print_table(figures, options.kategori)
    if options.out or options.csv:
        package = bundle_of(figures, meta, options.file)
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


def _explain(options: argparse.Namespace) -> int:
    records: list[Any] = []
    if options.file.suffix == ".json":
        found = read_json(options.file, read_text(options.file, read_bytes(options.file)))
        records = found["figures"] if isinstance(found, dict) and isinstance(found.get("figures"), list) else []
    records = records or list(figures_of(options.file))
    explanations = [engine.explain(record) for record in records]
    if options.key is not None:
        explanations = [one for one in explanations if one.key == options.key]
        if not explanations:
            raise UnusableError(f"{options.file}: tidak ada angka dengan kunci “{options.key}”.")
    print("\n".join(one.as_text() for one in explanations), end="")
    return GOOD


def _verify(options: argparse.Namespace) -> int:
    package = read_json(options.file, read_text(options.file, read_bytes(options.file)))
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
    for number, line in enumerate(read_text(options.file, read_bytes(options.file)).splitlines(), start=1):
        if line.strip():
            event = read_json(Path(f"{options.file}, baris {number}"), line)
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
